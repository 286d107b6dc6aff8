/* Replace each todo() with your own code, then type:  make 04
 *
 * The contract of each function is in the header named below; the
 * lesson says how to get there.  This is the only file to change.
 */
/* 04 - Multi-layer perceptron.
 * Lesson: chapters/04-multi-layer-perceptron/lesson.md
 * Contract: chapters/04-multi-layer-perceptron/mlp.h
 */
#include "mlp.h"

#include "progress.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- Making and freeing; given --- */

static void *array_new(size_t count, size_t size)
{
    void *array = calloc(count, size);
    if (array == NULL)
        stop(NO_MEMORY, HERE, "no memory");
    return array;
}

mlp mlp_new(size_t depth, const size_t *sizes, activation hidden, task kind)
{
    require(depth > 0);
    mlp net = { .depth = depth, .hidden = hidden, .task = kind };
    net.layers = array_new(depth, sizeof *net.layers);
    for (size_t l = 1; l <= depth; l++)
        net.layers[l - 1] = layer_new(sizes[l - 1], sizes[l]);
    return net;
}

mlp mlp_copy(mlp net)
{
    mlp copy = net;
    copy.layers = array_new(net.depth, sizeof *net.layers);
    for (size_t l = 0; l < net.depth; l++) {
        copy.layers[l].W = matrix_copy(net.layers[l].W);
        copy.layers[l].b = matrix_copy(net.layers[l].b);
    }
    return copy;
}

void mlp_free(mlp *net)
{
    for (size_t l = 0; l < net->depth; l++)
        layer_free(&net->layers[l]);
    free(net->layers);
    *net = (mlp){ .depth = 0 };
}

size_t mlp_size(mlp net, size_t l)
{
    require(l <= net.depth);
    return l == 0 ? net.layers[0].W.cols : net.layers[l - 1].W.rows;
}

size_t mlp_parameters(mlp net)
{
    size_t count = 0;
    for (size_t l = 1; l <= net.depth; l++)
        count += mlp_size(net, l) * (mlp_size(net, l - 1) + 1);
    return count;
}

mlp_cache mlp_cache_new(mlp net, size_t room)
{
    mlp_cache cache = { .depth = net.depth, .room = room };
    cache.A = array_new(net.depth + 1, sizeof *cache.A);
    cache.dZ = array_new(net.depth + 1, sizeof *cache.dZ);
    for (size_t l = 1; l <= net.depth; l++) {
        cache.A[l] = matrix_new(room, mlp_size(net, l));
        cache.dZ[l] = matrix_new(room, mlp_size(net, l));
    }
    return cache;
}

void mlp_cache_free(mlp_cache *cache)
{
    for (size_t l = 1; cache->room > 0 && l <= cache->depth; l++) {
        matrix_free(&cache->A[l]);
        matrix_free(&cache->dZ[l]);
    }
    free(cache->A);
    free(cache->dZ);
    *cache = (mlp_cache){ .depth = 0 };
}

mlp_memory mlp_memory_new(mlp net, size_t N, size_t B, size_t y_cols)
{
    require(0 < B && 0 < N);
    mlp_memory memory = { .B = B, .N = N };
    memory.order = array_new(N, sizeof *memory.order);
    for (size_t i = 0; i < N; i++)
        memory.order[i] = i;
    memory.X = matrix_new(B, mlp_size(net, 0));
    memory.y = matrix_new(B, y_cols);
    memory.grad = mlp_copy(net);
    memory.cache = mlp_cache_new(net, B);
    return memory;
}

void mlp_memory_free(mlp_memory *memory)
{
    free(memory->order);
    matrix_free(&memory->X);
    matrix_free(&memory->y);
    mlp_free(&memory->grad);
    mlp_cache_free(&memory->cache);
    *memory = (mlp_memory){ .N = 0 };
}

void activate(activation g, matrix A, matrix Z)
{
    switch (g) {
    case SIGMOID:
        sigmoid_forward(A, Z);
        return;
    case TANH:
        tanh_forward(A, Z);
        return;
    case RELU:
        relu_forward(A, Z);
        return;
    case IDENTITY:
        break;
    }
    for (size_t k = 0; A.data != Z.data && k < Z.rows * Z.cols; k++)
        A.data[k] = Z.data[k];
}

void activate_backward(activation g, matrix dZ, matrix dA, matrix A)
{
    switch (g) {
    case SIGMOID:
        sigmoid_backward(dZ, dA, A);
        return;
    case TANH:
        tanh_backward(dZ, dA, A);
        return;
    case RELU:
        relu_backward(dZ, dA, A);
        return;
    case IDENTITY:
        break;
    }
    for (size_t k = 0; dZ.data != dA.data && k < dA.rows * dA.cols; k++)
        dZ.data[k] = dA.data[k];
}

