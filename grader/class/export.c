/* export.c - the results in the forms that others read
 *
 * SQLite makes the JSON: what it makes is valid, whatever a student wrote.
 */
#define _GNU_SOURCE
#include "export.h"
#include "store.h"
#include "write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char export_formats[] =
    "  csv            the gradebook, to standard output\n"
    "  markdown       what the student's own report would say\n"
    "  json           everything, test by test\n"
    "  junit          for whatever shows test results\n"
    "  gradescope     results.json\n"
    "  prairielearn   results.json\n"
    "  exercism       results.json, version 3\n"
    "  classroom50    result.json, result/v1\n";

/* One row for each test of each student, in order. */
static const char rows[] =
    "WITH row AS (SELECT submission.id AS id, submission.shown AS shown,"
    " test.*, file.chapter AS chapter, grade.report AS report,"
    " grade.state AS state, grade.level AS level, grade.run AS run,"
    " test.function || ': ' || replace(test.test, '_', ' ') AS title,"
    " trim(coalesce(test.what, '') || coalesce(' (' || mistake || ')', '')"
    " || coalesce(' ' || relation, '')) AS why"
    " FROM submission JOIN file ON file.submission = submission.id"
    " JOIN grade USING (key) JOIN test USING (key)"
    " WHERE grade.points IS NOT NULL ORDER BY shown, chapter, number) ";

/* What Markdown reads as a mark, as a mark of Markdown's own. */
#define NO_MARKS                                                           \
    "replace(replace(replace(replace(replace(replace(replace("             \
    "shown, '&', '&amp;'), '<', '&lt;'), '[', '\\['), '`', '\\`'),"        \
    " '*', '\\*'), '_', '\\_'), '!', '\\!')"

/* The words of a file: its report, or why there is none. */
#define WORDS                                                              \
    "replace(CASE WHEN refused IS NOT NULL THEN refused WHEN state IS"     \
    " NULL OR state = 'not graded' THEN 'This could not be graded, and"    \
    " that is no fault of yours.' ELSE report END, char(13), '')"

#define INDENTED(text)                                                     \
    "'    ' || replace(rtrim(" text ", char(10)), char(10), char(10) ||"   \
    " '    ') || char(10)"

#define FEEDBACK                                                           \
    "SELECT id, shown, '# ' || " NO_MARKS " || char(10) || coalesce("      \
    "group_concat(char(10) || '## ' || chapter || char(10) || char(10) ||" \
    " " INDENTED(                                                          \
        "words") ", ''), char(10) || 'Nothing was handed in.' ||"          \
                 " char(10)) || coalesce(char(10) || '## Notes' || "       \
                 "char(10) ||"                                             \
                 " char(10) || " INDENTED(                                 \
                     "note") ", '') AS feedback,"                          \
                             " count(points) > 0 AS graded FROM (SELECT "  \
                             "submission.id, shown,"                       \
                             " note, file.chapter, points, " WORDS         \
                             " AS words FROM submission"                   \
                             " LEFT JOIN file ON file.submission = "       \
                             "submission.id LEFT JOIN grade"               \
                             " USING (key) ORDER BY submission.id, "       \
                             "file.chapter)"                               \
                             " GROUP BY id ORDER BY shown, id"

const char export_feedback[] = FEEDBACK;
const char export_words[] = WORDS;

typedef struct {
    const char *name, *ending, *sql;
} format;

