/* networks.c - W3 to W5, W7 and W8: networks that are trained
 *
 *     W3    64 examples of random numbers learned by heart
 *     W4    MNIST, one epoch in batches of 64; W4b the same, larger
 *     W5    the same with Adam; W5b larger
 *     W7    W4 with chapter 05's tape of matrices
 *     W8    batches of one example
 */
#include "autodiff.h"
#include "bench.h"
#include "demo.h"
#include "examples.h"
#include "optimizers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LAYERS = 3, SEED = 20 };

/* How a network is trained: after the data and the batches that are in
 * memory, one epoch or more. */
typedef struct {
    const char *name;
    size_t depth, sizes[MOST_LAYERS + 1];
    activation hidden;
    task task;
    size_t N, B, epochs; /* the first N examples */
    real rate;
    enum { BY_HAND, WITH_ADAM, ON_TAPE } how;
} plan;

/* The rates are small, so that rounding stays small, too: with large ones
 * the same network in float ends a percent away from that in double. */
#define SMALL                                                              \
    2,                                                                     \
    {                                                                      \
        784, 128, 10                                                       \
    }
#define LARGE                                                              \
    3,                                                                     \
    {                                                                      \
        784, 300, 100, 10                                                  \
    }
#define MNIST RELU, CLASSIFICATION, 60000, 64, 1
static const plan plans[] = {
    { "W3", 2, { 1000, 100, 10 }, RELU, REGRESSION, 64, 64, 500, 1e-3, 0 },
    { "W4", SMALL, MNIST, 0.01, BY_HAND },
    { "W4b", LARGE, MNIST, 0.01, BY_HAND },
    { "W5", SMALL, MNIST, 1e-4, WITH_ADAM },
    { "W5b", LARGE, MNIST, 1e-4, WITH_ADAM },
    { "W7", SMALL, MNIST, 0.01, ON_TAPE },
    { "W8", SMALL, SIGMOID, REGRESSION, 10000, 1, 1, 0.01, BY_HAND },
};

/* --- What everybody reads --- */

static const plan *now;
static examples data, test;
static mlp first, net;
static mlp_memory memory_of_net;

static const plan *plan_called(const char *name)
{
    const plan *p = plans;
    while (strcmp(p->name, name) != 0)
        p++;
    return p;
}

static mlp new_net(const plan *p)
{
    return mlp_new(p->depth, p->sizes, p->hidden, p->task);
}

static const char *weights_of(const plan *p, size_t l)
{
    static char name[40];
    snprintf(name, sizeof name, "%s.W%zu", p->name, l + 1);
    return name;
}

static void store(const char *name)
{
    const plan *p = plan_called(name);
    char text[600], line[100];
    random_state state = random_seed(SEED);
    mlp start = new_net(p);
    mlp_init(&start, p->hidden == RELU ? HE : XAVIER, &state);
    for (size_t l = 0; l < p->depth; l++)
        store_matrix(weights_of(p, l), start.layers[l].W);
    mlp_free(&start);

    size_t *order = malloc(p->N * sizeof *order);
    for (size_t i = 0; i < p->N; i++)
        order[i] = i;
    state = random_seed(SEED);
    shuffle(order, p->N, &state);
    store_order(name, order, p->N);
    free(order);

    snprintf(text, sizeof text,
             "depth %zu\nN %zu\nB %zu\nepochs %zu\nrate %.17g\n"
             "hidden %d\nclasses %d\n",
             p->depth, p->N, p->B, p->epochs, (double)p->rate,
             (int)p->hidden, p->task == CLASSIFICATION);
    for (size_t l = 0; l <= p->depth; l++) {
        snprintf(line, sizeof line, "size%zu %zu\n", l, p->sizes[l]);
        strcat(text, line);
    }
    store_settings(name, text);
}

/* --- Preparing --- */

static matrix one_hot_of(matrix y, size_t classes)
{
    matrix Y = matrix_new(y.rows, classes);
    one_hot(Y, y);
    return Y;
}

static void prepare(const char *name)
{
    now = plan_called(name);
    if (!strcmp(name, "W3")) {
        data.X = stored_matrix("W3.X", now->N, now->sizes[0]);
        data.y = stored_matrix("W3.y", now->N, now->sizes[now->depth]);
    } else {
        data = examples_mnist("train");
        test = examples_mnist("t10k");
        data.X.rows = data.y.rows = now->N;
        if (now->task == REGRESSION) {
            matrix Y = one_hot_of(data.y, 10), T = one_hot_of(test.y, 10);
            matrix_free(&data.y);
            matrix_free(&test.y);
            data.y = Y;
            test.y = T;
        }
    }
    first = new_net(now);
    for (size_t l = 0; l < now->depth; l++) {
        layer *one = &first.layers[l];
        size_t rows = one->W.rows, cols = one->W.cols;
        matrix_free(&one->W);
        one->W = stored_matrix(weights_of(now, l), rows, cols);
    }
    net = mlp_copy(first);
    memory_of_net = mlp_memory_new(net, now->N, now->B, data.y.cols);
}

