/* crew.c - pieces of work on all processors, and what all of them need */
#define _GNU_SOURCE
#include "crew.h"
#include "class.h"
#include "folder.h"
#include "process.h"
#include "sandbox.h"
#include "store.h"
#include "submission.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* --- Before the run --- */

static sandbox find_sandbox(const char *build)
{
    sandbox box = sandbox_find(text("%s/confine", build), options.most);
    if (box.level < options.require)
        fail(OUR_FAILURE,
             "this machine confines only %s, and %s is required (%s).  "
             "class doctor says more; --require %s goes on nevertheless.",
             level_names[box.level], level_names[options.require], box.why,
             level_names[box.level]);
    return box;
}

/* The compiler's command, as make wrote it down. */
static char *command_of(const char *build, const char *chapter)
{
    char *path = text("%s/student/commands/%s", build, chapter);
    char *line = NULL;
    size_t room = 0;
    FILE *in = fopen(path, "r");
    if (!in || getline(&line, &room, in) <= 0)
        fail(OUR_FAILURE, "%s: %s; make class builds it", path,
             strerror(errno));
    fclose(in);
    line[strcspn(line, "\n")] = '\0';
    return line;
}

/* The first line that a program prints, or an empty one. */
static char *first_line(char *const argv[])
{
    process p = process_run(argv, bare_environment, 10);
    char *line = p.started && p.exited && p.status == 0
                     ? strdup(p.printed.bytes)
                     : strdup("");
    line[strcspn(line, "\n")] = '\0';
    process_free(&p);
    return line;
}

/* All that a grade of this chapter depends on, but for the file itself. */
static char *identity_of(const class_run *c, size_t k, const char *compiler)
{
    static const char *const pieces[] = { "judge/%s",
                                          "student/tests/%s.so",
                                          "mistakes/%s/list",
                                          "contracts/%s.tsv",
                                          "student/worker",
                                          "student/toolbox.so",
                                          "lock.so",
                                          "confine",
                                          NULL };
    char all[65 * 10] = "", sum[65] = "", hex[65];
    for (size_t i = 0; pieces[i]; i++) {
        const char *gap = strstr(pieces[i], "%s");
        char *path =
            gap ? text("%s/%.*s%s%s", c->build, (int)(gap - pieces[i]),
                       pieces[i], c->chapters[k], gap + 2)
                : text("%s/%s", c->build, pieces[i]);
        if (!digest_file(hex, path))
            fail(OUR_FAILURE, "%s: %s; make class builds it", path,
                 strerror(errno));
        strcat(all, hex);
    }
    char *folder = text("%s/student/overlay/%s", c->build, c->chapters[k]);
    struct dirent **names;
    int count = scandir(folder, &names, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        if (names[i]->d_name[0] != '.' &&
            digest_file(hex, text("%s/%s", folder, names[i]->d_name)))
            digest(sum, sum, names[i]->d_name, hex, NULL);
        free(names[i]);
    }
    char seed[100];
    snprintf(seed, sizeof seed, "%llu %g %g", (unsigned long long)c->seed,
             c->limit, c->budget);
    digest(hex, all, sum, c->compile[k], compiler, seed, NULL);
    return strdup(hex);
}

static const char *now(void)
{
    static char stamp[40];
    time_t t = time(NULL);
    strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", gmtime(&t));
    return stamp;
}

/* Of the chapters, only the one of that number. */
static void keep_chapter(char **chapters, const char *number)
{
    size_t size = strlen(number), kept = 0;
    for (size_t k = 0; chapters[k]; k++)
        if (!strncmp(chapters[k], number, size) && chapters[k][size] == '-')
            chapters[kept++] = chapters[k];
    chapters[kept] = NULL;
    if (kept == 0)
        fail(USAGE, "there is no chapter %s", number);
}

/* A folder for these results, and nobody else at work in it.  What a run
 * that was killed has left there goes. */
