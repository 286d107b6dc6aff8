/* demo.c - what the lesson shows, computed
 *
 *     build/demo/01-linear-regression           lists the words it knows
 *     build/demo/01-linear-regression worked    prints that table
 *
 * Run it from the top folder of the course: it reads datasets/.  A table is
 * tab-separated and begins with a line of names after a #; the table of a
 * figure has blocks with two empty lines between them.  The learning is
 * done by the functions of linreg.h, so linked with your file it shows your
 * work. All of it is the same on every machine, except timing, which no
 * page quotes.
 */
#include "linreg.h"

#include "demo.h"
#include "examples.h"
#include "foundations.h"
#include "trace.h"
#include "random.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- Examples ---- */

static examples cars(void)
{
    return examples_from_csv("datasets/cars.csv", "distance");
}

static examples motor(void)
{
    return examples_from_csv("datasets/motor.csv", "mpg");
}

/* The cars again, after a slip of the keyboard: 85 ft became 850 ft. */
static examples cars_with_slip(void)
{
    examples data = cars();
    at(data.y, data.y.rows - 1, 0) *= 10;
    return data;
}

static examples worked_example(void)
{
    return (examples){ .X = matrix_copy(MATRIX(4, 1, 1, 3, 6, 5)),
                       .y = matrix_copy(MATRIX(4, 1, 4, 8, 14, 13)) };
}

/* Where the worked example starts, and every walk on its data. */
static linreg worked_start(void)
{
    linreg model = linreg_new(1);
    at(model.w, 0, 0) = 5;
    model.b = 1;
    return model;
}

/* Standardise the columns of X; mean and deviation, n x 1, are what it
 * takes to do the same to new examples. */
static void standardise(matrix X, matrix mean, matrix deviation)
{
    standardize_fit(mean, deviation, X);
    standardize_apply(X, mean, deviation);
}

/* The same, when nobody asks for the means and deviations. */
static void standardised(examples *data)
{
    size_t n = data->X.cols;
    matrix mean = matrix_new(n, 1), deviation = matrix_new(n, 1);
    standardise(data->X, mean, deviation);
    matrix_free(&mean);
    matrix_free(&deviation);
}

/* ---- Asking a model ---- */

static real loss_of(linreg model, examples data)
{
    matrix yhat = matrix_new(data.X.rows, 1);
    linreg_predict(yhat, model, data.X);
    real loss = linreg_half_mse(yhat, data.y);
    matrix_free(&yhat);
    return loss;
}

static real r_squared_of(linreg model, examples data)
{
    matrix yhat = matrix_new(data.X.rows, 1);
    linreg_predict(yhat, model, data.X);
    real r_squared = linreg_r_squared(yhat, data.y);
    matrix_free(&yhat);
    return r_squared;
}

/* The best model in closed form.  The caller frees it. */
static linreg best(examples data)
{
    linreg model = linreg_new(data.X.cols);
    if (!linreg_fit_normal(&model, data.X, data.y)) {
        fprintf(stderr, "demo: linreg_fit_normal found no model\n");
        exit(1);
    }
    return model;
}

/* A walk that keeps no losses; returns the number of steps. */
static size_t walk(linreg *model, examples data, size_t steps, real rate,
                   real tolerance)
{
    matrix losses = matrix_new(steps, 1);
    size_t taken =
        linreg_fit(model, losses, data.X, data.y, rate, tolerance);
    matrix_free(&losses);
    return taken;
}

/* ---- Curvature ---- */

/* X with a column of ones before it.  The caller frees it. */
static matrix with_ones(matrix X)
{
    matrix X1 = matrix_new(X.rows, X.cols + 1);
    for (size_t i = 0; i < X.rows; i++) {
        at(X1, i, 0) = 1;
        for (size_t j = 0; j < X.cols; j++)
            at(X1, i, j + 1) = at(X, i, j);
    }
    return X1;
}

/* X^T X / count.  The caller frees it. */
static matrix gram(matrix X, real count)
{
    matrix G = matrix_new(X.cols, X.cols);
    matrix_product(G, X, TRANSPOSED, X, AS_IT_IS);
    for (size_t i = 0; i < G.rows; i++)
        for (size_t j = 0; j < G.cols; j++)
            at(G, i, j) /= count;
    return G;
}

/* The table of second derivatives of the loss.  The caller frees it. */
static matrix hessian(matrix X)
{
    matrix X1 = with_ones(X);
    matrix H = gram(X1, X.rows);
    matrix_free(&X1);
    return H;
}

/* The largest and the smallest eigenvalue of H: multiply any vector by H
 * (or by its inverse) again and again, and watch how much longer it gets.
 */
static void curvatures(matrix H, real *largest, real *smallest)
{
    matrix L = matrix_new(H.rows, H.rows);
    matrix v = matrix_new(H.rows, 1), Hv = matrix_new(H.rows, 1);
    bool solvable = linreg_cholesky(L, H);

    for (int inverse = 0; inverse <= 1; inverse++) {
        real length = 1;
        for (size_t j = 0; j < v.rows; j++)
            at(v, j, 0) = 1 / (1.0 + j);
        for (int turn = 0; turn < 2000; turn++) {
            for (size_t j = 0; j < v.rows; j++)
                at(v, j, 0) /= length;
            if (!inverse)
                matrix_product(Hv, H, AS_IT_IS, v, AS_IT_IS);
            else if (solvable)
                linreg_cholesky_solve(Hv, L, v);
            real square = 0;
            for (size_t j = 0; j < v.rows; j++) {
                at(v, j, 0) = at(Hv, j, 0);
                square += at(v, j, 0) * at(v, j, 0);
            }
            length = sqrt(square);
        }
        *(inverse ? smallest : largest) = inverse ? 1 / length : length;
    }
    matrix_free(&L);
    matrix_free(&v);
    matrix_free(&Hv);
}

