/* costs.c - what a score costs, and the slope of that */
#include "show.h"

#include "demo.h"
#include "foundations.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

/* ---- Scores and probabilities ---- */

void show_odds(void)
{
    const real p[] = { 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99 };
    printf("# p \todds, p to 1 - p\tlogit \tback\n");
    for (size_t k = 0; k < sizeof p / sizeof *p; k++) {
        real odds = p[k] / (1 - p[k]), z = log(odds);
        printf("%.2f\t%16.4f\t%6.3f\t%.2f\n", p[k], odds, z, sigmoid(z));
    }
}

void show_sigmoid(void)
{
    printf("# z\tsigmoid\tslope\n");
    for (int k = -80; k <= 80; k++) {
        real p = sigmoid(k / 10.0);
        printf("%g\t%.6f\t%.6f\n", k / 10.0, p, p * (1 - p));
    }
}

/* ---- One neuron, three ways ---- */

static void by_loops(matrix p, linreg model, matrix X)
{
    for (size_t i = 0; i < X.rows; i++) {
        real z = model.b;
        for (size_t j = 0; j < X.cols; j++)
            z += at(model.w, j, 0) * at(X, i, j);
        at(p, i, 0) = sigmoid(z);
    }
}

static void by_dots(matrix p, linreg model, matrix X)
{
    for (size_t i = 0; i < X.rows; i++)
        at(p, i, 0) = sigmoid(dot(model.w, logreg_example(X, i)) + model.b);
}

static const struct {
    const char *name;
    void (*neuron)(matrix p, linreg model, matrix X);
} ways[] = {
    { "loops", by_loops },
    { "dot", by_dots },
    { "matrix", logreg_predict_proba },
};
#define WAYS (sizeof ways / sizeof *ways)

static matrix random_matrix(size_t rows, size_t cols, random_state *state)
{
    matrix a = matrix_new(rows, cols);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < cols; j++)
            at(a, i, j) = random_normal(state);
    return a;
}

void show_ways(void)
{
    random_state state = random_seed(2);
    matrix X = random_matrix(2000, 64, &state), p = matrix_new(2000, 1);
    matrix first = matrix_new(2000, 1);
    linreg model = { random_matrix(64, 1, &state), 0.5 };

    by_loops(first, model, X);
    printf("# way \tprobabilities\twithin 1e-12 of the first way\n");
    for (size_t k = 0; k < WAYS; k++) {
        size_t same = 0;
        ways[k].neuron(p, model, X);
        for (size_t i = 0; i < X.rows; i++)
            same += fabs(at(p, i, 0) - at(first, i, 0)) <= 1e-12;
        printf("%-6s\t%13zu\t%zu\n", ways[k].name, X.rows, same);
    }
    matrix_free(&X);
    matrix_free(&p);
    matrix_free(&first);
    linreg_free(&model);
}

void show_timing(void)
{
    random_state state = random_seed(2);
    matrix X = random_matrix(10000, 64, &state), p = matrix_new(10000, 1);
    linreg model = { random_matrix(64, 1, &state), 0.5 };
    double loops = 0;

    printf("# way \tms      \tloops = 1\n");
    for (size_t k = 0; k < WAYS; k++) {
        double fastest = 1e9;
        for (int turn = 0; turn < 25; turn++) {
            clock_t begin = clock();
            ways[k].neuron(p, model, X);
            double ms = 1e3 * (double)(clock() - begin) / CLOCKS_PER_SEC;
            fastest = ms < fastest ? ms : fastest;
        }
        loops = k == 0 ? fastest : loops;
        printf("%-6s\t%8.3f\t%9.2f\n", ways[k].name, fastest,
               fastest / loops);
    }
    matrix_free(&X);
    matrix_free(&p);
    linreg_free(&model);
}

/* ---- Costs ---- */

void show_wrong(void)
{
    const real p[] = { 0.99, 0.9, 0.5, 0.1, 0.01, 0.0001 };
    printf("# p of what came\t-ln p\tslope\thalf square\tslope\n");
    for (size_t k = 0; k < sizeof p / sizeof *p; k++)
        printf("%16g\t%5.2f\t%5.2f\t%11.4f\t%8.5f\n", p[k], -log(p[k]),
               p[k] - 1, (1 - p[k]) * (1 - p[k]) / 2,
               -(1 - p[k]) * p[k] * (1 - p[k]));
}

