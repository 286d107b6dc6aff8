/* store.c - the results of a class, in SQLite */
#define _GNU_SOURCE
#include "store.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A grade belongs to the bytes of a file and all that was done to it: key.
 * Equal files share it, and so do a class graded twice.  Points of an
 * infrastructure failure are NULL, never 0.
 *
 * file.key is the grade that counts.  It is set once; another set of tests
 * makes a proposal, which counts when somebody has looked at it.  Runs have
 * names of their own, so that results of several machines can be joined. */
static const char schema[] =
    "CREATE TABLE IF NOT EXISTS run("
    "  id TEXT PRIMARY KEY, began TEXT NOT NULL, ended TEXT,"
    "  seed INTEGER NOT NULL, test_limit REAL, budget REAL,"
    "  level TEXT NOT NULL, why TEXT, course TEXT, compiler TEXT,"
    "  jobs INTEGER, submissions TEXT);"
    "CREATE TABLE IF NOT EXISTS submission("
    "  id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE,"
    "  shown TEXT NOT NULL, student TEXT NOT NULL, note TEXT,"
    "  graded_by TEXT);"
    "CREATE TABLE IF NOT EXISTS content("
    "  hash TEXT PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS file("
    "  submission INTEGER NOT NULL, chapter TEXT NOT NULL,"
    "  hash TEXT, refused TEXT, key TEXT,"
    "  PRIMARY KEY(submission, chapter)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS grade("
    "  key TEXT PRIMARY KEY, run TEXT NOT NULL, chapter TEXT NOT NULL,"
    "  state TEXT NOT NULL, points INTEGER, possible INTEGER,"
    "  report TEXT, level TEXT NOT NULL, seconds REAL, tries INTEGER,"
    "  tests TEXT);"
    "CREATE TABLE IF NOT EXISTS test("
    "  key TEXT NOT NULL, number INTEGER NOT NULL,"
    "  function TEXT NOT NULL, test TEXT NOT NULL, verdict TEXT NOT NULL,"
    "  points INTEGER NOT NULL, possible INTEGER NOT NULL, line INTEGER,"
    "  what TEXT, mistake TEXT, relation TEXT, given TEXT, yours TEXT,"
    "  unstable INTEGER, PRIMARY KEY(key, number)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS proposal("
    "  submission INTEGER NOT NULL, chapter TEXT NOT NULL,"
    "  key TEXT NOT NULL, PRIMARY KEY(submission, chapter)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS person("
    "  student TEXT PRIMARY KEY, name TEXT, place INTEGER);"
    "CREATE TABLE IF NOT EXISTS late("
    "  submission INTEGER PRIMARY KEY, handed_in TEXT, days INTEGER);"
    "CREATE TABLE IF NOT EXISTS similar("
    "  chapter TEXT, a INTEGER, b INTEGER, percent INTEGER,"
    "  PRIMARY KEY(chapter, a, b)) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS file_of_key ON file(key);";

static void fail(sqlite3 *db, const char *what)
{
    fprintf(stderr, "class: the results: %s (%.200s)\n", sqlite3_errmsg(db),
            what);
    exit(3);
}

sqlite3 *store_open(const char *path)
{
    sqlite3 *db;
    if (sqlite3_open(path, &db) != SQLITE_OK)
        fail(db, path);
    sqlite3_busy_timeout(db, 60000);
    if (sqlite3_exec(db,
                     "PRAGMA journal_mode = WAL;"
                     "PRAGMA synchronous = NORMAL;",
                     NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_exec(db, schema, NULL, NULL, NULL) != SQLITE_OK)
        fail(db, path);
    return db;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql,
                             const char *kinds, va_list values)
{
    sqlite3_stmt *s;
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
        fail(db, sql);
    for (int k = 0; kinds[k]; k++) {
        const char *text;
        int status = SQLITE_ERROR;
        switch (kinds[k]) {
        case 't':
            text = va_arg(values, const char *);
            status =
                sqlite3_bind_text(s, k + 1, text, -1, SQLITE_TRANSIENT);
            break;
        case 'b':
            text = va_arg(values, const char *);
            status = sqlite3_bind_blob64(
                s, k + 1, text, va_arg(values, size_t), SQLITE_TRANSIENT);
            break;
        case 'i':
            status = sqlite3_bind_int64(s, k + 1, va_arg(values, long));
            break;
        case 'd':
            status = sqlite3_bind_double(s, k + 1, va_arg(values, double));
            break;
        }
        if (status != SQLITE_OK)
            fail(db, sql);
    }
    return s;
}

bool store_next(sqlite3_stmt *question)
{
    int status = sqlite3_step(question);
    if (status == SQLITE_ROW)
        return true;
    if (status != SQLITE_DONE)
        fail(sqlite3_db_handle(question), sqlite3_sql(question));
    sqlite3_finalize(question);
    return false;
}

sqlite3_stmt *store_ask(sqlite3 *db, const char *sql, const char *kinds,
                        ...)
{
    va_list values;
    va_start(values, kinds);
    sqlite3_stmt *s = prepare(db, sql, kinds, values);
    va_end(values);
    return s;
}

int store_do(sqlite3 *db, const char *sql, const char *kinds, ...)
{
    va_list values;
    va_start(values, kinds);
    sqlite3_stmt *s = prepare(db, sql, kinds, values);
    va_end(values);
    while (store_next(s))
        ;
    return sqlite3_changes(db);
}

/* The question at its first row, or NULL if it has none. */
static sqlite3_stmt *first_row(sqlite3 *db, const char *sql,
                               const char *kinds, va_list values)
{
    sqlite3_stmt *s = prepare(db, sql, kinds, values);
    return store_next(s) ? s : NULL;
}

long store_number(sqlite3 *db, long otherwise, const char *sql,
                  const char *kinds, ...)
{
    va_list values;
    va_start(values, kinds);
    sqlite3_stmt *s = first_row(db, sql, kinds, values);
    va_end(values);
    bool found = s && sqlite3_column_type(s, 0) != SQLITE_NULL;
    long number = found ? (long)sqlite3_column_int64(s, 0) : otherwise;
    sqlite3_finalize(s);
    return number;
}

char *store_text(sqlite3 *db, const char *sql, const char *kinds, ...)
{
    va_list values;
    va_start(values, kinds);
    sqlite3_stmt *s = first_row(db, sql, kinds, values);
    va_end(values);
    const unsigned char *found = s ? sqlite3_column_text(s, 0) : NULL;
    char *text = found ? strdup((const char *)found) : NULL;
    sqlite3_finalize(s);
    return text;
}
