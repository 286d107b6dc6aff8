/* foundations.h - sums, slopes, and a fair look at data
 *
 * Throughout: N examples, n features, K classes.
 *
 *   X       N x n   one example per row
 *   y       N x 1   one label per example: a class, 0 ... K - 1
 *   order           an array of N row numbers, each of 0 ... N - 1 once
 *
 * Equations are numbered as in the lesson.  No output may overlap an input.
 */
#ifndef FOUNDATIONS_H
#define FOUNDATIONS_H

#include "matrix.h"
#include "random.h"

/* dot - the dot product of two vectors
 *
 *     a . b = sum_i a_i b_i
 *
 * returns   the sum; 0 for empty vectors
 * requires  a and b are n x 1
 */
real dot(matrix a, matrix b);

/* matrix_vector - one dot product per row
 *
 *     y_i = sum_j A_ij x_j
 *
 * out       y, m x 1
 * requires  A is m x n,  x is n x 1
 */
void matrix_vector(matrix y, matrix A, matrix x);

/* matrix_multiply - one dot product per element
 *
 *     C_ij = sum_k A_ik B_kj
 *
 * out       C, m x n, whatever it held before
 * requires  A is m x p,  B is p x n
 */
void matrix_multiply(matrix C, matrix A, matrix B);

/* transpose - rows become columns
 *
 *     B_ji = A_ij
 *
 * out       B, n x m
 * requires  A is m x n
 */
void transpose(matrix B, matrix A);

/* add_row - the same row added to every row: A + 1 b^T
 *
 *     A_ij <- A_ij + b_j
 *
 * in/out    A, m x n
 * requires  b is n x 1: a column whose transpose is added
 */
void add_row(matrix A, matrix b);

/* hadamard - the element-wise product
 *
 *     C_ij = A_ij B_ij
 *
 * out       C; it may be A or B
 * requires  A, B and C have one shape
 */
void hadamard(matrix C, matrix A, matrix B);

/* central_difference - the slope of f at x, measured
 *
 *     f'(x) ~ (f(x + h) - f(x - h)) / (2h)
 *
 * returns   the quotient, in units of f per unit of x
 * requires  h > 0
 */
real central_difference(real (*f)(real x), real x, real h);

/* shuffle - put row numbers into a random order (Fisher and Yates)
 *
 *     for i = N - 1, N - 2, ..., 1:
 *         j = random_below(state, i + 1)     any of 0 ... i
 *         swap order[i] and order[j]
 *
 * in/out    order, N numbers, whatever they are;  state
 */
void shuffle(size_t *order, size_t N, random_state *state);

/* split - hand the rows of A out to three matrices, in a given order
 *
 * Row k of the three, counted through train, then validation, then test, is
 * row order[k] of A.  Split X and y with the same order.
 *
 * out       train, validation, test; any of them may have no rows
 * requires  their rows together are those of A, their columns are A's,
 *           order holds A.rows numbers
 */
void split(matrix train, matrix validation, matrix test, matrix A,
           const size_t *order);

/* standardize_fit - what it takes to standardise columns
 *
 *     shift_j = 1/N * sum_i X_ij
 *     scale_j = sqrt(1/N * sum_i (X_ij - shift_j)^2)
 *
 * A column that never changes has no scale: scale_j = 1.
 *
 * out       shift, scale, each n x 1, in the units of the columns
 * requires  X is N x n,  N > 0
 */
void standardize_fit(matrix shift, matrix scale, matrix X);

/* mean_normalize_fit - the same for mean normalisation
 *
 *     shift_j = 1/N * sum_i X_ij
 *     scale_j = max_i X_ij - min_i X_ij     1 if that is 0
 *
 * out       shift, scale, each n x 1, in the units of the columns
 * requires  X is N x n,  N > 0
 */
void mean_normalize_fit(matrix shift, matrix scale, matrix X);

/* standardize_apply - shift and scale the columns of any X
 *
 *     X_ij <- (X_ij - shift_j) / scale_j
 *
 * in/out    X, N x n
 * requires  shift and scale are n x 1, no scale is 0
 */
void standardize_apply(matrix X, matrix shift, matrix scale);

/* class_means - the average example of each class
 *
 *     mean_k = average of the rows x_i with y_i = k
 *
 * A class without examples has the mean 0.
 *
 * out       means, K x n
 * requires  X is N x n,  y is N x 1 with classes 0 ... K - 1
 */
void class_means(matrix means, matrix X, matrix y);

/* nearest_mean - the class whose mean is nearest
 *
 *     yhat_i = the k with the least sum_j (X_ij - mean_kj)^2
 *
 * Of classes equally near, the first.
 *
 * out       yhat, N x 1
 * requires  X is N x n,  means is K x n,  K > 0
 */
void nearest_mean(matrix yhat, matrix means, matrix X);

/* accuracy - the share of examples that were classified rightly
 *
 *     1/N * (number of i with yhat_i = y_i)
 *
 * returns   the share, between 0 and 1
 * requires  yhat and y are N x 1,  N > 0
 */
real accuracy(matrix yhat, matrix y);

#endif