/* The ellipse on which the loss of a model of one feature is excess above
 * the least: theta = best + sqrt(2 excess) L^-T (cos t, sin t), where L is
 * the Cholesky factor of the Hessian. */
static void print_contour(examples data, linreg bottom, real excess)
{
    matrix H = hessian(data.X), L = matrix_new(2, 2);
    if (!linreg_cholesky(L, H)) {
        fprintf(stderr, "demo: no contour of a flat valley\n");
        exit(1);
    }
    for (int k = 0; k <= 120; k++) {
        real t = k * acos(-1) / 60, r = sqrt(2 * excess);
        real w = r * sin(t) / at(L, 1, 1);
        real b = (r * cos(t) - at(L, 1, 0) * w) / at(L, 0, 0);
        printf("%.5f\t%.5f\n", at(bottom.w, 0, 0) + w, bottom.b + b);
    }
    printf("\n\n");
    matrix_free(&H);
    matrix_free(&L);
}

static void print_path(examples data, linreg model, size_t steps, real rate)
{
    for (size_t step = 0; step <= steps; step++) {
        printf("%.5f\t%.5f\n", at(model.w, 0, 0), model.b);
        walk(&model, data, 1, rate, 0);
    }
    printf("\n\n");
}

/* ---- The cars ---- */

static void show_fit(void)
{
    examples data = cars();
    linreg model = best(data);

    printf("# speed\tdistance\tpredicted\n");
    for (size_t i = 0; i < data.X.rows; i++) {
        real x = at(data.X, i, 0);
        printf("%g\t%g\t%.4f\n", x, at(data.y, i, 0),
               at(model.w, 0, 0) * x + model.b);
    }
    linreg_free(&model);
    examples_free(&data);
}

static void show_line(void)
{
    examples data = cars();
    linreg model = best(data);
    matrix yhat = matrix_new(3, 1);
    linreg_predict(yhat, model, MATRIX(3, 1, 4, 21, 60));

    printf("#      w\t       b\t     R^2\t    at 4\t   at 21\t   at 60\n");
    printf("%8.2f\t%8.2f\t%8.2f\t%8.1f\t%8.1f\t%8.1f\n", at(model.w, 0, 0),
           model.b, r_squared_of(model, data), at(yhat, 0, 0),
           at(yhat, 1, 0), at(yhat, 2, 0));
    matrix_free(&yhat);
    linreg_free(&model);
    examples_free(&data);
}

/* The square of the speed as a second feature. */
static void show_curve(void)
{
    examples data = cars();
    matrix X = matrix_new(data.X.rows, 2);
    for (size_t i = 0; i < X.rows; i++) {
        at(X, i, 0) = at(data.X, i, 0);
        at(X, i, 1) = at(data.X, i, 0) * at(data.X, i, 0);
    }
    examples both = { .X = X, .y = data.y };
    linreg line = best(data), curve = best(both);
    printf("# features    \tR^2     \n");
    printf("speed         \t%8.4f\n", r_squared_of(line, data));
    printf("speed, speed^2\t%8.4f\n", r_squared_of(curve, both));
    linreg_free(&line);
    linreg_free(&curve);
    matrix_free(&X);
    examples_free(&data);
}

/* ---- Three ways to predict ---- */

static void predict_by_loops(matrix yhat, linreg model, matrix X)
{
    for (size_t i = 0; i < X.rows; i++) {
        at(yhat, i, 0) = model.b;
        for (size_t j = 0; j < X.cols; j++)
            at(yhat, i, 0) += at(X, i, j) * at(model.w, j, 0);
    }
}

static real sum_of_products(size_t n, const real *a, const real *b)
{
    real sum = 0;
    for (size_t j = 0; j < n; j++)
        sum += a[j] * b[j];
    return sum;
}

static void predict_by_dots(matrix yhat, linreg model, matrix X)
{
    for (size_t i = 0; i < X.rows; i++)
        at(yhat, i, 0) =
            sum_of_products(X.cols, &at(X, i, 0), model.w.data) + model.b;
}

typedef struct {
    const char *name;
    void (*predict)(matrix yhat, linreg model, matrix X);
} way;

static const way ways[] = { { "loops", predict_by_loops },
                            { "dots", predict_by_dots },
                            { "product", linreg_predict } };

enum { WAYS = sizeof ways / sizeof *ways };

/* Many random examples and a random model; both are the caller's to free.
 */
static matrix random_model(linreg *model, size_t N, size_t n)
{
    random_state state = random_seed(1805);
    matrix X = matrix_new(N, n);
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < n; j++)
            at(X, i, j) = random_normal(&state);
    *model = linreg_new(n);
    for (size_t j = 0; j < n; j++)
        at(model->w, j, 0) = random_normal(&state);
    model->b = random_normal(&state);
    return X;
}

