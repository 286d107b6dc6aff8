/* crew.h - pieces of work on all processors, and what all of them need */
#ifndef CREW_H
#define CREW_H

#include "grade.h"

/* All that grading needs: the sandbox, the tests' identities, a folder to
 * work in, and a row for this run.  Ends the program with a sentence if
 * there is no grading here. */
class_run crew_prepare(sqlite3 *db);

/* Grade all pieces that the question names, about all of them: the number
 * and name of a submission and NULL, or 0, the hash of bytes, and a
 * chapter. Returns how many could not be graded, which is our failure. */
long crew_grade(sqlite3 *db, const class_run *c, long all,
                const char *question);

/* Leave nothing behind; the run is over unless it was interrupted. */
void crew_finish(sqlite3 *db, const class_run *c);

/* What the program ends with, and a sentence if some could not be graded.
 */
int crew_status(long failed);

#endif
