#define _DEFAULT_SOURCE
#include "relation.h"
#include "compare.h"

#include <math.h>
#include <string.h>

/* --- One wrong answer after another --------------------------------------
 */

typedef struct {
    const result *in;
    const expectation *e;
} wrong;

enum { MOST_WRONG = 200 };

static size_t collect(wrong list[MOST_WRONG], result *const results[],
                      size_t count)
{
    size_t found = 0;
    for (size_t k = 0; k < count; k++)
        for (size_t i = 0; i < results[k]->expectation_count; i++) {
            const expectation *e = &results[k]->expectations[i];
            if (e->answered && !e->right && found < MOST_WRONG)
                list[found++] = (wrong){ results[k], e };
        }
    return found;
}

static bool same_shape(const expectation *e)
{
    return e->yours.rows == e->expected.rows &&
           e->yours.cols == e->expected.cols;
}

static size_t size_of(const expectation *e)
{
    return e->expected.rows * e->expected.cols;
}

/* The number of examples: the rows of y, of X, or of the first input. */
static double examples(const result *r)
{
    static const char *const names[] = { "y", "X" };
    for (size_t n = 0; n < 2; n++)
        for (size_t k = 0; k < r->array_count; k++)
            if (!strcmp(r->arrays[k].name, names[n]))
                return (double)r->arrays[k].value.rows;
    return r->array_count > 0 ? (double)r->arrays[0].value.rows : 0;
}

/* --- A factor
 * -------------------------------------------------------------- */

typedef struct {
    double (*value)(double N);
    const char *words; /* after "Each of your numbers is exactly " */
} factor;

static double minus_one(double N)
{
    return (void)N, -1;
}
static double two(double N)
{
    return (void)N, 2;
}
static double half(double N)
{
    return (void)N, 0.5;
}
static double times_N(double N)
{
    return N;
}
static double over_N(double N)
{
    return 1 / N;
}
static double minus_N(double N)
{
    return -N;
}
static double times_2N(double N)
{
    return 2 * N;
}
static double bessel(double N)
{
    return N / (N - 1);
}
static double over_NN(double N)
{
    return 1 / (N * N);
}

static const factor factors[] = {
    { minus_one, "the expected one with the opposite sign" },
    { two, "twice the expected one" },
    { half, "half the expected one" },
    { times_N,
      "N times the expected one, where N is the number of examples" },
    { over_N, "the expected one divided by N, the number of examples" },
    { minus_N, "-N times the expected one, where N is the number of "
               "examples: two things at once" },
    { times_2N, "2N times the expected one, where N is the number of "
                "examples" },
    { bessel, "N/(N - 1) times the expected one, where N is the number of "
              "examples" },
    { over_NN, "the expected one divided by N^2, where N is the number of "
               "examples: divided twice?" },
};

/* Whether every wrong answer is c times the expected one. */
static bool is_factor(const wrong *list, size_t count, const factor *f,
                      double constant)
{
    size_t numbers = 0;
    for (size_t k = 0; k < count; k++) {
        const expectation *e = list[k].e;
        double N = examples(list[k].in);
        double c = f ? f->value(N) : constant;
        if (!same_shape(e) || !isfinite(c) || (f && N < 2))
            return false;
        for (size_t i = 0; i < size_of(e); i++) {
            numbers += e->expected.data[i] != 0;
            if (!same_number(e->yours.data[i], c * e->expected.data[i],
                             e->tolerance))
                return false;
        }
    }
    return numbers >= 2;
}

/* --- Everything else
 * ------------------------------------------------------- */

static bool all(const wrong *list, size_t count,
                bool (*holds)(real yours, real expected))
{
    bool good = true;
    for (size_t k = 0; good && k < count; k++) {
        good = same_shape(list[k].e);
        for (size_t i = 0; good && i < size_of(list[k].e); i++)
            good = same_number(list[k].e->yours.data[i],
                               list[k].e->expected.data[i],
                               list[k].e->tolerance) ||
                   holds(list[k].e->yours.data[i],
                         list[k].e->expected.data[i]);
    }
    return good;
}

static bool never_written(real yours, real expected)
{
    return (void)expected, has_bits(yours, NEVER_WRITTEN);
}

static bool built_on_it(real yours, real expected)
{
    return (void)expected, has_bits(yours, BUILT_ON_IT);
}

static bool is_nan(real yours, real expected)
{
    return (void)expected, isnan(yours);
}

static bool is_infinite(real yours, real expected)
{
    return (void)expected, isinf(yours);
}

/* Variables without a value start with this pattern in every byte. */
static bool is_unset(real yours, real expected)
{
    return (void)expected, fabs(yours) > 1e295 && isfinite(yours);
}

static bool is_zero(real yours, real expected)
{
    return (void)expected, yours == 0;
}

static bool is_truncated(real yours, real expected)
{
    return yours == trunc(expected) && yours != expected;
}

/* Whether all numbers are off by the same amount, which is returned. */
static bool same_offset(const wrong *list, size_t count, double *offset)
{
    size_t numbers = 0;
    for (size_t k = 0; k < count; k++) {
        if (!same_shape(list[k].e))
            return false;
        for (size_t i = 0; i < size_of(list[k].e); i++) {
            double d =
                list[k].e->yours.data[i] - list[k].e->expected.data[i];
            if (numbers++ == 0)
                *offset = d;
            if (!same_number(d, *offset, 1e-9))
                return false;
        }
    }
    return numbers >= 3 && isfinite(*offset);
}

