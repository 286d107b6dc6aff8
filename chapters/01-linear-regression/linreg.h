/* linreg.h - linear regression, by walking downhill and in closed form
 *
 * Throughout: N examples, n features.
 *
 *   X       N x n   one example per row, each column in its feature's unit
 *   y       N x 1   one target per example, in the unit of the target
 *   yhat    N x 1   one prediction per example, in the unit of the target
 *   e       N x 1   errors, e_i = yhat_i - y_i, in the unit of the target
 *
 * Equations are numbered as in the lesson.  No output may overlap an input.
 */
#ifndef LINREG_H
#define LINREG_H

#include "matrix.h"

//> model
typedef struct {
    matrix w; /* n x 1, the weights: target per unit of each feature */
    real b;   /* the bias, in the unit of the target                 */
} linreg;
//< model

/* A model of n features with w = 0 and b = 0.  The caller frees it. */
linreg linreg_new(size_t n);
void linreg_free(linreg *model);

//> predict-contract
/* linreg_predict - what the model says about each example
 *
 *     yhat_i = x_i1 w_1 + ... + x_in w_n + b                        (1.1)
 *
 * out       yhat
 * requires  w is n x 1,  yhat is N x 1
 */
void linreg_predict(matrix yhat, linreg model, matrix X);
//< predict-contract

//> mae-contract
/* linreg_mae - the mean absolute error
 *
 *     1/N * sum_i |yhat_i - y_i|                                    (1.3)
 *
 * returns   the error, in the unit of the target
 * requires  yhat and y are N x 1,  N > 0
 */
real linreg_mae(matrix yhat, matrix y);
//< mae-contract

//> half-mse-contract
/* linreg_half_mse - half the mean squared error, the loss of this chapter
 *
 *     L = 1/(2N) * sum_i (yhat_i - y_i)^2                           (1.4)
 *
 * returns   the loss, in squared units of the target
 * requires  yhat and y are N x 1,  N > 0
 */
real linreg_half_mse(matrix yhat, matrix y);
//< half-mse-contract

//> huber-contract
/* linreg_huber - squared for small errors, straight for large ones
 *
 *     1/N * sum_i h(yhat_i - y_i)                                   (1.5)
 *     h(e) = e^2 / 2                     where |e| <= delta
 *            delta * (|e| - delta / 2)   elsewhere
 *
 * returns   the loss, in squared units of the target
 * requires  yhat and y are N x 1,  N > 0,  delta > 0
 */
real linreg_huber(matrix yhat, matrix y, real delta);
//< huber-contract

//> gradient-contract
/* linreg_gradient - the slope of the loss (1.4) in every parameter
 *
 *     dL/dw_j = 1/N * sum_i (yhat_i - y_i) * x_ij                   (1.6)
 *     dL/db   = 1/N * sum_i (yhat_i - y_i)                          (1.7)
 *
 * out       grad, whatever it held before; grad->w is n x 1 on entry
 * requires  w is n x 1,  y is N x 1,  N > 0
 */
void linreg_gradient(linreg *grad, linreg model, matrix X, matrix y);
//< gradient-contract

//> step-contract
/* linreg_step - one step downhill
 *
 *     w <- w - learning_rate * dL/dw                                (1.9)
 *     b <- b - learning_rate * dL/db
 *
 * in/out    model
 * requires  grad.w has the shape of model->w
 */
void linreg_step(linreg *model, linreg grad, real learning_rate);
//< step-contract

/* Whether no slope of grad is steeper than tolerance; given.  A slope that
 * is not a number is not small. */
bool linreg_is_small(linreg grad, real tolerance);

//> fit-contract
/* linreg_fit - gradient descent: at most T steps, each on all the data
 *
 *     stop before a step if  max(|dL/dw_j|, |dL/db|) <= tolerance  (1.10)
 *
 * in/out    model: where to start; on return, where the walk ended
 * out       losses, T x 1: the loss (1.4) after step 1, after step 2, ...;
 *           rows of steps that were not taken stay as they were
 * returns   the number of steps taken
 * requires  w is n x 1,  y is N x 1,  N > 0,  losses has one column
 */
size_t linreg_fit(linreg *model, matrix losses, matrix X, matrix y,
                  real learning_rate, real tolerance);
//< fit-contract

//> cholesky-contract
/* linreg_cholesky - the square root of a symmetric matrix: A = L L^T
 *
 *     L_jj = sqrt(A_jj - sum_(k<j) L_jk^2)                          (1.14)
 *     L_ij = (A_ij - sum_(k<j) L_ik L_jk) / L_jj    for i > j
 *     L_ij = 0                                      for i < j
 *
 * A is not positive definite if what stands under a root is not larger than
 * 1e-12 * A_jj, or not a number.
 *
 * out       L, n x n; unspecified after false
 * returns   false if A is not positive definite
 * requires  A and L are n x n; only A_ij with i >= j is read
 */
bool linreg_cholesky(matrix L, matrix A);
//< cholesky-contract

//> solve-contract
/* linreg_cholesky_solve - solve (L L^T) x = c in two passes
 *
 *     L z = c,   then   L^T x = z                                   (1.15)
 *
 * out       x, n x 1
 * requires  L is n x n with no zero on its diagonal,  c is n x 1
 */
void linreg_cholesky_solve(matrix x, matrix L, matrix c);
//< solve-contract

//> fit-normal-contract
/* linreg_fit_normal - the smallest loss in one go, by the normal equations
 *
 *     (Xc^T Xc) w = Xc^T yc                                         (1.12)
 *     b = mean(y) - w . mean(X)                                     (1.13)
 *
 * Xc is X with the mean of each column taken off, yc is y without its mean.
 *
 * out       model; it keeps what it held after false
 * returns   false if Xc^T Xc is not positive definite: a feature that never
 *           changes, or one that the others already determine
 * requires  w is n x 1,  y is N x 1,  N > 0
 */
bool linreg_fit_normal(linreg *model, matrix X, matrix y);
//< fit-normal-contract

//> r-squared-contract
/* linreg_r_squared - the share of the variance that the model explains
 *
 *     R^2 = 1 - sum_i (yhat_i - y_i)^2 / sum_i (y_i - mean(y))^2    (1.16)
 *
 * returns   R^2, without unit, at most 1.  If all targets are equal, no
 *           variance is left to explain: 1 if all predictions are right,
 *           else 0
 * requires  yhat and y are N x 1,  N > 0
 */
real linreg_r_squared(matrix yhat, matrix y);
//< r-squared-contract

#endif
