/* 01 - Linear regression.  Lesson: chapters/01-linear-regression/lesson.md
 * Contract: chapters/01-linear-regression/linreg.h
 */
#include "linreg.h"

#include <math.h>

//> new
linreg linreg_new(size_t n)
{
    return (linreg){ .w = matrix_new(n, 1), .b = 0 };
}

void linreg_free(linreg *model)
{
    matrix_free(&model->w);
    model->b = 0;
}
//< new

void linreg_predict(matrix yhat, linreg model, matrix X)
{
    require(model.w.rows == X.cols && model.w.cols == 1, model.w, X);
    require(yhat.rows == X.rows && yhat.cols == 1, yhat, X);

    //> predict: Fill in yhat, equation (1.1).
    matrix_product(yhat, X, AS_IT_IS, model.w, AS_IT_IS);
    for (size_t i = 0; i < X.rows; i++)
        at(yhat, i, 0) += model.b;
    //< predict
}

real linreg_mae(matrix yhat, matrix y)
{
    require(yhat.rows == y.rows && y.rows > 0, yhat, y);
    require(yhat.cols == 1 && y.cols == 1, yhat, y);

    //> mae: Return the mean absolute error, equation (1.3).
    real sum = 0;
    for (size_t i = 0; i < y.rows; i++)
        sum += fabs(at(yhat, i, 0) - at(y, i, 0));
    return sum / y.rows;
    //< mae
}

real linreg_half_mse(matrix yhat, matrix y)
{
    require(yhat.rows == y.rows && y.rows > 0, yhat, y);
    require(yhat.cols == 1 && y.cols == 1, yhat, y);

    //> half-mse: Return the loss, equation (1.4).
    real sum = 0;
    for (size_t i = 0; i < y.rows; i++) {
        real error = at(yhat, i, 0) - at(y, i, 0);
        sum += error * error;
    }
    return sum / (2.0 * y.rows);
    //< half-mse
}

real linreg_huber(matrix yhat, matrix y, real delta)
{
    require(yhat.rows == y.rows && y.rows > 0, yhat, y);
    require(yhat.cols == 1 && y.cols == 1, yhat, y);
    require(delta > 0);

    //> huber: Return the Huber loss, equation (1.5).
    real sum = 0;
    for (size_t i = 0; i < y.rows; i++) {
        real size = fabs(at(yhat, i, 0) - at(y, i, 0));
        if (size <= delta)
            sum += size * size / 2;
        else
            sum += delta * (size - delta / 2);
    }
    return sum / y.rows;
    //< huber
}

void linreg_gradient(linreg *grad, linreg model, matrix X, matrix y)
{
    require(y.rows == X.rows && y.cols == 1 && X.rows > 0, y, X);
    require(grad->w.rows == X.cols && grad->w.cols == 1, grad->w, X);

    //> gradient: Fill in grad->w and grad->b, equations (1.6) and (1.7).
    matrix error = matrix_new(X.rows, 1);
    linreg_predict(error, model, X);
    for (size_t i = 0; i < X.rows; i++)
        at(error, i, 0) -= at(y, i, 0);

    /* dL/dw = X^T e / N   and   dL/db = 1^T e / N */
    matrix_product(grad->w, X, TRANSPOSED, error, AS_IT_IS);
    for (size_t j = 0; j < X.cols; j++)
        at(grad->w, j, 0) /= X.rows;

    grad->b = 0;
    for (size_t i = 0; i < X.rows; i++)
        grad->b += at(error, i, 0) / X.rows;

    matrix_free(&error);
    //< gradient
}

void linreg_step(linreg *model, linreg grad, real learning_rate)
{
    require(grad.w.rows == model->w.rows && grad.w.cols == 1, grad.w,
            model->w);

    //> step: Move model->w and model->b, equation (1.9).
    for (size_t j = 0; j < model->w.rows; j++)
        at(model->w, j, 0) -= learning_rate * at(grad.w, j, 0);
    model->b -= learning_rate * grad.b;
    //< step
}

//> small
bool linreg_is_small(linreg grad, real tolerance)
{
    bool small = fabs(grad.b) <= tolerance;
    for (size_t j = 0; j < grad.w.rows; j++)
        small = small && fabs(at(grad.w, j, 0)) <= tolerance;
    return small;
}
//< small

