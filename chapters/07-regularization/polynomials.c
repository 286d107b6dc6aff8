/* polynomials.c - curves through noisy points */
#include "demo.h"
#include "parts.h"

#include <math.h>
#include <stdio.h>

/* --- Least squares with a price on weights --- */

void ridge_fit(linreg *model, matrix X, matrix y, real lambda)
{
    size_t N = X.rows, n = X.cols;
    matrix middle = matrix_new(n, 1), A = matrix_new(n, n);
    matrix L = matrix_new(n, n), r = matrix_new(n, 1);
    real mean_y = 0;
    for (size_t i = 0; i < N; i++) {
        mean_y += at(y, i, 0) / N;
        for (size_t j = 0; j < n; j++)
            at(middle, j, 0) += at(X, i, j) / N;
    }
    /* (X^T X / N + lambda) w = X^T y / N, with X and y centred */
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < n; j++) {
            real x = at(X, i, j) - at(middle, j, 0);
            at(r, j, 0) += x * (at(y, i, 0) - mean_y) / N;
            for (size_t k = 0; k < n; k++)
                at(A, j, k) += x * (at(X, i, k) - at(middle, k, 0)) / N;
        }
    for (size_t j = 0; j < n; j++)
        at(A, j, j) += lambda;
    linreg_cholesky(L, A);
    linreg_cholesky_solve(model->w, L, r);
    model->b = mean_y;
    for (size_t j = 0; j < n; j++)
        model->b -= at(model->w, j, 0) * at(middle, j, 0);
    matrix_free(&middle);
    matrix_free(&A);
    matrix_free(&L);
    matrix_free(&r);
}

real ridge_loss(linreg model, matrix X, matrix y)
{
    matrix yhat = matrix_new(X.rows, 1);
    linreg_predict(yhat, model, X);
    real loss = linreg_half_mse(yhat, y);
    matrix_free(&yhat);
    return loss;
}

/* --- Points on a sine, with noise --- */

#define NOISE 0.3
#define NO_PRICE 1e-9 /* so that equal points do not divide by 0 */

static real truth(real x)
{
    return sin(acos(-1) * x);
}

/* Chebyshev's polynomials of degree 1 ... d: they span the same curves as
 * x, x^2, ..., x^d and are kinder to numbers. */
static void powers(matrix X, size_t i, real x)
{
    real before = 1, now = x;
    for (size_t d = 0; d < X.cols; d++) {
        at(X, i, d) = now;
        real next = 2 * x * now - before;
        before = now;
        now = next;
    }
}

static examples points(size_t count, size_t degree, random_state *state)
{
    examples data = { matrix_new(count, degree), matrix_new(count, 1) };
    for (size_t i = 0; i < count; i++) {
        real x = 2 * random_uniform(state) - 1;
        powers(data.X, i, x);
        at(data.y, i, 0) = truth(x) + NOISE * random_normal(state);
    }
    return data;
}

static real curve(linreg model, real x)
{
    matrix X = matrix_new(1, model.w.rows);
    powers(X, 0, x);
    real y = model.b;
    for (size_t d = 0; d < X.cols; d++)
        y += at(X, 0, d) * at(model.w, d, 0);
    matrix_free(&X);
    return y;
}

enum { FEW = 15 };

static linreg fitted(size_t degree, size_t count, uint64_t seed,
                     real lambda)
{
    random_state state = random_seed(seed);
    examples data = points(count, degree, &state);
    linreg model = linreg_new(degree);
    ridge_fit(&model, data.X, data.y, lambda);
    examples_free(&data);
    return model;
}

