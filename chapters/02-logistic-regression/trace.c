/* trace.c - inputs and answers, printed so that another program can check
 *
 *     build/demo/02-logistic-regression trace |
 *         python3 chapters/02-logistic-regression/against_torch.py
 *
 * Each matrix is a line  name rows cols  and then one line per row, with
 * all 17 digits of every number.
 */
#include "show.h"

#include <stdio.h>

static void print_matrix(const char *name, matrix a)
{
    printf("%s %zu %zu\n", name, a.rows, a.cols);
    for (size_t i = 0; i < a.rows; i++)
        for (size_t j = 0; j < a.cols; j++)
            printf("%.17g%c", at(a, i, j), j + 1 < a.cols ? ' ' : '\n');
}

static void print_number(const char *name, real value)
{
    print_matrix(name, MATRIX(1, 1, value));
}

static matrix normal(size_t rows, size_t cols, random_state *state)
{
    matrix a = matrix_new(rows, cols);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < cols; j++)
            at(a, i, j) = random_normal(state);
    return a;
}

/* Twenty steps from a random start. */
static void trace_training(random_state *state)
{
    enum { N = 37, n = 5, STEPS = 20 };
    const real rate = 0.3;
    matrix X = normal(N, n, state), y = matrix_new(N, 1);
    matrix z = matrix_new(N, 1), p = matrix_new(N, 1);
    linreg model = { normal(n, 1, state), random_normal(state) };
    linreg grad = linreg_new(n);
    for (size_t i = 0; i < N; i++)
        at(y, i, 0) = i % 5 == 0 ? random_uniform(state)
                                 : random_uniform(state) < 0.4;

    linreg_predict(z, model, X);
    logreg_predict_proba(p, model, X);
    logreg_gradient(&grad, model, X, y);
    print_matrix("X", X);
    print_matrix("y", y);
    print_matrix("w", model.w);
    print_number("b", model.b);
    print_number("rate", rate);
    print_matrix("p", p);
    print_number("loss", bce_from_logits(z, y));
    print_matrix("dw", grad.w);
    print_number("db", grad.b);

    matrix losses = matrix_new(STEPS, 1), loss = matrix_new(1, 1);
    matrix W = matrix_new(STEPS, n), B = matrix_new(STEPS, 1);
    for (size_t t = 0; t < STEPS; t++) {
        logreg_fit(&model, loss, X, y, rate);
        at(losses, t, 0) = at(loss, 0, 0);
        at(B, t, 0) = model.b;
        for (size_t j = 0; j < n; j++)
            at(W, t, j) = at(model.w, j, 0);
    }
    print_matrix("losses", losses);
    print_matrix("weights", W);
    print_matrix("biases", B);

    matrix sign = matrix_new(N, 1);
    for (size_t i = 0; i < N; i++)
        at(sign, i, 0) = random_uniform(state) < 0.5 ? -1 : 1;
    linreg_predict(z, model, X);
    print_matrix("hinge_z", z);
    print_matrix("hinge_y", sign);
    print_number("hinge", hinge_loss(z, sign));

    matrix *owned[] = { &X,    &y, &z, &p,      &model.w, &grad.w,
                        &loss, &W, &B, &losses, &sign };
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++)
        matrix_free(owned[k]);
}

/* One feature, w = 1 and b = 0, so that x is the score. */
static void trace_extremes(void)
{
    matrix x = MATRIX(8, 1, -1e4, -800, -40, -0.5, 3, 40, 800, 1e4);
    matrix y = MATRIX(8, 1, 1, 0, 0.25, 1, 0, 1, 0, 0.75);
    matrix p = MATRIX(8, 1, 0), softplus = MATRIX(8, 1, 0);
    linreg model = { MATRIX(1, 1, 1), 0 }, grad = { MATRIX(1, 1, 0), 0 };
    for (size_t i = 0; i < x.rows; i++) {
        at(p, i, 0) = sigmoid(at(x, i, 0));
        at(softplus, i, 0) = log1p_exp(at(x, i, 0));
    }
    logreg_gradient(&grad, model, x, y);
    print_matrix("far_z", x);
    print_matrix("far_y", y);
    print_matrix("far_p", p);
    print_matrix("far_softplus", softplus);
    print_number("far_loss", bce_from_logits(x, y));
    print_matrix("far_dw", grad.w);
    print_number("far_db", grad.b);
}

void show_trace(void)
{
    random_state state = random_seed(2);
    trace_training(&state);
    trace_extremes();
}
