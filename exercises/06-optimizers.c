/* Replace each todo() with your own code, then type:  make 06
 *
 * The contract of each function is in the header named below; the
 * lesson says how to get there.  This is the only file to change.
 */
/* 06 - Optimizers.
 * Lesson: chapters/06-optimizers/lesson.md
 * Contract: chapters/06-optimizers/optimizers.h
 */
#include "optimizers.h"

#include <math.h>
#include <stdlib.h>

/* --- Making and freeing; given --- */

static blocks blocks_new(size_t count)
{
    blocks all = { .count = count, .of = calloc(count, sizeof(matrix)) };
    if (all.of == NULL)
        stop(NO_MEMORY, HERE, "no memory");
    return all;
}

blocks blocks_of(mlp net)
{
    blocks all = blocks_new(2 * net.depth);
    all.borrow = true;
    for (size_t l = 0; l < net.depth; l++) {
        all.of[2 * l] = net.layers[l].W;
        all.of[2 * l + 1] = net.layers[l].b;
    }
    return all;
}

blocks blocks_like(blocks theta)
{
    blocks all = blocks_new(theta.count);
    for (size_t k = 0; k < theta.count; k++)
        all.of[k] = matrix_new(theta.of[k].rows, theta.of[k].cols);
    return all;
}

void blocks_free(blocks *all)
{
    for (size_t k = 0; !all->borrow && k < all->count; k++)
        matrix_free(&all->of[k]);
    free(all->of);
    *all = (blocks){ 0 };
}

memory memory_new(blocks theta)
{
    return (memory){ .first = blocks_like(theta),
                     .second = blocks_like(theta) };
}

void memory_free(memory *m)
{
    blocks_free(&m->first);
    blocks_free(&m->second);
    m->t = 0;
}

/* How many numbers a matrix has; given. */
static size_t elements(matrix a)
{
    return a.rows * a.cols;
}

/* Stop unless both have the same blocks; given. */
static void same_blocks(blocks a, blocks b)
{
    require(a.count == b.count);
    for (size_t k = 0; k < a.count; k++)
        require(a.of[k].rows == b.of[k].rows &&
                    elements(a.of[k]) == elements(b.of[k]),
                a.of[k], b.of[k]);
}

/* --- A step against the gradient --- */

void sgd(blocks theta, blocks grad, real learning_rate)
{
    same_blocks(theta, grad);

    /* Take the step (6.1) in every element of every block. */
    todo();
}

void momentum(blocks theta, memory *m, blocks grad, real learning_rate,
              real beta)
{
    same_blocks(theta, grad);
    same_blocks(theta, m->first);

    /* Let the velocity change (6.2), then step (6.3). */
    todo();
}

void nesterov(blocks theta, memory *m, blocks grad, real learning_rate,
              real beta)
{
    same_blocks(theta, grad);
    same_blocks(theta, m->first);

    /* Let the velocity change (6.2), then step (6.4). */
    todo();
}

/* --- A rate for each parameter --- */

void adagrad(blocks theta, memory *m, blocks grad, real learning_rate)
{
    same_blocks(theta, grad);
    same_blocks(theta, m->second);

    /* Add the squares (6.5), then step (6.6). */
    todo();
}

void rmsprop(blocks theta, memory *m, blocks grad, real learning_rate,
             real rho)
{
    same_blocks(theta, grad);
    same_blocks(theta, m->second);

    /* Let the mean of squares change (6.7), then step (6.6). */
    todo();
}

void adadelta(blocks theta, memory *m, blocks grad, real learning_rate,
              real rho)
{
    same_blocks(theta, grad);
    same_blocks(theta, m->first);
    same_blocks(theta, m->second);

    /* Equations (6.7), (6.8), (6.9), and the step. */
    todo();
}

/* --- Both --- */

void adam(blocks theta, memory *m, blocks grad, real learning_rate,
          real beta1, real beta2)
{
    same_blocks(theta, grad);
    same_blocks(theta, m->first);
    same_blocks(theta, m->second);

    /* Count the step; then (6.10), (6.11), (6.12) everywhere. */
    todo();
}

void adamw(blocks theta, memory *m, blocks grad, real learning_rate,
           real beta1, real beta2, real decay)
{
    same_blocks(theta, grad);

    /* Let the weights shrink (6.13), then take Adam's step. */
    todo();
}

void average(blocks mean, blocks theta, size_t t)
{
    same_blocks(mean, theta);
    require(t > 0);

    /* Move the mean towards theta (6.14). */
    todo();
}

/* --- Rates that change, gradients that are too long --- */

real step_decay(real learning_rate, size_t t, size_t every, real factor)
{
    require(every > 0);

    /* How often has the rate been lowered by now? (6.15) */
    todo();
}

real cosine_warmup(real learning_rate, size_t t, size_t T, size_t warmup)
{
    require(warmup < T && t <= T);

    /* Up in a line, down in half a wave (6.16). */
    todo();
}

real clip_by_norm(blocks grad, real limit)
{
    require(limit > 0);
    real norm = 0;

    /* One norm for all blocks; shorten if it is too long. */
    todo();
    return norm;
}

/* --- From a stream --- */

real online_fit(linreg *model, size_t *seen, stream next, void *source,
                real learning_rate)
{
    require(model->w.cols == 1, model->w);
    matrix x = matrix_new(1, model->w.rows);
    real sum = 0;
    *seen = 0;

    /* While there is a next: predict, note the loss, step. */
    todo();
    matrix_free(&x);
    return *seen == 0 ? 0 : sum / *seen;
}
