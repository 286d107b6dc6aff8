/* Replace each todo() with your own code, then type:  make 02
 *
 * The contract of each function is in the header named below; the
 * lesson says how to get there.  This is the only file to change.
 */
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

    /* Move the model if the example is wrong, (2.2). */
    todo();
}

size_t perceptron_fit(linreg *model, matrix mistakes, matrix X, matrix y)
{
    require(model->w.rows == X.cols && model->w.cols == 1, model->w, X);
    require(y.rows == X.rows && y.cols == 1 && X.rows > 0, y, X);
    require(mistakes.cols == 1, mistakes);
    size_t passes = 0;

    /* Pass over the examples until a pass has no mistake. */
    todo();
    return passes;
}

real sigmoid(real z)
{
    /* Return the probability, equation (2.5), for every z. */
    todo();
}

real log1p_exp(real z)
{
    /* Return ln(1 + exp(z)), equation (2.9), for every z. */
    todo();
}

real bce_from_logits(matrix z, matrix y)
{
    require(z.rows == y.rows && y.rows > 0, z, y);
    require(z.cols == 1 && y.cols == 1, z, y);

    /* Return the loss, equation (2.10). */
    todo();
}

void logreg_predict_proba(matrix p, linreg model, matrix X)
{
    require(model.w.rows == X.cols && model.w.cols == 1, model.w, X);
    require(p.rows == X.rows && p.cols == 1, p, X);

    /* Fill in p, equation (2.7). */
    todo();
}

void logreg_gradient(linreg *grad, linreg model, matrix X, matrix y)
{
    require(y.rows == X.rows && y.cols == 1 && X.rows > 0, y, X);
    require(grad->w.rows == X.cols && grad->w.cols == 1, grad->w, X);

    /* Fill in grad->w and grad->b, (2.11) and (2.12). */
    todo();
}

void logreg_fit(linreg *model, matrix losses, matrix X, matrix y,
                real learning_rate)
{
    require(model->w.rows == X.cols && model->w.cols == 1, model->w, X);
    require(y.rows == X.rows && y.cols == 1 && X.rows > 0, y, X);
    require(losses.cols == 1, losses);

    /* Take the steps, and keep the loss after each. */
    todo();
}

void logreg_classify(matrix yhat, matrix p, real threshold)
{
    require(p.cols == 1, p);
    require(yhat.rows == p.rows && yhat.cols == 1, yhat, p);

    /* Fill in yhat, (2.14). */
    todo();
}

counts confusion(matrix yhat, matrix y)
{
    require(yhat.rows == y.rows, yhat, y);
    require(yhat.cols == 1 && y.cols == 1, yhat, y);
    counts c = { 0, 0, 0, 0 };

    /* Count the four cases. */
    todo();
    return c;
}

real precision(counts c)
{
    /* Return the share of (2.15); mind 0/0. */
    todo();
}

real recall(counts c)
{
    /* Return the share of (2.16); mind 0/0. */
    todo();
}

real f1(counts c)
{
    /* Return the mean of (2.17); mind 0/0. */
    todo();
}

real roc_auc(matrix score, matrix y)
{
    require(score.rows == y.rows, score, y);
    require(score.cols == 1 && y.cols == 1, score, y);

    /* Return the area, (2.18); mind an empty class. */
    todo();
}

real hinge_loss(matrix z, matrix y)
{
    require(z.rows == y.rows && y.rows > 0, z, y);
    require(z.cols == 1 && y.cols == 1, z, y);

    /* Return the loss, equation (2.19). */
    todo();
}
