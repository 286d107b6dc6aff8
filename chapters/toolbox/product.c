/* product.c - the product of two matrices, as fast as portable C can be
 *
 * The one place in this course where code is tuned.  Chapter 04 explains
 * and measures it; nothing else depends on how it works.
 *
 * C is computed in tiles of MR x NR elements that stay in registers while k
 * runs.  For that, a block of A is copied into panels of MR rows and a
 * block of B into panels of NR columns, in the order in which the tile
 * reads them.  Whether an operand was transposed is settled by the copying.
 * Where the matrix ends inside a panel, the tile computes sums of whatever
 * the panel held before, and nobody looks at them.  KC x NR elements of B
 * fit the first cache, MC x KC of A the second.
 */
#include "matrix.h"

#ifdef BLAS
#include <cblas.h>

static void multiply(matrix C, matrix A, orientation A_is, matrix B,
                     orientation B_is, size_t k)
{
    CBLAS_TRANSPOSE a = A_is == AS_IT_IS ? CblasNoTrans : CblasTrans;
    CBLAS_TRANSPOSE b = B_is == AS_IT_IS ? CblasNoTrans : CblasTrans;
    int M = (int)C.rows, N = (int)C.cols, K = (int)k;
    int lda = (int)A.cols, ldb = (int)B.cols, ldc = (int)C.cols;

    if (sizeof(real) == sizeof(double))
        cblas_dgemm(CblasRowMajor, a, b, M, N, K, 1, (void *)A.data, lda,
                    (void *)B.data, ldb, 0, (void *)C.data, ldc);
    else
        cblas_sgemm(CblasRowMajor, a, b, M, N, K, 1, (void *)A.data, lda,
                    (void *)B.data, ldb, 0, (void *)C.data, ldc);
}

#else

#include <string.h>

#if defined __AVX512F__
enum { VECTOR_BYTES = 64, MR = 8 };
#elif defined __AVX__
enum { VECTOR_BYTES = 32, MR = 6 };
#else
enum { VECTOR_BYTES = 16, MR = 6 };
#endif

typedef real vector __attribute__((vector_size(VECTOR_BYTES)));

enum {
    VECTORS = 2,
    NR = VECTORS * VECTOR_BYTES / sizeof(real),
    KC = 256,
    MC = 96, /* a multiple of every MR */
    NC = 384 /* a multiple of every NR */
};

/* Where the blocks of A and B are copied to.  They last from call to call,
 * for memory that is fetched anew each time costs as much as a small
 * product does. */
static _Thread_local _Alignas(VECTOR_BYTES) real block_A[MC * KC];
static _Thread_local _Alignas(VECTOR_BYTES) real block_B[NC * KC];

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Copy count lines of X, the first of them number first, from their element
 * k0 on, into panels of width lines.  A line is a row of X or a column; a
 * panel holds the elements k0 of its lines side by side, then the next. */
static inline void pack(real *panel, size_t width, matrix X, bool by_rows,
                        size_t first, size_t count, size_t k0, size_t depth)
{
    size_t next_line = by_rows ? X.cols : 1, next_k = by_rows ? 1 : X.cols;
    const real *from = X.data + first * next_line + k0 * next_k;

    for (size_t i = 0; i < count; i += width) {
        size_t lines = smaller(width, count - i);
        for (size_t k = 0; k < depth; k++, panel += width)
            for (size_t r = 0; r < lines; r++)
                panel[r] = from[(i + r) * next_line + k * next_k];
    }
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

/* Add to C, from row i0 and column j0 on, the product of the two blocks. */
static void multiply_blocks(matrix C, size_t i0, size_t rows, size_t j0,
                            size_t cols, size_t depth)
{
    for (size_t j = 0; j < cols; j += NR)
        for (size_t i = 0; i < rows; i += MR) {
            real tile[MR * NR];
            multiply_tile(tile, block_A + i * depth, block_B + j * depth,
                          depth);
            for (size_t r = 0; r < smaller(MR, rows - i); r++)
                for (size_t c = 0; c < smaller(NR, cols - j); c++)
                    C.data[(i0 + i + r) * C.cols + j0 + j + c] +=
                        tile[r * NR + c];
        }
}

static void multiply(matrix C, matrix A, orientation A_is, matrix B,
                     orientation B_is, size_t k)
{
    matrix_fill(C, 0);
    for (size_t j0 = 0; j0 < C.cols; j0 += NC)
        for (size_t k0 = 0; k0 < k; k0 += KC) {
            size_t cols = smaller(NC, C.cols - j0);
            size_t depth = smaller(KC, k - k0);
            pack(block_B, NR, B, B_is == TRANSPOSED, j0, cols, k0, depth);
            for (size_t i0 = 0; i0 < C.rows; i0 += MC) {
                size_t rows = smaller(MC, C.rows - i0);
                pack(block_A, MR, A, A_is == AS_IT_IS, i0, rows, k0, depth);
                multiply_blocks(C, i0, rows, j0, cols, depth);
            }
        }
}

#endif

void matrix_product(matrix C, matrix A, orientation A_is, matrix B,
                    orientation B_is)
{
    size_t m = A_is == AS_IT_IS ? A.rows : A.cols;
    size_t k = A_is == AS_IT_IS ? A.cols : A.rows;
    size_t n = B_is == AS_IT_IS ? B.cols : B.rows;
    const size_t columns_of_A = k;
    const size_t rows_of_B = B_is == AS_IT_IS ? B.rows : B.cols;
    require(columns_of_A == rows_of_B, A, B);
    require(C.rows == m && C.cols == n, C, A, B);

    if (m == 0 || n == 0)
        return;
    require(C.data != A.data && C.data != B.data, C, A, B);
    if (k == 0)
        matrix_fill(C, 0);
    else
        multiply(C, A, A_is, B, B_is, k);
}
