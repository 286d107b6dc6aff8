/* class.c - grades a class of submissions that nobody trusts
 *
 * See usage() for what can be typed.  The folder of the course is where it
 * is started; `make class` builds all it needs.
 */
#define _GNU_SOURCE
#include "export.h"
#include "grade.h"
#include "page.h"
#include "sandbox.h"
#include "store.h"
#include "submission.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdarg.h>
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

enum { FINE = 0, NOT_GRADED = 1, USAGE = 2, OUR_FAILURE = 3 };

static const char usage[] =
    "class - grades a class of submissions that nobody trusts\n"
    "\n"
    "  class run --submissions FOLDER [OPTION]...\n"
    "      Grades every folder and every archive (zip, tar, and what gz, "
    "xz\n"
    "      or zst made of it) in FOLDER, one for each student, and goes "
    "on\n"
    "      where a run was interrupted.  What was graded before, byte for\n"
    "      byte and by the same tests, is not graded again.\n"
    "  class export [--results FILE]\n"
    "      The gradebook as CSV: a line for each student, a column for "
    "each\n"
    "      chapter.  Empty: nothing was handed in.  \"not graded\": our\n"
    "      failure, run again.\n"
    "  class report [--results FILE] --out FOLDER\n"
    "      FOLDER/class.html for whoever teaches the class, and in\n"
    "      FOLDER/students what each student reads, as HTML and Markdown.\n"
    "  class doctor\n"
    "      Which sandbox this machine has, and why not a stronger one.\n"
    "\n"
    "  --results FILE     the database (results.sqlite)\n"
    "  --require LEVEL    STRONG, MEDIUM, WEAK or NONE: refuse to begin "
    "with\n"
    "                     less (STRONG)\n"
    "  --level LEVEL      no more than that, to try it\n"
    "  --jobs N           so many at once (as there are processors)\n"
    "  --seed N           of the random inputs, the same for everybody\n"
    "                     (drawn, and kept in the results)\n"
    "  --limit SECONDS    for one test (2); --budget SECONDS for one file "
    "(120)\n"
    "  --build FOLDER     what make class built (build)\n"
    "\n"
    "Ends with 0, with 1 if something could not be graded, with 2 if the\n"
    "command is wrong, with 3 if nothing could be done.\n";

static struct {
    const char *submissions, *results, *build, *format, *out;
    level require, most;
    long jobs;
    uint64_t seed;
    bool seeded;
    double limit, budget;
} options = { .results = "results.sqlite",
              .build = "build",
              .format = "csv",
              .require = STRONG,
              .most = STRONG,
              .limit = 2,
              .budget = 120 };

static void fail(int status, const char *format, ...)
    __attribute__((noreturn, format(printf, 2, 3)));

static void fail(int status, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    fputs("class: ", stderr);
    vfprintf(stderr, format, values);
    fputc('\n', stderr);
    va_end(values);
    exit(status);
}

