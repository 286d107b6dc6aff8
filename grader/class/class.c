/* class.c - grades a class of submissions that nobody trusts
 *
 * See usage() for what can be typed.  The folder of the course is where it
 * is started; `make class` builds all it needs.
 */
#define _GNU_SOURCE
#include "class.h"
#include "export.h"
#include "page.h"
#include "store.h"
#include "submission.h"

#include <errno.h>
#include <getopt.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "class - grades a class of submissions that nobody trusts\n"
    "\n"
    "  class run --submissions FOLDER [OPTION]...\n"
    "      Grades every folder and every archive (zip, tar, and what gz, "
    "xz\n"
    "      or zst made of it) in FOLDER, one for each student, and goes "
    "on\n"
    "      where a run was interrupted.  What has points keeps them.\n"
    "  class resume\n"
    "      Goes on with the last run: same folder, same random inputs.\n"
    "  class regrade [--accept]\n"
    "      Grades the same files by the tests as they are now, and shows "
    "who\n"
    "      would change, from what to what, and by which test.  Nothing\n"
    "      counts before --accept.\n"
    "  class export [--format FORMAT --out FOLDER]\n"
    "      The results for others; the gradebook as CSV if nothing is "
    "said.\n"
    "      Empty: nothing was handed in.  \"not graded\": our failure, "
    "run\n"
    "      again.\n"
    "  class roster FILE.csv\n"
    "      Who should be there: student, name.  The student is the name "
    "of\n"
    "      the folder or archive.\n"
    "  class late --deadline TIME [--grace MINUTES] FILE.csv\n"
    "      When it was handed in: student, time.  Each day begun counts.\n"
    "  class similar [--at-least PERCENT]\n"
    "      Files that share what hardly anybody else has written: places "
    "to\n"
    "      look at, not verdicts.\n"
    "  class merge PART.sqlite...\n"
    "      Joins the results of several machines, each of which ran\n"
    "      class run --part K/N; again is harmless.\n"
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
    "  --chapter NN       only that chapter\n"
    "  --only NAME        only that entry of the folder\n"
    "  --part K/N         only the K-th of N parts of the class\n"
    "  --seed N           of the random inputs, the same for everybody\n"
    "                     (drawn, and kept in the results)\n"
    "  --limit SECONDS    for one test (2)\n"
    "  --budget SECONDS   for all tests of one file (120)\n"
    "  --build FOLDER     what make class built (build)\n"
    "\n"
    "Ends with 0, with 1 if something could not be graded, with 2 if the\n"
    "command is wrong, with 3 if nothing could be done.\n";

class_options options = { .results = "results.sqlite",
                          .build = "build",
                          .format = "csv",
                          .require = STRONG,
                          .most = STRONG,
                          .at_least = 50 };

void fail(int status, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    fputs("class: ", stderr);
    vfprintf(stderr, format, values);
    fputc('\n', stderr);
    va_end(values);
    exit(status);
}

char *text(const char *format, ...)
{
    char *made = NULL;
    va_list values;
    va_start(values, format);
    if (vasprintf(&made, format, values) < 0)
        fail(OUR_FAILURE, "out of memory");
    va_end(values);
    return made;
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
        { "part", required_argument, 0, 'p' },
        { "chapter", required_argument, 0, 'n' },
        { "only", required_argument, 0, 'y' },
        { "accept", no_argument, 0, 'a' },
        { "deadline", required_argument, 0, 'd' },
        { "grace", required_argument, 0, 'c' },
        { "at-least", required_argument, 0, 'i' },
        { "format", required_argument, 0, 'f' },
        { "out", required_argument, 0, 'o' },
        { "help", no_argument, 0, 'h' },
        { 0 },
    };
    int end = 0;
    cpu_set_t mine;
    options.jobs = sched_getaffinity(0, sizeof mine, &mine) == 0
                       ? CPU_COUNT(&mine)
                       : sysconf(_SC_NPROCESSORS_ONLN);
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
        case 'p':
            if (sscanf(optarg, "%ld/%ld%n", &options.part, &options.parts,
                       &end) != 2 ||
                optarg[end] || options.part < 1 ||
                options.part > options.parts)
                fail(USAGE, "--part is written 3/8, not %s", optarg);
            break;
        case 'n':
            options.chapter = optarg;
            break;
        case 'y':
            options.only = optarg;
            break;
        case 'a':
            options.accept = true;
            break;
        case 'd':
            options.deadline = optarg;
            break;
        case 'c':
            options.grace = positive(optarg, "grace");
            break;
        case 'i':
            options.at_least = (int)positive(optarg, "at-least");
            break;
        case 'h':
            fputs(usage, stdout);
            fputs("\nFormats:\n", stdout);
            fputs(export_formats, stdout);
            return FINE;
        default:
            return USAGE;
        }
    static const struct {
        const char *name;
        int (*does)(void);
        bool words; /* it takes more of them */
    } commands[] = {
        { "run", run, false },         { "resume", resume, false },
        { "regrade", regrade, false }, { "export", export, false },
        { "roster", roster, true },    { "late", late, true },
        { "similar", similar, false }, { "merge", merge, true },
        { "report", report, false },   { "doctor", doctor, false },
    };
    if (optind == argc) {
        fputs(usage, stderr);
        return USAGE;
    }
    options.more = argv + optind + 1;
    for (size_t k = 0; k < sizeof commands / sizeof *commands; k++)
        if (!strcmp(argv[optind], commands[k].name)) {
            if (*options.more && !commands[k].words)
                fail(USAGE, "%s takes no %s", commands[k].name,
                     *options.more);
            return commands[k].does();
        }
    fail(USAGE, "there is no %s; class --help says what there is",
         argv[optind]);
}
