/* replay.h - one test of one function, as a program of its own
 *
 * For what grader/replay writes.  The words are those of test.h: given()
 * and its like hand out what the test was given, from a table that stands
 * in the program; expect() prints what your function answers beside what
 * the report expected.
 */
#ifndef REPLAY_H
#define REPLAY_H

#include "matrix.h"
#include "random.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A matrix as the test had it; without data it is one for you to fill. */
typedef struct {
    const char *name;
    size_t rows, cols;
    const real *data;
} replay_array;

extern const replay_array replay_inputs[], replay_expected[];

static size_t replay_asked, replay_answered, replay_wrong;

/* The next of the recorded inputs: one that may only be read lies where the
 * system lets nobody write. */
static inline matrix replay_input(const char *name, bool writable)
{
    const replay_array *one = &replay_inputs[replay_asked++];
    if (!one->name || strcmp(one->name, name) != 0) {
        fprintf(stderr, "replay: the test asks for %s, and next is %s\n",
                name, one->name ? one->name : "nothing");
        return (matrix){ 0, 0, NULL };
    }
    if (one->data && !writable)
        return (matrix){ one->rows, one->cols, (real *)one->data };

    const uint64_t never_written = 0x7ff4dead0000beefu;
    matrix a = matrix_new(one->rows, one->cols);
    for (size_t k = 0; k < a.rows * a.cols; k++)
        if (one->data)
            a.data[k] = one->data[k];
        else
            memcpy(&a.data[k], &never_written, sizeof never_written);
    return a;
}

static inline real replay_one(const char *name)
{
    return at(replay_input(name, false), 0, 0);
}

#define TEST(function_, name_, ...)                                        \
    static __attribute__((unused)) void test_##function_##_##name_(void)

#define given(name, value) ((void)(value), replay_input(name, false))
#define given_number(name, value) ((void)(value), replay_one(name))
#define any_matrix(name, rows, cols) given(name, (rows) + (cols))
#define any_number(name, low, high) given_number(name, (low) + (high))
#define used(name, value) ((void)(value), replay_input(name, true))
#define output(name, rows, cols) used(name, (rows) + (cols))

#define call(...) (printf("%s\n", #__VA_ARGS__), (void)(__VA_ARGS__))

/* As in the worker, what the test wants is not even compiled. */
#pragma GCC diagnostic ignored "-Wunused-function"

#define expect(got, want) replay_expect(#got, 1e-9, REPLAY_MATRIX(got))
#define expect_within(tolerance, got, want)                                \
    replay_expect(#got, tolerance, REPLAY_MATRIX(got))
#define expect_reference(got) replay_expect(#got, 1e-9, REPLAY_MATRIX(got))
#define expect_reference_within(tolerance, got)                            \
    replay_expect(#got, tolerance, REPLAY_MATRIX(got))

#define REPLAY_MATRIX(x)                                                   \
    _Generic((x), matrix : replay_matrix, default : replay_number)(x)

static inline matrix replay_matrix(matrix value)
{
    return matrix_copy(value);
}

static inline matrix replay_number(double value)
{
    matrix a = matrix_new(1, 1);
    memcpy(a.data, &value, sizeof value);
    return a;
}

static inline void replay_expect(const char *text, double tolerance,
                                 matrix yours)
{
    const replay_array *want = &replay_expected[replay_answered++];
    printf("\n  %s\n", text);
    if (yours.rows != want->rows || yours.cols != want->cols) {
        printf("    yours is %zu x %zu, expected is %zu x %zu\n",
               yours.rows, yours.cols, want->rows, want->cols);
        replay_wrong++;
        return;
    }
    printf("    %-12s%-28s%s\n", "", "yours", "expected");
    for (size_t k = 0; k < yours.rows * yours.cols; k++) {
        double a = yours.data[k], b = want->data[k];
        double allowed = tolerance * (1 + fabs(b));
        bool right =
            a == b || (isnan(a) && isnan(b)) || fabs(a - b) <= allowed;
        char element[60];
        snprintf(element, sizeof element, "[%zu, %zu]", k / yours.cols,
                 k % yours.cols);
        printf("    %-12s%-28.17g%-26.17g%s\n", element, a, b,
               right ? "" : "wrong");
        replay_wrong += !right;
    }
    matrix_free(&yours);
}

/* What main() answers: 0 if nothing is wrong. */
static inline int replay_end(void)
{
    printf("\n%zu of the numbers are wrong\n", replay_wrong);
    return replay_wrong > 0;
}

#endif
