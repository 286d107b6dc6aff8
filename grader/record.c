#include "record.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void record_list(const test *tests)
{
    size_t number = 0;
    for (const test *one = tests; one; one = one->next, number++) {
        printf("%zu\t%s\t%s", number, one->function, one->name);
        for (size_t k = 0; k < 4 && one->hints[k]; k++)
            printf("\t%s", one->hints[k]);
        printf("\n");
    }
}

/* All digits, in a form that C reads back as the same number. */
static void print_number(real x)
{
    if (isnan(x))
        printf("NAN");
    else if (isinf(x))
        printf("%sINFINITY", x < 0 ? "-" : "");
    else
        printf("%a", (double)x);
}

static void print_recorded(const char *name, matrix a, bool filled)
{
    printf("    { \"");
    for (const char *p = name; *p; p++)
        printf(*p == '"' || *p == '\\' ? "\\%c" : "%c", *p);
    printf("\", %zu, %zu, ", a.rows, a.cols);
    if (!filled || a.rows * a.cols == 0) {
        printf("NULL },\n");
        return;
    }
    printf("(const real[]){\n");
    for (size_t k = 0; k < a.rows * a.cols; k++) {
        printf(k % a.cols ? " " : "        ");
        print_number(a.data[k]);
        printf(k + 1 == a.rows * a.cols   ? " } },\n"
               : k % a.cols + 1 == a.cols ? ",\n"
                                          : ",");
    }
}

/* As the test made it, before anything was written to it. */
static void print_input(const char *name, matrix value, role is)
{
    print_recorded(name, value, is != OUTPUT);
}

static void keep_quiet(const char *name, matrix value, role is)
{
    (void)name, (void)value, (void)is;
}

void record_test(const test *one, uint64_t seed, size_t number)
{
    result *r = shared_new(sizeof *r);
    process nobody = { .started = false };

    /* what the reference answers is noted in r, of which only that counts
     */
    r->of = one;
    result_judge(r, &nobody, "", seed, number, 1);
    r->expectation_count = r->call_count = r->array_count = 0;

    printf("/* What the test is given, bit by bit and in its order. */\n"
           "const replay_array replay_inputs[] = {\n");
    inputs_made = print_input;
    inputs_begin(seed, number);
    one->run();
    inputs_made = keep_quiet;
    printf("    { NULL, 0, 0, NULL },\n};\n\n"
           "/* What the report expects. */\n"
           "const replay_array replay_expected[] = {\n");
    for (size_t k = 0; k < r->expectation_count; k++)
        print_recorded(r->expectations[k].text, r->expectations[k].expected,
                       true);
    printf("    { NULL, 0, 0, NULL },\n};\n");
}
