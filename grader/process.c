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

char *const bare_environment[] = { "LC_ALL=C.UTF-8",
                                   "PATH=/usr/local/bin:/usr/bin:/bin",
                                   NULL };

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

void process_become(pid_t parent, char *const argv[],
                    char *const environment[], const int ends[], int last)
{
    setpgid(0, 0);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) /* it ended before that */
        _exit(127);
#endif
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGCHLD, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);

    int high[8];
    for (int k = 0; k < last; k++)
        high[k] = fcntl(ends[k], F_DUPFD, 10);
    int null = open("/dev/null", O_RDONLY);
    dup2(null, 0);
    for (int k = 0; k < last; k++)
        dup2(high[k], k + 1);
    for (int fd = last + 1; fd < 256; fd++)
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

bool process_pipes(int from[PIPES], int to[PIPES])
{
    for (int k = 0; k < PIPES; k++) {
        int ends[2];
        if (pipe(ends) != 0) {
            while (k-- > 0) {
                close(from[k]);
                close(to[k]);
            }
            return false;
        }
        from[k] = ends[0];
        to[k] = ends[1];
        fcntl(from[k], F_SETFD, FD_CLOEXEC);
        fcntl(from[k], F_SETFL, O_NONBLOCK);
    }
    return true;
}

process process_watch(const running *one, const int from[PIPES],
                      double seconds, long mebibytes)
{
    enum { DEPTH = 6 };
    process p = { .started = true };
    capture *captures[PIPES] = { &p.printed, &p.complained, &p.answers };
    struct pollfd waiting[PIPES];
    for (int k = 0; k < PIPES; k++) {
        keep(captures[k], kept[k], "", 0);
        waiting[k] = (struct pollfd){ .fd = from[k], .events = POLLIN };
    }

    /* Until it has ended and every pipe is empty, or time is up: a
     * grandchild that holds a pipe open must not keep us waiting. */
    const double began = now();
    double deadline = began + seconds, last_call = 0, next_look = 0;
    int open_pipes = PIPES, status = 0;
    bool ended = false;
    while (!ended || open_pipes > 0) {
        /* with all pipes closed, this sleeps */
        int ready = poll(waiting, PIPES, ended ? 0 : open_pipes ? 20 : 1);
        for (int k = 0; ready > 0 && k < PIPES; k++)
            if (waiting[k].fd >= 0 && waiting[k].revents &&
                !drain(from[k], captures[k], kept[k])) {
                waiting[k].fd = -1;
                open_pipes--;
            }
        if (ended && (ready <= 0 || now() > last_call))
            break;
        if (!ended && one->has_ended(one->what, &status)) {
            ended = true;
            last_call = now() + 0.2; /* for what is still in the pipes */
        }
        if (!ended && mebibytes && now() > next_look) {
            p.large = filled(one->pid, DEPTH) > (double)mebibytes;
            next_look = now() + 0.01;
        }
        p.late = !ended && now() > deadline;
        if (p.late || p.large)
            break;
    }
    one->end(one->what);
    for (double end = now() + 10; !ended && now() < end;) {
        ended = one->has_ended(one->what, &status);
        if (!ended)
            nanosleep(&(struct timespec){ 0, 200000 }, NULL);
    }
    for (int k = 0; k < PIPES; k++)
        close(from[k]);
    p.seconds = now() - began;
    p.exited = WIFEXITED(status);
    p.status = p.exited ? WEXITSTATUS(status) : 0;
    p.signal_number = p.exited ? 0 : WTERMSIG(status);
    return p;
}

/* --- A child of our own --- */

static bool child_has_ended(void *what, int *status)
{
    return waitpid(*(pid_t *)what, status, WNOHANG) == *(pid_t *)what;
}

static void end_child(void *what)
{
    kill(-*(pid_t *)what, SIGKILL);
}

process process_run_within(char *const argv[], char *const environment[],
                           double seconds, long mebibytes)
{
    int from[PIPES], to[PIPES];
    if (!process_pipes(from, to))
        return (process){ 0 };
    pid_t parent = getpid(), child = fork();
    if (child == 0)
        process_become(parent, argv, environment, to, PIPES);
    for (int k = 0; k < PIPES; k++)
        close(to[k]);
    if (child < 0) {
        for (int k = 0; k < PIPES; k++)
            close(from[k]);
        return (process){ 0 };
    }
    setpgid(child, child);
    const running one = { child, child_has_ended, end_child, &child };
    return process_watch(&one, from, seconds, mebibytes);
}

void process_free(process *p)
{
    free(p->printed.bytes);
    free(p->complained.bytes);
    free(p->answers.bytes);
    *p = (process){ 0 };
}
