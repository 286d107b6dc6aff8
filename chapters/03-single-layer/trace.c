/* trace.c - numbers for another program to compute again
 *
 *     build/demo/03-single-layer trace | python3 against_torch.py
 *
 * Every block is a line "name rows cols" and then its numbers.  What is
 * called ours_... is what this chapter's functions say; the program
 * computes the same from the other blocks.
 */
#include "show.h"

#include "demo.h"

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
    matrix Z = normal_matrix(N, OUT, state), A = matrix_new(N, OUT);
    matrix dA = normal_matrix(N, OUT, state), dZ = matrix_new(N, OUT);
    trace("Z", Z);
    trace("dA", dA);
    for (size_t k = 0; k < sizeof bends / sizeof *bends; k++) {
        bends[k].bend(A, Z);
        bends[k].slope(dZ, dA, A);
        trace(bends[k].forward, A);
        trace(bends[k].backward, dZ);
    }
    step_forward(A, Z);
    trace("ours_step", A);

    /* two units of three pieces */
    matrix largest = matrix_new(N, 2), dM = matrix_new(N, 2);
    for (size_t i = 0; i < N; i++)
        for (size_t u = 0; u < 2; u++)
            at(dM, i, u) = at(dA, i, u);
    maxout_forward(largest, Z);
    maxout_backward(dZ, dM, Z);
    trace("dM", dM);
    trace("ours_maxout", largest);
    trace("ours_maxout_slope", dZ);

    matrix y = random_labels(N, OUT, state), s = matrix_new(N, 1);
    log_sum_exp(s, Z);
    softmax_cross_entropy_backward(dZ, Z, y);
    trace("y", y);
    trace("ours_logsumexp", s);
    trace_number("ours_crossentropy", cross_entropy(Z, y));
    trace("ours_crossentropy_slope", dZ);
    trace_number("ours_hinge", hinge_multiclass(Z, y));
    one_hot(A, y);
    trace("ours_onehot", A);
    argmax(s, Z);
    trace("ours_argmax", s);

    matrix *owned[] = { &Z, &A, &dA, &dZ, &largest, &dM, &y, &s };
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++)
        matrix_free(owned[k]);
}

static layer random_layer(size_t n_in, size_t n_out, random_state *state)
{
    return (layer){ normal_matrix(n_out, n_in, state),
                    normal_matrix(n_out, 1, state) };
}

static void trace_layer(random_state *state)
{
    layer one = random_layer(IN, OUT, state), grad = layer_new(IN, OUT);
    matrix A = normal_matrix(N, IN, state), Z = matrix_new(N, OUT);
    matrix dZ = normal_matrix(N, OUT, state), dA = matrix_new(N, IN);
    trace("layer_W", one.W);
    trace("layer_b", one.b);
    trace("layer_A", A);
    trace("layer_dZ", dZ);
    layer_forward(Z, one, A);
    layer_backward(dA, &grad, one, A, dZ);
    trace("ours_layer", Z);
    trace("ours_layer_dW", grad.W);
    trace("ours_layer_db", grad.b);
    trace("ours_layer_dA", dA);

    matrix y = random_labels(N, OUT, state);
    matrix losses = matrix_new(TRACE_STEPS, 1);
    trace("train_y", y);
    single_layer_train(&one, losses, A, y, 0.3);
    trace("ours_train_losses", losses);
    trace("ours_train_W", one.W);
    trace("ours_train_b", one.b);

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
    trace("xor_W1", hidden.W);
    trace("xor_b1", hidden.b);
    trace("xor_W2", output.W);
    trace("xor_b2", output.b);
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
    trace("ours_xor_losses", losses);
    trace("ours_xor_W1", hidden.W);
    trace("ours_xor_b1", hidden.b);
    trace("ours_xor_W2", output.W);
    trace("ours_xor_b2", output.b);

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
