/* feedback.c - what each student reads, as HTML and as Markdown */
#define _GNU_SOURCE
#include "feedback.h"
#include "export.h"
#include "items.h"
#include "sheet.h"
#include "store.h"
#include "write.h"

#include <stdlib.h>
#include <string.h>

static bool student_page(sqlite3 *db, const char *path, long id,
                         const char *shown, const char *note)
{
    sheet s;
    char *sql;
    sheet_begin(&s, db, shown);
    if (asprintf(&sql,
                 "SELECT chapter.title, CASE WHEN refused IS NOT NULL THEN"
                 " 0 ELSE points END, chapter.possible, %s,"
                 " coalesce(CASE WHEN refused IS NOT NULL THEN 'refused'"
                 " ELSE state END, 'not graded') FROM file"
                 " LEFT JOIN grade USING (key) JOIN chapter ON chapter.name"
                 " = file.chapter WHERE submission = ? ORDER BY 1",
                 export_words) < 0)
        abort();
    if (has_rows(db, "late")) {
        long days = store_number(
            db, 0, "SELECT max(days) FROM late WHERE submission = ?", "i",
            id);
        if (days > 0)
            sheet_say(&s, "<p>Handed in %l %s late.</p>\n", days,
                      plural(days, "day", "days"));
    }
    long handed = 0;
    sqlite3_stmt *each = store_ask(db, sql, "i", id);
    while (store_next(each)) {
        const char *title = (const char *)sqlite3_column_text(each, 0);
        const char *state = (const char *)sqlite3_column_text(each, 4);
        handed++;
        sheet_say(&s, "<h2>%s</h2>\n<p class=\"summary\">", title);
        if (sqlite3_column_type(each, 1) == SQLITE_NULL)
            sheet_say(&s, "Not graded yet");
        else if (sqlite3_column_int64(each, 2) == 0)
            sheet_say(&s, "<b>%l</b> points",
                      (long)sqlite3_column_int64(each, 1));
        else
            sheet_say(&s, "<b>%l of %l</b> points",
                      (long)sqlite3_column_int64(each, 1),
                      (long)sqlite3_column_int64(each, 2));
        sheet_say(
            &s,
            "%s%s</p>\n<pre tabindex=\"0\" role=\"region\" "
            "aria-label=\"Report on %s\">%s</pre>\n",
            strcmp(state, "graded") && strcmp(state, "not graded") ? ": "
                                                                   : "",
            strcmp(state, "graded") && strcmp(state, "not graded") ? state
                                                                   : "",
            title, (const char *)sqlite3_column_text(each, 3));
    }
    if (!handed)
        sheet_say(&s, "<p>Nothing was handed in.</p>\n");
    if (note)
        sheet_say(&s, "<h2>Notes</h2>\n<p class=\"lines\">%s</p>\n", note);
    free(sql);
    return sheet_end(&s, path);
}

static bool markdown(sqlite3 *db, const char *below)
{
    bool good = true;
    char *sql, *path;
    if (asprintf(&sql,
                 "SELECT page.name, feedback FROM (%s) AS f"
                 " JOIN page USING (id)",
                 export_feedback) < 0)
        abort();
    sqlite3_stmt *each = store_ask(db, sql, "");
    while (store_next(each)) {
        if (asprintf(&path, "%s/%s.md", below,
                     (const char *)sqlite3_column_text(each, 0)) < 0)
            abort();
        good =
            write_whole(path, (const char *)sqlite3_column_text(each, 1)) &&
            good;
        free(path);
    }
    free(sql);
    return good;
}

bool feedback_write(sqlite3 *db, const char *folder)
{
    char *below, *path;
    if (asprintf(&below, "%s/students", folder) < 0)
        abort();
    bool good = write_folder(below) && markdown(db, below);
    sqlite3_stmt *each =
        store_ask(db,
                  "SELECT page.name, page.id, page.shown, note FROM page"
                  " JOIN submission USING (id)",
                  "");
    while (store_next(each)) {
        if (asprintf(&path, "%s/%s.html", below,
                     (const char *)sqlite3_column_text(each, 0)) < 0)
            abort();
        good = student_page(db, path, (long)sqlite3_column_int64(each, 1),
                            (const char *)sqlite3_column_text(each, 2),
                            (const char *)sqlite3_column_text(each, 3)) &&
               good;
        free(path);
    }
    free(below);
    return good;
}
