/* judge.c - grades one student's file of one chapter
 *
 * A libcheck program without any student code in it.  Each test runs in a
 * child that libcheck forks; the child starts a worker, listens, and
 * compares.  A test that fails is run again with the reference in place of
 * the other functions that fail, so that one mistake costs its own points
 * and no others.
 */
#define _GNU_SOURCE
#include "compare.h"
#include "compiler.h"
#include "explain.h"
#include "folder.h"
#include "frame.h"
#include "intake.h"
#include "judge.h"
#include "mistake.h"
#include "names.h"
#include "record.h"
#include "relation.h"
#include "report.h"
#include "serve.h"
#include "class/sandbox.h"
#include "desk/sum.h"

#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { POINTS_MISSING = 1, USAGE = 2, OUR_FAILURE = 3 };
enum { MEMORY = 512 };     /* MiB for one test */
enum { MOST_WORDS = 100 }; /* of the compiler's command */

static struct {
    const char *file, *build, *flavour, *compile, *json, *work;
    uint64_t seed;
    double limit;
    amount how_much;
    bool lasting;
    sandbox box; /* for files that nobody trusts; see confined() */
    const char *lock;
    uid_t uid;
    double
        budget; /* seconds for all tests together, 0: as many as needed */
    const char *tell; /* what is asked for instead of grading, or NULL */
} options = {
    .build = "build", .flavour = "student", .limit = 2, .how_much = NORMAL
};
static double began;

/* Whether this is a run for a class, of a file that nobody trusts. */
static bool confined(void)
{
    return options.box.confine != NULL;
}

/* --- The tests
 * ---------------------------------------------------------------- */

static test *tests, *last_test;
static size_t test_count;
static result *results; /* of the run that is going on, one per test */
static const char **overlays; /* of each test, or NULL in the first run */
static char program[4096];    /* the student's, compiled */
static char top[4096];        /* the folder of the course */
static char sum[SUM];         /* of the student's file, if it matters */

void grader_add_test(test *one)
{
    if (last_test)
        last_test->next = one;
    else
        tests = one;
    last_test = one;
    test_count++;
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static char *in_build(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

static char *in_build(const char *format, ...)
{
    char *rest = NULL, *path = NULL;
    va_list arguments;
    va_start(arguments, format);
    if (vasprintf(&rest, format, arguments) < 0 ||
        asprintf(&path, "%s/%s", options.build, rest) < 0)
        stop(NO_MEMORY, HERE, "out of memory");
    va_end(arguments);
    free(rest);
    return path;
}

/* Seconds on the wall for one test.  A class keeps every processor busy, so
 * there the worker's own time decides, and the wall is far away. */
static double wall(void)
{
    enum { PATIENCE = 5 };
    return confined() ? PATIENCE * options.limit : options.limit;
}

/* A worker knows nothing of whoever started it. */
static char *const worker_environment[] = {
    "LC_ALL=C",
    "PATH=/usr/local/bin:/usr/bin:/bin",
    "ASAN_OPTIONS=detect_leaks=0:exitcode=1:allocator_may_return_null=0:"
    "detect_stack_use_after_return=1:handle_abort=1",
    "UBSAN_OPTIONS=print_stacktrace=1",
    NULL,
};

/* Every .so that the compiler's command names, from entry n of list on. */
static void libraries(const char **list, size_t n)
{
    char *command = strdup(options.compile);
    for (char *word = strtok(command, " "); word && n + 1 < MOST_READ;
         word = strtok(NULL, " ")) {
        size_t size = strlen(word);
        if (size > 3 && !strcmp(word + size - 3, ".so"))
            list[n++] = word[0] == '/' ? shared_text("%s", word)
                                       : shared_text("%s/%s", top, word);
    }
    free(command);
}

/* The words that start a worker, in a jail if the student's file is one
 * that nobody trusts.  which is a function, or - for one that waits.  They
 * hold until the next call. */
static char **worker_words(const char *flavour, const char *student,
                           const char *which, const char *overlay_list)
{
    static char *argv[2 * MOST + 10], seed[32], limit[64];
    size_t n = 0, reads = 0;
    jail j = {
        .start = top, .uid = options.uid, .file = 1, .processes = 64
    };
    bool confine_it = confined() && student == program;
    char *list = strdup(overlay_list ? overlay_list : "");

    argv[n++] = in_build("%s/worker", flavour);
    j.read[reads++] = argv[0];
    if (confine_it && options.box.level >= WEAK) {
        argv[n++] = "-l";
        argv[n++] = (char *)options.lock;
        j.read[reads++] = options.lock;
    }
    for (char *name = strtok(list, " "); name && n < 2 * MOST;
         name = strtok(NULL, " ")) {
        argv[n++] = "-o";
        argv[n++] = in_build("%s/overlay/" CHAPTER "/%s.so", flavour, name);
        if (reads < MOST_READ / 2)
            j.read[reads++] = argv[n - 1];
    }
    free(list);
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)options.seed);
    snprintf(limit, sizeof limit, "%g:%g", options.limit, wall());
    argv[n++] = (char *)student;
    argv[n++] = in_build("%s/tests/" CHAPTER ".so", flavour);
    argv[n++] = seed;
    argv[n++] = limit;
    argv[n++] = (char *)which;
    argv[n] = NULL;
    if (confine_it) {
        j.read[reads++] = student;
        j.read[reads++] = argv[n - 4];
        libraries(j.read, reads);
        j.cpu = (long)options.limit + 2;
        return sandbox_words(&options.box, &j, argv);
    }
    return argv;
}

