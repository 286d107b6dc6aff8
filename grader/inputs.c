#define _DEFAULT_SOURCE
#include "inputs.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static random_state state;

static void ignore(const char *name, matrix value, role is)
{
    (void)name, (void)value, (void)is;
}

void (*inputs_made)(const char *name, matrix value, role is) = ignore;

void inputs_begin(uint64_t seed, size_t test_number)
{
    state = random_seed(seed ^ (0x9e3779b97f4a7c15u * (test_number + 1)));
}

/* Memory whose end is the end of a page, between two pages that can be
 * neither read nor written: one element too far is caught at once. */
static matrix guarded(size_t rows, size_t cols)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t bytes = rows * cols * sizeof(real);
    size_t inner = (bytes + page - 1) / page * page;

    char *start = mmap(NULL, inner + 2 * page, PROT_NONE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED)
        stop(NO_MEMORY, HERE, "out of memory");
    if (inner > 0)
        mprotect(start + page, inner, PROT_READ | PROT_WRITE);
    void *data = start + page + inner - bytes;
    return (matrix){ rows, cols, data };
}

static matrix filled(const char *name, matrix value, role is)
{
    matrix a = guarded(value.rows, value.cols);
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t bytes = a.rows * a.cols * sizeof *a.data;
    size_t inner = (bytes + page - 1) / page * page;

    if (bytes > 0)
        memcpy(a.data, value.data, bytes);
    if (is == INPUT && inner > 0)
        mprotect((char *)a.data + bytes - inner, inner, PROT_READ);
    inputs_made(name, a, is);
    return a;
}

matrix given(const char *name, matrix value)
{
    return filled(name, value, INPUT);
}

matrix used(const char *name, matrix value)
{
    return filled(name, value, IN_OUT);
}

static real away_from_zero(void)
{
    real size = 0.25 + 2.75 * random_uniform(&state);
    return random_bits(&state) >> 63 ? size : -size;
}

matrix any_matrix(const char *name, size_t rows, size_t cols)
{
    matrix value = matrix_new(rows, cols);
    for (size_t k = 0; k < rows * cols; k++)
        value.data[k] = away_from_zero();
    matrix a = filled(name, value, INPUT);
    matrix_free(&value);
    return a;
}

real given_number(const char *name, real value)
{
    inputs_made(name, MATRIX(1, 1, value), INPUT);
    return value;
}

real any_number(const char *name, real low, real high)
{
    return given_number(name, low + (high - low) * random_uniform(&state));
}

matrix output(const char *name, size_t rows, size_t cols)
{
    const uint64_t pattern = NEVER_WRITTEN;
    matrix a = guarded(rows, cols);
    for (size_t k = 0; k < rows * cols; k++)
        memcpy(&a.data[k], &pattern, sizeof pattern);
    inputs_made(name, a, OUTPUT);
    return a;
}

/* Copies, so that the answer outlives the block it was computed in. */
matrix grader_matrix(matrix value)
{
    return matrix_copy(value);
}

matrix grader_number(double value)
{
    matrix a = matrix_new(1, 1);
    memcpy(a.data, &value, sizeof value);
    return a;
}
