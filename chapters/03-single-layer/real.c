/* real.c - softmax regression on flowers and digits */
#include "show.h"

#include "demo.h"
#include "examples.h"
#include "foundations.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- Examples, split ---- */

typedef struct {
    examples train, test;
} halves;

/* The first rows of a shuffled order train, the rest tests.  data is used
 * up. */
static halves split_examples(examples data, size_t rows, uint64_t seed)
{
    size_t N = data.X.rows, n = data.X.cols;
    size_t *order = malloc(N * sizeof *order);
    random_state state = random_seed(seed);
    matrix none_X = matrix_new(0, n), none_y = matrix_new(0, 1);
    halves part = { { matrix_new(rows, n), matrix_new(rows, 1) },
                    { matrix_new(N - rows, n), matrix_new(N - rows, 1) } };
    for (size_t i = 0; i < N; i++)
        order[i] = i;
    shuffle(order, N, &state);
    split(part.train.X, none_X, part.test.X, data.X, order);
    split(part.train.y, none_y, part.test.y, data.y, order);
    matrix_free(&none_X);
    matrix_free(&none_y);
    free(order);
    examples_free(&data);
    return part;
}

static void halves_free(halves *part)
{
    examples_free(&part->train);
    examples_free(&part->test);
}

static real accuracy_of(layer one, examples data)
{
    matrix Z = matrix_new(data.X.rows, one.W.rows);
    matrix yhat = matrix_new(data.X.rows, 1);
    layer_forward(Z, one, data.X);
    argmax(yhat, Z);
    real share = accuracy(yhat, data.y);
    matrix_free(&Z);
    matrix_free(&yhat);
    return share;
}

static real loss_of(layer one, examples data)
{
    matrix Z = matrix_new(data.X.rows, one.W.rows);
    layer_forward(Z, one, data.X);
    real loss = cross_entropy(Z, data.y);
    matrix_free(&Z);
    return loss;
}

static void walk(layer *one, examples data, size_t steps, real rate)
{
    matrix losses = matrix_new(steps, 1);
    single_layer_train(one, losses, data.X, data.y, rate);
    matrix_free(&losses);
}

/* ---- Iris ---- */

static examples iris(bool petals_only)
{
    examples data = examples_from_csv("datasets/iris.csv", "species");
    if (!petals_only)
        return data;
    matrix petals = matrix_new(data.X.rows, 2);
    for (size_t i = 0; i < petals.rows; i++)
        for (size_t j = 0; j < 2; j++)
            at(petals, i, j) = at(data.X, i, j + 2);
    matrix_free(&data.X);
    data.X = petals;
    return data;
}

static void standardise(halves part)
{
    size_t n = part.train.X.cols;
    matrix shift = matrix_new(n, 1), scale = matrix_new(n, 1);
    standardize_fit(shift, scale, part.train.X);
    standardize_apply(part.train.X, shift, scale);
    standardize_apply(part.test.X, shift, scale);
    matrix_free(&shift);
    matrix_free(&scale);
}

void show_iris(void)
{
    static const size_t stations[] = { 0, 1, 10, 100, 1000 };
    halves part = split_examples(iris(false), 100, 1936);
    standardise(part);
    layer one = layer_new(4, 3);
    size_t step = 0;
    printf("# step\t  loss\tright of 100\tright of 50, unseen\n");
    for (size_t k = 0; k < sizeof stations / sizeof *stations; k++) {
        walk(&one, part.train, stations[k] - step, 0.5);
        step = stations[k];
        printf("%6zu\t%6.4f\t%12.0f\t%19.0f\n", step,
               loss_of(one, part.train), 100 * accuracy_of(one, part.train),
               50 * accuracy_of(one, part.test));
    }
    layer_free(&one);
    halves_free(&part);
}

/* Where two scores are equal and the third is lower: from left to right,
 * width as a function of length. */
