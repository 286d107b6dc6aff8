/* people.c - who should be there, and who was late, from two CSV files */
#define _GNU_SOURCE
#include "class.h"
#include "store.h"

#include <csv.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { COLUMNS = 2 };

/* The first two columns of each row but the heading. */
typedef struct {
    const char *path;
    long line;
    int column;
    char *cell[COLUMNS];
    sqlite3 *db;
    void (*take)(sqlite3 *db, const char *path, long line, char **cell);
} reading;

static void end_of_cell(void *bytes, size_t size, void *data)
{
    reading *r = data;
    if (r->column < COLUMNS)
        r->cell[r->column] = bytes ? strndup(bytes, size) : strdup("");
    r->column++;
}

static void end_of_row(int end, void *data)
{
    reading *r = data;
    (void)end;
    r->line++;
    if (r->line > 1 && r->column > 0) {
        if (r->column < COLUMNS)
            fail(USAGE, "%s, row %ld: one column, where %d are needed",
                 r->path, r->line, COLUMNS);
        r->take(r->db, r->path, r->line, r->cell);
    }
    for (int k = 0; k < COLUMNS; k++) {
        free(r->cell[k]);
        r->cell[k] = NULL;
    }
    r->column = 0;
}

static void read_csv(sqlite3 *db, const char *path,
                     void (*take)(sqlite3 *, const char *, long, char **))
{
    reading r = { .path = path, .db = db, .take = take };
    struct csv_parser parser;
    char buffer[1 << 12];
    size_t size;
    FILE *in = fopen(path, "rb");
    if (!in)
        fail(USAGE, "%s: %s", path, strerror(errno));
    if (csv_init(&parser, CSV_APPEND_NULL | CSV_STRICT) != 0)
        fail(OUR_FAILURE, "out of memory");
    if (fread(buffer, 1, 3, in) != 3 || memcmp(buffer, "\xef\xbb\xbf", 3))
        rewind(in); /* no byte order mark */
    while ((size = fread(buffer, 1, sizeof buffer, in)) > 0)
        if (csv_parse(&parser, buffer, size, end_of_cell, end_of_row, &r) !=
            size)
            fail(USAGE, "%s, row %ld: %s", path, r.line + 1,
                 csv_strerror(csv_error(&parser)));
    if (ferror(in))
        fail(OUR_FAILURE, "%s: %s", path, strerror(errno));
    if (csv_fini(&parser, end_of_cell, end_of_row, &r) != 0)
        fail(USAGE, "%s, row %ld: a quote is never closed", path,
             r.line + 1);
    csv_free(&parser);
    fclose(in);
}

static sqlite3 *results(void)
{
    if (access(options.results, R_OK) != 0)
        fail(USAGE, "%s: %s", options.results, strerror(errno));
    return store_open(options.results);
}

/* --- Roster --- */

static void take_person(sqlite3 *db, const char *path, long line,
                        char **cell)
{
    if (!store_do(db, "INSERT OR IGNORE INTO person VALUES(?, ?, ?)", "tti",
                  cell[0], cell[1], line))
        fail(USAGE, "%s, row %ld: %s is there twice", path, line, cell[0]);
}

int roster(void)
{
    if (!options.more[0] || options.more[1])
        fail(USAGE, "roster needs one CSV file: student, name");
    sqlite3 *db = results();
    store_do(db, "BEGIN IMMEDIATE", "");
    store_do(db, "DELETE FROM person", "");
    read_csv(db, options.more[0], take_person);
    store_do(db, "COMMIT", "");
    long people = store_number(db, 0, "SELECT count(*) FROM person", "");
    printf(
        "%ld people, %ld of them with a submission\n", people,
        store_number(db, 0,
                     "SELECT count(*) FROM person WHERE student IN (SELECT"
                     " student FROM submission)",
                     ""));
    sqlite3_stmt *s = store_ask(
        db,
        "SELECT shown FROM submission WHERE student NOT IN (SELECT student"
        " FROM person) ORDER BY 1",
        "");
    while (store_next(s))
        printf("not in the roster: %s\n", sqlite3_column_text(s, 0));
    sqlite3_close(db);
    return FINE;
}

/* --- Lateness --- */

/* Days begun after the deadline and its grace. */
static void take_time(sqlite3 *db, const char *path, long line, char **cell)
{
    if (!store_number(db, 0, "SELECT julianday(?) IS NOT NULL", "t",
                      cell[1]))
        fail(USAGE,
             "%s, row %ld: %s is no time; it is written 2026-11-20T23:59 "
             "or 2026-11-20T23:59:30+01:00",
             path, line, cell[1]);
    if (!store_do(db,
                  "INSERT INTO late SELECT id, ?2, max(0, ceil(round("
                  "  julianday(?2) - julianday(?3) - ?4 / 1440, 9)))"
                  " FROM submission WHERE student = ?1"
                  " ON CONFLICT DO UPDATE SET days = excluded.days,"
                  "  handed_in = excluded.handed_in",
                  "tttd", cell[0], cell[1], options.deadline,
                  options.grace))
        printf("no submission: %s\n", cell[0]);
}

int late(void)
{
    if (!options.more[0] || options.more[1] || !options.deadline)
        fail(USAGE, "late needs --deadline TIME and one CSV file: student, "
                    "time");
    sqlite3 *db = results();
    if (!store_number(db, 0, "SELECT julianday(?) IS NOT NULL", "t",
                      options.deadline))
        fail(USAGE,
             "--deadline %s is no time; it is written "
             "2026-11-20T23:59 or 2026-11-20T23:59:00+01:00",
             options.deadline);
    store_do(db, "BEGIN IMMEDIATE", "");
    store_do(db, "DELETE FROM late", "");
    read_csv(db, options.more[0], take_time);
    store_do(db, "COMMIT", "");
    printf("%ld times, %ld after the deadline\n",
           store_number(db, 0, "SELECT count(*) FROM late", ""),
           store_number(db, 0, "SELECT count(*) FROM late WHERE days > 0",
                        ""));
    sqlite3_close(db);
    return FINE;
}