static void show_ways(void)
{
    linreg model;
    matrix X = random_model(&model, 1000, 50);
    matrix first = matrix_new(X.rows, 1), yhat = matrix_new(X.rows, 1);
    predict_by_loops(first, model, X);

    printf("# way   \tpredictions\tall within 1e-12 of the first way\n");
    for (size_t k = 0; k < WAYS; k++) {
        size_t same = 0;
        ways[k].predict(yhat, model, X);
        for (size_t i = 0; i < X.rows; i++)
            same += fabs(at(yhat, i, 0) - at(first, i, 0)) <= 1e-12;
        printf("%-8s\t%11zu\t%s\n", ways[k].name, X.rows,
               same == X.rows ? "yes" : "no");
    }
    matrix_free(&first);
    matrix_free(&yhat);
    matrix_free(&X);
    linreg_free(&model);
}

static void show_timing(void)
{
    linreg model;
    matrix X = random_model(&model, 4000, 200);
    matrix yhat = matrix_new(X.rows, 1);
    double loops = 0;

    printf("# way   \tms      \tloops = 1\n");
    for (size_t k = 0; k < WAYS; k++) {
        double fastest = 1e9;
        for (int turn = 0; turn < 25; turn++) {
            clock_t start = clock();
            ways[k].predict(yhat, model, X);
            double ms = 1e3 * (double)(clock() - start) / CLOCKS_PER_SEC;
            if (ms < fastest)
                fastest = ms;
        }
        if (k == 0)
            loops = fastest;
        printf("%-8s\t%8.3f\t%9.2f\n", ways[k].name, fastest,
               fastest / loops);
    }
    matrix_free(&yhat);
    matrix_free(&X);
    linreg_free(&model);
}

/* ---- Losses ---- */

/* A mistake: errors of both signs cancel. */
static real mean_difference(matrix yhat, matrix y)
{
    real sum = 0;
    for (size_t i = 0; i < y.rows; i++)
        sum += at(yhat, i, 0) - at(y, i, 0);
    return sum / y.rows;
}

/* Two models of the cars, asked by every measure.  The first is a tilted
 * line through the means: its errors cancel, and they are large. */
static void show_cancel(void)
{
    examples data = cars();
    linreg wrong = linreg_new(1), right = best(data);
    matrix yhat = matrix_new(data.X.rows, 1);
    at(wrong.w, 0, 0) = -5;
    wrong.b = 42.98 + 5 * 15.4;

    printf("#     w\t      b\t mean e\tmean|e|\t      L\n");
    const linreg models[] = { wrong, right };
    for (int k = 0; k < 2; k++) {
        linreg_predict(yhat, models[k], data.X);
        printf("%7.2f\t%7.2f\t%7.2f\t%7.2f\t%7.2f\n", at(models[k].w, 0, 0),
               models[k].b, fabs(mean_difference(yhat, data.y)),
               linreg_mae(yhat, data.y), linreg_half_mse(yhat, data.y));
    }
    matrix_free(&yhat);
    linreg_free(&wrong);
    linreg_free(&right);
    examples_free(&data);
}

/* Each loss of a single error, straight from your functions. */
static void show_losses(void)
{
    printf("# e\tmae\thalf_mse\thuber\n");
    for (int k = -50; k <= 50; k++) {
        matrix e = MATRIX(1, 1, k / 10.0), zero = MATRIX(1, 1, 0);
        printf("%.1f\t%.4f\t%.4f\t%.4f\n", k / 10.0, linreg_mae(e, zero),
               linreg_half_mse(e, zero), linreg_huber(e, zero, 1));
    }
}

/* The line of least absolute error: one of the best passes through two of
 * the points, so it is enough to try all pairs. */
static linreg best_by_mae(examples data)
{
    linreg model = linreg_new(1), winner = linreg_new(1);
    matrix yhat = matrix_new(data.X.rows, 1);
    real least = INFINITY;
    for (size_t i = 0; i < data.X.rows; i++)
        for (size_t k = 0; k < i; k++) {
            real dx = at(data.X, i, 0) - at(data.X, k, 0);
            if (dx == 0)
                continue;
            real w = (at(data.y, i, 0) - at(data.y, k, 0)) / dx;
            at(model.w, 0, 0) = w;
            model.b = at(data.y, i, 0) - w * at(data.X, i, 0);
            linreg_predict(yhat, model, data.X);
            real mae = linreg_mae(yhat, data.y);
            if (mae < least) {
                least = mae;
                at(winner.w, 0, 0) = w;
                winner.b = model.b;
            }
        }
    matrix_free(&yhat);
    linreg_free(&model);
    return winner;
}

/* The line of least Huber loss, by walking.  The slope of h is the error,
 * cut off at delta, and nothing else changes. */
static linreg best_by_huber(examples data, real delta)
{
    matrix Z = matrix_copy(data.X), yhat = matrix_new(data.X.rows, 1);
    matrix mean = matrix_new(1, 1), deviation = matrix_new(1, 1);
    linreg model = linreg_new(1), grad = linreg_new(1);
    standardise(Z, mean, deviation);

    for (int step = 0; step < 5000; step++) {
        linreg_predict(yhat, model, Z);
        at(grad.w, 0, 0) = grad.b = 0;
        for (size_t i = 0; i < Z.rows; i++) {
            real e = at(yhat, i, 0) - at(data.y, i, 0);
            e = fmax(-delta, fmin(delta, e));
            at(grad.w, 0, 0) += e * at(Z, i, 0) / Z.rows;
            grad.b += e / Z.rows;
        }
        linreg_step(&model, grad, 1);
    }
    at(model.w, 0, 0) /= at(deviation, 0, 0);
    model.b -= at(model.w, 0, 0) * at(mean, 0, 0);

    matrix_free(&Z);
    matrix_free(&yhat);
    matrix_free(&mean);
    matrix_free(&deviation);
    linreg_free(&grad);
    return model;
}

