#include "require.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print(trouble kind, place where, const char *why)
{
    (void)kind;
    fprintf(stderr, "%s:%d: %s: %s\n", where.file, where.line,
            where.function, why);
}

void (*on_stop)(trouble kind, place where, const char *why) = print;

void stop(trouble kind, place where, const char *why)
{
    on_stop(kind, where, why);
    exit(EXIT_FAILURE);
}

/* The first comma outside brackets, or the end. */
static const char *end_of_argument(const char *text)
{
    int depth = 0;
    for (; *text && (*text != ',' || depth > 0); text++)
        depth += strchr("([{", *text) ? 1 : strchr(")]}", *text) ? -1 : 0;
    return text;
}

/* text is what stood between the brackets of require(): "rule, X, w". */
void broken_rule(place where, const char *text, matrix *shapes)
{
    char why[400];
    const char *end = end_of_argument(text);
    size_t used = (size_t)snprintf(why, sizeof why, "requires %.*s",
                                   (int)(end - text), text);

    const char *before = " (";
    for (size_t k = 0; *end && used < sizeof why; k++) {
        const char *name = end + 1 + strspn(end + 1, " ");
        end = end_of_argument(name);
        used += (size_t)snprintf(why + used, sizeof why - used,
                                 "%s%.*s is %zu x %zu%s", before,
                                 (int)(end - name), name, shapes[k].rows,
                                 shapes[k].cols, *end ? "" : ")");
        before = ", ";
    }
    stop(BROKEN_RULE, where, why);
}
