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

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    const char *word, *what;
    void (*show)(void);
} demo_word;

#define DEMO_WORDS(words) (sizeof(words) / sizeof *(words))

/* Do the word that was asked for, or list all; returns main's status: 1 if
 * a claim did not hold, 2 if there is no such word. */
int demo_main(int argc, char **argv, const demo_word *words, size_t count);

/* A claim of the lesson, tried: prints "ok - " or "not ok - " and the
 * sentence.  The word "claims" of every demo prints nothing else, and
 * make test runs it. */
void claim(bool holds, const char *format, ...);

#endif
