/* grade.c - one submission, from what was handed in to rows of results */
#define _GNU_SOURCE
#include "grade.h"
#include "process.h"
#include "store.h"

#include <dirent.h>
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

static char *whole(const char *path)
{
    FILE *in = fopen(path, "rb");
    char *text = NULL;
    size_t size = 0;
    if (!in)
        return NULL;
    if (getdelim(&text, &size, 0, in) < 0) {
        free(text);
        text = NULL;
    }
    fclose(in);
    return text;
}

static judged judge(const class_run *c, size_t chapter, const char *file,
                    const char *json, uid_t uid)
{
    static char *const environment[] = {
        "LC_ALL=C.UTF-8", "PATH=/usr/local/bin:/usr/bin:/bin", NULL
    };
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
    process p = process_run(argv, environment, 2 * c->budget + 120);
    clock_gettime(CLOCK_MONOTONIC, &to);
    j.seconds = (double)(to.tv_sec - from.tv_sec) +
                1e-9 * (double)(to.tv_nsec - from.tv_nsec);
    if (p.started && p.exited && p.status <= 1) {
        j.json = whole(json);
        j.report = p.printed.bytes;
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

void remove_folder(const char *path)
{
    DIR *all = opendir(path);
    for (struct dirent *one; all && (one = readdir(all));) {
        char below[4096 + 256];
        snprintf(below, sizeof below, "%s/%s", path, one->d_name);
        if (strcmp(one->d_name, ".") && strcmp(one->d_name, "..") &&
            unlink(below) != 0)
            remove_folder(below);
    }
    if (all)
        closedir(all);
    rmdir(path);
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
                 " NULL, ?, ?, ?, ?)",
                 "titttdi", key, c->run, c->chapters[chapter], j->why,
                 level_names[c->box->level], j->seconds, (long)TRIES);
        return;
    }
    store_do(db,
             "INSERT INTO grade SELECT ?1, ?2, ?3, ?4 ->> 'state',"
             " ?4 ->> 'points', ?4 ->> 'possible', ?5, ?6, ?7, 1",
             "tittttd", key, c->run, c->chapters[chapter], j->json,
             j->report, level_names[c->box->level], j->seconds);
    store_do(db,
             "INSERT INTO test SELECT ?1, t.key, t.value ->> 'function',"
             " t.value ->> 'test', t.value ->> 'verdict',"
             " t.value ->> 'points', t.value ->> 'possible',"
             " t.value ->> 'line', t.value ->> 'what',"
             " t.value ->> 'mistake', t.value ->> 'relation',"
             " t.value ->> 'with', t.value ->> 'yours'"
             " FROM json_each(?2, '$.tests') AS t",
             "tt", key, j->json);
}

bool grade_submission(sqlite3 *db, const class_run *c, long number,
                      const char *name, int slot)
{
    static submission s;
    static judged judges[MOST_CHAPTERS];
    static char keys[MOST_CHAPTERS][65];
    char folder[4096], file[4096 + 256], json[4096 + 256];
    uid_t uid = FIRST_UID + (uid_t)slot;

    snprintf(folder, sizeof folder, "%s/slot-%d", c->work, slot);
    remove_folder(folder);
    if (mkdir(folder, 0755) != 0) {
        fprintf(stderr, "class: %s: %s\n", folder, strerror(errno));
        return false;
    }
    char unpack[4096];
    snprintf(unpack, sizeof unpack, "%s/unpack", c->build);
    submission_take(&s, c->root_folder, c->root, name, folder, c->chapters,
                    c->box, unpack, uid);

    bool good = !s.ours, fresh[MOST_CHAPTERS] = { false };
    for (size_t k = 0; c->chapters[k] && good; k++) {
        if (!s.file[k].hash[0])
            continue;
        digest(keys[k], c->identity[k], s.file[k].hash,
               level_names[c->box->level], NULL);
        fresh[k] = !store_number(db, 0,
                                 "SELECT 1 FROM grade WHERE key = ?"
                                 " AND state <> 'not graded'",
                                 "t", keys[k]);
        snprintf(file, sizeof file, "%s/%s.c", folder, c->chapters[k]);
        snprintf(json, sizeof json, "%s/%s.json", folder, c->chapters[k]);
        judges[k] = (judged){ 0 };
        for (int try = 0; fresh[k] && !judges[k].json && try < TRIES; try++)
            judges[k] = judge(c, k, file, json, uid);
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
                free(judges[k].json);
                free(judges[k].report);
            }
            store_do(db, "INSERT INTO file VALUES(?, ?, ?, NULL, ?)",
                     "ittt", number, c->chapters[k], h->hash, keys[k]);
        } else if (h->refused[0])
            store_do(db, "INSERT INTO file VALUES(?, ?, NULL, ?, NULL)",
                     "itt", number, c->chapters[k], h->refused);
    }
    store_do(db,
             "UPDATE submission SET note = ?, graded_by = ? WHERE id = ?",
             "tii", s.note[0] ? s.note : NULL, good ? c->run : 0L, number);
    store_do(db, "COMMIT", "");
    return good;
}
