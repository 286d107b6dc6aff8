/* explain.h - why a worker did not finish, in plain words */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include "judge.h"

/* What follows the last / of a path. */
const char *base_name(const char *path);

/* Whether a path in a message is that of the student's file, which has the
 * name of the tests and of the reference. */
bool same_file(const char *path, const char *file);

/* The line of file that a stack trace or a message names first, or 0. */
int line_in(const char *text, const char *file);

/* The line of file on which a stack trace shows that function, or 0. */
int line_of_frame(const char *text, const char *file, const char *function);

/* The function of file that a stack trace shows first, or NULL. */
const char *function_in(const char *text, const char *file);

/* Fill in verdict, sentence and line of a worker that did not finish. */
void explain_crash(result *r, const process *worker, const char *file);

/* A sentence for a bad access at an address of the worker. */
typedef enum { ACCESS, READS, WRITES } reach;
const char *explain_fault(const result *r, uint64_t address, reach how);

/* A sentence for a signal, as the worker's handler was told of it. */
const char *explain_signal(const result *r, int number, int code,
                           uint64_t address);

#endif