static const format formats[] = {
    { "json", "json",
      "SELECT shown, json_object('student', shown, 'points', sum(points),"
      " 'possible', sum(possible), 'levels',"
      " json_group_array(DISTINCT level), 'runs', json_group_array(DISTINCT"
      " run), 'tests',"
      " json_group_array(json_object("
      " 'chapter', chapter, 'function', function, 'test', test,"
      " 'verdict', verdict, 'points', points, 'possible', possible,"
      " 'line', nullif(line, 0), 'what', what, 'mistake', mistake,"
      " 'relation', relation, 'unstable', json(iif(unstable, 'true',"
      " 'false'))))) FROM row GROUP BY id ORDER BY shown" },
    { "gradescope", "json",
      "SELECT shown, json_object('score', sum(points),"
      " 'output', (SELECT group_concat(report, char(10)) FROM (SELECT"
      "  DISTINCT report FROM row r WHERE r.id = row.id)),"
      " 'output_format', 'text', 'test_output_format', 'text', 'tests',"
      " json_group_array(json_object('name', title, 'number',"
      " substr(chapter, 1, 2) || '.' || (number + 1), 'score', points,"
      " 'max_score', possible, 'status', CASE WHEN points = possible THEN"
      " 'passed' ELSE 'failed' END, 'output', verdict || CASE WHEN why = ''"
      " THEN '' ELSE ': ' || why END))) FROM row GROUP BY id ORDER BY"
      " shown" },
    { "prairielearn", "json",
      "SELECT shown, json_object('score', 1.0 * sum(points) /"
      " sum(possible), 'tests', json_group_array(json_object('name', title,"
      " 'description', chapter, 'points', points, 'max_points', possible,"
      " 'message', verdict, 'output', why))) FROM row GROUP BY id ORDER BY"
      " shown" },
    { "exercism", "json",
      "SELECT shown, CASE WHEN min(state) = 'graded' THEN"
      " json_object('version', 3, 'status', CASE WHEN"
      " sum(points) = sum(possible) THEN 'pass' ELSE 'fail' END, 'message',"
      " NULL, 'tests', json_group_array(CASE WHEN points = possible THEN"
      " json_object('name', title, 'status', 'pass', 'task_id',"
      " cast(substr(chapter, 1, 2) AS INTEGER) + 1) ELSE "
      "json_object('name',"
      " title, 'status', 'fail', 'message', verdict || ' ' || why,"
      " 'task_id', cast(substr(chapter, 1, 2) AS INTEGER) + 1) END)) ELSE"
      " json_object('version', 3, 'status', 'error', 'message',"
      " substr(report, 1, 60000), 'tests', json('[]')) END"
      " FROM row GROUP BY id ORDER BY shown" },
    { "classroom50", "json",
      "SELECT shown, json_patch(json_object('schema',"
      " 'classroom50/result/v1',"
      " 'score', sum(points), 'max-score', sum(possible), 'tests',"
      " json_group_array(json_object('test-name', title, 'passed',"
      " json(CASE WHEN points = possible THEN 'true' ELSE 'false' END),"
      " 'score', points, 'max-score', possible))), (SELECT"
      " json_group_object(name, value) FROM surroundings))"
      " FROM row GROUP BY id ORDER BY shown" },
    { "markdown", "md",
      "SELECT shown, feedback FROM (" FEEDBACK ") WHERE graded" },
};

/* The file of one student in that folder. */
static bool write_one(const char *folder, const char *name,
                      const char *ending, const char *text)
{
    char *path;
    if (asprintf(&path, "%s/%s.%s", folder, name, ending) < 0)
        return false;
    bool good = write_whole(path, text);
    free(path);
    return good;
}

/* What Classroom 50 wants to read again: who asked for this grade. */
static void read_surroundings(sqlite3 *db)
{
    static const char *const names[][2] = {
        { "classroom", "CLASSROOM" },       { "assignment", "ASSIGNMENT" },
        { "submission", "SUBMISSION_TAG" }, { "commit", "COMMIT_URL" },
        { "release", "RELEASE_URL" },       { "review", "REVIEW_URL" },
        { "datetime", "SUBMITTED_AT" },
    };
    store_do(db, "CREATE TEMP TABLE surroundings(name, value)", "");
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (getenv(names[k][1]))
            store_do(db, "INSERT INTO surroundings VALUES(?, ?)", "tt",
                     names[k][0], getenv(names[k][1]));
}

/* --- CSV --- */

/* A cell: quoted where it must be, and no formula for a spreadsheet. */
static void cell(const char *words)
{
    bool formula = *words && strchr("=+-@\t\r", *words);
    if (!formula && !strpbrk(words, ",\"\r\n")) {
        fputs(words, stdout);
        return;
    }
    fputs(formula ? "\"'" : "\"", stdout);
    for (; *words; words++)
        printf(*words == '"' ? "\"\"" : "%c", *words);
    putchar('"');
}

static void text_cell(sqlite3_stmt *s, int column)
{
    const unsigned char *words = sqlite3_column_text(s, column);
    putchar(',');
    cell(words ? (const char *)words : "");
}

/* A line for everybody who is in the roster or has handed something in. */
static void csv(sqlite3 *db, char **chapters)
{
    fputs("student,name", stdout);
    for (size_t k = 0; chapters[k]; k++)
        printf(",%s", chapters[k]);
    fputs(",days late,note\r\n", stdout);
    sqlite3_stmt *s = store_ask(
        db,
        "SELECT student, person.name, id, days, note, place, shown"
        " FROM submission LEFT JOIN late ON submission = id"
        " LEFT JOIN person USING (student)"
        " UNION ALL SELECT student, name, NULL, NULL, NULL, place, student"
        " FROM person WHERE student NOT IN (SELECT student FROM"
        "  submission) ORDER BY 6 NULLS LAST, 1, 7",
        "");
    while (store_next(s)) {
        cell((const char *)sqlite3_column_text(s, 0));
        text_cell(s, 1);
        for (size_t k = 0; chapters[k]; k++) {
            sqlite3_stmt *f = store_ask(
                db,
                "SELECT file.refused, grade.points FROM file"
                " LEFT JOIN grade USING (key)"
                " WHERE submission = ? AND file.chapter = ?",
                "it", (long)sqlite3_column_int64(s, 2), chapters[k]);
            putchar(',');
            while (store_next(f))
                if (sqlite3_column_type(f, 0) != SQLITE_NULL)
                    printf("0");
                else if (sqlite3_column_type(f, 1) == SQLITE_NULL)
                    printf("not graded");
                else
                    printf("%d", sqlite3_column_int(f, 1));
        }
        text_cell(s, 3);
        text_cell(s, 4);
        fputs("\r\n", stdout);
    }
}

