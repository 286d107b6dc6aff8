/* norms.c - ten layers, with batch normalisation and without */
#include "demo.h"
#include "parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { DEPTH = 10, WIDTH = 32, BATCH = 64 };

/* DEPTH hidden layers of WIDTH, and ten scores; norm l follows layer l. */
typedef struct {
    bool normal;
    layer layers[DEPTH + 1], slopes[DEPTH + 1];
    batchnorm norms[DEPTH];
    batchnorm_cache caches[DEPTH];
    matrix dgamma[DEPTH], dbeta[DEPTH];
    matrix A[DEPTH + 1], dA[DEPTH + 1]; /* A[0] is X, not owned */
    matrix Z[DEPTH], scores, dscores;
} deep;

static deep *deep_new(bool normal, real deviation, uint64_t seed)
{
    deep *d = calloc(1, sizeof *d);
    random_state state = random_seed(seed);
    d->normal = normal;
    for (int l = 0; l <= DEPTH; l++) {
        size_t in = l == 0 ? 64 : WIDTH, out = l == DEPTH ? 10 : WIDTH;
        d->layers[l] = layer_new(in, out);
        d->slopes[l] = layer_new(in, out);
        for (size_t k = 0; k < in * out; k++)
            d->layers[l].W.data[k] = deviation * random_normal(&state);
    }
    for (int l = 0; l < DEPTH; l++) {
        d->norms[l] = batchnorm_new(WIDTH);
        d->caches[l] = (batchnorm_cache){ matrix_new(BATCH, WIDTH),
                                          matrix_new(WIDTH, 1) };
        d->dgamma[l] = matrix_new(WIDTH, 1);
        d->dbeta[l] = matrix_new(WIDTH, 1);
        d->Z[l] = matrix_new(BATCH, WIDTH);
        d->A[l + 1] = matrix_new(BATCH, WIDTH);
        d->dA[l + 1] = matrix_new(BATCH, WIDTH);
    }
    d->scores = matrix_new(BATCH, 10);
    d->dscores = matrix_new(BATCH, 10);
    return d;
}

static void deep_free(deep *d)
{
    for (int l = 0; l <= DEPTH; l++) {
        layer_free(&d->layers[l]);
        layer_free(&d->slopes[l]);
    }
    for (int l = 0; l < DEPTH; l++) {
        batchnorm_free(&d->norms[l]);
        matrix_free(&d->caches[l].normal);
        matrix_free(&d->caches[l].scale);
        matrix_free(&d->dgamma[l]);
        matrix_free(&d->dbeta[l]);
        matrix_free(&d->Z[l]);
        matrix_free(&d->A[l + 1]);
        matrix_free(&d->dA[l + 1]);
    }
    matrix_free(&d->scores);
    matrix_free(&d->dscores);
    free(d);
}

/* Layer, normalisation, ReLU; X has BATCH rows. */
static void deep_forward(deep *d, matrix X, bool training)
{
    d->A[0] = X;
    for (int l = 0; l < DEPTH; l++) {
        matrix Z = d->Z[l], A = d->A[l + 1];
        layer_forward(Z, d->layers[l], d->A[l]);
        if (!d->normal)
            relu_forward(A, Z);
        else {
            if (training)
                batchnorm_train(A, &d->norms[l], &d->caches[l], Z, 0.9);
            else
                batchnorm_infer(A, d->norms[l], Z);
            relu_forward(A, A);
        }
    }
    layer_forward(d->scores, d->layers[DEPTH], d->A[DEPTH]);
}

static void deep_step(deep *d, matrix X, matrix y, real learning_rate)
{
    deep_forward(d, X, true);
    softmax_cross_entropy_backward(d->dscores, d->scores, y);
    layer_backward(d->dA[DEPTH], &d->slopes[DEPTH], d->layers[DEPTH],
                   d->A[DEPTH], d->dscores);
    for (int l = DEPTH - 1; l >= 0; l--) {
        matrix dZ = d->dA[l + 1];
        relu_backward(dZ, dZ, d->A[l + 1]);
        if (d->normal) {
            matrix dY = matrix_copy(dZ);
            batchnorm_backward(dZ, d->dgamma[l], d->dbeta[l], d->norms[l],
                               d->caches[l], dY);
            matrix_free(&dY);
        }
        layer_backward(l > 0 ? d->dA[l] : (matrix){ 0 }, &d->slopes[l],
                       d->layers[l], d->A[l], dZ);
    }
    for (int l = 0; l <= DEPTH; l++) {
        matrix of[] = { d->layers[l].W, d->layers[l].b };
        matrix by[] = { d->slopes[l].W, d->slopes[l].b };
        sgd((blocks){ 2, of, true }, (blocks){ 2, by, true },
            learning_rate);
        if (d->normal && l < DEPTH) {
            matrix own[] = { d->norms[l].gamma, d->norms[l].beta };
            matrix theirs[] = { d->dgamma[l], d->dbeta[l] };
            sgd((blocks){ 2, own, true }, (blocks){ 2, theirs, true },
                learning_rate);
        }
    }
}

static void deep_epoch(deep *d, examples data, real learning_rate)
{
    for (size_t first = 0; first + BATCH <= data.X.rows; first += BATCH)
        deep_step(d, matrix_rows(data.X, first, BATCH),
                  matrix_rows(data.y, first, BATCH), learning_rate);
}

