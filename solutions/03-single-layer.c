/* 03 - A single layer.  Lesson: chapters/03-single-layer/lesson.md
 * Contract: chapters/03-single-layer/layer.h
 */
#include "layer.h"

#include <math.h>

//> new
layer layer_new(size_t n_in, size_t n_out)
{
    return (layer){ .W = matrix_new(n_out, n_in),
                    .b = matrix_new(n_out, 1) };
}

void layer_free(layer *one)
{
    matrix_free(&one->W);
    matrix_free(&one->b);
}
//< new

void layer_forward(matrix Z, layer one, matrix A)
{
    require(A.cols == one.W.cols, A, one.W);
    require(one.b.rows == one.W.rows && one.b.cols == 1, one.b, one.W);
    require(Z.rows == A.rows && Z.cols == one.W.rows, Z, A, one.W);

    //> layer-forward: Fill in Z, equation (3.1).
    matrix_product(Z, A, AS_IT_IS, one.W, TRANSPOSED);
    for (size_t i = 0; i < Z.rows; i++)
        for (size_t k = 0; k < Z.cols; k++)
            at(Z, i, k) += at(one.b, k, 0);
    //< layer-forward
}

/* --- Activations --- */

void step_forward(matrix A, matrix Z)
{
    require(A.rows == Z.rows && A.cols == Z.cols, A, Z);

    //> step: Fill in A, equation (3.2).
    for (size_t i = 0; i < Z.rows; i++)
        for (size_t j = 0; j < Z.cols; j++) {
            real z = at(Z, i, j);
            at(A, i, j) = (z > 0) - (z < 0);
        }
    //< step
}

void sigmoid_forward(matrix A, matrix Z)
{
    require(A.rows == Z.rows && A.cols == Z.cols, A, Z);

    //> sigmoid: Fill in A, equation (3.3).
    for (size_t i = 0; i < Z.rows; i++)
        for (size_t j = 0; j < Z.cols; j++) {
            real z = at(Z, i, j);
            at(A, i, j) = sigmoid(z);
        }
    //< sigmoid
}

void sigmoid_backward(matrix dZ, matrix dA, matrix A)
{
    require(dA.rows == A.rows && dA.cols == A.cols, dA, A);
    require(dZ.rows == A.rows && dZ.cols == A.cols, dZ, A);

    //> sigmoid-backward: Fill in dZ from dA and A, equation (3.3).
    for (size_t i = 0; i < A.rows; i++)
        for (size_t j = 0; j < A.cols; j++) {
            real a = at(A, i, j);
            at(dZ, i, j) = at(dA, i, j) * a * (1 - a);
        }
    //< sigmoid-backward
}

void tanh_forward(matrix A, matrix Z)
{
    require(A.rows == Z.rows && A.cols == Z.cols, A, Z);

    //> tanh: Fill in A, equation (3.4).
    for (size_t i = 0; i < Z.rows; i++)
        for (size_t j = 0; j < Z.cols; j++) {
            real z = at(Z, i, j);
            at(A, i, j) = tanh(z);
        }
    //< tanh
}

void tanh_backward(matrix dZ, matrix dA, matrix A)
{
    require(dA.rows == A.rows && dA.cols == A.cols, dA, A);
    require(dZ.rows == A.rows && dZ.cols == A.cols, dZ, A);

    //> tanh-backward: Fill in dZ from dA and A, equation (3.4).
    for (size_t i = 0; i < A.rows; i++)
        for (size_t j = 0; j < A.cols; j++) {
            real a = at(A, i, j);
            at(dZ, i, j) = at(dA, i, j) * (1 - a * a);
        }
    //< tanh-backward
}

void relu_forward(matrix A, matrix Z)
{
    require(A.rows == Z.rows && A.cols == Z.cols, A, Z);

    //> relu: Fill in A, equation (3.5).
    for (size_t i = 0; i < Z.rows; i++)
        for (size_t j = 0; j < Z.cols; j++) {
            real z = at(Z, i, j);
            at(A, i, j) = z > 0 ? z : 0;
        }
    //< relu
}

