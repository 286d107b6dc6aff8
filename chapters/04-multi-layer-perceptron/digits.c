/* digits.c - a network for handwritten digits, trained and asked */
#define _POSIX_C_SOURCE 200809L
#include "demo.h"
#include "parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Of 1,797 digits, so many to learn from and so many held out. */
enum { TRAIN = 1257, TEST = 360, EPOCHS = 40 };

static const size_t digit_sizes[] = { 64, 100, 10 };

/* 64 - 100 - 10, ReLU, trained for trace.rows epochs; the best is kept. */
static mlp digit_network(parts digits, size_t B, real learning_rate,
                         uint64_t seed, matrix trace, const char *label)
{
    random_state state = random_seed(seed);
    mlp net = mlp_new(2, digit_sizes, RELU, CLASSIFICATION);
    mlp_init(&net, HE, &state);
    mlp_memory memory = mlp_memory_new(net, digits.train.X.rows, B, 1);
    mlp_train(&net, &memory, trace, digits.train.X, digits.train.y,
              digits.validation.X, digits.validation.y, learning_rate,
              &state, label);
    mlp_memory_free(&memory);
    return net;
}

static mlp_score score_of(mlp net, examples data)
{
    mlp_cache cache = mlp_cache_new(net, 64);
    mlp_score score = mlp_evaluate(net, &cache, data.X, data.y);
    mlp_cache_free(&cache);
    return score;
}

/* --- Training seen --- */

void show_curves(void)
{
    parts digits = parts_of_digits(1);
    matrix trace = matrix_new(EPOCHS, 3);
    mlp net = digit_network(digits, 8, 0.3, 1, trace, NULL);
    printf("# epoch, loss in it, validation loss, accuracy\n");
    for (size_t k = 0; k < EPOCHS; k++)
        printf("%zu\t%.5f\t%.5f\t%.4f\n", k + 1, (double)at(trace, k, 0),
               (double)at(trace, k, 1), (double)at(trace, k, 2));
    mlp_free(&net);
    matrix_free(&trace);
    parts_free(&digits);
}

void show_epochs(void)
{
    static const size_t shown[] = { 1, 2, 5, 10, 20, 40 };
    parts digits = parts_of_digits(1);
    matrix trace = matrix_new(EPOCHS, 3);
    mlp net = digit_network(digits, 8, 0.3, 1, trace, NULL);
    printf("# epoch\tloss   \tvalidation loss\taccuracy\n");
    for (int k = 0; k < 6; k++)
        printf("%7zu\t%7.4f\t%15.4f\t%8.3f\n", shown[k],
               (double)at(trace, shown[k] - 1, 0),
               (double)at(trace, shown[k] - 1, 1),
               (double)at(trace, shown[k] - 1, 2));
    mlp_free(&net);
    matrix_free(&trace);
    parts_free(&digits);
}

void show_batches(void)
{
    static const size_t sizes[] = { 8, 32, 128, TRAIN };
    parts digits = parts_of_digits(1);
    matrix trace = matrix_new(10, 3);
    printf("# B  \tsteps\tlast batch\tloss   \taccuracy\n");
    for (int k = 0; k < 4; k++) {
        size_t B = sizes[k], steps = (TRAIN + B - 1) / B;
        mlp net = digit_network(digits, B, 0.3, 1, trace, NULL);
        printf("%5zu\t%5zu\t%10zu\t%7.4f\t%8.3f\n", B, steps * 10,
               TRAIN - (steps - 1) * B, (double)at(trace, 9, 0),
               (double)at(trace, 9, 2));
        mlp_free(&net);
    }
    matrix_free(&trace);
    parts_free(&digits);
}

/* The weights of 16 neurons of the first layer as pictures, two rows of
 * eight: x, y, weight over the largest of its neuron. */
void show_weights(void)
{
    parts digits = parts_of_digits(1);
    matrix trace = matrix_new(EPOCHS, 3);
    mlp net = digit_network(digits, 8, 0.3, 1, trace, NULL);
    matrix W = net.layers[0].W;
    printf("# x, y, weight\n");
    for (size_t j = 0; j < 16; j++) {
        real largest = 0;
        for (size_t k = 0; k < 64; k++)
            largest = fmax(largest, fabs(at(W, j, k)));
        for (size_t k = 0; k < 64; k++)
            printf("%zu\t%d\t%.3f\n", j % 8 * 9 + k % 8,
                   -(int)(j / 8 * 9 + k / 8),
                   (double)(at(W, j, k) / largest));
    }
    mlp_free(&net);
    matrix_free(&trace);
    parts_free(&digits);
}

/* --- The milestone --- */

