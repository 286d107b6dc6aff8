/* product_vector.h - products in which one factor is a vector; for
 * product.c
 */
#ifndef PRODUCT_VECTOR_H
#define PRODUCT_VECTOR_H

#include "matrix.h"

/* Such a product uses each element of the matrix up to three times: to copy
 * it would take longer than to multiply.
 *
 *     C = op(A) op(B)        k elements in each sum
 *
 * returns   false, and nothing is done, if this is no such product
 */
bool product_with_vector(matrix C, matrix A, orientation A_is, matrix B,
                         orientation B_is, size_t k);

#endif