void show_bce(void)
{
    matrix z = MATRIX(3, 1, log(3), 0, -log(3)), y = MATRIX(3, 1, 1, 0, 1);
    real all = 0;
    printf("#   \tz     \ty\tp of 1\tcost\n");
    for (size_t i = 0; i < 3; i++) {
        real cost =
            bce_from_logits(matrix_rows(z, i, 1), matrix_rows(y, i, 1));
        printf("%zu   \t%6.3f\t%g\t%6.2f\t%.4f\n", i + 1, at(z, i, 0),
               at(y, i, 0), sigmoid(at(z, i, 0)), cost);
        all += cost;
    }
    printf("sum \t      \t \t      \t%.4f\n", all);
    printf("mean\t      \t \t      \t%.4f\n", bce_from_logits(z, y));
}

void show_cost(void)
{
    printf("# z\tcross-entropy\tsquared error\tof label 1\n");
    for (int k = -80; k <= 60; k++) {
        real z = k / 10.0, p = sigmoid(z);
        printf("%g\t%.6f\t%.6f\n", z, log1p_exp(-z), (1 - p) * (1 - p) / 2);
    }
}

/* The ways that fail, as a beginner writes them; all for label 1. */
static real from_probability(real z)
{
    return -log(1 / (1 + exp(-z)));
}

static real clamped(real z)
{
    return -log(fmin(fmax(1 / (1 + exp(-z)), 1e-12), 1 - 1e-12));
}

static real as_written(real z)
{
    return log(1 + exp(z)) - z;
}

void show_extremes(void)
{
    const real z[] = { -800, -40, -2, 2, 40, 800 };
    printf("# score\tfrom p \tclamped p\tas written\tfrom the score\n");
    for (size_t k = 0; k < sizeof z / sizeof *z; k++) {
        matrix score = MATRIX(1, 1, z[k]), one = MATRIX(1, 1, 1);
        real bad = as_written(z[k]);
        printf("%7g\t%7.4g\t%9.4g\t%10.4g\t%14.4g\n", z[k],
               fabs(from_probability(z[k])), clamped(z[k]), fabs(bad),
               bce_from_logits(score, one));
    }
}

/* ---- Slopes ---- */

void show_gradient(void)
{
    examples data = hours();
    linreg model = linreg_new(1), grad = linreg_new(1);
    real error = 0, product = 0;

    printf("#       \thours\ty\tp  \tp - y   \t(p - y) x\n");
    for (size_t i = 0; i < 4; i++) {
        real x = at(data.X, i, 0), y = at(data.y, i, 0), p = sigmoid(0);
        printf("%zu       \t%5g\t%g\t%g\t%8g\t%9g\n", i + 1, x, y, p, p - y,
               (p - y) * x);
        error += (p - y) / 4;
        product += (p - y) * x / 4;
    }
    printf("mean    \t     \t \t   \t%8g\t%9g\n", error, product);

    logreg_gradient(&grad, model, data.X, data.y);
    printf("grad    \t     \t \t   \t%8g\t%9g\n", grad.b, at(grad.w, 0, 0));

    const real h = 1e-4;
    linreg moved = linreg_new(1);
    real slope[2];
    for (int knob = 0; knob < 2; knob++) {
        real *at_knob = knob ? &at(moved.w, 0, 0) : &moved.b;
        *at_knob = h;
        slope[knob] = loss_of(moved, data);
        *at_knob = -h;
        slope[knob] = (slope[knob] - loss_of(moved, data)) / (2 * h);
        *at_knob = 0;
    }
    printf("measured\t     \t \t   \t%8.5f\t%9.5f\n", slope[0], slope[1]);
    linreg_free(&moved);
    linreg_free(&model);
    linreg_free(&grad);
    examples_free(&data);
}

void show_step(void)
{
    examples data = hours();
    linreg model = linreg_new(1);
    printf("# step\tw      \tb      \tloss\n");
    for (int step = 0; step <= 3; step++) {
        printf("%6d\t%7.4f\t%7.4f\t%.4f\n", step, at(model.w, 0, 0),
               model.b, loss_of(model, data));
        walk(&model, data, 1, 0.4);
    }
    linreg_free(&model);
    examples_free(&data);
}

/* A step on half the mean squared error of the probabilities. */
static void squared_step(linreg *model, examples data, real rate)
{
    linreg grad = linreg_new(model->w.rows);
    for (size_t i = 0; i < data.X.rows; i++) {
        real z = dot(model->w, logreg_example(data.X, i)) + model->b;
        real p = sigmoid(z), dz = (p - at(data.y, i, 0)) * p * (1 - p);
        for (size_t j = 0; j < data.X.cols; j++)
            at(grad.w, j, 0) += dz * at(data.X, i, j) / data.X.rows;
        grad.b += dz / data.X.rows;
    }
    linreg_step(model, grad, rate);
    linreg_free(&grad);
}

