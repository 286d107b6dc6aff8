/* class.h - what was typed, and how the class run speaks and ends */
#ifndef CLASS_H
#define CLASS_H

#include "sandbox.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FINE = 0, NOT_GRADED = 1, USAGE = 2, OUR_FAILURE = 3 };

typedef struct {
    const char *submissions, *results, *build, *format, *out;
    const char *chapter, *deadline;
    level require, most;
    long jobs, part, parts; /* part 1 of parts, 0: all */
    uint64_t seed;
    bool seeded, accept;
    double limit, budget, grace;
    int at_least;
    char **more; /* the other words, up to a NULL */
} class_options;

extern class_options options;

/* Say a sentence and end. */
void fail(int status, const char *format, ...)
    __attribute__((noreturn, format(printf, 2, 3)));

/* A text that nobody frees. */
char *text(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The subcommands; each returns the status of the program. */
int run(void);
int resume(void);
int regrade(void);
int merge(void);
int roster(void);
int late(void);
int similar(void);

#endif
