/* trace.c - numbers for another program to compute again
 *
 *     build/demo/03-single-layer trace | python3 against_torch.py
 *
 * Every block is a line "name rows cols" and then its numbers.  What is
 * called ours_... is what this chapter's functions say; the program
 * computes the same from the other blocks.
 */
#include "show.h"

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
        a.data[k] = 2 * random_normal(state);
    return a;
}

static matrix random_labels(size_t rows, size_t classes,
                            random_state *state)
{
    matrix y = matrix_new(rows, 1);
    for (size_t i = 0; i < rows; i++)
        at(y, i, 0) = random_below(state, classes);
    return y;
}

enum { N = 11, IN = 5, OUT = 6, TRACE_STEPS = 20 };

/* Each bend of the same scores, and its slope for the same dA. */
static void trace_bends(random_state *state)
{
    static const struct {
        const char *forward, *backward;
        void (*bend)(matrix A, matrix Z);
        void (*slope)(matrix dZ, matrix dA, matrix A);
    } bends[] = {
        { "ours_sigmoid", "ours_sigmoid_slope", sigmoid_forward,
          sigmoid_backward },
        { "ours_tanh", "ours_tanh_slope", tanh_forward, tanh_backward },
        { "ours_relu", "ours_relu_slope", relu_forward, relu_backward },
        { "ours_leaky", "ours_leaky_slope", leaky_relu_forward,
          leaky_relu_backward },
        { "ours_elu", "ours_elu_slope", elu_forward, elu_backward },
        { "ours_softmax", "ours_softmax_slope", softmax, softmax_backward }
    };
    matrix Z = random_matrix(N, OUT, state), A = matrix_new(N, OUT);
    matrix dA = random_matrix(N, OUT, state), dZ = matrix_new(N, OUT);
    print_block("Z", Z);
    print_block("dA", dA);
    for (size_t k = 0; k < sizeof bends / sizeof *bends; k++) {
        bends[k].bend(A, Z);
        bends[k].slope(dZ, dA, A);
        print_block(bends[k].forward, A);
        print_block(bends[k].backward, dZ);
    }
    step_forward(A, Z);
    print_block("ours_step", A);

    /* two units of three pieces */
    matrix largest = matrix_new(N, 2), dM = matrix_new(N, 2);
    for (size_t i = 0; i < N; i++)
        for (size_t u = 0; u < 2; u++)
            at(dM, i, u) = at(dA, i, u);
    maxout_forward(largest, Z);
    maxout_backward(dZ, dM, Z);
    print_block("dM", dM);
    print_block("ours_maxout", largest);
    print_block("ours_maxout_slope", dZ);

    matrix y = random_labels(N, OUT, state), s = matrix_new(N, 1);
    log_sum_exp(s, Z);
    softmax_cross_entropy_backward(dZ, Z, y);
    print_block("y", y);
    print_block("ours_logsumexp", s);
    print_number("ours_crossentropy", cross_entropy(Z, y));
    print_block("ours_crossentropy_slope", dZ);
    print_number("ours_hinge", hinge_multiclass(Z, y));
    one_hot(A, y);
    print_block("ours_onehot", A);
    argmax(s, Z);
    print_block("ours_argmax", s);

    matrix *owned[] = { &Z, &A, &dA, &dZ, &largest, &dM, &y, &s };
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++)
        matrix_free(owned[k]);
}

static layer random_layer(size_t n_in, size_t n_out, random_state *state)
{
    return (layer){ random_matrix(n_out, n_in, state),
                    random_matrix(n_out, 1, state) };
}

static void trace_layer(random_state *state)
{
    layer one = random_layer(IN, OUT, state), grad = layer_new(IN, OUT);
    matrix A = random_matrix(N, IN, state), Z = matrix_new(N, OUT);
    matrix dZ = random_matrix(N, OUT, state), dA = matrix_new(N, IN);
    print_block("layer_W", one.W);
    print_block("layer_b", one.b);
    print_block("layer_A", A);
    print_block("layer_dZ", dZ);
    layer_forward(Z, one, A);
    layer_backward(dA, &grad, one, A, dZ);
    print_block("ours_layer", Z);
    print_block("ours_layer_dW", grad.W);
    print_block("ours_layer_db", grad.b);
    print_block("ours_layer_dA", dA);

    matrix y = random_labels(N, OUT, state);
    matrix losses = matrix_new(TRACE_STEPS, 1);
    print_block("train_y", y);
    single_layer_train(&one, losses, A, y, 0.3);
    print_block("ours_train_losses", losses);
    print_block("ours_train_W", one.W);
    print_block("ours_train_b", one.b);

    matrix *owned[] = { &A, &Z, &dZ, &dA, &y, &losses };
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++)
        matrix_free(owned[k]);
    layer_free(&one);
    layer_free(&grad);
}

static void step(layer *one, layer grad)
{
    for (size_t k = 0; k < grad.W.rows; k++) {
        for (size_t j = 0; j < grad.W.cols; j++)
            at(one->W, k, j) -= 0.5 * at(grad.W, k, j);
        at(one->b, k, 0) -= 0.5 * at(grad.b, k, 0);
    }
}

/* Two inputs, four sigmoid nodes, one output: XOR. */
static void trace_network(random_state *state)
{
    matrix X = MATRIX(4, 2, 0, 0, 0, 1, 1, 0, 1, 1);
    matrix y = MATRIX(4, 1, 0, 1, 1, 0), none = { 0 };
    layer hidden = random_layer(2, 4, state), dh = layer_new(2, 4);
    layer output = random_layer(4, 1, state), df = layer_new(4, 1);
    matrix A = matrix_new(4, 4), z = matrix_new(4, 1);
    matrix dA = matrix_new(4, 4), dz = matrix_new(4, 1);
    matrix losses = matrix_new(TRACE_STEPS, 1);
    print_block("xor_W1", hidden.W);
    print_block("xor_b1", hidden.b);
    print_block("xor_W2", output.W);
    print_block("xor_b2", output.b);
    for (size_t t = 0; t < TRACE_STEPS; t++) {
        layer_forward(A, hidden, X);
        sigmoid_forward(A, A);
        layer_forward(z, output, A);
        at(losses, t, 0) = bce_from_logits(z, y);
        for (size_t i = 0; i < 4; i++)
            at(dz, i, 0) = (sigmoid(at(z, i, 0)) - at(y, i, 0)) / 4;
        layer_backward(dA, &df, output, A, dz);
        sigmoid_backward(dA, dA, A);
        layer_backward(none, &dh, hidden, X, dA);
        step(&hidden, dh);
        step(&output, df);
    }
    print_block("ours_xor_losses", losses);
    print_block("ours_xor_W1", hidden.W);
    print_block("ours_xor_b1", hidden.b);
    print_block("ours_xor_W2", output.W);
    print_block("ours_xor_b2", output.b);

    matrix *owned[] = { &A, &z, &dA, &dz, &losses };
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++)
        matrix_free(owned[k]);
    layer *layers[] = { &hidden, &dh, &output, &df };
    for (size_t k = 0; k < sizeof layers / sizeof *layers; k++)
        layer_free(layers[k]);
}

void show_trace(void)
{
    random_state state = random_seed(1986);
    trace_bends(&state);
    trace_layer(&state);
    trace_network(&state);
}
