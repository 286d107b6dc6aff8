/* require.h - how a program stops when one of its rules is broken
 *
 * Three kinds of trouble, three answers:
 *
 *   a broken rule    the caller is wrong and no caller can repair it:
 *                    require() stops, and names function, rule and shapes
 *   bad luck         a file that is not there, a matrix that cannot be
 *                    factored: the function says so in what it returns
 *   no memory        matrix_new() stops; nothing in this course is large
 *                    enough for another answer to be useful
 *
 * require() stays in a program built with NDEBUG: it runs once per call.
 */
#ifndef REQUIRE_H
#define REQUIRE_H

#include "real.h"

#include <stddef.h>

//> matrix
typedef struct {
    size_t rows, cols;
    real *data; /* element (i, j) is data[i * cols + j] */
} matrix;
//< matrix

typedef enum { BROKEN_RULE, NO_ELEMENT, NOT_WRITTEN, NO_MEMORY } trouble;

/* Where in the source something happened.  It has a tag, so that at() works
 * where somebody calls a variable place. */
typedef struct place {
    const char *function, *file;
    int line;
} place;

#define HERE ((struct place){ __func__, __FILE__, __LINE__ })

/* Every stop calls this first.  It prints; whoever runs your code for you,
 * as the grader does, replaces it and listens. */
extern void (*on_stop)(trouble kind, place where, const char *why);

/* Say why, then end the program. */
_Noreturn void stop(trouble kind, place where, const char *why);

/* A rule the caller must keep, then the matrices whose shapes explain it:
 *
 *     require(X.cols == w.rows, X, w);
 *
 *     linreg.c:9: linreg_predict: requires X.cols == w.rows
 *     (X is 4 x 2, w is 3 x 1)                        (all on one line)
 */
#define require(...)                                                       \
    (REQUIRE_RULE(__VA_ARGS__, { 0 })                                      \
         ? (void)0                                                         \
         : broken_rule(HERE, #__VA_ARGS__,                                 \
                       (matrix[]){ REQUIRE_SHAPES(__VA_ARGS__, { 0 }) }))
#define REQUIRE_RULE(rule, ...) (rule)
#define REQUIRE_SHAPES(rule, ...) __VA_ARGS__
_Noreturn void broken_rule(place where, const char *text, matrix *shapes);

/* The place where your code belongs. */
#define todo() stop(NOT_WRITTEN, HERE, "not written yet")

#endif
