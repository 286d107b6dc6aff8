/* serve.c - one worker that forks for each test */
#define _GNU_SOURCE
#include "serve.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

/* What is sent either way.  An id tells an answer that came too late from
 * the one that is waited for. */
typedef struct {
    uint32_t id, what;
    uint64_t number; /* of the test, or how the child ended */
} message;

enum { HERE_I_AM = 1, RUN, KILL, CHILD_ENDED };

/* --- In the worker --- */

static void on_child(int signal_number)
{
    (void)signal_number;
}

/* One message and its descriptors; false if nobody is there any more. */
static bool receive(message *m, int ends[PIPES])
{
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(PIPES * sizeof(int))];
    } control;
    struct iovec bytes = { m, sizeof *m };
    struct msghdr all = { .msg_iov = &bytes,
                          .msg_iovlen = 1,
                          .msg_control = &control,
                          .msg_controllen = sizeof control };
    if (recvmsg(SOCKET, &all, 0) != (ssize_t)sizeof *m)
        return false;
    struct cmsghdr *head = CMSG_FIRSTHDR(&all);
    if (m->what == RUN &&
        (!head || head->cmsg_len != CMSG_LEN(PIPES * sizeof(int))))
        return false;
    if (m->what == RUN)
        memcpy(ends, CMSG_DATA(head), PIPES * sizeof(int));
    return true;
}

/* In the child: descriptors 0 to 3 and nothing else, then the test. */
static void become(pid_t parent, const int ends[PIPES],
                   const sigset_t *mask, void (*run)(size_t), size_t number)
{
    setpgid(0, 0);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) /* it ended before that */
        _exit(0);
#endif
    signal(SIGCHLD, SIG_DFL);
    sigprocmask(SIG_SETMASK, mask, NULL);
    for (int k = 0; k < PIPES; k++)
        dup2(ends[k], k + 1);
    for (int fd = PIPES + 1; fd < 256; fd++)
        close(fd);
    run(number);
    _exit(0);
}

void serve(void (*run)(size_t number))
{
    sigset_t child_ended, before;
    sigemptyset(&child_ended);
    sigaddset(&child_ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child_ended, &before);
    signal(SIGCHLD, on_child);
#ifdef __linux__
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    prctl(PR_SET_DUMPABLE, 0); /* its memory is not for its children */
#endif
    message now = { .what = HERE_I_AM };
    pid_t parent = getpid(), child = 0;
    if (write(SOCKET, &now, sizeof now) != (ssize_t)sizeof now)
        return;
    for (;;) {
        fd_set asked;
        FD_ZERO(&asked);
        FD_SET(SOCKET, &asked);
        int ready = pselect(SOCKET + 1, &asked, NULL, NULL, NULL, &before);
        int status;
        for (pid_t ended; (ended = waitpid(-1, &status, WNOHANG)) > 0;)
            if (ended == child) {
                kill(-child, SIGKILL); /* whatever it has left behind */
                child = 0;
                now.what = CHILD_ENDED;
                now.number = (uint64_t)status;
                if (write(SOCKET, &now, sizeof now) != (ssize_t)sizeof now)
                    return;
            }
        if (ready <= 0 || !FD_ISSET(SOCKET, &asked))
            continue;
        message next;
        int ends[PIPES];
        bool there = receive(&next, ends);
        if (child) {
            kill(-child, SIGKILL);
            kill(child, SIGKILL);
        }
        if (!there)
            return;
        if (next.what != RUN)
            continue;
        now.id = next.id;
        child = fork();
        if (child == 0)
            become(parent, ends, &before, run, (size_t)next.number);
        for (int k = 0; k < PIPES; k++)
            close(ends[k]);
        if (child < 0)
            return;
        setpgid(child, child);
    }
}

/* --- In the judge --- */

struct server {
    pid_t pid;
    int socket, errors;
    bool there;
    message last; /* sent to it */
    char why[300];
};