void show_fits(void)
{
    static const size_t degrees[] = { 1, 4, 13 };
    random_state state = random_seed(3);
    examples data = points(FEW, 1, &state);
    printf("# x, y\n");
    for (size_t i = 0; i < FEW; i++)
        printf("%.4f\t%.4f\n", (double)at(data.X, i, 0),
               (double)at(data.y, i, 0));
    for (int k = 0; k < 3; k++) {
        linreg model = fitted(degrees[k], FEW, 3, NO_PRICE);
        printf("\n\n# degree %zu\n", degrees[k]);
        for (int s = 0; s <= 200; s++) {
            real x = -1 + s / 100.0;
            printf("%.3f\t%.4f\n", (double)x, (double)curve(model, x));
        }
        linreg_free(&model);
    }
    printf("\n\n# where the points come from\n");
    for (int s = 0; s <= 100; s++)
        printf("%.3f\t%.4f\n", -1 + s / 50.0, (double)truth(-1 + s / 50.0));
    examples_free(&data);
}

/* Root mean square errors, on its own points and on 1,000 others. */
static void errors_at(size_t degree, uint64_t seed, real lambda, real *own,
                      real *others)
{
    random_state state = random_seed(seed);
    examples data = points(FEW, degree, &state);
    examples fresh = points(1000, degree, &state);
    linreg model = linreg_new(degree);
    ridge_fit(&model, data.X, data.y, lambda);
    *own = sqrt(2 * ridge_loss(model, data.X, data.y));
    *others = sqrt(2 * ridge_loss(model, fresh.X, fresh.y));
    linreg_free(&model);
    examples_free(&data);
    examples_free(&fresh);
}

static void errors(size_t degree, uint64_t seed, real *own, real *others)
{
    errors_at(degree, seed, NO_PRICE, own, others);
}

/* Knobs: the degree, and lambda. */
void touch_fits(const double *knob)
{
    size_t degree = knob[0] < 1 ? 1 : knob[0] > 13 ? 13 : (size_t)knob[0];
    linreg model = fitted(degree, FEW, 3, knob[1]);
    touch_curve(TOUCH_LINE + 1);
    for (int s = 0; s <= 200; s++)
        touch_point(-1 + s / 100.0, curve(model, -1 + s / 100.0));
    real own, others, longest = 0;
    errors_at(degree, 3, knob[1], &own, &others);
    for (size_t d = 0; d < degree; d++)
        longest = fmax(longest, fabs(at(model.w, d, 0)));
    touch_number(0);
    touch_number(degree);
    touch_number(knob[1]);
    touch_number(own);
    touch_number(others);
    touch_number(longest);
    linreg_free(&model);
}

void show_degrees(void)
{
    static const size_t degrees[] = { 1, 2, 3, 4, 6, 8, 10, 13 };
    printf("# degree\ton its 15 points\ton 1,000 others\n");
    for (int k = 0; k < 8; k++) {
        real own, others;
        errors(degrees[k], 3, &own, &others);
        printf("%8zu\t%16.3f\t%15.3f\n", degrees[k], (double)own,
               (double)others);
    }
}

/* What is wrong on average, and how much answers scatter, over 1,000 sets
 * of 30 points; squared, mean over -0.9 ... 0.9. */
static void split_of(size_t degree, real lambda, real *bias, real *variance)
{
    enum { SETS = 1000, PLACES = 19 };
    real sum[PLACES] = { 0 }, squares[PLACES] = { 0 };
    for (int set = 0; set < SETS; set++) {
        linreg model = fitted(degree, 30, 1000 + set, lambda);
        for (int p = 0; p < PLACES; p++) {
            real y = curve(model, -0.9 + 0.1 * p);
            sum[p] += y / SETS;
            squares[p] += y * y / SETS;
        }
        linreg_free(&model);
    }
    *bias = *variance = 0;
    for (int p = 0; p < PLACES; p++) {
        *bias += pow(sum[p] - truth(-0.9 + 0.1 * p), 2) / PLACES;
        *variance += (squares[p] - sum[p] * sum[p]) / PLACES;
    }
}

void show_split(void)
{
    static const size_t degrees[] = { 1, 3, 5, 8 };
    printf("# degree\tbias squared\tvariance\tsum\n");
    for (int k = 0; k < 4; k++) {
        real bias, variance;
        split_of(degrees[k], NO_PRICE, &bias, &variance);
        printf("%8zu\t%12.3f\t%8.3f\t%.3f\n", degrees[k], (double)bias,
               (double)variance, (double)(bias + variance));
    }
    real bias, variance;
    split_of(8, 0.01, &bias, &variance);
    printf("8, L2\t%12.3f\t%8.3f\t%.3f\n", (double)bias, (double)variance,
           (double)(bias + variance));
}

