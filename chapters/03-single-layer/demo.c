/* demo.c - what the lesson shows, computed
 *
 *     build/demo/03-single-layer          lists the words it knows
 *     build/demo/03-single-layer zeros    prints that table
 *
 * Run it from the top folder of the course: it reads datasets/.  The words
 * are in activations.c, scores.c, network.c, seeds.c and real.c.  All but
 * seeds, dead and many are computed with the functions of layer.h, so
 * linked with your file it shows your work.
 */
#include "show.h"

#include "demo.h"

#include <stdio.h>

/* ---- The example worked by hand ---- */

#define HAND_A MATRIX(2, 3, 1, 2, -1, 3, -1, 2)

static layer hand_layer(void)
{
    static const real W[] = { 2, 1, -1, 1, -2, 3 };
    layer one = layer_new(3, 2);
    for (size_t k = 0; k < 6; k++)
        one.W.data[k] = W[k];
    at(one.b, 0, 0) = 1;
    at(one.b, 1, 0) = -1;
    return one;
}

static void print_matrix(const char *name, matrix a)
{
    for (size_t i = 0; i < a.rows; i++) {
        printf("%-4s", i == 0 ? name : "");
        for (size_t j = 0; j < a.cols; j++)
            printf("\t%6g", at(a, i, j));
        printf("\n");
    }
}

static void show_forward(void)
{
    layer one = hand_layer();
    matrix Z = matrix_new(2, 2);
    layer_forward(Z, one, HAND_A);
    print_matrix("Z", Z);
    matrix_free(&Z);
    layer_free(&one);
}

static void show_backward(void)
{
    layer one = hand_layer(), grad = layer_new(3, 2);
    matrix dZ = MATRIX(2, 2, 1, -2, 3, 4), dA = matrix_new(2, 3);
    layer_backward(dA, &grad, one, HAND_A, dZ);
    print_matrix("dW", grad.W);
    print_matrix("db", grad.b);
    print_matrix("dA", dA);
    matrix_free(&dA);
    layer_free(&one);
    layer_free(&grad);
}

static void show_claims(void)
{
    claim_network();
    claim_iris();
    claim_digits();
}

/* ---- The words ---- */

static const demo_word words[] = {
    { "forward", "a layer worked by hand", show_forward },
    { "collapse", "two layers that are one", show_collapse },
    { "zoo", "figure: the activations and their slopes", show_zoo },
    { "edges", "their slopes, from far left to far right", show_edges },
    { "vanish", "slopes through many layers", show_vanish },
    { "relu-bug", "a mistake in ReLU's backward pass", show_relu_bug },
    { "sigmoid-bug", "a mistake in the sigmoid's", show_sigmoid_bug },
    { "softmax", "three scores as probabilities", show_softmax },
    { "temperature", "figure: the same, hot and cold", show_temperature },
    { "overflow", "softmax with and without a shift", show_overflow },
    { "cost", "cross-entropy by probability", show_cost },
    { "floor", "the least loss after two softmaxes", show_floor },
    { "kl", "entropy, cross-entropy, divergence", show_kl },
    { "jacobian", "softmax backward by hand", show_jacobian },
    { "slopes", "(P - Y)/N, and the same measured", show_slopes },
    { "hinge", "hinge and cross-entropy compared", show_hinge },
    { "backward", "the slopes of a layer by hand", show_backward },
    { "mean-bug", "a mean taken here and not there", show_mean_bug },
    { "iris", "three species from four lengths", show_iris },
    { "boundaries", "figure: the species by petal", show_boundaries },
    { "digits", "softmax regression on digits", show_digits },
    { "weights", "figure: what ten neurons look for", show_weights },
    { "splits", "flowers and digits, twenty times", show_splits },
    { "line", "one layer on XOR", show_line },
    { "bend", "XOR by two ReLUs", show_bend },
    { "by-hand", "2-4-1, forward and backward", show_by_hand },
    { "hand-update", "the same network, two steps", show_hand_update },
    { "measured", "its slopes, measured", show_measured },
    { "zeros", "equal starts stay equal", show_zeros },
    { "xor", "figure: one layer and two on XOR", show_xor },
    { "seeds", "XOR by width, activation and luck", show_seeds },
    { "dead", "the ReLU networks that fail at it", show_dead },
    { "many", "XOR from ten thousand seeds", show_many },
    { "milestone", "XOR with the functions of layer.h", show_milestone },
    { "trace", "numbers for another program to compute", show_trace },
    { "claims", "what the lesson claims, tried", show_claims },
};

int main(int argc, char **argv)
{
    return demo_main(argc, argv, words, DEMO_WORDS(words));
}
