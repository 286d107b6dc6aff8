/* 00 - Foundations.  Lesson: chapters/00-foundations/lesson.md
 * Contract: chapters/00-foundations/foundations.h
 */
#include "foundations.h"

#include <math.h>

/* --- Products and sums --- */

real dot(matrix a, matrix b)
{
    require(a.rows == b.rows && a.cols == 1 && b.cols == 1, a, b);

    //> dot: Return the dot product, equation (0.1).
    real sum = 0;
    for (size_t i = 0; i < a.rows; i++)
        sum += at(a, i, 0) * at(b, i, 0);
    return sum;
    //< dot
}

void matrix_vector(matrix y, matrix A, matrix x)
{
    require(x.rows == A.cols && x.cols == 1, A, x);
    require(y.rows == A.rows && y.cols == 1, y, A);

    //> matrix-vector: Fill in y, equation (0.2).
    for (size_t i = 0; i < A.rows; i++) {
        real sum = 0;
        for (size_t j = 0; j < A.cols; j++)
            sum += at(A, i, j) * at(x, j, 0);
        at(y, i, 0) = sum;
    }
    //< matrix-vector
}

void matrix_multiply(matrix C, matrix A, matrix B)
{
    require(A.cols == B.rows, A, B);
    require(C.rows == A.rows && C.cols == B.cols, C, A, B);

    //> matrix-multiply: Fill in C, equation (0.3).
    matrix_fill(C, 0);
    for (size_t i = 0; i < A.rows; i++)
        for (size_t k = 0; k < A.cols; k++)
            for (size_t j = 0; j < B.cols; j++)
                at(C, i, j) += at(A, i, k) * at(B, k, j);
    //< matrix-multiply
}

void transpose(matrix B, matrix A)
{
    require(B.rows == A.cols && B.cols == A.rows, B, A);

    //> transpose: Fill in B, equation (0.4).
    for (size_t i = 0; i < A.rows; i++)
        for (size_t j = 0; j < A.cols; j++)
            at(B, j, i) = at(A, i, j);
    //< transpose
}

void add_row(matrix A, matrix b)
{
    require(b.rows == A.cols && b.cols == 1, A, b);

    //> add-row: Add b to every row of A, equation (0.5).
    for (size_t i = 0; i < A.rows; i++)
        for (size_t j = 0; j < A.cols; j++)
            at(A, i, j) += at(b, j, 0);
    //< add-row
}

void hadamard(matrix C, matrix A, matrix B)
{
    require(A.rows == B.rows && A.cols == B.cols, A, B);
    require(C.rows == A.rows && C.cols == A.cols, C, A);

    //> hadamard: Fill in C, equation (0.6).
    for (size_t i = 0; i < A.rows; i++)
        for (size_t j = 0; j < A.cols; j++)
            at(C, i, j) = at(A, i, j) * at(B, i, j);
    //< hadamard
}

real central_difference(real (*f)(real x), real x, real h)
{
    require(h > 0);

    //> central-difference: Return the quotient, equation (0.7).
    return (f(x + h) - f(x - h)) / (2 * h);
    //< central-difference
}

/* --- Examples, shuffled, split and scaled --- */

