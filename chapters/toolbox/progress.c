/* progress.c - how far a long training is */
#define _POSIX_C_SOURCE 200809L
#include "progress.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t asked_to_end;
static struct sigaction before;

static void ask_to_end(int signal)
{
    (void)signal;
    asked_to_end = 1;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static void print_time(char *text, size_t room, double seconds)
{
    unsigned long s = seconds < 0 ? 0 : seconds + 0.5;
    if (s < 3600)
        snprintf(text, room, "%lu:%02lu", s / 60, s % 60);
    else
        snprintf(text, room, "%lu:%02lu:%02lu", s / 3600, s / 60 % 60,
                 s % 60);
}

void progress_line(char *line, size_t room, const progress *bar,
                   double seconds, size_t width)
{
    char rest[96], left[24] = "?";
    if (bar->done > 0)
        print_time(left, sizeof left,
                   seconds / bar->done * (bar->total - bar->done));
    int used =
        snprintf(rest, sizeof rest, "  %zu of %zu", bar->done, bar->total);
    if (bar->done > 0)
        snprintf(rest + used, sizeof rest - used, "  loss %.4g  left %s",
                 (double)bar->loss, left);

    size_t taken = strlen(bar->label) + 4 + strlen(rest);
    size_t cells = width > taken + 10 ? width - taken : 10;
    if (cells > 30)
        cells = 30;
    char drawn[32];
    size_t full = bar->total ? cells * bar->done / bar->total : cells;
    for (size_t k = 0; k < cells; k++)
        drawn[k] = k < full ? '#' : '.';
    drawn[cells] = '\0';
    snprintf(line, room, "%s  [%s]%s", bar->label, drawn, rest);
}

static void draw(const progress *bar)
{
    char line[256];
    if (!bar->terminal || bar->label == NULL)
        return;
    progress_line(line, sizeof line, bar, now() - bar->started, 79);
    fprintf(stderr, "\r%-79s", line);
    fflush(stderr);
}

progress progress_start(const char *label, size_t total)
{
    /* SA_RESETHAND: the second ^C does what it always did. */
    struct sigaction action = { .sa_flags = SA_RESETHAND | SA_RESTART };
    action.sa_handler = ask_to_end;
    sigemptyset(&action.sa_mask);
    asked_to_end = 0;
    sigaction(SIGINT, &action, &before);

    progress bar = { .label = label,
                     .total = total,
                     .started = now(),
                     .terminal = isatty(STDERR_FILENO) };
    draw(&bar);
    return bar;
}

bool progress_next(progress *bar)
{
    if (asked_to_end)
        bar->interrupted = true;
    return !bar->interrupted && bar->done < bar->total;
}

void progress_report(progress *bar, real loss)
{
    bar->done++;
    bar->loss = loss;
    draw(bar);
}

void progress_end(progress *bar)
{
    char took[24];
    sigaction(SIGINT, &before, NULL);
    if (bar->label == NULL)
        return;
    print_time(took, sizeof took, now() - bar->started);
    fprintf(stderr, "%s%s: %s after %zu of %zu, loss %.4g, took %s\n",
            bar->terminal ? "\n" : "", bar->label,
            bar->interrupted ? "stopped by ^C" : "done", bar->done,
            bar->total, (double)bar->loss, took);
}
