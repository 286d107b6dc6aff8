/* trace.c - numbers for another program to compute again; see
 * against_torch.py */
#include "demo.h"
#include "parts.h"

#include <stdio.h>

enum { STEPS = 50 };

/* The slope of half the squared distance from b, bent by A: A^T (A x - b),
 * in two blocks with an A and a b each. */
static void slopes(blocks grad, blocks theta, matrix A, matrix b)
{
    for (size_t k = 0; k < theta.count; k++) {
        matrix error = matrix_new(A.rows, 1);
        matrix_product(error, A, AS_IT_IS, theta.of[k], AS_IT_IS);
        for (size_t i = 0; i < A.rows; i++)
            at(error, i, 0) -= (k + 1) * at(b, i, 0);
        matrix_product(grad.of[k], A, TRANSPOSED, error, AS_IT_IS);
        matrix_free(&error);
    }
}

void show_trace(void)
{
    random_state state = random_seed(12);
    matrix A = normal_matrix(5, 4, &state), b = normal_matrix(5, 1, &state);
    matrix start = normal_matrix(4, 1, &state);
    trace("A", A);
    trace("b", b);
    trace("start", start);
    for (optimizer which = SGD; which < OPTIMIZERS; which++) {
        matrix of[] = { matrix_copy(start), matrix_copy(start) };
        blocks theta = { .count = 2, .of = of, .borrow = true };
        blocks grad = blocks_like(theta);
        memory m = memory_new(theta);
        char name[40];
        for (int t = 1; t <= STEPS; t++) {
            slopes(grad, theta, A, b);
            optimizer_step(which, theta, &m, grad, 0.02);
            for (int k = 0; k < 2; k++) {
                snprintf(name, sizeof name, "wanted_%s-%d-%d",
                         optimizer_names[which], t, k);
                trace(name, theta.of[k]);
            }
        }
        memory_free(&m);
        blocks_free(&grad);
        matrix_free(&of[0]);
        matrix_free(&of[1]);
    }
    for (size_t t = 0; t <= 40; t++) {
        char name[40];
        snprintf(name, sizeof name, "wanted_step_decay-%zu", t);
        trace_number(name, step_decay(0.3, t, 7, 0.4));
        snprintf(name, sizeof name, "wanted_cosine-%zu", t);
        trace_number(name, cosine_warmup(0.3, t, 40, 0));
    }
    matrix_free(&A);
    matrix_free(&b);
    matrix_free(&start);
}