enum { SQUARED, HUBER, ABSOLUTE, LOSSES };
static const char *const loss_names[] = { "squared", "Huber", "absolute" };

static linreg best_by(int loss, examples data)
{
    return loss == SQUARED ? best(data)
           : loss == HUBER ? best_by_huber(data, 20)
                           : best_by_mae(data);
}

static void show_lines(void)
{
    examples clean = cars(), slip = cars_with_slip();
    printf("# loss  \t       w\t       b\t  w slip\t  b slip\n");
    for (int k = 0; k < LOSSES; k++) {
        linreg before = best_by(k, clean), after = best_by(k, slip);
        printf("%-8s\t%8.2f\t%8.2f\t%8.2f\t%8.2f\n", loss_names[k],
               at(before.w, 0, 0), before.b, at(after.w, 0, 0), after.b);
        linreg_free(&before);
        linreg_free(&after);
    }
    examples_free(&clean);
    examples_free(&slip);
}

static void show_outlier(void)
{
    examples clean = cars(), slip = cars_with_slip();
    printf("# speed\tdistance\n");
    for (size_t i = 0; i < clean.X.rows; i++)
        printf("%g\t%g\n", at(clean.X, i, 0), at(clean.y, i, 0));
    for (int k = 0; k < LOSSES; k++) {
        linreg model = best_by(k, slip);
        printf("\n\n");
        for (int x = 4; x <= 25; x += 21)
            printf("%d\t%.4f\n", x, at(model.w, 0, 0) * x + model.b);
        linreg_free(&model);
    }
    examples_free(&clean);
    examples_free(&slip);
}

/* ---- The worked example ---- */

static void show_worked(void)
{
    examples data = worked_example();
    linreg model = worked_start();
    matrix yhat = matrix_new(4, 1);
    real sum_e = 0, sum_square = 0, sum_ex = 0;
    linreg_predict(yhat, model, data.X);

    printf("#   x  \t      y\t   yhat\t      e\t    e^2\t  e * x\n");
    for (size_t i = 0; i < 4; i++) {
        real x = at(data.X, i, 0), e = at(yhat, i, 0) - at(data.y, i, 0);
        printf("%7g\t%7g\t%7g\t%7g\t%7g\t%7g\n", x, at(data.y, i, 0),
               at(yhat, i, 0), e, e * e, e * x);
        sum_e += e;
        sum_square += e * e;
        sum_ex += e * x;
    }
    printf("    sum\t       \t       \t%7g\t%7g\t%7g\n", sum_e, sum_square,
           sum_ex);
    printf("   mean\t       \t       \t%7g\t%7g\t%7g\n", sum_e / 4,
           sum_square / 4, sum_ex / 4);
    matrix_free(&yhat);
    linreg_free(&model);
    examples_free(&data);
}

/* What the loss does when a knob is turned by a hair. */
static void show_hair(void)
{
    examples data = worked_example();
    linreg model = worked_start();
    const real hair = 0.01, before = loss_of(model, data);

    printf("# knob  \t  before\t   after\t   slope\n");
    for (int k = 0; k < 2; k++) {
        real *knob = k == 0 ? &at(model.w, 0, 0) : &model.b;
        *knob += hair;
        real after = loss_of(model, data);
        *knob -= hair;
        printf("%-8s\t%8.3f\t%8.3f\t%8.1f\n", k == 0 ? "w" : "b", before,
               after, (after - before) / hair);
    }
    linreg_free(&model);
    examples_free(&data);
}

/* The slopes by linreg_gradient, and by changing a knob by a little. */
static void show_gradient(void)
{
    examples data = worked_example();
    linreg model = worked_start(), grad = linreg_new(1);
    linreg_gradient(&grad, model, data.X, data.y);
    const real h = 1e-4;

    printf("# knob  \tgradient\tmeasured\n");
    for (int k = 0; k < 2; k++) {
        real *knob = k == 0 ? &at(model.w, 0, 0) : &model.b, kept = *knob;
        *knob = kept + h;
        real above = loss_of(model, data);
        *knob = kept - h;
        real below = loss_of(model, data);
        *knob = kept;
        printf("%-8s\t%8.4f\t%8.4f\n", k == 0 ? "w" : "b",
               k == 0 ? at(grad.w, 0, 0) : grad.b,
               (above - below) / (2 * h));
    }
    linreg_free(&model);
    linreg_free(&grad);
    examples_free(&data);
}

static void print_model(size_t step, linreg model, examples data)
{
    printf("%7zu\t%7.4f\t%7.4f\t%8.4f\n", step, at(model.w, 0, 0), model.b,
           loss_of(model, data));
}

static void show_step(void)
{
    examples data = worked_example();
    linreg model = worked_start();
    printf("#  step\t      w\t      b\t    loss\n");
    print_model(0, model, data);
    walk(&model, data, 1, 0.01, 0);
    print_model(1, model, data);
    linreg_free(&model);
    examples_free(&data);
}

