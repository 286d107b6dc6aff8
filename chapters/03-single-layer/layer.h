/* layer.h - a layer of neurons as a function on matrices
 *
 * Throughout: N examples, n_in inputs, n_out outputs; K classes.
 *
 *   A       N x n_in    what comes in, one example per row
 *   Z       N x n_out   scores, without unit
 *   P       N x K       probabilities; each row sums to 1
 *   Y       N x K       labels as rows with a single 1
 *   y       N x 1       labels as class numbers, 0 ... K - 1
 *   dA, dZ, dP, dW      slopes of the loss in A, Z, P, W, of their shapes
 *
 * Equations are numbered as in the lesson.  No output may overlap an input,
 * unless a contract says so.
 */
#ifndef LAYER_H
#define LAYER_H

#include "logreg.h"

//> layer
typedef struct {
    matrix W; /* n_out x n_in, row k holds the weights of neuron k */
    matrix b; /* n_out x 1, the biases                             */
} layer;
//< layer

/* A layer with W = 0 and b = 0.  The caller frees it. */
layer layer_new(size_t n_in, size_t n_out);
void layer_free(layer *one);

//> layer-forward-contract
/* layer_forward - the scores of all neurons for all examples
 *
 *     Z = A W^T + 1 b^T                                             (3.1)
 *
 * out       Z, N x n_out
 * requires  A is N x n_in
 */
void layer_forward(matrix Z, layer one, matrix A);
//< layer-forward-contract

//> step-contract
/* step_forward - fire or not
 *
 *     A_ij = 1 where Z_ij > 0,  -1 where Z_ij < 0,  0 where it is 0 (3.2)
 *
 * out       A, of the shape of Z; it may be Z
 */
void step_forward(matrix A, matrix Z);
//< step-contract

//> sigmoid-contract
/* sigmoid_forward - the sigmoid of each score, right for every score
 *
 *     A_ij = 1 / (1 + exp(-Z_ij))                                   (3.3)
 *
 * out       A, of the shape of Z; it may be Z
 */
void sigmoid_forward(matrix A, matrix Z);

/* sigmoid_backward - the slope of the sigmoid, from the stored A
 *
 *     dZ_ij = dA_ij * A_ij * (1 - A_ij)                             (3.3)
 *
 * out       dZ, of the shape of A and dA; it may be dA
 */
void sigmoid_backward(matrix dZ, matrix dA, matrix A);
//< sigmoid-contract

//> tanh-contract
/* tanh_forward - the hyperbolic tangent of each score
 *
 *     A_ij = tanh(Z_ij)                                             (3.4)
 *
 * out       A, of the shape of Z; it may be Z
 */
void tanh_forward(matrix A, matrix Z);

/* tanh_backward - the slope of tanh, from the stored A
 *
 *     dZ_ij = dA_ij * (1 - A_ij^2)                                  (3.4)
 *
 * out       dZ, of the shape of A and dA; it may be dA
 */
void tanh_backward(matrix dZ, matrix dA, matrix A);
//< tanh-contract

//> relu-contract
/* relu_forward - what is positive, as it is; else 0
 *
 *     A_ij = max(0, Z_ij)                                           (3.5)
 *
 * out       A, of the shape of Z; it may be Z
 */
void relu_forward(matrix A, matrix Z);

/* relu_backward - the slope of ReLU, from the stored A
 *
 *     dZ_ij = dA_ij where A_ij > 0,  0 where A_ij = 0               (3.5)
 *
 * out       dZ, of the shape of A and dA; it may be dA
 */
void relu_backward(matrix dZ, matrix dA, matrix A);
//< relu-contract

//> leaky-relu-contract
#define LEAK 0.01

/* leaky_relu_forward - a little of what is negative
 *
 *     A_ij = Z_ij where Z_ij > 0,  LEAK * Z_ij elsewhere            (3.6)
 *
 * out       A, of the shape of Z; it may be Z
 */
void leaky_relu_forward(matrix A, matrix Z);

/* leaky_relu_backward - the slope of leaky ReLU, from the stored A
 *
 *     dZ_ij = dA_ij where A_ij > 0,  LEAK * dA_ij elsewhere         (3.6)
 *
 * out       dZ, of the shape of A and dA; it may be dA
 */
void leaky_relu_backward(matrix dZ, matrix dA, matrix A);
//< leaky-relu-contract

//> elu-contract
/* elu_forward - what is negative, bent towards -1
 *
 *     A_ij = Z_ij where Z_ij > 0,  exp(Z_ij) - 1 elsewhere          (3.7)
 *
 * out       A, of the shape of Z; it may be Z
 */
void elu_forward(matrix A, matrix Z);

/* elu_backward - the slope of ELU, from the stored A
 *
 *     dZ_ij = dA_ij where A_ij > 0,  dA_ij * (A_ij + 1) elsewhere   (3.7)
 *
 * out       dZ, of the shape of A and dA; it may be dA
 */
void elu_backward(matrix dZ, matrix dA, matrix A);
//< elu-contract

