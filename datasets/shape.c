/* shape.c - how large some tables are
 *
 *     shape FILE...     prints, for each, its rows x columns and its name
 *
 * A file whose name ends with -ubyte is an IDX file, any other a CSV file.
 */
#include "csv.h"
#include "idx.h"

#include <stdio.h>
#include <string.h>

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

int main(int count, char **paths)
{
    for (int k = 1; k < count; k++) {
        if (ends_with(paths[k], "-ubyte")) {
            idx file;
            if (!idx_read(&file, paths[k]))
                return fprintf(stderr, "%s\n", file.error), 1;
            printf("%zu x %zu %s\n", file.values.rows, file.values.cols,
                   paths[k]);
            idx_free(&file);
            continue;
        }
        csv table;
        if (!csv_read(&table, paths[k]))
            return fprintf(stderr, "%s\n", table.error), 1;
        printf("%zu x %zu %s\n", table.values.rows, table.values.cols,
               paths[k]);
        csv_free(&table);
    }
    return 0;
}
