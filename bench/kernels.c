/* kernels.c - three pieces of work whose instructions are counted
 *
 *     kernels NAME      product, vector or tape, once
 *
 * bench/count asks callgrind how many: the same number on a busy machine as
 * on a quiet one.
 */
#include "autodiff.h"

#include <stdio.h>
#include <string.h>

/* Some numbers, made by few instructions. */
static matrix some_matrix(size_t rows, size_t cols)
{
    matrix A = matrix_new(rows, cols);
    for (size_t k = 0; k < rows * cols; k++)
        A.data[k] = (real)(k & 7) - 3;
    return A;
}

/* A layer of W4, forward and its dW. */
static void product(void)
{
    matrix X = some_matrix(64, 784);
    matrix W = some_matrix(128, 784);
    matrix Z = matrix_new(64, 128), dW = matrix_new(128, 784);
    matrix_product(Z, X, AS_IT_IS, W, TRANSPOSED);
    matrix_product(dW, Z, TRANSPOSED, X, AS_IT_IS);
    matrix_free(&X);
    matrix_free(&W);
    matrix_free(&Z);
    matrix_free(&dW);
}

/* One neuron on many examples, there and back. */
static void vector(void)
{
    matrix X = some_matrix(500, 784);
    matrix w = some_matrix(784, 1), z = matrix_new(500, 1);
    matrix_product(z, X, AS_IT_IS, w, AS_IT_IS);
    matrix_product(w, X, TRANSPOSED, z, AS_IT_IS);
    matrix_free(&X);
    matrix_free(&w);
    matrix_free(&z);
}

/* A long sum of products, forward and backward. */
static void tape_of_numbers(void)
{
    enum { TERMS = 20000 };
    tape t = { 0 };
    var x = tape_leaf(&t, "x", 1), sum = tape_leaf(&t, "0", 0);
    for (int k = 0; k < TERMS; k++)
        sum = tape_add(&t, sum, tape_multiply(&t, x, x));
    tape_backward(&t, sum);
    tape_free(&t);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*measured)(void);
    } kernels[] = { { "product", product },
                    { "vector", vector },
                    { "tape", tape_of_numbers } };
    for (int k = 0; k < 3; k++)
        if (argc == 2 && !strcmp(argv[1], kernels[k].name)) {
            kernels[k].measured();
            return 0;
        }
    fprintf(stderr, "usage: kernels product | vector | tape\n");
    return 2;
}