void relu_backward(matrix dZ, matrix dA, matrix A)
{
    require(dA.rows == A.rows && dA.cols == A.cols, dA, A);
    require(dZ.rows == A.rows && dZ.cols == A.cols, dZ, A);

    //> relu-backward: Fill in dZ from dA and A, equation (3.5).
    for (size_t i = 0; i < A.rows; i++)
        for (size_t j = 0; j < A.cols; j++) {
            real a = at(A, i, j);
            at(dZ, i, j) = a > 0 ? at(dA, i, j) : 0;
        }
    //< relu-backward
}

void leaky_relu_forward(matrix A, matrix Z)
{
    require(A.rows == Z.rows && A.cols == Z.cols, A, Z);

    //> leaky-relu: Fill in A, equation (3.6).
    for (size_t i = 0; i < Z.rows; i++)
        for (size_t j = 0; j < Z.cols; j++) {
            real z = at(Z, i, j);
            at(A, i, j) = z > 0 ? z : LEAK * z;
        }
    //< leaky-relu
}

void leaky_relu_backward(matrix dZ, matrix dA, matrix A)
{
    require(dA.rows == A.rows && dA.cols == A.cols, dA, A);
    require(dZ.rows == A.rows && dZ.cols == A.cols, dZ, A);

    //> leaky-relu-backward: Fill in dZ from dA and A, equation (3.6).
    for (size_t i = 0; i < A.rows; i++)
        for (size_t j = 0; j < A.cols; j++) {
            real a = at(A, i, j);
            at(dZ, i, j) = (a > 0 ? 1 : LEAK) * at(dA, i, j);
        }
    //< leaky-relu-backward
}

void elu_forward(matrix A, matrix Z)
{
    require(A.rows == Z.rows && A.cols == Z.cols, A, Z);

    //> elu: Fill in A, equation (3.7).
    for (size_t i = 0; i < Z.rows; i++)
        for (size_t j = 0; j < Z.cols; j++) {
            real z = at(Z, i, j);
            at(A, i, j) = z > 0 ? z : expm1(z);
        }
    //< elu
}

void elu_backward(matrix dZ, matrix dA, matrix A)
{
    require(dA.rows == A.rows && dA.cols == A.cols, dA, A);
    require(dZ.rows == A.rows && dZ.cols == A.cols, dZ, A);

    //> elu-backward: Fill in dZ from dA and A, equation (3.7).
    for (size_t i = 0; i < A.rows; i++)
        for (size_t j = 0; j < A.cols; j++) {
            real a = at(A, i, j);
            at(dZ, i, j) = (a > 0 ? 1 : a + 1) * at(dA, i, j);
        }
    //< elu-backward
}

void maxout_forward(matrix A, matrix Z)
{
    require(A.cols > 0 && Z.cols % A.cols == 0 && Z.cols > 0, A, Z);
    require(A.rows == Z.rows, A, Z);

    //> maxout: Fill in A, equation (3.8); Z.cols / A.cols pieces a unit.
    size_t pieces = Z.cols / A.cols;
    for (size_t i = 0; i < A.rows; i++)
        for (size_t u = 0; u < A.cols; u++) {
            real largest = at(Z, i, u * pieces);
            for (size_t q = 1; q < pieces; q++)
                largest = fmax(largest, at(Z, i, u * pieces + q));
            at(A, i, u) = largest;
        }
    //< maxout
}

