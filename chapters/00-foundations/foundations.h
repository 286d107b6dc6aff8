/* foundations.h - sums, slopes, and a fair look at data
 *
 * Throughout: N examples, n features, K classes.
 *
 *   X       N x n   one example per row
 *   y       N x 1   one label per example: a class, 0 ... K - 1
 *   order           an array of N row numbers, each of 0 ... N - 1 once
 *
 * Equations are numbered as in the lesson.  No output may overlap an input,
 * unless a contract says so.
 */
#ifndef FOUNDATIONS_H
#define FOUNDATIONS_H

#include "matrix.h"
#include "random.h"

//> dot-contract
/* dot - the dot product of two vectors
 *
 *     a . b = sum_i a_i b_i                                         (0.1)
 *
 * returns   the sum; 0 for vectors without elements
 * requires  a and b are n x 1
 */
real dot(matrix a, matrix b);
//< dot-contract

//> matrix-vector-contract
/* matrix_vector - one dot product per row
 *
 *     y_i = sum_j A_ij x_j                                          (0.2)
 *
 * out       y, m x 1
 * requires  A is m x n,  x is n x 1
 */
void matrix_vector(matrix y, matrix A, matrix x);
//< matrix-vector-contract

//> matrix-multiply-contract
/* matrix_multiply - one dot product per element
 *
 *     C_ij = sum_k A_ik B_kj                                        (0.3)
 *
 * out       C, m x n, whatever it held before
 * requires  A is m x p,  B is p x n
 */
void matrix_multiply(matrix C, matrix A, matrix B);
//< matrix-multiply-contract

//> transpose-contract
/* transpose - rows become columns
 *
 *     B_ji = A_ij                                                   (0.4)
 *
 * out       B, n x m
 * requires  A is m x n
 */
void transpose(matrix B, matrix A);
//< transpose-contract

//> add-row-contract
/* add_row - the same row added to every row: A + 1 b^T
 *
 *     A_ij <- A_ij + b_j                                            (0.5)
 *
 * in/out    A, m x n
 * requires  b is n x 1: a column, whose transpose is added
 */
void add_row(matrix A, matrix b);
//< add-row-contract

//> hadamard-contract
/* hadamard - the element-wise product
 *
 *     C_ij = A_ij B_ij                                              (0.6)
 *
 * out       C; it may be A or B
 * requires  A, B and C have one shape
 */
void hadamard(matrix C, matrix A, matrix B);
//< hadamard-contract

//> central-difference-contract
/* central_difference - the slope of f at x, measured
 *
 *     (f(x + h) - f(x - h)) / (2h)                                  (0.7)
 *
 * returns   the quotient, in units of f per unit of x
 * requires  h > 0
 */
real central_difference(real (*f)(real x), real x, real h);
//< central-difference-contract

//> shuffle-contract
/* shuffle - numbers into a random order, each order equally likely
 *
 *     for i = N - 1, N - 2, ..., 1:                                 (0.8)
 *         j = random_below(state, i + 1)          any of 0 ... i
 *         exchange order[i] and order[j]
 *
 * in/out    order, N numbers, whatever they are;  state
 */
void shuffle(size_t *order, size_t N, random_state *state);
//< shuffle-contract

//> split-contract
/* split - the rows of A handed out to three matrices, in a given order
 *
 *     row k of the three is row order[k] of A,  k = 0 ... N - 1     (0.9)
 *
 * where k counts through train, then validation, then test.  Split X and y
 * with the same order, and each row keeps its label.
 *
 * out       train, validation, test; any of them may have no rows
 * requires  their rows together are those of A, their columns are A's,
 *           order holds A.rows row numbers
 */
void split(matrix train, matrix validation, matrix test, matrix A,
           const size_t *order);
//< split-contract

//> standardize-fit-contract
/* standardize_fit - where each column lies, and how wide it is
 *
 *     shift_j = 1/N * sum_i X_ij                                    (0.10)
 *     scale_j = sqrt(1/N * sum_i (X_ij - shift_j)^2)
 *
 * A column that never changes gets the scale 1.
 *
 * out       shift and scale, n x 1, in the units of the columns
 * requires  X is N x n,  N > 0
 */
void standardize_fit(matrix shift, matrix scale, matrix X);
//< standardize-fit-contract

//> mean-normalize-fit-contract
/* mean_normalize_fit - where each column lies, and its range for its width
 *
 *     shift_j = 1/N * sum_i X_ij                                    (0.11)
 *     scale_j = max_i X_ij - min_i X_ij
 *
 * A column that never changes gets the scale 1.
 *
 * out       shift and scale, n x 1, in the units of the columns
 * requires  X is N x n,  N > 0
 */
void mean_normalize_fit(matrix shift, matrix scale, matrix X);
//< mean-normalize-fit-contract

//> standardize-apply-contract
/* standardize_apply - columns shifted and scaled, of any examples
 *
 *     X_ij <- (X_ij - shift_j) / scale_j                            (0.12)
 *
 * in/out    X, N x n
 * requires  shift and scale are n x 1, no scale is 0
 */
void standardize_apply(matrix X, matrix shift, matrix scale);
//< standardize-apply-contract

//> class-means-contract
/* class_means - the average example of each class
 *
 *     row k of means = the mean of the rows x_i with y_i = k        (0.13)
 *
 * A class without examples gets a row of 0.
 *
 * out       means, K x n
 * requires  X is N x n,  y is N x 1 of 0 ... K - 1
 */
void class_means(matrix means, matrix X, matrix y);
//< class-means-contract

//> nearest-mean-contract
/* nearest_mean - the class whose mean is nearest
 *
 *     yhat_i = the k with the least sum_j (X_ij - means_kj)^2       (0.14)
 *
 * Of classes that are equally near, the first.
 *
 * out       yhat, N x 1
 * requires  X is N x n,  means is K x n,  K > 0
 */
void nearest_mean(matrix yhat, matrix means, matrix X);
//< nearest-mean-contract

//> accuracy-contract
/* accuracy - the share of examples that were classified rightly
 *
 *     1/N * (how many i have yhat_i = y_i)                          (0.15)
 *
 * returns   the share, from 0 to 1
 * requires  yhat and y are N x 1,  N > 0
 */
real accuracy(matrix yhat, matrix y);
//< accuracy-contract

#endif
