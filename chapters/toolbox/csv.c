#include "csv.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_LINE = 100000 };

/* Empty the table, and leave a sentence in it. */
static bool fail(csv *table, const char *format, ...)
{
    va_list arguments;
    csv_free(table);
    va_start(arguments, format);
    vsnprintf(table->error, sizeof table->error, format, arguments);
    va_end(arguments);
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

static bool read_names(csv *table, const char *path, const char *line)
{
    for (const char *text = line;; text++) {
        size_t length = field_length(text);
        bool quoted = length >= 2 && *text == '"';
        if (length == (quoted ? 2u : 0u))
            return fail(table, "%s: column %zu has no name", path,
                        table->values.cols + 1);
        size_t n = ++table->values.cols;
        table->names = grown(table->names, n, sizeof *table->names);
        table->names[n - 1] = grown(NULL, length + 1, 1);
        snprintf(table->names[n - 1], length + 1, "%.*s",
                 (int)(length - 2u * quoted), text + quoted);
        text += length;
        if (*text != ',')
            return !*text ||
                   fail(table, "%s: no comma after the name of column %zu",
                        path, n);
    }
}

static bool read_row(csv *table, const char *path, size_t number,
                     const char *line)
{
    size_t cols = table->values.cols, row = table->values.rows;
    const char *text = line;

    if ((row & (row + 1)) == 0) /* 0, 1, 3, 7, ...: time to double */
        table->values.data =
            grown(table->values.data, 2 * (row + 1) * cols, sizeof(real));
    for (size_t j = 0; j < cols; j++) {
        char *end;
        double value = strtod(text, &end);
        while (end != text && isspace((unsigned char)*end))
            end++;
        if (end == text || (*end != ',' && *end))
            return fail(table, "%s:%zu: '%.40s' in column %s is no number",
                        path, number, text, table->names[j]);
        if (!isfinite(value))
            return fail(table, "%s:%zu: column %s is not a finite number",
                        path, number, table->names[j]);
        if ((*end == ',') != (j + 1 < cols))
            return fail(table, "%s:%zu: %s than the %zu columns of line 1",
                        path, number,
                        *end == ',' ? "more values" : "fewer values", cols);
        table->values.data[row * cols + j] = (real)value;
        text = end + 1;
    }
    table->values.rows++;
    return true;
}

/* A line without its end, its comment or a byte order mark. */
static char *trimmed(char *line)
{
    if (!strncmp(line, "\xef\xbb\xbf", 3))
        line += 3;
    line[strcspn(line, "\r\n")] = '\0';
    return line;
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
        if (strlen(buffer) == LONGEST_LINE - 1)
            good = fail(table, "%s:%zu: longer than %d bytes", path, number,
                        LONGEST_LINE - 2);
        char *line = trimmed(buffer);
        if (!good || *line == '#' || !*line)
            continue;
        good = table->names ? read_row(table, path, number, line)
                            : read_names(table, path, line);
    }
    if (good && ferror(file))
        good = fail(table, "%s: %s", path, strerror(errno));
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