void show_stuck(void)
{
    examples data = hours();
    linreg entropy = linreg_new(1), squared = linreg_new(1);
    at(entropy.w, 0, 0) = at(squared.w, 0, 0) = -4;
    printf("# steps\tw, cross-entropy\tright\tw, squared error\tright\n");
    for (int step = 0; step <= 1000; step++) {
        if (step == 0 || step == 10 || step == 100 || step == 1000)
            printf("%7d\t%16.3f\t%3.0f %%\t%16.3f\t%3.0f %%\n", step,
                   at(entropy.w, 0, 0), 100 * share_right(entropy, data),
                   at(squared.w, 0, 0), 100 * share_right(squared, data));
        walk(&entropy, data, 1, 0.4);
        squared_step(&squared, data, 0.4);
    }
    linreg_free(&entropy);
    linreg_free(&squared);
    examples_free(&data);
}

/* ---- Margins ---- */

void show_margins(void)
{
    printf("# margin\t0-1\tperceptron\thinge\tcross-entropy\tsquared\n");
    for (int k = -300; k <= 300; k += 2) {
        real m = k / 100.0;
        matrix one = MATRIX(1, 1, 1), z = MATRIX(1, 1, m);
        printf("%g\t%d\t%g\t%g\t%.5f\t%.5f\n", m, m <= 0, fmax(0, -m),
               hinge_loss(z, one), bce_from_logits(z, one),
               (1 - m) * (1 - m));
    }
}

void show_hinge(void)
{
    matrix z = MATRIX(4, 1, 2, 0.5, 0.25, -1);
    matrix y = MATRIX(4, 1, 1, -1, 1, -1);
    printf("#   \tz    \t y\tmargin\thinge\n");
    for (size_t i = 0; i < 4; i++)
        printf("%zu   \t%5g\t%2g\t%6g\t%g\n", i + 1, at(z, i, 0),
               at(y, i, 0), at(y, i, 0) * at(z, i, 0),
               hinge_loss(matrix_rows(z, i, 1), matrix_rows(y, i, 1)));
    printf("mean\t     \t  \t      \t%g\n", hinge_loss(z, y));
}

/* ---- Claims ---- */

void claim_costs(void)
{
    int slopes = 0, falls = 0;
    for (int seed = 1; seed <= 20; seed++) {
        random_state state = random_seed(seed);
        examples data = { random_matrix(30, 3, &state), matrix_new(30, 1) };
        for (size_t i = 0; i < 30; i++)
            at(data.y, i, 0) = random_uniform(&state) < 0.4;
        linreg model = { random_matrix(3, 1, &state), 0.25 };
        linreg grad = linreg_new(3);
        logreg_gradient(&grad, model, data.X, data.y);

        const real h = 1e-5;
        real worst = 0;
        for (size_t j = 0; j < 4; j++) {
            real *knob = j < 3 ? &at(model.w, j, 0) : &model.b, was = *knob;
            *knob = was + h;
            real up = loss_of(model, data);
            *knob = was - h;
            real down = loss_of(model, data);
            *knob = was;
            real slope = j < 3 ? at(grad.w, j, 0) : grad.b;
            worst = fmax(worst, fabs((up - down) / (2 * h) - slope));
        }
        slopes += worst < 1e-9;

        /* the safe rate: 8 over the mean squared length of a row */
        real squares = 1;
        for (size_t i = 0; i < 30; i++)
            for (size_t j = 0; j < 3; j++)
                squares += at(data.X, i, j) * at(data.X, i, j) / 30;
        for (size_t j = 0; j < 3; j++)
            at(model.w, j, 0) = 5 * random_normal(&state);
        matrix losses = matrix_new(500, 1);
        real before = loss_of(model, data);
        logreg_fit(&model, losses, data.X, data.y, 0.999 * 8 / squares);
        bool down = true;
        for (size_t t = 0; t < 500; t++) {
            down = down && at(losses, t, 0) <= before + 1e-14;
            before = at(losses, t, 0);
        }
        falls += down;
        matrix_free(&losses);
        linreg_free(&model);
        linreg_free(&grad);
        examples_free(&data);
    }
    claim(slopes == 20,
          "the gradient is the slope of the loss, to 1e-9, on %d of 20",
          slopes);
    claim(falls == 20,
          "below the safe rate the loss falls at every step on %d of 20",
          falls);

    real largest = 0;
    for (int k = -400; k <= 400; k++) {
        real z = k / 10.0, h = 1e-4, p = sigmoid(z);
        real slope = (sigmoid(z + h) - sigmoid(z - h)) / (2 * h);
        largest = fmax(largest, fabs(slope - p * (1 - p)));
    }
    claim(largest < 1e-8, "the sigmoid's slope is p (1 - p), to 1e-8");
}