void show_luck(void)
{
    random_state state = random_seed(77);
    printf(
        "# guessers\tbest on 100 questions\tthe same on 10,000 others\n");
    for (int guessers = 1; guessers <= 10000; guessers *= 10) {
        int best = 0;
        for (int g = 0; g < guessers; g++) {
            int right = 0;
            for (int q = 0; q < 100; q++)
                right += random_below(&state, 2);
            best = right > best ? right : best;
        }
        int right = 0;
        for (int q = 0; q < 10000; q++)
            right += random_below(&state, 2);
        printf("%10d\t%20d%%\t%23.1f%%\n", guessers, best, right / 100.0);
    }
}

/* --- Choosing lambda --- */

//> learner
static real ridge_learner(matrix X, matrix y, matrix X_asked,
                          matrix y_asked, const void *settings)
{
    real lambda = *(const real *)settings;
    linreg model = linreg_new(X.cols);
    ridge_fit(&model, X, y, lambda);
    real loss = ridge_loss(model, X_asked, y_asked);
    linreg_free(&model);
    return loss;
}
//< learner

enum { LAMBDAS = 7, DEGREE = 12, MORE = 30 };
static const real lambdas[LAMBDAS] = {
    1e-7, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10
};

/* Errors by cross-validation, and the truth on 5,000 others. */
static void folds_of(uint64_t seed, real *asked, real *others)
{
    random_state state = random_seed(seed);
    examples data = points(MORE, DEGREE, &state);
    examples fresh = points(5000, DEGREE, &state);
    size_t order[MORE];
    for (size_t i = 0; i < MORE; i++)
        order[i] = i;
    shuffle(order, MORE, &state);
    matrix shift = matrix_new(DEGREE, 1), scale = matrix_new(DEGREE, 1);
    for (int k = 0; k < LAMBDAS; k++)
        asked[k] = cross_validate(ridge_learner, &lambdas[k], data.X,
                                  data.y, order, 5);
    standardize_fit(shift, scale, data.X);
    standardize_apply(data.X, shift, scale);
    standardize_apply(fresh.X, shift, scale);
    for (int k = 0; k < LAMBDAS; k++)
        others[k] =
            ridge_learner(data.X, data.y, fresh.X, fresh.y, &lambdas[k]);
    matrix_free(&shift);
    matrix_free(&scale);
    examples_free(&data);
    examples_free(&fresh);
}

void show_folds(void)
{
    real asked[LAMBDAS], others[LAMBDAS];
    folds_of(1, asked, others);
    printf("# lambda\tby 5 folds\ton 5,000 others\n");
    for (int k = 0; k < LAMBDAS; k++)
        printf("%8g\t%10.4f\t%15.4f\n", (double)lambdas[k],
               (double)asked[k], (double)others[k]);
}

void claims_of_polynomials(void)
{
    int seeds = 40, overfitted = 0, chosen = 0;
    for (int seed = 1; seed <= seeds; seed++) {
        real own4, others4, own13, others13;
        errors(4, seed, &own4, &others4);
        errors(13, seed, &own13, &others13);
        overfitted += own13 < own4 && others13 > others4;

        real asked[LAMBDAS], others[LAMBDAS];
        folds_of(seed, asked, others);
        int pick = 0;
        for (int k = 1; k < LAMBDAS; k++)
            if (asked[k] < asked[pick])
                pick = k;
        chosen += others[pick] <= others[0];
    }
    claim(
        overfitted == seeds,
        "degree 13 is nearer to its points and farther from others, %d of "
        "%d",
        overfitted, seeds);
    claim(chosen >= seeds * 9 / 10,
          "lambda by cross-validation is no worse than none, %d of %d",
          chosen, seeds);
}
