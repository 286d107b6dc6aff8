/* product.c - the product of two matrices, as fast as portable C can be
 *
 * The one place in this course where code is tuned.  Chapter 04 explains
 * and measures it; nothing else depends on how it works.
 *
 * C is computed in tiles of MR x NR elements that stay in registers while k
 * runs.  For that, a block of B is copied into panels of NR columns, in the
 * order in which the tile reads them; A is read as it lies, one number at a
 * time for a whole row of the tile.  Where the matrix ends inside a panel,
 * the tile computes sums of whatever the panel held before, and nobody
 * looks at them.  KC x NR elements of B fit the first cache.  A product
 * with a vector needs no tiles, and threads share the columns of C.
 */
#include "matrix.h"
#include "threads.h"

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

#include "vector.h"

#include <string.h>

enum {
    MR = VECTOR_BYTES == 64 ? 8 : 6,
    VECTORS = 2,
    NR = VECTORS * LANES,
    KC = 256,
    NC = 384 /* a multiple of every NR */
};

/* Where a block of B is copied to.  It lasts from call to call, for memory
 * that is fetched anew each time costs as much as a small product does. */
static _Thread_local _Alignas(VECTOR_BYTES) real block[NC * KC];

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Copy count columns of op(B), the first of them number first, from their
 * element k0 on, into panels of NR columns.  A panel holds the elements k0
 * of its columns side by side, then the next. */
static void pack(matrix B, bool by_rows, size_t first, size_t count,
                 size_t k0, size_t depth)
{
    real *panel = block;
    for (size_t j = 0; j < count; j += NR, panel += depth * NR) {
        size_t lines = smaller(NR, count - j);
        for (size_t c = 0; by_rows && c < lines; c++) {
            const real *row = B.data + (first + j + c) * B.cols + k0;
            for (size_t k = 0; k < depth; k++)
                panel[k * NR + c] = row[k];
        }
        for (size_t k = 0; !by_rows && k < depth; k++)
            memcpy(panel + k * NR, B.data + (k0 + k) * B.cols + first + j,
                   lines * sizeof *panel);
    }
}

/* tile = MR rows of op(A) times a panel of B: MR x NR sums, held in
 * registers, which have names and no numbers: so the loops over them are
 * written out by the compiler.  Element (r, k) of op(A) is a[r][k * next].
 */
static void multiply_tile(real *restrict tile, const real *const *a,
                          size_t next, const real *restrict b, size_t depth)
{
    vector sum[MR][VECTORS] = { 0 };
    const real *row_of[MR];
    for (int r = 0; r < MR; r++)
        row_of[r] = a[r];
    for (size_t k = 0; k < depth * next; k += next, b += NR) {
        vector row[VECTORS];
        memcpy(row, b, sizeof row);
#pragma GCC unroll 8
        for (int r = 0; r < MR; r++)
#pragma GCC unroll 2
            for (int v = 0; v < VECTORS; v++)
                sum[r][v] += row_of[r][k] * row[v];
    }
    memcpy(tile, sum, sizeof sum);
}

/* Add to C, in its columns j0 and on, the product of op(A) and a block of
 * B, from element k0 on. */
static void multiply_blocks(matrix C, matrix A, bool by_rows, size_t j0,
                            size_t cols, size_t k0, size_t depth)
{
    size_t next_row = by_rows ? A.cols : 1, next_k = by_rows ? 1 : A.cols;
    for (size_t j = 0; j < cols; j += NR)
        for (size_t i = 0; i < C.rows; i += MR) {
            real tile[MR * NR];
            const real *a[MR];
            size_t rows = smaller(MR, C.rows - i);
            for (size_t r = 0; r < MR; r++) /* below, the last row */
                a[r] = A.data + (i + smaller(r, rows - 1)) * next_row +
                       k0 * next_k;
            multiply_tile(tile, a, next_k, block + j * depth, depth);
            for (size_t r = 0; r < rows; r++)
                for (size_t c = 0; c < smaller(NR, cols - j); c++)
                    C.data[(i + r) * C.cols + j0 + j + c] +=
                        tile[r * NR + c];
        }
}

static vector at_once(const real *from)
{
    vector numbers;
    memcpy(&numbers, from, sizeof numbers);
    return numbers;
}

/* c = the dot products of the rows of A with b, some at a time: what is
 * read of b serves all of them, and no sum waits for another.  Of the last
 * ones that are missing the last row takes the place. */