static char *work_folder(const char *build)
{
    char *path = realpath(options.results, NULL), hex[65];
    digest(hex, path ? path : options.results, NULL);
    char *folder = text("%s/class-%.16s", build, hex);
    int lock =
        open(text("%s.lock", folder), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    for (int tries = 0; lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) != 0;
         tries++) {
        if (tries == 50)
            fail(OUR_FAILURE, "another run is writing %s", options.results);
        nanosleep(&(struct timespec){ 0, 100000000 }, NULL);
    }
    remove_folder(folder);
    if (lock < 0 || mkdir(folder, 0755) != 0)
        fail(OUR_FAILURE, "%s: %s", folder, strerror(errno));
    return folder;
}

static uint64_t fresh_number(void)
{
    uint64_t fresh = 0;
    if (getrandom(&fresh, sizeof fresh, 0) != (ssize_t)sizeof fresh)
        fail(OUR_FAILURE, "no random numbers: %s", strerror(errno));
    return fresh;
}

/* What the last run was told, and this one was not. */
static void as_before(sqlite3 *db)
{
    if (!options.seeded)
        options.seed = (uint64_t)store_number(
            db, (long)(fresh_number() % 1000000),
            "SELECT seed FROM run ORDER BY began DESC LIMIT 1", "");
    sqlite3_stmt *s = store_ask(db,
                                "SELECT test_limit, budget FROM run"
                                " ORDER BY began DESC LIMIT 1",
                                "");
    while (store_next(s)) {
        if (options.limit <= 0)
            options.limit = sqlite3_column_double(s, 0);
        if (options.budget <= 0)
            options.budget = sqlite3_column_double(s, 1);
    }
    if (options.limit <= 0)
        options.limit = 2;
    if (options.budget <= 0)
        options.budget = 120;
}

class_run crew_prepare(sqlite3 *db)
{
    static sandbox box;
    char *build = realpath(options.build, NULL);
    if (!build)
        fail(USAGE, "%s: %s", options.build, strerror(errno));
    prctl(PR_SET_DUMPABLE, 0);
    box = find_sandbox(build);
    as_before(db);
    class_run c = { .build = build,
                    .root_folder = -1,
                    .work = work_folder(build),
                    .chapters = chapters_of("."),
                    .box = &box,
                    .seed = options.seed,
                    .limit = options.limit,
                    .budget = options.budget };
    if (!c.chapters[0])
        fail(USAGE, "no exercises/ here; start me in the course's folder");
    if (options.chapter)
        keep_chapter(c.chapters, options.chapter);
    c.compile = calloc(MOST_CHAPTERS + 1, sizeof *c.compile);
    c.identity = calloc(MOST_CHAPTERS + 1, sizeof *c.identity);
    char *compiler = "";
    for (size_t k = 0; c.chapters[k]; k++) {
        c.compile[k] = command_of(build, c.chapters[k]);
        if (k == 0)
            compiler = first_line((char *[]){
                text("%.*s", (int)strcspn(c.compile[k], " "), c.compile[k]),
                "--version", NULL });
        c.identity[k] = identity_of(&c, k, compiler);
    }
    char *course = first_line(
        (char *[]){ "git", "describe", "--always", "--dirty", NULL });
    c.run = text("%s-%016llx", now(), (unsigned long long)fresh_number());
    store_do(db,
             "INSERT INTO run VALUES(?, ?, NULL, ?, ?, ?, ?, ?, ?, ?, ?,"
             " ?)",
             "ttiddttttit", c.run, now(), (long)c.seed, c.limit, c.budget,
             level_names[box.level], box.why, course, compiler,
             options.jobs, options.submissions);
    fprintf(stderr, "isolation: %s%s%s%s\n", level_names[box.level],
            *box.why ? " (" : "", box.why, *box.why ? ")" : "");
    return c;
}

/* --- The work --- */

static volatile sig_atomic_t stopped;

