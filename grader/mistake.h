/* mistake.h - recognising a known mistake by its numbers
 *
 * Each known-wrong variant of the solution is run on the very inputs of
 * this run.  A mistake is named only if its answers cannot be told from the
 * student's on any test of the function: wrong in the same places in the
 * same way, right wherever the student is right.  If two fit, none is
 * named.
 */
#ifndef MISTAKE_H
#define MISTAKE_H

#include "judge.h"

typedef struct {
    const char *name, *function, *program, *advice;
} mistake;

/* Read a list made by mutate.awk: lines of name, function, program, advice,
 * with tabs between them.  Returns how many; stops if it cannot be read. */
size_t mistakes_read(mistake **list, const char *path);

/* How the judge runs a variant: all tests of the chapter, into results. */
typedef void mistake_runner(result *results, const mistake *one);

/* The one mistake that explains every failure of function, or NULL.
 * results are the student's, one per test of the chapter. */
const mistake *mistake_find(const mistake *list, size_t count,
                            const char *function, const result *results,
                            size_t test_count, mistake_runner *run);

#endif
