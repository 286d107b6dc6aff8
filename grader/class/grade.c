/* grade.c - one submission, from what was handed in to rows of results */
#define _GNU_SOURCE
#include "grade.h"
#include "folder.h"
#include "process.h"
#include "store.h"
#include "write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { FIRST_UID = 61000, TRIES = 2 };

/* All the judge says of one file. */
typedef struct {
    char *report, *json; /* json is NULL if the failure is ours */
    char why[400];
    double seconds;
} judged;

/* The text with the student's own name of the file in place of ours; takes
 * the text over. */
static char *at_home(char *said, const char *file, const char *chapter)
{
    char *text = NULL, *rest = said;
    size_t size;
    FILE *out = said ? open_memstream(&text, &size) : NULL;
    if (!out)
        return said;
    for (char *found; (found = strstr(rest, file));
         rest = found + strlen(file)) {
        fwrite(rest, 1, (size_t)(found - rest), out);
        fprintf(out, "exercises/%s.c", chapter);
    }
    fputs(rest, out);
    fclose(out);
    free(said);
    return text;
}

static judged judge(const class_run *c, size_t chapter, const char *file,
                    const char *folder, const char *json, uid_t uid)
{
    char program[4096], confine[4096], lock[4096], seed[32], limit[32];
    char budget[32], user[32];
    snprintf(program, sizeof program, "%s/judge/%s", c->build,
             c->chapters[chapter]);
    snprintf(confine, sizeof confine, "%s/confine", c->build);
    snprintf(lock, sizeof lock, "%s/lock.so", c->build);
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)c->seed);
    snprintf(limit, sizeof limit, "%g", c->limit);
    snprintf(budget, sizeof budget, "%g", c->budget);
    snprintf(user, sizeof user, "%u", uid);
    char *argv[] = { program,
                     "--file",
                     (char *)file,
                     "--build",
                     (char *)c->build,
                     "--work",
                     (char *)folder,
                     "--compile",
                     c->compile[chapter],
                     "--confine",
                     confine,
                     "--lock",
                     lock,
                     "--level",
                     (char *)level_names[c->box->level],
                     "--uid",
                     user,
                     "--seed",
                     seed,
                     "--limit",
                     limit,
                     "--budget",
                     budget,
                     "--json",
                     (char *)json,
                     NULL };
    struct timespec from, to;
    judged j = { 0 };
    clock_gettime(CLOCK_MONOTONIC, &from);
    /* what it does besides the tests: compiling, and recognising mistakes
     */
    process p = process_run(argv, bare_environment, 2 * c->budget + 120);
    clock_gettime(CLOCK_MONOTONIC, &to);
    j.seconds = (double)(to.tv_sec - from.tv_sec) +
                1e-9 * (double)(to.tv_nsec - from.tv_nsec);
    if (p.started && p.exited && p.status <= 1) {
        j.json = at_home(read_whole(json), file, c->chapters[chapter]);
        j.report = at_home(p.printed.bytes, file, c->chapters[chapter]);
        p.printed.bytes = NULL;
    }
    if (!j.json)
        snprintf(j.why, sizeof j.why, "%s",
                 p.complained.size ? p.complained.bytes
                 : p.late          ? "the judge did not end"
                                   : "the judge failed");
    process_free(&p);
    return j;
}

/* All tries at one file.  It lies in folder under the chapter's name. */
static judged judge_file(const class_run *c, size_t chapter,
                         const char *folder, int slot)
{
    char file[4096 + 256], json[4096 + 256];
    judged j = { 0 };
    snprintf(file, sizeof file, "%s/%s.c", folder, c->chapters[chapter]);
    snprintf(json, sizeof json, "%s/%s.json", folder, c->chapters[chapter]);
    for (int try = 0; !j.json && try < TRIES; try++)
        j = judge(c, chapter, file, folder, json, FIRST_UID + (uid_t)slot);
    return j;
}

/* Whether there are points for that key. */
static bool known(sqlite3 *db, const char *key)
{
    return store_number(db, 0,
                        "SELECT 1 FROM grade WHERE key = ?"
                        " AND state <> 'not graded'",
                        "t", key);
}

void grade_key(char key[65], const class_run *c, size_t chapter,
               const char *hash)
{
    digest(key, c->identity[chapter], hash, level_names[c->box->level],
           NULL);
}

