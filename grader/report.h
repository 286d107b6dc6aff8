/* report.h - what a person reads
 *
 * In this order: what was asked, what was called, yours against expected,
 * the mistake or the relation, the hint, where to read.  The verdict comes
 * last, where a terminal still shows it.
 */
#ifndef REPORT_H
#define REPORT_H

#include "judge.h"
#include "mistake.h"

typedef enum { BRIEF, NORMAL, FULL } amount;

typedef struct {
    const char *chapter, *file;
    uint64_t seed;
    const result *results;
    size_t count;
    const mistake *const *named;  /* one per test, or NULL */
    const char *const *relations; /* one per test, or NULL */
    const char *asked;            /* the file of contracts, as TSV */
    amount how_much;
    const char *state; /* NULL, or why no test was run, in a word */
    const char *sum;   /* NULL, or for a result that lasts: of the file */
} graded;

/* Print it; returns the points earned, and in *possible those there are. */
int report_print(const graded *g, int *possible);

/* Write it as JSON: to a temporary name, synced if it shall last, then
 * renamed.  false if it cannot be written. */
bool report_json(const graded *g, const char *path);

/* Print text in lines of at most 76 columns. */
void print_wrapped(int indent, const char *text);

/* One word for a verdict. */
const char *verdict_word(const result *r);

/* The function for which a test waits, because it rests on it and that one
 * is missing or not written; or NULL. */
const char *waits_for(const result *r);

#endif