/* A mistake: plus where a minus belongs. */
static void show_climb(void)
{
    examples data = worked_example();
    linreg model = worked_start();
    printf("#  step\t      w\t      b\t    loss\n");
    for (size_t step = 0; step <= 5; step++) {
        print_model(step, model, data);
        walk(&model, data, 1, -0.01, 0);
    }
    linreg_free(&model);
    examples_free(&data);
}

static void show_walk(void)
{
    static const size_t stations[] = { 0, 1, 2, 5, 10, 100, 1000, 10000 };
    examples data = worked_example();
    linreg model = worked_start(), bottom = best(data);
    size_t step = 0;

    printf("#  step\t      w\t      b\t    loss\n");
    for (size_t k = 0; k < sizeof stations / sizeof *stations; k++) {
        walk(&model, data, stations[k] - step, 0.01, 0);
        step = stations[k];
        print_model(step, model, data);
    }
    printf("   best\t%7.4f\t%7.4f\t%8.4f\n", at(bottom.w, 0, 0), bottom.b,
           loss_of(bottom, data));
    linreg_free(&model);
    linreg_free(&bottom);
    examples_free(&data);
}

/* Down x^2, whose slope is 2 x, from x = 1. */
static void show_square(void)
{
    static const real rates[] = { 0.1, 0.5, 1, 1.1 };
    printf("#  rate\t  start\t      1\t      2\t      3\t     20\n");
    for (size_t k = 0; k < sizeof rates / sizeof *rates; k++) {
        real x = 1;
        printf("%7.1f\t%7.4f", rates[k], x);
        for (int step = 1; step <= 20; step++) {
            x -= rates[k] * 2 * x;
            if (step <= 3 || step == 20)
                printf("\t%7.4f", x);
        }
        printf("\n");
    }
}

static void show_rates(void)
{
    static const real rates[] = { 0.002, 0.1, 0.112 };
    enum { STEPS = 60 };
    examples data = worked_example();
    for (size_t k = 0; k < sizeof rates / sizeof *rates; k++) {
        linreg model = worked_start();
        matrix losses = matrix_new(STEPS, 1);
        printf("# step\tloss at rate %g\n", rates[k]);
        printf("0\t%.6g\n", loss_of(model, data));
        linreg_fit(&model, losses, data.X, data.y, rates[k], 0);
        for (size_t step = 0; step < STEPS; step++)
            printf("%zu\t%.6g\n", step + 1, at(losses, step, 0));
        printf("\n\n");
        matrix_free(&losses);
        linreg_free(&model);
    }
    examples_free(&data);
}

/* Knobs: the learning rate, and w and b where the walk starts. */
void touch_surface(const double *knob)
{
    enum { STEPS = 400 };
    examples data = worked_example();
    linreg model = worked_start();
    at(model.w, 0, 0) = knob[1];
    model.b = knob[2];
    matrix yhat = matrix_new(data.X.rows, 1);
    real loss = 0;
    size_t step = 0;

    touch_curve(TOUCH_JOINED + 2);
    for (; step <= STEPS; step++) {
        linreg_predict(yhat, model, data.X);
        loss = linreg_half_mse(yhat, data.y);
        touch_point(at(model.w, 0, 0), model.b);
        if (step == STEPS || !(loss < 1e6))
            break;
        walk(&model, data, 1, knob[0], 0);
    }
    touch_number(!(loss < 1e6)); /* which sentence */
    touch_number(step);
    touch_number(at(model.w, 0, 0));
    touch_number(model.b);
    touch_number(loss);
    matrix_free(&yhat);
    linreg_free(&model);
    examples_free(&data);
}

static void show_surface(void)
{
    examples data = worked_example();
    linreg bottom = best(data), start = worked_start();
    printf("# w\tb\n");
    for (real excess = 0.25; excess < 100; excess *= 4)
        print_contour(data, bottom, excess);
    print_path(data, start, 400, 0.03);
    printf("%.5f\t%.5f\n", at(bottom.w, 0, 0), bottom.b);
    linreg_free(&bottom);
    linreg_free(&start);
    examples_free(&data);
}

/* ---- How fast may one walk? ---- */

static void show_curvature(void)
{
    examples data = worked_example();
    matrix H = hessian(data.X);
    real largest = 0, smallest = 0;
    curvatures(H, &largest, &smallest);
    printf("#    max\t     min\t 2 / max\t 2 / sum\n");
    printf("%8.4f\t%8.4f\t%8.4f\t%8.4f\n", largest, smallest, 2 / largest,
           2 / (at(H, 0, 0) + at(H, 1, 1)));
    matrix_free(&H);
    examples_free(&data);
}

static void show_edge(void)
{
    static const real rates[] = { 0.1066, 0.1077, 0.1079, 0.109 };
    static const size_t stations[] = { 10, 100, 1000 };
    examples data = worked_example();
    printf("#   rate\tafter 10\t     100\t    1000\n");
    for (size_t k = 0; k < sizeof rates / sizeof *rates; k++) {
        linreg model = worked_start();
        size_t step = 0;
        printf("%8.4f", rates[k]);
        for (size_t s = 0; s < sizeof stations / sizeof *stations; s++) {
            walk(&model, data, stations[s] - step, rates[k], 0);
            step = stations[s];
            printf("\t%8.3g", loss_of(model, data));
        }
        printf("\n");
        linreg_free(&model);
    }
    examples_free(&data);
}

