/* The same functions written otherwise: plain loops over all elements, sums
 * from behind, other forms of the same formulas.
 */
#include "layer.h"

#include <math.h>

layer layer_new(size_t n_in, size_t n_out)
{
    layer one = { matrix_new(n_out, n_in), matrix_new(n_out, 1) };
    return one;
}

void layer_free(layer *one)
{
    matrix_free(&one->W);
    matrix_free(&one->b);
}

void layer_forward(matrix Z, layer one, matrix A)
{
    for (size_t k = 0; k < one.W.rows; k++)
        for (size_t i = 0; i < A.rows; i++) {
            real z = at(one.b, k, 0);
            for (size_t j = A.cols; j-- > 0;)
                z += at(one.W, k, j) * at(A, i, j);
            at(Z, i, k) = z;
        }
}

/* f of every element x of from, with y of also beside it, into to */
#define EVERY(to, from, also, f)                                           \
    for (size_t e = (from).rows * (from).cols; e-- > 0;) {                 \
        real x = (from).data[e], y = (also).data[e];                       \
        (void)y;                                                           \
        (to).data[e] = (f);                                                \
    }

void step_forward(matrix A, matrix Z)
{
    EVERY(A, Z, Z, x > 0 ? 1 : x < 0 ? -1 : 0)
}

void sigmoid_forward(matrix A, matrix Z)
{
    EVERY(A, Z, Z, 0.5 + 0.5 * tanh(x / 2))
}

void sigmoid_backward(matrix dZ, matrix dA, matrix A)
{
    EVERY(dZ, dA, A, x * y - x * y * y)
}

void tanh_forward(matrix A, matrix Z)
{
    EVERY(A, Z, Z, 2 * sigmoid(2 * x) - 1)
}

void tanh_backward(matrix dZ, matrix dA, matrix A)
{
    EVERY(dZ, dA, A, x * (1 - y) * (1 + y))
}

void relu_forward(matrix A, matrix Z)
{
    EVERY(A, Z, Z, fmax(x, 0))
}

void relu_backward(matrix dZ, matrix dA, matrix A)
{
    EVERY(dZ, dA, A, y > 0 ? x : 0 * x)
}

void leaky_relu_forward(matrix A, matrix Z)
{
    EVERY(A, Z, Z, fmax(x, x / 100))
}

void leaky_relu_backward(matrix dZ, matrix dA, matrix A)
{
    EVERY(dZ, dA, A, y > 0 ? x : x / 100)
}

void elu_forward(matrix A, matrix Z)
{
    EVERY(A, Z, Z, x < 0 ? expm1(x) : x)
}

void elu_backward(matrix dZ, matrix dA, matrix A)
{
    EVERY(dZ, dA, A, x + x * fmin(y, 0))
}

void maxout_forward(matrix A, matrix Z)
{
    size_t p = Z.cols / A.cols;
    for (size_t u = A.cols; u-- > 0;)
        for (size_t i = A.rows; i-- > 0;) {
            at(A, i, u) = -INFINITY;
            for (size_t k = u * p; k < u * p + p; k++)
                if (at(Z, i, k) > at(A, i, u))
                    at(A, i, u) = at(Z, i, k);
        }
}

void maxout_backward(matrix dZ, matrix dA, matrix Z)
{
    size_t p = Z.cols / dA.cols;
    for (size_t i = 0; i < Z.rows; i++)
        for (size_t k = 0; k < Z.cols; k++) {
            bool first = true;
            for (size_t m = k / p * p; m < k / p * p + p; m++)
                if (m < k ? at(Z, i, m) >= at(Z, i, k)
                          : at(Z, i, m) > at(Z, i, k))
                    first = false;
            at(dZ, i, k) = first ? at(dA, i, k / p) : 0;
        }
}

/* ln(e^a + e^b), for as many as there are */
static real log_of_sum(matrix Z, size_t i)
{
    real sum = at(Z, i, 0);
    for (size_t k = 1; k < Z.cols; k++) {
        real a = fmax(sum, at(Z, i, k)), b = fmin(sum, at(Z, i, k));
        sum = a + log1p(exp(b - a));
    }
    return sum;
}

void log_sum_exp(matrix s, matrix Z)
{
    for (size_t i = 0; i < Z.rows; i++)
        at(s, i, 0) = log_of_sum(Z, i);
}

