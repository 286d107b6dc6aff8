/* optimizers.h - what to do with a gradient
 *
 * Throughout, for every single parameter, in whichever block it stands:
 *
 *   theta           the parameter
 *   g               the slope of the loss in it
 *   learning_rate   how far a step goes
 *   t               the number of the step: 1 for the first
 *
 * A sum, product, root or quotient of blocks is that of their elements.
 * Every optimizer changes theta and its own memory, never the gradient.
 *
 * Equations are numbered as in the lesson.
 */
#ifndef OPTIMIZERS_H
#define OPTIMIZERS_H

#include "mlp.h"

//> blocks
/* The parameters of a model, or as many numbers beside them, in several
 * matrices.  They come in pairs: block 0, 2, 4, ... are weights, block 1,
 * 3, 5, ... the biases that belong to them. */
typedef struct {
    size_t count;
    matrix *of;  /* of[0] ... of[count - 1] */
    bool borrow; /* the matrices belong to somebody else */
} blocks;
//< blocks

/* The weights and biases of net, borrowed: W[1], b[1], W[2], ...; or as
 * many zeros of the same shapes.  The caller frees them.  Given. */
blocks blocks_of(mlp net);
blocks blocks_like(blocks theta);
void blocks_free(blocks *all);

//> memory
/* What an optimizer remembers from one step to the next. */
typedef struct {
    size_t t;      /* steps taken so far                   */
    blocks first;  /* of the gradients, or of the steps    */
    blocks second; /* of their squares                     */
} memory;
//< memory

/* No steps taken, all zeros.  The caller frees it.  Given. */
memory memory_new(blocks theta);
void memory_free(memory *m);

//> epsilon
#define EPSILON 1e-8          /* keeps 0/0 away: added to a root */
#define ADADELTA_EPSILON 1e-6 /* in AdaDelta it also starts the walk */
//< epsilon

//> sgd-contract
/* sgd - a step against the gradient
 *
 *     theta <- theta - learning_rate * g                            (6.1)
 *
 * in/out    theta
 * requires  grad has the blocks of theta
 */
void sgd(blocks theta, blocks grad, real learning_rate);
//< sgd-contract

//> momentum-contract
/* momentum - a step with the velocity that gradients have built up
 *
 *     v     <- beta * v + g                 v is in m->first        (6.2)
 *     theta <- theta - learning_rate * v                            (6.3)
 *
 * in/out    theta, m
 * requires  grad has the blocks of theta,  0 <= beta < 1
 */
void momentum(blocks theta, memory *m, blocks grad, real learning_rate,
              real beta);

/* nesterov - momentum, as if the next gradient were this one again
 *
 *     v     <- beta * v + g                 v is in m->first        (6.2)
 *     theta <- theta - learning_rate * (g + beta * v)               (6.4)
 *
 * with the new v.  in/out, requires: as momentum
 */
void nesterov(blocks theta, memory *m, blocks grad, real learning_rate,
              real beta);
//< momentum-contract

//> adagrad-contract
/* adagrad - a rate for each parameter: small where slopes were large
 *
 *     s     <- s + g^2                      s is in m->second       (6.5)
 *     theta <- theta - learning_rate * g / (sqrt(s) + EPSILON)      (6.6)
 *
 * in/out    theta, m
 * requires  grad has the blocks of theta
 */
void adagrad(blocks theta, memory *m, blocks grad, real learning_rate);
//< adagrad-contract

//> rmsprop-contract
/* rmsprop - a rate for each parameter, forgetting what is long ago
 *
 *     s     <- rho * s + (1 - rho) * g^2    s is in m->second       (6.7)
 *     theta <- theta - learning_rate * g / (sqrt(s) + EPSILON)      (6.6)
 *
 * in/out    theta, m
 * requires  grad has the blocks of theta,  0 <= rho < 1
 */
void rmsprop(blocks theta, memory *m, blocks grad, real learning_rate,
             real rho);
//< rmsprop-contract

