/* page.c - what a class did, for its instructor and for each student */
#define _GNU_SOURCE
#include "page.h"
#include "feedback.h"
#include "figure.h"
#include "items.h"
#include "store.h"
#include "write.h"

#include <stdlib.h>
#include <string.h>

/* --- Tables --- */

/* A name of a file that every system takes: of the name shown, letters,
 * digits and -_. and spaces, at most 100 bytes of them. */
static void safe(sqlite3_context *call, int count, sqlite3_value **value)
{
    const char *shown = (const char *)sqlite3_value_text(value[0]);
    char name[101] = "";
    size_t size = strlen(shown);
    (void)count;
    if (size > 100) /* not in the middle of a letter */
        for (size = 100; size && (shown[size] & 0xc0) == 0x80;)
            size--;
    for (size_t k = 0; k < size; k++) {
        unsigned char c = (unsigned char)shown[k];
        bool letter = c >= 0x80 || (c >= '0' && c <= '9') ||
                      (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool inside = k > 0 && k + 1 < size && strchr("-. ", c);
        name[k] = letter || c == '_' || inside ? (char)c : '_';
    }
    sqlite3_result_text(call, name, -1, SQLITE_TRANSIENT);
}

/* Why a file was not run, from its report: below the path, one line. */
static void reason(sqlite3_context *call, int count, sqlite3_value **value)
{
    static const char before[] = "Your file does not compile.";
    const char *text = (const char *)sqlite3_value_text(value[0]);
    (void)count;
    if (!text)
        return;
    for (int line = 0; line < 2; line++) {
        if (line == 0 || !strncmp(text, before, strlen(before)))
            text += strcspn(text, "\n");
        text += strspn(text, " \n");
    }
    sqlite3_result_text(call, text, (int)strcspn(text, "\n"),
                        SQLITE_TRANSIENT);
}

static void prepare(sqlite3 *db, const char *build)
{
    static const char *const tables[] = {
        /* no name that is made has a ~ in it, so these differ */
        "CREATE TEMP TABLE page AS SELECT id, shown, CASE WHEN count(*)"
        " OVER (PARTITION BY lower(base)) > 1 OR base = '' THEN base || '~'"
        " || id ELSE base END AS name FROM (SELECT id, shown, safe(shown)"
        " AS base FROM submission)",
        "CREATE UNIQUE INDEX temp.page_id ON page(id)",
        "CREATE TEMP TABLE handed AS SELECT submission AS id,"
        " file.chapter AS chapter, hash, key, CASE WHEN refused IS NOT"
        " NULL THEN 'refused' ELSE coalesce(state, 'not graded') END AS"
        " state, CASE WHEN refused IS NOT NULL THEN 0 ELSE points END AS"
        " points, refused, report FROM file LEFT JOIN grade USING (key)",
        "CREATE INDEX temp.handed_id ON handed(id, chapter)",
        "CREATE TEMP TABLE chapter AS SELECT handed.chapter AS name,"
        " substr(handed.chapter, 1, 2) || ' ' ||"
        " upper(substr(handed.chapter, 4, 1)) ||"
        " replace(substr(handed.chapter, 5), '-', ' ') AS title,"
        " coalesce(max(possible), 0) AS possible FROM handed LEFT JOIN"
        " grade USING (key) GROUP BY 1",
        NULL
    };
    sqlite3_create_function(db, "safe", 1, SQLITE_UTF8, NULL, safe, NULL,
                            NULL);
    sqlite3_create_function(db, "reason", 1, SQLITE_UTF8, NULL, reason,
                            NULL, NULL);
    for (int k = 0; tables[k]; k++)
        store_do(db, tables[k], "");
    items_prepare(db, build);
}

/* --- The class page --- */

static long files(sheet *s, const char *state)
{
    return store_number(s->db, 0,
                        "SELECT count(*) FROM handed WHERE state = ?", "t",
                        state);
}

/* Of nobody: a submission that could not be opened, or was not come to. */
#define UNSEEN                                                             \
    "id NOT IN (SELECT id FROM handed) AND coalesce(graded_by, 0) = 0"

static void summary(sheet *s)
{
    long all =
        store_number(s->db, 0, "SELECT count(*) FROM submission", "");
    long some =
        store_number(s->db, 0, "SELECT count(DISTINCT id) FROM handed", "");
    long unseen = store_number(
        s->db, 0, "SELECT count(*) FROM submission WHERE " UNSEEN, "");
    long handed = store_number(s->db, 0, "SELECT count(*) FROM handed", "");
    long ours = files(s, "not graded");
    sheet_say(s,
              "<p class=\"summary\">Of %l %s, <b>%l</b> %s in at least one "
              "file and <b>%l</b> %s in nothing.  Of %l %s, <b>%l</b> %s "
              "graded, <b>%l</b> %s not compile, <b>%l</b> %s refused, and "
              "<b>%l</b> could not be graded: %s.",
              all, plural(all, "submission", "submissions"), some,
              plural(some, "hands", "hand"), all - some - unseen,
              plural(all - some - unseen, "hands", "hand"), handed,
              plural(handed, "file", "files"), files(s, "graded"),
              plural(files(s, "graded"), "is", "are"),
              files(s, "does not compile"),
              plural(files(s, "does not compile"), "does", "do"),
              files(s, "refused"), plural(files(s, "refused"), "is", "are"),
              ours,
              ours ? "our failure, no fault of theirs"
                   : "nothing failed on our side");
    if (unseen)
        sheet_say(s, "  <b>%l</b> %s not looked into yet.", unseen,
                  plural(unseen, "submission was", "submissions were"));
    sheet_say(s, "</p>\n");
}

static void head(sheet *s)
{
    static const char *const facts[] = {
        "Begun",  "Ended",    "Seed", "Isolation", "Why",
        "Course", "Compiler", "Runs", NULL,
    };
    summary(s);
    sqlite3_stmt *run = store_ask(
        s->db,
        "SELECT replace(replace(began, 'T', ' '), 'Z', ' UTC'),"
        " coalesce(replace(replace(ended, 'T', ' '), 'Z', ' UTC'), 'not"
        " yet: interrupted, or still running; the same command goes on'),"
        " seed, level, CASE WHEN level <> 'STRONG' AND why <> '' THEN 'not"
        " stronger, because ' || why END, course, compiler, CASE WHEN"
        " (SELECT count(*) FROM run) > 1 THEN (SELECT count(*) FROM run) ||"
        " '; this is the last' END FROM run ORDER BY began DESC LIMIT 1",
        "");
    sheet_say(s, "<dl>\n");
    while (store_next(run))
        for (int k = 0; facts[k]; k++)
            if (sqlite3_column_type(run, k) != SQLITE_NULL)
                sheet_say(s, "<div><dt>%s</dt><dd>%s</dd></div>\n",
                          facts[k],
                          (const char *)sqlite3_column_text(run, k));
    sheet_say(s, "</dl>\n");
}

static void spread(sheet *s)
{
    if (!sheet_table(
            s, "Files of each chapter", "tnnnnn",
            "Nobody handed in anything.",
            store_ask(s->db,
                      "SELECT title AS Chapter, count(*) AS \"Handed in\","
                      " sum(state = 'graded') AS Graded,"
                      " sum(state = 'does not compile') AS \"Does not"
                      " compile\", sum(state = 'refused') AS Refused,"
                      " sum(state = 'not graded') AS \"Not graded\""
                      " FROM handed JOIN chapter ON chapter.name ="
                      " handed.chapter GROUP BY chapter.name",
                      "")))
        return;
    sheet_say(s,
              "<p>In the figures a file that is refused or does not "
              "compile has 0 points, and one that could not be graded is "
              "left out.  The dashed line is the median, the thick one "
              "reaches from quartile to quartile.</p>\n"
              "<div class=\"figures\">\n");
    sqlite3_stmt *each = store_ask(
        s->db, "SELECT name, title, possible FROM chapter ORDER BY name",
        "");
    while (store_next(each))
        figure_of_points(s, (const char *)sqlite3_column_text(each, 0),
                         (const char *)sqlite3_column_text(each, 1),
                         (long)sqlite3_column_int64(each, 2));
    sheet_say(s, "</div>\n");
}

static void failures(sheet *s)
{
    sheet_say(s, "<h3>Not graded, by our failure</h3>\n");
    if (sheet_table(
            s, "What could not be graded", "stb",
            "Everything that was handed in could be graded.",
            store_ask(
                s->db,
                "SELECT id AS Student, title AS Chapter, coalesce(report,"
                " 'not graded yet') AS Why FROM handed JOIN chapter ON"
                " chapter.name = handed.chapter WHERE state = 'not graded'"
                " UNION ALL SELECT id, 'all', coalesce(note, CASE WHEN"
                " graded_by IS NULL THEN 'the run did not come to it' ELSE"
                " 'it could not be read' END) FROM submission"
                " WHERE " UNSEEN " ORDER BY 1, 2",
                "")))
        sheet_say(s, "<p>Their points are unknown, not 0.  Type the same "
                     "<code>class run</code> again: only these are tried "
                     "again.  If the reason stays, <code>class "
                     "doctor</code> says what this machine lacks.</p>\n");
    sheet_say(s, "<h3>Refused, or not compiled</h3>\n");
    sheet_table(
        s, "Files without points before any test", "sttb",
        "Every file that was handed in was taken, and compiles.",
        store_ask(s->db,
                  "SELECT id AS Student, title AS Chapter, state AS State,"
                  " coalesce(refused, reason(report)) AS Reason FROM handed"
                  " JOIN chapter ON chapter.name = handed.chapter"
                  " JOIN place USING (id) WHERE state IN ('refused',"
                  " 'does not compile') ORDER BY place, title",
                  ""));
    sheet_say(s, "<h3>Notes on archives and folders</h3>\n");
    sheet_table(s, "What was left aside, and why", "sb",
                "Nothing was left aside.",
                store_ask(s->db,
                          "SELECT id AS Student, rtrim(note, char(10)) AS"
                          " Note FROM submission JOIN place USING (id)"
                          " WHERE note IS NOT NULL ORDER BY place",
                          ""));
}

static void alike(sheet *s)
{
    if (!has_rows(s->db, "similar")) {
        sheet_say(s, "<p>No pair is listed; <code>class similar</code> "
                     "looks for them.</p>\n");
        return;
    }
    sheet_say(s, "<p>A place to look, never a verdict: in short exercises "
                 "right answers look alike.  At most 60 pairs.</p>\n");
    sheet_table(s, "Pairs of files, the most alike first", "tssp",
                "No two files are alike enough to be listed.",
                store_ask(s->db,
                          "SELECT title AS Chapter, a AS One, b AS"
                          " Another, percent / 100.0 AS Alike FROM similar"
                          " JOIN chapter ON chapter.name ="
                          " similar.chapter ORDER BY percent DESC,"
                          " chapter.name, a, b LIMIT 60",
                          ""));
}

/* One column for each chapter: the question is written chapter by chapter.
 */
static void everybody(sheet *s)
{
    char *sql, *kinds;
    size_t size;
    FILE *out = open_memstream(&sql, &size);
    FILE *letters = open_memstream(&kinds, &size);
    bool late = has_rows(s->db, "late"), names = has_rows(s->db, "person");
    fputs("SELECT page.id AS Student", out);
    fputc('s', letters);
    if (names)
        fputs(", person.name AS Name", out);
    fputs(names ? "t" : "", letters);
    sqlite3_stmt *each = store_ask(
        s->db, "SELECT name, possible FROM chapter ORDER BY name", "");
    while (store_next(each)) {
        const char *chapter = (const char *)sqlite3_column_text(each, 0);
        long possible = (long)sqlite3_column_int64(each, 1);
        fprintf(
            out,
            ", (SELECT CASE state WHEN 'graded' THEN points WHEN 'not"
            " graded' THEN state ELSE '0, ' || state END FROM handed"
            " WHERE id = page.id AND chapter = '%s') AS \"%.2s, of %ld\"",
            chapter, chapter, possible);
        fputc('n', letters);
    }
    if (late)
        fputs(", (SELECT max(days) FROM late WHERE submission = page.id)"
              " AS \"Days late\"",
              out);
    fputs(late ? "n" : "", letters);
    fputs(" FROM page JOIN place USING (id) JOIN submission USING (id)"
          " LEFT JOIN person USING (student) ORDER BY place.place",
          out);
    fclose(out);
    fclose(letters);
    sheet_say(s, "<p>Each name leads to what the student reads, which is "
                 "there as Markdown too.  A dash: nothing was handed "
                 "in.</p>\n");
    sheet_table(s, "Points of everybody", kinds, "Nobody is in this class.",
                store_ask(s->db, sql, ""));
    if (names)
        sheet_table(s, "In the roster, and nothing handed in", "tt",
                    "Everybody in the roster has handed something in.",
                    store_ask(s->db,
                              "SELECT student AS Student, name AS Name"
                              " FROM person WHERE student NOT IN (SELECT"
                              " student FROM submission) ORDER BY place",
                              ""));
    free(sql);
    free(kinds);
}

static bool class_page(sqlite3 *db, const char *folder)
{
    static const struct {
        const char *id, *title;
        void (*write)(sheet *);
    } sections[] = {
        { "points", "How the points are spread", spread },
        { "mistakes", "The mistakes of the class", items_mistakes },
        { "tests", "What the tests tell apart", items_analysis },
        { "clusters", "Equal wrong answers", items_clusters },
        { "unstable", "Unstable results", items_unstable },
        { "failures", "Failed, refused, left aside", failures },
        { "similar", "Similar files", alike },
        { "students", "All students", everybody },
    };
    enum { SECTIONS = sizeof sections / sizeof *sections };
    sheet s;
    char *path;
    sheet_begin(&s, db, "The class page");
    head(&s);
    sheet_say(&s, "<nav aria-label=\"Contents\"><ol>\n");
    for (int k = 0; k < SECTIONS; k++)
        sheet_say(&s, "<li><a href=\"#%s\">%s</a></li>\n", sections[k].id,
                  sections[k].title);
    sheet_say(&s, "</ol></nav>\n");
    for (int k = 0; k < SECTIONS; k++) {
        sheet_say(&s, "<h2 id=\"%s\">%s</h2>\n", sections[k].id,
                  sections[k].title);
        sections[k].write(&s);
    }
    if (asprintf(&path, "%s/class.html", folder) < 0)
        abort();
    bool good = sheet_end(&s, path);
    free(path);
    return good;
}

bool page_write(sqlite3 *db, const char *folder, const char *build)
{
    if (!write_folder(folder))
        return false;
    store_do(db, "BEGIN", ""); /* one state of it, whoever writes */
    prepare(db, build);
    bool good = class_page(db, folder);
    good = feedback_write(db, folder) && good;
    store_do(db, "COMMIT", "");
    return good;
}
