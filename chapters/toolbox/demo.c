/* demo.c - the frame of a chapter's demo */
#define _POSIX_C_SOURCE 200809L
#include "demo.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static bool all_hold = true;

int demo_main(int argc, char **argv, const demo_word *words, size_t count)
{
    for (size_t k = 0; argc == 2 && k < count; k++)
        if (strcmp(argv[1], words[k].word) == 0) {
            words[k].show();
            return all_hold ? 0 : 1;
        }
    fprintf(stderr, "usage: %s WORD, where WORD is one of\n", argv[0]);
    for (size_t k = 0; k < count; k++)
        fprintf(stderr, "    %-12s %s\n", words[k].word, words[k].what);
    return 2;
}

int demo_touched(int argc, char **argv, const demo_touch *touches,
                 size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (strcmp(argv[1], touches[k].figure) == 0) {
            for (int i = 2; i < argc && i < 2 + TOUCH_KNOBS; i++)
                touch_knobs()[i - 2] = strtod(argv[i], NULL);
            touch_clear();
            touches[k].draw(touch_knobs());
            const double *numbers = touch_numbers();
            for (int i = 1; i <= (int)numbers[0]; i++)
                printf("%.17g\n", numbers[i]);
            return 0;
        }
    fprintf(stderr, "%s: figure %s has no knobs\n", argv[0], argv[1]);
    return 2;
}

void claim(bool holds, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    fputs(holds ? "ok - " : "not ok - ", stdout);
    vprintf(format, values);
    putchar('\n');
    va_end(values);
    all_hold = all_hold && holds;
}

void trace(const char *name, matrix a)
{
    printf("%s %zu %zu\n", name, a.rows, a.cols);
    for (size_t k = 0; k < a.rows * a.cols; k++)
        printf("%.17g%c", (double)a.data[k], (k + 1) % a.cols ? ' ' : '\n');
}

void trace_number(const char *name, real value)
{
    trace(name, MATRIX(1, 1, value));
}

matrix normal_matrix(size_t rows, size_t cols, random_state *state)
{
    matrix a = matrix_new(rows, cols);
    for (size_t k = 0; k < rows * cols; k++)
        a.data[k] = random_normal(state);
    return a;
}

double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}
