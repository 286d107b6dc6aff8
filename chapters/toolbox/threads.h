/* threads.h - the same work on several processors */
#ifndef THREADS_H
#define THREADS_H

#include <stddef.h>

/* How many threads large products use from now on, at most MOST_THREADS;
 * one if nobody asks for more.  Not while a product is computed. */
enum { MOST_THREADS = 64 };
void threads_use(size_t count);
size_t threads_in_use(void);

/* Call work(what, part, parts) for each part, 0 to parts - 1, every one in
 * a thread of its own; returns when all have ended. */
void threads_run(void (*work)(void *what, size_t part, size_t parts),
                 void *what);

#endif
