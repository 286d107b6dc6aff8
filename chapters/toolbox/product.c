/* product.c - the product of two matrices, as fast as portable C can be
 *
 * The one place in this course where code is tuned.  Chapter 04 explains
 * and measures it; nothing else depends on how it works.
 *
 * C is computed in tiles of MR x NR elements that stay in registers while k
 * runs.  For that, a block of A is copied into panels of MR rows and a
 * block of B into panels of NR columns, in the order in which the tile
 * reads them, filled up with zeros where the matrix ends.  Whether an
 * operand was transposed is settled by the copying.  KC x NR elements of B
 * fit the first cache, MC x KC of A the second.
 */
#include "matrix.h"

#ifdef BLAS
#include <cblas.h>

void matrix_product(matrix C, matrix A, orientation A_is, matrix B,
                    orientation B_is)
{
    size_t m = A_is == AS_IT_IS ? A.rows : A.cols;
    size_t k = A_is == AS_IT_IS ? A.cols : A.rows;
    size_t n = B_is == AS_IT_IS ? B.cols : B.rows;
    require(k == (B_is == AS_IT_IS ? B.rows : B.cols), A, B);
    require(C.rows == m && C.cols == n, C, A, B);

    if (m == 0 || n == 0)
        return;
    if (k == 0) {
        matrix_fill(C, 0);
        return;
    }
    CBLAS_TRANSPOSE a = A_is == AS_IT_IS ? CblasNoTrans : CblasTrans;
    CBLAS_TRANSPOSE b = B_is == AS_IT_IS ? CblasNoTrans : CblasTrans;
    int M = (int)m, N = (int)n, K = (int)k;
    int lda = (int)A.cols, ldb = (int)B.cols, ldc = (int)C.cols;

    if (sizeof(real) == sizeof(double))
        cblas_dgemm(CblasRowMajor, a, b, M, N, K, 1, (void *)A.data, lda,
                    (void *)B.data, ldb, 0, (void *)C.data, ldc);
    else
        cblas_sgemm(CblasRowMajor, a, b, M, N, K, 1, (void *)A.data, lda,
                    (void *)B.data, ldb, 0, (void *)C.data, ldc);
}

#else

#include <stdlib.h>
#include <string.h>

#if defined __AVX512F__
enum { VECTOR_BYTES = 64, VECTORS = 3, MR = 8 };
#elif defined __AVX__
enum { VECTOR_BYTES = 32, VECTORS = 2, MR = 6 };
#else
enum { VECTOR_BYTES = 16, VECTORS = 2, MR = 4 };
#endif

typedef real vector __attribute__((vector_size(VECTOR_BYTES)));

enum {
    LANES = VECTOR_BYTES / sizeof(real),
    NR = VECTORS * LANES,
    KC = 256,
    MC = 16 * MR,
    NC = 128 * NR
};

/* Element (i, j) of op(A). */
static inline real element(matrix A, orientation is, size_t i, size_t j)
{
    return is == AS_IT_IS ? A.data[i * A.cols + j] : A.data[j * A.cols + i];
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Rows i0 ... i0 + rows - 1 and columns k0 ... k0 + depth - 1 of op(A), in
 * panels of MR rows, each column of a panel in one piece. */
static void pack_A(real *panel, matrix A, orientation is, size_t i0,
                   size_t rows, size_t k0, size_t depth)
{
    for (size_t i = 0; i < rows; i += MR)
        for (size_t k = 0; k < depth; k++)
            for (size_t r = 0; r < MR; r++)
                *panel++ =
                    i + r < rows ? element(A, is, i0 + i + r, k0 + k) : 0;
}

/* Rows k0 ... of op(B), in panels of NR columns, each row in one piece. */
static void pack_B(real *panel, matrix B, orientation is, size_t k0,
                   size_t depth, size_t j0, size_t cols)
{
    for (size_t j = 0; j < cols; j += NR)
        for (size_t k = 0; k < depth; k++)
            for (size_t c = 0; c < NR; c++)
                *panel++ =
                    j + c < cols ? element(B, is, k0 + k, j0 + j + c) : 0;
}

/* tile = panel of A times panel of B: MR x NR sums, held in registers. */
static void multiply_tile(real *restrict tile, const real *restrict a,
                          const real *restrict b, size_t depth)
{
    vector sum[MR][VECTORS] = { 0 };
    for (size_t k = 0; k < depth; k++, a += MR, b += NR) {
        vector row[VECTORS];
        memcpy(row, b, sizeof row);
        for (int r = 0; r < MR; r++)
            for (int v = 0; v < VECTORS; v++)
                sum[r][v] += a[r] * row[v];
    }
    memcpy(tile, sum, sizeof sum);
}

void matrix_product(matrix C, matrix A, orientation A_is, matrix B,
                    orientation B_is)
{
    size_t m = A_is == AS_IT_IS ? A.rows : A.cols;
    size_t depth = A_is == AS_IT_IS ? A.cols : A.rows;
    size_t n = B_is == AS_IT_IS ? B.cols : B.rows;
    require(depth == (B_is == AS_IT_IS ? B.rows : B.cols), A, B);
    require(C.rows == m && C.cols == n, C, A, B);

    matrix_fill(C, 0);
    size_t kc = smaller(KC, depth), nc = smaller(NC, n + NR);
    matrix a = matrix_new(MC, kc), b = matrix_new(kc, nc + NR);

    for (size_t j0 = 0; j0 < n; j0 += NC)
        for (size_t k0 = 0; k0 < depth; k0 += KC) {
            size_t cols = smaller(NC, n - j0),
                   deep = smaller(KC, depth - k0);
            pack_B(b.data, B, B_is, k0, deep, j0, cols);
            for (size_t i0 = 0; i0 < m; i0 += MC) {
                size_t rows = smaller(MC, m - i0);
                pack_A(a.data, A, A_is, i0, rows, k0, deep);
                for (size_t j = 0; j < cols; j += NR)
                    for (size_t i = 0; i < rows; i += MR) {
                        real tile[MR * NR];
                        multiply_tile(tile, a.data + i * deep,
                                      b.data + j * deep, deep);
                        for (size_t r = 0; r < smaller(MR, rows - i); r++)
                            for (size_t c = 0; c < smaller(NR, cols - j);
                                 c++)
                                C.data[(i0 + i + r) * n + j0 + j + c] +=
                                    tile[r * NR + c];
                    }
            }
        }
    matrix_free(&a);
    matrix_free(&b);
}

#endif
