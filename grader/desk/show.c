/* show.c - the desk as lines: chapters, what changed, what to do next
 */
#define _GNU_SOURCE
#include "desk.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WIDTH = 76, BAR = 16 };

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

/* What is written and fails goes before what is not written, as in a
 * report. */
static void say_function(const outcome *o)
{
    const scored *mend = NULL, *write = NULL;
    for (size_t i = o->count; i-- > 0;) {
        const scored *f = &o->functions[i];
        if (!strcmp(f->verdict, "not written yet"))
            write = f;
        else if (f->verdict[0])
            mend = f;
    }
    const scored *f = mend ? mend : write;
    if (!f)
        return;
    printf("      %-6s %s", mend ? "mend" : "write", f->name);
    printf(f->line > 0 ? ", line %d\n" : "\n", f->line);
    if (!mend)
        return;
    printf("             %s: ", f->verdict);
    for (const char *c = f->mistake[0] ? f->mistake : f->test; *c; c++)
        putchar(*c == '_' ? ' ' : *c);
    putchar('\n');
}

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
        say_function(&c->last);
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
