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

//> activate
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
//< activate

/* --- Forward and backward --- */

void mlp_init(mlp *net, initialization how, random_state *state)
{
    require(net->depth > 0);

    //> init: Draw every weight, (4.13) or (4.14); set every bias to 0.
    for (size_t l = 0; l < net->depth; l++) {
        matrix W = net->layers[l].W;
        real r = sqrt(6.0 / (W.cols + W.rows));
        real deviation = sqrt(2.0 / W.cols);
        for (size_t j = 0; j < W.rows; j++)
            for (size_t k = 0; k < W.cols; k++)
                if (how == XAVIER)
                    at(W, j, k) = r * (2 * random_uniform(state) - 1);
                else
                    at(W, j, k) = deviation * random_normal(state);
        matrix_fill(net->layers[l].b, 0);
    }
    //< init
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

    //> forward: Fill in cache->A[1] ... cache->A[L], (4.1) and (4.2).
    size_t L = net.depth;
    matrix *A = cache->A;
    for (size_t l = 1; l <= L; l++) {
        layer_forward(A[l], net.layers[l - 1], A[l - 1]); /* Z[l] */
        if (l < L)
            activate(net.hidden, A[l], A[l]);
    }
    //< forward
}

//> loss
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
//< loss

void mlp_backward(mlp *grad, mlp_cache *cache, mlp net, matrix y)
{
    size_t L = net.depth;
    require(grad->depth == L && cache->depth == L);
    require(cache->A[L].rows == y.rows && y.rows > 0, cache->A[L], y);

    //> backward: Fill in cache->dZ[L], then all of grad, (4.5) to (4.9).
    matrix *A = cache->A, *dZ = cache->dZ;
    if (net.task == CLASSIFICATION)
        softmax_cross_entropy_backward(dZ[L], A[L], y);
    else
        for (size_t i = 0; i < y.rows; i++)
            for (size_t k = 0; k < y.cols; k++)
                at(dZ[L], i, k) = (at(A[L], i, k) - at(y, i, k)) / y.rows;

    for (size_t l = L; l > 0; l--) {
        matrix dA = { 0 }; /* nobody asks for the slope in X */
        if (l > 1)
            dA = dZ[l - 1]; /* one memory: dA[l-1] becomes dZ[l-1] */
        layer_backward(dA, &grad->layers[l - 1], net.layers[l - 1],
                       A[l - 1], dZ[l]);
        if (l > 1)
            activate_backward(net.hidden, dZ[l - 1], dA, A[l - 1]);
    }
    //< backward
}

real mlp_gradient_check(mlp *net, mlp grad, mlp_cache *cache, matrix X,
                        matrix y, real h)
{
    require(h > 0 && grad.depth == net->depth);
    real largest = 0;

    //> gradient-check: Move, measure, put back: (4.10) and (4.11).
    for (size_t l = 0; l < net->depth; l++) {
        matrix moved[] = { net->layers[l].W, net->layers[l].b };
        matrix said[] = { grad.layers[l].W, grad.layers[l].b };
        for (int block = 0; block < 2; block++)
            for (size_t j = 0; j < moved[block].rows; j++)
                for (size_t k = 0; k < moved[block].cols; k++) {
                    real kept = at(moved[block], j, k);
                    real g = at(said[block], j, k);

                    at(moved[block], j, k) = kept + h;
                    mlp_forward(cache, *net, X);
                    real above = mlp_loss(*net, cache->A[net->depth], y);
                    at(moved[block], j, k) = kept - h;
                    mlp_forward(cache, *net, X);
                    real below = mlp_loss(*net, cache->A[net->depth], y);
                    at(moved[block], j, k) = kept;

                    real m = (above - below) / (2 * h);
                    real error =
                        fabs(m - g) / fmax(1e-8, fabs(m) + fabs(g));
                    /* a comparison with NaN is false, so ask this way */
                    if (!(error <= largest))
                        largest = error;
                    if (isnan(error))
                        return error;
                }
    }
    //< gradient-check
    return largest;
}

/* --- Training --- */

void mlp_update(mlp *net, mlp grad, real learning_rate)
{
    require(grad.depth == net->depth);

    //> update: Take the step (4.12) in every weight and bias.
    for (size_t l = 0; l < net->depth; l++) {
        matrix W = net->layers[l].W, dW = grad.layers[l].W;
        matrix b = net->layers[l].b, db = grad.layers[l].b;
        for (size_t j = 0; j < W.rows; j++) {
            for (size_t k = 0; k < W.cols; k++)
                at(W, j, k) -= learning_rate * at(dW, j, k);
            at(b, j, 0) -= learning_rate * at(db, j, 0);
        }
    }
    //< update
}

bool mlp_batch(matrix *Xb, matrix *yb, size_t B, size_t k, matrix X,
               matrix y, const size_t *order)
{
    require(B > 0 && X.rows == y.rows, X, y);
    require(Xb->cols == X.cols && yb->cols == y.cols, *Xb, X, *yb, y);

    //> batch: Gather the k-th batch, (4.15); mind the last one.
    size_t first = k * B;
    if (first >= X.rows)
        return false;

    size_t left = X.rows - first;
    Xb->rows = yb->rows = left < B ? left : B;
    for (size_t r = 0; r < Xb->rows; r++) {
        size_t i = order[first + r];
        for (size_t j = 0; j < X.cols; j++)
            at(*Xb, r, j) = at(X, i, j);
        for (size_t j = 0; j < y.cols; j++)
            at(*yb, r, j) = at(y, i, j);
    }
    return true;
    //< batch
}

