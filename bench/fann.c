/* fann.c - W8 by FANN (Debian: libfann-dev), for bench/run to ask
 *
 *     fann FOLDER
 *
 * FANN's weights of a neuron are one after another, its bias the last; its
 * sigmoid of steepness s is 1 / (1 + exp(-2 s x)), its line s x.  With a
 * linear error it takes the step of half the squared error.
 */
#include "bench.h"
#include "demo.h"
#include "examples.h"
#include "layer.h"

#include <fann.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INPUTS = 784, HIDDEN = 128, OUTPUTS = 10, N = 10000 };
static const float rate = 0.01f;

static matrix first[2];
static examples train, test;
static size_t *order;

static void prepare(void)
{
    if (train.X.rows)
        return;
    first[0] = stored_matrix("W8.W1", HIDDEN, INPUTS);
    first[1] = stored_matrix("W8.W2", OUTPUTS, HIDDEN);
    train = examples_mnist("train");
    test = examples_mnist("t10k");
    order = stored_order("W8", N);
}

static struct fann *new_net(void)
{
    struct fann *net = fann_create_standard(3, INPUTS, HIDDEN, OUTPUTS);
    fann_set_activation_function_hidden(net, FANN_SIGMOID);
    fann_set_activation_steepness_hidden(net, 0.5f);
    fann_set_activation_function_output(net, FANN_LINEAR);
    fann_set_activation_steepness_output(net, 1);
    fann_set_train_error_function(net, FANN_ERRORFUNC_LINEAR);
    fann_set_training_algorithm(net, FANN_TRAIN_INCREMENTAL);
    fann_set_learning_rate(net, rate);
    fann_set_learning_momentum(net, 0);
    size_t k = 0;
    for (int l = 0; l < 2; l++)
        for (size_t j = 0; j < first[l].rows; j++) {
            for (size_t i = 0; i < first[l].cols; i++)
                net->weights[k++] = (fann_type)at(first[l], j, i);
            net->weights[k++] = 0;
        }
    return net;
}

static outcome run(void)
{
    static fann_type target[10][OUTPUTS];
    for (int c = 0; c < 10; c++)
        target[c][c] = 1;
    fann_type *X = malloc((size_t)N * INPUTS * sizeof *X);
    for (size_t k = 0; k < (size_t)N * INPUTS; k++)
        X[k] = (fann_type)train.X.data[k];
    struct fann *net = new_net();
    double start = seconds();
    for (size_t k = 0; k < N; k++)
        fann_train(net, X + order[k] * INPUTS,
                   target[(int)at(train.y, order[k], 0)]);
    double took = seconds() - start;
    double sum = 0;
    for (size_t i = 0; i < test.X.rows; i++) {
        fann_type in[INPUTS];
        for (size_t j = 0; j < INPUTS; j++)
            in[j] = (fann_type)at(test.X, i, j);
        fann_type *out = fann_run(net, in);
        for (int c = 0; c < OUTPUTS; c++) {
            double error = out[c] - target[(int)at(test.y, i, 0)][c];
            sum += error * error;
        }
    }
    fann_destroy(net);
    free(X);
    return (outcome){ took, sum / 2 / (double)test.X.rows, 0.0 / 0.0 };
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    bench_folder = argv[1];
    setvbuf(stdout, NULL, _IOLBF, 1 << 12);
    printf("FANN 2.2\n");
    char line[100];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        if (!strcmp(line, "go")) {
            outcome o = run();
            printf("%.9f %.12g nan\n", o.seconds, o.loss);
        } else if (!strcmp(line, "W8")) {
            prepare();
            printf("ready\n");
        } else
            printf("no: FANN takes one example after another\n");
    }
    return 0;
}