/* One row of the table grade, and its tests. */
static void put_grade(sqlite3 *db, const class_run *c, size_t chapter,
                      const char *key, const judged *j)
{
    store_do(db, "DELETE FROM test WHERE key = ?", "t", key);
    store_do(db, "DELETE FROM grade WHERE key = ?", "t", key);
    if (!j->json) {
        store_do(db,
                 "INSERT INTO grade VALUES(?, ?, ?, 'not graded', NULL,"
                 " NULL, ?, ?, ?, ?, ?)",
                 "tttttdit", key, c->run, c->chapters[chapter], j->why,
                 level_names[c->box->level], j->seconds, (long)TRIES,
                 c->identity[chapter]);
        return;
    }
    store_do(db,
             "INSERT INTO grade SELECT ?1, ?2, ?3, ?4 ->> 'state',"
             " ?4 ->> 'points', ?4 ->> 'possible', ?5, ?6, ?7, 1, ?8",
             "ttttttdt", key, c->run, c->chapters[chapter], j->json,
             j->report, level_names[c->box->level], j->seconds,
             c->identity[chapter]);
    store_do(db,
             "INSERT INTO test SELECT ?1, t.key, t.value ->> 'function',"
             " t.value ->> 'test', t.value ->> 'verdict',"
             " t.value ->> 'points', t.value ->> 'possible',"
             " t.value ->> 'line', t.value ->> 'what',"
             " t.value ->> 'mistake', t.value ->> 'relation',"
             " t.value ->> 'with', t.value ->> 'yours',"
             " t.value ->> 'unstable'"
             " FROM json_each(?2, '$.tests') AS t",
             "tt", key, j->json);
}

/* A fresh folder for one piece of work. */
static bool fresh_folder(char path[4096], const class_run *c, int slot)
{
    snprintf(path, 4096, "%s/slot-%d", c->work, slot);
    remove_folder(path);
    if (mkdir(path, 0755) == 0)
        return true;
    fprintf(stderr, "class: %s: %s\n", path, strerror(errno));
    return false;
}

bool grade_submission(sqlite3 *db, const class_run *c, long number,
                      const char *name, int slot)
{
    static submission s;
    static judged judges[MOST_CHAPTERS];
    static char keys[MOST_CHAPTERS][65];
    char folder[4096], unpack[4096];
    bool fresh[MOST_CHAPTERS] = { false };

    if (!fresh_folder(folder, c, slot))
        return false;
    snprintf(unpack, sizeof unpack, "%s/unpack", c->build);
    submission_take(&s, c->root_folder, c->root, name, folder, c->chapters,
                    c->box, unpack, FIRST_UID + (uid_t)slot);

    bool good = !s.ours;
    for (size_t k = 0; c->chapters[k] && good; k++) {
        if (!s.file[k].hash[0])
            continue;
        /* points that were given for these very bytes stay */
        char *given = store_text(
            db,
            "SELECT key FROM file JOIN grade USING (key) WHERE submission"
            " = ? AND file.chapter = ? AND hash = ?"
            " AND state <> 'not graded'",
            "itt", number, c->chapters[k], s.file[k].hash);
        if (given)
            memcpy(keys[k], given, sizeof keys[k]);
        else {
            grade_key(keys[k], c, k, s.file[k].hash);
            fresh[k] = !known(db, keys[k]);
        }
        free(given);
        if (fresh[k])
            judges[k] = judge_file(c, k, folder, slot);
    }
    remove_folder(folder);

    store_do(db, "BEGIN IMMEDIATE", "");
    store_do(db, "DELETE FROM file WHERE submission = ?", "i", number);
    for (size_t k = 0; c->chapters[k] && !s.ours; k++) {
        const handed *h = &s.file[k];
        if (h->hash[0]) {
            if (fresh[k]) {
                put_grade(db, c, k, keys[k], &judges[k]);
                good = good && judges[k].json;
            }
            store_do(db, "INSERT OR IGNORE INTO content VALUES(?, ?)", "tb",
                     h->hash, h->bytes, h->size);
            store_do(db, "INSERT INTO file VALUES(?, ?, ?, NULL, ?)",
                     "ittt", number, c->chapters[k], h->hash, keys[k]);
        } else if (h->refused[0])
            store_do(db, "INSERT INTO file VALUES(?, ?, NULL, ?, NULL)",
                     "itt", number, c->chapters[k], h->refused);
    }
    store_do(
        db, "UPDATE submission SET note = ?, graded_by = ? WHERE id = ?",
        "tti", s.note[0] ? s.note : NULL, good ? c->run : NULL, number);
    store_do(db, "COMMIT", "");
    return good;
}

bool grade_content(sqlite3 *db, const class_run *c, size_t chapter,
                   const char *hash, int slot)
{
    char folder[4096], path[4096 + 256], key[65];
    grade_key(key, c, chapter, hash);
    if (known(db, key))
        return true;
    if (!fresh_folder(folder, c, slot))
        return false;
    snprintf(path, sizeof path, "%s/%s.c", folder, c->chapters[chapter]);
    sqlite3_stmt *s = store_ask(
        db, "SELECT bytes FROM content WHERE hash = ?", "t", hash);
    FILE *out = store_next(s) ? fopen(path, "wb") : NULL;
    size_t size = out ? (size_t)sqlite3_column_bytes(s, 0) : 0;
    bool good =
        out && fwrite(sqlite3_column_blob(s, 0), 1, size, out) == size;
    good = out && fclose(out) == 0 && good;
    if (out)
        sqlite3_finalize(s);
    judged j = { .why = "the file could not be written" };
    if (good)
        j = judge_file(c, chapter, folder, slot);
    remove_folder(folder);
    store_do(db, "BEGIN IMMEDIATE", "");
    put_grade(db, c, chapter, key, &j);
    store_do(db, "COMMIT", "");
    return j.json;
}
