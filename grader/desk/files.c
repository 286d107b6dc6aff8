#define _GNU_SOURCE
#include "files.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/inotify.h>
#endif
#ifdef __APPLE__
#define st_mtim st_mtimespec
#endif

typedef struct {
    bool there;
    struct timespec time;
    off_t size;
    ino_t place;
} version;

struct files {
    const char *folder;
    const char *const *paths;
    size_t count;
    version *known;
    int notify; /* or -1 */
    bool only_poll, listening;
};

static version look(const char *path)
{
    struct stat s;
    version v;
    memset(&v, 0, sizeof v);
    if (stat(path, &s) == 0 && S_ISREG(s.st_mode))
        v = (version){ true, s.st_mtim, s.st_size, s.st_ino };
    return v;
}

static bool same(version a, version b)
{
    return a.there == b.there && a.time.tv_sec == b.time.tv_sec &&
           a.time.tv_nsec == b.time.tv_nsec && a.size == b.size &&
           a.place == b.place;
}

/* The folder may have been put there anew. */
static void listen(files *f)
{
#ifdef __linux__
    if (f->only_poll || f->listening)
        return;
    if (f->notify < 0)
        f->notify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    f->listening =
        f->notify >= 0 &&
        inotify_add_watch(f->notify, f->folder,
                          IN_CLOSE_WRITE | IN_MODIFY | IN_MOVED_TO |
                              IN_CREATE | IN_ONLYDIR) >= 0;
#else
    (void)f;
#endif
}

/* What it was matters not: every file is looked at. */
static void hear(files *f)
{
#ifdef __linux__
    _Alignas(struct inotify_event) char events[4096];
    ssize_t size;
    while (f->notify >= 0 &&
           (size = read(f->notify, events, sizeof events)) > 0)
        for (char *at = events; at < events + size;) {
            struct inotify_event *e = (struct inotify_event *)at;
            if (e->mask & IN_IGNORED)
                f->listening = false;
            at += sizeof *e + e->len;
        }
#else
    (void)f;
#endif
}

files *files_watch(const char *folder, const char *const *paths,
                   size_t count, bool only_poll)
{
    files *f = calloc(1, sizeof *f);
    if (!f || !(f->known = calloc(count + 1, sizeof *f->known)))
        abort();
    f->folder = folder;
    f->paths = paths;
    f->count = count;
    f->notify = -1;
    f->only_poll = only_poll;
    listen(f);
    for (size_t k = 0; k < count; k++)
        f->known[k] = look(paths[k]);
    return f;
}

void files_free(files *f)
{
    if (f->notify >= 0)
        close(f->notify);
    free(f->known);
    free(f);
}

int files_descriptor(const files *f)
{
    return f->notify;
}

bool files_look(files *f, bool *saved)
{
    bool any = false;
    hear(f);
    listen(f);
    for (size_t k = 0; k < f->count; k++) {
        version now = look(f->paths[k]);
        if (same(now, f->known[k]))
            continue;
        f->known[k] = now;
        if (now.there) /* else it is being renamed, or gone */
            saved[k] = any = true;
    }
    return any;
}
