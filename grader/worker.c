/* worker.c - runs one test on a student's code and sends the answers
 *
 *     worker [-l LOCK.so] [-o OVERLAY.so]... STUDENT.so TESTS.so SEED
 *         LIMIT[:WALL] TEST|FUNCTION|-
 *
 * It knows no expected value and decides nothing.  Frames go to descriptor
 * 3; what the student prints goes where it is sent.  An overlay is the
 * reference of one other function: loaded first, it takes that function's
 * place in the student's code as well.  LOCK takes away, before any of that
 * code is loaded, what it does not need; the frame READY says so, and is
 * the last that can be believed.
 *
 * LIMIT is of seconds: of its own time if there is a WALL, which is then
 * the limit of the clock on the wall, because a busy machine is no fault of
 * the student's.  The name of a function runs all its tests, each in a
 * child of its own: for code that is trusted, the known-wrong variants.
 * A - waits to be told which, see serve.h.
 */
#define _GNU_SOURCE
#include "frame.h"
#include "inputs.h"
#include "serve.h"

#include <dlfcn.h>
#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#if defined __has_feature
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
void __sanitizer_print_stack_trace(void);
#else
static void __sanitizer_print_stack_trace(void)
{
}
#endif

enum { ANSWERS = 3 };

static test *first, *last;
static size_t test_count;
static bool inside; /* a test is running */

void grader_add_test(test *one)
{
    if (last)
        last->next = one;
    else
        first = one;
    last = one;
    test_count++;
}

/* --- What is sent --------------------------------------------------------
 */

void grader_answer(matrix got)
{
    frame_send(ANSWERS, ANSWER, got.rows, got.cols, got.data,
               got.rows * got.cols * sizeof *got.data);
}

static void send_array(const char *name, matrix value, role is)
{
    frame_send(ANSWERS, ARRAY, (uint64_t)(uintptr_t)value.data,
               value.rows * value.cols * sizeof *value.data, name,
               strlen(name));
    (void)is;
}

static void send_stop(trouble kind, place where, const char *why)
{
    char text[1000];
    int size = snprintf(text, sizeof text, "%s%c%s%c%s", where.function, 0,
                        where.file, 0, why);
    fflush(stdout);
    frame_send(ANSWERS, STOPPED, kind, (uint64_t)where.line, text,
               size < (int)sizeof text ? (size_t)size : sizeof text - 1);
    if (kind == BROKEN_RULE) /* the rule stands in one place, its breaker */
        __sanitizer_print_stack_trace(); /* in another */
    _exit(0);
}

static void send_end(void)
{
    if (inside) {
        frame_send(ANSWERS, ENDED, 0, 0, NULL, 0);
        __sanitizer_print_stack_trace();
        fflush(NULL);
    }
}

static void on_alarm(int signal_number)
{
    (void)signal_number;
    uint64_t used = (uint64_t)(1000.0 * (double)clock() / CLOCKS_PER_SEC);
    frame_send(ANSWERS, TOO_LONG, used, 0, NULL, 0);
    __sanitizer_print_stack_trace();
    _exit(0);
}

/* With sanitizers only for what they say too little about. */
static void on_fault(int signal_number, siginfo_t *info, void *context)
{
    (void)context;
    frame_send(ANSWERS, FAULT, (uint64_t)(uintptr_t)info->si_addr,
               (uint64_t)signal_number | (uint64_t)info->si_code << 32,
               NULL, 0);
    __sanitizer_print_stack_trace();
    _exit(0);
}

/* --- Running
 * -------------------------------------------------------------- */

static void *load(const char *path)
{
    void *library = dlopen(path, RTLD_LAZY | RTLD_GLOBAL);
    if (!library) {
        fprintf(stderr, "worker: %s\n", dlerror());
        _exit(2);
    }
    return library;
}

/* Whether the file itself defines the function; one of the same name in
 * another library does not count. */
static bool defines(void *library, const char *path, const char *function)
{
    Dl_info info;
    void *address = dlsym(library, function);
    return address && dladdr(address, &info) &&
           !strcmp(info.dli_fname, path);
}

static struct itimerval after(double seconds)
{
    return (struct itimerval){
        .it_value = { (time_t)seconds,
                      (suseconds_t)((seconds - (double)(time_t)seconds) *
                                    1e6) }
    };
}

