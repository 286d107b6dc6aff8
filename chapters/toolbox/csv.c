#include "csv.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_LINE = 100000 };

/* Empty the table, and leave a sentence in it, which may name columns. */
static bool fail(csv *table, const char *format, ...)
{
    csv failed = { 0 };
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(failed.error, sizeof failed.error, format, arguments);
    va_end(arguments);
    csv_free(table);
    *table = failed;
    return false;
}

static void *grown(void *memory, size_t count, size_t size)
{
    memory = realloc(memory, count * size);
    if (!memory && count > 0)
        stop(NO_MEMORY, HERE, "out of memory");
    return memory;
}

/* The length of the field that starts at text, which may be quoted. */
static size_t field_length(const char *text)
{
    if (*text == '"' && strchr(text + 1, '"'))
        return (size_t)(strchr(text + 1, '"') + 1 - text);
    return strcspn(text, ",");
}

static bool read_names(csv *table, const char *path, size_t number,
                       const char *line)
{
    for (const char *text = line;; text++) {
        size_t length = field_length(text);
        bool quoted = length >= 2 && *text == '"';
        if (length == (quoted ? 2u : 0u))
            return fail(table, "%s:%zu: column %zu has no name", path,
                        number, table->values.cols + 1);
        size_t n = ++table->values.cols;
        table->names = grown(table->names, n, sizeof *table->names);
        table->names[n - 1] = grown(NULL, length + 1, 1);
        snprintf(table->names[n - 1], length + 1, "%.*s",
                 (int)(length - 2u * quoted), text + quoted);
        text += length;
        if (*text != ',')
            return !*text ||
                   fail(table,
                        "%s:%zu: no comma after the name of column %zu",
                        path, number, n);
    }
}

/* What is wrong with row number, column j: path, line, and why. */
static bool fail_at(csv *table, const char *path, size_t number, size_t j,
                    const char *text, const char *why)
{
    int length = (int)strcspn(text, ",");
    return fail(table, "%s:%zu: '%.*s' in column %.40s is %s", path, number,
                length < 40 ? length : 40, text, table->names[j], why);
}

static bool read_row(csv *table, const char *path, size_t number,
                     const char *line)
{
    size_t cols = table->values.cols, row = table->values.rows;
    const char *text = line;

    matrix_count += !table->values.data;
    if ((row & (row + 1)) == 0) /* 0, 1, 3, 7, ...: time to double */
        table->values.data =
            grown(table->values.data, 2 * (row + 1) * cols, sizeof(real));
    for (size_t j = 0; j < cols; j++) {
        char *end;
        real value = (real)strtod(text, &end);
        while (end != text && isspace((unsigned char)*end))
            end++;
        if (end == text || (*end != ',' && *end))
            return fail_at(table, path, number, j, text, "no number");
        if (!isfinite(value))
            return fail_at(table, path, number, j, text, "not finite");
        if ((*end == ',') != (j + 1 < cols))
            return fail(table,
                        "%s:%zu: %s values than the %zu column names", path,
                        number, *end == ',' ? "more" : "fewer", cols);
        table->values.data[row * cols + j] = value;
        text = end + 1;
    }
    table->values.rows++;
    return true;
}

/* A line without its end or a byte order mark. */
static char *trimmed(char *line)
{
    size_t length = strcspn(line, "\n");
    if (length > 0 && line[length - 1] == '\r')
        length--;
    line[length] = '\0';
    return strncmp(line, "\xef\xbb\xbf", 3) ? line : line + 3;
}

bool csv_read(csv *table, const char *path)
{
    *table = (csv){ 0 };
    FILE *file = fopen(path, "r");
    if (!file)
        return fail(table, "%s: %s", path, strerror(errno));

    char *buffer = grown(NULL, LONGEST_LINE, 1);
    bool good = true;
    for (size_t number = 1; good && fgets(buffer, LONGEST_LINE, file);
         number++) {
        bool whole = strchr(buffer, '\n') || feof(file);
        bool full = strlen(buffer) == LONGEST_LINE - 1;
        char *line = trimmed(buffer);
        if (!whole)
            good = fail(table,
                        full ? "%s:%zu: longer than %d bytes"
                             : "%s:%zu: holds a byte that no text has",
                        path, number, LONGEST_LINE - 2);
        else if (*line == '#' || !*line)
            continue;
        else if (table->names)
            good = read_row(table, path, number, line);
        else
            good = read_names(table, path, number, line);
    }
    if (good && ferror(file))
        good = fail(table, "%s: %s", path, strerror(errno));
    if (good && !table->names)
        good = fail(table, "%s: no line that names the columns", path);
    if (good && table->values.rows == 0)
        good =
            fail(table, "%s: no data after the names of the columns", path);
    free(buffer);
    fclose(file);
    return good;
}

void csv_free(csv *table)
{
    for (size_t j = 0; table->names && j < table->values.cols; j++)
        free(table->names[j]);
    free(table->names);
    matrix_free(&table->values);
    *table = (csv){ 0 };
}

size_t csv_column(csv table, const char *name)
{
    for (size_t j = 0; j < table.values.cols; j++)
        if (!strcmp(table.names[j], name))
            return j;

    char why[200];
    snprintf(why, sizeof why, "the table has no column '%s'", name);
    stop(BROKEN_RULE, HERE, why);
}
