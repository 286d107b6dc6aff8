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

    //> sgd: Take the step (6.1) in every element of every block.
    for (size_t k = 0; k < theta.count; k++)
        for (size_t e = 0; e < elements(theta.of[k]); e++)
            theta.of[k].data[e] -= learning_rate * grad.of[k].data[e];
    //< sgd
}

void momentum(blocks theta, memory *m, blocks grad, real learning_rate,
              real beta)
{
    same_blocks(theta, grad);
    same_blocks(theta, m->first);

    //> momentum: Let the velocity change (6.2), then step (6.3).
    for (size_t k = 0; k < theta.count; k++)
        for (size_t e = 0; e < elements(theta.of[k]); e++) {
            real *v = &m->first.of[k].data[e];
            *v = beta * *v + grad.of[k].data[e];
            theta.of[k].data[e] -= learning_rate * *v;
        }
    //< momentum
}

void nesterov(blocks theta, memory *m, blocks grad, real learning_rate,
              real beta)
{
    same_blocks(theta, grad);
    same_blocks(theta, m->first);

    //> nesterov: Let the velocity change (6.2), then step (6.4).
    for (size_t k = 0; k < theta.count; k++)
        for (size_t e = 0; e < elements(theta.of[k]); e++) {
            real g = grad.of[k].data[e];
            real *v = &m->first.of[k].data[e];
            *v = beta * *v + g;
            theta.of[k].data[e] -= learning_rate * (g + beta * *v);
        }
    //< nesterov
}

/* --- A rate for each parameter --- */

void adagrad(blocks theta, memory *m, blocks grad, real learning_rate)
{
    same_blocks(theta, grad);
    same_blocks(theta, m->second);

    //> adagrad: Add the squares (6.5), then step (6.6).
    for (size_t k = 0; k < theta.count; k++)
        for (size_t e = 0; e < elements(theta.of[k]); e++) {
            real g = grad.of[k].data[e];
            real *s = &m->second.of[k].data[e];
            *s += g * g;
            theta.of[k].data[e] -= learning_rate * g / (sqrt(*s) + EPSILON);
        }
    //< adagrad
}

void rmsprop(blocks theta, memory *m, blocks grad, real learning_rate,
             real rho)
{
    same_blocks(theta, grad);
    same_blocks(theta, m->second);

    //> rmsprop: Let the mean of squares change (6.7), then step (6.6).
    for (size_t k = 0; k < theta.count; k++)
        for (size_t e = 0; e < elements(theta.of[k]); e++) {
            real g = grad.of[k].data[e];
            real *s = &m->second.of[k].data[e];
            *s = rho * *s + (1 - rho) * g * g;
            theta.of[k].data[e] -= learning_rate * g / (sqrt(*s) + EPSILON);
        }
    //< rmsprop
}

void adadelta(blocks theta, memory *m, blocks grad, real learning_rate,
              real rho)
{
    same_blocks(theta, grad);
    same_blocks(theta, m->first);
    same_blocks(theta, m->second);

    //> adadelta: Equations (6.7), (6.8), (6.9), and the step.
    for (size_t k = 0; k < theta.count; k++)
        for (size_t e = 0; e < elements(theta.of[k]); e++) {
            real g = grad.of[k].data[e];
            real *s = &m->second.of[k].data[e];
            real *u = &m->first.of[k].data[e];
            *s = rho * *s + (1 - rho) * g * g;
            real d = sqrt(*u + ADADELTA_EPSILON) /
                     sqrt(*s + ADADELTA_EPSILON) * g;
            *u = rho * *u + (1 - rho) * d * d;
            theta.of[k].data[e] -= learning_rate * d;
        }
    //< adadelta
}

/* --- Both --- */

void adam(blocks theta, memory *m, blocks grad, real learning_rate,
          real beta1, real beta2)
{
    same_blocks(theta, grad);
    same_blocks(theta, m->first);
    same_blocks(theta, m->second);

    //> adam: Count the step; then (6.10), (6.11), (6.12) everywhere.
    m->t++;
    real fair1 = 1 - pow(beta1, m->t);
    real fair2 = 1 - pow(beta2, m->t);
    for (size_t k = 0; k < theta.count; k++)
        for (size_t e = 0; e < elements(theta.of[k]); e++) {
            real g = grad.of[k].data[e];
            real *p = &m->first.of[k].data[e];
            real *s = &m->second.of[k].data[e];
            *p = beta1 * *p + (1 - beta1) * g;
            *s = beta2 * *s + (1 - beta2) * g * g;
            theta.of[k].data[e] -=
                learning_rate * (*p / fair1) / (sqrt(*s / fair2) + EPSILON);
        }
    //< adam
}

void adamw(blocks theta, memory *m, blocks grad, real learning_rate,
           real beta1, real beta2, real decay)
{
    same_blocks(theta, grad);

    //> adamw: Let the weights shrink (6.13), then take Adam's step.
    for (size_t k = 0; k < theta.count; k += 2)
        for (size_t e = 0; e < elements(theta.of[k]); e++)
            theta.of[k].data[e] -=
                learning_rate * decay * theta.of[k].data[e];
    adam(theta, m, grad, learning_rate, beta1, beta2);
    //< adamw
}

void average(blocks mean, blocks theta, size_t t)
{
    same_blocks(mean, theta);
    require(t > 0);

    //> average: Move the mean towards theta (6.14).
    for (size_t k = 0; k < theta.count; k++)
        for (size_t e = 0; e < elements(theta.of[k]); e++) {
            real *one = &mean.of[k].data[e];
            if (t == 1)
                *one = theta.of[k].data[e];
            else
                *one += (theta.of[k].data[e] - *one) / t;
        }
    //< average
}

/* --- Rates that change, gradients that are too long --- */

real step_decay(real learning_rate, size_t t, size_t every, real factor)
{
    require(every > 0);

    //> step-decay: How often has the rate been lowered by now? (6.15)
    return learning_rate * pow(factor, t / every);
    //< step-decay
}

real cosine_warmup(real learning_rate, size_t t, size_t T, size_t warmup)
{
    require(warmup < T && t <= T);

    //> cosine-warmup: Up in a line, down in half a wave (6.16).
    if (t < warmup)
        return learning_rate * (t + 1) / warmup;
    real share = (real)(t - warmup) / (T - warmup);
    return learning_rate / 2 * (1 + cos(acos(-1) * share));
    //< cosine-warmup
}

real clip_by_norm(blocks grad, real limit)
{
    require(limit > 0);
    real norm = 0;

    //> clip-by-norm: One norm for all blocks; shorten if it is too long.
    for (size_t k = 0; k < grad.count; k++)
        for (size_t e = 0; e < elements(grad.of[k]); e++)
            norm += grad.of[k].data[e] * grad.of[k].data[e];
    norm = sqrt(norm);

    for (size_t k = 0; norm > limit && k < grad.count; k++)
        for (size_t e = 0; e < elements(grad.of[k]); e++)
            grad.of[k].data[e] *= limit / norm;
    //< clip-by-norm
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

    //> online-fit: While there is a next: predict, note the loss, step.
    real y;
    while (next(source, x, &y)) {
        real error = model->b - y;
        for (size_t j = 0; j < x.cols; j++)
            error += at(x, 0, j) * at(model->w, j, 0);
        sum += error * error / 2;
        *seen += 1;

        for (size_t j = 0; j < x.cols; j++)
            at(model->w, j, 0) -= learning_rate * error * at(x, 0, j);
        model->b -= learning_rate * error;
    }
    //< online-fit
    matrix_free(&x);
    return *seen == 0 ? 0 : sum / *seen;
}