/* --- Forward and backward --- */

void mlp_init(mlp *net, initialization how, random_state *state)
{
    require(net->depth > 0);

    /* Draw every weight, (4.13) or (4.14); set every bias to 0. */
    todo();
}

/* Let the cache be one of N examples; given. */
static void cache_for(mlp_cache *cache, mlp net, matrix X)
{
    require(X.cols == mlp_size(net, 0), X);
    require(0 < X.rows && X.rows <= cache->room, X);
    require(cache->depth == net.depth);
    cache->A[0] = X;
    for (size_t l = 1; l <= net.depth; l++)
        cache->A[l].rows = cache->dZ[l].rows = X.rows;
}

void mlp_forward(mlp_cache *cache, mlp net, matrix X)
{
    cache_for(cache, net, X);

    /* Fill in cache->A[1] ... cache->A[L], (4.1) and (4.2). */
    todo();
}

real mlp_loss(mlp net, matrix scores, matrix y)
{
    require(scores.rows == y.rows && y.rows > 0, scores, y);
    if (net.task == CLASSIFICATION)
        return cross_entropy(scores, y);

    require(scores.cols == y.cols, scores, y);
    real sum = 0;
    for (size_t i = 0; i < y.rows; i++)
        for (size_t k = 0; k < scores.cols; k++) {
            real error = at(scores, i, k) - at(y, i, k);
            sum += error * error;
        }
    return sum / (2.0 * y.rows);
}

void mlp_backward(mlp *grad, mlp_cache *cache, mlp net, matrix y)
{
    size_t L = net.depth;
    require(grad->depth == L && cache->depth == L);
    require(cache->A[L].rows == y.rows && y.rows > 0, cache->A[L], y);

    /* Fill in cache->dZ[L], then all of grad, (4.5) to (4.9). */
    todo();
}

real mlp_gradient_check(mlp *net, mlp grad, mlp_cache *cache, matrix X,
                        matrix y, real h)
{
    require(h > 0 && grad.depth == net->depth);
    real largest = 0;

    /* Move, measure, put back: (4.10) and (4.11). */
    todo();
    return largest;
}

/* --- Training --- */

void mlp_update(mlp *net, mlp grad, real learning_rate)
{
    require(grad.depth == net->depth);

    /* Take the step (4.12) in every weight and bias. */
    todo();
}

bool mlp_batch(matrix *Xb, matrix *yb, size_t B, size_t k, matrix X,
               matrix y, const size_t *order)
{
    require(B > 0 && X.rows == y.rows, X, y);
    require(Xb->cols == X.cols && yb->cols == y.cols, *Xb, X, *yb, y);

    /* Gather the k-th batch, (4.15); mind the last one. */
    todo();
}

real mlp_train_epoch(mlp *net, mlp_memory *memory, matrix X, matrix y,
                     real learning_rate, random_state *state)
{
    require(memory->N == X.rows && X.rows == y.rows, X, y);

    /* Shuffle; then learn from batch after batch, (4.16). */
    todo();
}

mlp_score mlp_evaluate(mlp net, mlp_cache *cache, matrix X, matrix y)
{
    require(X.rows == y.rows && X.rows > 0, X, y);
    mlp_score score = { .loss = 0, .accuracy = 0 };

    /* Go through the examples piece by piece, and take means. */
    todo();
    return score;
}

size_t mlp_train(mlp *net, mlp_memory *memory, matrix trace, matrix X,
                 matrix y, matrix X_validation, matrix y_validation,
                 real learning_rate, random_state *state, const char *label)
{
    mlp best = mlp_copy(*net);
    real least = INFINITY;

    progress bar = progress_start(label, trace.rows);
    while (progress_next(&bar)) {
        real loss =
            mlp_train_epoch(net, memory, X, y, learning_rate, state);
        mlp_score score =
            mlp_evaluate(*net, &memory->cache, X_validation, y_validation);
        at(trace, bar.done, 0) = loss;
        at(trace, bar.done, 1) = score.loss;
        at(trace, bar.done, 2) = score.accuracy;
        if (score.loss < least) {
            least = score.loss;
            mlp_free(&best);
            best = mlp_copy(*net);
        }
        progress_report(&bar, score.loss);
    }
    progress_end(&bar);

    mlp_free(net);
    *net = best;
    return bar.done;
}

/* --- Saved weights --- */

void mlp_save(bytes *file, mlp net)
{
    require(file->count == 0);

    /* Put the bytes of (4.17) into file, one after another. */
    todo();
}

bool mlp_load(mlp *net, bytes *file)
{
    file->next = 0;

    /* Take the bytes apart again (4.17), and trust none of them. */
    todo();
}
