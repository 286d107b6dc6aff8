/* digits.c - the milestone: one neuron tells 1 from 7 */
#include "show.h"

#include "demo.h"
#include "foundations.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static linreg small_weights(size_t n, real deviation, uint64_t seed)
{
    random_state state = random_seed(seed);
    linreg model = linreg_new(n);
    for (size_t j = 0; j < n; j++)
        at(model.w, j, 0) = deviation * random_normal(&state);
    return model;
}

enum { BEFORE, TRAINED, TESTED, NEAREST, RESULTS };

/* One run of the milestone: the shares of right answers. */
static void one_run(real right[RESULTS], examples data, uint64_t seed)
{
    examples train, test;
    deal(&train, &test, data, 241, seed);
    linreg model = small_weights(data.X.cols, 0.1, seed);
    right[BEFORE] = share_right(model, test);
    walk(&model, train, 500, 0.5);
    right[TRAINED] = share_right(model, train);
    right[TESTED] = share_right(model, test);

    matrix means = matrix_new(2, data.X.cols);
    matrix yhat = matrix_new(test.y.rows, 1);
    class_means(means, train.X, train.y);
    nearest_mean(yhat, means, test.X);
    right[NEAREST] = accuracy(yhat, test.y);
    matrix_free(&means);
    matrix_free(&yhat);
    linreg_free(&model);
    examples_free(&train);
    examples_free(&test);
}

#define RUNS 20

typedef struct {
    real mean[RESULTS], least[RESULTS], most[RESULTS];
    int better; /* runs in which the neuron beats the nearest mean */
} runs;

static runs many_runs(int zero, int one)
{
    runs all = { .better = 0 };
    examples data = examples_of_two(examples_digits(), zero, one);
    for (int seed = 1; seed <= RUNS; seed++) {
        real right[RESULTS];
        one_run(right, data, seed);
        for (int k = 0; k < RESULTS; k++) {
            all.mean[k] += right[k] / RUNS;
            all.least[k] =
                seed == 1 ? right[k] : fmin(all.least[k], right[k]);
            all.most[k] = fmax(all.most[k], right[k]);
        }
        all.better += right[TESTED] > right[NEAREST];
    }
    examples_free(&data);
    return all;
}

void show_digits(void)
{
    static const char *names[RESULTS] = { "before training, held out",
                                          "after, those it saw",
                                          "after, held out",
                                          "nearest mean, held out" };
    const int sevens_nines[] = { 7, 9 };
    printf("# right in %d runs               \tmean    \tleast   \tmost\n",
           RUNS);
    for (int pair = 0; pair < 2; pair++) {
        runs all = many_runs(1, sevens_nines[pair]);
        for (int k = 0; k < RESULTS; k++)
            printf("1 or %d: %-25s\t%6.1f %%\t%6.1f %%\t%6.1f %%\n",
                   sevens_nines[pair], names[k], 100 * all.mean[k],
                   100 * all.least[k], 100 * all.most[k]);
    }
}

void claim_digits(void)
{
    runs sevens = many_runs(1, 7), nines = many_runs(1, 9);
    claim(sevens.least[TESTED] >= 0.98,
          "one neuron tells 1 from 7: at least %.1f %% of the held-out "
          "digits are right, over 20 seeds",
          100 * sevens.least[TESTED]);
    claim(sevens.mean[BEFORE] > 0.3 && sevens.mean[BEFORE] < 0.7,
          "before training it is about half, %.0f %%",
          100 * sevens.mean[BEFORE]);
    claim(nines.better >= 18,
          "for 1 and 9 it beats the nearest mean with %d of 20 seeds",
          nines.better);
}

/* ---- MNIST ---- */

/* The classic run: four epochs, each one step on all 13,007 images. */
void show_mnist(void)
{
    examples train = examples_of_two(examples_mnist("train"), 1, 7);
    examples test = examples_of_two(examples_mnist("t10k"), 1, 7);
    linreg model = small_weights(train.X.cols, 0.001, 1);
    printf("# epoch\tright of %zu\tseconds\n", test.y.rows);
    for (int epoch = 0; epoch <= 4; epoch++) {
        clock_t begin = clock();
        if (epoch > 0)
            walk(&model, train, 1, 0.01);
        double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
        printf("%7d\t%10.1f %%\t%7.3f\n", epoch,
               100 * share_right(model, test), seconds);
    }
    linreg_free(&model);
    examples_free(&train);
    examples_free(&test);
}
