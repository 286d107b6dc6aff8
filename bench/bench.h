/* bench.h - the same work for everybody, and how long it took
 *
 * A workload is data, first weights, an order of the examples, and a number
 * of steps.  bench store writes all that to files; every contender, also
 * this program, reads them, so that all do the same work and must end at
 * the same loss.  bench/run asks the contenders in turn:
 *
 *     asked        answered
 *     W4           ready, or: no WHY        get the data, make memory
 *     go           SECONDS LOSS ACCURACY    from the first weights, timed
 *
 * The first line that a contender says is its version.
 */
#ifndef BENCH_H
#define BENCH_H

#include "matrix.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    double seconds, loss;
    double accuracy; /* not a number if nothing is classified */
} outcome;

typedef struct {
    const char *name;
    void (*store)(const char *name);   /* what others need, or NULL */
    void (*prepare)(const char *name); /* read it */
    outcome (*run)(void); /* as often as wanted, each time from the start */
    void (*forget)(void); /* free what prepare made */
} workload;

/* linear.c, networks.c, scalars.c: up to one without a name */
extern const workload linear_workloads[], network_workloads[],
    scalar_workloads[];

/* --- stored.c: numbers in files of the folder of this run --- */

extern const char *bench_folder;

/* NAME.f64, row after row.  Whatever goes wrong ends the program with a
 * sentence. */
void store_matrix(const char *name, matrix A);
matrix stored_matrix(const char *name, size_t rows, size_t cols);

/* NAME.u32; the caller frees what is read. */
void store_order(const char *name, const size_t *order, size_t count);
size_t *stored_order(const char *name, size_t count);

/* NAME.txt: a number for each word, as "rate 0.1" */
void store_settings(const char *name, const char *text);

#endif
