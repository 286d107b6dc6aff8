/* product.c - the product of two matrices, fast on any processor
 *
 * Here, in product_vector.c and in threads.c code is tuned, and nowhere
 * else in this course.  Chapter 04 explains and measures it; nothing else
 * depends on how it works.
 *
 * C is computed in tiles of MR x NR elements that stay in registers while k
 * runs.  For that, a block of B is copied into panels of NR columns, in the
 * order in which the tile reads them; A is read as it lies, one number at a
 * time for a whole row of the tile.  Where the matrix ends inside a panel,
 * the tile computes sums of whatever the panel held before, and nobody
 * looks at them.  KC x NR elements of B stay in the nearest caches.  If it
 * is less work, all that is done to the transposes instead.  Products with
 * vectors need no tiles, product_vector.c.  Threads share columns of C.
 */
#include "matrix.h"
#include "product_vector.h"
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
    KC = 400,
    NC = 256 /* a multiple of every NR */
};

/* C_ij is the sum over k of A_ik B_jk: what a step of i, j or k means in
 * memory is all that is left of the orientations. */
typedef struct {
    const real *data;
    size_t line, k; /* from one i or j to the next, from one k */
} operand;

typedef struct {
    real *data;
    size_t i, j;
} result;

/* Where a block of B is copied to.  It lasts from call to call, for memory
 * that is fetched anew each time costs as much as a small product does. */
static _Thread_local _Alignas(VECTOR_BYTES) real block[NC * KC];

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Transpose a square of LANES rows.  To take the numbers alternately from
 * the first half and from the second moves each bit of their places one
 * further; after as many times as a row's number has bits, row and column
 * have changed places. */
static void transpose_square(real *to, const real *from, size_t next)
{
    enum { ALL = LANES * LANES };
    real one[ALL], two[ALL];
    for (size_t r = 0; r < LANES; r++)
        memcpy(one + r * LANES, from + r * next, LANES * sizeof *one);
    for (size_t bit = 1; bit < LANES; bit *= 2) {
        for (size_t e = 0; e < ALL / 2; e++) {
            two[2 * e] = one[e];
            two[2 * e + 1] = one[ALL / 2 + e];
        }
        memcpy(one, two, sizeof one);
    }
    for (size_t r = 0; r < LANES; r++)
        memcpy(to + r * NR, one + r * LANES, LANES * sizeof *one);
}

/* Copy count lines of B, the first of them number first, from their element
 * k0 on, into panels of NR lines.  A panel holds the elements k0 of its
 * lines side by side, then the next. */
static void pack(operand B, size_t first, size_t count, size_t k0,
                 size_t depth)
{
    real *panel = block;
    for (size_t j = 0; j < count; j += NR, panel += depth * NR) {
        size_t lines = smaller(NR, count - j), line = 0;
        const real *from = B.data + (first + j) * B.line + k0 * B.k;
        if (B.line == 1) {
            for (size_t k = 0; k < depth; k++)
                memcpy(panel + k * NR, from + k * B.k,
                       lines * sizeof *panel);
            continue;
        }
        for (; line + LANES <= lines; line += LANES) {
            size_t k = 0;
            for (; k + LANES <= depth; k += LANES)
                transpose_square(panel + k * NR + line,
                                 from + line * B.line + k, B.line);
            for (; k < depth; k++)
                for (size_t l = line; l < line + LANES; l++)
                    panel[k * NR + l] = from[l * B.line + k];
        }
        for (; line < lines; line++)
            for (size_t k = 0; k < depth; k++)
                panel[k * NR + line] = from[line * B.line + k];
    }
}

//> multiply-tile
/* tile = MR rows of A times a panel of B: MR x NR sums, held in registers,
 * which have names and no numbers: so the loops over them are written out
 * by the compiler.  Element (r, k) of A is a[r][k * next]; rows of the
 * tile begin row_to_row numbers after each other. */
static void multiply_tile(real *restrict tile, size_t row_to_row,
                          const real *const *a, size_t next,
                          const real *restrict b, size_t depth)
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
#pragma GCC unroll 8
    for (size_t r = 0; r < MR; r++)
        memcpy(tile + r * row_to_row, sum[r], sizeof sum[r]);
}
//< multiply-tile

/* to = from, or add it: count numbers, in from one every step. */
static void put(real *restrict to, const real *restrict from, size_t step,
                size_t count, bool add)
{
    if (!add)
        for (size_t e = 0; e < count; e++)
            to[e] = from[e * step];
    else
        for (size_t e = 0; e < count; e++)
            to[e] += from[e * step];
}