static void print_boundary(layer one, size_t a, size_t b)
{
    size_t c = 3 - a - b;
    real dw0 = at(one.W, a, 0) - at(one.W, b, 0);
    real dw1 = at(one.W, a, 1) - at(one.W, b, 1);
    real db = at(one.b, a, 0) - at(one.b, b, 0);
    matrix Z = matrix_new(1, 3);
    printf("# length\twidth\tbetween %zu and %zu\n", a, b);
    for (int i = 0; i <= 700; i++) {
        real x = 0.5 + i / 100.0, y = -(dw0 * x + db) / dw1;
        layer_forward(Z, one, MATRIX(1, 2, x, y));
        if (y >= 0 && y <= 2.7 && at(Z, 0, c) < at(Z, 0, a))
            printf("%.2f\t%.4f\n", x, y);
    }
    printf("\n\n");
    matrix_free(&Z);
}

void show_boundaries(void)
{
    examples data = iris(true);
    matrix X = matrix_copy(data.X);
    matrix shift = matrix_new(2, 1), scale = matrix_new(2, 1);
    layer one = layer_new(2, 3);
    standardize_fit(shift, scale, X);
    standardize_apply(X, shift, scale);
    walk(&one, (examples){ X, data.y }, 2000, 0.5);
    for (size_t k = 0; k < 3; k++) /* back to centimetres */
        for (size_t j = 0; j < 2; j++) {
            at(one.W, k, j) /= at(scale, j, 0);
            at(one.b, k, 0) -= at(one.W, k, j) * at(shift, j, 0);
        }

    for (int k = 0; k < 3; k++) {
        printf("# length\twidth\tspecies %d\n", k);
        for (size_t i = 0; i < data.X.rows; i++)
            if (at(data.y, i, 0) == k)
                printf("%g\t%g\n", at(data.X, i, 0), at(data.X, i, 1));
        printf("\n\n");
    }
    print_boundary(one, 0, 1);
    print_boundary(one, 1, 2);
    printf("# right of 150\n%.0f\n", 150 * accuracy_of(one, data));
    matrix *owned[] = { &X, &shift, &scale };
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++)
        matrix_free(owned[k]);
    layer_free(&one);
    examples_free(&data);
}

/* A mistake: dW is divided by N, db is not. */
static void step_with_long_bias(layer *one, examples data, real rate)
{
    size_t N = data.X.rows, n = one->W.cols, K = one->W.rows;
    layer grad = layer_new(n, K);
    matrix Z = matrix_new(N, K);
    layer_forward(Z, *one, data.X);
    softmax_cross_entropy_backward(Z, Z, data.y);
    layer_backward((matrix){ 0 }, &grad, *one, data.X, Z);
    for (size_t k = 0; k < K; k++)
        at(grad.b, k, 0) *= N;
    update(one, grad, rate);
    matrix_free(&Z);
    layer_free(&grad);
}

void show_mean_bug(void)
{
    static const size_t sizes[] = { 1, 3, 30, 150 };
    printf("# flowers\tbefore\tstep 1\tstep 2\tstep 3\tstep 4\n");
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        halves part = split_examples(iris(true), sizes[k], 3);
        layer one = layer_new(2, 3);
        printf("%9zu", sizes[k]);
        for (int step = 0; step <= 4; step++) {
            printf("\t%6.2f", loss_of(one, part.train));
            step_with_long_bias(&one, part.train, 0.1);
        }
        printf("\n");
        layer_free(&one);
        halves_free(&part);
    }
}

/* ---- Digits ---- */

enum { TRAINED = 1200, DIGIT_STEPS = 150 };
static const real digit_rate = 1.5;

static real nearest_mean_of(halves part)
{
    matrix means = matrix_new(10, part.train.X.cols);
    matrix yhat = matrix_new(part.test.y.rows, 1);
    class_means(means, part.train.X, part.train.y);
    nearest_mean(yhat, means, part.test.X);
    real share = accuracy(yhat, part.test.y);
    matrix_free(&means);
    matrix_free(&yhat);
    return share;
}

