/* weights.c - what a price on weights does to them */
#include "demo.h"
#include "parts.h"

#include <math.h>
#include <stdio.h>

void show_hand(void)
{
    matrix of[] = { matrix_new(2, 1), matrix_new(1, 1) };
    matrix slopes[] = { matrix_new(2, 1), matrix_new(1, 1) };
    blocks theta = { 2, of, true }, grad = { 2, slopes, true };
    at(of[0], 0, 0) = 2;
    at(of[0], 1, 0) = -1;
    at(of[1], 0, 0) = 3;
    for (int k = 0; k < 2; k++)
        matrix_fill(slopes[k], 1);
    l2_gradient(grad, theta, 0.1);
    printf("# w      \tL2 \tits slopes\tL1 \n(2, -1), b = 3\t%g\t"
           "%g, %g, and %g\t%g\n",
           (double)l2_penalty(theta, 0.1), (double)at(slopes[0], 0, 0) - 1,
           (double)at(slopes[0], 1, 0) - 1, (double)at(slopes[1], 0, 0) - 1,
           (double)l1_penalty(theta, 0.1));
    for (int k = 0; k < 2; k++) {
        matrix_free(&of[k]);
        matrix_free(&slopes[k]);
    }
}

/* --- Eight features, three of which matter --- */

enum { N = 40, FEATURES = 8 };
static const real matters[FEATURES] = { 3, -2, 1 };

static examples eight_features(uint64_t seed)
{
    random_state state = random_seed(seed);
    examples data = { normal_matrix(N, FEATURES, &state),
                      matrix_new(N, 1) };
    for (size_t i = 0; i < N; i++) {
        real y = random_normal(&state);
        for (size_t j = 0; j < FEATURES; j++)
            y += matters[j] * at(data.X, i, j);
        at(data.y, i, 0) = y;
    }
    return data;
}

//> proximal
/* Least squares with L1: a step downhill, then a step of the penalty. */
static void lasso_fit(linreg *model, matrix X, matrix y, real lambda)
{
    const real learning_rate = 0.1;
    linreg grad = linreg_new(X.cols);
    matrix bias = matrix_new(1, 1);
    matrix of[] = { model->w, bias };
    blocks theta = { .count = 2, .of = of, .borrow = true };
    for (int step = 0; step < 2000; step++) {
        linreg_gradient(&grad, *model, X, y);
        linreg_step(model, grad, learning_rate);
        soft_threshold(theta, learning_rate * lambda);
    }
    matrix_free(&bias);
    linreg_free(&grad);
}
//< proximal

void show_shrink(void)
{
    examples data = eight_features(1);
    linreg model = linreg_new(FEATURES);
    for (int kind = 2; kind >= 1; kind--) {
        printf("# lambda, eight weights, with L%d\n", kind);
        for (int k = 0; k <= 60; k++) {
            real lambda = pow(10, -2 + k / 20.0);
            if (kind == 2)
                ridge_fit(&model, data.X, data.y, lambda);
            else
                lasso_fit(&model, data.X, data.y, lambda);
            printf("%.5g", (double)lambda);
            for (size_t j = 0; j < FEATURES; j++)
                printf("\t%.5f", (double)at(model.w, j, 0));
            printf("\n");
        }
        printf("\n\n");
    }
    linreg_free(&model);
    examples_free(&data);
}

static size_t zeros_of(linreg model)
{
    size_t zeros = 0;
    for (size_t j = 0; j < FEATURES; j++)
        zeros += at(model.w, j, 0) == 0;
    return zeros;
}

static void print_model(const char *name, linreg model)
{
    printf("%-12s", name);
    for (size_t j = 0; j < FEATURES; j++)
        printf("\t%5.2f", (double)at(model.w, j, 0) + 0.0);
    printf("\t%5zu\n", zeros_of(model));
}

void show_zeros(void)
{
    examples data = eight_features(1);
    linreg model = linreg_new(FEATURES);
    printf("# lambda 0.3");
    for (int j = 1; j <= FEATURES; j++)
        printf("\tw_%-3d", j);
    printf("\tzeros\n");
    ridge_fit(&model, data.X, data.y, 0);
    print_model("no price", model);
    ridge_fit(&model, data.X, data.y, 0.3);
    print_model("L2", model);
    lasso_fit(&model, data.X, data.y, 0.3);
    print_model("L1", model);
    linreg_free(&model);
    examples_free(&data);
}

void claims_of_weights(void)
{
    int seeds = 40, right = 0, none = 0;
    size_t found = 0;
    for (int seed = 1; seed <= seeds; seed++) {
        examples data = eight_features(seed);
        linreg model = linreg_new(FEATURES);
        ridge_fit(&model, data.X, data.y, 0.3);
        none += zeros_of(model) == 0;
        lasso_fit(&model, data.X, data.y, 0.3);
        bool kept = true;
        for (size_t j = 0; j < 3; j++)
            kept = kept && at(model.w, j, 0) != 0;
        right += kept;
        found += zeros_of(model);
        linreg_free(&model);
        examples_free(&data);
    }
    claim(none == seeds, "L2 makes no weight exactly 0, %d of %d seeds",
          none, seeds);
    claim(right >= seeds * 9 / 10 && found >= (size_t)seeds * 3,
          "L1 keeps the three that matter, %d of %d; of the others %.1f "
          "are 0",
          right, seeds, (double)found / seeds);
}
