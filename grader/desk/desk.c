#define _GNU_SOURCE
#include "desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The points that the tests of a chapter give, as make has counted them; 0
 * if it has not. */
static int points_of(const char *build, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/points/%s", build, name);
    char *text = text_of(path);
    int points = text ? (int)strtol(text, NULL, 10) : 0;
    free(text);
    return points;
}

/* The first heading of the lesson, without its label. */
static void read_title(chapter *c)
{
    char path[200], line[200];
    snprintf(c->title, sizeof c->title, "%s", c->name);
    snprintf(path, sizeof path, "chapters/%s/lesson.md", c->name);
    FILE *in = fopen(path, "r");
    while (in && fgets(line, sizeof line, in))
        if (!strncmp(line, "# ", 2)) {
            size_t size = strcspn(line + 2, "{\n");
            while (size > 0 && line[size + 1] == ' ')
                size--;
            snprintf(c->title, sizeof c->title, "%.*s", (int)size,
                     line + 2);
            break;
        }
    if (in)
        fclose(in);
}

desk desk_new(const char *build, const char *state, size_t count,
              char **names)
{
    desk d = { .build = build,
               .state = state,
               .count = count,
               .chapters = calloc(count + 1, sizeof *d.chapters) };
    if (!d.chapters)
        abort();
    for (size_t k = 0; k < count; k++) {
        chapter *c = &d.chapters[k];
        c->name = names[k];
        snprintf(c->file, sizeof c->file, "exercises/%s.c", names[k]);
        read_title(c);
    }
    return d;
}

void desk_free(desk *d)
{
    for (size_t k = 0; k < d->count; k++)
        outcome_free(&d->chapters[k].last);
    free(d->chapters);
    d->chapters = NULL;
}

void desk_look(desk *d)
{
    for (size_t k = 0; k < d->count; k++) {
        chapter *c = &d->chapters[k];
        char given[4300], sum[SUM], given_sum[SUM];
        outcome_free(&c->last);
        c->last = outcome_read(d->state, c->name);
        c->possible =
            c->last.there ? c->last.possible : points_of(d->build, c->name);
        snprintf(given, sizeof given, "%s/skeletons/%s.c", d->build,
                 c->name);
        bool readable = sum_of(sum, c->file);
        c->begun = readable &&
                   !(sum_of(given_sum, given) && !strcmp(sum, given_sum));
        c->edited =
            readable &&
            (c->last.there ? c->last.sum[0] && strcmp(sum, c->last.sum)
                           : c->begun);
    }
}

bool chapter_done(const chapter *c)
{
    return c->last.there && c->last.points == c->last.possible;
}

size_t desk_next(const desk *d)
{
    size_t newest = d->count;
    for (size_t k = 0; k < d->count; k++) {
        const chapter *c = &d->chapters[k];
        if (c->last.there && c->begun && !chapter_done(c) &&
            (newest == d->count ||
             c->last.when > d->chapters[newest].last.when))
            newest = k;
    }
    for (size_t k = 0; k < d->count && newest == d->count; k++)
        if (!chapter_done(&d->chapters[k]))
            return k;
    return newest;
}

size_t desk_after(const desk *d, size_t one)
{
    for (size_t k = 1; k <= d->count; k++) {
        size_t other = (one + k) % d->count;
        if (!chapter_done(&d->chapters[other]))
            return other;
    }
    return d->count;
}
