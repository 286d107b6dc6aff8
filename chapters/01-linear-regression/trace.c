/* trace.c - numbers for another program to compute again
 *
 *     build/demo/01-linear-regression trace | python3 against_torch.py
 *
 * Every block is a line "name rows cols" and then its numbers.  What is
 * called ours_... is what this chapter's functions say; the program
 * computes the same from the other blocks.
 */
#include "trace.h"

#include "linreg.h"
#include "random.h"

#include <stdio.h>

static void print_block(const char *name, matrix a)
{
    printf("%s %zu %zu\n", name, a.rows, a.cols);
    for (size_t k = 0; k < a.rows * a.cols; k++)
        printf("%.17g%c", (double)a.data[k], (k + 1) % a.cols ? ' ' : '\n');
}

static void print_number(const char *name, real value)
{
    print_block(name, MATRIX(1, 1, value));
}

static matrix random_matrix(size_t rows, size_t cols, random_state *state)
{
    matrix a = matrix_new(rows, cols);
    for (size_t k = 0; k < rows * cols; k++)
        a.data[k] = random_normal(state);
    return a;
}

void show_trace(void)
{
    enum { N = 11, FEATURES = 5, STEPS = 20 };
    random_state state = random_seed(1805);
    matrix X = random_matrix(N, FEATURES, &state);
    matrix y = random_matrix(N, 1, &state), yhat = matrix_new(N, 1);
    linreg model = { random_matrix(FEATURES, 1, &state), 0.75 };
    linreg grad = linreg_new(FEATURES), best = linreg_new(FEATURES);
    matrix losses = matrix_new(STEPS, 1);

    print_block("X", X);
    print_block("y", y);
    print_block("w", model.w);
    print_number("b", model.b);

    linreg_predict(yhat, model, X);
    print_block("ours_yhat", yhat);
    print_number("ours_mae", linreg_mae(yhat, y));
    print_number("ours_halfmse", linreg_half_mse(yhat, y));
    print_number("ours_huber", linreg_huber(yhat, y, 1.25));
    linreg_gradient(&grad, model, X, y);
    print_block("ours_dw", grad.w);
    print_number("ours_db", grad.b);
    linreg_fit(&model, losses, X, y, 0.1, 0);
    print_block("ours_losses", losses);
    print_block("ours_w", model.w);
    print_number("ours_b", model.b);
    linreg_fit_normal(&best, X, y);
    print_block("ours_best_w", best.w);
    print_number("ours_best_b", best.b);

    matrix *owned[] = { &X, &y, &yhat, &losses };
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++)
        matrix_free(owned[k]);
    linreg_free(&model);
    linreg_free(&grad);
    linreg_free(&best);
}