static void set_limits(double seconds, double wall)
{
    struct rlimit none = { 0, 0 };
    setrlimit(RLIMIT_CORE, &none);
    struct rlimit cpu = { (rlim_t)seconds + 2, (rlim_t)seconds + 3 };
    setrlimit(RLIMIT_CPU, &cpu);
    struct rlimit file = { 1 << 20, 1 << 20 };
    setrlimit(RLIMIT_FSIZE, &file);
#ifndef __SANITIZE_ADDRESS__
    struct rlimit memory = { (rlim_t)2 << 30, (rlim_t)2 << 30 };
    setrlimit(RLIMIT_AS, &memory);

    static char stack[1 << 16];
    stack_t other = { .ss_sp = stack, .ss_size = sizeof stack };
    sigaltstack(&other, NULL);
#endif
    struct sigaction fault = { .sa_sigaction = on_fault,
                               .sa_flags = SA_SIGINFO | SA_ONSTACK };
#ifndef __SANITIZE_ADDRESS__
    sigaction(SIGSEGV, &fault, NULL);
    sigaction(SIGBUS, &fault, NULL);
#endif
    sigaction(SIGFPE, &fault, NULL);
    struct sigaction alarm_action = { .sa_handler = on_alarm };
    sigaction(SIGALRM, &alarm_action, NULL);
    sigaction(SIGPROF, &alarm_action, NULL);
    struct itimerval own = after(seconds), walls = after(wall);
    if (wall > seconds)
        setitimer(ITIMER_PROF, &own, NULL);
    setitimer(ITIMER_REAL, &walls, NULL);
}

/* What main() was told. */
static struct {
    const char *student, *tests;
    uint64_t seed;
    double limit, wall;
    int (*lock)(void); /* or NULL */
} told;

static void run_test(const test *one, size_t number, void *student)
{
    if (!defines(student, told.student, one->function)) {
        frame_send(ANSWERS, MISSING, 0, 0, NULL, 0);
        return;
    }
    set_limits(told.limit, told.wall);
    inputs_begin(told.seed, number);
    inside = true;
    one->run();
    inside = false;
    fflush(stdout);
    size_t *alive = dlsym(RTLD_DEFAULT, "matrix_count");
    frame_send(ANSWERS, DONE, alive ? *alive : 0, 0, NULL, 0);
}

/* Listen to the stop() of the toolbox that the student's code uses. */
static void listen_to_stop(void)
{
    void (**hook)(trouble, place, const char *) =
        dlsym(RTLD_DEFAULT, "on_stop");
    if (hook)
        *hook = send_stop;
    on_stop = send_stop; /* and to our own */
}

/* Load the student's file and the tests.  Whatever happens from here on is
 * the student's doing: loading a file runs its constructors. */
static void *load_student(void)
{
    void *student = load(told.student);
    load(told.tests);
    inputs_made = send_array;
    listen_to_stop();
    atexit(send_end);
    return student;
}

/* One test, in a process that nothing of the student's has touched. */
static void run_number(size_t wanted)
{
    if (told.lock && told.lock() != 0)
        _exit(2);
    frame_send(ANSWERS, READY, wanted, told.lock != NULL, NULL, 0);
    void *student = load_student();
    size_t number = 0;
    for (const test *one = first; one; one = one->next, number++)
        if (number == wanted)
            run_test(one, number, student);
    fflush(NULL);
    _exit(0);
}

static void run_function(const char *function)
{
    void *student = load_student();
    size_t number = 0;
    for (const test *one = first; one; one = one->next, number++) {
        if (strcmp(one->function, function) != 0)
            continue;
        pid_t child = fork();
        if (child == 0) {
            frame_send(ANSWERS, READY, number, 0, NULL, 0);
            run_test(one, number, student);
            fflush(NULL);
            _exit(0);
        }
        waitpid(child, NULL, 0);
    }
}

int main(int argc, char **argv)
{
    int k = 1;
    if (k + 1 < argc && !strcmp(argv[k], "-l")) {
        *(void **)&told.lock =
            dlsym(load(argv[k + 1]), "lock"); /* as POSIX says */
        if (!told.lock)
            return 2;
        k += 2;
    }
    for (; k + 1 < argc && !strcmp(argv[k], "-o"); k += 2)
        load(argv[k + 1]);
    if (argc - k != 5)
        return 2;

    char *end, *which = argv[k + 4];
    told.student = argv[k];
    told.tests = argv[k + 1];
    told.seed = strtoull(argv[k + 2], NULL, 10);
    told.limit = strtod(argv[k + 3], &end);
    told.wall = *end == ':' ? strtod(end + 1, NULL) : told.limit;
    size_t number = strtoul(which, &end, 10);
    if (!strcmp(which, "-"))
        serve(run_number);
    else if (*end)
        run_function(which);
    else
        run_number(number);
    return 0;
}