size_t linreg_fit(linreg *model, matrix losses, matrix X, matrix y,
                  real learning_rate, real tolerance)
{
    require(y.rows == X.rows && y.cols == 1 && X.rows > 0, y, X);
    require(losses.cols == 1, losses);
    size_t steps = 0;

    //> fit: Take the steps, and keep their losses; stop at (1.10).
    linreg grad = linreg_new(X.cols);
    matrix yhat = matrix_new(X.rows, 1);

    while (steps < losses.rows) {
        linreg_gradient(&grad, *model, X, y);
        if (linreg_is_small(grad, tolerance))
            break;
        linreg_step(model, grad, learning_rate);
        linreg_predict(yhat, *model, X);
        at(losses, steps, 0) = linreg_half_mse(yhat, y);
        steps++;
    }

    matrix_free(&yhat);
    linreg_free(&grad);
    //< fit
    return steps;
}

bool linreg_cholesky(matrix L, matrix A)
{
    require(A.rows == A.cols, A);
    require(L.rows == A.rows && L.cols == A.cols, L, A);

    //> cholesky: Fill in L column by column, equation (1.14).
    matrix_fill(L, 0);
    for (size_t j = 0; j < A.cols; j++) {
        real square = at(A, j, j);
        for (size_t k = 0; k < j; k++)
            square -= at(L, j, k) * at(L, j, k);
        if (!(square > 1e-12 * at(A, j, j)))
            return false;
        at(L, j, j) = sqrt(square);

        for (size_t i = j + 1; i < A.rows; i++) {
            real sum = at(A, i, j);
            for (size_t k = 0; k < j; k++)
                sum -= at(L, i, k) * at(L, j, k);
            at(L, i, j) = sum / at(L, j, j);
        }
    }
    return true;
    //< cholesky
}

void linreg_cholesky_solve(matrix x, matrix L, matrix c)
{
    require(L.rows == L.cols, L);
    require(c.rows == L.rows && c.cols == 1, c, L);
    require(x.rows == L.rows && x.cols == 1, x, L);

    //> solve: First downwards for z, then upwards for x, equation (1.15).
    for (size_t i = 0; i < L.rows; i++) {
        real sum = at(c, i, 0);
        for (size_t k = 0; k < i; k++)
            sum -= at(L, i, k) * at(x, k, 0); /* x holds z so far */
        at(x, i, 0) = sum / at(L, i, i);
    }
    for (size_t i = L.rows; i-- > 0;) {
        real sum = at(x, i, 0);
        for (size_t k = i + 1; k < L.rows; k++)
            sum -= at(L, k, i) * at(x, k, 0); /* L^T: row and column swap */
        at(x, i, 0) = sum / at(L, i, i);
    }
    //< solve
}

//> centred
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
//< centred

bool linreg_fit_normal(linreg *model, matrix X, matrix y)
{
    require(model->w.rows == X.cols && model->w.cols == 1, model->w, X);
    require(y.rows == X.rows && y.cols == 1 && X.rows > 0, y, X);
    size_t n = X.cols;
    bool solvable;

    matrix mean_x = matrix_new(n, 1), mean_y = matrix_new(1, 1);
    matrix Xc = centred(mean_x, X), yc = centred(mean_y, y);
    matrix A = matrix_new(n, n), L = matrix_new(n, n), c = matrix_new(n, 1);

    //> fit-normal: Fill in A and c of (1.12), solve, then find b, (1.13).
    matrix_product(A, Xc, TRANSPOSED, Xc, AS_IT_IS); /* Xc^T Xc */
    matrix_product(c, Xc, TRANSPOSED, yc, AS_IT_IS); /* Xc^T yc */

    solvable = linreg_cholesky(L, A);
    if (solvable) {
        linreg_cholesky_solve(model->w, L, c);
        model->b = at(mean_y, 0, 0);
        for (size_t j = 0; j < n; j++)
            model->b -= at(model->w, j, 0) * at(mean_x, j, 0);
    }
    //< fit-normal

    matrix *owned[] = { &mean_x, &mean_y, &Xc, &yc, &A, &L, &c };
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++)
        matrix_free(owned[k]);
    return solvable;
}

real linreg_r_squared(matrix yhat, matrix y)
{
    require(yhat.rows == y.rows && y.rows > 0, yhat, y);
    require(yhat.cols == 1 && y.cols == 1, yhat, y);

    //> r-squared: Return R^2, equation (1.16); mind equal targets.
    real mean = 0, residual = 0, total = 0;
    bool equal = true;
    for (size_t i = 0; i < y.rows; i++) {
        mean += at(y, i, 0) / y.rows;
        equal = equal && at(y, i, 0) == at(y, 0, 0);
    }
    for (size_t i = 0; i < y.rows; i++) {
        real error = at(yhat, i, 0) - at(y, i, 0);
        real distance = at(y, i, 0) - mean;
        residual += error * error;
        total += distance * distance;
    }
    if (equal)
        return residual == 0 ? 1 : 0;
    return 1 - residual / total;
    //< r-squared
}
