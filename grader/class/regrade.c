/* regrade.c - the same submissions by other tests: who would change, first
 */
#define _GNU_SOURCE
#include "class.h"
#include "crew.h"
#include "store.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A proposal for each file that has another grade by now. */
static void propose(sqlite3 *db, const class_run *c)
{
    store_do(db, "BEGIN IMMEDIATE", "");
    store_do(db, "DELETE FROM proposal", "");
    sqlite3_stmt *s = store_ask(db,
                                "SELECT submission, chapter, hash, key"
                                " FROM file WHERE hash IS NOT NULL",
                                "");
    while (store_next(s)) {
        const char *stem = (const char *)sqlite3_column_text(s, 1);
        const char *hash = (const char *)sqlite3_column_text(s, 2);
        const char *old = (const char *)sqlite3_column_text(s, 3);
        char key[65];
        for (size_t k = 0; c->chapters[k]; k++) {
            if (strcmp(c->chapters[k], stem) != 0)
                continue;
            grade_key(key, c, k, hash);
            if (!old || strcmp(key, old) != 0)
                store_do(db, "INSERT INTO proposal VALUES(?, ?, ?)", "itt",
                         (long)sqlite3_column_int64(s, 0), stem, key);
        }
    }
    store_do(db, "COMMIT", "");
}

/* Who changed, from what to what, and by which test. */
static long show_changes(sqlite3 *db)
{
    static const char changed[] =
        "SELECT shown, p.chapter, old.points, new.points, new.possible,"
        " new.state, old.key, new.key"
        " FROM proposal p JOIN submission ON submission.id = p.submission"
        " JOIN file ON file.submission = p.submission"
        "  AND file.chapter = p.chapter"
        " LEFT JOIN grade old ON old.key = file.key"
        " JOIN grade new ON new.key = p.key"
        " WHERE old.points IS NOT new.points"
        " ORDER BY shown, p.chapter";
    static const char tests[] =
        "SELECT coalesce(o.function, n.function), coalesce(o.test, n.test),"
        " coalesce(o.verdict, 'no such test'), coalesce(n.verdict,"
        " 'no such test'), coalesce(o.points, 0), coalesce(n.points, 0)"
        " FROM (SELECT function, test FROM test WHERE key = ?1 UNION"
        "  SELECT function, test FROM test WHERE key = ?2) AS both"
        " LEFT JOIN test o ON o.key = ?1 AND o.function = both.function"
        "  AND o.test = both.test"
        " LEFT JOIN test n ON n.key = ?2 AND n.function = both.function"
        "  AND n.test = both.test"
        " WHERE o.points IS NOT n.points ORDER BY n.number";
    long students = 0;
    sqlite3_stmt *s = store_ask(db, changed, "");
    while (store_next(s)) {
        const char *old = (const char *)sqlite3_column_text(s, 2);
        const char *new = (const char *)sqlite3_column_text(s, 3);
        printf("%s, %s: %s -> %s\n", sqlite3_column_text(s, 0),
               sqlite3_column_text(s, 1), old ? old : "not graded",
               new ? new : "not graded");
        sqlite3_stmt *t =
            store_ask(db, tests, "tt", sqlite3_column_text(s, 6),
                      sqlite3_column_text(s, 7));
        while (store_next(t))
            printf("    %s: %s: %s -> %s (%+d)\n",
                   sqlite3_column_text(t, 0), sqlite3_column_text(t, 1),
                   sqlite3_column_text(t, 2), sqlite3_column_text(t, 3),
                   sqlite3_column_int(t, 5) - sqlite3_column_int(t, 4));
        students++;
    }
    return students;
}

int regrade(void)
{
    if (access(options.results, R_OK) != 0)
        fail(USAGE, "%s: %s", options.results, strerror(errno));
    sqlite3 *db = store_open(options.results);
    if (options.accept) {
        long waiting =
            store_number(db, 0, "SELECT count(*) FROM proposal", "");
        store_do(db, "BEGIN IMMEDIATE", "");
        int taken =
            store_do(db,
                     "UPDATE file SET key = proposal.key FROM proposal"
                     " JOIN grade ON grade.key = proposal.key"
                     " WHERE proposal.submission = file.submission"
                     "  AND proposal.chapter = file.chapter"
                     "  AND grade.state <> 'not graded'",
                     "");
        store_do(db, "DELETE FROM proposal", "");
        store_do(db, "COMMIT", "");
        printf("%d of %ld files have their new grade.\n", taken, waiting);
        sqlite3_close(db);
        return FINE;
    }
    class_run c = crew_prepare(db);
    propose(db, &c);
    long all = store_number(db, 0,
                            "SELECT count(*) FROM (SELECT DISTINCT"
                            " file.chapter, hash FROM proposal"
                            " JOIN file USING (submission, chapter))",
                            "");
    fprintf(stderr, "%ld files that these tests have not seen, seed %llu\n",
            all, (unsigned long long)c.seed);
    long failed =
        crew_grade(db, &c, all,
                   "SELECT DISTINCT 0, hash, file.chapter FROM proposal"
                   " JOIN file USING (submission, chapter)"
                   " ORDER BY 2");
    crew_finish(db, &c);
    long changed = show_changes(db);
    printf("%s%ld of %ld grades would change.%s\n", changed ? "\n" : "",
           changed,
           store_number(db, 0,
                        "SELECT count(*) FROM file WHERE key IS NOT"
                        " NULL",
                        ""),
           store_number(db, 0, "SELECT count(*) FROM proposal", "")
               ? "  Nothing is changed yet: class regrade --accept does "
                 "it."
               : "");
    sqlite3_close(db);
    return crew_status(failed);
}
