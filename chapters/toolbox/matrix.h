/* matrix.h - the one data structure of this course
 *
 * A matrix is a rectangle of numbers, stored row after row.  It is small,
 * so it is passed by value, like a number; what it points to is shared.
 *
 *   owners   matrix_new() and matrix_copy() give you memory, and you give
 *            it back with matrix_free()
 *   views    everything else borrows; never free a view, and never use one
 *            after its owner is gone
 *   vectors  are matrices with one column
 *   order    where a function writes a matrix, that matrix comes first
 */
#ifndef MATRIX_H
#define MATRIX_H

#include "require.h"

#include <stdbool.h>

/* A rows x cols matrix of zeros.  The caller frees it. */
matrix matrix_new(size_t rows, size_t cols);

/* An independent copy of a.  The caller frees it. */
matrix matrix_copy(matrix a);

/* Free a, and leave it 0 x 0 so that a second free does no harm. */
void matrix_free(matrix *a);

/* How many matrices there are that were made and not freed yet. */
extern size_t matrix_count;

/* Set every element of a to value. */
void matrix_fill(matrix a, real value);

/* A view of count rows of a, starting at row first: a mini-batch. */
matrix matrix_rows(matrix a, size_t first, size_t count);

/* Element (i, j), to read or to assign; requires that it exists.  With
 * NDEBUG the question is not asked. */
#define at(a, i, j) (*matrix_at((a), (i), (j), HERE))

_Noreturn void no_element(matrix a, size_t i, size_t j, place where);

static inline real *matrix_at(matrix a, size_t i, size_t j, place where)
{
#ifndef NDEBUG
    if (i >= a.rows || j >= a.cols)
        no_element(a, i, j, where);
#endif
    (void)where;
    return &a.data[i * a.cols + j];
}

/* A matrix written out, that lives as long as the block around it:
 *
 *     matrix identity = MATRIX(2, 2, 1, 0, 0, 1);
 */
#define MATRIX(rows, cols, ...)                                            \
    ((matrix){ (rows), (cols), (real[(rows) * (cols)]){ __VA_ARGS__ } })

/* matrix_product - the one function behind every product of matrices
 *
 *     C = op(A) op(B)        op(A) is A, or A^T if A_is TRANSPOSED
 *
 * Choosing the transpose here is why no lesson ever copies one.
 *
 * out       C, m x n, whatever it held before; it must not overlap A or B
 * requires  op(A) is m x k,  op(B) is k x n
 */
typedef enum { AS_IT_IS, TRANSPOSED } orientation;

void matrix_product(matrix C, matrix A, orientation A_is, matrix B,
                    orientation B_is);

#endif
