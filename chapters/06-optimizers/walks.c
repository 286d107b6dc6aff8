/* walks.c - landscapes of two parameters */
#include "demo.h"
#include "parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* --- Landscapes --- */

typedef struct {
    const char *name;
    real (*height)(real x, real y);
    void (*slope)(real *dx, real *dy, real x, real y);
    real start_x, start_y, bottom; /* it is down when below bottom */
} landscape;

/* A hundred times steeper across than along, and at an angle of 30 degrees
 * to the axes. */
#define COSINE 0.86602540378443865
#define SINE 0.5

static real ravine(real x, real y)
{
    real along = COSINE * x + SINE * y, across = COSINE * y - SINE * x;
    return (along * along + 100 * across * across) / 2;
}

static void ravine_slope(real *dx, real *dy, real x, real y)
{
    real along = COSINE * x + SINE * y, across = COSINE * y - SINE * x;
    *dx = COSINE * along - SINE * 100 * across;
    *dy = SINE * along + COSINE * 100 * across;
}

/* The same along the axes. */
static real straight(real x, real y)
{
    return (x * x + 100 * y * y) / 2;
}

static void straight_slope(real *dx, real *dy, real x, real y)
{
    *dx = x;
    *dy = 100 * y;
}

/* Rosenbrock's valley along y = x^2; the bottom is at (1, 1). */
static real valley(real x, real y)
{
    return (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x);
}

static void valley_slope(real *dx, real *dy, real x, real y)
{
    *dx = -2 * (1 - x) - 400 * x * (y - x * x);
    *dy = 200 * (y - x * x);
}

static const landscape ravine_land = { "ravine", ravine, ravine_slope,
                                       -1.8,     -0.6,   1e-4 };
static const landscape straight_land = {
    "straight ravine", straight, straight_slope, -1.8, 0.5, 1e-4
};
static const landscape valley_land = { "valley", valley, valley_slope,
                                       -1.3,     1.2,    1e-3 };

/* --- Walking --- */

typedef struct {
    matrix place, slope; /* 1 x 2, as one block */
    blocks theta, grad;
    memory m;
} walker;

static walker *walker_new(real x, real y)
{
    walker *w = calloc(1, sizeof *w);
    w->place = matrix_new(1, 2);
    w->slope = matrix_new(1, 2);
    w->theta = (blocks){ .count = 1, .of = &w->place, .borrow = true };
    w->grad = (blocks){ .count = 1, .of = &w->slope, .borrow = true };
    w->m = memory_new(w->theta);
    at(w->place, 0, 0) = x;
    at(w->place, 0, 1) = y;
    return w;
}

static void walker_free(walker *w)
{
    matrix_free(&w->place);
    matrix_free(&w->slope);
    memory_free(&w->m);
    free(w);
}

#define X_OF(w) at((w)->place, 0, 0)
#define Y_OF(w) at((w)->place, 0, 1)

static void walk(walker *w, landscape land, optimizer which,
                 real learning_rate)
{
    land.slope(&at(w->slope, 0, 0), &at(w->slope, 0, 1), X_OF(w), Y_OF(w));
    optimizer_step(which, w->theta, &w->m, w->grad, learning_rate);
}

enum { TOO_MANY = 20000 };

/* Steps until the walk is at the bottom, or TOO_MANY. */
static int steps_to_bottom(landscape land, optimizer which,
                           real learning_rate, real x, real y, int most)
{
    walker *w = walker_new(x, y);
    int steps = 0;
    /* a comparison with NaN is false, so that a walk to nowhere goes on */
    while (steps < most && !(land.height(X_OF(w), Y_OF(w)) < land.bottom)) {
        walk(w, land, which, learning_rate);
        steps++;
    }
    walker_free(w);
    return steps;
}

/* --- Each with the best of many rates --- */

enum { STARTS = 21 };

static void random_start(landscape land, int seed, real *x, real *y)
{
    random_state state = random_seed(seed);
    *x = land.start_x + 0.3 * random_normal(&state);
    *y = land.start_y + 0.3 * random_normal(&state);
}

