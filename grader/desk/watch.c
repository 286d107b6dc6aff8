#define _GNU_SOURCE
#include "watch.h"
#include "files.h"
#include "run.h"
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    LOOK = 1000,    /* milliseconds between two looks at the files */
    SETTLE = 200,   /* a file is graded when it was still for so long, */
    AT_MOST = 1000, /* or this long after it was saved first */
    NO_TARGET = 99  /* what the command for a hint says if there is none */
};

typedef enum { NOTHING, GRADE, HINT, PLOT } task;

static struct {
    desk *desk;
    char *make;
    pid_t parent; /* we end when it does */
    files *files;
    bool keys;   /* standard input is a terminal */
    size_t here; /* the chapter that h and p are about */

    /* Of each chapter: when it was saved, first and last, since it was
     * graded, and when to grade it; 0: not at all. */
    long *first, *due;

    task doing; /* what runs */
    size_t of;  /* for this chapter */
    run run;
    size_t reported; /* whose report that is, or the number of chapters */
    char *report;
    bool hint_wanted; /* when the report is there */
    char waiting[64]; /* keys for when what runs has ended */
    size_t waiting_count;
    bool quit;
} w;

static long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000 + 1;
}

/* --- Signals --- */

static int wake[2]; /* each signal is a byte here */

static void on_signal(int number)
{
    int error = errno;
    char byte = (char)number;
    ssize_t written = write(wake[1], &byte, 1);
    (void)written;
    errno = error;
}

/* A fault of our own must not cost the terminal. */
static void on_fault(int number)
{
    terminal_give_back();
    signal(number, SIG_DFL);
    raise(number);
}

static void handle(int number, void (*with)(int))
{
    struct sigaction action = { .sa_handler = with };
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

static bool listen_to_signals(void)
{
    static const int heard[] = { SIGINT,  SIGTERM, SIGHUP, SIGQUIT,
                                 SIGTSTP, SIGCONT, SIGCHLD };
    static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL,
                                  SIGABRT };
    if (pipe(wake) != 0)
        return false;
    for (int k = 0; k < 2; k++) {
        fcntl(wake[k], F_SETFL, O_NONBLOCK);
        fcntl(wake[k], F_SETFD, FD_CLOEXEC);
    }
    for (size_t k = 0; k < sizeof heard / sizeof *heard; k++)
        handle(heard[k], on_signal);
    for (size_t k = 0; k < sizeof faults / sizeof *faults; k++)
        handle(faults[k], on_fault);
    signal(SIGPIPE, SIG_IGN);
    return true;
}

/* --- What is said --- */

static const chapter *here(void)
{
    return &w.desk->chapters[w.here];
}

/* The last line, after everything. */
static void say_keys(void)
{
    if (w.keys)
        printf("\nkeys: n next   h hint   p plot   l list   c check all   "
               "q quit\n");
    else
        printf("\n");
    fflush(stdout);
}

static void say_here(void)
{
    const chapter *c = here();
    printf("%.2s %s: %d of %d points\n", c->name, c->title, c->last.points,
           c->possible);
    desk_advise(w.desk, w.here, NULL);
    printf("      save   it, and it is graded\n");
}

/* The hint of the last report, from its line to the next empty one. */
static void say_hint(void)
{
    const char *at = w.report ? strstr(w.report, "\n  Hint: ") : NULL;
    if (!at) {
        printf("The last report of %.2s has no hint; the lesson is\n"
               "chapters/%s/lesson.md\n",
               here()->name, here()->name);
        return;
    }
    at++;
    const char *end = strstr(at, "\n\n");
    printf("%.*s\n", (int)(end ? end - at : (long)strlen(at)), at);
}

/* --- What runs --- */

static bool begin(task what, size_t of, char *const argv[])
{
    if (!run_start(&w.run, argv))
        return false;
    w.doing = what;
    w.of = of;
    return true;
}

static void grade(size_t k)
{
    const chapter *c = &w.desk->chapters[k];
    char number[3],
        *argv[] = { w.make, "-s", "--no-print-directory", number, NULL };
    char clock[20];
    time_t t = time(NULL);
    w.first[k] = w.due[k] = 0;
    w.here = k;
    snprintf(number, sizeof number, "%.2s", c->name);
    strftime(clock, sizeof clock, "%H:%M:%S", localtime(&t));
    printf("\n--- %s  make %s  %s\n\n", clock, number, c->file);
    begin(GRADE, k, argv);
}

