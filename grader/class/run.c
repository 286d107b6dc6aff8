/* run.c - every submission of a folder, graded once */
#define _GNU_SOURCE
#include "class.h"
#include "crew.h"
#include "store.h"
#include "submission.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Whether these bytes of a name fall to this part of a class. */
static bool ours(const char *name)
{
    char hex[65];
    digest(hex, name, NULL);
    hex[8] = '\0';
    return !options.parts ||
           (long)(strtoul(hex, NULL, 16) % (unsigned long)options.parts) ==
               options.part - 1;
}

/* The name of a folder, or of an archive up to its ending. */
static char *student_of(const char *name)
{
    static const char *const endings[] = { ".tar.gz",  ".tar.xz",
                                           ".tar.zst", ".tar.bz2",
                                           ".tgz",     ".tar",
                                           ".zip",     NULL };
    size_t size = strlen(name);
    for (size_t k = 0; endings[k]; k++) {
        size_t of = strlen(endings[k]);
        if (size > of && !strcmp(name + size - of, endings[k]))
            return strndup(name, size - of);
    }
    return strdup(name);
}

/* Every entry of the folder has a row; what is new is added. */
static void list_submissions(sqlite3 *db, int root)
{
    DIR *all = fdopendir(dup(root));
    if (!all)
        fail(OUR_FAILURE, "%s: %s", options.submissions, strerror(errno));
    long hidden = 0;
    store_do(db, "BEGIN IMMEDIATE", "");
    for (struct dirent *one; (one = readdir(all));) {
        hidden += one->d_name[0] == '.';
        if (one->d_name[0] == '.' || !ours(one->d_name) ||
            (options.only && strcmp(options.only, one->d_name) != 0))
            continue;
        char *name = shown(one->d_name), *student = student_of(name);
        store_do(db,
                 "INSERT OR IGNORE INTO submission(name, shown, student)"
                 " VALUES(?, ?, ?)",
                 "btt", one->d_name, strlen(one->d_name), name, student);
        free(name);
        free(student);
    }
    store_do(db, "COMMIT", "");
    closedir(all);
    if (hidden > 2) /* besides the folder itself and the one above */
        fprintf(stderr,
                "%ld entries whose names begin with a dot are left out\n",
                hidden - 2);
}

/* Grades that count, and were given by other tests than those of now. */
static void say_outdated(sqlite3 *db, const class_run *c)
{
    long outdated = 0;
    for (size_t k = 0; c->chapters[k]; k++)
        outdated +=
            store_number(db, 0,
                         "SELECT count(*) FROM file JOIN grade USING (key)"
                         " WHERE file.chapter = ? AND tests <> ?",
                         "tt", c->chapters[k], c->identity[k]);
    if (outdated)
        fprintf(stderr,
                "%ld files keep the points that other tests gave them; "
                "class regrade shows what would change\n",
                outdated);
}

int run(void)
{
    if (!options.submissions)
        fail(USAGE, "run needs --submissions FOLDER");
    char *root = realpath(options.submissions, NULL);
    int root_folder =
        root ? open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (root_folder < 0)
        fail(USAGE, "%s: %s", options.submissions, strerror(errno));
    options.submissions = root;
    sqlite3 *db = store_open(options.results);
    class_run c = crew_prepare(db);
    c.root = root;
    c.root_folder = root_folder;
    list_submissions(db, root_folder);
    long all = store_number(db, 0, "SELECT count(*) FROM submission", "");
    fprintf(stderr, "%ld submissions, seed %llu\n", all,
            (unsigned long long)c.seed);
    long failed = crew_grade(db, &c, all,
                             "SELECT id, name, NULL FROM submission"
                             " ORDER BY name");
    crew_finish(db, &c);
    say_outdated(db, &c);
    sqlite3_close(db);
    return crew_status(failed);
}

int resume(void)
{
    if (access(options.results, R_OK) != 0)
        fail(USAGE, "%s: %s", options.results, strerror(errno));
    sqlite3 *db = store_open(options.results);
    options.submissions = store_text(
        db, "SELECT submissions FROM run ORDER BY began DESC LIMIT 1", "");
    sqlite3_close(db);
    if (!options.submissions)
        fail(USAGE, "%s: there was no run to go on with", options.results);
    return run();
}