/* Whether every wrong matrix is the expected one in another order. */
static bool reordered(const wrong *list, size_t count,
                      size_t (*from)(const expectation *e, size_t i))
{
    bool more_than_one = false;
    for (size_t k = 0; k < count; k++) {
        const expectation *e = list[k].e;
        if (e->yours.rows * e->yours.cols != size_of(e))
            return false;
        for (size_t i = 0; i < size_of(e); i++)
            if (!same_number(e->yours.data[i], e->expected.data[from(e, i)],
                             e->tolerance))
                return false;
        more_than_one |= size_of(e) > 1;
    }
    return more_than_one;
}

static size_t transposed(const expectation *e, size_t i)
{
    size_t rows = e->expected.rows, cols = e->expected.cols;
    return (i % rows) * cols + i / rows;
}

static size_t reversed(const expectation *e, size_t i)
{
    return size_of(e) - 1 - i;
}

static size_t shifted_up(const expectation *e, size_t i)
{
    return (i + 1) % size_of(e);
}

static size_t shifted_down(const expectation *e, size_t i)
{
    return (i + size_of(e) - 1) % size_of(e);
}

static const char *some_or_all(const wrong *list, size_t count,
                               bool (*holds)(real, real))
{
    for (size_t k = 0; k < count; k++)
        for (size_t i = 0; i < size_of(list[k].e); i++)
            if (!holds(list[k].e->yours.data[i], 0))
                return "Some of it";
    return "It";
}

/* The first wrong number that is none, or is infinite: where, in words. */
static const char *first_strange(const wrong *list, size_t count)
{
    for (size_t k = 0; k < count; k++)
        for (size_t i = 0; same_shape(list[k].e) && i < size_of(list[k].e);
             i++) {
            const expectation *e = list[k].e;
            real yours = e->yours.data[i];
            if (isfinite(yours) ||
                same_number(yours, e->expected.data[i], e->tolerance))
                continue;
            const char *where = size_of(e) == 1 ? e->text
                                : e->expected.cols == 1
                                    ? shared_text("%s[%zu]", e->text, i)
                                    : shared_text("%s[%zu, %zu]", e->text,
                                                  i / e->expected.cols,
                                                  i % e->expected.cols);
            if (has_bits(yours, NEVER_WRITTEN))
                return shared_text("Some of it was never written and still "
                                   "holds what was there before the call, "
                                   "%s first.",
                                   where);
            if (isinf(yours))
                return shared_text("Some of it is infinite, %s first: a "
                                   "division by zero, or numbers that grew "
                                   "beyond all bounds.",
                                   where);
            return shared_text(
                "Some of it is not a number (nan), %s first: 0/0, infinity "
                "minus infinity, the root or logarithm of a negative "
                "number, or a variable that was never given a value.",
                where);
        }
    return NULL;
}

const char *relation(result *const results[], size_t count)
{
    wrong list[MOST_WRONG];
    size_t n = collect(list, results, count);
    double offset = 0;

    if (n == 0)
        return NULL;
    if (all(list, n, never_written))
        return shared_text("%s was never written: it still holds what was "
                           "there before the call.",
                           some_or_all(list, n, never_written));
    if (all(list, n, built_on_it))
        return "The result was computed from what the output held before "
               "the call.  Where does your sum start?";
    if (all(list, n, is_nan))
        return "Not a number (nan): 0/0, infinity minus infinity, the root "
               "or logarithm of a negative number, or a variable that was "
               "never given a value.";
    if (all(list, n, is_unset))
        return "The result was computed from a variable that was never "
               "given "
               "a value.  Where does your sum start?";
    if (all(list, n, is_infinite))
        return "Infinity: a division by zero, or numbers that grew beyond "
               "all bounds.";
    if (all(list, n, is_zero))
        return "Every wrong number is exactly 0.  A division of two whole "
               "numbers, or a sum that is never added to?";
    for (size_t k = 0; k < sizeof factors / sizeof *factors; k++)
        if (is_factor(list, n, &factors[k], 0))
            return shared_text("Each of the wrong numbers is exactly %s.",
                               factors[k].words);
    if (reordered(list, n, transposed))
        return "The numbers are right and lie transposed: rows and columns "
               "have changed places.";
    if (reordered(list, n, reversed))
        return "The numbers are right, in the opposite order.";
    if (reordered(list, n, shifted_up) || reordered(list, n, shifted_down))
        return "The numbers are right and one place off.";
    if (all(list, n, is_truncated))
        return "Each of the wrong numbers has lost its fraction: was it a "
               "whole number on the way?";
    if (same_offset(list, n, &offset))
        return shared_text("Each of the wrong numbers is off by the same "
                           "amount, %g.",
                           offset);
    for (size_t i = 0; n > 0 && i < size_of(list[0].e); i++)
        if (list[0].e->expected.data[i] != 0 && same_shape(list[0].e)) {
            double c =
                list[0].e->yours.data[i] / list[0].e->expected.data[i];
            if (isfinite(c) && c != 0 && is_factor(list, n, NULL, c))
                return shared_text("Each of the wrong numbers is %g times "
                                   "the expected one.",
                                   c);
            break;
        }
    return first_strange(list, n);
}