//> adadelta-contract
/* adadelta - steps as large as steps have been: no unit is left over
 *
 *     s     <- rho * s + (1 - rho) * g^2    s is in m->second       (6.7)
 *     d      = sqrt(u + e) / sqrt(s + e) * g,  e = ADADELTA_EPSILON (6.8)
 *     u     <- rho * u + (1 - rho) * d^2    u is in m->first        (6.9)
 *     theta <- theta - learning_rate * d
 *
 * (6.8) uses the u of before this step.  in/out, requires: as rmsprop
 */
void adadelta(blocks theta, memory *m, blocks grad, real learning_rate,
              real rho);
//< adadelta-contract

//> adam-contract
/* adam - velocity, a rate for each parameter, and a fair beginning
 *
 *     t     <- t + 1                        once for all blocks
 *     p     <- beta1 * p + (1 - beta1) * g     p is in m->first    (6.10)
 *     s     <- beta2 * s + (1 - beta2) * g^2   s is in m->second   (6.11)
 *     theta <- theta - learning_rate * p^ / (sqrt(s^) + EPSILON)   (6.12)
 *              with  p^ = p / (1 - beta1^t),  s^ = s / (1 - beta2^t)
 *
 * in/out    theta, m
 * requires  grad has the blocks of theta,  0 <= beta1, beta2 < 1
 */
void adam(blocks theta, memory *m, blocks grad, real learning_rate,
          real beta1, real beta2);
//< adam-contract

//> adamw-contract
/* adamw - Adam, with weights that shrink by themselves
 *
 *     theta <- theta - learning_rate * decay * theta               (6.13)
 *
 * for weights, not for biases, and then the step of adam, (6.10) to (6.12).
 *
 * in/out, requires: as adam
 */
void adamw(blocks theta, memory *m, blocks grad, real learning_rate,
           real beta1, real beta2, real decay);
//< adamw-contract

//> average-contract
/* average - the mean of all the places a walk has been to
 *
 *     mean <- mean + (theta - mean) / t                            (6.14)
 *
 * in/out    mean: of the first t - 1 places, then of t; at t = 1 it becomes
 *           theta
 * requires  theta has the blocks of mean,  t > 0
 */
void average(blocks mean, blocks theta, size_t t);
//< average-contract

//> schedules-contract
/* step_decay - a rate that falls in steps
 *
 *     learning_rate * factor^(t / every)    the quotient rounded down
 *                                           for t = 0, 1, 2, ...   (6.15)
 *
 * requires  every > 0
 */
real step_decay(real learning_rate, size_t t, size_t every, real factor);

/* cosine_warmup - up in a line, down in half a wave
 *
 *     learning_rate * (t + 1) / warmup                for t < warmup
 *     learning_rate / 2 * (1 + cos(pi * (t - warmup) / (T - warmup)))
 *                                               for warmup <= t <= T
 *                                           t = 0, 1, 2, ...       (6.16)
 *
 * requires  warmup < T,  t <= T
 */
real cosine_warmup(real learning_rate, size_t t, size_t T, size_t warmup);
//< schedules-contract

//> clip-contract
/* clip_by_norm - shorten a gradient that is too long
 *
 *     norm = sqrt(sum of g^2 over all elements of all blocks)      (6.17)
 *     g <- g * limit / norm          if norm > limit, else as it is
 *
 * in/out    grad
 * returns   the norm on entry
 * requires  limit > 0
 */
real clip_by_norm(blocks grad, real limit);
//< clip-contract

//> online-contract
/* The next example of a stream: x is 1 x n; false when there is none. */
typedef bool (*stream)(void *source, matrix x, real *y);

/* online_fit - learn from a stream, each example once and in its order
 *
 *     yhat = w . x + b
 *     w <- w - learning_rate * (yhat - y) * x                      (6.18)
 *     b <- b - learning_rate * (yhat - y)
 *
 * in/out    model: where to start; then what was learned
 * out       seen: how many examples there were
 * returns   the mean of (yhat - y)^2 / 2 over them, each predicted before
 *           it was learned from; 0 if there was none
 */
real online_fit(linreg *model, size_t *seen, stream next, void *source,
                real learning_rate);
//< online-contract

#endif
