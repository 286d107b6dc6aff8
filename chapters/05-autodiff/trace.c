/* trace.c - numbers for another program to compute again; see
 * against_torch.py */
#include "demo.h"
#include "parts.h"

#include <math.h>
#include <stdio.h>

static void record_formula(tape *t, var *results, const var *x)
{
    var product = tape_multiply(t, x[0], x[1]);
    var bent = tape_tanh(t, tape_subtract(t, product, x[2]));
    results[0] = tape_add(t, bent, tape_log(t, tape_exp(t, x[2])));
    results[1] = tape_max(t, tape_relu(t, x[0]), tape_power(t, x[1], 3));
    results[2] = tape_multiply(t, bent, bent);
}

static void dual_formula(dual *results, const dual *x)
{
    dual quotient = dual_divide(dual_sin(x[0]), dual_exp(x[1]));
    results[0] = dual_add(quotient, dual_multiply(x[1], x[2]));
    results[1] = dual_log(dual_multiply(quotient, quotient));
}

void show_trace(void)
{
    random_state state = random_seed(3);
    matrix x = matrix_new(3, 1), u = normal_matrix(3, 1, &state);
    matrix g = matrix_new(3, 1), s = matrix_new(2, 1);
    for (int k = 0; k < 3; k++)
        x.data[k] = 0.5 + random_uniform(&state);
    vjp(g, record_formula, x, u);
    jvp(s, dual_formula, x, u);
    trace("x", x);
    trace("u", u);
    trace("wanted_vjp", g);
    trace("wanted_jvp", s);

    matrix A = normal_matrix(3, 5, &state), B = normal_matrix(5, 4, &state);
    matrix b = normal_matrix(4, 1, &state), C = normal_matrix(4, 3, &state);
    matrix dA = matrix_new(3, 5), dB = matrix_new(5, 4);
    matrix db = matrix_new(4, 1), dC = matrix_new(4, 3);
    matrix y = MATRIX(3, 1, 2, 0, 3);
    graph f = { 0 };
    var a = graph_leaf(&f, A, dA), c = graph_leaf(&f, C, dC);
    var Z = graph_add_row(
        &f, graph_product(&f, a, graph_leaf(&f, B, dB), AS_IT_IS),
        graph_leaf(&f, b, db));
    var H = graph_hadamard(&f, graph_activate(&f, TANH, Z),
                           graph_transpose(&f, c));
    var D =
        graph_softmax_cross_entropy(&f, H, graph_leaf(&f, y, NO_MATRIX));
    var S =
        graph_mean(&f, graph_activate(&f, SIGMOID,
                                      graph_product(&f, a, a, TRANSPOSED)));
    var loss = graph_subtract(&f, graph_scale(&f, D, 3),
                              graph_hadamard(&f, S, graph_sum(&f, Z)));
    graph_backward(&f, loss);
    trace("A", A);
    trace("B", B);
    trace("b", b);
    trace("C", C);
    trace("y", y);
    trace("wanted_loss", f.nodes[loss].value);
    trace("wanted_dA", dA);
    trace("wanted_dB", dB);
    trace("wanted_db", db);
    trace("wanted_dC", dC);
    graph_free(&f);
    matrix all[] = { x, u, g, s, A, B, b, C, dA, dB, db, dC };
    for (int k = 0; k < 12; k++)
        matrix_free(&all[k]);
}