/* --- JUnit --- */

static bool junit(sqlite3 *db, const char *folder)
{
    bool good = true;
    sqlite3_stmt *each = store_ask(
        db,
        "SELECT id, shown FROM submission WHERE id IN (SELECT submission"
        " FROM file JOIN grade USING (key) WHERE points IS NOT NULL)",
        "");
    while (store_next(each)) {
        char *text = NULL, *sql = NULL;
        size_t size;
        long tests = 0, failures = 0, errors = 0, skipped = 0;
        char *cases = NULL;
        FILE *out = open_memstream(&cases, &size);
        if (!out || asprintf(&sql,
                             "%sSELECT chapter, title, verdict, why, points"
                             " = possible FROM row WHERE id = ?",
                             rows) < 0)
            abort();
        sqlite3_stmt *t =
            store_ask(db, sql, "i", (long)sqlite3_column_int64(each, 0));
        while (store_next(t)) {
            const char *verdict = (const char *)sqlite3_column_text(t, 2);
            bool passed = sqlite3_column_int(t, 4);
            bool wrong = !strcmp(verdict, "wrong");
            bool not_run = !strcmp(verdict, "not run") ||
                           !strcmp(verdict, "not written yet");
            const char *kind = wrong     ? "failure"
                               : not_run ? "skipped"
                                         : "error";
            tests++;
            failures += !passed && wrong;
            skipped += !passed && not_run;
            errors += !passed && !wrong && !not_run;
            fputs("    <testcase classname=\"", out);
            write_text(out, (const char *)sqlite3_column_text(t, 0));
            fputs("\" name=\"", out);
            write_text(out, (const char *)sqlite3_column_text(t, 1));
            if (passed) {
                fputs("\"/>\n", out);
                continue;
            }
            fprintf(out, "\">\n      <%s message=\"", kind);
            write_text(out, verdict);
            fputs("\">", out);
            write_text(out, (const char *)sqlite3_column_text(t, 3));
            fprintf(out, "</%s>\n    </testcase>\n", kind);
        }
        fclose(out);
        out = open_memstream(&text, &size);
        fprintf(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
            "  <testsuite tests=\"%ld\" failures=\"%ld\" errors=\"%ld\" "
            "skipped=\"%ld\" name=\"",
            tests, failures, errors, skipped);
        write_text(out, (const char *)sqlite3_column_text(each, 1));
        fprintf(out, "\">\n%s  </testsuite>\n</testsuites>", cases);
        fclose(out);
        good = write_one(folder, (const char *)sqlite3_column_text(each, 1),
                         "xml", text) &&
               good;
        free(cases);
        free(text);
        free(sql);
    }
    return good;
}

bool export_as(sqlite3 *db, const char *name, const char *folder,
               char **chapters)
{
    if (!strcmp(name, "csv")) {
        csv(db, chapters);
        return true;
    }
    const format *one = NULL;
    for (size_t k = 0; k < sizeof formats / sizeof *formats; k++)
        if (!strcmp(formats[k].name, name))
            one = &formats[k];
    if (!one && strcmp(name, "junit")) {
        fprintf(stderr, "class: there is no format %s; there are\n%s", name,
                export_formats);
        return false;
    }
    if (!folder) {
        fprintf(stderr, "class: --format %s needs --out FOLDER\n", name);
        return false;
    }
    if (!write_folder(folder))
        return false;
    if (!one)
        return junit(db, folder);
    bool good = true;
    char *sql;
    read_surroundings(db);
    if (asprintf(&sql, "%s%s", rows, one->sql) < 0)
        abort();
    sqlite3_stmt *s = store_ask(db, sql, "");
    while (store_next(s))
        good = write_one(folder, (const char *)sqlite3_column_text(s, 0),
                         one->ending,
                         (const char *)sqlite3_column_text(s, 1)) &&
               good;
    free(sql);
    return good;
}
