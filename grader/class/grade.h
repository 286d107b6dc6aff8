/* grade.h - one submission, from what was handed in to rows of results */
#ifndef GRADE_H
#define GRADE_H

#include "sandbox.h"
#include "submission.h"

#include <sqlite3.h>
#include <stdint.h>

typedef struct {
    const char *build; /* the folder of judges and workers, absolute */
    const char *root;  /* the folder of the submissions, absolute */
    int root_folder;   /* the same, open */
    const char *work;  /* where fresh folders are made, absolute */
    char **chapters;   /* stems, up to a NULL */
    char **identity;   /* of each: all that its grades depend on */
    char **compile;    /* of each: the compiler's command */
    const sandbox *box;
    const char *run;      /* its name in the results */
    uint64_t seed;        /* one for everybody, so that scores compare */
    double limit, budget; /* seconds: a test, all tests of a file */
} class_run;

/* Grade the submission of that number and name, unless everything of it has
 * been graded before; one transaction.  slot tells sandboxes that run side
 * by side apart.  False if it could not be graded, and that is our failure:
 * its points are then unknown, and the next run tries again. */
bool grade_submission(sqlite3 *db, const class_run *c, long number,
                      const char *name, int slot);

/* The same for bytes that were handed in before: only the grade, which
 * counts for nobody yet. */
bool grade_content(sqlite3 *db, const class_run *c, size_t chapter,
                   const char *hash, int slot);

/* What a grade of these bytes, by these tests, at this level, goes by. */
void grade_key(char key[65], const class_run *c, size_t chapter,
               const char *hash);

#endif