server *server_start(char *const argv[], char *const environment[],
                     double seconds)
{
    server *s = calloc(1, sizeof *s);
    int pair[2], errors[2];
    if (!s || socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0 ||
        pipe(errors) != 0)
        abort();
    pid_t parent = getpid();
    s->pid = fork();
    if (s->pid == 0) {
        const int ends[SOCKET] = { errors[1], errors[1], errors[1],
                                   pair[1] };
        process_become(parent, argv, environment, ends, SOCKET);
    }
    close(pair[1]);
    close(errors[1]);
    s->socket = pair[0];
    s->errors = errors[0];
    fcntl(s->socket, F_SETFD, FD_CLOEXEC);
    fcntl(s->errors, F_SETFD, FD_CLOEXEC);
    setpgid(s->pid, s->pid);

    struct pollfd wait = { .fd = s->socket, .events = POLLIN };
    message said = { 0 };
    s->there = s->pid > 0 && poll(&wait, 1, (int)(1000 * seconds)) > 0 &&
               read(s->socket, &said, sizeof said) == sizeof said &&
               said.what == HERE_I_AM;
    if (!s->there) {
        ssize_t size = 0;
        if (s->pid > 0)
            kill(-s->pid, SIGKILL);
        size = read(s->errors, s->why, sizeof s->why - 1);
        s->why[size > 0 ? size : 0] = '\0';
    }
    return s;
}

void server_stop(server *s)
{
    if (s->pid > 0) {
        close(s->socket); /* it ends its child, and itself */
        kill(-s->pid, SIGKILL);
        waitpid(s->pid, NULL, 0);
    }
    close(s->errors);
    free(s);
}

/* Ask for a test; its child takes the descriptors over. */
static bool ask(server *s, size_t number, const int to[PIPES])
{
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(PIPES * sizeof(int))];
    } control = { 0 };
    s->last = (message){ s->last.id + 1, RUN, number };
    struct iovec bytes = { &s->last, sizeof s->last };
    struct msghdr all = { .msg_iov = &bytes,
                          .msg_iovlen = 1,
                          .msg_control = &control,
                          .msg_controllen = sizeof control };
    struct cmsghdr *head = CMSG_FIRSTHDR(&all);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(PIPES * sizeof(int));
    memcpy(CMSG_DATA(head), to, PIPES * sizeof(int));
    return sendmsg(s->socket, &all, MSG_NOSIGNAL) ==
           (ssize_t)sizeof s->last;
}

static bool test_has_ended(void *what, int *status)
{
    server *s = what;
    struct pollfd wait = { .fd = s->socket, .events = POLLIN };
    while (poll(&wait, 1, 0) > 0) {
        message said;
        if (read(s->socket, &said, sizeof said) != sizeof said) {
            *status = SIGKILL; /* it is gone, and its children with it */
            return true;
        }
        if (said.what == CHILD_ENDED && said.id == s->last.id) {
            *status = (int)said.number;
            return true;
        }
    }
    return false;
}

static void end_test(void *what)
{
    server *s = what;
    message m = { s->last.id, KILL, 0 };
    send(s->socket, &m, sizeof m, MSG_NOSIGNAL);
}

process server_run(server *s, size_t number, double seconds, long mebibytes)
{
    int from[PIPES], to[PIPES];
    process p = { 0 };
    if (s->there && process_pipes(from, to)) {
        /* ids of different processes that ask must differ */
        s->last.id = (uint32_t)getpid() << 8;
        bool asked = ask(s, number, to);
        for (int k = 0; k < PIPES; k++)
            close(to[k]);
        const running one = { s->pid, test_has_ended, end_test, s };
        if (asked)
            return process_watch(&one, from, seconds, mebibytes);
        for (int k = 0; k < PIPES; k++)
            close(from[k]);
    }
    p.complained.bytes = strdup(s->there ? "it is gone" : s->why);
    p.complained.size = strlen(p.complained.bytes);
    return p;
}