static int by_size(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

typedef struct {
    real rate;
    int steps[STARTS], median;
} tuned;

/* Half-decade steps of the rate; the least median over all starts. */
static tuned tune(landscape land, optimizer which)
{
    tuned best = { .median = TOO_MANY + 1 };
    for (int k = -16; k <= 8; k++) {
        tuned one = { .rate = pow(10, k / 4.0) };
        int sorted[STARTS];
        int most = best.median < TOO_MANY ? 3 * best.median : TOO_MANY;
        for (int s = 0; s < STARTS; s++) {
            real x, y;
            random_start(land, s + 1, &x, &y);
            one.steps[s] =
                steps_to_bottom(land, which, one.rate, x, y, most);
            sorted[s] = one.steps[s];
        }
        qsort(sorted, STARTS, sizeof *sorted, by_size);
        one.median = sorted[STARTS / 2];
        if (one.median < best.median)
            best = one;
    }
    return best;
}

void show_bottom(void)
{
    printf("# optimizer\tstraight ravine\travine\tvalley\n");
    for (optimizer which = SGD; which <= ADAM; which++) {
        printf("%-11s\t%15d\t%6d\t%6d\n", optimizer_names[which],
               tune(straight_land, which).median,
               tune(ravine_land, which).median,
               tune(valley_land, which).median);
    }
}

/* --- The race, drawn --- */

static void show_land(landscape land, real left, real right, real low,
                      real high)
{
    printf("# x, y, height of the %s\n", land.name);
    for (int i = 0; i <= 80; i++) {
        for (int j = 0; j <= 60; j++) {
            real x = left + (right - left) * i / 80;
            real y = low + (high - low) * j / 60;
            printf("%.4f\t%.4f\t%.5g\n", (double)x, (double)y,
                   (double)land.height(x, y));
        }
        printf("\n");
    }
    printf("\n");
}

static void show_walk(landscape land, optimizer which, real rate, int most)
{
    walker *w = walker_new(land.start_x, land.start_y);
    printf("# %s in the %s, rate %.3g\n", optimizer_names[which], land.name,
           (double)rate);
    for (int k = 0; k <= most; k++) {
        printf("%.5f\t%.5f\n", (double)X_OF(w), (double)Y_OF(w));
        if (land.height(X_OF(w), Y_OF(w)) < land.bottom)
            break;
        walk(w, land, which, rate);
    }
    printf("\n\n");
    walker_free(w);
}

void show_race(void)
{
    show_land(ravine_land, -2.2, 0.4, -1.4, 0.6);
    show_walk(ravine_land, SGD, 0.018, 300);
    show_walk(ravine_land, MOMENTUM, 0.004, 300);
    show_walk(ravine_land, ADAM, 0.05, 300);
    show_land(valley_land, -1.8, 1.6, -0.5, 2.3);
    show_walk(valley_land, SGD, 0.0018, 300);
    show_walk(valley_land, MOMENTUM, 0.0005, 300);
    show_walk(valley_land, ADAM, 0.1, 300);
}

/* Knobs: where in the valley all three start, and by what the rates of the
 * figure are multiplied. */
void touch_race(const double *knob)
{
    enum { STEPS = 300 };
    static const optimizer which[] = { SGD, MOMENTUM, ADAM };
    static const real rates[] = { 0.0018, 0.0005, 0.1 };
    static const int style[] = { TOUCH_JOINED + 2, TOUCH_JOINED + 1,
                                 TOUCH_JOINED + 3 };
    touch_number(0);
    for (int k = 0; k < 3; k++) {
        walker *w = walker_new(knob[0], knob[1]);
        touch_curve(style[k]);
        for (int step = 0; step <= STEPS; step++) {
            touch_point(X_OF(w), Y_OF(w));
            real height = valley(X_OF(w), Y_OF(w));
            if (height < valley_land.bottom || !(height < 1e9))
                break;
            if (step < STEPS)
                walk(w, valley_land, which[k], rates[k] * knob[2]);
        }
        touch_number(valley(X_OF(w), Y_OF(w)));
        walker_free(w);
    }
}

/* --- A saddle: down along y, up along x --- */

static real saddle(real x, real y)
{
    return (x * x - y * y) / 2 + y * y * y * y / 4;
}

static void saddle_slope(real *dx, real *dy, real x, real y)
{
    *dx = x;
    *dy = -y + y * y * y;
}

void show_saddle(void)
{
    landscape land = { "saddle", saddle, saddle_slope, 1, 1e-6, -0.249 };
    printf("# optimizer\tsteps to leave\n");
    for (optimizer which = SGD; which <= ADAM; which++)
        if (which != ADADELTA && which != ADAGRAD)
            printf("%-11s\t%14d\n", optimizer_names[which],
                   steps_to_bottom(land, which, 0.03, 1, 1e-6, TOO_MANY));
}

/* --- A cliff --- */

void show_cliff(void)
{
    printf("# step\tfree: x  \ty        \tclipped: x\ty      \n");
    walker *w = walker_new(-1.9, 0.5), *c = walker_new(-1.9, 0.5);
    for (int k = 0; k <= 3000; k++) {
        if (k <= 3)
            printf("%6d\t%9.3g\t%9.3g\t%10.3f\t%7.3f\n", k, (double)X_OF(w),
                   (double)Y_OF(w), (double)X_OF(c), (double)Y_OF(c));
        if (k == 3000) /* NaN is printed in more than one way */
            printf("%6d\t%9s\t%9s\t%10.3f\t%7.3f\n", k,
                   isnan(X_OF(w)) ? "NaN" : "?",
                   isnan(Y_OF(w)) ? "NaN" : "?", (double)X_OF(c),
                   (double)Y_OF(c));
        walk(w, valley_land, SGD, 0.002);
        valley_slope(&at(c->slope, 0, 0), &at(c->slope, 0, 1), X_OF(c),
                     Y_OF(c));
        clip_by_norm(c->grad, 10);
        sgd(c->theta, c->grad, 0.002);
    }
    walker_free(w);
    walker_free(c);
}

/* --- The second order --- */

void show_newton(void)
{
    printf("# step\tx      \ty      \theight\n");
    real x = -1.8, y = 0.5;
    for (int k = 0; k <= 1; k++) {
        printf("%6d\t%7.3f\t%7.3f\t%6.3f\n", k, (double)x, (double)y,
               (double)straight(x, y));
        real dx, dy;
        straight_slope(&dx, &dy, x, y);
        x -= dx / 1; /* the matrix of second slopes is (1, 0; 0, 100) */
        y -= dy / 100;
    }
    printf("# parameters\tsecond slopes\tmemory\n");
    static const size_t parameters[] = { 2, 33, 7510, 101770 };
    for (int k = 0; k < 4; k++) {
        double n = parameters[k], room = 8 * n * n;
        printf("%12zu\t%13.0f\t%5.1f %s\n", parameters[k], n * n,
               room < 1e3   ? room
               : room < 1e6 ? room / 1e3
               : room < 1e9 ? room / 1e6
                            : room / 1e9,
               room < 1e3   ? "bytes"
               : room < 1e6 ? "kB"
               : room < 1e9 ? "MB"
                            : "GB");
    }
}

/* Where the slope is 0, the second slopes decide; if they were drawn by
 * lot, how often would all ways lead up? */
static real all_up(size_t n, int tries)
{
    random_state state = random_seed(n);
    int up = 0;
    for (int k = 0; k < tries; k++) {
        matrix H = matrix_new(n, n), L = matrix_new(n, n);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j <= i; j++)
                at(H, i, j) = at(H, j, i) =
                    random_normal(&state) * (i == j ? sqrt(2) : 1);
        up += linreg_cholesky(L, H);
        matrix_free(&H);
        matrix_free(&L);
    }
    return (real)up / tries;
}