/* A worker for each list of overlays: it must not be able to read the
 * reference of what it is asked for. */
static struct {
    const char *overlays;
    server *worker;
} workers[MOST];
static size_t worker_count;

static server *worker_with(const char *overlay_list)
{
    for (size_t k = 0; k < worker_count; k++)
        if (!strcmp(workers[k].overlays, overlay_list))
            return workers[k].worker;
    require(worker_count < MOST);
    workers[worker_count].overlays = overlay_list;
    return workers[worker_count++].worker = server_start(
               worker_words(options.flavour, program, "-", overlay_list),
               worker_environment, 10);
}

static void stop_workers(void)
{
    while (worker_count > 0)
        server_stop(workers[--worker_count].worker);
}

/* --- One run of libcheck
 * ------------------------------------------------------ */

/* Whether it is known that a run ended inside that function. */
static bool stopped_in(const result *r, const char *function)
{
    return r->stopped_in && !strcmp(r->stopped_in, function);
}

START_TEST(graded_test)
{
    result *r = &results[_i];
    int late = 0; /* somebody else's endless loop counts twice */
    for (int k = 0; k < _i; k++)
        if (results[k].verdict == LATE &&
            !strcmp(results[k].of->function, r->of->function))
            late += stopped_in(&results[k], r->of->function) ? 1 : 2;
    if (late >= 2) {
        r->verdict = LATE;
        r->what = "was not run: what it needs was too slow before";
        ck_abort_msg("%s", verdict_word(r));
    }
    if (options.budget > 0 && seconds() - began > options.budget) {
        r->verdict = LATE;
        r->untried = true;
        r->what = "was not run: the time for this file was used up";
        ck_abort_msg("%s", verdict_word(r));
    }
    process worker = server_run(
        worker_with(overlays && overlays[_i] ? overlays[_i] : ""),
        (size_t)_i, wall() + 1, MEMORY);
    result_judge(r, &worker, options.file, options.seed, (size_t)_i,
                 options.limit);
    if (r->verdict != PASSED)
        ck_abort_msg("%s", verdict_word(r));
}
END_TEST

/* Run the tests that are wanted, all if wanted is NULL, into r[]. */
static void run_tests(result *r, const char **wanted)
{
    Suite *suite = suite_create(CHAPTER);
    size_t i = 0, expected = 0;

    results = r;
    overlays = wanted;
    for (test *one = tests; one; one = one->next, i++) {
        r[i].of = one;
        if (wanted && !wanted[i])
            continue;
        const char *name = shared_text("%zu", i);
        TCase *tcase = tcase_create(name);
        tcase_set_timeout(tcase, wall() + 4);
        worker_with(wanted ? wanted[i] : "");
        tcase_add_loop_test(tcase, graded_test, (int)i, (int)i + 1);
        suite_add_tcase(suite, tcase);
        expected++;
    }
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_FORK);
    srunner_run_all(runner, CK_SILENT);

    stop_workers();

    /* What is in r[] counts only if libcheck says the same. */
    TestResult **told = srunner_results(runner);
    bool *ran = calloc(test_count, sizeof *ran);
    for (int k = 0; k < srunner_ntests_run(runner); k++) {
        size_t number = strtoul(tr_tcname(told[k]), NULL, 10);
        bool passed = tr_rtype(told[k]) == CK_PASS;
        ran[number] = true;
        if (passed != (r[number].verdict == PASSED) ||
            r[number].verdict == NOT_RUN) {
            r[number].verdict = OURS;
            r[number].what =
                shared_text("the judge failed: %s", tr_msg(told[k]));
        }
    }
    for (i = 0; i < test_count; i++)
        if (!ran[i])
            r[i].verdict = NOT_RUN;
    free(told);
    free(ran);
    srunner_free(runner);
}

