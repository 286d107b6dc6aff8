/* sandbox.c - what stands between a submission and everything else */
#define _GNU_SOURCE
#include "sandbox.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const level_names[LEVELS] = { "NONE", "WEAK", "MEDIUM",
                                          "STRONG" };

/* What every program needs that was not linked by hand. */
static const char *const system_folders[] = { "/usr",
                                              "/bin",
                                              "/sbin",
                                              "/lib",
                                              "/lib32",
                                              "/lib64",
                                              "/libx32",
                                              "/etc/ld.so.cache",
                                              "/etc/alternatives",
                                              NULL };
/* Landlock opens these where there is no private copy of them. */
static const char *const devices[] = { "/dev/null", "/dev/zero",
                                       "/dev/urandom", NULL };

typedef struct {
    char **word;
    size_t count, room;
} words;

static void say(words *w, const char *word)
{
    if (w->count + 1 >= w->room) {
        w->room = 2 * w->room + 64;
        w->word = realloc(w->word, w->room * sizeof *w->word);
        if (!w->word)
            abort();
    }
    w->word[w->count++] = strdup(word);
    w->word[w->count] = NULL;
}

static void say_all(words *w, ...)
{
    va_list more;
    va_start(more, w);
    for (const char *word; (word = va_arg(more, const char *));)
        say(w, word);
    va_end(more);
}

static void say_number(words *w, const char *option, long value)
{
    char text[32];
    snprintf(text, sizeof text, "%ld", value);
    say_all(w, option, text, NULL);
}

/* The folders above path, which bubblewrap would make for root alone. */
static void say_parents(words *w, const char *path)
{
    for (const char *p = strchr(path + 1, '/'); p; p = strchr(p + 1, '/')) {
        char *parent = strndup(path, (size_t)(p - path));
        bool said = false; /* most paths begin alike */
        for (size_t k = 1; k < w->count && !said; k++)
            said = !strcmp(w->word[k], parent) &&
                   !strcmp(w->word[k - 1], "--dir");
        if (!said)
            say_all(w, "--dir", parent, NULL);
        free(parent);
    }
}

/* A world with nothing in it but what is named. */
static void bubblewrap(words *w, const jail *j, const char *confine)
{
    bool root = geteuid() == 0;
    say_all(w, confine, "--guard", "--", "bwrap", "--unshare-pid",
            "--unshare-net", "--unshare-ipc", "--unshare-uts",
            "--die-with-parent", "--new-session", NULL);
    if (root) /* confine gives up what bubblewrap leaves */
        say_all(w, "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID",
                NULL);
    else
        say_all(w, "--unshare-user", NULL);
    say_all(w, "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", NULL);
    for (size_t k = 0; system_folders[k]; k++) {
        char target[256];
        ssize_t size =
            readlink(system_folders[k], target, sizeof target - 1);
        if (size > 0) {
            target[size] = '\0';
            say_all(w, "--symlink", target, system_folders[k], NULL);
        } else {
            say_parents(w, system_folders[k]);
            say_all(w, "--ro-bind-try", system_folders[k],
                    system_folders[k], NULL);
        }
    }
    say_parents(w, confine);
    say_all(w, "--ro-bind", confine, confine, NULL);
    for (size_t k = 0; j->read[k]; k++) {
        say_parents(w, j->read[k]);
        say_all(w, "--ro-bind", j->read[k], j->read[k], NULL);
    }
    if (j->write) {
        say_parents(w, j->write);
        say_all(w, "--bind", j->write, j->write, NULL);
    }
    char inside[4096];
    snprintf(inside, sizeof inside, "%s/.", j->start);
    say_parents(w, inside);
    say_all(w, "--chdir", j->start, "--", NULL);
}

level level_of(const char *name)
{
    level l = NONE;
    while (l < LEVELS && strcmp(level_names[l], name) != 0)
        l++;
    return l;
}

/* What stands before the program; tell: confine says when it is done. */
static words words_before(const sandbox *s, const jail *j, bool tell)
{
    words w = { 0 };
    if (s->level == STRONG)
        bubblewrap(&w, j, s->confine);
    say(&w, s->confine);
    if (s->level < STRONG)
        say_all(&w, "--start", j->start, NULL);
    if (s->level >= MEDIUM) {
        say_all(&w, "--need", "landlock", NULL);
        for (size_t k = 0; system_folders[k]; k++)
            say_all(&w, "--read", system_folders[k], NULL);
        for (size_t k = 0; devices[k]; k++)
            say_all(&w, "--write", devices[k], NULL);
        say_all(&w, "--read", "/proc", "--read", s->confine, NULL);
        for (size_t k = 0; j->read[k]; k++)
            say_all(&w, "--read", j->read[k], NULL);
        if (j->write)
            say_all(&w, "--write", j->write, NULL);
    }
    if (s->level >= WEAK)
        say_all(&w, "--need", "seccomp", NULL);
    if (geteuid() == 0 && s->level > NONE)
        say_number(&w, "--uid", j->uid);
    say_number(&w, "--cpu", j->cpu);
    say_number(&w, "--file", j->file);
    if (j->memory)
        say_number(&w, "--memory", j->memory);
    /* Outside of a user namespace the limit counts all that the user runs,
     * the desktop included: only for a user of our own making, or inside.
     */
    if (s->level == STRONG || (geteuid() == 0 && s->level > NONE))
        say_number(&w, "--processes", j->processes);
    if (tell)
        say(&w, "--tell");
    say(&w, "--");
    return w;
}

char **sandbox_words(const sandbox *s, const jail *j, char *const argv[])
{
    words w = words_before(s, j, false);
    while (*argv)
        say(&w, *argv++);
    return w.word;
}

process sandbox_run(const sandbox *s, const jail *j, char *const argv[],
                    char *const environment[], double seconds)
{
    words w = words_before(s, j, true);
    while (*argv)
        say(&w, *argv++);
    process p = process_run(w.word, environment, seconds);
    p.started = p.started && p.answers.size > 0;
    for (size_t k = 0; k < w.count; k++)
        free(w.word[k]);
    free(w.word);
    return p;
}

static bool works(sandbox *s, level wanted)
{
    const jail nothing = { .read = { NULL },
                           .start = "/",
                           .uid = 61000,
                           .cpu = 5,
                           .file = 1,
                           .processes = 8 };
    sandbox tried = *s;
    tried.level = wanted;
    process p =
        sandbox_run(&tried, &nothing, (char *[]){ "/usr/bin/true", NULL },
                    bare_environment, 10);
    bool fine = p.started && p.exited && p.status == 0;
    if (!fine) {
        size_t used = strlen(s->why);
        char *line = p.complained.bytes ? p.complained.bytes : "";
        line[strcspn(line, "\n")] = '\0';
        snprintf(s->why + used, sizeof s->why - used, "%s%s: %s",
                 used ? "; " : "", level_names[wanted],
                 *line             ? line
                 : p.status == 127 ? "bubblewrap is not installed"
                                   : "it does not start");
    }
    process_free(&p);
    return fine;
}

sandbox sandbox_find(const char *confine, level most)
{
    sandbox s = { .confine = confine };
    for (level wanted = most; wanted > NONE; wanted--)
        if (works(&s, wanted)) {
            s.level = wanted;
            break;
        }
    return s;
}
