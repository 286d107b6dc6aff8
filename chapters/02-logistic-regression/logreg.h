/* logreg.h - from a score to a probability: one neuron
 *
 * Throughout: N examples, n features.
 *
 *   X       N x n   one example per row, each column in its feature's unit
 *   y       N x 1   labels: 0 or 1 (what lies between counts as "partly
 * 1"); for the perceptron and the hinge loss -1 or 1 z       N x 1 scores,
 * z_i = w . x_i + b, without unit p       N x 1   probabilities of label 1,
 * without unit yhat    N x 1   decisions: 0 or 1
 *
 * The model is the one of chapter 01, weights and a bias: linreg_predict
 * fills in scores, linreg_step takes a step.  Its labels and scores have no
 * unit, so w_j is in one over the unit of feature j, and b has none.
 *
 * Equations are numbered as in the lesson.  No output may overlap an input,
 * unless a contract says so.
 */
#ifndef LOGREG_H
#define LOGREG_H

#include "linreg.h"

//> example
/* Row i of X seen as a column: n x 1, a view; given. */
static inline matrix logreg_example(matrix X, size_t i)
{
    return (matrix){ X.cols, 1, X.data + i * X.cols };
}
//< example

//> perceptron-step-contract
/* perceptron_step - look at one example, move if it is wrong
 *
 *     if y (w . x + b) <= 0:   w <- w + y x,   b <- b + y            (2.2)
 *
 * in/out    model
 * returns   whether the example was wrong, so that the model moved
 * requires  w and x are n x 1,  y is -1 or 1
 */
bool perceptron_step(linreg *model, matrix x, real y);
//< perceptron-step-contract

//> perceptron-fit-contract
/* perceptron_fit - pass over the examples until none is wrong
 *
 * A pass shows the model every example once, from the first to the last,
 * by (2.2).  A pass in which nothing was wrong is the last one, and so is
 * pass T.
 *
 * in/out    model: where to start; on return, where it ended
 * out       mistakes, T x 1: the moves in pass 1, in pass 2, ...; rows of
 *           passes that were not made stay as they were
 * returns   the number of passes made, the last one included
 * requires  w is n x 1,  y is N x 1 of -1 and 1,  N > 0,  mistakes has one
 *           column
 */
size_t perceptron_fit(linreg *model, matrix mistakes, matrix X, matrix y);
//< perceptron-fit-contract

//> sigmoid-contract
/* sigmoid - a score to a probability, right for every z
 *
 *     sigma(z) = 1 / (1 + exp(-z))                                   (2.5)
 *
 * No exponential overflows, not even for a moment: the processor's overflow
 * flag stays as it was.  Small answers keep their digits: sigma(-40) is
 * 4.248e-18, not 0.
 *
 * returns   the probability, between 0 and 1
 */
real sigmoid(real z);
//< sigmoid-contract

//> log1p-exp-contract
/* log1p_exp - the softplus, right for every z
 *
 *     ln(1 + exp(z))                                                 (2.9)
 *
 * returns   the logarithm, finite for every finite z: z itself for very
 *           large z, and about exp(z), with its digits, for very negative z
 */
real log1p_exp(real z);
//< log1p-exp-contract

//> bce-contract
/* bce_from_logits - the binary cross-entropy, from scores
 *
 *     L = 1/N * sum_i [ ln(1 + exp(z_i)) - y_i z_i ]                (2.10)
 *
 * returns   the loss, in nats per example; finite for every finite z
 * requires  z and y are N x 1,  N > 0,  0 <= y_i <= 1
 */
real bce_from_logits(matrix z, matrix y);
//< bce-contract

//> predict-proba-contract
/* logreg_predict_proba - how probable label 1 is
 *
 *     p_i = sigma(w . x_i + b)                                       (2.7)
 *
 * out       p, N x 1
 * requires  w is n x 1
 */
void logreg_predict_proba(matrix p, linreg model, matrix X);
//< predict-proba-contract

//> gradient-contract
/* logreg_gradient - the slope of the loss (2.10) in every parameter
 *
 *     dL/dw_j = 1/N * sum_i (p_i - y_i) * x_ij                      (2.11)
 *     dL/db   = 1/N * sum_i (p_i - y_i)                             (2.12)
 *
 * out       grad, whatever it held before; grad->w is n x 1 on entry
 * requires  w is n x 1,  y is N x 1,  N > 0
 */
void logreg_gradient(linreg *grad, linreg model, matrix X, matrix y);
//< gradient-contract

//> fit-contract
/* logreg_fit - gradient descent: T steps (1.9), each on all the data
 *
 * in/out    model: where to start; on return, where the walk ended
 * out       losses, T x 1: the loss (2.10) after step 1, after step 2, ...
 * requires  w is n x 1,  y is N x 1,  N > 0,  losses has one column
 */
void logreg_fit(linreg *model, matrix losses, matrix X, matrix y,
                real learning_rate);
//< fit-contract

//> classify-contract
/* logreg_classify - from probabilities to decisions
 *
 *     yhat_i = 1  where p_i >= threshold,  else 0                   (2.14)
 *
 * out       yhat, N x 1; it may be p
 * requires  p is N x 1
 */
void logreg_classify(matrix yhat, matrix p, real threshold);
//< classify-contract

//> confusion-contract
typedef struct {
    size_t true_positive;  /* said 1, and it is 1 */
    size_t false_positive; /* said 1, and it is 0 */
    size_t false_negative; /* said 0, and it is 1 */
    size_t true_negative;  /* said 0, and it is 0 */
} counts;

/* confusion - what was taken for what
 *
 * returns   the four counts
 * requires  yhat and y are N x 1 of 0 and 1
 */
counts confusion(matrix yhat, matrix y);
//< confusion-contract

//> ratios-contract
/* precision - of those called 1, the share that is 1
 *
 *     TP / (TP + FP)                                                (2.15)
 *
 * returns   the share; 0 if nothing was called 1
 */
real precision(counts c);

/* recall - of those that are 1, the share that was called 1
 *
 *     TP / (TP + FN)                                                (2.16)
 *
 * returns   the share; 0 if nothing is 1
 */
real recall(counts c);

/* f1 - precision P and recall R in one number, their harmonic mean
 *
 *     2 P R / (P + R) = 2 TP / (2 TP + FP + FN)                     (2.17)
 *
 * returns   the mean; 0 if both are 0
 */
real f1(counts c);
//< ratios-contract

//> roc-auc-contract
/* roc_auc - how well a score puts the ones above the zeros
 *
 *     over all pairs of a one and a zero, the mean of               (2.18)
 *     1 if the one has the higher score,  1/2 if they tie,  else 0
 *
 * returns   the area under the ROC curve; 0.5 if there are no ones or no
 *           zeros
 * requires  score and y are N x 1,  y of 0 and 1
 */
real roc_auc(matrix score, matrix y);
//< roc-auc-contract

//> hinge-contract
/* hinge_loss - nothing to pay only if right by a margin of 1
 *
 *     1/N * sum_i max(0, 1 - y_i z_i)                               (2.19)
 *
 * returns   the loss, in units of the score
 * requires  z is N x 1,  y is N x 1 of -1 and 1,  N > 0
 */
real hinge_loss(matrix z, matrix y);
//< hinge-contract

#endif
