/* run.h - a command whose output is shown as it comes, up to a limit
 *
 * It runs in a process group of its own, with nothing on its standard
 * input, so that it can be ended with all that it started, and ^C at the
 * terminal reaches only whoever watches.
 */
#ifndef RUN_H
#define RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

typedef struct {
    pid_t pid; /* 0: none runs */
    int from;  /* its output and errors, or -1 */
    size_t size, lines, dropped;
    char *said; /* what was shown, with a '\0' behind it */
} run;

/* Start it; false, and why is said, if it cannot be. */
bool run_start(run *r, char *const argv[]);

/* Show what it has said by now. */
void run_listen(run *r);

/* Whether it has ended; then all it said is shown, and its status is as
 * waitpid() has it. */
bool run_ended(run *r, int *status);

/* End it: asked first, after two seconds killed. */
void run_stop(run *r);

#endif
