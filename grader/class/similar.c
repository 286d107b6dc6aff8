/* similar.c - files that share what hardly anybody else has
 *
 * sim_c (similarity-tester) compares; what every file must share is taken
 * out before: the lines of the exercise and of the solution, and those that
 * more than a tenth of the class has written.  What is left of a pair and
 * alike is a place to look, never a verdict.
 */
#define _GNU_SOURCE
#include "class.h"
#include "folder.h"
#include "process.h"
#include "store.h"
#include "submission.h"
#include "write.h"

#include <ctype.h>
#include <errno.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COMMON = 5, SHARE = 10, NOBODY = 61999 };

/* A line without its spaces, and how many files have it. */
typedef struct {
    char *words;
    long files, last;
} line;

static void *lines; /* a tree of them */

static int by_words(const void *a, const void *b)
{
    return strcmp(((const line *)a)->words, ((const line *)b)->words);
}

/* The next line of a text without spaces, to be freed; NULL at the end. */
static char *squeezed(const char **from, const char **start)
{
    *start = *from;
    if (!**from)
        return NULL;
    size_t size = strcspn(*from, "\n"), n = 0;
    char *words = calloc(size + 1, 1);
    for (size_t k = 0; k < size; k++)
        if (!isspace((unsigned char)(*from)[k]))
            words[n++] = (*from)[k];
    *from += size + ((*from)[size] == '\n');
    return words;
}

static void count_lines(const char *bytes, long file, long weight)
{
    const char *start;
    for (char *words; (words = squeezed(&bytes, &start));) {
        line key = { .words = words };
        line **found = tfind(&key, &lines, by_words);
        if (!found) {
            line *fresh = calloc(1, sizeof *fresh);
            fresh->words = strdup(words);
            found = tsearch(fresh, &lines, by_words);
        }
        if ((*found)->last != file)
            (*found)->files += weight;
        (*found)->last = file;
        free(words);
    }
}

static void free_line(void *one)
{
    free(((line *)one)->words);
    free(one);
}

/* Write what at most so many files have; how many bytes that is. */
static size_t write_rare(const char *path, const char *bytes, long most)
{
    size_t size = 0;
    const char *start;
    FILE *out = fopen(path, "w");
    if (!out)
        fail(OUR_FAILURE, "%s: %s", path, strerror(errno));
    for (char *words; (words = squeezed(&bytes, &start));) {
        line key = { .words = words };
        line **found = tfind(&key, &lines, by_words);
        if (found && (*found)->files <= most) {
            fwrite(start, 1, (size_t)(bytes - start), out);
            size += strlen(words);
        }
        free(words);
    }
    if (fclose(out) != 0)
        fail(OUR_FAILURE, "%s: %s", path, strerror(errno));
    return size;
}

static void count_lines_of(const char *folder, const char *stem, long id,
                           long weight)
{
    char *path = text("%s/%s.c", folder, stem), *bytes = read_whole(path);
    if (!bytes)
        fail(USAGE, "%s: %s; start me in the course's folder", path,
             strerror(errno));
    count_lines(bytes, id, weight);
    free(bytes);
}

/* sim_c on all files of a folder, in a jail like any reader of them. */
static void compare(const sandbox *box, char *folder, long count,
                    const char *result)
{
    jail j = { .write = folder,
               .start = folder,
               .uid = NOBODY,
               .cpu = 3600,
               .memory = 8192,
               .file = 256,
               .processes = 8 };
    char *words[] = { "sim_c",
                      "-p",
                      "-T",
                      "-r",
                      "20",
                      "-t",
                      text("%d", options.at_least),
                      "-o",
                      (char *)result };
    size_t n = sizeof words / sizeof *words;
    char **argv = calloc(n + (size_t)count + 1, sizeof *argv);
    memcpy(argv, words, sizeof words);
    for (long k = 0; k < count; k++)
        argv[n++] = text("%ld.c", k);
    process p = sandbox_run(box, &j, argv, bare_environment, 3600);
    if (!p.started || !p.exited || p.status != 0)
        fail(OUR_FAILURE, "sim_c (of similarity-tester) could not run: %s",
             p.complained.size ? p.complained.bytes : "it is not there");
    process_free(&p);
    free(argv);
}