/* --- Fairness
 * ------------------------------------------------------------------ */

/* Whether the first failing test of each function, on the same inputs once
 * more, says something else: then no answer of it means anything. */
static void look_for_unstable(result *r)
{
    const char **wanted = calloc(test_count, sizeof *wanted);
    bool any = false;
    for (size_t i = 0; i < test_count; i++) {
        bool first = r[i].verdict == WRONG || r[i].verdict == CRASHED;
        for (size_t k = 0; k < i && first; k++)
            first = !wanted[k] ||
                    strcmp(r[k].of->function, r[i].of->function) != 0;
        if (first)
            wanted[i] = "";
        any = any || first;
    }
    if (any) {
        result *again = shared_new(test_count * sizeof *again);
        run_tests(again, wanted);
        for (size_t i = 0; i < test_count; i++)
            if (wanted[i] && again[i].verdict != OURS)
                r[i].unstable = !result_equal(&r[i], &again[i]);
    }
    free(wanted);
}

static bool fails(const result *r, const char *function)
{
    for (size_t i = 0; i < test_count; i++)
        if (!strcmp(r[i].of->function, function) && r[i].verdict != PASSED)
            return true;
    return false;
}

/* The other functions that fail, and whose reference there is. */
static const char *other_failures(const result *r, const char *function)
{
    const char *list = NULL, *before = "";
    for (test *one = tests; one; one = one->next) {
        if (!strcmp(one->function, before) ||
            !strcmp(one->function, function) || !fails(r, one->function))
            continue;
        before = one->function;
        char *overlay = in_build("%s/overlay/" CHAPTER "/%s.so",
                                 options.flavour, before);
        if (access(overlay, R_OK) == 0 &&
            !(list && strstr(list, shared_text("%s ", before))))
            list = shared_text("%s%s ", list ? list : "", before);
        free(overlay);
    }
    return list;
}

/* Whose fault it was that a run failed: where it stopped, or else those of
 * the list that fail by themselves. */
static const char *to_blame(const result *r, const result *before,
                            const char *list)
{
    const char *words = NULL;
    size_t names = 0;
    char *copy = strdup(list);

    for (char *name = strtok(copy, " "); name; name = strtok(NULL, " ")) {
        if (stopped_in(before, name)) {
            words = shared_text("%s", name);
            names = 1;
            break;
        }
        if (fails(r, name))
            words = names++ ? shared_text("%s and %s", words, name)
                            : shared_text("%s", name);
    }
    free(copy);
    return names == 1 || names == 2
               ? words
               : "the other functions that are not right yet";
}

/* Run what fails again, with the reference of everything else that fails.
 * What passes now was right all along; what does not is what it fails by.
 */
static void follow_through(result *r)
{
    const char **wanted = calloc(test_count, sizeof *wanted);
    bool any = false;
    for (size_t i = 0; i < test_count; i++) {
        const char *function = r[i].of->function;
        if (r[i].verdict != PASSED && r[i].verdict != OURS &&
            !r[i].untried && !stopped_in(&r[i], function))
            wanted[i] = other_failures(r, function);
        any = any || wanted[i];
    }
    if (any) {
        result *again = shared_new(test_count * sizeof *again);
        run_tests(again, wanted);
        result *before = shared_new(test_count * sizeof *before);
        memcpy(before, r, test_count * sizeof *before);
        for (size_t i = 0; i < test_count; i++)
            if (wanted[i] && again[i].verdict != OURS) {
                again[i].followed = again[i].verdict == PASSED;
                again[i].unstable = r[i].unstable && !again[i].followed;
                r[i] = again[i];
            }
        for (size_t i = 0; i < test_count; i++)
            if (wanted[i] && (before[i].verdict != r[i].verdict ||
                              (r[i].verdict == WRONG &&
                               !result_same(&before[i], &r[i]))))
                r[i].with = to_blame(r, &before[i], wanted[i]);
    }
    free(wanted);
}

