/* Replace each todo() with your own code, then type:  make 07
 *
 * The contract of each function is in the header named below; the
 * lesson says how to get there.  This is the only file to change.
 */
/* 07 - Regularization.
 * Lesson: chapters/07-regularization/lesson.md
 * Contract: chapters/07-regularization/regularization.h
 */
#include "regularization.h"

#include <math.h>
#include <stdlib.h>

/* How many numbers a matrix has; given. */
static size_t elements(matrix a)
{
    return a.rows * a.cols;
}

static void same_shape(matrix a, matrix b)
{
    require(a.rows == b.rows && a.cols == b.cols, a, b);
}

static void column_of(matrix a, size_t n)
{
    require(a.rows == n && a.cols == 1, a);
}

/* --- Weights that cost --- */

real l2_penalty(blocks theta, real lambda)
{
    require(lambda >= 0);

    /* Add up the squares of all weights, (7.1). */
    todo();
}

void l2_gradient(blocks grad, blocks theta, real lambda)
{
    require(lambda >= 0 && grad.count == theta.count);

    /* Add its slope to the gradient of each weight, (7.2). */
    todo();
}

real l1_penalty(blocks theta, real lambda)
{
    require(lambda >= 0);

    /* Add up the sizes of all weights, (7.3). */
    todo();
}

void soft_threshold(blocks theta, real amount)
{
    require(amount >= 0);

    /* Move each weight towards 0, and not past it (7.4). */
    todo();
}

/* --- Stopping in time --- */

/* The blocks of from into those of to; given. */
static void blocks_copy(blocks to, blocks from)
{
    require(to.count == from.count);
    for (size_t k = 0; k < to.count; k++)
        for (size_t e = 0; e < elements(to.of[k]); e++)
            to.of[k].data[e] = from.of[k].data[e];
}

stopper stopper_new(blocks theta, size_t patience)
{
    require(patience > 0);
    stopper s = { .patience = patience,
                  .best = INFINITY,
                  .kept = blocks_like(theta) };
    blocks_copy(s.kept, theta);
    return s;
}

void stopper_free(stopper *s)
{
    blocks_free(&s->kept);
}

bool early_stopping(stopper *s, blocks theta, real validation_loss)
{
    require(s->patience > 0 && s->kept.count == theta.count);

    /* Keep it, wait, or stop with what was kept. */
    todo();
}

/* --- Dropout --- */

void dropout_forward(matrix B, matrix M, matrix A, real p, bool training,
                     random_state *state)
{
    require(0 <= p && p < 1);
    same_shape(B, A);
    same_shape(M, A);

    /* Draw the mask, or let it be 1; multiply, (7.5). */
    todo();
}

void dropout_backward(matrix dA, matrix dB, matrix M)
{
    same_shape(dA, dB);
    same_shape(M, dB);

    /* Multiply by the same mask, (7.6). */
    todo();
}

/* --- Batch normalisation --- */

batchnorm batchnorm_new(size_t n)
{
    batchnorm bn = { .gamma = matrix_new(n, 1),
                     .beta = matrix_new(n, 1),
                     .mean = matrix_new(n, 1),
                     .variance = matrix_new(n, 1) };
    matrix_fill(bn.gamma, 1);
    matrix_fill(bn.variance, 1);
    return bn;
}

void batchnorm_free(batchnorm *bn)
{
    matrix_free(&bn->gamma);
    matrix_free(&bn->beta);
    matrix_free(&bn->mean);
    matrix_free(&bn->variance);
}

void batchnorm_train(matrix Y, batchnorm *bn, batchnorm_cache *cache,
                     matrix X, real keep)
{
    require(X.rows > 0, X);
    same_shape(Y, X);
    same_shape(cache->normal, X);
    column_of(cache->scale, X.cols);
    column_of(bn->gamma, X.cols);

    /* Equations (7.7), (7.8), (7.9), column by column. */
    todo();
}

void batchnorm_infer(matrix Y, batchnorm bn, matrix X)
{
    same_shape(Y, X);
    column_of(bn.gamma, X.cols);

    /* With the running mean and variance, (7.10). */
    todo();
}

void batchnorm_backward(matrix dX, matrix dgamma, matrix dbeta,
                        batchnorm bn, batchnorm_cache cache, matrix dY)
{
    same_shape(dX, dY);
    same_shape(cache.normal, dY);
    column_of(dgamma, dY.cols);
    column_of(dbeta, dY.cols);

    /* First the sums (7.11), then (7.12). */
    todo();
}

/* --- More from the same data --- */

void augment_shift(matrix B, matrix A, size_t width, int down, int right)
{
    same_shape(B, A);
    require(width > 0 && A.cols % width == 0, A);

    /* Fetch each pixel from where it was, (7.13). */
    todo();
}

void smooth_labels(matrix Y, real alpha)
{
    require(0 <= alpha && alpha <= 1);

    /* Share alpha out among all classes, (7.14). */
    todo();
}

/* --- Everybody is asked once --- */

size_t k_fold(size_t *learned, size_t *asked, const size_t *order, size_t N,
              size_t folds, size_t k)
{
    require(k < folds && folds <= N);

    /* Fold k is asked, all others are learned from, (7.15). */
    todo();
}

/* These rows of A, in a matrix of their own; given. */
static matrix rows_of(matrix A, const size_t *numbers, size_t count)
{
    matrix some = matrix_new(count, A.cols);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < A.cols; j++)
            at(some, i, j) = at(A, numbers[i], j);
    return some;
}

static size_t *numbers_new(size_t count)
{
    size_t *numbers = calloc(count, sizeof *numbers);
    if (numbers == NULL)
        stop(NO_MEMORY, HERE, "no memory");
    return numbers;
}

real cross_validate(learner learn, const void *settings, matrix X, matrix y,
                    const size_t *order, size_t folds)
{
    require(X.rows == y.rows && 1 < folds && folds <= X.rows, X, y);
    size_t N = X.rows;
    size_t *learned = numbers_new(N), *asked = numbers_new(N);
    matrix shift = matrix_new(X.cols, 1), scale = matrix_new(X.cols, 1);
    real sum = 0;

    for (size_t k = 0; k < folds; k++) {
        size_t count = k_fold(learned, asked, order, N, folds, k);
        matrix X_in = rows_of(X, learned, N - count);
        matrix y_in = rows_of(y, learned, N - count);
        matrix X_out = rows_of(X, asked, count);
        matrix y_out = rows_of(y, asked, count);

        /* Standardise, learn, and add to the sum (7.16). */
        todo();
        matrix_free(&X_in);
        matrix_free(&y_in);
        matrix_free(&X_out);
        matrix_free(&y_out);
    }
    matrix_free(&shift);
    matrix_free(&scale);
    free(learned);
    free(asked);
    return sum / N;
}
