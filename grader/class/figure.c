/* figure.c - how the points of a chapter are spread, drawn */
#define _GNU_SOURCE
#include "figure.h"
#include "folder.h"
#include "process.h"
#include "store.h"
#include "write.h"

#include <stdlib.h>
#include <string.h>

enum { BARS = 12 };

/* The value a share of the way through the sorted ones, between two of them
 * if need be: the quartiles that R and NumPy give. */
static double quantile(const double *sorted, size_t count, double share)
{
    double place = share * (double)(count - 1);
    size_t below = (size_t)place;
    double rest = place - (double)below;
    return rest > 0
               ? sorted[below] + rest * (sorted[below + 1] - sorted[below])
               : sorted[below];
}

/* The text without every piece from begin up to and with end. */
static void cut(char *text, const char *begin, const char *end)
{
    char *from = text, *to;
    while ((from = strstr(from, begin)) &&
           (to = strstr(from + strlen(begin), end))) {
        to += strlen(end);
        memmove(from, to, strlen(to) + 1);
    }
}

/* gnuplot writes rgb( 26,  26,  26) and rgb(26,26,26): the latter. */
static void close_up(char *text)
{
    char *to = text;
    bool inside = false;
    for (const char *c = text; *c; c++) {
        inside = inside ? *c != ')' : !strncmp(c, "rgb(", 4);
        if (!inside || *c != ' ')
            *to++ = *c;
    }
    *to = '\0';
}

/* What gnuplot draws of the bars, without its head, its ids and the shapes
 * it defines and does not use; NULL if there is no gnuplot. */
static char *draw(sheet *s, const char *chapter, long width,
                  const char *words)
{
    char folder[] = "/tmp/class-XXXXXX", path[60], *set;
    if (!mkdtemp(folder))
        return NULL;
    snprintf(path, sizeof path, "%s/bars", folder);
    FILE *data = fopen(path, "w");
    sqlite3_stmt *bars = store_ask(
        s->db,
        "SELECT points / ?2 * ?2, count(*) FROM handed WHERE chapter = ?1"
        " AND points IS NOT NULL GROUP BY 1 ORDER BY 1",
        "ti", chapter, width);
    while (store_next(bars))
        if (data)
            fprintf(data, "%d %d\n", sqlite3_column_int(bars, 0),
                    sqlite3_column_int(bars, 1));
    if (data)
        fclose(data);
    if (asprintf(&set, "fmt='svg'; out='%s/svg'; data='%s'; %s", folder,
                 path, words) < 0)
        abort();
    process p = process_run(
        (char *[]){ "gnuplot", "-e", set, "grader/class/points.gp", NULL },
        bare_environment, 60);
    snprintf(path, sizeof path, "%s/svg", folder);
    bool good = p.started && p.exited && p.status == 0;
    char *drawn = good ? read_whole(path) : NULL;
    const char *why = p.complained.size ? p.complained.bytes
                                        : "it is not installed, or stops";
    why += strspn(why, "\n");
    if (!good)
        fprintf(stderr, "class: gnuplot draws no %s: %.*s\n", chapter,
                (int)strcspn(why, "\n"), why);
    process_free(&p);
    remove_folder(folder);
    free(set);
    char *body = drawn ? strstr(drawn, "<g id=\"gnuplot_canvas\">") : NULL;
    if (!body) {
        free(drawn);
        return NULL;
    }
    memmove(drawn, body, strlen(body) + 1);
    cut(drawn, "<defs>", "</defs>");
    cut(drawn, "<title>", "</title>");
    cut(drawn, " id=\"", "\"");
    cut(drawn, " font-family=\"", "\"");
    close_up(drawn);
    return drawn;
}

void figure_of_points(sheet *s, const char *chapter, const char *title,
                      long possible)
{
    size_t count = (size_t)store_number(s->db, 0,
                                        "SELECT count(points) FROM handed"
                                        " WHERE chapter = ?",
                                        "t", chapter);
    if (count == 0)
        return;
    double *sorted = malloc(count * sizeof *sorted);
    size_t k = 0;
    sqlite3_stmt *each = store_ask(s->db,
                                   "SELECT points FROM handed WHERE chapter"
                                   " = ? AND points IS NOT NULL"
                                   " ORDER BY points",
                                   "t", chapter);
    while (store_next(each))
        sorted[k++] = sqlite3_column_double(each, 0);
    double low = quantile(sorted, count, 0.25);
    double middle = quantile(sorted, count, 0.5);
    double high = quantile(sorted, count, 0.75);

    char claim[200], words[200], *set;
    if (count > 1 && middle >= (double)possible)
        snprintf(claim, sizeof claim,
                 "Half of them or more have all %ld points", possible);
    else
        snprintf(claim, sizeof claim,
                 count == 1 ? "One file, with %g of %ld points"
                            : "Half of them have %g of %ld points or more",
                 middle, possible);
    snprintf(
        words, sizeof words,
        "%zu file%s, from %g to %g of %ld points; median %g, quartiles "
        "%g and %g.",
        count, count == 1 ? "" : "s", sorted[0], sorted[count - 1],
        possible, middle, low, high);
    long width = (possible + BARS - 1) / BARS;
    width = width < 1 ? 1 : width;
    long most = store_number(
        s->db, 1,
        "SELECT count(*) FROM handed WHERE chapter = ?1 AND points IS NOT"
        " NULL GROUP BY points / ?2 ORDER BY 1 DESC LIMIT 1",
        "ti", chapter, width);
    if (asprintf(&set,
                 "width=%ld; possible=%ld.0; low=%g; middle=%g; high=%g; "
                 "most=%ld.0; claim='%s'; side='%s'",
                 width, possible, low, middle, high, most, claim,
                 middle > 0.8 * (double)possible ? "right" : "left") < 0)
        abort();
    char *drawn = draw(s, chapter, width, set);
    sheet_say(s, "<figure>\n");
    if (drawn) {
        sheet_say(s,
                  "<svg class=\"fig\" role=\"img\" viewBox=\"0 0 520 300\" "
                  "aria-label=\"Histogram of %s. %s. %s\">\n",
                  title, claim, words);
        fputs(drawn, s->out);
        sheet_say(s, "\n");
    }
    sheet_say(s,
              "<figcaption><b>%s.</b> %s</figcaption>\n"
              "</figure>\n",
              title, words);
    free(drawn);
    free(sorted);
    free(set);
}
