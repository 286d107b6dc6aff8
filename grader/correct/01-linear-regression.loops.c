/* Loops in other orders, every sum backwards, means taken as they go. */
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

    for (size_t i = 0; i < X.rows; i++) {
        real sum = model.b;
        for (size_t j = X.cols; j-- > 0;)
            sum += at(X, i, j) * at(model.w, j, 0);
        at(yhat, i, 0) = sum;
    }
}

real linreg_mae(matrix yhat, matrix y)
{
    require(yhat.rows == y.rows && y.rows > 0, yhat, y);
    require(yhat.cols == 1 && y.cols == 1, yhat, y);

    real mean = 0;
    for (size_t i = y.rows; i-- > 0;) {
        real error = at(y, i, 0) - at(yhat, i, 0);
        mean += (error < 0 ? -error : error) / (real)y.rows;
    }
    return mean;
}

real linreg_half_mse(matrix yhat, matrix y)
{
    require(yhat.rows == y.rows && y.rows > 0, yhat, y);
    require(yhat.cols == 1 && y.cols == 1, yhat, y);

    real mean = 0;
    for (size_t i = y.rows; i-- > 0;)
        mean += pow(at(y, i, 0) - at(yhat, i, 0), 2) / (real)y.rows;
    return mean / 2;
}

real linreg_huber(matrix yhat, matrix y, real delta)
{
    require(yhat.rows == y.rows && y.rows > 0, yhat, y);
    require(yhat.cols == 1 && y.cols == 1, yhat, y);
    require(delta > 0);

    real sum = 0;
    for (size_t i = y.rows; i-- > 0;) {
        real error = at(y, i, 0) - at(yhat, i, 0);
        if (error > delta)
            sum += delta * error - delta * delta / 2;
        else if (error < -delta)
            sum += -delta * error - delta * delta / 2;
        else
            sum += 0.5 * error * error;
    }
    return sum / (real)y.rows;
}

void linreg_gradient(linreg *grad, linreg model, matrix X, matrix y)
{
    require(y.rows == X.rows && y.cols == 1 && X.rows > 0, y, X);
    require(grad->w.rows == X.cols && grad->w.cols == 1, grad->w, X);

    for (size_t j = 0; j < X.cols; j++)
        at(grad->w, j, 0) = 0;
    grad->b = 0;
    for (size_t i = X.rows; i-- > 0;) {
        real error = model.b - at(y, i, 0);
        for (size_t j = 0; j < X.cols; j++)
            error += at(X, i, j) * at(model.w, j, 0);
        for (size_t j = 0; j < X.cols; j++)
            at(grad->w, j, 0) += error / (real)X.rows * at(X, i, j);
        grad->b += error / (real)X.rows;
    }
}

void linreg_step(linreg *model, linreg grad, real learning_rate)
{
    require(grad.w.rows == model->w.rows && grad.w.cols == 1, grad.w,
            model->w);

    model->b = model->b - learning_rate * grad.b;
    for (size_t j = model->w.rows; j-- > 0;)
        at(model->w, j, 0) =
            at(model->w, j, 0) - at(grad.w, j, 0) * learning_rate;
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

    linreg grad = linreg_new(X.cols);
    matrix yhat = matrix_new(X.rows, 1);
    for (steps = 0; steps < losses.rows; steps++) {
        linreg_gradient(&grad, *model, X, y);
        real steepest = fabs(grad.b);
        for (size_t j = 0; j < X.cols; j++)
            steepest = fmax(steepest, fabs(at(grad.w, j, 0)));
        if (steepest <= tolerance)
            break;
        model->b -= learning_rate * grad.b;
        for (size_t j = 0; j < X.cols; j++)
            at(model->w, j, 0) -= learning_rate * at(grad.w, j, 0);
        real sum = 0;
        linreg_predict(yhat, *model, X);
        for (size_t i = 0; i < X.rows; i++)
            sum += (at(yhat, i, 0) - at(y, i, 0)) *
                   (at(yhat, i, 0) - at(y, i, 0));
        at(losses, steps, 0) = sum / 2 / (real)X.rows;
    }
    matrix_free(&yhat);
    linreg_free(&grad);
    return steps;
}

