#define _GNU_SOURCE
#include "state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST = 1 << 24 }; /* bytes of a file that is read */

char *text_of(const char *path)
{
    struct stat s;
    if (stat(path, &s) != 0 || !S_ISREG(s.st_mode) || s.st_size > MOST)
        return NULL;
    FILE *in = fopen(path, "r");
    char *text = in ? malloc((size_t)s.st_size + 1) : NULL;
    size_t size = text ? fread(text, 1, (size_t)s.st_size, in) : 0;
    if (text)
        text[size] = '\0';
    if (in)
        fclose(in);
    return text;
}

static void set_aside(const char *path, const char *then)
{
    char other[4200];
    snprintf(other, sizeof other, "%s.damaged", path);
    if (rename(path, other) == 0)
        printf("%s is damaged and set aside as\n%s; %s\n\n", path, other,
               then);
    else
        printf("%s is damaged; %s\n\n", path, then);
}

static void *grown(void *list, size_t count, size_t size)
{
    if (count & (count - 1)) /* twice as much room at each power of two */
        return list;
    list = realloc(list, (count ? 2 * count : 1) * size);
    if (!list)
        abort();
    return list;
}

/* --- Results, as the judge writes them --- */

/* What stands behind a key, between two places of the text; or NULL.  The
 * judge escapes quotes inside texts, so that no text looks like a key. */
static const char *value(const char *from, const char *end, const char *key)
{
    char quoted[40];
    size_t size = (size_t)snprintf(quoted, sizeof quoted, "\"%s\": ", key);
    const char *found = memmem(from, (size_t)(end - from), quoted, size);
    return found ? found + size : NULL;
}

static int number(const char *from, const char *end, const char *key)
{
    const char *at = value(from, end, key);
    char *after = NULL;
    long found = at ? strtol(at, &after, 10) : -1;
    return after == at || found > 1000000 ? -1 : (int)found;
}

/* false if there is no such text. */
static bool word(char *into, size_t room, const char *from, const char *end,
                 const char *key)
{
    const char *at = value(from, end, key);
    into[0] = '\0';
    if (!at || *at != '"')
        return false;
    size_t size = strcspn(at + 1, "\"\\\n");
    snprintf(into, room, "%.*s", (int)size, at + 1);
    return true;
}

static scored *function_of(outcome *o, const char *name)
{
    for (size_t k = 0; k < o->count; k++)
        if (!strcmp(o->functions[k].name, name))
            return &o->functions[k];
    o->functions = grown(o->functions, o->count, sizeof *o->functions);
    scored *fresh = &o->functions[o->count++];
    *fresh = (scored){ .points = 0 };
    snprintf(fresh->name, sizeof fresh->name, "%s", name);
    return fresh;
}

/* false if the text is not a whole result. */
static bool understand(outcome *o, const char *text)
{
    static const char next[] = "{\"function\": ";
    size_t size = strlen(text);
    const char *end = text + size, *tests = strstr(text, "\"tests\": [");
    if (strncmp(text, "{\"chapter\": ", 12) != 0 || size < 3 ||
        strcmp(end - 3, "]}\n") != 0 || !tests)
        return false;
    o->points = number(text, tests, "points");
    o->possible = number(text, tests, "possible");
    word(o->state, sizeof o->state, text, tests, "state");
    word(o->sum, sizeof o->sum, text, tests, "sum");

    int points = 0, possible = 0;
    const char *one = strstr(tests, next);
    while (one) {
        const char *after = strstr(one + 1, next);
        const char *stop = after ? after : end;
        char name[64], verdict[32];
        int got = number(one, stop, "points");
        int all = number(one, stop, "possible");
        if (!word(name, sizeof name, one, stop, "function") || !name[0] ||
            strchr(name, ' ') ||
            !word(verdict, sizeof verdict, one, stop, "verdict") ||
            got < 0 || all < got)
            return false;
        scored *f = function_of(o, name);
        f->points += got;
        f->possible += all;
        points += got;
        possible += all;
        if (got < all && !f->verdict[0]) {
            strcpy(f->verdict, verdict);
            word(f->mistake, sizeof f->mistake, one, stop, "mistake");
            word(f->test, sizeof f->test, one, stop, "test");
            f->line = number(one, stop, "line");
        }
        one = after;
    }
    return o->count > 0 && points == o->points && possible == o->possible;
}

