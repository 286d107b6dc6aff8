/* Plain loops, other orders, other formulas; right all the same. */
#include "logreg.h"

#include <math.h>
#include <stdlib.h>

bool perceptron_step(linreg *model, matrix x, real y)
{
    require(x.rows == model->w.rows && x.cols == 1, x, model->w);
    require(y == 1 || y == -1);

    real sum = 0;
    for (size_t j = x.rows; j-- > 0;)
        sum += x.data[j] * model->w.data[j];
    sum += model->b;
    bool wrong = y > 0 ? sum <= 0 : sum >= 0;
    if (wrong) {
        model->b = y > 0 ? model->b + 1 : model->b - 1;
        for (size_t j = x.rows; j-- > 0;)
            if (y > 0)
                model->w.data[j] += x.data[j];
            else
                model->w.data[j] -= x.data[j];
    }
    return wrong;
}

size_t perceptron_fit(linreg *model, matrix mistakes, matrix X, matrix y)
{
    require(model->w.rows == X.cols && model->w.cols == 1, model->w, X);
    require(y.rows == X.rows && y.cols == 1 && X.rows > 0, y, X);
    require(mistakes.cols == 1, mistakes);

    for (size_t t = 0; t < mistakes.rows; t++) {
        int wrong = 0;
        for (size_t i = 0; i < X.rows; i++) {
            matrix x = matrix_new(X.cols, 1);
            for (size_t j = 0; j < X.cols; j++)
                at(x, j, 0) = at(X, i, j);
            if (perceptron_step(model, x, at(y, i, 0)))
                wrong++;
            matrix_free(&x);
        }
        at(mistakes, t, 0) = wrong;
        if (wrong == 0)
            return t + 1;
    }
    return mistakes.rows;
}

real sigmoid(real z)
{
    real e = exp(-fabs(z));
    return (z < 0 ? e : 1) / (1 + e);
}

real log1p_exp(real z)
{
    return z > 100 ? z : z > 0 ? z + log1p(exp(-z)) : log1p(exp(z));
}

real bce_from_logits(matrix z, matrix y)
{
    require(z.rows == y.rows && y.rows > 0, z, y);
    require(z.cols == 1 && y.cols == 1, z, y);

    real mean = 0;
    for (size_t i = y.rows; i-- > 0;)
        mean += (y.data[i] * log1p_exp(-z.data[i]) +
                 (1 - y.data[i]) * log1p_exp(z.data[i])) /
                y.rows;
    return mean;
}

void logreg_predict_proba(matrix p, linreg model, matrix X)
{
    require(model.w.rows == X.cols && model.w.cols == 1, model.w, X);
    require(p.rows == X.rows && p.cols == 1, p, X);

    for (size_t i = 0; i < X.rows; i++) {
        real score = 0;
        for (size_t j = 0; j < X.cols; j++)
            score += at(model.w, j, 0) * at(X, i, j);
        at(p, i, 0) = sigmoid(score + model.b);
    }
}

void logreg_gradient(linreg *grad, linreg model, matrix X, matrix y)
{
    require(y.rows == X.rows && y.cols == 1 && X.rows > 0, y, X);
    require(grad->w.rows == X.cols && grad->w.cols == 1, grad->w, X);

    matrix_fill(grad->w, 0);
    grad->b = 0;
    for (size_t i = X.rows; i-- > 0;) {
        real score = model.b;
        for (size_t j = 0; j < X.cols; j++)
            score += at(model.w, j, 0) * at(X, i, j);
        real share = (sigmoid(score) - at(y, i, 0)) / X.rows;
        for (size_t j = 0; j < X.cols; j++)
            at(grad->w, j, 0) += share * at(X, i, j);
        grad->b += share;
    }
}

void logreg_fit(linreg *model, matrix losses, matrix X, matrix y,
                real learning_rate)
{
    require(model->w.rows == X.cols && model->w.cols == 1, model->w, X);
    require(y.rows == X.rows && y.cols == 1 && X.rows > 0, y, X);
    require(losses.cols == 1, losses);

    for (size_t t = 0; t < losses.rows; t++) {
        linreg grad = linreg_new(X.cols);
        logreg_gradient(&grad, *model, X, y);
        for (size_t j = 0; j < X.cols; j++)
            at(model->w, j, 0) += -learning_rate * at(grad.w, j, 0);
        model->b += -learning_rate * grad.b;
        matrix z = matrix_new(X.rows, 1);
        linreg_predict(z, *model, X);
        at(losses, t, 0) = bce_from_logits(z, y);
        matrix_free(&z);
        linreg_free(&grad);
    }
}

void logreg_classify(matrix yhat, matrix p, real threshold)
{
    require(p.cols == 1, p);
    require(yhat.rows == p.rows && yhat.cols == 1, yhat, p);

    for (size_t i = p.rows; i-- > 0;)
        at(yhat, i, 0) = !(at(p, i, 0) < threshold);
}

counts confusion(matrix yhat, matrix y)
{
    require(yhat.rows == y.rows, yhat, y);
    require(yhat.cols == 1 && y.cols == 1, yhat, y);

    size_t table[2][2] = { { 0 } };
    for (size_t i = 0; i < y.rows; i++)
        table[at(yhat, i, 0) > 0.5][at(y, i, 0) > 0.5]++;
    return (counts){ .true_positive = table[1][1],
                     .false_positive = table[1][0],
                     .false_negative = table[0][1],
                     .true_negative = table[0][0] };
}

real precision(counts c)
{
    if (c.true_positive == 0)
        return 0;
    return 1 / (1 + (real)c.false_positive / c.true_positive);
}

real recall(counts c)
{
    if (c.true_positive == 0)
        return 0;
    return 1 / (1 + (real)c.false_negative / c.true_positive);
}

real f1(counts c)
{
    real both = precision(c) + recall(c);
    return both > 0 ? 2 * precision(c) * recall(c) / both : 0;
}

typedef struct {
    real score, label;
} scored;

static int by_score(const void *a, const void *b)
{
    real first = ((const scored *)a)->score;
    real second = ((const scored *)b)->score;
    return (first > second) - (first < second);
}

/* By ranks: sort, give equal scores their mean rank, add up the ones'. */
real roc_auc(matrix score, matrix y)
{
    require(score.rows == y.rows, score, y);
    require(score.cols == 1 && y.cols == 1, score, y);

    size_t N = y.rows;
    scored *all = calloc(N ? N : 1, sizeof *all);
    real ones = 0, ranks = 0;
    for (size_t i = 0; i < N; i++)
        all[i] = (scored){ at(score, i, 0), at(y, i, 0) };
    qsort(all, N, sizeof *all, by_score);
    for (size_t i = 0; i < N;) {
        size_t end = i;
        while (end < N && all[end].score == all[i].score)
            end++;
        for (size_t k = i; k < end; k++)
            if (all[k].label == 1) {
                ones += 1;
                ranks += (i + 1 + end) / 2.0;
            }
        i = end;
    }
    free(all);
    if (ones == 0 || ones == N)
        return 0.5;
    return (ranks - ones * (ones + 1) / 2) / (ones * (N - ones));
}

real hinge_loss(matrix z, matrix y)
{
    require(z.rows == y.rows && y.rows > 0, z, y);
    require(z.cols == 1 && y.cols == 1, z, y);

    real sum = 0;
    for (size_t i = 0; i < y.rows; i++) {
        real margin = at(y, i, 0) * at(z, i, 0);
        if (margin < 1)
            sum += 1 - margin;
    }
    return sum / y.rows;
}