static void show_bound(void)
{
    examples data = worked_example();
    linreg bottom = best(data);
    real least = loss_of(bottom, data);
    printf("# rate\tloss above the least after 100 steps\n");
    for (int k = 1; k <= 120; k++) {
        linreg model = worked_start();
        walk(&model, data, 100, k / 1000.0, 0);
        printf("%.3f\t%.6g\n", k / 1000.0, loss_of(model, data) - least);
        linreg_free(&model);
    }
    linreg_free(&bottom);
    examples_free(&data);
}

static void show_stop(void)
{
    static const real tolerances[] = { 1e-1, 1e-2, 1e-4, 1e-6, 1e-8 };
    examples data = worked_example();
    linreg bottom = best(data);
    printf("# tolerance\t   steps\tw off by\tb off by\n");
    for (size_t k = 0; k < sizeof tolerances / sizeof *tolerances; k++) {
        linreg model = worked_start();
        size_t steps = walk(&model, data, 10000, 0.1, tolerances[k]);
        printf("%11g\t%8zu\t%8.1e\t%8.1e\n", tolerances[k], steps,
               fabs(at(model.w, 0, 0) - at(bottom.w, 0, 0)),
               fabs(model.b - bottom.b));
        linreg_free(&model);
    }
    linreg_free(&bottom);
    examples_free(&data);
}

/* ---- Scaling ---- */

static void print_scaling(const char *name, examples data)
{
    enum { PATIENCE = 100000 };
    matrix H = hessian(data.X);
    linreg model = linreg_new(data.X.cols);
    real largest = 0, smallest = 0;
    curvatures(H, &largest, &smallest);

    /* the rate that shrinks the slowest and the fastest direction alike */
    real rate = 2 / (largest + smallest);
    size_t steps = walk(&model, data, PATIENCE, rate, 1e-6);
    printf("%-19s\t%8.3g\t%8.3g\t%8.3g\t%s%zu\n", name, largest, smallest,
           largest / smallest, steps == PATIENCE ? "> " : "", steps);
    matrix_free(&H);
    linreg_free(&model);
}

static void show_scaling(void)
{
    examples data[] = { cars(), cars(), motor(), motor() };
    static const char *const names[] = { "cars, as it is",
                                         "cars, standardised",
                                         "motor, as it is",
                                         "motor, standardised" };
    printf("# data              \t     max\t     min\t   ratio\tsteps\n");
    for (int k = 0; k < 4; k++) {
        if (k % 2)
            standardised(&data[k]);
        print_scaling(names[k], data[k]);
        examples_free(&data[k]);
    }
}

static void show_valleys(void)
{
    printf("# w\tb\n");
    for (int scaled = 0; scaled <= 1; scaled++) {
        examples data = cars();
        if (scaled)
            standardised(&data);
        linreg bottom = best(data), start = linreg_new(1);
        for (real excess = 50; excess < 2000; excess *= 4)
            print_contour(data, bottom, excess);
        print_path(data, start, scaled ? 12 : 60, scaled ? 0.3 : 0.007);
        linreg_free(&bottom);
        linreg_free(&start);
        examples_free(&data);
    }
}

/* ---- In closed form ---- */

static void show_cholesky(void)
{
    matrix A = MATRIX(3, 3, 4, 2, -2, 2, 5, 5, -2, 5, 11);
    matrix L = matrix_new(3, 3), x = matrix_new(3, 1);
    bool solvable = linreg_cholesky(L, A);
    if (solvable)
        linreg_cholesky_solve(x, L, MATRIX(3, 1, 10, 7, -3));
    printf("#     L\t       \t       \t      x\n");
    for (size_t i = 0; i < 3; i++)
        printf("%7g\t%7g\t%7g\t%7g\n", at(L, i, 0), at(L, i, 1),
               at(L, i, 2), at(x, i, 0));
    matrix_free(&L);
    matrix_free(&x);
}

/* A second feature that the first determines: km/h beside mph. */
static void show_twins(void)
{
    examples data = cars();
    matrix twice = matrix_new(data.X.rows, 2);
    linreg model = linreg_new(2);
    for (size_t i = 0; i < twice.rows; i++) {
        at(twice, i, 0) = at(data.X, i, 0);
        at(twice, i, 1) = at(data.X, i, 0) * 1.609344;
    }
    printf("# linreg_fit_normal returns\n%s\n",
           linreg_fit_normal(&model, twice, data.y) ? "true" : "false");
    matrix_free(&twice);
    linreg_free(&model);
    examples_free(&data);
}

/* How many decimal digits of got are those of want. */
static real digits(real got, real want)
{
    real error = fabs(got - want) / fabs(want);
    return error > 1e-16 ? -log10(error) : 16;
}

/* NIST's certified values: weights in the order of the file, then b. */
static const real norris_certified[] = { 1.00211681802045,
                                         -0.262323073774029 };
static const real longley_certified[] = {
    15.0618722713733,  -0.0358191792925910, -2.02022980381683,
    -1.03322686717359, -0.0511041056535807, 1829.15146461355,
    -3482258.63459582,
};

