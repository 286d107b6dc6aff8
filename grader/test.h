/* test.h - what a chapter's tests are written with
 *
 * The same file becomes two programs.  In the worker, linked with a
 * student's code, expect(got, want) sends got away and want is not even
 * compiled.  In the judge (JUDGE is defined), linked with the reference, it
 * computes both and compares want with what the worker sent.  Therefore:
 *
 *   - never branch on an answer: both programs must walk the same path
 *   - no expected value stands outside expect()
 *   - inputs come from given() and any_matrix(), outputs from output()
 *
 *     TEST(linreg_mae, of_any_data, 2, "A question that leads on?")
 *     {
 *         matrix yhat = any_matrix("yhat", 5, 1);
 *         matrix y = any_matrix("y", 5, 1);
 *         expect_reference(linreg_mae(yhat, y));
 *     }
 */
#ifndef TEST_H
#define TEST_H

#include "matrix.h"
#include "random.h"

typedef struct test {
    const char *function, *name;
    void (*run)(void);
    int points; /* these three only in the judge */
    const char
        *hints[4]; /* up to three, the last one explains; then NULL */
    int line;
    struct test *next;
} test;

void grader_add_test(test *one);

/* A test of function worth some points, with one to three hints: questions
 * that lead on, the last may explain. */
#ifdef JUDGE
#define TEST(function_, name_, points_, ...)                               \
    TEST_ADDED(function_, name_, .points = points_, .line = __LINE__,      \
               .hints = { __VA_ARGS__ })
#else
#define TEST(function_, name_, points_, ...)                               \
    TEST_ADDED(function_, name_, .points = 0)
#endif
#define TEST_ADDED(function_, name_, ...)                                  \
    static void test_##function_##_##name_(void);                          \
    __attribute__((constructor)) static void add_##function_##_##name_(    \
        void)                                                              \
    {                                                                      \
        static test one = { .function = #function_,                        \
                            .name = #name_,                                \
                            .run = test_##function_##_##name_,             \
                            __VA_ARGS__ };                                 \
        grader_add_test(&one);                                             \
    }                                                                      \
    static void test_##function_##_##name_(void)

/* Inputs.  They lie in memory that can be read and not written, and end
 * where a page ends that can be neither. */
matrix given(const char *name, matrix value);

real given_number(const char *name, real value);

/* An input of numbers between -3 and 3, none of them near 0, from the seed
 * of this run: the same in both programs. */
matrix any_matrix(const char *name, size_t rows, size_t cols);

/* A number between low and high, likewise. */
real any_number(const char *name, real low, real high);

/* A place for an answer, filled with a value that nobody would write. */
matrix output(const char *name, size_t rows, size_t cols);

/* The same, but with something in it: in/out, or left from an earlier call.
 */
matrix used(const char *name, matrix value);

/* Do something, and let the report say that it was done. */
#ifdef JUDGE
#define call(...) (grader_called(#__VA_ARGS__), (void)(__VA_ARGS__))
void grader_called(const char *text);
#else
#define call(...) ((void)(__VA_ARGS__))
#endif

/* The answer got, a number or a matrix, must be want:
 * |got - want| <= tolerance * (1 + |want|), element by element. */
#define expect(got, want) expect_within(1e-9, got, want)
#define expect_reference(got) expect_reference_within(1e-9, got)
#ifdef JUDGE
#define expect_within(tolerance, got, want)                                \
    (grader_called(#got),                                                  \
     grader_expect(#got, tolerance, GRADER_MATRIX(got),                    \
                   GRADER_MATRIX(want)))
#define expect_reference_within(tolerance, got)                            \
    (grader_called(#got),                                                  \
     grader_expect_reference(#got, tolerance, GRADER_MATRIX(got)))
void grader_expect(const char *text, real tolerance, matrix got,
                   matrix want);
void grader_expect_reference(const char *text, real tolerance, matrix got);
#else
#define expect_within(tolerance, got, want)                                \
    grader_answer(GRADER_MATRIX(got))
#define expect_reference_within(tolerance, got)                            \
    grader_answer(GRADER_MATRIX(got))
void grader_answer(matrix got);
#endif

#define GRADER_MATRIX(x)                                                   \
    _Generic((x), matrix : grader_matrix, default : grader_number)(x)
matrix grader_matrix(matrix value);
matrix grader_number(double value);

#endif