/* Share right of the first few whole batches. */
static real deep_accuracy(deep *d, examples data)
{
    real right = 0;
    size_t batches = data.X.rows / BATCH;
    matrix guess = matrix_new(BATCH, 1);
    for (size_t k = 0; k < batches; k++) {
        deep_forward(d, matrix_rows(data.X, k * BATCH, BATCH), false);
        argmax(guess, d->scores);
        right += accuracy(guess, matrix_rows(data.y, k * BATCH, BATCH)) /
                 batches;
    }
    matrix_free(&guess);
    return right;
}

#define TOO_SMALL 0.1

void show_histograms(void)
{
    enum { BARS = 41 };
    static const int shown[] = { 0, 4, 9 };
    parts digits = parts_of_digits(1);
    for (int normal = 0; normal < 2; normal++) {
        deep *d = deep_new(normal, TOO_SMALL, 1);
        deep_forward(d, matrix_rows(digits.train.X, 0, BATCH), true);
        for (int k = 0; k < 3; k++) {
            real counts_of[BARS] = { 0 };
            int l = shown[k];
            /* what ReLU gets */
            for (size_t e = 0; e < BATCH * WIDTH; e++) {
                real z =
                    normal ? d->caches[l].normal.data[e] : d->Z[l].data[e];
                int bar = floor(z / 0.15 + BARS / 2.0);
                if (0 <= bar && bar < BARS)
                    counts_of[bar] += 1.0 / (BATCH * WIDTH);
            }
            printf("# score, share: layer %d, %s\n", l + 1,
                   normal ? "normalised" : "as it is");
            for (int b = 0; b < BARS; b++)
                printf("%.2f\t%.5f\n", 0.15 * (b - BARS / 2),
                       (double)counts_of[b]);
            printf("\n\n");
        }
        deep_free(d);
    }
    parts_free(&digits);
}

static real after_five(bool normal, real deviation, uint64_t seed)
{
    parts digits = parts_of_digits(seed);
    deep *d = deep_new(normal, deviation, seed);
    for (int epoch = 0; epoch < 5; epoch++)
        deep_epoch(d, digits.train, 0.1);
    real right = deep_accuracy(d, digits.test);
    deep_free(d);
    parts_free(&digits);
    return right;
}

void show_deep(void)
{
    static const real deviations[] = { 0.05, 0.1, 0.25, 0.5 };
    printf("# deviation of the weights\tas it is\tnormalised\n");
    for (int k = 0; k < 4; k++) {
        real without = 0, with = 0;
        for (int seed = 1; seed <= 5; seed++) {
            without += after_five(false, deviations[k], seed) / 5;
            with += after_five(true, deviations[k], seed) / 5;
        }
        printf("%26g\t%7.1f%%\t%9.1f%%\n", (double)deviations[k],
               100 * (double)without, 100 * (double)with);
    }
}

void show_alone(void)
{
    random_state state = random_seed(6);
    batchnorm bn = batchnorm_new(1);
    matrix X = matrix_new(100, 1), Y = matrix_new(100, 1);
    batchnorm_cache cache = { matrix_new(100, 1), matrix_new(1, 1) };
    at(bn.gamma, 0, 0) = 2;
    at(bn.beta, 0, 0) = 10;
    for (int batch = 0; batch < 200; batch++) {
        for (size_t i = 0; i < 100; i++)
            at(X, i, 0) = 3 + 2 * random_normal(&state);
        batchnorm_train(Y, &bn, &cache, X, 0.95);
    }
    printf("# remembered: mean %.2f, variance %.2f\n",
           (double)at(bn.mean, 0, 0), (double)at(bn.variance, 0, 0));
    printf("# x\tby its own statistics\tby those remembered\n");
    static const real asked[] = { 1, 3, 7 };
    for (int k = 0; k < 3; k++) {
        matrix x = MATRIX(1, 1, asked[k]), own = matrix_new(1, 1);
        matrix kept = matrix_new(1, 1), normal = matrix_new(1, 1);
        batchnorm copy = batchnorm_new(1);
        batchnorm_cache small = { normal, cache.scale };
        at(copy.gamma, 0, 0) = 2;
        at(copy.beta, 0, 0) = 10;
        batchnorm_infer(kept, bn, x);
        batchnorm_train(own, &copy, &small, x, 0.95);
        printf("%3g\t%21.2f\t%19.2f\n", (double)asked[k],
               (double)at(own, 0, 0), (double)at(kept, 0, 0));
        matrix_free(&own);
        matrix_free(&kept);
        matrix_free(&normal);
        batchnorm_free(&copy);
    }
    matrix_free(&X);
    matrix_free(&Y);
    matrix_free(&cache.normal);
    matrix_free(&cache.scale);
    batchnorm_free(&bn);
}

void claims_of_norms(void)
{
    int seeds = 20, rescued = 0;
    for (int seed = 1; seed <= seeds; seed++)
        rescued += after_five(true, TOO_SMALL, seed) > 0.8 &&
                   after_five(false, TOO_SMALL, seed) < 0.3;
    claim(
        rescued == seeds,
        "ten layers, small weights: only batch norm learns, %d of %d seeds",
        rescued, seeds);
}