/* --- Mistakes and relations
 * ---------------------------------------------------- */

/* The tests of one mistake's function, run on that mistake. */
static void run_variant(result *into, const mistake *one)
{
    process all = process_run(
        worker_words("plain", one->program, one->function, NULL),
        worker_environment, wall() + 1);
    const unsigned char *stream = (unsigned char *)all.answers.bytes;
    size_t position = 0, start = 0, number = test_count;
    bool broken = false, more = true;
    frame f;

    while (more) {
        size_t before = position;
        more = frame_next(&f, stream, all.answers.size, &position, &broken);
        if (more && f.kind != READY)
            continue;
        if (number < test_count) { /* the test before ends here */
            process part = all;
            part.answers.bytes += start;
            part.answers.size = before - start;
            result_judge(&into[number], &part, options.file, options.seed,
                         number, options.limit);
        }
        if (more && f.a < test_count) {
            number = f.a;
            start = before;
            into[number].of = tests;
            for (size_t k = 0; k < number; k++)
                into[number].of = into[number].of->next;
        }
    }
    process_free(&all);
}

/* For each function that fails: the mistake that explains it, or else a
 * fact about its numbers. */
static void diagnose(const result *r, const mistake **named,
                     const char **relations)
{
    mistake *list = NULL;
    size_t count = 0;
    const char *before = "";

    for (size_t i = 0; i < test_count; i++) {
        const char *function = r[i].of->function;
        if (r[i].verdict == PASSED || r[i].verdict == UNWRITTEN ||
            r[i].verdict == ABSENT || r[i].verdict == OURS ||
            r[i].untried || !strcmp(function, before))
            continue;
        before = function;
        if (!list)
            count =
                mistakes_read(&list, in_build("mistakes/" CHAPTER "/list"));

        const mistake *found =
            mistake_find(list, count, function, r, test_count, run_variant);
        /* a nan says nothing about a test that has none */
        result *failed[2][MOST];
        size_t failures[2] = { 0 };
        for (size_t k = 0; k < test_count; k++)
            if (!strcmp(r[k].of->function, function) &&
                r[k].verdict == WRONG) {
                bool finite = result_is_finite(&r[k]);
                if (failures[finite] < MOST)
                    failed[finite][failures[finite]++] = (result *)&r[k];
            }
        const char *fact[2] = { NULL, NULL };
        for (int finite = 0; finite < 2 && !found; finite++)
            fact[finite] = relation(failed[finite], failures[finite]);
        for (size_t k = 0; k < test_count; k++)
            if (!strcmp(r[k].of->function, function) &&
                r[k].verdict != PASSED) {
                named[k] = found;
                relations[k] = r[k].verdict == WRONG
                                   ? fact[result_is_finite(&r[k])]
                                   : NULL;
            }
    }
}

/* A contract's function that is not there: perhaps under another name. */
static void look_for_misspelt(result *r)
{
    for (size_t i = 0; i < test_count; i++) {
        int line = 0;
        const char *function = r[i].of->function, *name = NULL;
        if (r[i].verdict == ABSENT && stopped_in(&r[i], function))
            name = misspelt(function, options.file, CHAPTER, &line);
        if (name)
            r[i].what = shared_text("You defined %s in line %d; the "
                                    "contract's name is %s.",
                                    name, line, function);
        else if (r[i].verdict == ABSENT && stopped_in(&r[i], function))
            r[i].what = shared_text("%s is not in your file.", function);
        r[i].line = r[i].line ? r[i].line : line;
    }
}

/* --- The student's file
 * ---------------------------------------------------------- */

/* Compile the file into program.  Every word of the command is an argument;
 * FILE and OUT stand for the two names. */
