/* sheet.h - a page of HTML on which only the program's own words are markup
 */
#ifndef SHEET_H
#define SHEET_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>

typedef struct {
    FILE *out; /* the page so far, for what is markup */
    sqlite3 *db;
    const char *part; /* what a table is of, if its caption leaves it out */
    char *text;
    size_t size;
} sheet;

/* Begin a page, its style inside it.  The folder of the course is where the
 * program runs: grader/class/page.css and book/colours.tsv are read. */
void sheet_begin(sheet *s, sqlite3 *db, const char *title);

/* Print markup, in which %s is text and %l a long. */
void sheet_say(sheet *s, const char *markup, ...);

/* The word for one of them, or for n. */
const char *plural(long n, const char *one, const char *many);

/* A table of the rows, its heads the names of their columns, one letter of
 * kinds for each column:
 *
 *   t  text             k  a name in the code     n  a number, or words
 *   p  a share of 1     r  a correlation          b  text in lines
 *   s  a student's id, linked                     S  ids, with commas
 *
 * Without rows it says empty instead.  Returns how many rows there were. */
long sheet_table(sheet *s, const char *caption, const char *kinds,
                 const char *empty, sqlite3_stmt *rows);

/* End the page and write it to path. */
bool sheet_end(sheet *s, const char *path);

#endif
