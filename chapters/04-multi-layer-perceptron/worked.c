/* worked.c - the example worked by hand, and checks of gradients */
#include "parts.h"

#include <math.h>
#include <stdio.h>

/* 2 - 2 - 2 - 1, ReLU, regression, as in the lesson. */
static mlp worked_network(void)
{
    static const real W[3][4] = { { 1, -1, 0.5, 1 },
                                  { 2, -1, 1, 1 },
                                  { 1, 2 } };
    static const real b[3][2] = { { 0, -1 }, { 1, 0 }, { -1 } };
    mlp net = mlp_new(3, (size_t[]){ 2, 2, 2, 1 }, RELU, REGRESSION);
    for (size_t l = 0; l < 3; l++) {
        layer one = net.layers[l];
        for (size_t k = 0; k < one.W.rows * one.W.cols; k++)
            one.W.data[k] = W[l][k];
        for (size_t k = 0; k < one.b.rows; k++)
            one.b.data[k] = b[l][k];
    }
    return net;
}

#define WORKED_X MATRIX(2, 2, 1, 2, 3, 1)
#define WORKED_Y MATRIX(2, 1, 4, 6.5)

void show_shapes(void)
{
    const size_t sizes[] = { 64, 100, 10 }, B = 16;
    mlp net = mlp_new(2, sizes, RELU, CLASSIFICATION);
    printf("# l\tA[l-1]  \tW[l]    \tb[l]    \tZ[l], A[l]\tnumbers\n");
    for (size_t l = 1; l <= 2; l++) {
        size_t in = sizes[l - 1], out = sizes[l];
        printf("%3zu\t%zu x %-3zu\t%zu x %-3zu\t%zu x 1\t%zu x %zu\t%7zu\n",
               l, B, in, out, in, out, B, out, out * (in + 1));
    }
    printf("# parameters in all\n%zu\n", mlp_parameters(net));
    mlp_free(&net);
}

static void print_rows(const char *name, size_t l, matrix a)
{
    for (size_t i = 0; i < a.rows; i++) {
        printf("%s[%zu]\t%zu", name, l, i + 1);
        for (size_t j = 0; j < a.cols; j++)
            printf("\t%6g", (double)at(a, i, j));
        printf("\n");
    }
}

void show_forward(void)
{
    mlp net = worked_network();
    mlp_cache cache = mlp_cache_new(net, 2);
    mlp_forward(&cache, net, WORKED_X);
    printf("#   \texample\tneuron 1\tneuron 2\n");
    for (size_t l = 1; l <= 3; l++)
        print_rows("A", l, cache.A[l]);
    printf("# loss\n%g\n", (double)mlp_loss(net, cache.A[3], WORKED_Y));
    mlp_cache_free(&cache);
    mlp_free(&net);
}

void show_backward(void)
{
    mlp net = worked_network(), grad = mlp_copy(net);
    mlp_cache cache = mlp_cache_new(net, 2);
    mlp_forward(&cache, net, WORKED_X);
    mlp_backward(&grad, &cache, net, WORKED_Y);
    printf("#    \trow\n");
    for (size_t l = 3; l > 0; l--) {
        print_rows("dZ", l, cache.dZ[l]);
        print_rows("dW", l, grad.layers[l - 1].W);
        print_rows("db", l, grad.layers[l - 1].b);
    }
    mlp_cache_free(&cache);
    mlp_free(&grad);
    mlp_free(&net);
}

void show_step(void)
{
    mlp net = worked_network(), grad = mlp_copy(net);
    mlp_cache cache = mlp_cache_new(net, 2);
    printf("# rate\tloss before\tloss after\n");
    static const real rates[] = { 0.001, 0.01, 0.1 };
    for (int k = 0; k < 3; k++) {
        mlp moved = mlp_copy(net);
        mlp_forward(&cache, net, WORKED_X);
        real before = mlp_loss(net, cache.A[3], WORKED_Y);
        mlp_backward(&grad, &cache, net, WORKED_Y);
        mlp_update(&moved, grad, rates[k]);
        mlp_forward(&cache, moved, WORKED_X);
        real after = mlp_loss(net, cache.A[3], WORKED_Y);
        printf("%6g\t%11.4f\t%10.4f\n", (double)rates[k], (double)before,
               (double)after);
        mlp_free(&moved);
    }
    mlp_cache_free(&cache);
    mlp_free(&grad);
    mlp_free(&net);
}

/* A random network and random examples for it: the error of its gradient,
 * and of the same gradient with one mistake in it. */
static void check(const char *what, activation hidden, task kind, bool slip)
{
    const size_t sizes[] = { 5, 7, 4, 3 }, N = 6;
    random_state state = random_seed(4);
    mlp net = mlp_new(3, sizes, hidden, kind), grad = mlp_copy(net);
    mlp_init(&net, XAVIER, &state);
    for (size_t l = 0; l < 3; l++)
        for (size_t j = 0; j < sizes[l + 1]; j++)
            at(net.layers[l].b, j, 0) = random_normal(&state) / 4;

    matrix X = matrix_new(N, 5);
    matrix y = matrix_new(N, kind == REGRESSION ? 3 : 1);
    for (size_t k = 0; k < N * 5; k++)
        X.data[k] = random_normal(&state);
    for (size_t k = 0; k < N * y.cols; k++)
        y.data[k] = kind == REGRESSION ? random_normal(&state)
                                       : random_below(&state, 3);

    mlp_cache cache = mlp_cache_new(net, N);
    mlp_forward(&cache, net, X);
    mlp_backward(&grad, &cache, net, y);
    if (slip)
        matrix_fill(grad.layers[0].b, 0);
    real error = mlp_gradient_check(&net, grad, &cache, X, y, 1e-5);
    printf("%-34s\t%s\n", what,
           error < 1e-6 ? "below 1e-6"
           : error == 1 ? "1"
                        : "above 1e-6");

    matrix_free(&X);
    matrix_free(&y);
    mlp_cache_free(&cache);
    mlp_free(&grad);
    mlp_free(&net);
}

void show_check(void)
{
    printf("# network                         \tlargest error\n");
    check("tanh, regression", TANH, REGRESSION, false);
    check("sigmoid, classification", SIGMOID, CLASSIFICATION, false);
    check("ReLU, classification", RELU, CLASSIFICATION, false);
    check("ReLU, first biases left at 0", RELU, CLASSIFICATION, true);
}
