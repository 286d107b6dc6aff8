/* sheet.c - a page of HTML on which only the program's own words are markup
 */
#define _GNU_SOURCE
#include "sheet.h"
#include "store.h"
#include "write.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NAMED = 24 };

/* The table of colours as variables, and gnuplot's colours as these: what a
 * style says is stronger than what an SVG's attributes say. */
static void colours(FILE *out)
{
    static const char path[] = "book/colours.tsv";
    FILE *in = fopen(path, "r");
    char *line = NULL, *light, *dark, *drawn;
    size_t room = 0, size;
    FILE *day = open_memstream(&light, &size);
    FILE *night = open_memstream(&dark, &size);
    FILE *drawing = open_memstream(&drawn, &size);
    if (!in) {
        fprintf(stderr, "class: %s: %s; start me in the course's folder\n",
                path, strerror(errno));
        exit(2);
    }
    while (getline(&line, &room, in) > 0) {
        char name[20], on_white[20], on_black[20];
        unsigned red, green, blue;
        if (*line == '#' ||
            sscanf(line, "%19s %19s %19s", name, on_white, on_black) != 3 ||
            sscanf(on_white, "#%2x%2x%2x", &red, &green, &blue) != 3)
            continue;
        fprintf(day, "--%s: %s; ", name, on_white);
        fprintf(night, "--%s: %s; ", name, on_black);
        fprintf(drawing,
                "svg.fig [stroke=\"rgb(%u,%u,%u)\"] { stroke: "
                "var(--%s); }\n"
                "svg.fig [fill=\"rgb(%u,%u,%u)\"] { fill: var(--%s); "
                "}\n",
                red, green, blue, name, red, green, blue, name);
    }
    fclose(in);
    fclose(day);
    fclose(night);
    fclose(drawing);
    fprintf(out,
            ":root { color-scheme: light; %s}\n"
            "@media screen and (prefers-color-scheme: dark) {\n"
            ":root { color-scheme: dark; %s}\n}\n%s",
            light, dark, drawn);
    free(line);
    free(light);
    free(dark);
    free(drawn);
}

/* The style is the same on every page: read once. */
static const char *style(void)
{
    static const char path[] = "grader/class/page.css";
    static char *whole;
    size_t size;
    char part[4096];
    if (whole)
        return whole;
    FILE *in = fopen(path, "r");
    FILE *out = open_memstream(&whole, &size);
    if (!in) {
        fprintf(stderr, "class: %s: %s; start me in the course's folder\n",
                path, strerror(errno));
        exit(2);
    }
    colours(out);
    while ((size = fread(part, 1, sizeof part, in)) > 0)
        fwrite(part, 1, size, out);
    fclose(in);
    fclose(out);
    return whole;
}

void sheet_begin(sheet *s, sqlite3 *db, const char *title)
{
    *s = (sheet){ .db = db };
    s->out = open_memstream(&s->text, &s->size);
    sheet_say(s,
              "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
              "<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
              "content=\"width=device-width, initial-scale=1\">\n"
              "<meta name=\"color-scheme\" content=\"light dark\">\n"
              "<title>%s – Neural Networks in C</title>\n<style>\n",
              title);
    fputs(style(), s->out);
    sheet_say(s,
              "</style>\n</head>\n<body>\n<main>\n"
              "<p class=\"kicker\">Neural Networks in C</p>\n"
              "<h1>%s</h1>\n",
              title);
}

void sheet_say(sheet *s, const char *markup, ...)
{
    va_list values;
    va_start(values, markup);
    for (const char *c = markup; *c; c++)
        if (*c == '%' && c[1] == 's') {
            write_text(s->out, va_arg(values, const char *));
            c++;
        } else if (*c == '%' && c[1] == 'l') {
            fprintf(s->out, "%ld", va_arg(values, long));
            c++;
        } else
            fputc(*c, s->out);
    va_end(values);
}

const char *plural(long n, const char *one, const char *many)
{
    return n == 1 ? one : many;
}

