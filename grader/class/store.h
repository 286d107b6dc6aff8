/* store.h - the results of a class, in SQLite
 *
 * One file, written by several processes in turn (WAL).  What is asked of
 * it is SQL; what is here opens it, runs one statement, and puts whole
 * results in.  Whatever goes wrong with it stops the program with a
 * sentence: nothing is lost, because every submission is one transaction.
 */
#ifndef STORE_H
#define STORE_H

#include <sqlite3.h>
#include <stdbool.h>

/* Open the file, and make its tables if it has none. */
sqlite3 *store_open(const char *path);

/* Run one statement; values are what its ?s stand for: t text or NULL, i a
 * long, d a double, b bytes and their number (size_t).  Returns the number
 * of changed rows. */
int store_do(sqlite3 *db, const char *sql, const char *kinds, ...);

/* The same for a question: step through the answer with store_next(), which
 * is false, and has cleaned up, after the last row. */
sqlite3_stmt *store_ask(sqlite3 *db, const char *sql, const char *kinds,
                        ...);
bool store_next(sqlite3_stmt *question);

/* The first text of the first row, to be freed, or NULL. */
char *store_text(sqlite3 *db, const char *sql, const char *kinds, ...);

/* The first number of the first row, or otherwise if there is none. */
long store_number(sqlite3 *db, long otherwise, const char *sql,
                  const char *kinds, ...);

#endif