/* All who handed in one of two contents, pair by pair. */
static void put_pairs(sqlite3 *db, const char *stem, const char *one,
                      const char *other, int percent)
{
    store_do(db,
             "INSERT INTO similar SELECT ?1, x.submission, y.submission, ?4"
             " FROM file x JOIN file y ON x.chapter = ?1"
             "  AND y.chapter = ?1 WHERE (x.hash = ?2 AND y.hash = ?3 OR"
             "  x.hash = ?3 AND y.hash = ?2) AND x.submission <"
             "  y.submission ON CONFLICT DO UPDATE SET percent ="
             "  max(percent, excluded.percent)",
             "ttti", stem, one, other, (long)percent);
}

static void compare_chapter(sqlite3 *db, const sandbox *box,
                            const char *stem)
{
    long files = store_number(db, 0,
                              "SELECT count(*) FROM file WHERE chapter = ?"
                              " AND hash IS NOT NULL",
                              "t", stem);
    long most = files / SHARE > COMMON ? files / SHARE : COMMON, id = 0;
    lines = NULL;
    count_lines_of("exercises", stem, ++id, files + 1);
    count_lines_of("solutions", stem, ++id, files + 1);
    static const char each[] =
        "SELECT hash, bytes, count(*) FROM file JOIN content USING (hash)"
        " WHERE chapter = ? GROUP BY hash ORDER BY hash";
    sqlite3_stmt *s = store_ask(db, each, "t", stem);
    while (store_next(s)) {
        char *bytes = strndup(sqlite3_column_blob(s, 1),
                              (size_t)sqlite3_column_bytes(s, 1));
        count_lines(bytes, ++id, (long)sqlite3_column_int64(s, 2));
        free(bytes);
    }

    char *folder = text("%s/similar-XXXXXX", realpath(options.build, NULL));
    if (!mkdtemp(folder) || chmod(folder, 0777) != 0)
        fail(OUR_FAILURE, "%s: %s", folder, strerror(errno));
    char **hash = calloc((size_t)files + 1, sizeof *hash);
    long count = 0;
    s = store_ask(db, each, "t", stem);
    while (store_next(s)) {
        char *bytes = strndup(sqlite3_column_blob(s, 1),
                              (size_t)sqlite3_column_bytes(s, 1));
        char *path = text("%s/%ld.c", folder, count);
        const char *name = (const char *)sqlite3_column_text(s, 0);
        if (write_rare(path, bytes, most) >= 60) {
            hash[count++] = strdup(name);
            put_pairs(db, stem, name, name, 100);
        }
        free(bytes);
    }
    if (count > 1) {
        char *result = text("%s/pairs", folder), row[300];
        compare(box, folder, count, result);
        FILE *in = fopen(result, "r");
        long a, b;
        int percent;
        while (in && fgets(row, sizeof row, in))
            if (sscanf(row, "%ld.c consists for %d %% of %ld.c", &a,
                       &percent, &b) == 3 &&
                a >= 0 && a < count && b >= 0 && b < count && a != b)
                put_pairs(db, stem, hash[a], hash[b], percent);
        if (in)
            fclose(in);
    }
    remove_folder(folder);
    tdestroy(lines, free_line);
}

int similar(void)
{
    if (access(options.results, R_OK) != 0)
        fail(USAGE, "%s: %s", options.results, strerror(errno));
    sqlite3 *db = store_open(options.results);
    sandbox box = sandbox_find(
        text("%s/confine", realpath(options.build, NULL)), options.most);
    store_do(db, "BEGIN IMMEDIATE", "");
    store_do(db, "DELETE FROM similar", "");
    char **stems = chapters_of(".");
    for (size_t k = 0; stems[k]; k++)
        compare_chapter(db, &box, stems[k]);
    store_do(db, "COMMIT", "");
    sqlite3_stmt *s = store_ask(
        db,
        "SELECT percent, chapter, min(x.shown, y.shown),"
        " max(x.shown, y.shown) FROM similar"
        " JOIN submission x ON x.id = a JOIN submission y ON y.id = b"
        " ORDER BY percent DESC, chapter, 3, 4",
        "");
    while (store_next(s))
        printf("%3d %%  %s: %s and %s\n", sqlite3_column_int(s, 0),
               sqlite3_column_text(s, 1), sqlite3_column_text(s, 2),
               sqlite3_column_text(s, 3));
    long pairs = store_number(db, 0, "SELECT count(*) FROM similar", "");
    printf("%ld pair%s what hardly anybody else has written: a place to "
           "look, not a verdict.\n",
           pairs, pairs == 1 ? " shares" : "s share");
    sqlite3_close(db);
    return FINE;
}