static void forget(void)
{
    examples_free(&data);
    examples_free(&test);
    mlp_free(&first);
    mlp_free(&net);
    mlp_memory_free(&memory_of_net);
}

/* --- Training --- */

/* Of the batch that is in memory; nobody asks for its loss. */
static void gradient_on_tape(graph *g)
{
    mlp_memory *our = &memory_of_net;
    var loss = graph_mlp(g, net, our->grad, our->X, our->y);
    graph_zero_grad(g);
    graph_backward(g, loss);
    graph_reset(g);
}

static void from_the_start(void)
{
    for (size_t l = 0; l < net.depth; l++) {
        matrix W = net.layers[l].W;
        memcpy(W.data, first.layers[l].W.data,
               W.rows * W.cols * sizeof *W.data);
        matrix_fill(net.layers[l].b, 0);
    }
    for (size_t i = 0; i < now->N; i++)
        memory_of_net.order[i] = i;
}

/* The loss of one row of scores, in double whatever real is: it is to be
 * compared with others'. */
static double loss_of(const real *scores, const real *y, bool *right)
{
    size_t n = now->sizes[now->depth], best = 0;
    double sum = 0;
    for (size_t k = 0; k < n; k++) {
        best = scores[k] > scores[best] ? k : best;
        if (now->task == REGRESSION)
            sum += 0.5 * ((double)scores[k] - y[k]) *
                   ((double)scores[k] - y[k]);
    }
    if (now->task == REGRESSION)
        return sum;
    for (size_t k = 0; k < n; k++)
        sum += exp((double)scores[k] - scores[best]);
    *right = best == (size_t)y[0];
    return scores[best] + log(sum) - scores[(size_t)y[0]];
}

static outcome score_of(examples asked)
{
    mlp_cache *cache = &memory_of_net.cache;
    size_t N = asked.X.rows, count = 0;
    double sum = 0;
    for (size_t first_row = 0; first_row < N; first_row += now->B) {
        size_t rows = N - first_row < now->B ? N - first_row : now->B;
        mlp_forward(cache, net, matrix_rows(asked.X, first_row, rows));
        matrix Z = cache->A[now->depth];
        for (size_t i = 0; i < rows; i++) {
            bool right = false;
            sum += loss_of(&at(Z, i, 0), &at(asked.y, first_row + i, 0),
                           &right);
            count += right;
        }
    }
    return (outcome){ 0, sum / N,
                      now->task == CLASSIFICATION ? (double)count / N
                                                  : NAN };
}

static outcome run(void)
{
    from_the_start();
    random_state state = random_seed(SEED);
    mlp_memory *our = &memory_of_net;
    blocks theta = blocks_of(net), grad = blocks_of(our->grad);
    memory m = memory_new(theta);
    graph g = { 0 };
    double start = seconds();
    for (size_t epoch = 0; epoch < now->epochs; epoch++) {
        shuffle(our->order, our->N, &state);
        for (size_t k = 0; mlp_batch(&our->X, &our->y, our->B, k, data.X,
                                     data.y, our->order);
             k++) {
            if (now->how == ON_TAPE)
                gradient_on_tape(&g);
            else {
                mlp_forward(&our->cache, net, our->X);
                mlp_backward(&our->grad, &our->cache, net, our->y);
            }
            if (now->how == WITH_ADAM)
                adam(theta, &m, grad, now->rate, 0.9, 0.999);
            else
                mlp_update(&net, our->grad, now->rate);
        }
    }
    double took = seconds() - start;
    graph_free(&g);
    memory_free(&m);
    blocks_free(&theta);
    blocks_free(&grad);

    outcome o = score_of(test.X.rows > 0 ? test : data);
    o.seconds = took;
    return o;
}

/* --- The table --- */

static void store_W3(const char *name)
{
    random_state state = random_seed(SEED + 1);
    matrix X3 = normal_matrix(64, 1000, &state);
    matrix y3 = normal_matrix(64, 10, &state);
    store_matrix("W3.X", X3);
    store_matrix("W3.y", y3);
    matrix_free(&X3);
    matrix_free(&y3);
    store(name);
}

const workload network_workloads[] = {
    { "W3", store_W3, prepare, run, forget },
    { "W4", store, prepare, run, forget },
    { "W4b", store, prepare, run, forget },
    { "W5", store, prepare, run, forget },
    { "W5b", store, prepare, run, forget },
    { "W7", store, prepare, run, forget },
    { "W8", store, prepare, run, forget },
    { NULL, NULL, NULL, NULL, NULL },
};
