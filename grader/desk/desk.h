/* desk.h - every chapter, its points, what changed, and what to do next
 *
 * Plain lines of at most 80 columns without any escape sequence, to be read
 * from the first to the last.
 */
#ifndef DESK_H
#define DESK_H

#include "state.h"

typedef struct {
    const char *name; /* 01-linear-regression; the first two: its number */
    char title[64], file[128];
    outcome last;
    int possible; /* points there are, graded or not */
    bool begun;   /* the file is no longer the exercise as it was given */
    bool edited;  /* and no longer what was graded, if it was */
} chapter;

typedef struct {
    const char *build, *state; /* folders */
    size_t count;
    chapter *chapters;
} desk;

desk desk_new(const char *build, const char *state, size_t count,
              char **names);
void desk_free(desk *d);

/* Look at all results and files again. */
void desk_look(desk *d);

bool chapter_done(const chapter *c);

/* The chapter to work at: what was graded last, is begun and not done; or
 * else the first that is not done; or count. */
size_t desk_next(const desk *d);

/* The chapter after one that is not done, or count. */
size_t desk_after(const desk *d, size_t one);

/* --- In show.c --- */

/* Print the desk, and remember that it was shown. */
void desk_show(desk *d);

/* Print what to read, edit and write in a chapter, and what to type. */
void desk_advise(const desk *d, size_t one, const char *type);

#endif
