/* regularization.h - learning what holds for others, too
 *
 * Throughout: N examples, n features or neurons, K classes; w a single
 * weight; lambda >= 0, how much weights cost.
 *
 *   X, A        N x n    one example per row
 *   y           N x 1    targets, or class numbers 0 ... K - 1
 *   Y           N x K    targets as rows that sum to 1
 *   theta       blocks   of chapter 06: 0, 2, 4, ... are weights, 1, 3, 5,
 *                        ... biases
 *   dA, dX, ... slopes of the loss, shaped as what they belong to
 *
 * Equations are numbered as in the lesson.  No output may overlap an input,
 * unless a contract says so.
 */
#ifndef REGULARIZATION_H
#define REGULARIZATION_H

#include "optimizers.h"

//> l2-contract
/* l2_penalty - what large weights cost
 *
 *     lambda / 2 * sum of w^2      over all weights, not biases     (7.1)
 *
 * returns   what is added to the loss
 */
real l2_penalty(blocks theta, real lambda);

/* l2_gradient - the slope of the L2 penalty, added to the gradient
 *
 *     dw <- dw + lambda * w        for weights, not for biases      (7.2)
 *
 * in/out    grad, with the blocks of theta
 */
void l2_gradient(blocks grad, blocks theta, real lambda);
//< l2-contract

//> l1-contract
/* l1_penalty - what weights cost, each by its size
 *
 *     lambda * sum of |w|          over all weights, not biases     (7.3)
 *
 * returns   what is added to the loss
 */
real l1_penalty(blocks theta, real lambda);

/* soft_threshold - a step of L1: towards 0, and not past it
 *
 *     w <- w - amount  where w >  amount                            (7.4)
 *          w + amount  where w < -amount
 *          0           elsewhere
 *
 * for weights, not for biases.
 *
 * in/out    theta
 * requires  amount >= 0
 */
void soft_threshold(blocks theta, real amount);
//< l1-contract

//> early-stopping-contract
/* What is kept while waiting for better epochs. */
typedef struct {
    size_t patience; /* how many epochs in a row may bring nothing   */
    size_t waited;   /* how many have                                */
    real best;       /* the least validation loss; begins at INFINITY */
    blocks kept;     /* its parameters; at first those at the start  */
} stopper;

/* The caller frees it.  Given. */
stopper stopper_new(blocks theta, size_t patience);
void stopper_free(stopper *s);

/* early_stopping - go on, or stop with the best
 *
 * Called after each epoch with its validation loss.  A loss below s->best
 * is the new best: theta is copied to s->kept, and the waiting begins
 * again.  Any other loss, also NaN, is one epoch of waiting.  After
 * s->patience of them in a row it is time to stop, and theta becomes what
 * was kept.
 *
 * in/out    s, theta
 * returns   true: go on;  false: stop
 * requires  s was made for theta,  patience > 0
 */
bool early_stopping(stopper *s, blocks theta, real validation_loss);
//< early-stopping-contract

//> dropout-contract
/* dropout_forward - silence some neurons, and strengthen the others
 *
 *     B_ij = A_ij * M_ij                                            (7.5)
 *     M_ij = 0 with probability p, else 1 / (1 - p)    in training
 *     M_ij = 1                                         otherwise
 *
 * In training one random_uniform for each element, row after row; the
 * element is dropped if the number is less than p.  Otherwise none.
 *
 * out       B and M, of the shape of A; B may be A
 * in/out    state
 * requires  0 <= p < 1
 */
void dropout_forward(matrix B, matrix M, matrix A, real p, bool training,
                     random_state *state);

/* dropout_backward - the slope goes where the value went
 *
 *     dA_ij = dB_ij * M_ij                                          (7.6)
 *
 * out       dA, of the shape of dB; it may be dB
 * requires  M is what dropout_forward left
 */
void dropout_backward(matrix dA, matrix dB, matrix M);
//< dropout-contract

//> batchnorm
#define BATCHNORM_EPSILON 1e-5

typedef struct {
    matrix gamma, beta;    /* n x 1, learned                          */
    matrix mean, variance; /* n x 1, running, for when training is over */
} batchnorm;

/* What the way forward leaves for the way back. */
typedef struct {
    matrix normal; /* N x n, the columns with mean 0 and variance 1 */
    matrix scale;  /* n x 1, what they were multiplied by           */
} batchnorm_cache;
//< batchnorm

