/* process.h - run a program, keep what it says, and end it in time */
#ifndef PROCESS_H
#define PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

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
    double seconds;             /* how long it took */
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

/* All that most programs need to know of what is around them: where the
 * system's programs are, and that sentences are English. */
extern char *const bare_environment[];

/* --- For what runs in another way --- */

enum { PIPES = 3 };

/* Three pipes for descriptors 1 to 3 of something: what is read here, and
 * what is given away.  false if there are none. */
bool process_pipes(int from[PIPES], int to[PIPES]);

typedef struct {
    pid_t pid; /* it, or one of its parents: for its memory */
    /* Whether it has ended, and its status as waitpid() has it. */
    bool (*has_ended)(void *what, int *status);
    void (*end)(void *what); /* now */
    void *what;
} running;

/* Listen to the pipes until it has ended, or end it; closes the pipes. */
process process_watch(const running *one, const int from[PIPES],
                      double seconds, long mebibytes);

/* In a child of parent, with which it dies: descriptors 0 to last and
 * nothing else, then the program; ends[] become 1 and so on, up to last. */
void process_become(pid_t parent, char *const argv[],
                    char *const environment[], const int ends[], int last)
    __attribute__((noreturn));

#endif
