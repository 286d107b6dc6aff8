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

/* The digits network as other libraries may learn it, too: the data, the
 * first weights, which example comes when, and where it ended. */
void show_frameworks(void)
{
    enum { BATCH = 16, EPOCHS = 10 };
    const real learning_rate = 0.2;
    parts digits = parts_of_digits(1);
    random_state state = random_seed(1);
    mlp net = mlp_new(2, (size_t[]){ 64, 100, 10 }, RELU, CLASSIFICATION);
    mlp_init(&net, HE, &state);
    mlp_memory memory = mlp_memory_new(net, digits.train.X.rows, BATCH, 1);

    trace("X", digits.train.X);
    trace("y", digits.train.y);
    trace("X_test", digits.test.X);
    trace("y_test", digits.test.y);
    trace_network("W", "b", net);
    trace_number("batch", BATCH);
    trace_number("learning_rate", learning_rate);
    for (size_t epoch = 1; epoch <= EPOCHS; epoch++) {
        mlp_train_epoch(&net, &memory, digits.train.X, digits.train.y,
                        learning_rate, &state);
        matrix order = matrix_new(memory.N, 1);
        for (size_t i = 0; i < memory.N; i++)
            at(order, i, 0) = memory.order[i];
        trace_one_of("order", epoch, order);
        matrix_free(&order);
    }
    trace_network("trained_W", "trained_b", net);
    mlp_score score =
        mlp_evaluate(net, &memory.cache, digits.test.X, digits.test.y);
    trace_number("loss", score.loss);
    trace_number("right", score.accuracy);
    mlp_memory_free(&memory);
    mlp_free(&net);
    parts_free(&digits);
}
