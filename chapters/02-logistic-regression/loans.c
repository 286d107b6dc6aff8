/* loans.c - income, debt, and two ways to draw a line */
#include "show.h"

#include "demo.h"
#include "foundations.h"

#include <math.h>
#include <stdio.h>

#define APPLICANTS 100
#define SEED 4 /* of the loans that the lesson shows */
#define GAP 0.15

//> loans
examples loans(bool separable, uint64_t seed)
{
    random_state state = random_seed(seed);
    examples data = { matrix_new(APPLICANTS, 2),
                      matrix_new(APPLICANTS, 1) };

    for (size_t i = 0; i < APPLICANTS;) {
        real income = 1 + 8 * random_uniform(&state);
        real debt = 8 * random_uniform(&state);
        real means = income - debt - 0.5;
        if (separable && fabs(means) < GAP)
            continue; /* nobody near the line */
        bool pays = separable
                        ? means > 0
                        : random_uniform(&state) < sigmoid(1.2 * means);
        at(data.X, i, 0) = income;
        at(data.X, i, 1) = debt;
        at(data.y, i, 0) = pays ? 1 : -1;
        i++;
    }
    return data;
}
//< loans

static linreg start(void)
{
    return linreg_new(2);
}

/* ---- The perceptron ---- */

void show_perceptron(void)
{
    matrix X = MATRIX(4, 2, 2, 1, 1, 3, 3, 1, 1, 2);
    matrix y = MATRIX(4, 1, 1, -1, 1, -1);
    linreg model = start();
    bool moved = true;

    printf("# pass\tx      \t y\tscore\tmoves\tw, b\n");
    for (int pass = 1; moved; pass++) {
        moved = false;
        for (size_t i = 0; i < X.rows; i++) {
            matrix x = logreg_example(X, i);
            real z = at(model.w, 0, 0) * at(x, 0, 0) +
                     at(model.w, 1, 0) * at(x, 1, 0) + model.b;
            bool moves = perceptron_step(&model, x, at(y, i, 0));
            printf("%6d\t(%g, %g) \t%2g\t%5g\t%-5s\t(%g, %g), %g\n", pass,
                   at(x, 0, 0), at(x, 1, 0), at(y, i, 0), z,
                   moves ? "yes" : "no", at(model.w, 0, 0),
                   at(model.w, 1, 0), model.b);
            moved = moved || moves;
        }
    }
    linreg_free(&model);
}

/* The most moves there can be, (R / margin)^2, for the line that made the
 * separable loans. */
static real most_moves(examples data)
{
    real margin = INFINITY, radius2 = 0;
    for (size_t i = 0; i < data.X.rows; i++) {
        real income = at(data.X, i, 0), debt = at(data.X, i, 1);
        real distance = (income - debt - 0.5) / sqrt(1 + 1 + 0.25);
        margin = fmin(margin, at(data.y, i, 0) * distance);
        radius2 = fmax(radius2, income * income + debt * debt + 1);
    }
    return radius2 / (margin * margin);
}

static real sum(matrix a, size_t rows)
{
    real total = 0;
    for (size_t i = 0; i < rows; i++)
        total += at(a, i, 0);
    return total;
}

void show_passes(void)
{
    printf("# loans     \tpasses\tmoves\tin the last pass\tright at the "
           "end\n");
    for (int separable = 1; separable >= 0; separable--) {
        examples data = loans(separable, SEED);
        linreg model = start();
        matrix mistakes = matrix_new(1000, 1);
        size_t passes = perceptron_fit(&model, mistakes, data.X, data.y);
        printf("%-12s\t%6zu\t%5g\t%16g\t%14.0f %%\n",
               separable ? "separable" : "overlapping", passes,
               sum(mistakes, passes), at(mistakes, passes - 1, 0),
               100 * share_right(model, data));
        if (separable)
            printf("no more than\t      \t%5.0f\n", most_moves(data));
        matrix_free(&mistakes);
        linreg_free(&model);
        examples_free(&data);
    }
}

