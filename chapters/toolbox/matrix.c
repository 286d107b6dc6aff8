#define _DEFAULT_SOURCE
#include "matrix.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/mman.h>
#endif

size_t matrix_count;

/* Zeros.  Many begin where a line of the cache begins, for what lies across
 * two lines is fetched twice.  A great many lie in large pages where Linux
 * has them: then the processor has fewer places to look up. */
static real *zeros(size_t count)
{
    enum { LINE = 64, PAGE = 1 << 21, FEW = 512 };
    size_t size = count * sizeof(real);
    void *data;
    if (count < FEW)
        return calloc(count, sizeof(real));
    if (posix_memalign(&data, size < 2 * PAGE ? LINE : PAGE, size) != 0)
        return NULL;
#ifdef MADV_HUGEPAGE
    if (size >= 2 * PAGE)
        madvise(data, size, MADV_HUGEPAGE);
#endif
    return memset(data, 0, size);
}

matrix matrix_new(size_t rows, size_t cols)
{
    require(cols == 0 || rows <= SIZE_MAX / sizeof(real) / cols);
    matrix a = { rows, cols, zeros(rows * cols) };
    if (!a.data && rows * cols > 0)
        stop(NO_MEMORY, HERE, "out of memory");
    matrix_count += a.data != NULL;
    return a;
}

matrix matrix_copy(matrix a)
{
    matrix copy = matrix_new(a.rows, a.cols);
    if (a.rows * a.cols > 0)
        memcpy(copy.data, a.data, a.rows * a.cols * sizeof *a.data);
    return copy;
}

void matrix_free(matrix *a)
{
    matrix_count -= a->data != NULL;
    free(a->data);
    *a = (matrix){ 0 };
}

void matrix_fill(matrix a, real value)
{
    for (size_t k = 0; k < a.rows * a.cols; k++)
        a.data[k] = value;
}

matrix matrix_rows(matrix a, size_t first, size_t count)
{
    require(first <= a.rows && count <= a.rows - first, a);
    return (matrix){ count, a.cols,
                     a.data ? a.data + first * a.cols : NULL };
}

void no_element(matrix a, size_t i, size_t j, place where)
{
    char why[120];
    /* signed: what went below 0 is easier to recognise as -1 */
    snprintf(why, sizeof why, "no element (%td, %td) in a %zu x %zu matrix",
             (ptrdiff_t)i, (ptrdiff_t)j, a.rows, a.cols);
    stop(NO_ELEMENT, where, why);
}