real mlp_train_epoch(mlp *net, mlp_memory *memory, matrix X, matrix y,
                     real learning_rate, random_state *state)
{
    require(memory->N == X.rows && X.rows == y.rows, X, y);

    //> train-epoch: Shuffle; then learn from batch after batch, (4.16).
    size_t L = net->depth;
    matrix *Xb = &memory->X, *yb = &memory->y;
    mlp_cache *cache = &memory->cache;
    real sum = 0;

    shuffle(memory->order, memory->N, state);
    for (size_t k = 0; mlp_batch(Xb, yb, memory->B, k, X, y, memory->order);
         k++) {
        mlp_forward(cache, *net, *Xb);
        sum += Xb->rows * mlp_loss(*net, cache->A[L], *yb);
        mlp_backward(&memory->grad, cache, *net, *yb);
        mlp_update(net, memory->grad, learning_rate);
    }
    return sum / X.rows;
    //< train-epoch
}

mlp_score mlp_evaluate(mlp net, mlp_cache *cache, matrix X, matrix y)
{
    require(X.rows == y.rows && X.rows > 0, X, y);
    mlp_score score = { .loss = 0, .accuracy = 0 };

    //> evaluate: Go through the examples piece by piece, and take means.
    size_t L = net.depth;
    for (size_t first = 0; first < X.rows; first += cache->room) {
        size_t left = X.rows - first;
        size_t count = left < cache->room ? left : cache->room;
        matrix X_piece = matrix_rows(X, first, count);
        matrix y_piece = matrix_rows(y, first, count);

        mlp_forward(cache, net, X_piece);
        real loss = mlp_loss(net, cache->A[L], y_piece);
        score.loss += loss * count / X.rows;

        if (net.task == CLASSIFICATION) {
            matrix guess = matrix_new(count, 1);
            argmax(guess, cache->A[L]);
            score.accuracy += accuracy(guess, y_piece) * count / X.rows;
            matrix_free(&guess);
        }
    }
    //< evaluate
    return score;
}

//> train
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
//< train

/* --- Saved weights --- */

void mlp_save(bytes *file, mlp net)
{
    require(file->count == 0);

    //> save: Put the bytes of (4.17) into file, one after another.
    bytes_put_text(file, "NNC-MLP:");
    bytes_put_u32(file, 1);
    bytes_put_u32(file, net.hidden);
    bytes_put_u32(file, net.task);
    bytes_put_u32(file, net.depth);
    for (size_t l = 0; l <= net.depth; l++)
        bytes_put_u32(file, mlp_size(net, l));
    for (size_t l = 0; l < net.depth; l++) {
        bytes_put_matrix(file, net.layers[l].W);
        bytes_put_matrix(file, net.layers[l].b);
    }
    bytes_put_u32(file, bytes_checksum(*file, file->count));
    //< save
}

bool mlp_load(mlp *net, bytes *file)
{
    file->next = 0;

    //> load: Take the bytes apart again (4.17), and trust none of them.
    uint32_t version, hidden, kind, depth, checksum;
    size_t sizes[65];
    if (!bytes_get_text(file, "NNC-MLP:") || !bytes_get_u32(file, &version))
        return false;
    if (version != 1)
        return bytes_refuse(file, "version %u; only 1 is known",
                            (unsigned)version);
    if (!bytes_get_u32(file, &hidden) || !bytes_get_u32(file, &kind) ||
        !bytes_get_u32(file, &depth))
        return false;
    if (hidden > RELU || kind > CLASSIFICATION || depth < 1 || depth > 64)
        return bytes_refuse(file, "activation %u, task %u, %u layers?",
                            (unsigned)hidden, (unsigned)kind,
                            (unsigned)depth);

    /* How long the file must be, before any memory is taken for it. */
    size_t numbers = 0;
    for (size_t l = 0; l <= depth; l++) {
        uint32_t size;
        if (!bytes_get_u32(file, &size))
            return false;
        if (size < 1 || size > 1000000)
            return bytes_refuse(file, "a layer of %u neurons?",
                                (unsigned)size);
        sizes[l] = size;
        if (l > 0)
            numbers += sizes[l] * (sizes[l - 1] + 1);
    }
    size_t end = file->next + 8 * numbers + 4;
    if (file->count != end)
        return bytes_refuse(file, "sizes for a file of %zu bytes, not %zu",
                            end, file->count);
    file->next = end - 4;
    bytes_get_u32(file, &checksum);
    if (checksum != bytes_checksum(*file, end - 4))
        return bytes_refuse(file, "the checksum is wrong: damaged");

    file->next = end - 4 - 8 * numbers;
    *net = mlp_new(depth, sizes, (activation)hidden, (task)kind);
    for (size_t l = 0; l < depth; l++) {
        bytes_get_matrix(file, net->layers[l].W);
        bytes_get_matrix(file, net->layers[l].b);
    }
    return true;
    //< load
}