void show_updates(void)
{
    for (int separable = 1; separable >= 0; separable--) {
        examples data = loans(separable, SEED);
        linreg model = start();
        int moves = 0;
        printf("# update\taccuracy, %s\n",
               separable ? "separable" : "overlapping");
        for (size_t i = 0, calm = 0; calm < APPLICANTS && moves < 200;
             i = (i + 1) % APPLICANTS) {
            bool moved = perceptron_step(&model, logreg_example(data.X, i),
                                         at(data.y, i, 0));
            calm = moved ? 0 : calm + 1;
            if (moved)
                printf("%d\t%.2f\n", ++moves, share_right(model, data));
        }
        if (separable)
            printf("200\t%.2f\n", share_right(model, data));
        printf("\n\n");
        linreg_free(&model);
        examples_free(&data);
    }
}

/* The perceptron after so many updates; returns how many it made before it
 * came to rest, and in example the last one it was pushed by. */
static int pushed(linreg *model, examples data, int updates,
                  size_t *example)
{
    int moves = 0;
    for (size_t i = 0, calm = 0; calm < APPLICANTS && moves < updates;
         i = (i + 1) % APPLICANTS) {
        bool moved = perceptron_step(model, logreg_example(data.X, i),
                                     at(data.y, i, 0));
        calm = moved ? 0 : calm + 1;
        if (moved) {
            moves++;
            *example = i;
        }
    }
    return moves;
}

/* The debt where income has the score that is asked for. */
static double debt_at(linreg model, double income, double score)
{
    return (score - model.b - at(model.w, 0, 0) * income) /
           at(model.w, 1, 0);
}

static void print_kinds(examples data)
{
    for (int label = -1; label <= 1; label += 2) {
        printf("# income\tdebt\tof label %d\n", label);
        for (size_t i = 0; i < APPLICANTS; i++)
            if (at(data.y, i, 0) == label)
                printf("%.4f\t%.4f\n", at(data.X, i, 0), at(data.X, i, 1));
        printf("\n\n");
    }
}

void show_pushes(void)
{
    examples data = loans(true, SEED);
    print_kinds(data);
    const int stops[] = { 2, 6, 30, 79 };
    for (size_t k = 0; k < sizeof stops / sizeof *stops; k++) {
        linreg model = start();
        size_t last;
        pushed(&model, data, stops[k], &last);
        printf("# income\tdebt\tthe line after %d updates\n", stops[k]);
        for (double income = 0; income <= 10; income += 10)
            printf("%g\t%.4f\n", income, debt_at(model, income, 0));
        printf("\n\n");
        linreg_free(&model);
    }
    examples_free(&data);
}

/* Knob: the updates. */
void touch_pushes(const double *knob)
{
    examples data = loans(true, SEED);
    linreg model = start();
    size_t last = 0;
    int moves = pushed(&model, data, (int)knob[0], &last);
    if (moves > 0) {
        touch_curve(TOUCH_LINE + TOUCH_INK);
        for (double income = 0; income <= 11; income += 11)
            touch_point(income, debt_at(model, income, 0));
        touch_curve(TOUCH_RINGS + TOUCH_INK);
        touch_point(at(data.X, last, 0), at(data.X, last, 1));
    }
    touch_number(moves == 0 ? 0 : moves < (int)knob[0] ? 2 : 1);
    touch_number(moves);
    touch_number(at(model.w, 0, 0));
    touch_number(at(model.w, 1, 0));
    touch_number(model.b);
    touch_number(100 * share_right(model, data));
    linreg_free(&model);
    examples_free(&data);
}

/* ---- Logistic regression on the same loans ---- */

static linreg turned(examples data, size_t steps)
{
    linreg model = start();
    at(model.w, 0, 0) = -0.5;
    at(model.w, 1, 0) = -0.5;
    model.b = 4;
    walk(&model, data, steps, 0.1);
    return model;
}

void show_turning(void)
{
    examples data = loans(false, SEED);
    print_kinds(data);
    zero_or_one(data.y);
    const size_t stops[] = { 0, 5, 20, 100, 2000 };
    for (size_t k = 0; k < sizeof stops / sizeof *stops; k++) {
        linreg model = turned(data, stops[k]);
        printf("# income\tdebt\tthe boundary after %zu steps\n", stops[k]);
        for (double income = 0; income <= 10; income += 10)
            printf("%g\t%.4f\n", income, debt_at(model, income, 0));
        printf("\n\n");
        linreg_free(&model);
    }
    examples_free(&data);
}