static void graded(int status)
{
    free(w.report);
    w.report = w.run.said;
    w.run.said = NULL;
    w.reported = w.of;
    desk_look(w.desk);
    const chapter *c = &w.desk->chapters[w.of];
    if (WIFSIGNALED(status))
        printf("make %.2s was ended by signal %d\n", c->name,
               WTERMSIG(status));
    else if (WEXITSTATUS(status) != 0)
        printf("make %.2s could not grade; what it said is above\n",
               c->name);
    else if (chapter_done(c) && !c->edited) {
        size_t next = desk_after(w.desk, w.of);
        printf("\nThat is every point of %.2s %s.\n", c->name, c->title);
        if (next < w.desk->count)
            printf("%s%.2s %s comes next.\n", w.keys ? "Type n: " : "",
                   w.desk->chapters[next].name,
                   w.desk->chapters[next].title);
        else
            printf("Every point of every chapter is earned.\n");
    }
    if (w.hint_wanted) {
        printf("\n");
        say_hint();
    }
    w.hint_wanted = false;
}

static void ended(int status)
{
    task was = w.doing;
    w.doing = NOTHING;
    if (was == GRADE)
        graded(status);
    if (was == HINT && WIFEXITED(status) &&
        WEXITSTATUS(status) == NO_TARGET) {
        if (w.reported == w.here) {
            say_hint();
        } else {
            printf("A hint needs a report first.\n");
            w.hint_wanted = true;
            grade(w.here);
            return;
        }
    }
    if (was == PLOT && status != 0)
        printf("The figures could not be drawn; why is above.\n");
    say_keys();
}

/* --- Keys --- */

static void hint(void)
{
    static char script[] = "\"$0\" -n \"$1\" > /dev/null 2>&1 || exit 99\n"
                           "exec \"$0\" -s --no-print-directory \"$1\"";
    char target[10];
    char *argv[] = { "sh", "-c", script, w.make, target, NULL };
    snprintf(target, sizeof target, "hint-%.2s", here()->name);
    printf("\n");
    begin(HINT, w.here, argv);
}

static void plot(void)
{
    char target[10];
    char *argv[] = { w.make, "-s", "--no-print-directory", target, NULL };
    snprintf(target, sizeof target, "plot-%.2s", here()->name);
    printf("\n--- make %s\n\n", target);
    begin(PLOT, w.here, argv);
}

static void next(void)
{
    desk_look(w.desk);
    size_t k = desk_after(w.desk, w.here);
    printf("\n");
    if (k == w.desk->count) {
        printf("Every point of every chapter is earned.\n");
    } else {
        w.here = k;
        say_here();
    }
    say_keys();
}

static void check_all(void)
{
    bool any = false;
    desk_look(w.desk);
    for (size_t k = 0; k < w.desk->count; k++)
        if (w.desk->chapters[k].begun) {
            w.first[k] = w.due[k] = now();
            any = true;
        }
    if (!any) {
        printf("\nNo chapter is begun.\n");
        say_keys();
    }
}

static void obey(char key)
{
    switch (key) {
    case 'n':
        next();
        break;
    case 'h':
        hint();
        break;
    case 'p':
        plot();
        break;
    case 'l':
        printf("\n");
        desk_show(w.desk);
        say_keys();
        break;
    case 'c':
        check_all();
        break;
    case '\n':
    case '\r':
        say_keys();
        break;
    default: /* a key for nothing says nothing */
        break;
    }
}

/* The terminal is given back until fg; with whoever started us. */
static void pause_here(void)
{
    terminal_give_back();
    handle(SIGTSTP, SIG_DFL);
    kill(0, SIGTSTP);
    handle(SIGTSTP, on_signal);
    if (w.keys && terminal_take() && w.doing == NOTHING)
        say_keys();
}

/* While something is graded only q and ^Z are keys; while a hint or a
 * figure is made, the others wait. */
static void read_keys(void)
{
    char keys[64];
    ssize_t size = read(0, keys, sizeof keys);
    if (size == 0 || (size < 0 && errno == EIO))
        w.quit = true; /* the terminal is gone */
    for (ssize_t k = 0; k < size; k++) {
        if (keys[k] == 'q' || keys[k] == 4) /* ^D, without ICANON */
            w.quit = true;
        else if (keys[k] == SUSPEND)
            pause_here();
        else if (w.doing != GRADE && w.waiting_count < sizeof w.waiting)
            w.waiting[w.waiting_count++] = keys[k];
    }
}

/* Before anything is graded, so that none of them is lost. */
static void obey_keys(void)
{
    while (w.doing == NOTHING && w.waiting_count > 0 && !w.quit) {
        char key = w.waiting[0];
        memmove(w.waiting, w.waiting + 1, --w.waiting_count);
        obey(key);
    }
}

/* --- The loop --- */