static real worst_digits(linreg model, const real *certified)
{
    size_t n = model.w.rows;
    real worst = digits(model.b, certified[n]);
    for (size_t j = 0; j < n; j++)
        worst = fmin(worst, digits(at(model.w, j, 0), certified[j]));
    return worst;
}

/* A mistake: the normal equations of X with its column of ones, as most
 * textbooks print them. */
static linreg fit_uncentred(examples data)
{
    size_t n = data.X.cols;
    matrix X1 = with_ones(data.X), A1 = gram(X1, 1);
    matrix c1 = matrix_new(n + 1, 1), theta = matrix_new(n + 1, 1);
    matrix L = matrix_new(n + 1, n + 1);
    linreg model = linreg_new(n);

    matrix_product(c1, X1, TRANSPOSED, data.y, AS_IT_IS);
    if (linreg_cholesky(L, A1))
        linreg_cholesky_solve(theta, L, c1);
    model.b = at(theta, 0, 0);
    for (size_t j = 0; j < n; j++)
        at(model.w, j, 0) = at(theta, j + 1, 0);

    matrix *owned[] = { &X1, &A1, &c1, &theta, &L };
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++)
        matrix_free(owned[k]);
    return model;
}

/* The condition number of the columns of X, each scaled to length 1. */
static real condition(matrix X)
{
    matrix G = gram(X, 1);
    real largest = 0, smallest = 0;
    matrix size = matrix_new(G.rows, 1);
    for (size_t i = 0; i < G.rows; i++)
        at(size, i, 0) = sqrt(at(G, i, i));
    for (size_t i = 0; i < G.rows; i++)
        for (size_t j = 0; j < G.cols; j++)
            at(G, i, j) /= at(size, i, 0) * at(size, j, 0);
    curvatures(G, &largest, &smallest);
    matrix_free(&G);
    matrix_free(&size);
    return sqrt(largest / smallest);
}

/* Rounding differs from machine to machine by a digit or so: tell only the
 * rung that all of them reach. */
static int at_least(real found)
{
    return found >= 10 ? 10 : found >= 6 ? 6 : found >= 3 ? 3 : 0;
}

static void show_longley(void)
{
    examples data = examples_from_csv("datasets/longley.csv", "employed");
    linreg model = best(data), uncentred = fit_uncentred(data);
    matrix X1 = with_ones(data.X), Z = matrix_copy(data.X);
    matrix mean = matrix_new(Z.cols, 1), deviation = matrix_new(Z.cols, 1);
    standardise(Z, mean, deviation);
    real raw = condition(X1), centred = condition(Z);

    printf("# columns \tcondition\tsquared \tdigits right, at least\n");
    printf("%-10s\t%9.3g\t%8.2g\t%d\n", "as they are", raw, raw * raw,
           at_least(worst_digits(uncentred, longley_certified)));
    printf("%-10s\t%9.3g\t%8.2g\t%d\n", "centred   ", centred,
           centred * centred,
           at_least(worst_digits(model, longley_certified)));

    matrix *owned[] = { &X1, &Z, &mean, &deviation };
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++)
        matrix_free(owned[k]);
    linreg_free(&model);
    linreg_free(&uncentred);
    examples_free(&data);
}

/* ---- How good is it? ---- */

static void show_motor(void)
{
    static const char *const names[] = { "displacement", "horsepower",
                                         "weight", "quarter_mile" };
    examples data = motor();
    matrix mean = matrix_new(4, 1), deviation = matrix_new(4, 1);
    linreg raw = best(data);
    real r_squared = r_squared_of(raw, data);
    standardise(data.X, mean, deviation);
    linreg standard = best(data);

    printf("# feature   \t    mean\tdeviation\t       w\tw standard.\n");
    for (size_t j = 0; j < 4; j++)
        printf("%-12s\t%8.3f\t%9.3f\t%8.4f\t%8.3f\n", names[j],
               at(mean, j, 0), at(deviation, j, 0), at(raw.w, j, 0),
               at(standard.w, j, 0));
    printf("%-12s\t%8s\t%9s\t%8.4f\t%8.3f\n", "b", "", "", raw.b,
           standard.b);
    printf("%-12s\t%8s\t%9s\t%8.4f\n", "R^2", "", "", r_squared);
    matrix_free(&mean);
    matrix_free(&deviation);
    linreg_free(&raw);
    linreg_free(&standard);
    examples_free(&data);
}

/* Random columns beside the real ones: R^2 rises, and means nothing. */
static void show_noise(void)
{
    static const size_t extras[] = { 0, 5, 10, 20, 27 };
    examples data = motor();
    printf("# random columns\t   R^2\n");
    for (size_t k = 0; k < sizeof extras / sizeof *extras; k++) {
        random_state state = random_seed(1886);
        matrix X = matrix_new(data.X.rows, data.X.cols + extras[k]);
        for (size_t j = 0; j < X.cols; j++)
            for (size_t i = 0; i < X.rows; i++)
                at(X, i, j) = j < data.X.cols ? at(data.X, i, j)
                                              : random_normal(&state);
        examples more = { .X = X, .y = data.y };
        linreg model = best(more);
        printf("%16zu\t%.4f\n", extras[k], r_squared_of(model, more));
        linreg_free(&model);
        matrix_free(&X);
    }
    examples_free(&data);
}

/* ---- The milestone ---- */

