/* layer.h - a layer of neurons as a function on matrices
 *
 * Throughout: N examples, n_in inputs, n_out outputs (K classes).
 *
 *   A       N x n_in    what comes in, one example per row
 *   Z       N x n_out   scores
 *   P       N x K       probabilities, each row sums to 1
 *   Y       N x K       labels as rows with a single 1
 *   y       N x 1       labels as class numbers 0 ... K - 1
 *   dA, dZ              slopes of the loss in A and Z, of their shapes
 *
 * Equations are numbered as in the lesson.
 */
#ifndef LAYER_H
#define LAYER_H

#include "logreg.h"

typedef struct {
    matrix W; /* n_out x n_in, row k holds the weights of neuron k */
    matrix b; /* n_out x 1 */
} layer;

/* A layer with W = 0 and b = 0.  The caller frees it. */
layer layer_new(size_t n_in, size_t n_out);
void layer_free(layer *one);

/* layer_forward - all scores at once: Z = A W^T + 1 b^T
 * out Z, N x n_out */
void layer_forward(matrix Z, layer one, matrix A);

/* layer_backward - the slopes of a layer
 *
 *     dW = dZ^T A      db = dZ^T 1      dA = dZ W
 *
 * The mean over the examples is already in dZ.
 *
 * out       grad, whatever it held before: W and b have the layer's shapes
 *           dA, N x n_in, or 0 x 0 if nobody asks for it
 */
void layer_backward(matrix dA, layer *grad, layer one, matrix A, matrix dZ);

/* Activations, element by element.  A may be Z; dZ may be dA.  The backward
 * ones use the stored A, not Z: dZ = dA * g'(Z), g' written in A.
 *
 *     step        1 where z > 0, -1 where z < 0, 0 at 0   (no backward)
 *     sigmoid, tanh
 *     relu        max(0, z);           slope 0 at 0
 *     leaky_relu  z or LEAK * z;       slope LEAK at 0
 *     elu         z or exp(z) - 1;     slope 1 at 0 (from a + 1)
 */
#define LEAK 0.01
void step_forward(matrix A, matrix Z);
void sigmoid_forward(matrix A, matrix Z);
void sigmoid_backward(matrix dZ, matrix dA, matrix A);
void tanh_forward(matrix A, matrix Z);
void tanh_backward(matrix dZ, matrix dA, matrix A);
void relu_forward(matrix A, matrix Z);
void relu_backward(matrix dZ, matrix dA, matrix A);
void leaky_relu_forward(matrix A, matrix Z);
void leaky_relu_backward(matrix dZ, matrix dA, matrix A);
void elu_forward(matrix A, matrix Z);
void elu_backward(matrix dZ, matrix dA, matrix A);

/* maxout - the largest of each group of scores; Z is N x (groups * pieces),
 * A is N x groups; the slope goes to the first largest of each group */
void maxout_forward(matrix A, matrix Z);
void maxout_backward(matrix dZ, matrix dA, matrix Z);

/* log_sum_exp - s_i = ln sum_k exp(Z_ik), N x 1, right for every Z */
void log_sum_exp(matrix s, matrix Z);

/* softmax - P_ik = exp(Z_ik) / sum_m exp(Z_im); P may be Z */
void softmax(matrix P, matrix Z);

/* softmax_backward - dZ = P * (dP - rowsum(dP * P)); dZ may be dP */
void softmax_backward(matrix dZ, matrix dP, matrix P);

/* cross_entropy - L = 1/N sum_i [ log_sum_exp(Z_i) - Z_i,y_i ] */
real cross_entropy(matrix Z, matrix y);

/* softmax_cross_entropy_backward - dZ = (P - Y) / N; dZ may be Z */
void softmax_cross_entropy_backward(matrix dZ, matrix Z, matrix y);

/* hinge_multiclass - 1/N sum_i sum_(k != y_i) max(0, 1 + Z_ik - Z_i,y_i) */
real hinge_multiclass(matrix Z, matrix y);

/* one_hot - Y_ik = 1 if k = y_i, else 0 */
void one_hot(matrix Y, matrix y);

/* argmax - the column of the largest of each row, N x 1; the first of
 * equals */
void argmax(matrix k, matrix Z);

/* single_layer_train - softmax regression: T full-batch steps
 *
 * in/out    one: where to start, and where it ended
 * out       losses, T x 1: the cross-entropy after step 1, step 2, ...
 */
void single_layer_train(layer *one, matrix losses, matrix X, matrix y,
                        real learning_rate);

#endif
