/* trace.c - numbers for another program to compute again
 *
 * Every block is a line "name rows cols" and then its numbers.  What is
 * printed as wanted_... is what this chapter's functions say;
 * against_torch.py computes the same from the blocks before it.
 */
#include "demo.h"
#include "parts.h"

#include <stdio.h>

static void trace_one_of(const char *name, size_t k, matrix a)
{
    char numbered[40];
    snprintf(numbered, sizeof numbered, "%s%zu", name, k);
    trace(numbered, a);
}

static void trace_network(const char *weights, const char *biases, mlp net)
{
    for (size_t l = 0; l < net.depth; l++) {
        trace_one_of(weights, l + 1, net.layers[l].W);
        trace_one_of(biases, l + 1, net.layers[l].b);
    }
}

enum { N = 11, TRACE_STEPS = 20, DEPTH = 3 };

static void trace_one(activation hidden, task kind, uint64_t seed)
{
    static const char *const names[] = { "identity", "sigmoid", "tanh",
                                         "relu" };
    const size_t sizes[] = { 5, 7, 4, 3 };
    random_state state = random_seed(seed);
    mlp net = mlp_new(DEPTH, sizes, hidden, kind), grad = mlp_copy(net);
    mlp_init(&net, hidden == RELU ? HE : XAVIER, &state);
    matrix X = matrix_new(N, 5);
    matrix y = matrix_new(N, kind == REGRESSION ? 3 : 1);
    for (size_t k = 0; k < N * 5; k++)
        X.data[k] = random_normal(&state);
    for (size_t k = 0; k < N * y.cols; k++)
        y.data[k] = kind == REGRESSION ? random_normal(&state)
                                       : random_below(&state, 3);

    printf("model-%s-%s 0 0\n", names[hidden],
           kind == REGRESSION ? "regression" : "classification");
    trace_one_of("X", 0, X);
    trace_one_of("y", 0, y);
    trace_network("W", "b", net);

    mlp_cache cache = mlp_cache_new(net, N);
    for (size_t step = 1; step <= TRACE_STEPS; step++) {
        mlp_forward(&cache, net, X);
        real loss = mlp_loss(net, cache.A[DEPTH], y);
        mlp_backward(&grad, &cache, net, y);
        trace_one_of("wanted_loss", step, MATRIX(1, 1, loss));
        if (step == 1) {
            trace_one_of("wanted_scores", 0, cache.A[DEPTH]);
            trace_network("wanted_dW", "wanted_db", grad);
        }
        mlp_update(&net, grad, 0.3);
    }
    trace_network("wanted_W", "wanted_b", net);
    matrix_free(&X);
    matrix_free(&y);
    mlp_cache_free(&cache);
    mlp_free(&grad);
    mlp_free(&net);
}

void show_trace(void)
{
    static const activation kinds[] = { SIGMOID, TANH, RELU };
    for (int k = 0; k < 3; k++) {
        trace_one(kinds[k], CLASSIFICATION, 10 + k);
        trace_one(kinds[k], REGRESSION, 20 + k);
    }
}
