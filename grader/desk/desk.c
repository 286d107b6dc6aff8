#define _GNU_SOURCE
#include "desk.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WIDTH = 76, BAR = 16 };

/* --- Chapters --- */

/* The points that the tests of a chapter give: TEST(function, name, points,
 * ...); 0 if they cannot be read. */
static int points_of(const char *name)
{
    char path[200];
    int sum = 0;
    snprintf(path, sizeof path, "grader/%s.c", name);
    char *text = text_of(path);
    for (char *at = text; at && (at = strstr(at, "\nTEST(")); at++) {
        char *comma = strchr(at, ',');
        comma = comma ? strchr(comma + 1, ',') : NULL;
        sum += comma ? (int)strtol(comma + 1, NULL, 10) : 0;
    }
    free(text);
    return sum;
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
        c->possible = c->last.there ? c->last.possible : points_of(c->name);
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

/* --- Lines --- */

/* Prints words, and breaks the line before one that does not fit. */
typedef struct {
    int indent, column;
} paragraph;

static void add(paragraph *p, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void add(paragraph *p, const char *format, ...)
{
    char text[200];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (p->column > p->indent && p->column + 1 + size > WIDTH) {
        printf("\n%*s", p->indent, "");
        p->column = p->indent;
    } else if (p->column > p->indent) {
        putchar(' ');
        p->column++;
    }
    fputs(text, stdout);
    p->column += size;
}

static void bar(int points, int possible)
{
    int full = possible ? BAR * points / possible : 0;
    putchar('[');
    for (int k = 0; k < BAR; k++)
        putchar(k < full ? '#' : '.');
    putchar(']');
}

static const char *note(const chapter *c)
{
    return c->edited        ? c->last.there ? "edited since" : "not graded"
           : !c->last.there ? "not begun"
           : strcmp(c->last.state, "graded") ? c->last.state
           : chapter_done(c)                 ? "done"
                                             : "";
}

/* --- What changed --- */

static const remembered *recalled(const memory *m, const char *name,
                                  const char *function)
{
    for (size_t k = 0; k < m->count; k++)
        if (!strcmp(m->lines[k].chapter, name) &&
            !strcmp(m->lines[k].function, function))
            return &m->lines[k];
    return NULL;
}

/* Points gained and lost since the memory, function by function. */
static void show_changes(const desk *d, const memory *before)
{
    bool any = false;
    if (!before->there)
        return;
    for (size_t k = 0; k < d->count; k++) {
        const chapter *c = &d->chapters[k];
        paragraph p = { .indent = 6 };
        int gained = c->last.points;
        for (size_t i = 0; i < before->count; i++)
            if (!strcmp(before->lines[i].chapter, c->name))
                gained -= before->lines[i].points;
        bool said = false;
        for (size_t i = 0; i < c->last.count; i++) {
            const scored *f = &c->last.functions[i];
            const remembered *r = recalled(before, c->name, f->name);
            int more = f->points - (r ? r->points : 0);
            if (more == 0)
                continue;
            if (!any)
                printf("Since you last looked:\n");
            if (!said)
                p.column = printf("  %.2s  %+d point%s:", c->name, gained,
                                  abs(gained) == 1 ? "" : "s");
            if (said)
                p.column += printf(",");
            any = said = true;
            add(&p, "%s %+d", f->name, more);
        }
        if (said)
            putchar('\n');
    }
    printf(any ? "\n"
               : "Since you last looked no points have changed.\n\n");
}

static void show_edited(const desk *d)
{
    bool any = false;
    paragraph p = { .indent = 2 };
    for (size_t k = 0; k < d->count; k++) {
        const chapter *c = &d->chapters[k];
        if (!c->edited)
            continue;
        if (!any)
            p.column = printf("Edited and not graded since:");
        any = true;
        add(&p, "make %.2s", c->name);
    }
    if (any)
        printf("\n\n");
}

/* What is true now; of chapters without a result, what was before. */
static void remember(const desk *d, const memory *before)
{
    memory now = { .there = true };
    for (size_t k = 0; k < d->count; k++) {
        const chapter *c = &d->chapters[k];
        for (size_t i = 0; i < c->last.count; i++) {
            const scored *f = &c->last.functions[i];
            remembered r = { .points = f->points, .possible = f->possible };
            snprintf(r.chapter, sizeof r.chapter, "%s", c->name);
            snprintf(r.function, sizeof r.function, "%s", f->name);
            memory_add(&now, r);
        }
        for (size_t i = 0; !c->last.there && i < before->count; i++)
            if (!strcmp(before->lines[i].chapter, c->name))
                memory_add(&now, before->lines[i]);
    }
    memory_write(&now, d->state);
    memory_free(&now);
}

/* --- The desk --- */

void desk_advise(const desk *d, size_t one, const char *type)
{
    const chapter *c = &d->chapters[one];
    char page[4300];
    snprintf(page, sizeof page, "%s/book/%s.html", d->build, c->name);
    if (access(page, R_OK) == 0)
        printf("Next: read   %s\n", page);
    else
        printf("Next: read   chapters/%s/lesson.md\n"
               "             (make book sets it as a page)\n",
               c->name);
    printf("      edit   %s\n", c->file);
    if (c->last.there && !strcmp(c->last.state, "graded") && !c->edited)
        for (size_t i = 0; i < c->last.count; i++) {
            const scored *f = &c->last.functions[i];
            if (!f->verdict[0])
                continue;
            bool unwritten = !strcmp(f->verdict, "not written yet");
            printf("      %s   %s", unwritten ? "write" : "mend ", f->name);
            printf(f->line > 0 ? ", line %d\n" : "\n", f->line);
            if (!unwritten)
                printf("             %s%s%s\n", f->verdict,
                       f->mistake[0] ? ": " : "", f->mistake);
            break;
        }
    if (type)
        printf("      type   %s\n", type);
}

void desk_show(desk *d)
{
    int points = 0, possible = 0;
    desk_look(d);
    printf("Neural Networks in C\n\n");
    for (size_t k = 0; k < d->count; k++) {
        const chapter *c = &d->chapters[k];
        printf("  %.2s  %-26.26s ", c->name, c->title);
        bar(c->last.points, c->possible);
        printf(" %3d of ", c->last.points);
        printf(*note(c) ? "%-3d  %s\n" : "%d\n", c->possible, note(c));
        points += c->last.points;
        possible += c->possible;
    }
    printf("\n      %-26s ", "In all");
    bar(points, possible);
    printf(" %3d of %d\n\n", points, possible);

    memory before = memory_read(d->state);
    show_changes(d, &before);
    show_edited(d);
    size_t next = desk_next(d);
    if (next < d->count) {
        char type[80];
        snprintf(type, sizeof type,
                 "make %.2s   (or make watch: it grades what you save)",
                 d->chapters[next].name);
        desk_advise(d, next, type);
    } else {
        printf("Every point is earned.\n");
    }
    remember(d, &before);
    memory_free(&before);
    fflush(stdout);
}