outcome outcome_read(const char *folder, const char *chapter)
{
    outcome o = { .there = false };
    char path[4200], advice[60];
    struct stat s;
    snprintf(path, sizeof path, "%s/%.2s.json", folder, chapter);
    if (stat(path, &s) != 0)
        return o;
    char *text = text_of(path);
    if (text && understand(&o, text)) {
        o.there = true;
        o.when = s.st_mtime;
    } else {
        outcome_free(&o);
        snprintf(advice, sizeof advice, "make %.2s grades again.", chapter);
        set_aside(path, advice);
    }
    free(text);
    return o;
}

void outcome_free(outcome *o)
{
    free(o->functions);
    *o = (outcome){ .there = false };
}

/* --- What the desk showed last --- */

static const char head[] = "desk 1\n";

/* false if the text is not all that was written. */
static bool recall(memory *m, const char *text)
{
    if (strncmp(text, head, strlen(head)) != 0)
        return false;
    size_t lines = 0;
    for (text += strlen(head); *text; text += strcspn(text, "\n") + 1) {
        remembered r;
        int used = 0;
        size_t size = strcspn(text, "\n");
        if (text[size] != '\n')
            return false;
        if (sscanf(text, "end %zu%n", &lines, &used) == 1 && used > 0)
            return (size_t)used == size && !text[size + 1] &&
                   lines == m->count;
        if (sscanf(text, "%63s %63s %d %d%n", r.chapter, r.function,
                   &r.points, &r.possible, &used) != 4 ||
            (size_t)used != size)
            return false;
        memory_add(m, r);
    }
    return false;
}

memory memory_read(const char *folder)
{
    memory m = { .there = false };
    char path[4200];
    struct stat s;
    snprintf(path, sizeof path, "%s/shown", folder);
    if (stat(path, &s) != 0)
        return m;
    char *text = text_of(path);
    if (text && recall(&m, text)) {
        m.there = true;
    } else {
        memory_free(&m);
        set_aside(path, "what changed since\nlast time is not known.");
    }
    free(text);
    return m;
}

void memory_add(memory *m, remembered line)
{
    m->lines = grown(m->lines, m->count, sizeof *m->lines);
    m->lines[m->count++] = line;
}

void memory_free(memory *m)
{
    free(m->lines);
    *m = (memory){ .there = false };
}

void memory_write(const memory *m, const char *folder)
{
    char path[4200], fresh[4300];
    snprintf(path, sizeof path, "%s/shown", folder);
    snprintf(fresh, sizeof fresh, "%s.new", path);
    FILE *out = mkdir(folder, 0777) == 0 || errno == EEXIST
                    ? fopen(fresh, "w")
                    : NULL;
    bool good = out && fputs(head, out) >= 0;
    for (size_t k = 0; good && k < m->count; k++) {
        const remembered *r = &m->lines[k];
        good = fprintf(out, "%s %s %d %d\n", r->chapter, r->function,
                       r->points, r->possible) > 0;
    }
    good = good && fprintf(out, "end %zu\n", m->count) > 0 &&
           fflush(out) == 0 && fsync(fileno(out)) == 0;
    good = out && fclose(out) == 0 && good && rename(fresh, path) == 0;
    if (!good)
        printf("The desk will not remember this: %s: %s\n\n", path,
               strerror(errno));
    int directory = good ? open(folder, O_RDONLY) : -1;
    if (directory >= 0) {
        fsync(directory);
        close(directory);
    }
}