static void show_milestone(void)
{
    examples data = motor();
    standardised(&data);
    linreg walked = linreg_new(4), closed = best(data);
    size_t steps = walk(&walked, data, 100000, 0.4, 1e-10);

    real largest = fabs(walked.b - closed.b);
    for (size_t j = 0; j < 4; j++)
        largest =
            fmax(largest, fabs(at(walked.w, j, 0) - at(closed.w, j, 0)));
    printf("#  steps\tR^2 walked\tR^2 closed\tagree to 1e-8\n");
    printf("%8zu\t%10.4f\t%10.4f\t%s\n", steps, r_squared_of(walked, data),
           r_squared_of(closed, data), largest <= 1e-8 ? "yes" : "no");
    linreg_free(&walked);
    linreg_free(&closed);
    examples_free(&data);
}

static void show_certified(void)
{
    static const char *const names[] = { "deflator",   "gnp",
                                         "unemployed", "armed_forces",
                                         "population", "year" };
    examples norris = examples_from_csv("datasets/norris.csv", "y");
    examples longley =
        examples_from_csv("datasets/longley.csv", "employed");
    linreg line = best(norris), plane = best(longley);

    printf("# Norris    \t         computed\t        certified\n");
    printf("%-12s\t%17.10g\t%17.10g\n", "x", at(line.w, 0, 0),
           norris_certified[0]);
    printf("%-12s\t%17.10g\t%17.10g\n", "b", line.b, norris_certified[1]);
    printf("# Longley   \t         computed\t        certified\n");
    for (size_t j = 0; j < 6; j++)
        printf("%-12s\t%17.10g\t%17.10g\n", names[j], at(plane.w, j, 0),
               longley_certified[j]);
    printf("%-12s\t%17.10g\t%17.10g\n", "b", plane.b, longley_certified[6]);
    printf("# digits right, at least: Norris, Longley\n%d\t%d\n",
           at_least(worst_digits(line, norris_certified)),
           at_least(worst_digits(plane, longley_certified)));
    linreg_free(&line);
    linreg_free(&plane);
    examples_free(&norris);
    examples_free(&longley);
}

/* From twenty random starts the walk arrives where the closed form is. */
static void show_claims(void)
{
    examples data = motor();
    standardised(&data);
    linreg closed = best(data);
    int agree = 0;
    for (int seed = 1; seed <= 20; seed++) {
        random_state state = random_seed(seed);
        linreg model = linreg_new(4);
        for (size_t j = 0; j < 4; j++)
            at(model.w, j, 0) = 10 * random_normal(&state);
        model.b = 10 * random_normal(&state);
        walk(&model, data, 100000, 0.4, 1e-10);
        real largest = fabs(model.b - closed.b);
        for (size_t j = 0; j < 4; j++)
            largest =
                fmax(largest, fabs(at(model.w, j, 0) - at(closed.w, j, 0)));
        agree += largest <= 1e-8;
        linreg_free(&model);
    }
    claim(agree == 20,
          "walk and closed form agree to 1e-8 from %d of 20 "
          "starts",
          agree);
    linreg_free(&closed);
    examples_free(&data);
}

/* ---- The words ---- */

static const demo_word words[] = {
    { "fit", "figure: the cars and the best line", show_fit },
    { "line", "the best line, and what it predicts", show_line },
    { "ways", "three ways to predict, compared", show_ways },
    { "timing", "how long they take on this machine", show_timing },
    { "cancel", "errors that cancel", show_cancel },
    { "losses", "figure: three losses of one error", show_losses },
    { "lines", "the best line by each loss, and after a slip", show_lines },
    { "outlier", "figure: those lines", show_outlier },
    { "worked", "the example worked by hand", show_worked },
    { "hair", "its loss after a small turn of a knob", show_hair },
    { "gradient", "its slopes, and the same measured", show_gradient },
    { "step", "one step downhill", show_step },
    { "climb", "the same with the wrong sign", show_climb },
    { "walk", "ten thousand steps", show_walk },
    { "surface", "figure: the loss as a landscape", show_surface },
    { "square", "down x^2 at four rates", show_square },
    { "rates", "figure: three learning rates", show_rates },
    { "curvature", "the curvatures of the example", show_curvature },
    { "edge", "barely below the bound, and barely above", show_edge },
    { "bound", "figure: the loss after 100 steps by rate", show_bound },
    { "stop", "what a tolerance buys", show_stop },
    { "scaling", "curvatures and steps, scaled or not", show_scaling },
    { "valleys", "figure: the same, seen from above", show_valleys },
    { "cholesky", "the system solved by hand", show_cholesky },
    { "twins", "two features that are one", show_twins },
    { "longley", "what centring saves", show_longley },
    { "curve", "R^2 with the square of the speed", show_curve },
    { "motor", "the model of fuel consumption", show_motor },
    { "noise", "R^2 with random columns", show_noise },
    { "milestone", "the walk meets the closed form", show_milestone },
    { "trace", "numbers for another program to compute", show_trace },
    { "claims", "the milestone, tried from many starts", show_claims },
    { "certified", "against NIST's certified values", show_certified },
};

static const demo_touch touches[] = {
    { "surface", touch_surface },
};

int main(int argc, char **argv)
{
    if (argc > 2)
        return demo_touched(argc, argv, touches, DEMO_WORDS(touches));
    return demo_main(argc, argv, words, DEMO_WORDS(words));
}
