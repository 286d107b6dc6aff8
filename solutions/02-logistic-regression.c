/* 02 - Logistic regression.
 * Lesson: chapters/02-logistic-regression/lesson.md
 * Contract: chapters/02-logistic-regression/logreg.h
 */
#include "logreg.h"

#include <math.h>

bool perceptron_step(linreg *model, matrix x, real y)
{
    require(x.rows == model->w.rows && x.cols == 1, x, model->w);
    require(y == 1 || y == -1);

    //> perceptron-step: Move the model if the example is wrong, (2.2).
    real z = model->b;
    for (size_t j = 0; j < x.rows; j++)
        z += at(model->w, j, 0) * at(x, j, 0);
    if (y * z > 0)
        return false;

    for (size_t j = 0; j < x.rows; j++)
        at(model->w, j, 0) += y * at(x, j, 0);
    model->b += y;
    return true;
    //< perceptron-step
}

size_t perceptron_fit(linreg *model, matrix mistakes, matrix X, matrix y)
{
    require(model->w.rows == X.cols && model->w.cols == 1, model->w, X);
    require(y.rows == X.rows && y.cols == 1 && X.rows > 0, y, X);
    require(mistakes.cols == 1, mistakes);
    size_t passes = 0;

    //> perceptron-fit: Pass over the examples until a pass has no mistake.
    while (passes < mistakes.rows) {
        size_t moves = 0;
        for (size_t i = 0; i < X.rows; i++)
            if (perceptron_step(model, logreg_example(X, i), at(y, i, 0)))
                moves++;
        at(mistakes, passes, 0) = moves;
        passes++;
        if (moves == 0)
            break;
    }
    //< perceptron-fit
    return passes;
}

real sigmoid(real z)
{
    //> sigmoid: Return the probability, equation (2.5), for every z.
    if (z >= 0)
        return 1 / (1 + exp(-z));

    /* above and below times exp(z), which is smaller than 1 */
    real e = exp(z);
    return e / (1 + e);
    //< sigmoid
}

real log1p_exp(real z)
{
    //> log1p-exp: Return ln(1 + exp(z)), equation (2.9), for every z.
    return fmax(z, 0) + log1p(exp(-fabs(z)));
    //< log1p-exp
}

real bce_from_logits(matrix z, matrix y)
{
    require(z.rows == y.rows && y.rows > 0, z, y);
    require(z.cols == 1 && y.cols == 1, z, y);

    //> bce: Return the loss, equation (2.10).
    real sum = 0;
    for (size_t i = 0; i < y.rows; i++)
        sum += log1p_exp(at(z, i, 0)) - at(y, i, 0) * at(z, i, 0);
    return sum / y.rows;
    //< bce
}

void logreg_predict_proba(matrix p, linreg model, matrix X)
{
    require(model.w.rows == X.cols && model.w.cols == 1, model.w, X);
    require(p.rows == X.rows && p.cols == 1, p, X);

    //> predict-proba: Fill in p, equation (2.7).
    linreg_predict(p, model, X);
    for (size_t i = 0; i < X.rows; i++)
        at(p, i, 0) = sigmoid(at(p, i, 0));
    //< predict-proba
}

void logreg_gradient(linreg *grad, linreg model, matrix X, matrix y)
{
    require(y.rows == X.rows && y.cols == 1 && X.rows > 0, y, X);
    require(grad->w.rows == X.cols && grad->w.cols == 1, grad->w, X);

    //> gradient: Fill in grad->w and grad->b, (2.11) and (2.12).
    matrix error = matrix_new(X.rows, 1);
    logreg_predict_proba(error, model, X);
    for (size_t i = 0; i < X.rows; i++)
        at(error, i, 0) -= at(y, i, 0);

    /* dL/dw = X^T (p - y) / N   and   dL/db = 1^T (p - y) / N */
    matrix_product(grad->w, X, TRANSPOSED, error, AS_IT_IS);
    for (size_t j = 0; j < X.cols; j++)
        at(grad->w, j, 0) /= X.rows;

    grad->b = 0;
    for (size_t i = 0; i < X.rows; i++)
        grad->b += at(error, i, 0) / X.rows;

    matrix_free(&error);
    //< gradient
}

