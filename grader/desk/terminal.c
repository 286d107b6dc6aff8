#define _GNU_SOURCE
#include "terminal.h"

#include <signal.h>
#include <termios.h>
#include <unistd.h>

static struct termios before;
static volatile sig_atomic_t taken;

bool terminal_is_ours(void)
{
    return isatty(0) && tcgetpgrp(0) == getpgrp();
}

bool terminal_take(void)
{
    if (!terminal_is_ours())
        return false;
    if (!taken && tcgetattr(0, &before) != 0)
        return false;
    struct termios keys = before;
    keys.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    keys.c_cc[VMIN] = 1;
    keys.c_cc[VTIME] = 0;
    keys.c_cc[VSUSP] = _POSIX_VDISABLE;
    taken = 1;
    return tcsetattr(0, TCSANOW, &keys) == 0;
}

void terminal_give_back(void)
{
    /* also when the shell has gone on: then only without this signal */
    sigset_t stops, old;
    sigemptyset(&stops);
    sigaddset(&stops, SIGTTOU);
    sigprocmask(SIG_BLOCK, &stops, &old);
    if (taken)
        tcsetattr(0, TCSANOW, &before);
    taken = 0;
    sigprocmask(SIG_SETMASK, &old, NULL);
}
