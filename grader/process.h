/* process.h - run a program, keep what it says, and end it in time */
#ifndef PROCESS_H
#define PROCESS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    char *bytes; /* always followed by a 0 */
    size_t size; /* how many are kept */
    size_t said; /* how many there were */
} capture;

typedef struct {
    bool started, exited, late; /* late: it was killed at the deadline */
    bool large;                 /* it was killed for the memory it used */
    int status;                 /* as exit() was given it, if exited */
    int signal_number;          /* what ended it, if not exited */
    capture printed, complained, answers; /* descriptors 1, 2 and 3 */
} process;

/* Run argv[0] in a process group of its own, with the environment given and
 * nothing to read.  What exceeds a limit is read and thrown away, so that
 * the program does not notice.  At the end, or after seconds, the whole
 * group is killed.  process_free() the result. */
process process_run(char *const argv[], char *const environment[],
                    double seconds);

/* The same, but with all its descendants together it may fill only so many
 * MiB of memory: what limits of addresses cannot say of a program with
 * sanitizers, which asks for terabytes and uses few of them.  (Linux; no
 * limit elsewhere.) */
process process_run_within(char *const argv[], char *const environment[],
                           double seconds, long mebibytes);
void process_free(process *p);

#endif
