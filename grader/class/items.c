/* items.c - what a class tells of the tests: mistakes, items, clusters
 *
 * Everything is over files that compile: where nothing was run, no test
 * tells anything.
 */
#define _GNU_SOURCE
#include "items.h"
#include "store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool has_rows(sqlite3 *db, const char *table)
{
    char sql[100];
    snprintf(sql, sizeof sql, "SELECT 1 FROM %s LIMIT 1", table);
    return store_number(db, 0, sql, "");
}

/* --- What SQL lacks --- */

typedef struct {
    double n, x, y, xx, yy, xy;
} sums;

static void add_pair(sqlite3_context *call, int count,
                     sqlite3_value **value)
{
    sums *s = sqlite3_aggregate_context(call, sizeof *s);
    double x = sqlite3_value_double(value[0]);
    double y = sqlite3_value_double(value[1]);
    (void)count;
    if (!s)
        return;
    s->n++;
    s->x += x;
    s->y += y;
    s->xx += x * x;
    s->yy += y * y;
    s->xy += x * y;
}

/* Points are whole numbers, so these sums are exact, and 0 is 0. */
static void correlate(sqlite3_context *call)
{
    sums *s = sqlite3_aggregate_context(call, 0);
    double across = s ? s->n * s->xx - s->x * s->x : 0;
    double up = s ? s->n * s->yy - s->y * s->y : 0;
    if (across > 0 && up > 0)
        sqlite3_result_double(call, (s->n * s->xy - s->x * s->y) /
                                        sqrt(across) / sqrt(up));
}

/* The first numbers of an answer, six digits each: "4 x 1: 1.5, 2, ...". */
static void first_numbers(sqlite3_context *call, int count,
                          sqlite3_value **value)
{
    enum { FIRST = 6 };
    const char *text = (const char *)sqlite3_value_text(value[0]);
    char *made;
    size_t size;
    long told = 0, rows, columns;
    bool comma = false;
    FILE *out = open_memstream(&made, &size);
    (void)count;
    while (text && *text && told <= FIRST) {
        char *end;
        size_t length = strcspn(text, " ;");
        if (sscanf(text, "%ldx%ld", &rows, &columns) == 2) {
            if (rows * columns != 1)
                fprintf(out, "%s%ld × %ld:", told ? "; " : "", rows,
                        columns);
            else if (told)
                fputs("; ", out);
            comma = false;
        } else if (told++ == FIRST)
            fputs(" …", out);
        else {
            double x = strtod(text, &end);
            fprintf(out, "%s%.6g", comma ? ", " : " ", x);
            comma = true;
        }
        text += length;
        text += strspn(text, " ;");
    }
    fclose(out);
    sqlite3_result_text(call, made, -1, free);
}

/* The lines of what make class built, tabs between their columns. */
static void load(sqlite3 *db, const char *insert, const char *build,
                 const char *folder, const char *chapter,
                 const char *ending)
{
    char *path, *line = NULL;
    size_t room = 0;
    if (asprintf(&path, "%s/%s/%s%s", build, folder, chapter, ending) < 0)
        abort();
    FILE *in = fopen(path, "r");
    if (!in)
        fprintf(stderr, "class: no %s; make class builds it\n", path);
    while (in && getline(&line, &room, in) > 0) {
        char *rest = line, *column[4] = { 0 };
        line[strcspn(line, "\n")] = '\0';
        for (int k = 0; k < 4; k++)
            column[k] = strsep(&rest, "\t");
        store_do(db, insert, "ttttt", chapter, column[0], column[1],
                 column[2], column[3]);
    }
    if (in)
        fclose(in);
    free(line);
    free(path);
}

/* --- Tables --- */