/* The product of A and a block of B, of its lines j0 and on and from
 * element k0 on.  The first block of a line says what C is, the others add.
 */
static void multiply_blocks(result C, operand A, size_t rows, size_t j0,
                            size_t cols, size_t k0, size_t depth)
{
    for (size_t j = 0; j < cols; j += NR)
        for (size_t i = 0; i < rows; i += MR) {
            _Alignas(VECTOR_BYTES) real tile[MR * NR];
            const real *a[MR];
            size_t high = smaller(MR, rows - i),
                   wide = smaller(NR, cols - j);
            for (size_t r = 0; r < MR; r++) /* below, the last row */
                a[r] =
                    A.data + (i + smaller(r, high - 1)) * A.line + k0 * A.k;
            const real *panel = block + j * depth;
            real *c = C.data + i * C.i + (j0 + j) * C.j;
            if (C.j == 1 && k0 == 0 && high == MR && wide == NR) {
                multiply_tile(c, C.i, a, A.k, panel, depth);
                continue;
            }
            multiply_tile(tile, NR, a, A.k, panel, depth);
            if (C.j == 1)
                for (size_t r = 0; r < high; r++)
                    put(c + r * C.i, tile + r * NR, 1, wide, k0 > 0);
            else
                for (size_t l = 0; l < wide; l++)
                    put(c + l * C.j, tile + l, NR, high, k0 > 0);
        }
}

typedef struct {
    result C;
    operand A, B;
    size_t rows, cols, k;
} job;

/* The columns of C from first on, so many of them. */
static void multiply_columns(const job *all, size_t first, size_t count)
{
    size_t blocks = (all->k + KC - 1) / KC;
    size_t even = (all->k + blocks - 1) / blocks; /* none is left over */
    for (size_t j0 = first; j0 < first + count; j0 += NC)
        for (size_t k0 = 0; k0 < all->k; k0 += even) {
            size_t cols = smaller(NC, first + count - j0);
            size_t depth = smaller(even, all->k - k0);
            pack(all->B, j0, cols, k0, depth);
            multiply_blocks(all->C, all->A, all->rows, j0, cols, k0, depth);
        }
}

/* Threads share the panels of C as evenly as they can. */
static void multiply_part(void *what, size_t part, size_t parts)
{
    const job *all = what;
    size_t panels = (all->cols + NR - 1) / NR;
    size_t first = smaller(panels * part / parts * NR, all->cols);
    size_t end = smaller(panels * (part + 1) / parts * NR, all->cols);
    if (first < end)
        multiply_columns(all, first, end - first);
}

/* What a job costs, roughly, a multiplication in a tile being 1: measured
 * where vectors are wide. */
static size_t cost(job all)
{
    size_t tiles = (all.rows + MR - 1) / MR * ((all.cols + NR - 1) / NR);
    size_t copied = all.cols * all.k, written = all.rows * all.cols;
    return tiles * MR * NR * all.k + copied * (all.B.line == 1 ? 2 : 8) +
           written * (all.C.j == 1 ? 4 : 16);
}

/* C^T = B^T A^T is the same product, and may be cheaper: it is the second
 * factor that is copied. */
static job cheaper(job one)
{
    job other = { .C = { one.C.data, one.C.j, one.C.i },
                  .A = one.B,
                  .B = one.A,
                  .rows = one.cols,
                  .cols = one.rows,
                  .k = one.k };
    return cost(one) <= cost(other) ? one : other;
}

static void multiply(matrix C, matrix A, orientation A_is, matrix B,
                     orientation B_is, size_t k)
{
    enum { WORTH_IT = 1 << 18 }; /* multiplications, to wake a thread */
    if (product_with_vector(C, A, A_is, B, B_is, k))
        return;
    bool rows_of_A = A_is == AS_IT_IS, rows_of_B = B_is == TRANSPOSED;
    job all = cheaper((job){
        .C = { C.data, C.cols, 1 },
        .A = { A.data, rows_of_A ? A.cols : 1, rows_of_A ? 1 : A.cols },
        .B = { B.data, rows_of_B ? B.cols : 1, rows_of_B ? 1 : B.cols },
        .rows = C.rows,
        .cols = C.cols,
        .k = k });
    if (threads_in_use() > 1 && C.rows * C.cols * k >= WORTH_IT)
        threads_run(multiply_part, &all);
    else
        multiply_columns(&all, 0, all.cols);
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
