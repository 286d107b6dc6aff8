/* Replace each todo() with your own code, then type:  make 00
 *
 * The contract of each function is in the header named below; the
 * lesson says how to get there.  This is the only file to change.
 */
/* 00 - Foundations.  Lesson: chapters/00-foundations/lesson.md
 * Contract: chapters/00-foundations/foundations.h
 */
#include "foundations.h"

#include <math.h>

/* --- Products and sums --- */

real dot(matrix a, matrix b)
{
    require(a.rows == b.rows && a.cols == 1 && b.cols == 1, a, b);

    /* Return the dot product, equation (0.1). */
    todo();
}

void matrix_vector(matrix y, matrix A, matrix x)
{
    require(x.rows == A.cols && x.cols == 1, A, x);
    require(y.rows == A.rows && y.cols == 1, y, A);

    /* Fill in y, equation (0.2). */
    todo();
}

void matrix_multiply(matrix C, matrix A, matrix B)
{
    require(A.cols == B.rows, A, B);
    require(C.rows == A.rows && C.cols == B.cols, C, A, B);

    /* Fill in C, equation (0.3). */
    todo();
}

void transpose(matrix B, matrix A)
{
    require(B.rows == A.cols && B.cols == A.rows, B, A);

    /* Fill in B, equation (0.4). */
    todo();
}

void add_row(matrix A, matrix b)
{
    require(b.rows == A.cols && b.cols == 1, A, b);

    /* Add b to every row of A, equation (0.5). */
    todo();
}

void hadamard(matrix C, matrix A, matrix B)
{
    require(A.rows == B.rows && A.cols == B.cols, A, B);
    require(C.rows == A.rows && C.cols == A.cols, C, A);

    /* Fill in C, equation (0.6). */
    todo();
}

real central_difference(real (*f)(real x), real x, real h)
{
    require(h > 0);

    /* Return the quotient, equation (0.7). */
    todo();
}

/* --- Examples, shuffled, split and scaled --- */

void shuffle(size_t *order, size_t N, random_state *state)
{
    /* Exchange as (0.8) says, from the last number down. */
    todo();
}

void split(matrix train, matrix validation, matrix test, matrix A,
           const size_t *order)
{
    require(train.rows + validation.rows + test.rows == A.rows, train,
            validation, test, A);
    require(train.cols == A.cols && validation.cols == A.cols &&
                test.cols == A.cols,
            train, validation, test, A);

    /* Fill in train, then validation, then test, equation (0.9). */
    todo();
}

void standardize_fit(matrix shift, matrix scale, matrix X)
{
    require(X.rows > 0, X);
    require(shift.rows == X.cols && shift.cols == 1, shift, X);
    require(scale.rows == X.cols && scale.cols == 1, scale, X);

    /* Fill in shift and scale, equation (0.10). */
    todo();
}

void mean_normalize_fit(matrix shift, matrix scale, matrix X)
{
    require(X.rows > 0, X);
    require(shift.rows == X.cols && shift.cols == 1, shift, X);
    require(scale.rows == X.cols && scale.cols == 1, scale, X);

    /* Fill in shift and scale, equation (0.11). */
    todo();
}

void standardize_apply(matrix X, matrix shift, matrix scale)
{
    require(shift.rows == X.cols && shift.cols == 1, shift, X);
    require(scale.rows == X.cols && scale.cols == 1, scale, X);

    /* Shift and scale every column, equation (0.12). */
    todo();
}

/* --- The nearest mean --- */

void class_means(matrix means, matrix X, matrix y)
{
    require(means.cols == X.cols, means, X);
    require(y.rows == X.rows && y.cols == 1, y, X);

    /* Fill in means, equation (0.13); mind empty classes. */
    todo();
}

void nearest_mean(matrix yhat, matrix means, matrix X)
{
    require(means.cols == X.cols && means.rows > 0, means, X);
    require(yhat.rows == X.rows && yhat.cols == 1, yhat, X);

    /* Fill in yhat, equation (0.14); the first of equals. */
    todo();
}

real accuracy(matrix yhat, matrix y)
{
    require(yhat.rows == y.rows && y.rows > 0, yhat, y);
    require(yhat.cols == 1 && y.cols == 1, yhat, y);

    /* Return the share of right answers, equation (0.15). */
    todo();
}
