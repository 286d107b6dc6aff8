/* Replace each todo() with your own code, then type:  make 03
 *
 * The contract of each function is in the header named below; the
 * lesson says how to get there.  This is the only file to change.
 */
/* 03 - A single layer.  Lesson: chapters/03-single-layer/lesson.md
 * Contract: chapters/03-single-layer/layer.h
 */
#include "layer.h"

#include <math.h>

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

void layer_forward(matrix Z, layer one, matrix A)
{
    require(A.cols == one.W.cols, A, one.W);
    require(one.b.rows == one.W.rows && one.b.cols == 1, one.b, one.W);
    require(Z.rows == A.rows && Z.cols == one.W.rows, Z, A, one.W);

    /* Fill in Z, equation (3.1). */
    todo();
}

/* --- Activations --- */

void step_forward(matrix A, matrix Z)
{
    require(A.rows == Z.rows && A.cols == Z.cols, A, Z);

    /* Fill in A, equation (3.2). */
    todo();
}

void sigmoid_forward(matrix A, matrix Z)
{
    require(A.rows == Z.rows && A.cols == Z.cols, A, Z);

    /* Fill in A, equation (3.3). */
    todo();
}

void sigmoid_backward(matrix dZ, matrix dA, matrix A)
{
    require(dA.rows == A.rows && dA.cols == A.cols, dA, A);
    require(dZ.rows == A.rows && dZ.cols == A.cols, dZ, A);

    /* Fill in dZ from dA and A, equation (3.3). */
    todo();
}

void tanh_forward(matrix A, matrix Z)
{
    require(A.rows == Z.rows && A.cols == Z.cols, A, Z);

    /* Fill in A, equation (3.4). */
    todo();
}

void tanh_backward(matrix dZ, matrix dA, matrix A)
{
    require(dA.rows == A.rows && dA.cols == A.cols, dA, A);
    require(dZ.rows == A.rows && dZ.cols == A.cols, dZ, A);

    /* Fill in dZ from dA and A, equation (3.4). */
    todo();
}

void relu_forward(matrix A, matrix Z)
{
    require(A.rows == Z.rows && A.cols == Z.cols, A, Z);

    /* Fill in A, equation (3.5). */
    todo();
}

void relu_backward(matrix dZ, matrix dA, matrix A)
{
    require(dA.rows == A.rows && dA.cols == A.cols, dA, A);
    require(dZ.rows == A.rows && dZ.cols == A.cols, dZ, A);

    /* Fill in dZ from dA and A, equation (3.5). */
    todo();
}

void leaky_relu_forward(matrix A, matrix Z)
{
    require(A.rows == Z.rows && A.cols == Z.cols, A, Z);

    /* Fill in A, equation (3.6). */
    todo();
}

void leaky_relu_backward(matrix dZ, matrix dA, matrix A)
{
    require(dA.rows == A.rows && dA.cols == A.cols, dA, A);
    require(dZ.rows == A.rows && dZ.cols == A.cols, dZ, A);

    /* Fill in dZ from dA and A, equation (3.6). */
    todo();
}

void elu_forward(matrix A, matrix Z)
{
    require(A.rows == Z.rows && A.cols == Z.cols, A, Z);

    /* Fill in A, equation (3.7). */
    todo();
}

void elu_backward(matrix dZ, matrix dA, matrix A)
{
    require(dA.rows == A.rows && dA.cols == A.cols, dA, A);
    require(dZ.rows == A.rows && dZ.cols == A.cols, dZ, A);

    /* Fill in dZ from dA and A, equation (3.7). */
    todo();
}

void maxout_forward(matrix A, matrix Z)
{
    require(A.cols > 0 && Z.cols % A.cols == 0 && Z.cols > 0, A, Z);
    require(A.rows == Z.rows, A, Z);

    /* Fill in A, equation (3.8); Z.cols / A.cols pieces a unit. */
    todo();
}

void maxout_backward(matrix dZ, matrix dA, matrix Z)
{
    require(dA.cols > 0 && Z.cols % dA.cols == 0 && Z.cols > 0, dA, Z);
    require(dA.rows == Z.rows, dA, Z);
    require(dZ.rows == Z.rows && dZ.cols == Z.cols, dZ, Z);

    /* Fill in dZ, equation (3.8). */
    todo();
}

/* --- Scores, probabilities, losses --- */

void log_sum_exp(matrix s, matrix Z)
{
    require(s.rows == Z.rows && s.cols == 1, s, Z);
    require(Z.cols > 0, Z);

    /* Fill in s, equation (3.10), right for every score. */
    todo();
}

void softmax(matrix P, matrix Z)
{
    require(P.rows == Z.rows && P.cols == Z.cols, P, Z);
    require(Z.cols > 0, Z);

    /* Fill in P, equation (3.9), right for every score. */
    todo();
}

void softmax_backward(matrix dZ, matrix dP, matrix P)
{
    require(dP.rows == P.rows && dP.cols == P.cols, dP, P);
    require(dZ.rows == P.rows && dZ.cols == P.cols, dZ, P);

    /* Fill in dZ from dP and P, equation (3.12). */
    todo();
}

real cross_entropy(matrix Z, matrix y)
{
    require(y.rows == Z.rows && y.cols == 1 && Z.rows > 0, y, Z);

    /* Return the loss, equation (3.11). */
    todo();
}

void softmax_cross_entropy_backward(matrix dZ, matrix Z, matrix y)
{
    require(y.rows == Z.rows && y.cols == 1 && Z.rows > 0, y, Z);
    require(dZ.rows == Z.rows && dZ.cols == Z.cols, dZ, Z);

    /* Fill in dZ, equation (3.13). */
    todo();
}

real hinge_multiclass(matrix Z, matrix y)
{
    require(y.rows == Z.rows && y.cols == 1 && Z.rows > 0, y, Z);

    /* Return the loss, equation (3.14). */
    todo();
}

void one_hot(matrix Y, matrix y)
{
    require(Y.rows == y.rows && y.cols == 1, Y, y);

    /* Fill in Y, equation (3.15). */
    todo();
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

    /* Fill in grad->W, grad->b and dA, (3.16) to (3.18). */
    todo();
}

void argmax(matrix k, matrix Z)
{
    require(k.rows == Z.rows && k.cols == 1, k, Z);
    require(Z.cols > 0, Z);

    /* Fill in k, equation (3.19); the first of equals. */
    todo();
}

void single_layer_train(layer *one, matrix losses, matrix X, matrix y,
                        real learning_rate)
{
    require(X.cols == one->W.cols && X.rows > 0, X, one->W);
    require(y.rows == X.rows && y.cols == 1, y, X);
    require(losses.cols == 1, losses);

    /* Take the steps (3.20), and keep their losses. */
    todo();
}