void show_hessians(void)
{
    printf("# parameters\tall ways lead up\n");
    for (size_t n = 1; n <= 6; n++)
        printf("%12zu\t%15.3f%%\n", n, 100 * (double)all_up(n, 100000));
}

/* --- Claims --- */

/* In how many of all starts a needs fewer than 1/times of b's steps. */
static int faster(tuned a, tuned b, int times)
{
    int count = 0;
    for (int s = 0; s < STARTS; s++)
        count += times * a.steps[s] < b.steps[s];
    return count;
}

void claims_of_walks(void)
{
    tuned plain = tune(ravine_land, SGD);
    tuned nesterovs = tune(ravine_land, NESTEROV);
    int wins = faster(nesterovs, plain, 5);
    claim(wins == STARTS,
          "the ravine: Nesterov needs less than a fifth of sgd's steps, %d "
          "of %d",
          wins, STARTS);
    wins = faster(tune(ravine_land, MOMENTUM), plain, 2);
    claim(wins == STARTS,
          "the ravine: momentum needs less than half of them, %d of %d",
          wins, STARTS);

    tuned in_valley = tune(valley_land, SGD);
    wins = faster(tune(valley_land, MOMENTUM), in_valley, 1);
    int adams = faster(tune(valley_land, ADAM), in_valley, 1);
    claim(wins >= STARTS - 1 && adams >= STARTS - 1,
          "the valley: momentum beats sgd in %d, Adam in %d of %d starts",
          wins, adams, STARTS);

    wins =
        faster(tune(straight_land, ADAGRAD), tune(straight_land, SGD), 9);
    int turned = faster(tune(ravine_land, ADAGRAD), plain, 9);
    claim(wins == STARTS && turned == 0,
          "AdaGrad needs a ninth of sgd's steps along the axes, %d of %d, "
          "and %d at an angle",
          wins, STARTS, turned);
}
