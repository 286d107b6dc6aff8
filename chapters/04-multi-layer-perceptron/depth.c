/* depth.c - what becomes of a signal in ten layers, and of a slope */
#include "parts.h"

#include <math.h>
#include <stdio.h>

enum { DEPTH = 10, WIDTH = 64, EXAMPLES = 100 };

enum { SMALL, BY_XAVIER, BY_HE, SIGMOIDS, BEGINNINGS };
static const char *const beginnings[] = { "small", "Xavier", "He",
                                          "sigmoid, Xavier" };

/* Ten layers of 64 units, ReLU but for the last of the beginnings; small is
 * normal with deviation 0.05. */
static mlp deep_network(int beginning, random_state *state)
{
    size_t sizes[DEPTH + 1];
    for (size_t l = 0; l <= DEPTH; l++)
        sizes[l] = l < DEPTH ? WIDTH : 10;
    mlp net = mlp_new(DEPTH, sizes, beginning == SIGMOIDS ? SIGMOID : RELU,
                      CLASSIFICATION);
    mlp_init(&net, beginning == BY_HE ? HE : XAVIER, state);
    for (size_t l = 0; beginning == SMALL && l < DEPTH; l++)
        for (size_t k = 0; k < sizes[l] * sizes[l + 1]; k++)
            net.layers[l].W.data[k] = 0.05 * random_normal(state);
    return net;
}

static real root_mean_square(matrix a)
{
    real sum = 0;
    for (size_t k = 0; k < a.rows * a.cols; k++)
        sum += a.data[k] * a.data[k];
    return sqrt(sum / (a.rows * a.cols));
}

/* Root mean squares of A[l] and of dZ[l] for each layer and beginning. */
static void measure(real A[BEGINNINGS][DEPTH + 1],
                    real dZ[BEGINNINGS][DEPTH + 1])
{
    examples data = examples_digits();
    matrix X = matrix_rows(data.X, 0, EXAMPLES);
    matrix y = matrix_rows(data.y, 0, EXAMPLES);
    for (int k = 0; k < BEGINNINGS; k++) {
        random_state state = random_seed(2010);
        mlp net = deep_network(k, &state), grad = mlp_copy(net);
        mlp_cache cache = mlp_cache_new(net, EXAMPLES);
        mlp_forward(&cache, net, X);
        mlp_backward(&grad, &cache, net, y);
        for (size_t l = 0; l <= DEPTH; l++)
            A[k][l] = root_mean_square(cache.A[l]);
        for (size_t l = 1; l <= DEPTH; l++)
            dZ[k][l] = root_mean_square(cache.dZ[l]);
        mlp_cache_free(&cache);
        mlp_free(&grad);
        mlp_free(&net);
    }
    examples_free(&data);
}

void show_signal(void)
{
    real A[BEGINNINGS][DEPTH + 1], dZ[BEGINNINGS][DEPTH + 1];
    measure(A, dZ);
    printf("# layer\tsmall   \tXavier  \tHe\n");
    for (size_t l = 0; l < DEPTH; l += l == 0 ? 1 : 2)
        printf("%7zu\t%-8.1e\t%-8.1e\t%-8.1e\n", l, (double)A[0][l],
               (double)A[1][l], (double)A[2][l]);
}

void show_slopes(void)
{
    real A[BEGINNINGS][DEPTH + 1], dZ[BEGINNINGS][DEPTH + 1];
    measure(A, dZ);
    printf("# layer, root mean square of dZ\n");
    for (int k = 0; k < BEGINNINGS; k++) {
        printf("# %s\n", beginnings[k]);
        for (size_t l = 1; l <= DEPTH; l++)
            printf("%zu\t%.3e\n", l, (double)dZ[k][l]);
        printf("\n\n");
    }
}
