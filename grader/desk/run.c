#define _GNU_SOURCE
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

enum { MOST_BYTES = 1 << 16, MOST_LINES = 500 };

bool run_start(run *r, char *const argv[])
{
    int ends[2];
    free(r->said);
    *r = (run){ .from = -1, .said = calloc(1, MOST_BYTES + 1) };
    if (!r->said)
        abort();
    fflush(stdout);
    if (pipe(ends) != 0 || (r->pid = fork()) < 0) {
        printf("%s could not be started: %s\n", argv[0], strerror(errno));
        r->pid = 0;
        return false;
    }
    if (r->pid == 0) {
        static const int handled[] = { SIGINT,  SIGTERM, SIGHUP, SIGTSTP,
                                       SIGQUIT, SIGPIPE, SIGCHLD };
        int null = open("/dev/null", O_RDONLY);
        setpgid(0, 0);
#ifdef __linux__
        prctl(PR_SET_PDEATHSIG, SIGTERM); /* if we are shot */
#endif
        for (size_t k = 0; k < sizeof handled / sizeof *handled; k++)
            signal(handled[k], SIG_DFL);
        dup2(null, 0);
        dup2(ends[1], 1);
        dup2(ends[1], 2);
        for (int fd = 3; fd < 64; fd++)
            close(fd);
        execvp(argv[0], argv);
        printf("%s: %s\n", argv[0], strerror(errno));
        fflush(stdout);
        _exit(127);
    }
    setpgid(r->pid, r->pid);
    close(ends[1]);
    r->from = ends[0];
    fcntl(r->from, F_SETFL, O_NONBLOCK);
    fcntl(r->from, F_SETFD, FD_CLOEXEC);
    return true;
}

/* Show it, without what would move the cursor. */
static void show(run *r, const char *bytes, size_t size)
{
    for (size_t k = 0; k < size; k++) {
        unsigned char c = (unsigned char)bytes[k];
        if (r->size == MOST_BYTES || r->lines == MOST_LINES) {
            r->dropped += size - k;
            break;
        }
        if ((c < ' ' && c != '\n' && c != '\t') || c == 127)
            c = '?';
        r->said[r->size++] = (char)c;
        r->lines += c == '\n';
        putchar(c);
    }
    fflush(stdout);
}

void run_listen(run *r)
{
    char bytes[1 << 14];
    for (int times = 0; r->from >= 0 && times < 64; times++) {
        ssize_t size = read(r->from, bytes, sizeof bytes);
        if (size > 0) {
            show(r, bytes, (size_t)size);
        } else if (size == 0 || (errno != EAGAIN && errno != EINTR)) {
            close(r->from);
            r->from = -1;
        } else {
            break;
        }
    }
}

static void finish(run *r)
{
    run_listen(r);
    if (r->from >= 0) /* somebody it left behind holds it open */
        close(r->from);
    r->from = -1;
    r->pid = 0;
    if (r->dropped > 0)
        printf("\n%zu bytes more are not shown.\n", r->dropped);
}

bool run_ended(run *r, int *status)
{
    if (r->pid == 0 || waitpid(r->pid, status, WNOHANG) != r->pid)
        return false;
    finish(r);
    return true;
}

void run_stop(run *r)
{
    enum { PATIENCE = 200 }; /* hundredths of a second */
    int status;
    if (r->pid == 0)
        return;
    close(r->from); /* what it says now is for nobody */
    r->from = -1;
    r->dropped = 0;
    kill(-r->pid, SIGTERM);
    for (int k = 0; k < PATIENCE; k++) {
        if (waitpid(r->pid, &status, WNOHANG) == r->pid) {
            kill(-r->pid, SIGKILL); /* what it left behind */
            finish(r);
            return;
        }
        poll(NULL, 0, 10);
    }
    kill(-r->pid, SIGKILL);
    waitpid(r->pid, &status, 0);
    finish(r);
}
