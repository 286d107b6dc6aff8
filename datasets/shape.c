/* shape.c - how large the tables of some CSV files are
 *
 *     shape FILE...     prints, for each, its rows x columns and its name
 */
#include "csv.h"

#include <stdio.h>

int main(int count, char **paths)
{
    for (int k = 1; k < count; k++) {
        csv table;
        if (!csv_read(&table, paths[k]))
            return fprintf(stderr, "%s\n", table.error), 1;
        printf("%zu x %zu %s\n", table.values.rows, table.values.cols,
               paths[k]);
        csv_free(&table);
    }
    return 0;
}