static char *text(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

static char *text(const char *format, ...)
{
    char *made = NULL;
    va_list values;
    va_start(values, format);
    if (vasprintf(&made, format, values) < 0)
        fail(OUR_FAILURE, "out of memory");
    va_end(values);
    return made;
}

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

/* All that a grade of this chapter depends on, but for the file itself. */
static char *identity_of(const class_run *c, size_t k)
{
    static const char *const pieces[] = { "judge/%s", "student/tests/%s.so",
                                          NULL };
    char all[65 * 8] = "", hex[65];
    for (size_t i = 0; pieces[i]; i++) {
        char *piece = text(pieces[i], c->chapters[k]);
        char *path = text("%s/%s", c->build, piece);
        if (!digest_file(hex, path))
            fail(OUR_FAILURE, "%s: %s; make class builds it", path,
                 strerror(errno));
        strcat(all, hex);
        free(piece);
        free(path);
    }
    static const char *const shared[] = { "student/worker", "lock.so",
                                          "confine", NULL };
    for (size_t i = 0; shared[i]; i++) {
        char *path = text("%s/%s", c->build, shared[i]);
        if (!digest_file(hex, path))
            fail(OUR_FAILURE, "%s: %s; make class builds it", path,
                 strerror(errno));
        strcat(all, hex);
        free(path);
    }
    char seed[100];
    snprintf(seed, sizeof seed, "%llu %g %g", (unsigned long long)c->seed,
             c->limit, c->budget);
    digest(hex, all, c->compile[k], seed, NULL);
    return strdup(hex);
}

/* Every entry of the folder has a row; what is new is added. */
static void list_submissions(sqlite3 *db, int root)
{
    DIR *all = fdopendir(dup(root));
    if (!all)
        fail(OUR_FAILURE, "%s: %s", options.submissions, strerror(errno));
    store_do(db, "BEGIN IMMEDIATE", "");
    for (struct dirent *one; (one = readdir(all));) {
        if (one->d_name[0] == '.')
            continue;
        char *name = shown(one->d_name);
        store_do(db,
                 "INSERT OR IGNORE INTO submission(name, shown)"
                 " VALUES(?, ?)",
                 "bt", one->d_name, strlen(one->d_name), name);
        free(name);
    }
    store_do(db, "COMMIT", "");
    closedir(all);
}

static const char *now(void)
{
    static char stamp[40];
    time_t t = time(NULL);
    strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", gmtime(&t));
    return stamp;
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

/* --- The run --- */

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

typedef struct {
    pid_t pid;
    long number;
} slot;

/* Each submission in a process of its own, which dies with this one. */
static pid_t begin(const class_run *c, long number, const char *name, int k)
{
    pid_t parent = getpid(), child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
            _exit(OUR_FAILURE);
        signal(SIGINT, SIG_IGN); /* what was begun is finished */
        sqlite3 *db = store_open(options.results);
        bool good = grade_submission(db, c, number, name, k);
        sqlite3_close(db);
        _exit(good ? FINE : NOT_GRADED);
    }
    return child;
}

static int run(void)
{
    if (!options.submissions)
        fail(USAGE, "run needs --submissions FOLDER");
    char *build = realpath(options.build, NULL);
    char *root = realpath(options.submissions, NULL);
    int root_folder =
        root ? open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (!build || root_folder < 0)
        fail(USAGE, "%s: %s", build ? options.submissions : options.build,
             strerror(errno));
    sandbox box = find_sandbox(build);
    prctl(PR_SET_DUMPABLE, 0);

    sqlite3 *db = store_open(options.results);
    if (!options.seeded) {
        uint64_t fresh = 0;
        if (getrandom(&fresh, sizeof fresh, 0) != (ssize_t)sizeof fresh)
            fail(OUR_FAILURE, "no random numbers: %s", strerror(errno));
        options.seed = (uint64_t)store_number(
            db, (long)(fresh % 1000000),
            "SELECT seed FROM run ORDER BY id DESC LIMIT 1", "");
    }
    store_do(db,
             "INSERT INTO run(began, seed, level, why, jobs)"
             " VALUES(?, ?, ?, ?, ?)",
             "titti", now(), (long)options.seed, level_names[box.level],
             box.why, options.jobs);
    class_run c = { .build = build,
                    .root = root,
                    .root_folder = root_folder,
                    .work = work_folder(build),
                    .chapters = chapters_of("."),
                    .box = &box,
                    .run = (long)sqlite3_last_insert_rowid(db),
                    .seed = options.seed,
                    .limit = options.limit,
                    .budget = options.budget };
    if (!c.chapters[0])
        fail(USAGE, "no exercises/ here; start me in the course's folder");
    c.compile = calloc(MOST_CHAPTERS + 1, sizeof *c.compile);
    c.identity = calloc(MOST_CHAPTERS + 1, sizeof *c.identity);
    for (size_t k = 0; c.chapters[k]; k++) {
        c.compile[k] = command_of(build, c.chapters[k]);
        c.identity[k] = identity_of(&c, k);
    }

    list_submissions(db, root_folder);
    long all = store_number(db, 0, "SELECT count(*) FROM submission", "");
    fprintf(stderr, "isolation: %s%s%s%s\n%ld submissions, seed %llu\n",
            level_names[box.level], *box.why ? " (" : "", box.why,
            *box.why ? ")" : "", all, (unsigned long long)options.seed);

    struct sigaction stop_action = { .sa_handler = on_stop };
    sigaction(SIGINT, &stop_action, NULL);
    sigaction(SIGTERM, &stop_action, NULL);
    slot *slots = calloc((size_t)options.jobs, sizeof *slots);
    long done = 0, ours = 0, busy = 0;
    double began = seconds();
    sqlite3_stmt *next =
        store_ask(db, "SELECT id, name FROM submission ORDER BY name", "");
    bool more = true;
    while (more || busy > 0) {
        int k = 0;
        while (k < options.jobs && slots[k].pid)
            k++;
        more = more && !stopped;
        if (more && k < options.jobs) {
            more = store_next(next);
            if (!more)
                continue;
            char *name = strndup(sqlite3_column_blob(next, 1),
                                 (size_t)sqlite3_column_bytes(next, 1));
            slots[k].number = (long)sqlite3_column_int64(next, 0);
            slots[k].pid = begin(&c, slots[k].number, name, k);
            free(name);
            if (slots[k].pid < 0)
                fail(OUR_FAILURE, "no process: %s", strerror(errno));
            busy++;
            continue;
        }
        int status;
        pid_t ended = waitpid(-1, &status, 0);
        for (k = 0; k < options.jobs; k++)
            if (ended > 0 && slots[k].pid == ended) {
                slots[k].pid = 0;
                busy--;
                done++;
                ours += !WIFEXITED(status) || WEXITSTATUS(status) != FINE;
            }
        progress(done, all, began, false);
    }
    progress(done, all, began, true);
    remove_folder(c.work);
    unlink(text("%s.lock", c.work));
    if (!stopped)
        store_do(db, "UPDATE run SET ended = ? WHERE id = ?", "ti", now(),
                 c.run);
    sqlite3_close(db);
    if (ours)
        fprintf(stderr,
                "%ld could not be graded, and that is no fault of theirs: "
                "run again\n",
                ours);
    return ours ? NOT_GRADED : FINE;
}

/* --- What comes out --- */

static sqlite3 *open_results(void)
{
    if (access(options.results, R_OK) != 0)
        fail(USAGE, "%s: %s", options.results, strerror(errno));
    return store_open(options.results);
}

static int export(void)
{
    sqlite3 *db = open_results();
    bool good =
        export_as(db, options.format, options.out, chapters_of("."));
    sqlite3_close(db);
    return good ? FINE : USAGE;
}

static int report(void)
{
    if (!options.out)
        fail(USAGE, "report needs --out FOLDER");
    sqlite3 *db = open_results();
    bool good = page_write(db, options.out, options.build);
    sqlite3_close(db);
    return good ? FINE : OUR_FAILURE;
}

static int doctor(void)
{
    char *build = realpath(options.build, NULL);
    if (!build)
        fail(USAGE, "%s: %s", options.build, strerror(errno));
    sandbox box = sandbox_find(text("%s/confine", build), STRONG);
    printf("isolation: %s\n", level_names[box.level]);
    if (*box.why)
        printf("not more, because %s\n", box.why);
    return box.level == STRONG ? FINE : NOT_GRADED;
}

static level level_option(const char *name)
{
    level l = level_of(name);
    if (l == LEVELS)
        fail(USAGE, "%s is no level; there are STRONG, MEDIUM, WEAK, NONE",
             name);
    return l;
}

static double positive(const char *words, const char *option)
{
    char *end;
    double value = strtod(words, &end);
    if (*end || end == words || !(value > 0))
        fail(USAGE, "--%s needs a number above 0, not %s", option, words);
    return value;
}

int main(int argc, char **argv)
{
    static const struct option known[] = {
        { "submissions", required_argument, 0, 's' },
        { "results", required_argument, 0, 'r' },
        { "require", required_argument, 0, 'q' },
        { "level", required_argument, 0, 'l' },
        { "jobs", required_argument, 0, 'j' },
        { "seed", required_argument, 0, 'e' },
        { "limit", required_argument, 0, 't' },
        { "budget", required_argument, 0, 'g' },
        { "build", required_argument, 0, 'b' },
        { "format", required_argument, 0, 'f' },
        { "out", required_argument, 0, 'o' },
        { "help", no_argument, 0, 'h' },
        { 0 },
    };
    options.jobs = sysconf(_SC_NPROCESSORS_ONLN);
    for (int o; (o = getopt_long(argc, argv, "", known, NULL)) != -1;)
        switch (o) {
        case 's':
            options.submissions = optarg;
            break;
        case 'r':
            options.results = optarg;
            break;
        case 'q':
            options.require = level_option(optarg);
            break;
        case 'l':
            options.most = level_option(optarg);
            break;
        case 'j':
            options.jobs = (long)positive(optarg, "jobs");
            break;
        case 'e':
            options.seed = (uint64_t)positive(optarg, "seed");
            options.seeded = true;
            break;
        case 't':
            options.limit = positive(optarg, "limit");
            break;
        case 'g':
            options.budget = positive(optarg, "budget");
            break;
        case 'b':
            options.build = optarg;
            break;
        case 'f':
            options.format = optarg;
            break;
        case 'o':
            options.out = optarg;
            break;
        case 'h':
            fputs(usage, stdout);
            fputs("\nFormats:\n", stdout);
            fputs(export_formats, stdout);
            return FINE;
        default:
            return USAGE;
        }
    const char *what = optind < argc ? argv[optind] : "";
    if (optind + 1 != argc) {
        fputs(usage, stderr);
        return USAGE;
    }
    if (!strcmp(what, "run"))
        return run();
    if (!strcmp(what, "export"))
        return export();
    if (!strcmp(what, "report"))
        return report();
    if (!strcmp(what, "doctor"))
        return doctor();
    fail(USAGE,
         "there is no %s; there are run, export, report and "
         "doctor",
         what);
}
