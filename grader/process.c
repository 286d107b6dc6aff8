#define _GNU_SOURCE
#include "process.h"

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
#ifdef __linux__
#include <sys/prctl.h>
#endif

enum { PIPES = 3 };
static const size_t kept[PIPES] = { 1 << 16, 1 << 18, 1 << 25 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void keep(capture *c, size_t limit, const char *bytes, size_t size)
{
    c->said += size;
    if (size > limit - c->size)
        size = limit - c->size;
    c->bytes = realloc(c->bytes, c->size + size + 1);
    if (!c->bytes)
        abort();
    memcpy(c->bytes + c->size, bytes, size);
    c->size += size;
    c->bytes[c->size] = '\0';
}

/* Read what is there.  false at the end of the pipe. */
static bool drain(int fd, capture *c, size_t limit)
{
    static char buffer[1 << 16];
    ssize_t size = read(fd, buffer, sizeof buffer);
    if (size > 0)
        keep(c, limit, buffer, (size_t)size);
    return size > 0 || (size < 0 && (errno == EAGAIN || errno == EINTR));
}

/* In the child: descriptors 0 to 3 and nothing else, then the program. */
static void become(char *const argv[], char *const environment[],
                   int ends[PIPES])
{
    setpgid(0, 0);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGCHLD, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);

    int high[PIPES];
    for (int k = 0; k < PIPES; k++)
        high[k] = fcntl(ends[k], F_DUPFD, 10);
    int null = open("/dev/null", O_RDONLY);
    dup2(null, 0);
    for (int k = 0; k < PIPES; k++)
        dup2(high[k], k + 1);
    for (int fd = 4; fd < 256; fd++)
        close(fd);
    environ = (char **)environment;
    execvp(argv[0], argv);
    _exit(127);
}

/* How many MiB of memory a process and its descendants fill. */
static double filled(pid_t pid, int depth)
{
#ifdef __linux__
    char path[64], list[4096];
    long pages = 0;
    double sum = 0;
    snprintf(path, sizeof path, "/proc/%ld/statm", (long)pid);
    FILE *in = fopen(path, "r");
    if (in) {
        if (fscanf(in, "%*s %ld", &pages) == 1)
            sum = (double)pages * (double)sysconf(_SC_PAGESIZE) / (1 << 20);
        fclose(in);
    }
    snprintf(path, sizeof path, "/proc/%ld/task/%ld/children", (long)pid,
             (long)pid);
    in = depth > 0 ? fopen(path, "r") : NULL;
    if (in) {
        size_t size = fread(list, 1, sizeof list - 1, in);
        list[size] = '\0';
        char *word = list, *end;
        for (long id; (id = strtol(word, &end, 10)) > 0; word = end)
            sum += filled((pid_t)id, depth - 1);
        fclose(in);
    }
    return sum;
#else
    (void)pid, (void)depth;
    return 0;
#endif
}

process process_run(char *const argv[], char *const environment[],
                    double seconds)
{
    return process_run_within(argv, environment, seconds, 0);
}

process process_run_within(char *const argv[], char *const environment[],
                           double seconds, long mebibytes)
{
    process p = { .started = true };
    capture *captures[PIPES] = { &p.printed, &p.complained, &p.answers };
    int from[PIPES], to[PIPES];

    for (int k = 0; k < PIPES; k++) {
        int ends[2];
        if (pipe(ends) != 0)
            return (process){ 0 };
        from[k] = ends[0];
        to[k] = ends[1];
        fcntl(from[k], F_SETFD, FD_CLOEXEC);
        fcntl(from[k], F_SETFL, O_NONBLOCK);
        keep(captures[k], kept[k], "", 0);
    }
    pid_t child = fork();
    if (child == 0)
        become(argv, environment, to);
    for (int k = 0; k < PIPES; k++)
        close(to[k]);
    if (child < 0)
        return (process){ 0 };
    setpgid(child, child);

    /* Until every pipe has ended, the child has ended, or time is up: a
     * grandchild that holds a pipe open must not keep us waiting. */
    enum { DEPTH = 6 };
    double deadline = now() + seconds, last_call = 0, next_look = 0;
    int open_pipes = PIPES, status = 0;
    bool ended = false;
    struct pollfd waiting[PIPES];
    for (int k = 0; k < PIPES; k++)
        waiting[k] = (struct pollfd){ .fd = from[k], .events = POLLIN };

    while (open_pipes > 0 && !p.late && !p.large) {
        int ready = poll(waiting, PIPES, ended ? 0 : 20);
        if (mebibytes && !ended && now() > next_look) {
            p.large = filled(child, DEPTH) > (double)mebibytes;
            next_look = now() + 0.01;
        }
        for (int k = 0; ready > 0 && k < PIPES; k++)
            if (waiting[k].fd >= 0 && waiting[k].revents &&
                !drain(from[k], captures[k], kept[k])) {
                waiting[k].fd = -1;
                open_pipes--;
            }
        if (ended && (ready <= 0 || now() > last_call))
            break;
        if (!ended && waitpid(child, &status, WNOHANG) == child) {
            ended = true;
            last_call = now() + 0.2; /* for what is still in the pipes */
        }
        p.late = !ended && now() > deadline;
    }
    while (!ended && !p.late && !p.large) { /* it closed its pipes */
        struct timespec nap = { 0, 500000 };
        p.large = mebibytes && filled(child, DEPTH) > (double)mebibytes;
        ended = waitpid(child, &status, WNOHANG) == child;
        p.late = !ended && now() > deadline;
        if (!ended)
            nanosleep(&nap, NULL);
    }
    kill(-child, SIGKILL);
    if (!ended)
        waitpid(child, &status, 0);
    for (int k = 0; k < PIPES; k++)
        close(from[k]);
    p.exited = WIFEXITED(status);
    p.status = p.exited ? WEXITSTATUS(status) : 0;
    p.signal_number = p.exited ? 0 : WTERMSIG(status);
    return p;
}

void process_free(process *p)
{
    free(p->printed.bytes);
    free(p->complained.bytes);
    free(p->answers.bytes);
    *p = (process){ 0 };
}