void show_digits(void)
{
    static const size_t stations[] = { 0, 1, 10, 100, DIGIT_STEPS };
    halves part = split_examples(examples_digits(), TRAINED, 1998);
    layer one = layer_new(64, 10);
    size_t step = 0;
    printf("# step      \t  loss\tright, seen\tright, unseen\n");
    for (size_t k = 0; k < sizeof stations / sizeof *stations; k++) {
        walk(&one, part.train, stations[k] - step, digit_rate);
        step = stations[k];
        printf("%-12zu\t%6.4f\t%9.1f %%\t%11.1f %%\n", step,
               loss_of(one, part.train), 100 * accuracy_of(one, part.train),
               100 * accuracy_of(one, part.test));
    }
    printf("%-12s\t%6s\t%11s\t%11.1f %%\n", "nearest mean", "", "",
           100 * nearest_mean_of(part));
    layer_free(&one);
    halves_free(&part);
}

/* Ten blocks of 64 squares: column, row, half a side, colour. */
void show_weights(void)
{
    examples data = examples_digits();
    layer one = layer_new(64, 10);
    real largest = 0;
    walk(&one, data, DIGIT_STEPS, digit_rate);
    for (size_t k = 0; k < 640; k++)
        largest = fmax(largest, fabs(one.W.data[k]));
    for (size_t k = 0; k < 10; k++) {
        printf("# column\trow\thalf a side\tsign: weights of %zu\n", k);
        for (size_t j = 0; j < 64; j++) {
            real w = at(one.W, k, j);
            if (fabs(w) > largest / 400)
                printf("%zu\t%zu\t%.3f\t%d\n", j % 8, j / 8,
                       0.5 * sqrt(fabs(w) / largest), w > 0 ? 1 : -1);
        }
        printf("\n\n");
    }
    layer_free(&one);
    examples_free(&data);
}

/* ---- Many splits ---- */

/* Softmax regression on a split of its own; returns the share of unseen
 * flowers that are named rightly. */
static real iris_by_split(uint64_t seed)
{
    halves part = split_examples(iris(false), 100, seed);
    standardise(part);
    layer one = layer_new(4, 3);
    walk(&one, part.train, 1000, 0.5);
    real share = accuracy_of(one, part.test);
    layer_free(&one);
    halves_free(&part);
    return share;
}

/* The same for digits, and for the nearest mean on the same split. */
static real digits_by_split(uint64_t seed, real *nearest)
{
    halves part = split_examples(examples_digits(), TRAINED, seed);
    layer one = layer_new(64, 10);
    walk(&one, part.train, DIGIT_STEPS, digit_rate);
    real share = accuracy_of(one, part.test);
    *nearest = nearest_mean_of(part);
    layer_free(&one);
    halves_free(&part);
    return share;
}

enum { SPLITS = 20 };

static void print_shares(const char *name, const real *share)
{
    real least = 1, most = 0, sum = 0;
    for (int k = 0; k < SPLITS; k++) {
        least = fmin(least, share[k]);
        most = fmax(most, share[k]);
        sum += share[k];
    }
    printf("%-20s\t%5.1f %%\t%5.1f %%\t%5.1f %%\n", name, 100 * least,
           100 * sum / SPLITS, 100 * most);
}

void show_splits(void)
{
    real flowers[SPLITS], nearest[SPLITS], learned[SPLITS];
    for (int k = 0; k < SPLITS; k++) {
        flowers[k] = iris_by_split((uint64_t)k + 1);
        learned[k] = digits_by_split((uint64_t)k + 1, &nearest[k]);
    }
    printf("# right, unseen     \t  worst\t   mean\t   best\n");
    print_shares("iris", flowers);
    print_shares("digits, nearest mean", nearest);
    print_shares("digits, ten neurons", learned);
}

void claim_iris(void)
{
    int good = 0;
    for (uint64_t seed = 1; seed <= SPLITS; seed++)
        good += iris_by_split(seed) >= 0.9;
    claim(good == SPLITS,
          "at least 9 of 10 unseen flowers are named rightly "
          "in %d of 20 splits",
          good);
}

void claim_digits(void)
{
    int above = 0;
    for (uint64_t seed = 1; seed <= SPLITS; seed++) {
        real nearest, share = digits_by_split(seed, &nearest);
        above += share > nearest;
    }
    claim(above == SPLITS,
          "ten neurons are above the nearest mean in %d of 20 splits of "
          "the digits",
          above);
}
