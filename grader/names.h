/* names.h - what names a C file and its headers know, and on which lines */
#ifndef NAMES_H
#define NAMES_H

#include <stdbool.h>
#include <stddef.h>

/* The text of a C file with blanks for its comments and for what stands
 * between quotes, so that a search finds code only; lines stay lines.  NULL
 * if it cannot be read.  The caller frees it. */
char *code_of(const char *path);

/* The name that is most like name, close enough for a slip of the fingers:
 * of the file, of the chapter's headers, of the toolbox, of C.  NULL if
 * there is none. */
const char *nearest_name(const char *name, const char *file,
                         const char *chapter);

/* The standard header that declares name, such as "<math.h>", or NULL. */
const char *header_of(const char *name);

/* The first line of the file that has name as a whole word, or 0. */
int line_of_name(const char *file, const char *name);

/* The function that the file defines in place of the contract's: a name
 * that no header declares and that is nearly the wanted one.  NULL, or the
 * name and its line. */
const char *misspelt(const char *wanted, const char *file,
                     const char *chapter, int *line);

/* The first division of two whole numbers in a function whose fraction is
 * lost, 1 / n: its line and text, or 0. */
int whole_division(const char *file, const char *function, char *text,
                   size_t room);

#endif