static process compile(void)
{
    static char *const environment[] = {
        "LC_ALL=C", "PATH=/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin",
        NULL
    };
    char *argv[MOST_WORDS];
    size_t n = 0, reads = 0;
    char *words = strdup(options.compile);
    char *path = getenv("PATH"), *with_path = NULL;
    char folder[sizeof program + 10];
    char *own[] = { environment[0], environment[1], folder, NULL };
    jail j = { .start = top,
               .uid = options.uid,
               .cpu = 20,
               .memory = 4096,
               .file = 64,
               .processes = 64 };
    snprintf(folder, sizeof folder, "TMPDIR=%s", program);
    *strrchr(folder, '/') = '\0';

    if (path && asprintf(&with_path, "PATH=%s", path) > 0)
        own[1] = with_path;
    for (char *word = strtok(words, " "); word && n + 1 < MOST_WORDS;
         word = strtok(NULL, " "))
        argv[n++] = !strcmp(word, "FILE")  ? (char *)options.file
                    : !strcmp(word, "OUT") ? program
                                           : word;
    argv[n] = NULL;
    if (confined()) {
        j.read[reads++] = options.file;
        j.write = strchr(folder, '=') + 1;
        for (size_t k = 1; k < n && reads < MOST_READ / 2; k++) {
            /* the folder of the tests is for nobody to read */
            const char *map = "-Wl,--version-script=";
            if (!strncmp(argv[k], "-I", 2) && strcmp(argv[k], "-Igrader"))
                j.read[reads++] = shared_text("%s/%s", top, argv[k] + 2);
            else if (!strncmp(argv[k], map, strlen(map)))
                j.read[reads++] =
                    shared_text("%s/%s", top, argv[k] + strlen(map));
        }
        libraries(j.read, reads);
    }
    process p = confined() ? sandbox_run(&options.box, &j, argv, own, 20)
                           : process_run(argv, own, 20);
    free(words);
    free(with_path);
    return p;
}

static int total_points(void)
{
    int total = 0;
    for (test *one = tests; one; one = one->next)
        total += one->points;
    return total;
}

/* --- The run
 * -----------------------------------------------------------------------
 */

/* Every end is written down, also that of a file that was never run. */
static int not_run(const char *state)
{
    result *r = shared_new(test_count * sizeof *r);
    size_t i = 0;
    for (test *one = tests; one; one = one->next)
        r[i++].of = one;
    graded g = { .chapter = CHAPTER,
                 .file = options.file,
                 .seed = options.seed,
                 .results = r,
                 .count = test_count,
                 .named = calloc(test_count, sizeof *g.named),
                 .relations = calloc(test_count, sizeof *g.relations),
                 .state = state,
                 .sum = sum[0] ? sum : NULL };
    if (options.json && !report_json(&g, options.json)) {
        fprintf(stderr, "grader: %s: %s\n", options.json, strerror(errno));
        return OUR_FAILURE;
    }
    return POINTS_MISSING;
}

static int grade(void)
{
    printf("%s   seed %llu\n\n", options.file,
           (unsigned long long)options.seed);

    if (options.lasting && !sum_of(sum, options.file))
        sum[0] = '\0';
    const char *refused = intake(options.file);
    if (refused) {
        printf("%s\n\n0 of %d points\n", refused, total_points());
        return not_run("refused");
    }
    process compiler = compile();
    if (!compiler.started || (compiler.exited && compiler.status == 127)) {
        fprintf(stderr, "grader: the compiler could not be started: %s%s\n",
                options.compile,
                confined() && compiler.complained.size
                    ? compiler.complained.bytes
                    : "");
        return OUR_FAILURE;
    }
    if (compiler.late || !compiler.exited || compiler.status != 0) {
        printf("Your file does not compile.  The first error:\n\n");
        if (compiler.late)
            printf("  the compiler did not finish within 20 s\n");
        else
            explain_errors(compiler.complained.bytes, options.file, CHAPTER,
                           options.how_much);
        printf("\n0 of %d points\n", total_points());
        return not_run("does not compile");
    }
    explain_warnings(compiler.complained.bytes, options.file, CHAPTER,
                     options.how_much);
    const char *note = intake_note(options.file);
    if (note)
        printf("%s\n\n", note);

    result *r = shared_new(test_count * sizeof *r);
    const mistake **named = calloc(test_count, sizeof *named);
    const char **relations = calloc(test_count, sizeof *relations);
    run_tests(r, NULL);
    if (confined())
        look_for_unstable(r);
    follow_through(r);
    look_for_misspelt(r);
    diagnose(r, named, relations);

    graded g = {
        .chapter = CHAPTER,
        .file = options.file,
        .seed = options.seed,
        .results = r,
        .count = test_count,
        .named = named,
        .relations = relations,
        .asked = in_build("contracts/" CHAPTER ".tsv"),
        .how_much = options.how_much,
        .sum = sum[0] ? sum : NULL,
    };
    int possible, points = report_print(&g, &possible);
    bool ours = false; /* which must not replace an earlier result */
    for (size_t i = 0; i < test_count; i++)
        ours = ours || r[i].verdict == OURS || r[i].verdict == NOT_RUN;
    if (options.json && !(options.lasting && ours) &&
        !report_json(&g, options.json)) {
        fprintf(stderr, "grader: %s: %s\n", options.json, strerror(errno));
        return OUR_FAILURE;
    }
    for (size_t i = 0; i < test_count; i++)
        if (r[i].verdict == OURS || r[i].verdict == NOT_RUN) {
            fprintf(
                stderr,
                "grader: %s of %s could not be graded; this is no fault "
                "of the file: %s\n",
                r[i].of->name, r[i].of->function,
                r[i].what ? r[i].what : "it did not run");
            return OUR_FAILURE;
        }
    return points == possible ? 0 : POINTS_MISSING;
}