void logreg_fit(linreg *model, matrix losses, matrix X, matrix y,
                real learning_rate)
{
    require(model->w.rows == X.cols && model->w.cols == 1, model->w, X);
    require(y.rows == X.rows && y.cols == 1 && X.rows > 0, y, X);
    require(losses.cols == 1, losses);

    //> fit: Take the steps, and keep the loss after each.
    linreg grad = linreg_new(X.cols);
    matrix z = matrix_new(X.rows, 1);

    for (size_t t = 0; t < losses.rows; t++) {
        logreg_gradient(&grad, *model, X, y);
        linreg_step(model, grad, learning_rate);
        linreg_predict(z, *model, X);
        at(losses, t, 0) = bce_from_logits(z, y);
    }

    matrix_free(&z);
    linreg_free(&grad);
    //< fit
}

void logreg_classify(matrix yhat, matrix p, real threshold)
{
    require(p.cols == 1, p);
    require(yhat.rows == p.rows && yhat.cols == 1, yhat, p);

    //> classify: Fill in yhat, (2.14).
    for (size_t i = 0; i < p.rows; i++)
        at(yhat, i, 0) = at(p, i, 0) >= threshold ? 1 : 0;
    //< classify
}

counts confusion(matrix yhat, matrix y)
{
    require(yhat.rows == y.rows, yhat, y);
    require(yhat.cols == 1 && y.cols == 1, yhat, y);
    counts c = { 0, 0, 0, 0 };

    //> confusion: Count the four cases.
    for (size_t i = 0; i < y.rows; i++) {
        bool said = at(yhat, i, 0) == 1, is = at(y, i, 0) == 1;
        c.true_positive += said && is;
        c.false_positive += said && !is;
        c.false_negative += !said && is;
        c.true_negative += !said && !is;
    }
    //< confusion
    return c;
}

real precision(counts c)
{
    //> precision: Return the share of (2.15); mind 0/0.
    size_t called = c.true_positive + c.false_positive;
    return called == 0 ? 0 : (real)c.true_positive / called;
    //< precision
}

real recall(counts c)
{
    //> recall: Return the share of (2.16); mind 0/0.
    size_t there = c.true_positive + c.false_negative;
    return there == 0 ? 0 : (real)c.true_positive / there;
    //< recall
}

real f1(counts c)
{
    //> f1: Return the mean of (2.17); mind 0/0.
    size_t wrong = c.false_positive + c.false_negative;
    if (c.true_positive == 0)
        return 0;
    return 2.0 * c.true_positive / (2.0 * c.true_positive + wrong);
    //< f1
}

real roc_auc(matrix score, matrix y)
{
    require(score.rows == y.rows, score, y);
    require(score.cols == 1 && y.cols == 1, score, y);

    //> roc-auc: Return the area, (2.18); mind an empty class.
    real pairs = 0, won = 0;
    for (size_t i = 0; i < y.rows; i++)
        for (size_t k = 0; k < y.rows; k++)
            if (at(y, i, 0) == 1 && at(y, k, 0) == 0) {
                real ahead = at(score, i, 0) - at(score, k, 0);
                pairs += 1;
                won += ahead > 0 ? 1 : ahead == 0 ? 0.5 : 0;
            }
    return pairs == 0 ? 0.5 : won / pairs;
    //< roc-auc
}

real hinge_loss(matrix z, matrix y)
{
    require(z.rows == y.rows && y.rows > 0, z, y);
    require(z.cols == 1 && y.cols == 1, z, y);

    //> hinge: Return the loss, equation (2.19).
    real sum = 0;
    for (size_t i = 0; i < y.rows; i++)
        sum += fmax(0, 1 - at(y, i, 0) * at(z, i, 0));
    return sum / y.rows;
    //< hinge
}
