/* test.c - the toolbox's own tests
 *
 * Compile it with the other files of this folder, with or without -DBLAS,
 * NDEBUG or another REAL, and run it: one line per test, exit status 1 if
 * any failed.  The tables that the tests read are written beside the
 * program.
 */
#define _POSIX_C_SOURCE 200809L

#include "arena.h"
#include "csv.h"
#include "examples.h"
#include "matrix.h"
#include "random.h"
#include "threads.h"

#include <check.h>
#include <errno.h>
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const bool real_is_float = sizeof(real) == sizeof(float);

/* Each ck_assert writes a file: long loops ask once, at their end. */
static bool same(const real *a, const real *b, size_t count)
{
    size_t k = 0;
    while (k < count && a[k] == b[k])
        k++;
    return k == count;
}

/* --- Stops: caught, and what they said
 * ------------------------------------ */

static jmp_buf after_stop;
static trouble stop_kind;
static place stop_place;
static char stop_why[500];

static void catch_stop(trouble kind, place where, const char *why)
{
    stop_kind = kind;
    stop_place = where;
    snprintf(stop_why, sizeof stop_why, "%s", why);
    longjmp(after_stop, 1);
}

/* Do something that must stop for this reason. */
#define expect_stop(kind, why, ...)                                        \
    do {                                                                   \
        on_stop = catch_stop;                                              \
        if (setjmp(after_stop) == 0) {                                     \
            (void)(__VA_ARGS__);                                           \
            ck_abort_msg("did not stop: %s", #__VA_ARGS__);                \
        }                                                                  \
        ck_assert_int_eq(stop_kind, kind);                                 \
        ck_assert_str_eq(stop_why, why);                                   \
    } while (0)

static void needs_a_column(matrix X, matrix w)
{
    require(X.cols == w.rows && w.cols == 1, X, w);
}

START_TEST(require_names_rule_and_shapes)
{
    matrix X = MATRIX(2, 3, 1, 2, 3, 4, 5, 6), w = MATRIX(3, 1, 1, 2, 3);

    on_stop = catch_stop;
    needs_a_column(X, w);
    expect_stop(BROKEN_RULE,
                "requires X.cols == w.rows && w.cols == 1 "
                "(X is 2 x 3, w is 2 x 1)",
                needs_a_column(X, matrix_rows(w, 0, 2)));
    ck_assert_str_eq(stop_place.function, "needs_a_column");
    ck_assert_str_eq(stop_place.file, __FILE__);
    ck_assert_int_gt(stop_place.line, 0);
}
END_TEST

START_TEST(require_reads_commas_in_brackets)
{
    matrix X = MATRIX(2, 1, 1, 2);
    matrix all[] = { X };

    expect_stop(BROKEN_RULE, "requires (int)fmax(1, 2) == 1",
                require((int)fmax(1, 2) == 1));
    expect_stop(BROKEN_RULE, "requires 1 > 2 (all[0] is 2 x 1)",
                require(1 > 2, all[0]));
    expect_stop(
        BROKEN_RULE,
        "requires 1 > 2 (matrix_rows(X, 0, 1) is 1 x 1, X is 2 x 1)",
        require(1 > 2, matrix_rows(X, 0, 1), X));
}
END_TEST

START_TEST(todo_says_not_written)
{
    expect_stop(NOT_WRITTEN, "not written yet", (todo(), 0));
    ck_assert_str_eq(stop_place.function, "todo_says_not_written_fn");
}
END_TEST

static const char *scratch; /* a file that the tests may overwrite */

START_TEST(a_stop_prints_and_ends)
{
    char text[300] = "", expected[300];
    int status, line = __LINE__ + 5;
    pid_t child = fork();
    if (child == 0) {
        if (!freopen(scratch, "w", stderr))
            _exit(9);
        todo();
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == EXIT_FAILURE);

    FILE *file = fopen(scratch, "r");
    ck_assert_ptr_nonnull(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    snprintf(expected, sizeof expected,
             "%s:%d: a_stop_prints_and_ends_fn: not written yet\n",
             __FILE__, line);
    ck_assert_str_eq(text, expected);
}
END_TEST

/* --- Matrices
 * ------------------------------------------------------------- */

START_TEST(a_new_matrix_is_zero)
{
    matrix a = matrix_new(3, 5), empty = matrix_new(0, 4);
    ck_assert(a.rows == 3 && a.cols == 5);
    for (size_t k = 0; k < 15; k++)
        ck_assert(a.data[k] == 0);
    ck_assert(empty.rows == 0 && empty.cols == 4);
    matrix_free(&a);
    matrix_free(&empty);
}
END_TEST

START_TEST(a_matrix_is_freed_once)
{
    matrix a = matrix_new(2, 2);
    matrix_free(&a);
    ck_assert(a.rows == 0 && a.cols == 0 && a.data == NULL);
    matrix_free(&a);
}
END_TEST

START_TEST(matrices_are_counted)
{
    size_t before = matrix_count;
    matrix a = matrix_new(2, 2), view = matrix_rows(a, 0, 1);
    matrix copy = matrix_copy(view), literal = MATRIX(1, 1, 3);
    ck_assert(literal.rows == 1);
    ck_assert_uint_eq(matrix_count, before + 2);
    matrix_free(&a);
    matrix_free(&a);
    ck_assert_uint_eq(matrix_count, before + 1);
    matrix_free(&copy);
    ck_assert_uint_eq(matrix_count, before);
}
END_TEST

START_TEST(a_copy_is_independent)
{
    matrix a = MATRIX(2, 3, 1, 2, 3, 4, 5, 6), copy = matrix_copy(a);
    matrix none = matrix_copy(matrix_rows(a, 1, 0));
    ck_assert(copy.rows == 2 && copy.cols == 3 && copy.data != a.data);
    for (size_t k = 0; k < 6; k++)
        ck_assert(copy.data[k] == (real)(k + 1));
    copy.data[4] = 50;
    ck_assert(a.data[4] == 5);
    ck_assert(none.rows == 0 && none.cols == 3);
    matrix_free(&copy);
    matrix_free(&none);
}
END_TEST

START_TEST(fill_reaches_every_element)
{
    matrix a = matrix_new(4, 3);
    matrix_fill(matrix_rows(a, 1, 2), 7);
    for (size_t k = 0; k < 12; k++)
        ck_assert(a.data[k] == (k < 3 || k >= 9 ? 0 : 7));
    matrix_free(&a);
}
END_TEST

START_TEST(rows_are_a_view)
{
    matrix a = MATRIX(3, 2, 1, 2, 3, 4, 5, 6), view = matrix_rows(a, 1, 2);
    ck_assert(view.rows == 2 && view.cols == 2);
    ck_assert(view.data == a.data + 2);
    ck_assert(matrix_rows(a, 3, 0).rows == 0);
    ck_assert(matrix_rows((matrix){ 0 }, 0, 0).data == NULL);

    const char *why = "requires first <= a.rows && count <= a.rows - first "
                      "(a is 3 x 2)";
    expect_stop(BROKEN_RULE, why, matrix_rows(a, 4, 0));
    expect_stop(BROKEN_RULE, why, matrix_rows(a, 2, 2));
    expect_stop(BROKEN_RULE, why, matrix_rows(a, 2, SIZE_MAX));
    ck_assert_str_eq(stop_place.function, "matrix_rows");
}
END_TEST

START_TEST(at_is_an_element)
{
    matrix a = MATRIX(2, 3, 1, 2, 3, 4, 5, 6);
    ck_assert(at(a, 1, 2) == 6 && at(a, 0, 1) == 2);
    at(a, 1, 0) = 40;
    at(a, 1, 1) += 10;
    ck_assert(a.data[3] == 40 && a.data[4] == 15);
}
END_TEST

#ifndef NDEBUG
START_TEST(at_stops_outside)
{
    matrix a = MATRIX(2, 3, 1, 2, 3, 4, 5, 6);
    expect_stop(NO_ELEMENT, "no element (2, 0) in a 2 x 3 matrix",
                at(a, 2, 0));
    expect_stop(NO_ELEMENT, "no element (0, 3) in a 2 x 3 matrix",
                at(a, 0, 3));
    expect_stop(NO_ELEMENT, "no element (1, -1) in a 2 x 3 matrix",
                at(a, 1, (size_t)0 - 1));
    expect_stop(NO_ELEMENT, "no element (0, 0) in a 0 x 0 matrix",
                at((matrix){ 0 }, 0, 0));
    ck_assert_str_eq(stop_place.function, "at_stops_outside_fn");
}
END_TEST
#endif

START_TEST(a_size_that_overflows)
{
    const char *why = "requires cols == 0 || "
                      "rows <= SIZE_MAX / sizeof(real) / cols";
    const size_t half = (size_t)1 << 4 * sizeof(size_t);
    expect_stop(BROKEN_RULE, why, matrix_new(SIZE_MAX / 2 + 1, 2));
    expect_stop(BROKEN_RULE, why, matrix_new(half, half));
    expect_stop(BROKEN_RULE, why,
                matrix_new(SIZE_MAX / sizeof(real) + 1, 1));
    ck_assert_str_eq(stop_place.function, "matrix_new");
}
END_TEST

/* --- Random numbers
 * ------------------------------------------------------- */

/* From another implementation of the published algorithms, splitmix64 and
 * xoshiro256**, in another language: the first four, then the 1000th. */
START_TEST(the_stream_is_the_published_one)
{
    static const struct {
        uint64_t seed, first[4], thousandth;
    } golden[] = {
        { 0,
          { 0x99ec5f36cb75f2b4, 0xbf6e1f784956452a, 0x1a5f849d4933e6e0,
            0x6aa594f1262d2d2c },
          0x7aac8c483a2edd2f },
        { 2026,
          { 0x92e011592e98ae15, 0x489f37946d6d18d8, 0xd0009e279d9cdeda,
            0xe4c7dca786d56702 },
          0xbde709ab879f8f00 },
    };
    for (size_t k = 0; k < 2; k++) {
        random_state state = random_seed(golden[k].seed);
        for (size_t i = 0; i < 4; i++)
            ck_assert_uint_eq(random_bits(&state), golden[k].first[i]);
        for (size_t i = 4; i < 999; i++)
            random_bits(&state);
        ck_assert_uint_eq(random_bits(&state), golden[k].thousandth);
    }
}
END_TEST

START_TEST(uniform_stays_below_one)
{
    random_state state = random_seed(1);
    double sum = 0, least = 1, most = 0;
    for (int k = 0; k < 100000; k++) {
        double u = random_uniform(&state);
        sum += u;
        least = fmin(least, u);
        most = fmax(most, u);
    }
    ck_assert(least >= 0 && least < 1e-4);
    ck_assert(most < 1 && most > 1 - 1e-4);
    ck_assert_double_eq_tol(sum / 100000, 0.5, 4 * 0.2887 / sqrt(100000));

    /* The states from which the next 64 bits are all ones, all zeros. */
    random_state ones = { { 1, 0x4fc71c71c71c71c7, 1, 1 } };
    random_state zeros = { { 1, 0, 1, 1 } }, same = ones;
    ck_assert_uint_eq(random_bits(&same), UINT64_MAX);
    real top = random_uniform(&ones);
    ck_assert(top < 1);
    ck_assert(top == 1 - (real_is_float ? FLT_EPSILON : DBL_EPSILON) / 2);
    ck_assert(random_uniform(&zeros) == 0);
}
END_TEST

START_TEST(normal_has_the_moments)
{
    enum { N = 200000 };
    random_state state = random_seed(2);
    double sum = 0, squares = 0, cubes = 0, fourth = 0, together = 0;
    double previous = 0, beyond = 0;
    for (int k = 0; k < N; k++) {
        double z = random_normal(&state);
        sum += z;
        squares += z * z;
        cubes += z * z * z;
        fourth += z * z * z * z;
        together += z * previous;
        beyond += fabs(z) > 1.959964;
        previous = z;
    }
    /* Each within four standard errors. */
    ck_assert_double_eq_tol(sum / N, 0, 4 * sqrt(1.0 / N));
    ck_assert_double_eq_tol(squares / N, 1, 4 * sqrt(2.0 / N));
    ck_assert_double_eq_tol(cubes / N, 0, 4 * sqrt(15.0 / N));
    ck_assert_double_eq_tol(fourth / N, 3, 4 * sqrt(96.0 / N));
    ck_assert_double_eq_tol(together / N, 0, 4 * sqrt(1.0 / N));
    ck_assert_double_eq_tol(beyond / N, 0.05, 4 * sqrt(0.0475 / N));
}
END_TEST

static void count_below(uint64_t n, uint64_t bin, size_t counts[3])
{
    random_state state = random_seed(3);
    bool in_range = true;
    for (int k = 0; k < 90000; k++) {
        uint64_t number = random_below(&state, n);
        in_range = in_range && number < n;
        counts[number / bin % 3]++;
    }
    ck_assert(in_range);
}

START_TEST(below_is_fair)
{
    const uint64_t quarter = (uint64_t)1 << 62;
    size_t small[3] = { 0 }, large[3] = { 0 };
    double error = 4 * sqrt(90000 * (1.0 / 3) * (2.0 / 3));

    count_below(3, 1, small);
    count_below(3 * quarter, quarter, large); /* 2^64 mod n is large */
    for (int k = 0; k < 3; k++) {
        ck_assert_double_eq_tol((double)small[k], 30000, error);
        ck_assert_double_eq_tol((double)large[k], 30000, error);
    }
    random_state state = random_seed(4);
    ck_assert_uint_eq(random_below(&state, 1), 0);
    expect_stop(BROKEN_RULE, "requires n > 0", random_below(&state, 0));
}
END_TEST

/* --- Tables
 * --------------------------------------------------------------- */

static void write_bytes(const char *bytes, size_t count)
{
    FILE *file = fopen(scratch, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, count, file), count);
    ck_assert_int_eq(fclose(file), 0);
}

/* The file with this text is the table of these names and values. */
static void expect_table(const char *text, const char *const *names,
                         matrix values)
{
    csv table;
    size_t before = matrix_count;
    write_bytes(text, strlen(text));
    ck_assert_msg(csv_read(&table, scratch), "%s", table.error);
    ck_assert_str_eq(table.error, "");
    ck_assert_uint_eq(matrix_count, before + 1);
    ck_assert_uint_eq(table.values.rows, values.rows);
    ck_assert_uint_eq(table.values.cols, values.cols);
    for (size_t j = 0; j < values.cols; j++) {
        ck_assert_str_eq(table.names[j], names[j]);
        ck_assert_uint_eq(csv_column(table, names[j]), j);
    }
    ck_assert(
        same(table.values.data, values.data, values.rows * values.cols));
    csv_free(&table);
    ck_assert(table.names == NULL && table.values.data == NULL);
    csv_free(&table);
    ck_assert_uint_eq(matrix_count, before);
}

/* The file at path is refused: path, then why. */
static void expect_no_file(const char *path, const char *why)
{
    csv table;
    char expected[400];
    size_t before = matrix_count;
    snprintf(expected, sizeof expected, "%s%s", path, why);
    ck_assert(!csv_read(&table, path));
    ck_assert_str_eq(table.error, expected);
    ck_assert(table.names == NULL && table.values.data == NULL);
    ck_assert(table.values.rows == 0 && table.values.cols == 0);
    csv_free(&table);
    ck_assert_uint_eq(matrix_count, before);
}

static void expect_refused(const char *text, const char *why)
{
    write_bytes(text, strlen(text));
    expect_no_file(scratch, why);
}

static const char *const ab[] = { "a", "b" };

START_TEST(csv_reads_a_plain_table)
{
    expect_table("a,b\n1,2\n-3.5,4e2\n", ab, MATRIX(2, 2, 1, 2, -3.5, 400));
    expect_table("a,b\n1,2", ab, MATRIX(1, 2, 1, 2));
    expect_table("b\n7\n", ab + 1, MATRIX(1, 1, 7));
    expect_table("a,b\n 1 ,\t2 \n", ab, MATRIX(1, 2, 1, 2));
}
END_TEST

START_TEST(csv_ignores_bom_and_crlf)
{
    expect_table("\xef\xbb\xbf"
                 "a,b\r\n1,2\r\n3,4\r\n",
                 ab, MATRIX(2, 2, 1, 2, 3, 4));
}
END_TEST

START_TEST(csv_skips_comments)
{
    expect_table("# what\n#\n\na,b\n# why\n1,2\n\n3,4\n# end", ab,
                 MATRIX(2, 2, 1, 2, 3, 4));
}
END_TEST

START_TEST(csv_reads_quoted_names)
{
    const char *const names[] = { "a, in m", "b b" };
    expect_table("\"a, in m\",\"b b\"\n1,2\n", names, MATRIX(1, 2, 1, 2));
}
END_TEST

START_TEST(csv_grows)
{
    enum { ROWS = 1000 };
    csv table;
    bool good = true;
    FILE *file = fopen(scratch, "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file, "a,b,c\n");
    for (int i = 0; i < ROWS; i++)
        fprintf(file, "%d,%d,%d\n", i, 2 * i, 3 * i);
    fclose(file);
    ck_assert_msg(csv_read(&table, scratch), "%s", table.error);
    ck_assert_uint_eq(table.values.rows, ROWS);
    for (size_t i = 0; i < ROWS; i++)
        for (size_t j = 0; j < 3; j++)
            good = good && at(table.values, i, j) == (real)(i * (j + 1));
    ck_assert(good);
    csv_free(&table);
}
END_TEST

START_TEST(csv_has_no_such_column)
{
    csv table;
    write_bytes("a,b\n1,2\n", 8);
    ck_assert(csv_read(&table, scratch));
    expect_stop(BROKEN_RULE, "the table has no column 'c'",
                csv_column(table, "c"));
    csv_free(&table);
}
END_TEST

START_TEST(csv_refuses_no_file)
{
    char why[100];
    snprintf(why, sizeof why, ": %s", strerror(ENOENT));
    expect_no_file("there-is/no-such.csv", why);
    snprintf(why, sizeof why, ": %s", strerror(EISDIR));
    expect_no_file(".", why);
}
END_TEST

START_TEST(csv_refuses_no_names)
{
    expect_refused("", ": no line that names the columns");
    expect_refused("# a,b\n\n", ": no line that names the columns");
    expect_refused("a,,c\n1,2,3\n", ":1: column 2 has no name");
    expect_refused("#\na,\n1,2\n", ":2: column 2 has no name");
    expect_refused("\"\",b\n1,2\n", ":1: column 1 has no name");
    expect_refused("\"a\"x,b\n1,2\n", ":1: no comma after the name of "
                                      "column 1");
}
END_TEST

START_TEST(csv_refuses_no_data)
{
    expect_refused("a,b", ": no data after the names of the columns");
    expect_refused("a,b\n\n# 1,2\n",
                   ": no data after the names of the columns");
}
END_TEST

START_TEST(csv_refuses_rows_of_another_length)
{
    expect_refused("# c\na,b,c\n1,2,3\n\n4,5\n",
                   ":5: fewer values than the 3 column names");
    expect_refused("a,b\n1,2\n3,4,5\n",
                   ":3: more values than the 2 column names");
    expect_refused("a,b\n1,2,\n",
                   ":2: more values than the 2 column names");
}
END_TEST

START_TEST(csv_refuses_what_is_no_number)
{
    expect_refused("a,b,c\n1,2,3\n4,five,6\n",
                   ":3: 'five' in column b is no number");
    expect_refused("a,b\n1,2 3\n", ":2: '2 3' in column b is no number");
    expect_refused("a,b\n1.5.2,2\n",
                   ":2: '1.5.2' in column a is no number");
    expect_refused("a,b\n,2\n", ":2: '' in column a is no number");
    expect_refused("a,b\n\"1\",2\n",
                   ":2: '\"1\"' in column a is no number");
    expect_refused("a,b\n1,2\r3,4\n",
                   ":2: '2\r3' in column b is no number");
}
END_TEST

START_TEST(csv_refuses_what_is_not_finite)
{
    static const char *const wrong[] = { "nan", "-inf", "NAN", "infinity",
                                         "1e999" };
    char text[40], why[60];
    for (size_t k = 0; k < 5; k++) {
        snprintf(text, sizeof text, "a,b\n1,2\n3,%s\n", wrong[k]);
        snprintf(why, sizeof why, ":3: '%s' in column b is not finite",
                 wrong[k]);
        expect_refused(text, why);
    }
    if (real_is_float)
        expect_refused("a,b\n1,1e39\n",
                       ":2: '1e39' in column b is not finite");
}
END_TEST

/* A file of three lines, the second of them this long. */
static void write_long_line(size_t length)
{
    char *bytes = malloc(length + 10);
    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, "a\n", 2);
    memset(bytes + 2, '1', length);
    memset(bytes + 3, ' ', length - 1);
    memcpy(bytes + 2 + length, "\n2\n", 3);
    write_bytes(bytes, length + 5);
    free(bytes);
}

START_TEST(csv_refuses_a_very_long_line)
{
    csv table;
    write_long_line(99998);
    ck_assert_msg(csv_read(&table, scratch), "%s", table.error);
    ck_assert(table.values.rows == 2);
    ck_assert(table.values.data[0] == 1 && table.values.data[1] == 2);
    csv_free(&table);
    write_long_line(99999);
    expect_no_file(scratch, ":2: longer than 99998 bytes");
}
END_TEST

START_TEST(csv_refuses_what_is_no_text)
{
    write_bytes("a,b\n1,2\0003\n4,5\n", 14);
    expect_no_file(scratch, ":2: holds a byte that no text has");
    write_bytes("\xff\xfe"
                "a\0,\0b\0\n\0",
                10);
    expect_no_file(scratch, ":1: holds a byte that no text has");
}
END_TEST

START_TEST(csv_closes_its_files)
{
    csv table;
    bool good = true;
    struct rlimit few = { 30, 30 };
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
    write_bytes("a\n1\n", 4);
    for (int k = 0; k < 40; k++) {
        good = good && csv_read(&table, scratch);
        csv_free(&table);
    }
    ck_assert(good);
    write_bytes("a\n?\n", 4);
    for (int k = 0; k < 40; k++)
        good =
            good && !csv_read(&table, scratch) && strchr(table.error, '?');
    ck_assert_msg(good, "%s", table.error);
}
END_TEST

START_TEST(csv_keeps_the_sentence_short)
{
    char text[2000] = "", expected[400];
    memset(text, 'n', 1000);
    memcpy(text + 1000, "\nx", 3);
    memset(text + 1001, 'x', 900);
    write_bytes(text, 1901);
    snprintf(expected, sizeof expected,
             ":2: '%.40s' in column %.40s is no number", text + 1001, text);
    expect_no_file(scratch, expected);
}
END_TEST

/* --- Products
 * ------------------------------------------------------------- */

/* A matrix between two rows of guards. */
typedef struct {
    matrix whole, inside;
} guarded;

static const real guard = -12345;

static guarded guarded_new(size_t rows, size_t cols)
{
    matrix whole = matrix_new(rows + 2, cols);
    matrix_fill(whole, guard);
    return (guarded){ whole, matrix_rows(whole, 1, rows) };
}

static void guarded_free(guarded *g)
{
    bool unharmed = true;
    for (size_t j = 0; j < g->whole.cols; j++)
        unharmed = unharmed && at(g->whole, 0, j) == guard &&
                   at(g->whole, g->whole.rows - 1, j) == guard;
    ck_assert(unharmed);
    matrix_free(&g->whole);
}

/* Small whole numbers: their products and sums are exact, in any order,
 * even with float. */
static matrix whole_numbers(random_state *state, size_t rows, size_t cols)
{
    matrix a = matrix_new(rows, cols);
    for (size_t k = 0; k < rows * cols; k++)
        a.data[k] = (real)random_below(state, 19) - 9;
    return a;
}

static matrix normal_numbers(random_state *state, size_t rows, size_t cols)
{
    matrix a = matrix_new(rows, cols);
    for (size_t k = 0; k < rows * cols; k++)
        a.data[k] = random_normal(state);
    return a;
}

/* C must be op(A) op(B); each element may be off by slack roundings of a
 * sum of k terms. */
static void expect_product(matrix C, matrix A, orientation A_is, matrix B,
                           orientation B_is, double slack)
{
    const real *a = A.data, *b = B.data;
    size_t k = A_is == AS_IT_IS ? A.cols : A.rows;
    size_t a_row = A_is == AS_IT_IS ? A.cols : 1;
    size_t a_step = A_is == AS_IT_IS ? 1 : A.cols;
    size_t b_step = B_is == AS_IT_IS ? B.cols : 1;
    size_t b_col = B_is == AS_IT_IS ? 1 : B.cols;
    double epsilon = real_is_float ? FLT_EPSILON : DBL_EPSILON;

    for (size_t i = 0; i < C.rows; i++)
        for (size_t j = 0; j < C.cols; j++) {
            double sum = 0, size = 0;
            for (size_t l = 0; l < k; l++) {
                double term = (double)a[i * a_row + l * a_step] *
                              (double)b[l * b_step + j * b_col];
                sum += term;
                size += fabs(term);
            }
            double error = fabs((double)C.data[i * C.cols + j] - sum);
            if (!(error <= slack * epsilon * (double)k * size))
                ck_abort_msg("%zu x %zu times %zu x %zu, A%s B%s: element "
                             "(%zu, %zu) is %.17g, expected %.17g",
                             C.rows, k, k, C.cols, A_is ? "^T" : "",
                             B_is ? "^T" : "", i, j,
                             (double)C.data[i * C.cols + j], sum);
        }
}

/* All four ways to multiply an m x k by a k x n matrix, into a dirty C. */
static void check_product(size_t m, size_t k, size_t n)
{
    random_state state = random_seed(m + 1000 * k + 1000000 * n);
    for (int ways = 0; ways < 4; ways++) {
        orientation A_is = ways & 1 ? TRANSPOSED : AS_IT_IS;
        orientation B_is = ways & 2 ? TRANSPOSED : AS_IT_IS;
        matrix A = ways & 1 ? whole_numbers(&state, k, m)
                            : whole_numbers(&state, m, k);
        matrix B = ways & 2 ? whole_numbers(&state, n, k)
                            : whole_numbers(&state, k, n);
        matrix old_A = matrix_copy(A), old_B = matrix_copy(B);
        guarded C = guarded_new(m, n);

        matrix_fill(C.inside, (real)NAN);
        matrix_product(C.inside, A, A_is, B, B_is);
        expect_product(C.inside, A, A_is, B, B_is, 0);
        ck_assert(same(A.data, old_A.data, m * k));
        ck_assert(same(B.data, old_B.data, k * n));

        guarded_free(&C);
        matrix_free(&A);
        matrix_free(&B);
        matrix_free(&old_A);
        matrix_free(&old_B);
    }
}

START_TEST(product_of_small_matrices)
{
    for (size_t m = 1; m <= 19; m += 3)
        for (size_t k = 1; k <= 7; k += 2)
            for (size_t n = 1; n <= 53; n += 4)
                check_product(m, k, n);
}
END_TEST

START_TEST(product_of_vectors)
{
    check_product(1, 1, 1);
    check_product(1, 97, 1);
    check_product(97, 1, 1);
    check_product(1, 1, 97);
    check_product(1, 97, 89);
    check_product(97, 89, 1);
    check_product(97, 1, 89);
    for (size_t small = 2; small <= 16; small++) {
        check_product(97, small, 89);
        check_product(small, 97, 89);
        check_product(97, small, 1);
        check_product(small, 97, 1);
        check_product(1, 97, small);
        check_product(1, small, 97);
    }
}
END_TEST

START_TEST(product_of_nothing)
{
    check_product(3, 0, 5); /* zeros, whatever C held */
    check_product(0, 3, 5);
    check_product(5, 3, 0);
    check_product(0, 0, 0);

    matrix none = { 0, 3, NULL }, B = matrix_new(3, 5);
    matrix_product((matrix){ 0, 5, NULL }, none, AS_IT_IS, B, AS_IT_IS);
    matrix_free(&B);
}
END_TEST

/* More than one block in each direction, and a last one that is not full.
 */
START_TEST(product_of_large_matrices)
{
    check_product(300, 530, 129);
    check_product(131, 257, 263);
    check_product(5, 259, 6151);
}
END_TEST

START_TEST(product_by_threads)
{
    for (size_t count = 2; count <= 5; count += 3) {
        threads_use(count);
        check_product(64, 200, 300); /* shared */
        check_product(300, 900, 1);  /* not shared */
        check_product(700, 400, 3);  /* nothing left for some */
    }
    threads_use(1);
    ck_assert_uint_eq(threads_in_use(), 1);
}
END_TEST

START_TEST(product_of_any_numbers)
{
    random_state state = random_seed(5);
    matrix A = normal_numbers(&state, 67, 301);
    matrix B = normal_numbers(&state, 301, 71), C = matrix_new(67, 71);
    matrix_product(C, A, AS_IT_IS, B, AS_IT_IS);
    expect_product(C, A, AS_IT_IS, B, AS_IT_IS, 1);
    matrix_free(&A);
    matrix_free(&B);
    matrix_free(&C);
}
END_TEST

START_TEST(product_of_nan_is_nan)
{
    matrix A = MATRIX(2, 2, 1, (real)NAN, 0, 0);
    matrix B = MATRIX(2, 1, 0, 0), C = MATRIX(2, 1, 7, 7);
    matrix_product(C, A, AS_IT_IS, B, AS_IT_IS);
    ck_assert(isnan(C.data[0]) && C.data[1] == 0);
}
END_TEST

START_TEST(product_of_wrong_shapes)
{
    matrix A = matrix_new(2, 3), B = matrix_new(3, 4), C = matrix_new(2, 4);
    matrix D = matrix_new(4, 2);

#define expect_wrong(why, ...)                                             \
    do {                                                                   \
        expect_stop(BROKEN_RULE, why, matrix_product(__VA_ARGS__));        \
        ck_assert_str_eq(stop_place.function, "matrix_product");           \
    } while (0)

    expect_wrong("requires columns_of_A == rows_of_B "
                 "(A is 3 x 4, B is 2 x 3)",
                 C, B, AS_IT_IS, A, AS_IT_IS);
    expect_wrong("requires columns_of_A == rows_of_B "
                 "(A is 2 x 3, B is 3 x 4)",
                 C, A, TRANSPOSED, B, AS_IT_IS);
    expect_wrong("requires columns_of_A == rows_of_B "
                 "(A is 2 x 3, B is 3 x 4)",
                 C, A, AS_IT_IS, B, TRANSPOSED);
    expect_wrong("requires C.rows == m && C.cols == n "
                 "(C is 4 x 2, A is 2 x 3, B is 3 x 4)",
                 D, A, AS_IT_IS, B, AS_IT_IS);
    expect_wrong("requires C.rows == m && C.cols == n "
                 "(C is 2 x 3, A is 2 x 3, B is 3 x 4)",
                 A, A, AS_IT_IS, B, AS_IT_IS);
    expect_wrong("requires C.rows == m && C.cols == n "
                 "(C is 1 x 4, A is 2 x 3, B is 3 x 4)",
                 matrix_rows(C, 0, 1), A, AS_IT_IS, B, AS_IT_IS);
    matrix_free(&A);
    matrix_free(&B);
    matrix_free(&C);
    matrix_free(&D);
}
END_TEST

START_TEST(product_into_an_operand)
{
    matrix A = matrix_new(2, 2), B = matrix_new(2, 2);
    expect_wrong("requires C.data != A.data && C.data != B.data "
                 "(C is 2 x 2, A is 2 x 2, B is 2 x 2)",
                 A, A, AS_IT_IS, B, AS_IT_IS);
    expect_wrong("requires C.data != A.data && C.data != B.data "
                 "(C is 2 x 2, A is 2 x 2, B is 2 x 2)",
                 B, A, AS_IT_IS, B, AS_IT_IS);
    matrix_free(&A);
    matrix_free(&B);
}
END_TEST

/* --- arena.h and examples.h --- */

START_TEST(an_arena_gives_zeros_that_stay_where_they_are)
{
    arena memory = { 0 };
    matrix first = arena_matrix(&memory, 3, 5);
    for (size_t k = 0; k < 15; k++) {
        ck_assert(first.data[k] == 0);
        first.data[k] = k;
    }
    real *place_of_first = first.data;
    for (int k = 0; k < 200; k++) { /* more than one block holds */
        matrix next = arena_matrix(&memory, 50, 20);
        ck_assert(next.data[0] == 0 && next.data[999] == 0);
        next.data[999] = 1;
    }
    ck_assert_ptr_eq(first.data, place_of_first);
    for (size_t k = 0; k < 15; k++)
        ck_assert(first.data[k] == (real)k);
    arena_free(&memory);
    ck_assert_uint_eq(arena_size(memory), 0);
}
END_TEST

START_TEST(an_arena_that_was_reset_asks_for_nothing)
{
    arena memory = { 0 };
    size_t after_one = 0;
    for (int round = 0; round < 5; round++) {
        for (int k = 0; k < 40; k++) {
            matrix a = arena_matrix(&memory, 30, 1 + 17 * k);
            ck_assert(a.data[0] == 0);
            matrix_fill(a, 1);
        }
        if (round == 0)
            after_one = arena_size(memory);
        arena_reset(&memory);
    }
    ck_assert_uint_gt(after_one, 0);
    ck_assert_uint_eq(arena_size(memory), after_one);
    arena_free(&memory);
}
END_TEST

START_TEST(an_arena_goes_back_to_where_it_was)
{
    arena memory = { 0 };
    matrix kept = arena_matrix(&memory, 2, 2);
    matrix_fill(kept, 7);
    arena before = memory;
    matrix gone = arena_matrix(&memory, 3, 3);
    arena_matrix(&memory, 300, 300);
    arena_back(&memory, before);
    matrix again = arena_matrix(&memory, 3, 3);
    ck_assert_ptr_eq(again.data, gone.data);
    ck_assert(kept.data[0] == 7 && again.data[8] == 0);
    arena_free(&memory);
}
END_TEST

START_TEST(an_arena_of_nothing)
{
    arena memory = { 0 };
    matrix a = arena_matrix(&memory, 0, 5);
    ck_assert(a.rows == 0 && a.cols == 5);
    expect_stop(BROKEN_RULE,
                "requires cols == 0 || rows <= SIZE_MAX / sizeof(real) / "
                "cols",
                arena_matrix(&memory, SIZE_MAX / 4, 64));
    arena_free(&memory);
}
END_TEST

START_TEST(parts_hold_every_row_once)
{
    examples all = { matrix_new(50, 2), matrix_new(50, 1) };
    for (size_t i = 0; i < 50; i++) {
        at(all.X, i, 0) = i;
        at(all.y, i, 0) = 10 * i;
    }
    random_state state = random_seed(3);
    parts three = parts_of(all, 30, 7, &state);
    const examples of[] = { three.train, three.validation, three.test };
    const size_t rows[] = { 30, 7, 13 };
    int times[50] = { 0 }, moved = 0;
    for (int p = 0; p < 3; p++) {
        ck_assert_uint_eq(of[p].X.rows, rows[p]);
        for (size_t i = 0; i < rows[p]; i++) {
            real row = at(of[p].X, i, 0);
            ck_assert(at(of[p].y, i, 0) == 10 * row);
            times[(int)row]++;
            moved += row != i;
        }
    }
    for (int i = 0; i < 50; i++)
        ck_assert_int_eq(times[i], 1);
    ck_assert_int_gt(moved, 25);
    parts_free(&three);
    examples_free(&all);
}
END_TEST

/* --- The program
 * ---------------------------------------------------------- */

/* Each test is a test case of its own: a result knows only its case. */
#define ADD(test)                                                          \
    do {                                                                   \
        TCase *one = tcase_create(#test);                                  \
        tcase_add_test(one, test);                                         \
        tcase_set_timeout(one, 120);                                       \
        suite_add_tcase(suite, one);                                       \
        added++;                                                           \
    } while (0)

static int add_tests(Suite *suite)
{
    int added = 0;
    ADD(require_names_rule_and_shapes);
    ADD(require_reads_commas_in_brackets);
    ADD(todo_says_not_written);
    ADD(a_stop_prints_and_ends);
    ADD(a_new_matrix_is_zero);
    ADD(a_matrix_is_freed_once);
    ADD(matrices_are_counted);
    ADD(a_copy_is_independent);
    ADD(fill_reaches_every_element);
    ADD(rows_are_a_view);
    ADD(at_is_an_element);
#ifndef NDEBUG
    ADD(at_stops_outside);
#endif
    ADD(a_size_that_overflows);
    ADD(an_arena_gives_zeros_that_stay_where_they_are);
    ADD(an_arena_that_was_reset_asks_for_nothing);
    ADD(an_arena_goes_back_to_where_it_was);
    ADD(an_arena_of_nothing);
    ADD(parts_hold_every_row_once);
    ADD(the_stream_is_the_published_one);
    ADD(uniform_stays_below_one);
    ADD(normal_has_the_moments);
    ADD(below_is_fair);
    ADD(csv_reads_a_plain_table);
    ADD(csv_ignores_bom_and_crlf);
    ADD(csv_skips_comments);
    ADD(csv_reads_quoted_names);
    ADD(csv_grows);
    ADD(csv_has_no_such_column);
    ADD(csv_refuses_no_file);
    ADD(csv_refuses_no_names);
    ADD(csv_refuses_no_data);
    ADD(csv_refuses_rows_of_another_length);
    ADD(csv_refuses_what_is_no_number);
    ADD(csv_refuses_what_is_not_finite);
    ADD(csv_refuses_a_very_long_line);
    ADD(csv_refuses_what_is_no_text);
    ADD(csv_closes_its_files);
    ADD(csv_keeps_the_sentence_short);
    ADD(product_of_small_matrices);
    ADD(product_of_vectors);
    ADD(product_of_nothing);
    ADD(product_of_large_matrices);
    ADD(product_by_threads);
    ADD(product_of_any_numbers);
    ADD(product_of_nan_is_nan);
    ADD(product_of_wrong_shapes);
    ADD(product_into_an_operand);
    return added;
}

/* Print the results, and return how many tests did not pass. */
static int report(SRunner *runner, int added)
{
    int run = srunner_ntests_run(runner), failed = added - run;
    TestResult **results = srunner_results(runner);
    for (int k = 0; k < run; k++) {
        bool good = tr_rtype(results[k]) == CK_PASS;
        printf("%s - ", good ? "ok" : "not ok");
        for (const char *c = tr_tcname(results[k]); *c; c++)
            putchar(*c == '_' ? ' ' : *c);
        if (!good)
            printf(": %s (line %d)", tr_msg(results[k]),
                   tr_lno(results[k]));
        putchar('\n');
        failed += !good;
    }
    free(results);
    if (run != added || run == 0)
        printf("not ok - toolbox tests: %d of %d tests ran\n", run, added);
    return run == 0 ? 1 : failed;
}

int add_file_tests(Suite *suite, const char *path); /* test_files.c */

int main(int count, char **arguments)
{
    static char path[400];
    (void)count;
    snprintf(path, sizeof path, "%s.scratch.csv", arguments[0]);
    scratch = path;

    Suite *suite = suite_create("toolbox");
    int added = add_tests(suite) + add_file_tests(suite, scratch);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_FORK);
    srunner_run_all(runner, CK_SILENT);
    int failed = report(runner, added);
    srunner_free(runner);
    remove(scratch);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
