/* csv.h - tables of numbers from text files
 *
 * The first line names the columns; every further line holds one number per
 * column, separated by commas.  Empty lines and lines that start with # are
 * comments, wherever they stand.
 *
 *     csv table;
 *     if (!csv_read(&table, "datasets/cars.csv"))
 *         return fprintf(stderr, "%s\n", table.error), 1;
 *     size_t speed = csv_column(table, "speed");
 */
#ifndef CSV_H
#define CSV_H

#include "matrix.h"

typedef struct {
    matrix values; /* one row per line, one column per name */
    char **names;  /* values.cols of them */
    char error[300];
} csv;

/* csv_read - read a whole table
 *
 * out      table; after a failure it is empty but for table->error, one
 *          sentence with file, line, and what was found there
 * returns  false if the file cannot be read or is not such a table
 * owns     the caller frees the table with csv_free, also after a failure
 */
bool csv_read(csv *table, const char *path);
void csv_free(csv *table);

/* The number of the column of that name; stops if there is none. */
size_t csv_column(csv table, const char *name);

#endif
