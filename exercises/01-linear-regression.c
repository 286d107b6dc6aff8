/* Replace each todo() with your own code, then type:  make 01
 *
 * The contract of each function is in the header named below; the
 * lesson says how to get there.  This is the only file to change.
 */
/* 01 - Linear regression.  Lesson: chapters/01-linear-regression/lesson.md
 * Contract: chapters/01-linear-regression/linreg.h
 */
#include "linreg.h"

#include <math.h>

linreg linreg_new(size_t n)
{
    return (linreg){ .w = matrix_new(n, 1), .b = 0 };
}

void linreg_free(linreg *model)
{
    matrix_free(&model->w);
    model->b = 0;
}

void linreg_predict(matrix yhat, linreg model, matrix X)
{
    require(model.w.rows == X.cols && model.w.cols == 1, model.w, X);
    require(yhat.rows == X.rows && yhat.cols == 1, yhat, X);

    /* Fill in yhat, equation (1.1). */
    todo();
}

real linreg_mae(matrix yhat, matrix y)
{
    require(yhat.rows == y.rows && y.rows > 0, yhat, y);
    require(yhat.cols == 1 && y.cols == 1, yhat, y);

    /* Return the mean absolute error, equation (1.3). */
    todo();
}

real linreg_half_mse(matrix yhat, matrix y)
{
    require(yhat.rows == y.rows && y.rows > 0, yhat, y);
    require(yhat.cols == 1 && y.cols == 1, yhat, y);

    /* Return the loss, equation (1.4). */
    todo();
}

real linreg_huber(matrix yhat, matrix y, real delta)
{
    require(yhat.rows == y.rows && y.rows > 0, yhat, y);
    require(yhat.cols == 1 && y.cols == 1, yhat, y);
    require(delta > 0);

    /* Return the Huber loss, equation (1.5). */
    todo();
}

void linreg_gradient(linreg *grad, linreg model, matrix X, matrix y)
{
    require(y.rows == X.rows && y.cols == 1 && X.rows > 0, y, X);
    require(grad->w.rows == X.cols && grad->w.cols == 1, grad->w, X);

    /* Fill in grad->w and grad->b, equations (1.6) and (1.7). */
    todo();
}

void linreg_step(linreg *model, linreg grad, real learning_rate)
{
    require(grad.w.rows == model->w.rows && grad.w.cols == 1, grad.w,
            model->w);

    /* Move model->w and model->b, equation (1.9). */
    todo();
}

bool linreg_is_small(linreg grad, real tolerance)
{
    bool small = fabs(grad.b) <= tolerance;
    for (size_t j = 0; j < grad.w.rows; j++)
        small = small && fabs(at(grad.w, j, 0)) <= tolerance;
    return small;
}

size_t linreg_fit(linreg *model, matrix losses, matrix X, matrix y,
                  real learning_rate, real tolerance)
{
    require(y.rows == X.rows && y.cols == 1 && X.rows > 0, y, X);
    require(losses.cols == 1, losses);
    size_t steps = 0;

    /* Take the steps, and keep their losses; stop at (1.10). */
    todo();
    return steps;
}

bool linreg_cholesky(matrix L, matrix A)
{
    require(A.rows == A.cols, A);
    require(L.rows == A.rows && L.cols == A.cols, L, A);

    /* Fill in L column by column, equation (1.14). */
    todo();
}

void linreg_cholesky_solve(matrix x, matrix L, matrix c)
{
    require(L.rows == L.cols, L);
    require(c.rows == L.rows && c.cols == 1, c, L);
    require(x.rows == L.rows && x.cols == 1, x, L);

    /* First downwards for z, then upwards for x, equation (1.15). */
    todo();
}

/* A copy of A without the mean of each column, which goes to mean, n x 1;
 * given.  The caller frees the copy. */
static matrix centred(matrix mean, matrix A)
{
    matrix copy = matrix_copy(A), ones = matrix_new(A.rows, 1);
    matrix_fill(ones, 1);
    matrix_product(mean, A, TRANSPOSED, ones, AS_IT_IS); /* A^T 1 */
    for (size_t j = 0; j < A.cols; j++)
        at(mean, j, 0) /= A.rows;

    for (size_t i = 0; i < A.rows; i++)
        for (size_t j = 0; j < A.cols; j++)
            at(copy, i, j) -= at(mean, j, 0);
    matrix_free(&ones);
    return copy;
}

bool linreg_fit_normal(linreg *model, matrix X, matrix y)
{
    require(model->w.rows == X.cols && model->w.cols == 1, model->w, X);
    require(y.rows == X.rows && y.cols == 1 && X.rows > 0, y, X);
    size_t n = X.cols;
    bool solvable;

    matrix mean_x = matrix_new(n, 1), mean_y = matrix_new(1, 1);
    matrix Xc = centred(mean_x, X), yc = centred(mean_y, y);
    matrix A = matrix_new(n, n), L = matrix_new(n, n), c = matrix_new(n, 1);

    /* Fill in A and c of (1.12), solve, then find b, (1.13). */
    todo();

    matrix *owned[] = { &mean_x, &mean_y, &Xc, &yc, &A, &L, &c };
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++)
        matrix_free(owned[k]);
    return solvable;
}

real linreg_r_squared(matrix yhat, matrix y)
{
    require(yhat.rows == y.rows && y.rows > 0, yhat, y);
    require(yhat.cols == 1 && y.cols == 1, yhat, y);

    /* Return R^2, equation (1.16); mind equal targets. */
    todo();
}
