/* feedback.h - what each student reads, as HTML and as Markdown */
#ifndef FEEDBACK_H
#define FEEDBACK_H

#include <sqlite3.h>
#include <stdbool.h>

/* Write FOLDER/students/NAME.html and NAME.md for each student in the
 * tables page and chapter (see items.h).  false if one could not be
 * written. */
bool feedback_write(sqlite3 *db, const char *folder);

#endif