/* An address: what is no letter of one is %41. */
static void address(FILE *out, const char *file)
{
    for (const unsigned char *c = (const unsigned char *)file; *c; c++)
        if ((*c >= '0' && *c <= '9') || (*c >= 'a' && *c <= 'z') ||
            (*c >= 'A' && *c <= 'Z') || strchr("-_.~", *c))
            fputc(*c, out);
        else
            fprintf(out, "%%%02X", *c);
}

static void student(sheet *s, long id)
{
    sqlite3_stmt *one = store_ask(
        s->db, "SELECT name, shown FROM page WHERE id = ?", "i", id);
    while (store_next(one)) {
        fputs("<a href=\"students/", s->out);
        address(s->out, (const char *)sqlite3_column_text(one, 0));
        sheet_say(s, ".html\">%s</a>",
                  (const char *)sqlite3_column_text(one, 1));
    }
}

static void students(sheet *s, const char *ids)
{
    long told = 0, more = 0;
    while (*ids) {
        char *end;
        long id = strtol(ids, &end, 10);
        ids = end + (*end == ',');
        if (told == MOST_NAMED) {
            more++;
            continue;
        }
        fputs(told++ ? ", " : "", s->out);
        student(s, id);
    }
    if (more)
        sheet_say(s, " and %l more", more);
}

static void cell(sheet *s, char kind, sqlite3_stmt *rows, int column)
{
    const char *text = (const char *)sqlite3_column_text(rows, column);
    double value = sqlite3_column_double(rows, column);
    if (!text)
        fputs("—", s->out);
    else if (kind == 's')
        student(s, (long)sqlite3_column_int64(rows, column));
    else if (kind == 'S')
        students(s, text);
    else if (kind == 'k')
        sheet_say(s, "<code>%s</code>", text);
    else if (kind == 'p')
        fprintf(
            s->out,
            "<span class=\"bar\" style=\"--share: %.3f\">%.0f %%</span>",
            value, 100 * value);
    else if (kind == 'r')
        fprintf(s->out, "%s%.2f", value < 0 ? "−" : "",
                value < 0 ? -value : value);
    else
        write_text(s->out, text);
}

long sheet_table(sheet *s, const char *caption, const char *kinds,
                 const char *empty, sqlite3_stmt *rows)
{
    long count = 0;
    int columns = sqlite3_column_count(rows);
    /* on a narrow screen, words stand below each other */
    bool stacks = strpbrk(kinds + 1, "tbS") != NULL;
    while (store_next(rows)) {
        if (count++ == 0) {
            sheet_say(
                s,
                "<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
                "aria-label=\"%s%s%s\">\n",
                s->part ? s->part : "", s->part ? ": " : "", caption);
            sheet_say(s,
                      "<table class=\"%s\">\n"
                      "<caption>%s</caption>\n<thead><tr>",
                      stacks ? "stack" : "grid", caption);
            for (int c = 0; c < columns; c++) {
                fprintf(s->out, "<th scope=\"col\" class=\"%c\">",
                        kinds[c]);
                sheet_say(s, "%s</th>", sqlite3_column_name(rows, c));
            }
            fputs("</tr></thead>\n<tbody>\n", s->out);
        }
        fputs("<tr>", s->out);
        for (int c = 0; c < columns; c++) {
            fputs(c ? "<td" : "<th scope=\"row\"", s->out);
            if (stacks && c)
                sheet_say(s, " data-head=\"%s\"",
                          sqlite3_column_name(rows, c));
            fprintf(s->out, " class=\"%c\">", kinds[c]);
            cell(s, kinds[c], rows, c);
            fputs(c ? "</td>" : "</th>", s->out);
        }
        fputs("</tr>\n", s->out);
    }
    if (count)
        fputs("</tbody>\n</table>\n</div>\n", s->out);
    else
        sheet_say(s, "<p>%s</p>\n", empty);
    return count;
}

bool sheet_end(sheet *s, const char *path)
{
    fputs("</main>\n</body>\n</html>", s->out);
    fclose(s->out);
    bool good = write_whole(path, s->text);
    free(s->text);
    return good;
}