/* Knobs: the steps, and the threshold. */
void touch_turning(const double *knob)
{
    examples data = loans(false, SEED);
    zero_or_one(data.y);
    linreg model = turned(data, (size_t)knob[0]);
    matrix p = matrix_new(APPLICANTS, 1), yhat = matrix_new(APPLICANTS, 1);
    logreg_predict_proba(p, model, data.X);
    logreg_classify(yhat, p, knob[1]);
    counts c = confusion(yhat, data.y);

    touch_curve(TOUCH_LINE + TOUCH_INK);
    for (double income = 0; income <= 11; income += 11)
        touch_point(income,
                    debt_at(model, income, log(knob[1] / (1 - knob[1]))));
    touch_curve(TOUCH_RINGS + TOUCH_INK);
    for (size_t i = 0; i < APPLICANTS; i++)
        if (at(yhat, i, 0) != at(data.y, i, 0))
            touch_point(at(data.X, i, 0), at(data.X, i, 1));

    touch_number(0);
    touch_number((size_t)knob[0]);
    touch_number(c.true_positive);
    touch_number(c.false_positive);
    touch_number(c.false_negative);
    touch_number(c.true_negative);
    touch_number(precision(c));
    touch_number(recall(c));
    touch_number(100 * accuracy(yhat, data.y));
    matrix_free(&p);
    matrix_free(&yhat);
    linreg_free(&model);
    examples_free(&data);
}

void show_counter(void)
{
    examples data = loans(false, SEED);
    zero_or_one(data.y);
    linreg model = start();
    walk(&model, data, 2000, 0.1);
    matrix X = MATRIX(1, 2, 5, 3), p = MATRIX(1, 1, 0);
    logreg_predict_proba(p, model, X);
    printf("# income\tdebt\tprobability to pay back\n");
    printf("%8g\t%4g\t%.2f\n", at(X, 0, 0), at(X, 0, 1), at(p, 0, 0));
    linreg_free(&model);
    examples_free(&data);
}

void show_forever(void)
{
    printf("# steps\tlength of w\tloss    \tright\n");
    examples data = loans(true, SEED);
    zero_or_one(data.y);
    linreg model = start();
    size_t taken = 0;
    for (size_t steps = 100; steps <= 100000; steps *= 10) {
        walk(&model, data, steps - taken, 0.1);
        taken = steps;
        printf("%7zu\t%11.2f\t%8.5f\t%3.0f %%\n", steps,
               hypot(at(model.w, 0, 0), at(model.w, 1, 0)),
               loss_of(model, data), 100 * share_right(model, data));
    }
    linreg_free(&model);
    examples_free(&data);
}

void claim_loans(void)
{
    int arrive = 0, within = 0, never = 0, grow = 0;
    for (int seed = 1; seed <= 20; seed++) {
        examples easy = loans(true, seed), hard = loans(false, seed);
        matrix mistakes = matrix_new(2000, 1);
        linreg model = start(), other = start();
        size_t passes = perceptron_fit(&model, mistakes, easy.X, easy.y);
        arrive += at(mistakes, passes - 1, 0) == 0;
        within += sum(mistakes, passes) <= most_moves(easy);
        passes = perceptron_fit(&other, mistakes, hard.X, hard.y);
        never += passes == 2000 && at(mistakes, 1999, 0) > 0;

        zero_or_one(easy.y);
        linreg_free(&model);
        model = start();
        real length = 0;
        bool grows = true;
        for (int k = 0; k < 5; k++) {
            walk(&model, easy, 500, 0.1);
            real now = hypot(at(model.w, 0, 0), at(model.w, 1, 0));
            grows = grows && (k == 0 || now > length);
            length = now;
        }
        grow += grows;
        linreg_free(&model);
        linreg_free(&other);
        matrix_free(&mistakes);
        examples_free(&easy);
        examples_free(&hard);
    }
    claim(arrive == 20,
          "the perceptron comes to rest on %d of 20 separable sets",
          arrive);
    claim(within == 20, "with no more moves than (R/margin)^2 on %d of 20",
          within);
    claim(never == 20,
          "it never comes to rest, in 2,000 passes, on %d of 20 "
          "overlapping sets",
          never);
    claim(grow == 20,
          "on separable data the weights still grow on %d of 20", grow);
}