//> maxout-contract
/* maxout_forward - the largest of each group of scores
 *
 *     A_iu = max of Z_i,up ... Z_i,up+p-1      p pieces a unit      (3.8)
 *
 * out       A, N x units
 * requires  Z is N x (units * p), p > 0
 */
void maxout_forward(matrix A, matrix Z);

/* maxout_backward - the slope goes to the first of the largest
 *
 *     dZ_i,up+q = dA_iu where Z_i,up+q is the first largest of its
 *                 group,  0 elsewhere                               (3.8)
 *
 * out       dZ, of the shape of Z
 * requires  dA is N x units
 */
void maxout_backward(matrix dZ, matrix dA, matrix Z);
//< maxout-contract

//> log-sum-exp-contract
/* log_sum_exp - a maximum with soft corners, right for every finite score
 *
 *     s_i = ln sum_k exp(Z_ik)                                      (3.10)
 *
 * out       s, N x 1
 * requires  Z is N x K,  K > 0
 */
void log_sum_exp(matrix s, matrix Z);
//< log-sum-exp-contract

//> softmax-contract
/* softmax - scores to probabilities, right for every finite score
 *
 *     P_ik = exp(Z_ik) / sum_m exp(Z_im)                            (3.9)
 *
 * out       P, of the shape of Z; it may be Z
 * requires  Z is N x K,  K > 0
 */
void softmax(matrix P, matrix Z);
//< softmax-contract

//> cross-entropy-contract
/* cross_entropy - the surprise at the labels, from scores
 *
 *     L = 1/N * sum_i [ ln sum_k exp(Z_ik) - Z_i,y_i ]              (3.11)
 *
 * returns   the loss, in nats per example; finite for finite scores
 * requires  Z is N x K,  y is N x 1 of 0 ... K - 1,  N > 0
 */
real cross_entropy(matrix Z, matrix y);
//< cross-entropy-contract

//> softmax-backward-contract
/* softmax_backward - the slope of softmax, from the stored P
 *
 *     dZ_im = P_im * (dP_im - sum_k dP_ik * P_ik)                   (3.12)
 *
 * out       dZ, of the shape of P and dP; it may be dP
 */
void softmax_backward(matrix dZ, matrix dP, matrix P);
//< softmax-backward-contract

//> softmax-cross-entropy-backward-contract
/* softmax_cross_entropy_backward - the slope of (3.11) in the scores
 *
 *     dZ = (P - Y) / N      P the softmax of Z, Y the labels as rows (3.13)
 *
 * out       dZ, of the shape of Z; it may be Z
 * requires  y is N x 1 of 0 ... K - 1,  N > 0
 */
void softmax_cross_entropy_backward(matrix dZ, matrix Z, matrix y);
//< softmax-cross-entropy-backward-contract

//> hinge-contract
/* hinge_multiclass - what the right score's lead lacks
 *
 *     1/N * sum_i sum_(k != y_i) max(0, 1 + Z_ik - Z_i,y_i)         (3.14)
 *
 * returns   the loss, in units of the scores
 * requires  Z is N x K,  y is N x 1 of 0 ... K - 1,  N > 0
 */
real hinge_multiclass(matrix Z, matrix y);
//< hinge-contract

//> one-hot-contract
/* one_hot - class numbers as rows
 *
 *     Y_ik = 1 where k = y_i,  0 elsewhere                          (3.15)
 *
 * out       Y, N x K
 * requires  y is N x 1 of 0 ... K - 1
 */
void one_hot(matrix Y, matrix y);
//< one-hot-contract

//> layer-backward-contract
/* layer_backward - the slopes of a layer, and of what came in
 *
 *     dW = dZ^T A                                                   (3.16)
 *     db = dZ^T 1                                                   (3.17)
 *     dA = dZ W                                                     (3.18)
 *
 * The mean over the examples is already in dZ.
 *
 * out       grad, whatever it held before; its W and b have the shapes of
 *           one's.  dA, N x n_in; or 0 x 0, if nobody asks for it
 * requires  A is N x n_in,  dZ is N x n_out
 */
void layer_backward(matrix dA, layer *grad, layer one, matrix A, matrix dZ);
//< layer-backward-contract

//> argmax-contract
/* argmax - the column of the largest entry of each row
 *
 *     k_i = the first k with the largest Z_ik                       (3.19)
 *
 * out       k, N x 1
 * requires  Z is N x K,  K > 0
 */
void argmax(matrix k, matrix Z);
//< argmax-contract

//> single-layer-train-contract
/* single_layer_train - softmax regression: T steps, each on all the data
 *
 *     W <- W - learning_rate * dW,   b <- b - learning_rate * db    (3.20)
 *
 * in/out    one: where to start; on return, where the walk ended
 * out       losses, T x 1: the loss (3.11) after step 1, after step 2, ...
 * requires  X is N x n_in,  y is N x 1 of 0 ... n_out - 1,  N > 0
 */
void single_layer_train(layer *one, matrix losses, matrix X, matrix y,
                        real learning_rate);
//< single-layer-train-contract

#endif
