/* trace.c - numbers for another program to compute again
 *
 *     build/demo/01-linear-regression trace | python3 against_torch.py
 *
 * Every block is a line "name rows cols" and then its numbers.  What is
 * called ours_... is what this chapter's functions say; the program
 * computes the same from the other blocks.
 */
#include "trace.h"

#include "demo.h"
#include "linreg.h"

void show_trace(void)
{
    enum { N = 11, FEATURES = 5, STEPS = 20 };
    random_state state = random_seed(1805);
    matrix X = normal_matrix(N, FEATURES, &state);
    matrix y = normal_matrix(N, 1, &state), yhat = matrix_new(N, 1);
    linreg model = { normal_matrix(FEATURES, 1, &state), 0.75 };
    linreg grad = linreg_new(FEATURES), best = linreg_new(FEATURES);
    matrix losses = matrix_new(STEPS, 1);

    trace("X", X);
    trace("y", y);
    trace("w", model.w);
    trace_number("b", model.b);

    linreg_predict(yhat, model, X);
    trace("ours_yhat", yhat);
    trace_number("ours_mae", linreg_mae(yhat, y));
    trace_number("ours_halfmse", linreg_half_mse(yhat, y));
    trace_number("ours_huber", linreg_huber(yhat, y, 1.25));
    linreg_gradient(&grad, model, X, y);
    trace("ours_dw", grad.w);
    trace_number("ours_db", grad.b);
    linreg_fit(&model, losses, X, y, 0.1, 0);
    trace("ours_losses", losses);
    trace("ours_w", model.w);
    trace_number("ours_b", model.b);
    linreg_fit_normal(&best, X, y);
    trace("ours_best_w", best.w);
    trace_number("ours_best_b", best.b);

    matrix *owned[] = { &X, &y, &yhat, &losses };
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++)
        matrix_free(owned[k]);
    linreg_free(&model);
    linreg_free(&grad);
    linreg_free(&best);
}
