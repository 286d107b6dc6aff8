/* The same functions written otherwise: other orders, pointers, Welford's
 * mean and width in one pass.
 */
#include "foundations.h"

#include <math.h>
#include <string.h>

real dot(matrix a, matrix b)
{
    real sum[2] = { 0, 0 };
    for (size_t i = a.rows; i-- > 0;)
        sum[i % 2] += a.data[i] * b.data[i];
    return sum[0] + sum[1];
}

void matrix_vector(matrix y, matrix A, matrix x)
{
    matrix_fill(y, 0);
    for (size_t j = 0; j < A.cols; j++)
        for (size_t i = 0; i < A.rows; i++)
            at(y, i, 0) += at(A, i, j) * at(x, j, 0);
}

void matrix_multiply(matrix C, matrix A, matrix B)
{
    for (size_t j = 0; j < C.cols; j++)
        for (size_t i = 0; i < C.rows; i++) {
            real sum = 0;
            for (size_t k = A.cols; k-- > 0;)
                sum += at(A, i, k) * at(B, k, j);
            at(C, i, j) = sum;
        }
}

void transpose(matrix B, matrix A)
{
    const real *from = A.data;
    for (size_t k = 0; k < A.rows * A.cols; k++)
        B.data[k % A.cols * A.rows + k / A.cols] = *from++;
}

void add_row(matrix A, matrix b)
{
    for (size_t k = 0; k < A.rows * A.cols; k++)
        A.data[k] += b.data[k % A.cols];
}

void hadamard(matrix C, matrix A, matrix B)
{
    for (size_t k = A.rows * A.cols; k-- > 0;)
        C.data[k] = B.data[k] * A.data[k];
}

real central_difference(real (*f)(real x), real x, real h)
{
    real left = f(x - h), right = f(x + h);
    return 0.5 * (right - left) / h;
}

void shuffle(size_t *order, size_t N, random_state *state)
{
    if (N == 0)
        return;
    for (size_t i = N - 1; i > 0; i--) {
        size_t *mine = &order[i],
               *other = &order[random_below(state, i + 1)];
        size_t kept = *mine;
        *mine = *other;
        *other = kept;
    }
}

void split(matrix train, matrix validation, matrix test, matrix A,
           const size_t *order)
{
    for (size_t k = 0; k < A.rows; k++) {
        size_t i = k;
        matrix part = train;
        if (i >= train.rows) {
            i -= train.rows;
            part = validation;
            if (i >= validation.rows) {
                i -= validation.rows;
                part = test;
            }
        }
        memcpy(&part.data[i * A.cols], &A.data[order[k] * A.cols],
               A.cols * sizeof(real));
    }
}

void standardize_fit(matrix shift, matrix scale, matrix X)
{
    for (size_t j = 0; j < X.cols; j++) {
        real mean = 0, squares = 0, least = INFINITY, largest = -INFINITY;
        for (size_t i = 0; i < X.rows; i++) {
            real x = at(X, i, j), away = x - mean;
            mean += away / (i + 1);
            squares += away * (x - mean);
            least = fmin(least, x);
            largest = fmax(largest, x);
        }
        at(shift, j, 0) = mean;
        at(scale, j, 0) = least == largest ? 1 : sqrt(squares / X.rows);
    }
}

void mean_normalize_fit(matrix shift, matrix scale, matrix X)
{
    for (size_t j = 0; j < X.cols; j++) {
        real least = INFINITY, largest = -INFINITY;
        at(shift, j, 0) = 0;
        for (size_t i = X.rows; i-- > 0;) {
            at(shift, j, 0) += at(X, i, j) / X.rows;
            least = fmin(least, at(X, i, j));
            largest = fmax(largest, at(X, i, j));
        }
        at(scale, j, 0) = largest - least == 0 ? 1 : largest - least;
    }
}

void standardize_apply(matrix X, matrix shift, matrix scale)
{
    for (size_t j = 0; j < X.cols; j++)
        for (size_t i = 0; i < X.rows; i++) {
            at(X, i, j) -= at(shift, j, 0);
            at(X, i, j) *= 1 / at(scale, j, 0);
        }
}

void class_means(matrix means, matrix X, matrix y)
{
    for (size_t k = 0; k < means.rows; k++)
        for (size_t j = 0; j < means.cols; j++) {
            real sum = 0;
            size_t count = 0;
            for (size_t i = X.rows; i-- > 0;)
                if (at(y, i, 0) == k) {
                    sum += at(X, i, j);
                    count++;
                }
            at(means, k, j) = count ? sum / count : 0;
        }
}

void nearest_mean(matrix yhat, matrix means, matrix X)
{
    for (size_t i = 0; i < X.rows; i++) {
        real least = 0;
        for (size_t k = means.rows; k-- > 0;) {
            real distance = 0;
            for (size_t j = X.cols; j-- > 0;)
                distance += pow(at(means, k, j) - at(X, i, j), 2);
            if (k + 1 == means.rows || distance <= least) {
                least = distance;
                at(yhat, i, 0) = k;
            }
        }
    }
}

real accuracy(matrix yhat, matrix y)
{
    real mean = 0;
    for (size_t i = 0; i < y.rows; i++)
        if (at(yhat, i, 0) == at(y, i, 0))
            mean += 1.0 / y.rows;
    return mean;
}
