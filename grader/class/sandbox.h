/* sandbox.h - what stands between a submission and everything else
 *
 * Four levels.  The highest that works is found by trying, and is said with
 * every result:
 *
 *   STRONG   bubblewrap: a world of its own, without network, processes
 *            and files of others; inside it landlock, seccomp and limits
 *   MEDIUM   landlock, seccomp and limits; another user, if root began it
 *   WEAK     seccomp and limits; another user, if root began it
 *   NONE     limits only: the code runs with your rights
 *
 * The last line of defence is lock.so, which the worker loads before any of
 * the student's code (WEAK and up): it may compute, and start nothing.
 */
#ifndef SANDBOX_H
#define SANDBOX_H

#include "process.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

typedef enum { NONE, WEAK, MEDIUM, STRONG, LEVELS } level;
extern const char *const level_names[LEVELS];

typedef struct {
    level level;
    const char *confine; /* the program of that name */
    char why[400]; /* of each stronger level: why it is not in force */
} sandbox;

enum { MOST_READ = 128 };

/* One run of one program.  Paths are absolute. */
typedef struct {
    const char
        *read[MOST_READ]; /* besides the system's own, up to a NULL */
    const char *write;    /* one folder, or NULL */
    const char *start;    /* where the program starts */
    uid_t uid;            /* if root: whom to run as, no one else's */
    long cpu;             /* seconds */
    long memory;          /* MiB of addresses, 0: no limit (sanitizers) */
    long file;            /* MiB of any file it writes */
    long processes;
} jail;

/* The level of that name, or LEVELS. */
level level_of(const char *name);

/* Find the strongest level that works, but none above most, trying each
 * with a program that does nothing; confine is the path of build/confine.
 */
sandbox sandbox_find(const char *confine, level most);

/* The words that run a program in the jail; argv is the program's own. They
 * are nobody's to free. */
char **sandbox_words(const sandbox *s, const jail *j, char *const argv[]);

/* Run it, as process_run() does.  If it was not started, or not behind all
 * locks, then started is false: our failure, and complained says more.  The
 * program itself has nothing on descriptor 3. */
process sandbox_run(const sandbox *s, const jail *j, char *const argv[],
                    char *const environment[], double seconds);

#endif
