/* state.h - what is remembered between two looks at the desk
 *
 * Two kinds of files, in a folder of their own that survives make clean:
 * NN.json, the last result of each chapter, which the judge writes; and
 * shown, the points of each function when the desk was last shown.  A file
 * that is damaged is said in a sentence and set aside as NAME.damaged.
 */
#ifndef STATE_H
#define STATE_H

#include "sum.h"

#include <stddef.h>
#include <time.h>

/* How one function fared, over all its tests. */
typedef struct {
    char name[64];
    int points, possible, line; /* of the first failure, or 0 */
    char verdict[32], mistake[64], test[64]; /* of it, or empty */
} scored;

typedef struct {
    bool there; /* graded at least once */
    int points, possible;
    char state[32]; /* graded, refused, does not compile */
    char sum[SUM];  /* of the file that was graded, or empty */
    time_t when;
    size_t count;
    scored *functions;
} outcome;

/* The result of a chapter; the caller frees it with outcome_free. */
outcome outcome_read(const char *folder, const char *chapter);
void outcome_free(outcome *o);

/* Points of a function when the desk was last shown. */
typedef struct {
    char chapter[64], function[64];
    int points, possible;
} remembered;

typedef struct {
    bool there; /* the desk has been shown before */
    size_t count;
    remembered *lines;
} memory;

memory memory_read(const char *folder);
void memory_add(memory *m, remembered line);
void memory_free(memory *m);

/* Write it: under another name, synced, then renamed.  Why it cannot be is
 * said in a sentence. */
void memory_write(const memory *m, const char *folder);

/* All of a file with a '\0' behind it, or NULL; the caller frees it. */
char *text_of(const char *path);

#endif