static uint64_t fresh_seed(void)
{
    uint64_t seed = 0;
    if (getrandom(&seed, sizeof seed, 0) != (ssize_t)sizeof seed)
        seed = (uint64_t)getpid();
    return seed % 1000000;
}

static void read_options(int argc, char **argv)
{
    static const struct option known[] = {
        { "file", required_argument, 0, 'f' },
        { "build", required_argument, 0, 'b' },
        { "flavour", required_argument, 0, 'v' },
        { "compile", required_argument, 0, 'c' },
        { "json", required_argument, 0, 'j' },
        { "seed", required_argument, 0, 's' },
        { "lasting", no_argument, 0, 'k' },
        { "limit", required_argument, 0, 'l' },
        { "brief", no_argument, 0, 'B' },
        { "full", no_argument, 0, 'F' },
        { "confine", required_argument, 0, 'C' },
        { "level", required_argument, 0, 'L' },
        { "lock", required_argument, 0, 'K' },
        { "uid", required_argument, 0, 'u' },
        { "budget", required_argument, 0, 'S' },
        { "list", no_argument, 0, 't' },
        { "record", required_argument, 0, 'r' },
        { "work", required_argument, 0, 'w' },
        { 0 },
    };
    char *end = "";
    bool seeded = false;
    for (int o; (o = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        switch (o) {
        case 'f':
            options.file = optarg;
            break;
        case 'b':
            options.build = optarg;
            break;
        case 'v':
            options.flavour = optarg;
            break;
        case 'c':
            options.compile = optarg;
            break;
        case 'j':
            options.json = optarg;
            break;
        case 's':
            options.seed = strtoull(optarg, &end, 10);
            seeded = true;
            break;
        case 'l':
            options.limit = strtod(optarg, &end);
            break;
        case 'C':
            options.box.confine = optarg;
            break;
        case 'L':
            options.box.level = level_of(optarg);
            break;
        case 'K':
            options.lock = optarg;
            break;
        case 'S':
            options.budget = strtod(optarg, &end);
            break;
        case 'u':
            options.uid = (uid_t)strtoul(optarg, &end, 10);
            break;
        case 'w':
            options.work = optarg;
            break;
        case 'k':
            options.lasting = true;
            break;
        case 't':
            options.tell = "";
            break;
        case 'r':
            options.tell = optarg;
            break;
        case 'B':
            options.how_much = BRIEF;
            break;
        case 'F':
            options.how_much = FULL;
            break;
        default:
            exit(USAGE);
        }
        if (*end || options.limit <= 0) {
            fprintf(stderr,
                    "grader: SEED is a whole number and LIMIT a number of "
                    "seconds above 0; '%s' is neither\n",
                    optarg);
            exit(USAGE);
        }
    }
    if (options.tell && optind == argc)
        return;
    if (!options.file || !options.compile || optind != argc ||
        (confined() && (!options.lock || options.box.level == LEVELS))) {
        fprintf(stderr,
                "usage: %s --file FILE --compile COMMAND [--seed N] "
                "[--limit SECONDS] [--brief|--full] [--json FILE "
                "[--lasting]] [--build DIR] [--work DIR]\n"
                "       %s --list, or --record TEST --seed N\n",
                argv[0], argv[0]);
        exit(USAGE);
    }
    if (options.file[0] == '-') /* no option of the compiler's */
        options.file = shared_text("./%s", options.file);
    if (!seeded)
        options.seed = fresh_seed();
}

static const char *work(void)
{
    return options.work ? options.work : options.build;
}

/* A folder of this process's own.  Those of others that were killed go. */
static const char *run_folder(void)
{
    static const char before[] = "run-";
    DIR *all = opendir(work());
    for (struct dirent *one; all && (one = readdir(all));) {
        char *end = "?";
        long pid = strncmp(one->d_name, before, strlen(before)) == 0
                       ? strtol(one->d_name + strlen(before), &end, 10)
                       : 0;
        if (pid > 0 && !*end &&
            (pid == (long)getpid() ||
             (kill((pid_t)pid, 0) != 0 && errno == ESRCH)))
            remove_folder(shared_text("%s/%s", work(), one->d_name));
    }
    if (all)
        closedir(all);
    const char *path =
        shared_text("%s/%s%ld", work(), before, (long)getpid());
    return mkdir(path, 0700) == 0 ? path : NULL;
}

/* For scripts: all tests, or what one is given and expects. */
static int tell(void)
{
    char *end;
    size_t wanted = strtoul(options.tell, &end, 10), number = 0;
    if (!*options.tell) {
        record_list(tests);
        return 0;
    }
    for (test *one = tests; one && !*end; one = one->next, number++)
        if (number == wanted) {
            record_test(one, options.seed, number);
            return 0;
        }
    fprintf(stderr, "grader: there is no test %s\n", options.tell);
    return USAGE;
}

/* A broken rule in the judge is not the student's. */
static void end(trouble kind, place where, const char *why)
{
    (void)kind;
    fprintf(stderr, "grader: %s: %s\n", where.function, why);
    _exit(OUR_FAILURE);
}

int main(int argc, char **argv)
{
    on_stop = end;
    began = seconds();
    setenv("CK_FORK", "yes", 1);
    unsetenv("CK_RUN_CASE");
    unsetenv("CK_RUN_SUITE");
    unsetenv("CK_INCLUDE_TAGS");
    unsetenv("CK_EXCLUDE_TAGS");
    unsetenv("CK_TIMEOUT_MULTIPLIER");
    unsetenv("CK_DEFAULT_TIMEOUT");
    unsetenv("CK_LOG_FILE_NAME");
    unsetenv("CK_XML_LOG_FILE_NAME");
    unsetenv("CK_TAP_LOG_FILE_NAME");
    setvbuf(stdout, NULL, _IOFBF, 1 << 16);
    read_options(argc, argv);
    if (test_count == 0) {
        fprintf(stderr, "grader: this chapter has no tests\n");
        return OUR_FAILURE;
    }

    if (options.tell)
        return tell();

    if (!getcwd(top, sizeof top)) {
        fprintf(stderr, "grader: %s\n", strerror(errno));
        return OUR_FAILURE;
    }
    if (confined()) { /* paths that hold inside as well */
        options.build = realpath(options.build, NULL);
        options.file = realpath(options.file, NULL);
        options.work = realpath(work(), NULL);
#ifdef __linux__
        prctl(PR_SET_DUMPABLE, 0);
#endif
        if (!options.build || !options.file || !options.work) {
            fprintf(stderr, "grader: %s\n", strerror(errno));
            return OUR_FAILURE;
        }
    }
    const char *folder = run_folder();
    if (!folder) {
        fprintf(stderr, "grader: %s: %s\n", work(), strerror(errno));
        return OUR_FAILURE;
    }
    if (confined() && geteuid() == 0 &&
        chown(folder, options.uid, options.uid) != 0) {
        fprintf(stderr, "grader: %s: %s\n", folder, strerror(errno));
        return OUR_FAILURE;
    }
    snprintf(program, sizeof program, "%s/student.so", folder);
    int status = grade();
    fflush(stdout);
    /* with what a compiler left that was ended before it could tidy up */
    remove_folder(folder);
    return status;
}
