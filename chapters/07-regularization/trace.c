/* trace.c - numbers for another program to compute again; see
 * against_torch.py */
#include "demo.h"
#include "parts.h"

#include <stdio.h>

static void trace_penalties(random_state *state)
{
    matrix of[] = { normal_matrix(3, 4, state),
                    normal_matrix(3, 1, state) };
    blocks theta = { 2, of, true }, grad = blocks_like(theta);
    trace("W", of[0]);
    trace("b", of[1]);
    trace_number("wanted_l2", l2_penalty(theta, 0.3));
    trace_number("wanted_l1", l1_penalty(theta, 0.3));
    l2_gradient(grad, theta, 0.3);
    trace("wanted_l2_slope_W", grad.of[0]);
    trace("wanted_l2_slope_b", grad.of[1]);
    soft_threshold(theta, 0.4);
    trace("wanted_soft", of[0]);
    blocks_free(&grad);
    matrix_free(&of[0]);
    matrix_free(&of[1]);
}

static void trace_batchnorm(random_state *state)
{
    enum { STEPS = 20, N = 7, n = 3 };
    batchnorm bn = batchnorm_new(n);
    batchnorm_cache cache = { matrix_new(N, n), matrix_new(n, 1) };
    matrix Y = matrix_new(N, n), dX = matrix_new(N, n);
    matrix dgamma = matrix_new(n, 1), dbeta = matrix_new(n, 1);
    for (size_t j = 0; j < n; j++) {
        at(bn.gamma, j, 0) = random_normal(state);
        at(bn.beta, j, 0) = random_normal(state);
    }
    trace("gamma", bn.gamma);
    trace("beta", bn.beta);
    for (int t = 0; t < STEPS; t++) {
        matrix X = normal_matrix(N, n, state);
        matrix dY = normal_matrix(N, n, state);
        batchnorm_train(Y, &bn, &cache, X, 0.9);
        batchnorm_backward(dX, dgamma, dbeta, bn, cache, dY);
        char name[40];
        const struct {
            const char *what;
            matrix a;
        } all[] = { { "X", X },
                    { "dY", dY },
                    { "wanted_Y", Y },
                    { "wanted_dX", dX },
                    { "wanted_dgamma", dgamma },
                    { "wanted_dbeta", dbeta },
                    { "wanted_mean", bn.mean } };
        for (int k = 0; k < 7; k++) {
            snprintf(name, sizeof name, "%s-%d", all[k].what, t);
            trace(name, all[k].a);
        }
        batchnorm_infer(Y, bn, X);
        snprintf(name, sizeof name, "wanted_infer-%d", t);
        trace(name, Y);
        snprintf(name, sizeof name, "running_variance-%d", t);
        trace(name, bn.variance);
        matrix_free(&X);
        matrix_free(&dY);
    }
    batchnorm_free(&bn);
    matrix_free(&cache.normal);
    matrix_free(&cache.scale);
    matrix_free(&Y);
    matrix_free(&dX);
    matrix_free(&dgamma);
    matrix_free(&dbeta);
}

static void trace_dropout_and_labels(random_state *state)
{
    matrix A = normal_matrix(4, 5, state), B = matrix_new(4, 5);
    matrix M = matrix_new(4, 5), dB = normal_matrix(4, 5, state);
    matrix dA = matrix_new(4, 5);
    dropout_forward(B, M, A, 0.4, true, state);
    dropout_backward(dA, dB, M);
    trace("A", A);
    trace("M", M);
    trace("dB", dB);
    trace("wanted_B", B);
    trace("wanted_dA", dA);

    matrix y = MATRIX(4, 1, 2, 0, 4, 2), Y = matrix_new(4, 5);
    one_hot(Y, y);
    smooth_labels(Y, 0.2);
    matrix P = matrix_new(4, 5);
    softmax(P, A);
    for (size_t k = 0; k < 20; k++)
        P.data[k] = (P.data[k] - Y.data[k]) / 4;
    trace("y", y);
    trace("wanted_smooth_slope", P);
    matrix_free(&A);
    matrix_free(&B);
    matrix_free(&M);
    matrix_free(&dB);
    matrix_free(&dA);
    matrix_free(&Y);
    matrix_free(&P);
}

void show_trace(void)
{
    random_state state = random_seed(21);
    trace_penalties(&state);
    trace_batchnorm(&state);
    trace_dropout_and_labels(&state);
}