/* Chapter 00's classifier on the same parts. */
static real baseline(parts digits)
{
    matrix means = matrix_new(10, 64), yhat = matrix_new(TEST, 1);
    class_means(means, digits.train.X, digits.train.y);
    nearest_mean(yhat, means, digits.test.X);
    real share = accuracy(yhat, digits.test.y);
    matrix_free(&means);
    matrix_free(&yhat);
    return share;
}

void show_milestone(void)
{
    parts digits = parts_of_digits(1);
    matrix trace = matrix_new(EPOCHS, 3);
    mlp net = digit_network(digits, 8, 0.3, 1, trace, NULL);
    mlp_score train = score_of(net, digits.train);
    mlp_score test = score_of(net, digits.test);
    printf("# who          \tright, of those it learned\tof %d held out\n",
           TEST);
    printf("nearest mean   \t%26s\t%.3f\n", "", (double)baseline(digits));
    printf("64 - 100 - 10  \t%26.3f\t%.3f\n", (double)train.accuracy,
           (double)test.accuracy);
    mlp_free(&net);
    matrix_free(&trace);
    parts_free(&digits);
}

void claims_of_digits(void)
{
    enum { SEEDS = 20 };
    matrix trace = matrix_new(EPOCHS, 3);
    real sum = 0, worst = 1;
    int better = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        parts digits = parts_of_digits(seed);
        mlp net = digit_network(digits, 8, 0.3, seed, trace, NULL);
        real share = score_of(net, digits.test).accuracy;
        sum += share;
        worst = fmin(worst, share);
        better += share > baseline(digits);
        mlp_free(&net);
        parts_free(&digits);
    }
    claim(sum / SEEDS >= 0.97,
          "held-out digits, mean over %d splits: %.1f %%", SEEDS,
          (double)(100 * sum / SEEDS));
    claim(worst >= 0.95, "and the worst of them: %.1f %%",
          (double)(100 * worst));
    claim(better == SEEDS, "above the nearest mean in %d of %d", better,
          SEEDS);
    matrix_free(&trace);
}

/* --- A training worth keeping --- */

static const char *weights_path(void)
{
    const char *path = getenv("WEIGHTS");
    return path ? path : "build/digits.weights";
}

void show_train(void)
{
    const char *epochs = getenv("EPOCHS");
    parts digits = parts_of_digits(1);
    matrix trace =
        matrix_new(epochs ? strtoul(epochs, NULL, 10) : EPOCHS, 3);
    mlp net = digit_network(digits, 8, 0.3, 1, trace, "digits");
    bytes file = { 0 };
    mlp_save(&file, net);
    if (bytes_write(&file, weights_path()))
        printf("saved to %s, %zu bytes; validation accuracy %.4f\n",
               weights_path(), file.count,
               (double)score_of(net, digits.validation).accuracy);
    else
        printf("not saved: %s\n", file.error);
    bytes_free(&file);
    mlp_free(&net);
    matrix_free(&trace);
    parts_free(&digits);
}

void show_ask(void)
{
    bytes file = { 0 };
    mlp net;
    if (!bytes_read(&file, weights_path(), 100000000) ||
        !mlp_load(&net, &file)) {
        printf("%s: %s\n", weights_path(), file.error);
        bytes_free(&file);
        return;
    }
    parts digits = parts_of_digits(1);
    printf("held-out accuracy %.4f, validation accuracy %.4f\n",
           (double)score_of(net, digits.test).accuracy,
           (double)score_of(net, digits.validation).accuracy);
    mlp_free(&net);
    bytes_free(&file);
    parts_free(&digits);
}

/* --- MNIST --- */

void show_mnist(void)
{
    examples train = examples_mnist("train");
    examples test = examples_mnist("t10k");
    random_state state = random_seed(1998);
    mlp net = mlp_new(2, (size_t[]){ 784, 128, 10 }, RELU, CLASSIFICATION);
    mlp_init(&net, HE, &state);
    mlp_memory memory = mlp_memory_new(net, train.X.rows, 64, 1);
    mlp_score score = mlp_evaluate(net, &memory.cache, test.X, test.y);
    printf("# epoch\tloss  \taccuracy\tseconds\n");
    printf("%7d\t%.4f\t%8.4f\n", 0, (double)score.loss,
           (double)score.accuracy);
    double start = seconds();
    mlp_train_epoch(&net, &memory, train.X, train.y, 0.1, &state);
    double took = seconds() - start;
    score = mlp_evaluate(net, &memory.cache, test.X, test.y);
    printf("%7d\t%.4f\t%8.4f\t%7.2f\n", 1, (double)score.loss,
           (double)score.accuracy, took);
    mlp_memory_free(&memory);
    mlp_free(&net);
    examples_free(&train);
    examples_free(&test);
}