void shuffle(size_t *order, size_t N, random_state *state)
{
    //> shuffle: Exchange as (0.8) says, from the last number down.
    for (size_t i = N; i-- > 1;) {
        size_t j = random_below(state, i + 1);
        size_t kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
    //< shuffle
}

void split(matrix train, matrix validation, matrix test, matrix A,
           const size_t *order)
{
    require(train.rows + validation.rows + test.rows == A.rows, train,
            validation, test, A);
    require(train.cols == A.cols && validation.cols == A.cols &&
                test.cols == A.cols,
            train, validation, test, A);

    //> split: Fill in train, then validation, then test, equation (0.9).
    matrix parts[] = { train, validation, test };
    size_t k = 0;
    for (int p = 0; p < 3; p++)
        for (size_t i = 0; i < parts[p].rows; i++, k++)
            for (size_t j = 0; j < A.cols; j++)
                at(parts[p], i, j) = at(A, order[k], j);
    //< split
}

void standardize_fit(matrix shift, matrix scale, matrix X)
{
    require(X.rows > 0, X);
    require(shift.rows == X.cols && shift.cols == 1, shift, X);
    require(scale.rows == X.cols && scale.cols == 1, scale, X);

    //> standardize-fit: Fill in shift and scale, equation (0.10).
    for (size_t j = 0; j < X.cols; j++) {
        real sum = 0, squares = 0;
        bool changes = false;
        for (size_t i = 0; i < X.rows; i++) {
            sum += at(X, i, j);
            changes = changes || at(X, i, j) != at(X, 0, j);
        }
        real mean = sum / X.rows;
        for (size_t i = 0; i < X.rows; i++) {
            real distance = at(X, i, j) - mean;
            squares += distance * distance;
        }
        at(shift, j, 0) = mean;
        at(scale, j, 0) = changes ? sqrt(squares / X.rows) : 1;
    }
    //< standardize-fit
}

void mean_normalize_fit(matrix shift, matrix scale, matrix X)
{
    require(X.rows > 0, X);
    require(shift.rows == X.cols && shift.cols == 1, shift, X);
    require(scale.rows == X.cols && scale.cols == 1, scale, X);

    //> mean-normalize-fit: Fill in shift and scale, equation (0.11).
    for (size_t j = 0; j < X.cols; j++) {
        real sum = 0, least = at(X, 0, j), largest = at(X, 0, j);
        for (size_t i = 0; i < X.rows; i++) {
            sum += at(X, i, j);
            least = fmin(least, at(X, i, j));
            largest = fmax(largest, at(X, i, j));
        }
        at(shift, j, 0) = sum / X.rows;
        at(scale, j, 0) = largest > least ? largest - least : 1;
    }
    //< mean-normalize-fit
}

void standardize_apply(matrix X, matrix shift, matrix scale)
{
    require(shift.rows == X.cols && shift.cols == 1, shift, X);
    require(scale.rows == X.cols && scale.cols == 1, scale, X);

    //> standardize-apply: Shift and scale every column, equation (0.12).
    for (size_t i = 0; i < X.rows; i++)
        for (size_t j = 0; j < X.cols; j++) {
            real distance = at(X, i, j) - at(shift, j, 0);
            at(X, i, j) = distance / at(scale, j, 0);
        }
    //< standardize-apply
}

/* --- The nearest mean --- */

void class_means(matrix means, matrix X, matrix y)
{
    require(means.cols == X.cols, means, X);
    require(y.rows == X.rows && y.cols == 1, y, X);

    //> class-means: Fill in means, equation (0.13); mind empty classes.
    matrix count = matrix_new(means.rows, 1);
    matrix_fill(means, 0);
    for (size_t i = 0; i < X.rows; i++) {
        size_t k = at(y, i, 0);
        at(count, k, 0) += 1;
        for (size_t j = 0; j < X.cols; j++)
            at(means, k, j) += at(X, i, j);
    }
    for (size_t k = 0; k < means.rows; k++)
        for (size_t j = 0; at(count, k, 0) > 0 && j < means.cols; j++)
            at(means, k, j) /= at(count, k, 0);
    matrix_free(&count);
    //< class-means
}

void nearest_mean(matrix yhat, matrix means, matrix X)
{
    require(means.cols == X.cols && means.rows > 0, means, X);
    require(yhat.rows == X.rows && yhat.cols == 1, yhat, X);

    //> nearest-mean: Fill in yhat, equation (0.14); the first of equals.
    for (size_t i = 0; i < X.rows; i++) {
        real least = INFINITY;
        for (size_t k = 0; k < means.rows; k++) {
            real squares = 0;
            for (size_t j = 0; j < X.cols; j++) {
                real distance = at(X, i, j) - at(means, k, j);
                squares += distance * distance;
            }
            if (squares < least) {
                least = squares;
                at(yhat, i, 0) = k;
            }
        }
    }
    //< nearest-mean
}

real accuracy(matrix yhat, matrix y)
{
    require(yhat.rows == y.rows && y.rows > 0, yhat, y);
    require(yhat.cols == 1 && y.cols == 1, yhat, y);

    //> accuracy: Return the share of right answers, equation (0.15).
    size_t right = 0;
    for (size_t i = 0; i < y.rows; i++)
        right += at(yhat, i, 0) == at(y, i, 0);
    return (real)right / y.rows;
    //< accuracy
}