void items_prepare(sqlite3 *db, const char *build)
{
    static const char *const tables[] = {
        "CREATE TEMP TABLE catalogue(chapter, name, function, advice,"
        " PRIMARY KEY(chapter, name))",
        "CREATE TEMP TABLE contract(chapter, function, section,"
        " PRIMARY KEY(chapter, function))",
        /* a row for each test of each student's file */
        "CREATE TEMP TABLE answer AS SELECT id, handed.chapter AS chapter,"
        " hash, handed.points - test.points AS rest, verdict LIKE"
        " 'passed%' AS passed, test.* FROM handed JOIN test USING (key)"
        " WHERE state = 'graded'",
        /* students in the order in which they are named */
        "CREATE TEMP TABLE place AS SELECT id, row_number() OVER (ORDER BY"
        " shown COLLATE NOCASE, id) AS place FROM page",
        "CREATE INDEX temp.placed ON place(id, place)", NULL
    };
    sqlite3_create_function(db, "correlation", 2, SQLITE_UTF8, NULL, NULL,
                            add_pair, correlate);
    sqlite3_create_function(db, "first_numbers", 1, SQLITE_UTF8, NULL,
                            first_numbers, NULL, NULL);
    for (int k = 0; tables[k]; k++)
        store_do(db, tables[k], "");
    sqlite3_stmt *each = store_ask(db, "SELECT name FROM chapter", "");
    while (store_next(each)) {
        const char *chapter = (const char *)sqlite3_column_text(each, 0);
        load(db,
             "INSERT OR IGNORE INTO catalogue SELECT ?1, ?2, ?3, ?5"
             " WHERE ?4 IS NOT NULL",
             build, "mistakes", chapter, "/list");
        load(db,
             "INSERT OR IGNORE INTO contract SELECT ?1, ?2, ?5"
             " WHERE ?3 IS NOT NULL OR ?4 IS NOT NULL",
             build, "contracts", chapter, ".tsv");
    }
}

/* For each chapter: a head, and the table of its rows; ?1 is the chapter.
 */
static void each_chapter(sheet *s, const char *caption, const char *kinds,
                         const char *empty, const char *sql,
                         void (*before)(sheet *, const char *))
{
    if (!store_number(s->db, 0, "SELECT count(*) FROM chapter", ""))
        sheet_say(s, "<p>Nothing was handed in.</p>\n");
    sqlite3_stmt *each = store_ask(
        s->db, "SELECT name, title FROM chapter ORDER BY name", "");
    while (store_next(each)) {
        const char *chapter = (const char *)sqlite3_column_text(each, 0);
        const char *title = (const char *)sqlite3_column_text(each, 1);
        sheet_say(s, "<h3>%s</h3>\n", title);
        if (before)
            before(s, chapter);
        s->part = title;
        sheet_table(s, caption, kinds, empty,
                    store_ask(s->db, sql, "t", chapter));
        s->part = NULL;
    }
}

void items_mistakes(sheet *s)
{
    sheet_say(s, "<p>A mistake is named when a wrong answer is, number for "
                 "number, that of a known wrong program.  Shares are of "
                 "those who handed in the chapter.</p>\n");
    each_chapter(
        s, "Mistakes, the most frequent first", "knptt",
        "No mistake is named here.",
        "SELECT mistake AS Mistake, count(DISTINCT id) AS Students,"
        " 1.0 * count(DISTINCT id) / (SELECT count(*) FROM handed WHERE"
        " chapter = ?1) AS Share, catalogue.advice AS \"What is told\","
        " section AS \"To revisit\" FROM answer LEFT JOIN catalogue ON"
        " catalogue.chapter = ?1 AND catalogue.name = mistake"
        " LEFT JOIN contract ON contract.chapter = ?1"
        " AND contract.function = coalesce(catalogue.function,"
        " answer.function) WHERE answer.chapter = ?1"
        " AND mistake IS NOT NULL GROUP BY mistake ORDER BY 2 DESC, 1",
        NULL);
}

/* Those who pass a test, and the first test that the same pass; tests that
 * all or none pass have no place here. */
#define ITEMS                                                              \
    "WITH item AS (SELECT function, test, min(number) AS number, count(*)" \
    " AS n, sum(passed) AS k, correlation(points, rest) AS r FROM answer"  \
    " WHERE chapter = ?1 GROUP BY function, test),"                        \
    " who AS (SELECT DISTINCT function, test, group_concat(id) OVER (PAR"  \
    "TITION BY function, test ORDER BY id ROWS BETWEEN UNBOUNDED PRECED"   \
    "ING AND UNBOUNDED FOLLOWING) AS ids FROM answer WHERE chapter = ?1"   \
    " AND passed),"                                                        \
    " same AS (SELECT function, test, number,"                             \
    " first_value(number) OVER one AS first,"                              \
    " first_value(function || ': ' || replace(test, '_', ' ')) OVER one"   \
    " AS title FROM item JOIN who USING (function, test) WHERE k < n"      \
    " WINDOW one AS (PARTITION BY ids ORDER BY number)),"                  \
    " flagged AS (SELECT item.*, k = n AS easy, k = 0 AS hard,"            \
    " r < 0.1 AS bad, CASE WHEN first < same.number THEN title END AS"     \
    " twin FROM item LEFT JOIN same USING (function, test)) "