static void on_stop(int signal_number)
{
    (void)signal_number;
    stopped = 1;
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void progress(long done, long all, double began, bool last)
{
    double spent = seconds() - began;
    double rate = spent > 0 ? (double)done / spent : 0;
    if (isatty(2))
        fprintf(stderr, "\r%ld of %ld, %.1f each second, %.0f s left   %s",
                done, all, rate,
                rate > 0 ? (double)(all - done) / rate : 0.0,
                last ? "\n" : "");
    else if (last)
        fprintf(stderr, "%ld of %ld, %.1f each second\n", done, all, rate);
}

/* One piece of work: a submission, or bytes of a chapter once more. */
typedef struct {
    long number; /* of the submission */
    char *name;  /* of the submission, or the hash of the bytes */
    char *stem;  /* of the chapter, or NULL */
} piece;

static bool grade_piece(sqlite3 *db, const class_run *c, const piece *p,
                        int slot)
{
    if (!p->stem)
        return grade_submission(db, c, p->number, p->name, slot);
    for (size_t k = 0; c->chapters[k]; k++)
        if (!strcmp(c->chapters[k], p->stem))
            return grade_content(db, c, k, p->name, slot);
    return true; /* a chapter that is no more */
}

/* Each piece in a process of its own, which dies with this one. */
static pid_t begin(const class_run *c, const piece *p, int slot)
{
    pid_t parent = getpid(), child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
            _exit(OUR_FAILURE);
        signal(SIGINT, SIG_IGN); /* what was begun is finished */
        sqlite3 *db = store_open(options.results);
        bool good = grade_piece(db, c, p, slot);
        sqlite3_close(db);
        _exit(good ? FINE : NOT_GRADED);
    }
    return child;
}

long crew_grade(sqlite3 *db, const class_run *c, long all,
                const char *question)
{
    struct sigaction stop_action = { .sa_handler = on_stop };
    sigaction(SIGINT, &stop_action, NULL);
    sigaction(SIGTERM, &stop_action, NULL);
    pid_t *slots = calloc((size_t)options.jobs, sizeof *slots);
    long done = 0, failed = 0, busy = 0;
    double began = seconds();
    sqlite3_stmt *next = store_ask(db, question, "");
    bool more = true;
    while (more || busy > 0) {
        int k = 0;
        while (k < options.jobs && slots[k])
            k++;
        if (more && stopped) {
            sqlite3_finalize(next);
            more = false;
        }
        if (more && k < options.jobs) {
            more = store_next(next);
            if (!more)
                continue;
            const char *stem = (const char *)sqlite3_column_text(next, 2);
            piece p = { (long)sqlite3_column_int64(next, 0),
                        strndup(sqlite3_column_blob(next, 1),
                                (size_t)sqlite3_column_bytes(next, 1)),
                        stem ? strdup(stem) : NULL };
            slots[k] = begin(c, &p, k);
            free(p.name);
            free(p.stem);
            if (slots[k] < 0)
                fail(OUR_FAILURE, "no process: %s", strerror(errno));
            busy++;
            continue;
        }
        int status;
        pid_t ended = waitpid(-1, &status, 0);
        for (k = 0; k < options.jobs; k++)
            if (ended > 0 && slots[k] == ended) {
                slots[k] = 0;
                busy--;
                done++;
                failed += !WIFEXITED(status) || WEXITSTATUS(status) != FINE;
            }
        progress(done, all, began, false);
    }
    progress(done, all, began, true);
    free(slots);
    return failed;
}

void crew_finish(sqlite3 *db, const class_run *c)
{
    remove_folder(c->work);
    unlink(text("%s.lock", c->work));
    if (!stopped)
        store_do(db, "UPDATE run SET ended = ? WHERE id = ?", "tt", now(),
                 c->run);
}

int crew_status(long failed)
{
    if (failed)
        fprintf(stderr,
                "%ld could not be graded, and that is no fault of theirs: "
                "run again\n",
                failed);
    return failed ? NOT_GRADED : FINE;
}