static void look(void)
{
    bool *saved = calloc(w.desk->count, sizeof *saved);
    if (saved && files_look(w.files, saved))
        for (size_t k = 0; k < w.desk->count; k++) {
            if (!saved[k])
                continue;
            long t = now();
            if (!w.first[k])
                w.first[k] = t;
            w.due[k] = t + SETTLE < w.first[k] + AT_MOST
                           ? t + SETTLE
                           : w.first[k] + AT_MOST;
        }
    free(saved);
}

/* Grade what is due, the chapter of the last report before others. */
static void grade_next(void)
{
    long t = now();
    size_t count = w.desk->count;
    for (size_t k = 0; k < count && w.doing == NOTHING; k++) {
        size_t one = (w.here + k) % count;
        if (w.due[one] && w.due[one] <= t)
            grade(one);
    }
}

/* Milliseconds until something must be done by itself. */
static int patience(void)
{
    long wait = LOOK, t = now();
    for (size_t k = 0; k < w.desk->count && w.doing == NOTHING; k++)
        if (w.due[k] && w.due[k] - t < wait)
            wait = w.due[k] - t;
    return wait < 0 ? 0 : (int)wait;
}

/* Returns the signal that ends it, or 0. */
static int hear_signals(void)
{
    char numbers[64];
    ssize_t size = read(wake[0], numbers, sizeof numbers);
    for (ssize_t k = 0; k < size; k++)
        switch (numbers[k]) {
        case SIGINT:
        case SIGTERM:
        case SIGHUP:
        case SIGQUIT:
            return numbers[k];
        case SIGTSTP:
            pause_here();
            break;
        case SIGCONT:
            if (w.keys)
                terminal_take();
            break;
        }
    return 0;
}

/* Until there is a reason to end; returns the signal, or 0. */
static int loop(void)
{
    bool ours = w.keys && terminal_is_ours();
    while (!w.quit && !ferror(stdout) && getppid() == w.parent) {
        bool before = ours;
        ours = w.keys && terminal_is_ours();
        if (ours && !before) /* brought back from the background */
            terminal_take();
        struct pollfd from[] = {
            { .fd = wake[0], .events = POLLIN },
            { .fd = files_descriptor(w.files), .events = POLLIN },
            { .fd = w.run.pid ? w.run.from : -1, .events = POLLIN },
            { .fd = ours || !w.keys ? 0 : -1, .events = POLLIN },
        };
        int status, signal_number;
        poll(from, sizeof from / sizeof *from, patience());

        if ((signal_number = hear_signals()) != 0)
            return signal_number;
        if (from[3].revents && w.keys && terminal_is_ours())
            read_keys();
        else if (from[3].revents && !w.keys) {
            char nothing[256];
            ssize_t size = read(0, nothing, sizeof nothing);
            w.quit = size == 0 || (size < 0 && errno != EINTR);
        }
        look();
        run_listen(&w.run);
        if (run_ended(&w.run, &status))
            ended(status);
        obey_keys();
        if (!w.quit)
            grade_next();
    }
    return 0;
}

static void greet(bool only_poll)
{
    printf("Watching exercises/%s.\n",
           only_poll || files_descriptor(w.files) < 0
               ? ", with a look every second"
               : "");
    if (!w.keys)
        printf("Standard input is no terminal: there are no keys, and this "
               "ends when\nthat input does.\n");
    printf("\n");
}

int watch(desk *d, char *make, bool only_poll)
{
    const char **paths = calloc(d->count + 1, sizeof *paths);
    w.desk = d;
    w.make = make;
    w.parent = getppid();
    w.first = calloc(d->count + 1, sizeof *w.first);
    w.due = calloc(d->count + 1, sizeof *w.due);
    if (!paths || !w.first || !w.due)
        abort();
    for (size_t k = 0; k < d->count; k++)
        paths[k] = d->chapters[k].file;
    if (!listen_to_signals()) {
        fprintf(stderr, "watch: %s\n", strerror(errno));
        return 1;
    }
    w.run.from = -1;
    w.reported = d->count;
    w.files = files_watch("exercises", paths, d->count, only_poll);
    w.keys = isatty(0);
    terminal_take();

    greet(only_poll);
    desk_look(d);
    w.here = desk_next(d);
    if (w.here == d->count) {
        w.here = 0;
        printf("Every point of every chapter is earned.\n");
    } else {
        say_here();
    }
    if (here()->edited) /* while nobody watched */
        w.first[w.here] = w.due[w.here] = now();
    say_keys();

    int number = loop();
    if (w.run.pid)
        printf("\n");
    run_stop(&w.run);
    terminal_give_back();
    printf("No longer watching.\n");
    fflush(stdout);
    files_free(w.files);
    free(paths);
    free(w.first);
    free(w.due);
    free(w.report);
    free(w.run.said);
    return number && number != SIGINT ? 128 + number : 0;
}