void maxout_backward(matrix dZ, matrix dA, matrix Z)
{
    require(dA.cols > 0 && Z.cols % dA.cols == 0 && Z.cols > 0, dA, Z);
    require(dA.rows == Z.rows, dA, Z);
    require(dZ.rows == Z.rows && dZ.cols == Z.cols, dZ, Z);

    //> maxout-backward: Fill in dZ, equation (3.8).
    size_t pieces = Z.cols / dA.cols;
    matrix_fill(dZ, 0);
    for (size_t i = 0; i < dA.rows; i++)
        for (size_t u = 0; u < dA.cols; u++) {
            size_t winner = u * pieces;
            for (size_t q = 1; q < pieces; q++)
                if (at(Z, i, u * pieces + q) > at(Z, i, winner))
                    winner = u * pieces + q;
            at(dZ, i, winner) = at(dA, i, u);
        }
    //< maxout-backward
}

/* --- Scores, probabilities, losses --- */

void log_sum_exp(matrix s, matrix Z)
{
    require(s.rows == Z.rows && s.cols == 1, s, Z);
    require(Z.cols > 0, Z);

    //> log-sum-exp: Fill in s, equation (3.10), right for every score.
    for (size_t i = 0; i < Z.rows; i++) {
        real largest = at(Z, i, 0), sum = 0;
        for (size_t k = 1; k < Z.cols; k++)
            largest = fmax(largest, at(Z, i, k));
        for (size_t k = 0; k < Z.cols; k++)
            sum += exp(at(Z, i, k) - largest);
        at(s, i, 0) = largest + log(sum);
    }
    //< log-sum-exp
}

void softmax(matrix P, matrix Z)
{
    require(P.rows == Z.rows && P.cols == Z.cols, P, Z);
    require(Z.cols > 0, Z);

    //> softmax: Fill in P, equation (3.9), right for every score.
    for (size_t i = 0; i < Z.rows; i++) {
        real largest = at(Z, i, 0), sum = 0;
        for (size_t k = 1; k < Z.cols; k++)
            largest = fmax(largest, at(Z, i, k));
        for (size_t k = 0; k < Z.cols; k++) {
            at(P, i, k) = exp(at(Z, i, k) - largest);
            sum += at(P, i, k);
        }
        for (size_t k = 0; k < Z.cols; k++)
            at(P, i, k) /= sum;
    }
    //< softmax
}

void softmax_backward(matrix dZ, matrix dP, matrix P)
{
    require(dP.rows == P.rows && dP.cols == P.cols, dP, P);
    require(dZ.rows == P.rows && dZ.cols == P.cols, dZ, P);

    //> softmax-backward: Fill in dZ from dP and P, equation (3.12).
    for (size_t i = 0; i < P.rows; i++) {
        real sum = 0;
        for (size_t k = 0; k < P.cols; k++)
            sum += at(dP, i, k) * at(P, i, k);
        for (size_t k = 0; k < P.cols; k++)
            at(dZ, i, k) = at(P, i, k) * (at(dP, i, k) - sum);
    }
    //< softmax-backward
}

real cross_entropy(matrix Z, matrix y)
{
    require(y.rows == Z.rows && y.cols == 1 && Z.rows > 0, y, Z);

    //> cross-entropy: Return the loss, equation (3.11).
    matrix s = matrix_new(Z.rows, 1);
    log_sum_exp(s, Z);
    real sum = 0;
    for (size_t i = 0; i < Z.rows; i++)
        sum += at(s, i, 0) - at(Z, i, (size_t)at(y, i, 0));
    matrix_free(&s);
    return sum / Z.rows;
    //< cross-entropy
}

void softmax_cross_entropy_backward(matrix dZ, matrix Z, matrix y)
{
    require(y.rows == Z.rows && y.cols == 1 && Z.rows > 0, y, Z);
    require(dZ.rows == Z.rows && dZ.cols == Z.cols, dZ, Z);

    //> softmax-cross-entropy-backward: Fill in dZ, equation (3.13).
    softmax(dZ, Z);
    for (size_t i = 0; i < Z.rows; i++) {
        at(dZ, i, (size_t)at(y, i, 0)) -= 1;
        for (size_t k = 0; k < Z.cols; k++)
            at(dZ, i, k) /= Z.rows;
    }
    //< softmax-cross-entropy-backward
}

