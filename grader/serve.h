/* serve.h - one worker that forks for each test, and whoever asks it to
 *
 * Starting a program behind all its locks takes longer than a test does.
 * So it is started once, takes up its place, and forks a child for each
 * test.  Nothing of the student's is loaded before the fork: what a test
 * breaks, the next does not see.
 *
 * They talk over a socket, SOCKET in the worker: it says that it is there,
 * is sent the number of a test with three descriptors for the child, and
 * says how the child ended.
 */
#ifndef SERVE_H
#define SERVE_H

#include "process.h"

#include <stddef.h>

enum { SOCKET = 4 };

/* In the worker: run run(number) in a child for each test that is asked
 * for, with descriptors 0 to 3 and no others; ends when nobody asks any
 * more. */
void serve(void (*run)(size_t number));

/* In the judge. */
typedef struct server server;

/* Start the worker and wait until it is there.  If it is not within
 * seconds, every run of it is a process that did not start, and says why.
 */
server *server_start(char *const argv[], char *const environment[],
                     double seconds);

/* As process_run_within(), for a test; called by one process at a time. */
process server_run(server *s, size_t number, double seconds,
                   long mebibytes);

/* End it and all its children. */
void server_stop(server *s);

#endif