static void items_in_words(sheet *s, const char *chapter)
{
    sqlite3_stmt *sum = store_ask(
        s->db,
        ITEMS "SELECT count(*), total(easy), total(hard), total(bad),"
              " count(twin), max(n) FROM flagged",
        "t", chapter);
    while (store_next(sum)) {
        long n[6];
        for (int k = 0; k < 6; k++)
            n[k] = (long)sqlite3_column_int64(sum, k);
        if (n[0])
            sheet_say(s,
                      "<p>Of %l tests nobody fails %l and everybody fails "
                      "%l; %l discriminate badly, and %l are implied by "
                      "another.  Files that compile: %l.</p>\n",
                      n[0], n[1], n[2], n[3], n[4], n[5]);
    }
}

void items_analysis(sheet *s)
{
    sheet_say(
        s, "<p>Difficulty is the share of files that earn the test.  "
           "Discrimination is the correlation of its points with all other "
           "points of the chapter: those who earn it should be those who "
           "earn more elsewhere.  It is undefined (—) where everybody or "
           "nobody earns the test.  Implied: exactly the same students "
           "earn both.</p>\n");
    each_chapter(
        s, "Tests, in the order of the report", "ktprt",
        "No file that compiles.",
        ITEMS
        "SELECT function AS Function, replace(test, '_', ' ') AS Test,"
        " 1.0 * k / n AS Difficulty, r AS Discrimination,"
        " substr(CASE WHEN easy THEN ', nobody fails' ELSE '' END ||"
        " CASE WHEN hard THEN ', everybody fails' ELSE '' END ||"
        " CASE WHEN bad THEN ', discriminates badly (below 0.1)' ELSE ''"
        " END || coalesce(', implied by ' || twin, ''), 3) AS Remarks"
        " FROM flagged ORDER BY number",
        items_in_words);
}

/* One wrong thing fails several tests of a function in the same hands: that
 * is one row, and the other tests are counted. */
#define CLUSTERS                                                           \
    "WITH alike AS (SELECT function, test, yours, min(number) AS number,"  \
    " min(relation) AS relation FROM answer WHERE chapter = ?1 AND"        \
    " mistake IS NULL AND verdict = 'wrong' AND yours <> '' GROUP BY"      \
    " function, test, yours HAVING count(DISTINCT hash) > 1),"             \
    " whose AS (SELECT DISTINCT alike.*, count(*) OVER one AS students,"   \
    " group_concat(answer.id) OVER one AS ids FROM alike JOIN answer"      \
    " USING (function, test, yours) JOIN place ON place.id = answer.id"    \
    " WHERE chapter = ?1 AND mistake IS NULL"                              \
    " WINDOW one AS (PARTITION BY function, test, yours ORDER BY place"    \
    " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)),"         \
    " cluster AS (SELECT function, test, min(number) AS number, yours,"    \
    " relation, students, ids, count(*) - 1 AS more FROM whose GROUP BY"   \
    " function, ids) "

static void clusters_in_words(sheet *s, const char *chapter)
{
    long more =
        store_number(s->db, 0, CLUSTERS "SELECT count(*) - 20 FROM cluster",
                     "t", chapter);
    if (more > 0)
        sheet_say(s, "<p>The 20 largest; %l more are not shown.</p>\n",
                  more);
}

void items_clusters(sheet *s)
{
    sheet_say(s, "<p>Files that differ and give the same wrong numbers, to "
                 "the last digit, where no mistake is named.  One remark "
                 "serves all of a row; if many share it, it is worth a "
                 "place in the catalogue.</p>\n");
    each_chapter(
        s, "Equal wrong answers, the largest groups first", "ktntbS",
        "No two files give the same wrong answer without a name.",
        CLUSTERS
        "SELECT function AS Function, replace(test, '_', ' ') || CASE more"
        " WHEN 0 THEN '' WHEN 1 THEN ' (and 1 more test)' ELSE ' (and ' ||"
        " more || ' more tests)' END AS Test, students AS Students,"
        " first_numbers(yours) AS \"They answer\", coalesce(relation, '')"
        " AS Relation, ids AS Who FROM cluster ORDER BY students DESC, "
        "number LIMIT 20",
        clusters_in_words);
}

void items_unstable(sheet *s)
{
    sheet_table(
        s, "Tests that went differently when they were run again", "tktnS",
        "No test went differently when it was run again.",
        store_ask(
            s->db,
            "SELECT title AS Chapter, function AS Function,"
            " replace(test, '_', ' ') AS Test, count(*) AS Students,"
            " group_concat(id) AS Who FROM (SELECT answer.*, title FROM"
            " answer JOIN chapter ON chapter.name = answer.chapter JOIN"
            " place USING (id) WHERE unstable ORDER BY place)"
            " GROUP BY chapter, function, test"
            " ORDER BY chapter, min(number)",
            ""));
}