void softmax(matrix P, matrix Z)
{
    for (size_t i = 0; i < Z.rows; i++) {
        real largest = -INFINITY, sum = 0;
        for (size_t k = 0; k < Z.cols; k++)
            if (at(Z, i, k) > largest)
                largest = at(Z, i, k);
        for (size_t k = Z.cols; k-- > 0;)
            sum += exp(at(Z, i, k) - largest);
        for (size_t k = 0; k < Z.cols; k++)
            at(P, i, k) = exp(at(Z, i, k) - largest) * (1 / sum);
    }
}

void softmax_backward(matrix dZ, matrix dP, matrix P)
{
    for (size_t i = 0; i < P.rows; i++) {
        real mean = 0;
        for (size_t k = P.cols; k-- > 0;)
            mean += at(P, i, k) * at(dP, i, k);
        for (size_t k = 0; k < P.cols; k++)
            at(dZ, i, k) = at(P, i, k) * at(dP, i, k) - at(P, i, k) * mean;
    }
}

real cross_entropy(matrix Z, matrix y)
{
    real mean = 0;
    for (size_t i = Z.rows; i-- > 0;) {
        size_t right = at(y, i, 0);
        real largest = at(Z, i, right), sum = 0;
        for (size_t k = 0; k < Z.cols; k++)
            largest = fmax(largest, at(Z, i, k));
        for (size_t k = 0; k < Z.cols; k++)
            sum += exp(at(Z, i, k) - largest);
        mean += ((largest - at(Z, i, right)) + log(sum)) / Z.rows;
    }
    return mean;
}

void softmax_cross_entropy_backward(matrix dZ, matrix Z, matrix y)
{
    softmax(dZ, Z);
    for (size_t i = 0; i < Z.rows; i++)
        for (size_t k = 0; k < Z.cols; k++) {
            real label = k == (size_t)at(y, i, 0);
            at(dZ, i, k) = at(dZ, i, k) / Z.rows - label / Z.rows;
        }
}

real hinge_multiclass(matrix Z, matrix y)
{
    real mean = 0;
    for (size_t i = Z.rows; i-- > 0;)
        for (size_t k = Z.cols; k-- > 0;) {
            real lead = at(Z, i, (size_t)at(y, i, 0)) - at(Z, i, k);
            if (k != at(y, i, 0) && lead < 1)
                mean += (1 - lead) / Z.rows;
        }
    return mean;
}

void one_hot(matrix Y, matrix y)
{
    for (size_t i = 0; i < Y.rows; i++)
        for (size_t k = 0; k < Y.cols; k++)
            at(Y, i, k) = k == at(y, i, 0);
}

void layer_backward(matrix dA, layer *grad, layer one, matrix A, matrix dZ)
{
    for (size_t k = 0; k < one.W.rows; k++) {
        real sum = 0;
        for (size_t i = dZ.rows; i-- > 0;)
            sum += at(dZ, i, k);
        at(grad->b, k, 0) = sum;
        for (size_t j = 0; j < one.W.cols; j++) {
            sum = 0;
            for (size_t i = dZ.rows; i-- > 0;)
                sum += at(A, i, j) * at(dZ, i, k);
            at(grad->W, k, j) = sum;
        }
    }
    for (size_t i = 0; i < dA.rows; i++)
        for (size_t j = 0; j < dA.cols; j++) {
            real sum = 0;
            for (size_t k = one.W.rows; k-- > 0;)
                sum += at(one.W, k, j) * at(dZ, i, k);
            at(dA, i, j) = sum;
        }
}

void argmax(matrix k, matrix Z)
{
    for (size_t i = 0; i < Z.rows; i++) {
        at(k, i, 0) = Z.cols - 1;
        for (size_t m = Z.cols; m-- > 0;)
            if (at(Z, i, m) >= at(Z, i, (size_t)at(k, i, 0)))
                at(k, i, 0) = m;
    }
}

void single_layer_train(layer *one, matrix losses, matrix X, matrix y,
                        real learning_rate)
{
    size_t N = X.rows, K = one->W.rows;
    for (size_t step = 0; step < losses.rows; step++) {
        matrix Z = matrix_new(N, K);
        layer_forward(Z, *one, X);
        softmax(Z, Z);
        for (size_t i = 0; i < N; i++)
            for (size_t k = 0; k < K; k++) {
                real error = at(Z, i, k) - (k == at(y, i, 0));
                real move = learning_rate * error / N;
                for (size_t j = 0; j < X.cols; j++)
                    at(one->W, k, j) -= move * at(X, i, j);
                at(one->b, k, 0) -= move;
            }
        layer_forward(Z, *one, X);
        at(losses, step, 0) = cross_entropy(Z, y);
        matrix_free(&Z);
    }
}
