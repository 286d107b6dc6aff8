/* export.h - the results in the forms that others read */
#ifndef EXPORT_H
#define EXPORT_H

#include <sqlite3.h>
#include <stdbool.h>

/* What there is, a line each, for --help. */
extern const char export_formats[];

/* Write the results in a format: csv to standard output, all others as one
 * file for each student into folder, which is made.  false, and why is
 * said, if there is no such format or it cannot be written. */
bool export_as(sqlite3 *db, const char *format, const char *folder,
               char **chapters);

/* SQL of what a student reads: id, shown, feedback as Markdown, graded. */
extern const char export_feedback[];

/* The words in it about one file, as an expression over file and grade. */
extern const char export_words[];

#endif