static void dots_of_rows(real *c, const real *A, size_t rows, const real *b,
                         size_t k)
{
    enum { ABREAST = 8 };
    for (size_t first = 0; first < rows; first += ABREAST) {
        size_t count = smaller(ABREAST, rows - first), j = 0;
        const real *row[ABREAST];
        vector sum[ABREAST] = { 0 };
        real total[ABREAST] = { 0 };
        for (size_t r = 0; r < ABREAST; r++)
            row[r] = A + (first + smaller(r, count - 1)) * k;
        for (; j + LANES <= k; j += LANES)
#pragma GCC unroll 8
            for (size_t r = 0; r < ABREAST; r++)
                sum[r] += at_once(row[r] + j) * at_once(b + j);
        for (size_t l = 0; j > 0 && l < LANES; l++)
            for (size_t r = 0; r < ABREAST; r++)
                total[r] += sum[r][l];
        for (; j < k; j++)
#pragma GCC unroll 8
            for (size_t r = 0; r < ABREAST; r++)
                total[r] += row[r][j] * b[j];
        memcpy(c + first, total, count * sizeof *c);
    }
}

/* c += the sum of four rows of n elements, each with its factor. */
static void add_four_rows(real *restrict c, const real *restrict b,
                          size_t next, const real *factor, size_t n)
{
    for (size_t j = 0; j < n; j++)
        c[j] += (factor[0] * b[j] + factor[1] * b[next + j]) +
                (factor[2] * b[2 * next + j] + factor[3] * b[3 * next + j]);
}

static void add_row_times(real *restrict c, const real *restrict b,
                          real factor, size_t n)
{
    for (size_t j = 0; j < n; j++)
        c[j] += factor * b[j];
}

/* c += the sum of the rows of B, each times its element of a. */
static void sum_of_rows(real *c, const real *a, matrix B)
{
    size_t k = 0;
    for (; k + 4 <= B.rows; k += 4)
        add_four_rows(c, B.data + k * B.cols, B.cols, a + k, B.cols);
    for (; k < B.rows; k++)
        add_row_times(c, B.data + k * B.cols, a[k], B.cols);
}

/* A product with a vector uses each element of the matrix once: to copy it
 * would take longer than to multiply.  false if none of the three has one
 * row or one column. */
static bool multiply_vector(matrix C, matrix A, orientation A_is, matrix B,
                            orientation B_is, size_t k)
{
    bool rows_of_A = A_is == AS_IT_IS, rows_of_B = B_is == TRANSPOSED;
    if (C.cols == 1 && rows_of_A) /* c = A b */
        dots_of_rows(C.data, A.data, C.rows, B.data, k);
    else if (C.cols == 1) { /* c = A^T b */
        matrix_fill(C, 0);
        sum_of_rows(C.data, B.data, A);
    } else if (C.rows == 1 && rows_of_B) /* c = a B^T */
        dots_of_rows(C.data, B.data, C.cols, A.data, k);
    else if (C.rows == 1) { /* c = a B */
        matrix_fill(C, 0);
        sum_of_rows(C.data, A.data, B);
    } else if (k == 1) { /* C = a b */
        for (size_t i = 0; i < C.rows; i++)
            for (size_t j = 0; j < C.cols; j++)
                C.data[i * C.cols + j] = A.data[i] * B.data[j];
    } else
        return false;
    return true;
}

typedef struct {
    matrix C, A, B;
    orientation A_is, B_is;
    size_t k;
} job;

/* The columns of C from first on, so many of them. */
static void multiply_columns(const job *all, size_t first, size_t count)
{
    matrix C = all->C;
    for (size_t i = 0; i < C.rows; i++)
        memset(C.data + i * C.cols + first, 0, count * sizeof *C.data);
    for (size_t j0 = first; j0 < first + count; j0 += NC)
        for (size_t k0 = 0; k0 < all->k; k0 += KC) {
            size_t cols = smaller(NC, first + count - j0);
            size_t depth = smaller(KC, all->k - k0);
            pack(all->B, all->B_is == TRANSPOSED, j0, cols, k0, depth);
            multiply_blocks(C, all->A, all->A_is == AS_IT_IS, j0, cols, k0,
                            depth);
        }
}

/* Threads share the panels of C as evenly as they can. */
static void multiply_part(void *what, size_t part, size_t parts)
{
    const job *all = what;
    size_t panels = (all->C.cols + NR - 1) / NR;
    size_t first = smaller(panels * part / parts * NR, all->C.cols);
    size_t end = smaller(panels * (part + 1) / parts * NR, all->C.cols);
    if (first < end)
        multiply_columns(all, first, end - first);
}

static void multiply(matrix C, matrix A, orientation A_is, matrix B,
                     orientation B_is, size_t k)
{
    enum { WORTH_IT = 1 << 18 }; /* multiplications, to wake a thread */
    if (multiply_vector(C, A, A_is, B, B_is, k))
        return;
    job all = { C, A, B, A_is, B_is, k };
    if (threads_in_use() > 1 && C.rows * C.cols * k >= WORTH_IT)
        threads_run(multiply_part, &all);
    else
        multiply_columns(&all, 0, C.cols);
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
