/* judge.h - what the judge knows about one run of one test
 *
 * Results are made in the child that libcheck forks for a test and read in
 * the parent, so they live in memory that both share: shared_new().
 */
#ifndef JUDGE_H
#define JUDGE_H

#include "inputs.h"
#include "process.h"
#include "test.h"

#include <stdarg.h>

typedef enum {
    NOT_RUN,
    PASSED,
    WRONG,       /* at least one answer is not the expected one        */
    UNWRITTEN,   /* it reached a todo()                                */
    RULE_BROKEN, /* require() or at() stopped it                       */
    ABSENT,      /* the file does not define the function              */
    ENDED_EARLY, /* exit() instead of return                           */
    LATE,        /* the time limit                                     */
    CRASHED,
    NO_ANSWER, /* what came is no answer                             */
    OURS       /* infrastructure: nobody's points                    */
} verdict;

typedef struct {
    const char *text; /* the expression, as the test says it */
    matrix yours, expected;
    real tolerance;
    bool answered, right;
} expectation;

typedef struct {
    const char *name;
    matrix value; /* as the first call after it was made found it */
    matrix live;  /* the judge's own, while the test runs */
    role is;
    uint64_t address; /* where the worker had it, and how many bytes */
    uint64_t bytes;
} array;

enum { MOST = 40 }; /* expectations, arrays and calls of one test */

typedef struct {
    const test *of;
    verdict verdict;
    bool followed;    /* passed with the reference of other functions */
    bool unstable;    /* the same inputs once more: other answers */
    const char *with; /* whose reference took part, or NULL */

    expectation expectations[MOST];
    array arrays[MOST];
    const char *calls[MOST];
    size_t expectation_count, array_count, call_count;

    bool untried;     /* there was no time left for it */
    const char *what; /* a sentence for everything but PASSED and WRONG */
    const char *stopped_in; /* the function that stopped, or NULL */
    int line;               /* of the student's file, 0 if unknown */
    int called_in; /* where the tested function calls that one, or 0 */

    uint64_t left; /* matrices that were made and never freed */
    const char *printed;
    size_t printed_size;
} result;

void *shared_new(size_t size);
const char *shared_text(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* Fill in *r: what a worker sent, against what the reference answers.  file
 * is the student's, for line numbers; limit, in seconds, is for words. */
void result_judge(result *r, const process *worker, const char *file,
                  uint64_t seed, size_t number, double limit);

/* Whether two runs of a test cannot be told apart: the same answers within
 * tolerance, and the same end. */
bool result_same(const result *a, const result *b);

/* Whether all of its answers are numbers, and none is infinite or was never
 * written. */
bool result_is_finite(const result *r);

/* Whether they came to the same end with the same answers, bit by bit. */
bool result_equal(const result *a, const result *b);

#endif