real hinge_multiclass(matrix Z, matrix y)
{
    require(y.rows == Z.rows && y.cols == 1 && Z.rows > 0, y, Z);

    //> hinge: Return the loss, equation (3.14).
    real sum = 0;
    for (size_t i = 0; i < Z.rows; i++) {
        size_t right = at(y, i, 0);
        for (size_t k = 0; k < Z.cols; k++)
            if (k != right)
                sum += fmax(0, 1 + at(Z, i, k) - at(Z, i, right));
    }
    return sum / Z.rows;
    //< hinge
}

void one_hot(matrix Y, matrix y)
{
    require(Y.rows == y.rows && y.cols == 1, Y, y);

    //> one-hot: Fill in Y, equation (3.15).
    matrix_fill(Y, 0);
    for (size_t i = 0; i < y.rows; i++)
        at(Y, i, (size_t)at(y, i, 0)) = 1;
    //< one-hot
}

/* --- Backward, and training --- */

void layer_backward(matrix dA, layer *grad, layer one, matrix A, matrix dZ)
{
    require(A.rows == dZ.rows, A, dZ);
    require(A.cols == one.W.cols && dZ.cols == one.W.rows, A, dZ, one.W);
    require(grad->W.rows == one.W.rows && grad->W.cols == one.W.cols,
            grad->W, one.W);
    require(grad->b.rows == one.W.rows && grad->b.cols == 1, grad->b);
    require(dA.rows == 0 || (dA.rows == A.rows && dA.cols == A.cols), dA,
            A);

    //> layer-backward: Fill in grad->W, grad->b and dA, (3.16) to (3.18).
    matrix_product(grad->W, dZ, TRANSPOSED, A, AS_IT_IS);
    matrix_fill(grad->b, 0);
    for (size_t i = 0; i < dZ.rows; i++)
        for (size_t k = 0; k < dZ.cols; k++)
            at(grad->b, k, 0) += at(dZ, i, k);
    if (dA.rows > 0)
        matrix_product(dA, dZ, AS_IT_IS, one.W, AS_IT_IS);
    //< layer-backward
}

void argmax(matrix k, matrix Z)
{
    require(k.rows == Z.rows && k.cols == 1, k, Z);
    require(Z.cols > 0, Z);

    //> argmax: Fill in k, equation (3.19); the first of equals.
    for (size_t i = 0; i < Z.rows; i++) {
        size_t best = 0;
        for (size_t m = 1; m < Z.cols; m++)
            if (at(Z, i, m) > at(Z, i, best))
                best = m;
        at(k, i, 0) = best;
    }
    //< argmax
}

void single_layer_train(layer *one, matrix losses, matrix X, matrix y,
                        real learning_rate)
{
    require(X.cols == one->W.cols && X.rows > 0, X, one->W);
    require(y.rows == X.rows && y.cols == 1, y, X);
    require(losses.cols == 1, losses);

    //> single-layer-train: Take the steps (3.20), and keep their losses.
    matrix Z = matrix_new(X.rows, one->W.rows), none = { 0 };
    matrix dZ = matrix_new(Z.rows, Z.cols);
    layer grad = layer_new(one->W.cols, one->W.rows);

    layer_forward(Z, *one, X);
    for (size_t step = 0; step < losses.rows; step++) {
        softmax_cross_entropy_backward(dZ, Z, y);
        layer_backward(none, &grad, *one, X, dZ);
        for (size_t k = 0; k < grad.W.rows; k++) {
            for (size_t j = 0; j < grad.W.cols; j++)
                at(one->W, k, j) -= learning_rate * at(grad.W, k, j);
            at(one->b, k, 0) -= learning_rate * at(grad.b, k, 0);
        }
        layer_forward(Z, *one, X);
        at(losses, step, 0) = cross_entropy(Z, y);
    }

    matrix_free(&Z);
    matrix_free(&dZ);
    layer_free(&grad);
    //< single-layer-train
}
