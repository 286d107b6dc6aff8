/* Everything that BLAS can do, done by BLAS.  Link with: -lopenblas */
#include "linreg.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

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

    matrix_fill(yhat, model.b);
    cblas_dgemv(CblasRowMajor, CblasNoTrans, (int)X.rows, (int)X.cols, 1,
                X.data, (int)X.cols, model.w.data, 1, 1, yhat.data, 1);
}

real linreg_mae(matrix yhat, matrix y)
{
    require(yhat.rows == y.rows && y.rows > 0, yhat, y);
    require(yhat.cols == 1 && y.cols == 1, yhat, y);

    matrix error = matrix_copy(yhat);
    cblas_daxpy((int)y.rows, -1, y.data, 1, error.data, 1);
    real sum = cblas_dasum((int)y.rows, error.data, 1);
    matrix_free(&error);
    return sum / y.rows;
}

real linreg_half_mse(matrix yhat, matrix y)
{
    require(yhat.rows == y.rows && y.rows > 0, yhat, y);
    require(yhat.cols == 1 && y.cols == 1, yhat, y);

    matrix error = matrix_copy(yhat);
    cblas_daxpy((int)y.rows, -1, y.data, 1, error.data, 1);
    real norm = cblas_dnrm2((int)y.rows, error.data, 1);
    matrix_free(&error);
    return norm * norm / (2 * y.rows);
}

real linreg_huber(matrix yhat, matrix y, real delta)
{
    require(yhat.rows == y.rows && y.rows > 0, yhat, y);
    require(yhat.cols == 1 && y.cols == 1, yhat, y);
    require(delta > 0);

    real sum = 0;
    for (size_t i = 0; i < y.rows; i++) {
        real size = fabs(at(yhat, i, 0) - at(y, i, 0));
        if (size <= delta)
            sum += size * size / 2;
        else
            sum += delta * (size - delta / 2);
    }
    return sum / y.rows;
}

void linreg_gradient(linreg *grad, linreg model, matrix X, matrix y)
{
    require(y.rows == X.rows && y.cols == 1 && X.rows > 0, y, X);
    require(grad->w.rows == X.cols && grad->w.cols == 1, grad->w, X);

    int N = (int)X.rows, n = (int)X.cols;
    matrix error = matrix_new(X.rows, 1), one = matrix_new(X.rows, 1);
    matrix_fill(one, 1);
    linreg_predict(error, model, X);
    cblas_daxpy(N, -1, y.data, 1, error.data, 1);
    matrix_fill(grad->w, 0);
    cblas_dgemv(CblasRowMajor, CblasTrans, N, n, 1.0 / N, X.data, n,
                error.data, 1, 0, grad->w.data, 1);
    grad->b = cblas_ddot(N, one.data, 1, error.data, 1) / N;
    matrix_free(&error);
    matrix_free(&one);
}

void linreg_step(linreg *model, linreg grad, real learning_rate)
{
    require(grad.w.rows == model->w.rows && grad.w.cols == 1, grad.w,
            model->w);

    cblas_daxpy((int)model->w.rows, -learning_rate, grad.w.data, 1,
                model->w.data, 1);
    model->b -= learning_rate * grad.b;
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
    return steps;
}

bool linreg_cholesky(matrix L, matrix A)
{
    require(A.rows == A.cols, A);
    require(L.rows == A.rows && L.cols == A.cols, L, A);

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
}

void linreg_cholesky_solve(matrix x, matrix L, matrix c)
{
    require(L.rows == L.cols, L);
    require(c.rows == L.rows && c.cols == 1, c, L);
    require(x.rows == L.rows && x.cols == 1, x, L);

    int n = (int)L.rows;
    memcpy(x.data, c.data, L.rows * sizeof *x.data);
    cblas_dtrsv(CblasRowMajor, CblasLower, CblasNoTrans, CblasNonUnit, n,
                L.data, n, x.data, 1);
    cblas_dtrsv(CblasRowMajor, CblasLower, CblasTrans, CblasNonUnit, n,
                L.data, n, x.data, 1);
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

    int N = (int)X.rows, m = (int)n;
    cblas_dsyrk(CblasRowMajor, CblasLower, CblasTrans, m, N, 1, Xc.data, m,
                0, A.data, m);
    cblas_dgemv(CblasRowMajor, CblasTrans, N, m, 1, Xc.data, m, yc.data, 1,
                0, c.data, 1);
    solvable = linreg_cholesky(L, A);
    if (solvable) {
        linreg_cholesky_solve(model->w, L, c);
        model->b = at(mean_y, 0, 0) -
                   cblas_ddot(m, model->w.data, 1, mean_x.data, 1);
    }

    matrix *owned[] = { &mean_x, &mean_y, &Xc, &yc, &A, &L, &c };
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++)
        matrix_free(owned[k]);
    return solvable;
}

real linreg_r_squared(matrix yhat, matrix y)
{
    require(yhat.rows == y.rows && y.rows > 0, yhat, y);
    require(yhat.cols == 1 && y.cols == 1, yhat, y);

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
}
