/* trace.c - inputs and answers, printed so that another program can check
 *
 *     build/demo/02-logistic-regression trace |
 *         python3 chapters/02-logistic-regression/against_torch.py
 *
 * Each matrix is a line  name rows cols  and then one line per row, with
 * all 17 digits of every number.
 */
#include "show.h"

#include "demo.h"

/* Twenty steps from a random start. */
static void trace_training(random_state *state)
{
    enum { N = 37, n = 5, STEPS = 20 };
    const real rate = 0.3;
    matrix X = normal_matrix(N, n, state), y = matrix_new(N, 1);
    matrix z = matrix_new(N, 1), p = matrix_new(N, 1);
    linreg model = { normal_matrix(n, 1, state), random_normal(state) };
    linreg grad = linreg_new(n);
    for (size_t i = 0; i < N; i++)
        at(y, i, 0) = i % 5 == 0 ? random_uniform(state)
                                 : random_uniform(state) < 0.4;

    linreg_predict(z, model, X);
    logreg_predict_proba(p, model, X);
    logreg_gradient(&grad, model, X, y);
    trace("X", X);
    trace("y", y);
    trace("w", model.w);
    trace_number("b", model.b);
    trace_number("rate", rate);
    trace("p", p);
    trace_number("loss", bce_from_logits(z, y));
    trace("dw", grad.w);
    trace_number("db", grad.b);

    matrix losses = matrix_new(STEPS, 1), loss = matrix_new(1, 1);
    matrix W = matrix_new(STEPS, n), B = matrix_new(STEPS, 1);
    for (size_t t = 0; t < STEPS; t++) {
        logreg_fit(&model, loss, X, y, rate);
        at(losses, t, 0) = at(loss, 0, 0);
        at(B, t, 0) = model.b;
        for (size_t j = 0; j < n; j++)
            at(W, t, j) = at(model.w, j, 0);
    }
    trace("losses", losses);
    trace("weights", W);
    trace("biases", B);

    matrix sign = matrix_new(N, 1);
    for (size_t i = 0; i < N; i++)
        at(sign, i, 0) = random_uniform(state) < 0.5 ? -1 : 1;
    linreg_predict(z, model, X);
    trace("hinge_z", z);
    trace("hinge_y", sign);
    trace_number("hinge", hinge_loss(z, sign));

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
    trace("far_z", x);
    trace("far_y", y);
    trace("far_p", p);
    trace("far_softplus", softplus);
    trace_number("far_loss", bce_from_logits(x, y));
    trace("far_dw", grad.w);
    trace_number("far_db", grad.b);
}

void show_trace(void)
{
    random_state state = random_seed(2);
    trace_training(&state);
    trace_extremes();
}
