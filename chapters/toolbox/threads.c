/* threads.c - the same work on several processors
 *
 * Threads are started once and wait.  A product of a small network takes
 * some ten microseconds: to sleep and be woken takes as long, so a thread
 * that has nothing to do first looks again and again, then lets others go
 * first, and only then sleeps.
 */
#define _POSIX_C_SOURCE 200809L
#include "threads.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { LOOKS = 2000, YIELDS = 200 };

static struct {
    size_t count; /* of threads, the caller's included; 0 is 1 */
    pthread_t thread[MOST_THREADS];
    void (*work)(void *what, size_t part, size_t parts);
    void *what;
    atomic_size_t round, ended, sleeping;
    atomic_bool over;
    pthread_mutex_t lock;
    pthread_cond_t woken;
} all = { .lock = PTHREAD_MUTEX_INITIALIZER,
          .woken = PTHREAD_COND_INITIALIZER };

static void wait_for_round(size_t after)
{
    for (int k = 0; k < LOOKS + YIELDS; k++) {
        if (atomic_load(&all.round) != after)
            return;
        if (k >= LOOKS)
            sched_yield();
    }
    pthread_mutex_lock(&all.lock);
    atomic_fetch_add(&all.sleeping, 1);
    while (atomic_load(&all.round) == after)
        pthread_cond_wait(&all.woken, &all.lock);
    atomic_fetch_sub(&all.sleeping, 1);
    pthread_mutex_unlock(&all.lock);
}

static void next_round(void)
{
    atomic_store(&all.ended, 0);
    atomic_fetch_add(&all.round, 1);
    if (atomic_load(&all.sleeping) > 0) {
        pthread_mutex_lock(&all.lock);
        pthread_cond_broadcast(&all.woken);
        pthread_mutex_unlock(&all.lock);
    }
}

static void *serve_rounds(void *part_as_pointer)
{
    size_t part = (uintptr_t)part_as_pointer;
    for (size_t seen = 0; !atomic_load(&all.over);) {
        wait_for_round(seen);
        seen = atomic_load(&all.round);
        if (!atomic_load(&all.over))
            all.work(all.what, part, all.count);
        atomic_fetch_add(&all.ended, 1);
    }
    return NULL;
}

void threads_use(size_t count)
{
    if (all.count > 1) {
        atomic_store(&all.over, true);
        next_round();
        for (size_t k = 1; k < all.count; k++)
            pthread_join(all.thread[k], NULL);
    }
    atomic_store(&all.over, false);
    atomic_store(&all.round, 0);
    all.count = 1;
    while (all.count < count && all.count < MOST_THREADS &&
           pthread_create(&all.thread[all.count], NULL, serve_rounds,
                          (void *)(uintptr_t)all.count) == 0)
        all.count++;
}

size_t threads_in_use(void)
{
    return all.count > 1 ? all.count : 1;
}

void threads_run(void (*work)(void *what, size_t part, size_t parts),
                 void *what)
{
    size_t parts = threads_in_use();
    all.work = work;
    all.what = what;
    if (parts > 1)
        next_round();
    work(what, 0, parts);
    for (int k = 0; parts > 1 && atomic_load(&all.ended) + 1 < parts; k++)
        if (k > LOOKS)
            sched_yield();
}