/* gamma 1, beta 0, mean 0, variance 1.  The caller frees it.  Given. */
batchnorm batchnorm_new(size_t n);
void batchnorm_free(batchnorm *bn);

//> batchnorm-contract
/* batchnorm_train - every column to mean 0 and variance 1, then as wished
 *
 *     m_j = 1/N * sum_i X_ij                                        (7.7)
 *     v_j = 1/N * sum_i (X_ij - m_j)^2
 *     normal_ij = (X_ij - m_j) / sqrt(v_j + BATCHNORM_EPSILON)      (7.8)
 *     Y_ij = gamma_j * normal_ij + beta_j
 *     mean_j     <- keep * mean_j     + (1 - keep) * m_j            (7.9)
 *     variance_j <- keep * variance_j + (1 - keep) * v_j
 *
 * out       Y, N x n; cache->normal, cache->scale
 * in/out    bn->mean, bn->variance
 * requires  X is N x n,  N > 0
 */
void batchnorm_train(matrix Y, batchnorm *bn, batchnorm_cache *cache,
                     matrix X, real keep);

/* batchnorm_infer - every column normalised by what training remembers
 *
 *     Y_ij = gamma_j * (X_ij - mean_j)
 *                    / sqrt(variance_j + BATCHNORM_EPSILON) + beta_j
 *                                                                  (7.10)
 *
 * out       Y, N x n
 * requires  X is N x n
 */
void batchnorm_infer(matrix Y, batchnorm bn, matrix X);

/* batchnorm_backward - through a mean and a variance
 *
 *     dbeta_j  = sum_i dY_ij                                       (7.11)
 *     dgamma_j = sum_i dY_ij * normal_ij
 *     dX_ij = gamma_j * scale_j                                    (7.12)
 *             * (dY_ij - dbeta_j / N - normal_ij * dgamma_j / N)
 *
 * out       dX, N x n; dgamma, dbeta, n x 1
 * requires  cache is what batchnorm_train left
 */
void batchnorm_backward(matrix dX, matrix dgamma, matrix dbeta,
                        batchnorm bn, batchnorm_cache cache, matrix dY);
//< batchnorm-contract

//> augment-contract
/* augment_shift - images, moved by a few pixels
 *
 *     B_i(r, c) = A_i(r - down, c - right)   if there is such a pixel,
 *                 0                          if there is none      (7.13)
 *
 * Row i holds an image, line after line; down and right may be negative.
 *
 * out       B, of the shape of A
 * requires  A has width columns for each line: A.cols is a multiple of it
 */
void augment_shift(matrix B, matrix A, size_t width, int down, int right);
//< augment-contract

//> smooth-contract
/* smooth_labels - a little doubt
 *
 *     Y_ik <- (1 - alpha) * Y_ik + alpha / K                       (7.14)
 *
 * in/out    Y, whose rows still sum to 1
 * requires  0 <= alpha <= 1
 */
void smooth_labels(matrix Y, real alpha);
//< smooth-contract

//> k-fold-contract
/* k_fold - fold k of folds: who is asked, and who is learned from
 *
 *     asked: order[first] ... order[last - 1]                      (7.15)
 *     first = k * N / folds,  last = (k + 1) * N / folds,  rounded down
 *
 * The others are learned from.  Both in the sequence of order.
 *
 * out       learned, with room for N; asked, with room for N
 * returns   how many are asked; N minus that are learned from
 * requires  k < folds <= N
 */
size_t k_fold(size_t *learned, size_t *asked, const size_t *order, size_t N,
              size_t folds, size_t k);
//< k-fold-contract

//> cross-validate-contract
/* Learn from X and y as settings say; return the mean loss on the others.
 */
typedef real (*learner)(matrix X, matrix y, matrix X_asked, matrix y_asked,
                        const void *settings);

/* cross_validate - every example is asked once, by a model without it
 *
 *     1/N * sum over k of (number asked) * (their mean loss)       (7.16)
 *
 * In each fold the features are standardised, (0.12), with shift and scale
 * (0.10) of those that are learned from.  learn is called once for each
 * fold, k = 0, 1, ...
 *
 * returns   (7.16)
 * requires  1 < folds <= N;  X is N x n,  y has N rows
 */
real cross_validate(learner learn, const void *settings, matrix X, matrix y,
                    const size_t *order, size_t folds);
//< cross-validate-contract

#endif
