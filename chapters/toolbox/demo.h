/* demo.h - the frame of a chapter's demo
 *
 * A demo is a program of words: each prints a table, the data of a figure,
 * or claims.  A table is tab-separated and begins with a line of names
 * after a #; the table of a figure has blocks with two empty lines between
 * them.
 *
 *     static const demo_word words[] = {
 *         { "worked", "the example worked by hand", show_worked },
 *     };
 *     int main(int argc, char **argv)
 *     {
 *         return demo_main(argc, argv, words, DEMO_WORDS(words));
 *     }
 */
#ifndef DEMO_H
#define DEMO_H

#include "matrix.h"
#include "random.h"
#include "touch.h"

typedef struct {
    const char *word, *what;
    void (*show)(void);
} demo_word;

/* A figure with knobs. */
typedef struct {
    const char *figure;
    touch *draw;
} demo_touch;

#define DEMO_WORDS(words) (sizeof(words) / sizeof *(words))

/* Do the word that was asked for, or list all; returns main's status: 1 if
 * a claim did not hold, 2 if there is no such word. */
int demo_main(int argc, char **argv, const demo_word *words, size_t count);

/* The same for a figure and the settings of its knobs: prints the numbers
 * of its sentence, with all their digits. */
int demo_touched(int argc, char **argv, const demo_touch *touches,
                 size_t count);

/* A claim of the lesson, tried: prints "ok - " or "not ok - " and the
 * sentence.  The word "claims" of every demo prints nothing else, and
 * make test runs it. */
void claim(bool holds, const char *format, ...);

/* A matrix or a number for another program to read: a line "name rows
 * cols", then the numbers with all their digits. */
void trace(const char *name, matrix a);
void trace_number(const char *name, real value);

/* Seconds on a clock that only goes forwards, from some moment on. */
double seconds(void);

/* A matrix of standard normal numbers.  The caller frees it. */
matrix normal_matrix(size_t rows, size_t cols, random_state *state);

#endif