bool linreg_cholesky(matrix L, matrix A)
{
    require(A.rows == A.cols, A);
    require(L.rows == A.rows && L.cols == A.cols, L, A);

    /* row by row instead of column by column */
    for (size_t i = 0; i < A.rows; i++) {
        for (size_t j = 0; j <= i; j++) {
            real sum = at(A, i, j);
            for (size_t k = j; k-- > 0;)
                sum -= at(L, i, k) * at(L, j, k);
            if (i != j)
                at(L, i, j) = sum / at(L, j, j);
            else if (sum > 1e-12 * at(A, i, i))
                at(L, i, i) = sqrt(sum);
            else
                return false;
        }
        for (size_t j = i + 1; j < A.cols; j++)
            at(L, i, j) = 0;
    }
    return true;
}

void linreg_cholesky_solve(matrix x, matrix L, matrix c)
{
    require(L.rows == L.cols, L);
    require(c.rows == L.rows && c.cols == 1, c, L);
    require(x.rows == L.rows && x.cols == 1, x, L);

    /* column by column: as soon as an unknown is known, move it over */
    size_t n = L.rows;
    for (size_t i = 0; i < n; i++)
        at(x, i, 0) = at(c, i, 0);
    for (size_t j = 0; j < n; j++) {
        at(x, j, 0) /= at(L, j, j);
        for (size_t i = j + 1; i < n; i++)
            at(x, i, 0) -= at(L, i, j) * at(x, j, 0);
    }
    for (size_t j = n; j-- > 0;) {
        at(x, j, 0) /= at(L, j, j);
        for (size_t i = 0; i < j; i++)
            at(x, i, 0) -= at(L, j, i) * at(x, j, 0);
    }
}

/* A copy of A without the mean of each column, which goes to mean, n x 1;
 * given.  The caller frees the copy. */
static matrix centred(matrix mean, matrix A)
{
    matrix copy = matrix_copy(A);
    for (size_t j = 0; j < A.cols; j++) {
        real sum = 0;
        for (size_t i = 0; i < A.rows; i++)
            sum += at(A, i, j);
        at(mean, j, 0) = sum / A.rows;
        for (size_t i = 0; i < A.rows; i++)
            at(copy, i, j) -= at(mean, j, 0);
    }
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

    for (size_t j = 0; j < n; j++) {
        real sum = 0;
        for (size_t i = X.rows; i-- > 0;)
            sum += at(Xc, i, j) * at(yc, i, 0);
        at(c, j, 0) = sum;
        for (size_t k = 0; k < n; k++) {
            sum = 0;
            for (size_t i = X.rows; i-- > 0;)
                sum += at(Xc, i, j) * at(Xc, i, k);
            at(A, j, k) = sum;
        }
    }
    solvable = linreg_cholesky(L, A);
    if (!solvable)
        goto done;
    linreg_cholesky_solve(model->w, L, c);
    real predicted = 0;
    for (size_t j = 0; j < n; j++)
        predicted += at(mean_x, j, 0) * at(model->w, j, 0);
    model->b = at(mean_y, 0, 0) - predicted;
done:;

    matrix *owned[] = { &mean_x, &mean_y, &Xc, &yc, &A, &L, &c };
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++)
        matrix_free(owned[k]);
    return solvable;
}

real linreg_r_squared(matrix yhat, matrix y)
{
    require(yhat.rows == y.rows && y.rows > 0, yhat, y);
    require(yhat.cols == 1 && y.cols == 1, yhat, y);

    real sum = 0, squares = 0, residual = 0;
    bool equal = true;
    for (size_t i = 0; i < y.rows; i++) {
        sum += at(y, i, 0);
        residual += pow(at(y, i, 0) - at(yhat, i, 0), 2);
        if (at(y, i, 0) != at(y, 0, 0))
            equal = false;
    }
    for (size_t i = 0; i < y.rows; i++)
        squares += pow(at(y, i, 0) - sum / y.rows, 2);
    if (equal)
        return residual > 0 ? 0 : 1;
    return (squares - residual) / squares;
}
