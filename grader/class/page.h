/* page.h - what a class did, for its instructor and for each student */
#ifndef PAGE_H
#define PAGE_H

#include <sqlite3.h>
#include <stdbool.h>

/* Write FOLDER/class.html, and FOLDER/students/NAME.html and NAME.md for
 * each student.  false, and why is said, if something could not be written.
 */
bool page_write(sqlite3 *db, const char *folder, const char *build);

#endif
