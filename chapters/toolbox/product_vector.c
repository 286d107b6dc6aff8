/* product_vector.c - products in which one factor is a vector, or three
 *
 * Sums of products along the rows of the matrix, or sums of its rows:
 * either way memory is read as it lies.
 */
#include "product_vector.h"

#include "vector.h"

#include <string.h>

static vector at_once(const real *from)
{
    vector numbers;
    memcpy(&numbers, from, sizeof numbers);
    return numbers;
}

/* c = the dot products of the rows of A with b, some at a time: what is
 * read of b serves all of them, and no sum waits for another.  Where
 * fewer are left, the last of them stands in for the missing. */
static void dots_of_rows(real *c, const real *A, size_t rows, const real *b,
                         size_t k)
{
    enum { ABREAST = 8 };
    for (size_t first = 0; first < rows; first += ABREAST) {
        size_t left = rows - first, count = left < ABREAST ? left : ABREAST;
        size_t j = 0;
        const real *row[ABREAST];
        vector sum[ABREAST] = { 0 };
        real total[ABREAST] = { 0 };
        for (size_t r = 0; r < ABREAST; r++)
            row[r] = A + (first + (r < count ? r : count - 1)) * k;
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

/* c = the sum of the rows of B, k of them of n elements, each times its
 * element of a. */
static void sum_of_rows(real *c, const real *a, const real *B, size_t k,
                        size_t n)
{
    memset(c, 0, n * sizeof *c);
    size_t row = 0;
    for (; row + 4 <= k; row += 4)
        add_four_rows(c, B + row * n, n, a + row, n);
    for (; row < k; row++)
        add_row_times(c, B + row * n, a[row], n);
}

/* The same two for rows of 8, 4 or 2 elements, where the compiler is told
 * how short they are: then it takes several of them at once. */
static inline void dots_of_short(real *restrict c, const real *restrict A,
                                 size_t rows, const real *restrict b,
                                 size_t k)
{
    for (size_t i = 0; i < rows; i++) {
        real total = 0;
        for (size_t j = 0; j < k; j++)
            total += A[i * k + j] * b[j];
        c[i] = total;
    }
}

static inline void sum_of_short(real *restrict c, const real *restrict a,
                                const real *restrict B, size_t k, size_t n)
{
    enum { ABREAST = 8, LONGEST = 8 };
    real sum[ABREAST][LONGEST] = { 0 };
    size_t row = 0;
    for (; row + ABREAST <= k; row += ABREAST)
#pragma GCC unroll 8
        for (size_t r = 0; r < ABREAST; r++)
            for (size_t j = 0; j < n; j++)
                sum[r][j] += a[row + r] * B[(row + r) * n + j];
    for (; row < k; row++)
        for (size_t j = 0; j < n; j++)
            sum[0][j] += a[row] * B[row * n + j];
    for (size_t j = 0; j < n; j++) {
        c[j] = 0;
        for (size_t r = 0; r < ABREAST; r++)
            c[j] += sum[r][j];
    }
}

static void dots(real *c, const real *A, size_t rows, const real *b,
                 size_t k)
{
    if (k == 8)
        dots_of_short(c, A, rows, b, 8);
    else if (k == 4)
        dots_of_short(c, A, rows, b, 4);
    else if (k == 2)
        dots_of_short(c, A, rows, b, 2);
    else
        dots_of_rows(c, A, rows, b, k);
}

static void sums(real *c, const real *a, const real *B, size_t k, size_t n)
{
    if (n == 8)
        sum_of_short(c, a, B, k, 8);
    else if (n == 4)
        sum_of_short(c, a, B, k, 4);
    else if (n == 2)
        sum_of_short(c, a, B, k, 2);
    else
        sum_of_rows(c, a, B, k, n);
}

/* C = a sum of few products of a column and a row. */
static void few_columns_and_rows(matrix C, const real *A, const real *B,
                                 size_t k)
{
    for (size_t i = 0; i < C.rows; i++) {
        real *c = C.data + i * C.cols;
        for (size_t j = 0; j < C.cols; j++)
            c[j] = A[i] * B[j];
        for (size_t one = 1; one < k; one++)
            add_row_times(c, B + one * C.cols, A[one * C.rows + i], C.cols);
    }
}

bool product_with_vector(matrix C, matrix A, orientation A_is, matrix B,
                         orientation B_is, size_t k)
{
    enum { FEW = 3 };
    bool rows_of_A = A_is == AS_IT_IS, rows_of_B = B_is == TRANSPOSED;
    if (C.cols == 1 && rows_of_A) /* c = A b */
        dots(C.data, A.data, C.rows, B.data, k);
    else if (C.cols == 1) /* c = A^T b */
        sums(C.data, B.data, A.data, k, C.rows);
    else if (C.rows == 1 && !rows_of_B) /* c = a B */
        sums(C.data, A.data, B.data, k, C.cols);
    else if (C.rows == 1 || (C.rows <= FEW && rows_of_A && rows_of_B))
        for (size_t i = 0; i < C.rows; i++) /* c = a B^T */
            dots(C.data + i * C.cols, B.data, C.cols, A.data + i * k, k);
    else if (k == 1 || (k <= FEW && !rows_of_A && !rows_of_B))
        few_columns_and_rows(C, A.data, B.data, k); /* C = a b + ... */
    else
        return false;
    return true;
}
