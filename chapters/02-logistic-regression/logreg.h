/* logreg.h - from a score to a probability: one neuron
 *
 * Throughout: N examples, n features.
 *
 *   X       N x n   one example per row
 *   y       N x 1   labels: 0 or 1; for the perceptron and the hinge -1 or
 * 1 z       N x 1   scores (logits), z_i = w . x_i + b, without unit p N x
 * 1   probabilities of label 1
 *
 * The model is that of chapter 01, weights and a bias: linreg_predict fills
 * in the scores, linreg_step takes a step.
 *
 * Equations are numbered as in the lesson.  No output may overlap an input,
 * unless a contract says so.
 */
#ifndef LOGREG_H
#define LOGREG_H

#include "linreg.h"

/* sigmoid - a score to a probability, right for every z
 *
 *     sigma(z) = 1 / (1 + exp(-z))
 *
 * No exponential overflows, however large |z| is.
 *
 * returns   the probability, between 0 and 1
 */
real sigmoid(real z);

/* log1p_exp - ln(1 + exp(z)), right for every z
 *
 * returns   the logarithm: about z for large z, about exp(z) for very
 *           negative z, never infinite for a finite z
 */
real log1p_exp(real z);

/* bce_from_logits - the binary cross-entropy, from scores
 *
 *     L = 1/N * sum_i [ ln(1 + exp(z_i)) - y_i z_i ]
 *
 * returns   the loss, in nats per example
 * requires  z and y are N x 1,  N > 0,  0 <= y_i <= 1
 */
real bce_from_logits(matrix z, matrix y);

/* perceptron_step - look at one example, move if it is wrong
 *
 *     if y (w . x + b) <= 0:   w <- w + y x,   b <- b + y
 *
 * in/out    model
 * returns   whether it moved
 * requires  x is n x 1,  y is -1 or 1
 */
bool perceptron_step(linreg *model, matrix x, real y);

/* perceptron_fit - pass over the examples in order until none is wrong
 *
 * in/out    model: where to start; on return, where it ended
 * out       mistakes, T x 1: the number of moves in pass 1, pass 2, ...;
 *           rows of passes that were not made stay as they were
 * returns   the number of passes, the last one without a move included;
 *           T if every pass moved
 * requires  w is n x 1,  y is N x 1 of -1 and 1,  N > 0
 */
size_t perceptron_fit(linreg *model, matrix mistakes, matrix X, matrix y);

/* logreg_gradient - the slope of the cross-entropy in every parameter
 *
 *     dL/dw_j = 1/N * sum_i (p_i - y_i) * x_ij
 *     dL/db   = 1/N * sum_i (p_i - y_i)          p_i = sigma(z_i)
 *
 * out       grad, whatever it held before; grad->w is n x 1 on entry
 * requires  w is n x 1,  y is N x 1,  N > 0
 */
void logreg_gradient(linreg *grad, linreg model, matrix X, matrix y);

/* logreg_fit - gradient descent: T steps, each on all the data
 *
 * in/out    model: where to start; on return, where the walk ended
 * out       losses, T x 1: the loss after step 1, after step 2, ...
 * requires  w is n x 1,  y is N x 1,  N > 0,  losses has one column
 */
void logreg_fit(linreg *model, matrix losses, matrix X, matrix y,
                real learning_rate);

/* logreg_predict_proba - how probable label 1 is
 *
 * out       p, N x 1
 */
void logreg_predict_proba(matrix p, linreg model, matrix X);

/* logreg_classify - 1 where the probability reaches the threshold, else 0
 *
 * out       yhat, N x 1; it may be p
 */
void logreg_classify(matrix yhat, matrix p, real threshold);

/* Four counts. */
typedef struct {
    size_t true_positive, false_positive, false_negative, true_negative;
} counts;

/* confusion - who was taken for what */
counts confusion(matrix yhat, matrix y);

/* precision, recall, f1 - three ratios; each 0 where it would be 0/0 */
real precision(counts c);
real recall(counts c);
real f1(counts c);

/* roc_auc - the area under the ROC curve
 *
 *     the share of pairs (one positive, one negative) in which the positive
 *     one has the higher score; a tie counts 1/2
 *
 * returns   the area, 0.5 if one of the classes is empty
 */
real roc_auc(matrix score, matrix y);

/* hinge_loss - 1/N sum max(0, 1 - y_i z_i), labels -1 and 1 */
real hinge_loss(matrix z, matrix y);

#endif
