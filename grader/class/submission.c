/* submission.c - what one student handed in */
#define _GNU_SOURCE
#include "submission.h"
#include "process.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST = 256 * 1024, DEPTH = 4, ENTRIES = 2000 };

/* --- Names and sums --- */

static void hex_of(char hex[65], struct sha256_ctx *sum)
{
    uint8_t bytes[SHA256_DIGEST_SIZE];
    sha256_digest(sum, sizeof bytes, bytes);
    for (size_t k = 0; k < sizeof bytes; k++)
        sprintf(hex + 2 * k, "%02x", bytes[k]);
}

void digest(char hex[65], const char *text, ...)
{
    struct sha256_ctx sum;
    sha256_init(&sum);
    va_list more;
    va_start(more, text);
    for (; text; text = va_arg(more, const char *))
        sha256_update(&sum, strlen(text) + 1, (const uint8_t *)text);
    va_end(more);
    hex_of(hex, &sum);
}

bool digest_file(char hex[65], const char *path)
{
    struct sha256_ctx sum;
    uint8_t buffer[1 << 14];
    size_t size;
    FILE *in = fopen(path, "rb");
    sha256_init(&sum);
    if (!in)
        return false;
    while ((size = fread(buffer, 1, sizeof buffer, in)) > 0)
        sha256_update(&sum, size, buffer);
    bool good = !ferror(in);
    fclose(in);
    hex_of(hex, &sum);
    return good;
}

/* How many bytes of UTF-8 begin here, 0 if none do or nobody sees them. */
static size_t letter(const unsigned char *c)
{
    size_t size = *c < 0x80   ? 1
                  : *c < 0xc2 ? 0
                  : *c < 0xe0 ? 2
                  : *c < 0xf0 ? 3
                  : *c < 0xf5 ? 4
                              : 0;
    for (size_t k = 1; k < size; k++)
        if ((c[k] & 0xc0) != 0x80)
            return 0;
    if (size == 1 && (*c < ' ' || *c == 127 || *c == '\\'))
        return 0;
    return size == 2 && *c == 0xc2 && c[1] < 0xa0 ? 0 : size;
}

char *shown(const char *name)
{
    char *text = calloc(4 * strlen(name) + 1, 1), *to = text;
    for (const unsigned char *c = (const unsigned char *)name; *c;) {
        size_t size = letter(c);
        if (size) {
            memcpy(to, c, size);
            to += size;
            c += size;
        } else
            to += sprintf(to, "\\x%02x", *c++);
    }
    return text;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **chapters_of(const char *course)
{
    char path[4096], **stems = calloc(MOST_CHAPTERS + 1, sizeof *stems);
    size_t count = 0;
    snprintf(path, sizeof path, "%s/exercises", course);
    DIR *all = opendir(path);
    for (struct dirent *one; all && (one = readdir(all));) {
        size_t size = strlen(one->d_name);
        if (count < MOST_CHAPTERS && size > 3 && one->d_name[0] != '.' &&
            !strcmp(one->d_name + size - 2, ".c"))
            stems[count++] = strndup(one->d_name, size - 2);
    }
    if (all)
        closedir(all);
    qsort(stems, count, sizeof *stems, by_name);
    return stems;
}

/* --- Files --- */

static void note(submission *s, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void note(submission *s, const char *format, ...)
{
    size_t used = strlen(s->note);
    va_list values;
    va_start(values, format);
    vsnprintf(s->note + used, sizeof s->note - used, format, values);
    va_end(values);
    used = strlen(s->note);
    if (used + 2 < sizeof s->note)
        strcpy(s->note + used, "\n");
}

/* Copy one file of a folder to another place, if it is fit to be read. */
static void take(handed *h, int folder, const char *name, const char *to,
                 submission *s)
{
    struct stat status, around;
    int in = openat(folder, name,
                    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (in < 0 || fstat(in, &status) != 0 || !S_ISREG(status.st_mode)) {
        snprintf(h->refused, sizeof h->refused,
                 "%s is %s, not a file of its own.", name,
                 in >= 0          ? "a folder or a device"
                 : errno == ELOOP ? "a link"
                                  : strerror(errno));
        if (in >= 0)
            close(in);
        return;
    }
    if (status.st_nlink > 1 && fstat(folder, &around) == 0 &&
        around.st_uid != status.st_uid) {
        snprintf(h->refused, sizeof h->refused,
                 "%s is a second name for a file of another owner.", name);
        close(in);
        return;
    }
    char *bytes = malloc(LARGEST + 1);
    size_t size = 0;
    ssize_t got = 0;
    if (!bytes)
        abort();
    while (size <= LARGEST &&
           (got = read(in, bytes + size, LARGEST + 1 - size)) > 0)
        size += (size_t)got;
    close(in);
    if (got < 0 || size > LARGEST) {
        snprintf(h->refused, sizeof h->refused,
                 got < 0
                     ? "%s cannot be read."
                     : "%s has more than 256 KiB, which are not graded.",
                 name);
        return;
    }
    int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    bool good = out >= 0 && write(out, bytes, size) == (ssize_t)size;
    h->bytes = bytes;
    h->size = size;
    if (out < 0 || close(out) != 0 || !good || !digest_file(h->hash, to)) {
        s->ours = true;
        note(s, "%s: %s", to, strerror(errno));
    }
}

/* Look for the exercises in a folder and those in it, names in order. */
static void search(submission *s, int folder, int depth, int *entries,
                   const char *to, char **chapters)
{
    for (size_t c = 0; chapters[c]; c++) {
        struct stat status;
        char name[256], path[4096];
        snprintf(name, sizeof name, "%s.c", chapters[c]);
        if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        if (s->file[c].hash[0] || s->file[c].refused[0]) {
            note(s, "%s is there twice; the first counts", name);
            continue;
        }
        snprintf(path, sizeof path, "%s/%s", to, name);
        take(&s->file[c], folder, name, path, s);
    }

    char *names[ENTRIES];
    size_t count = 0;
    DIR *all = depth < DEPTH ? fdopendir(dup(folder)) : NULL;
    if (!all)
        return;
    rewinddir(all);
    for (struct dirent *one; (one = readdir(all));)
        if (strcmp(one->d_name, ".") && strcmp(one->d_name, "..")) {
            if (++*entries > ENTRIES) {
                note(s, "more than %d files: the rest is not looked at",
                     ENTRIES);
                break;
            }
            names[count++] = strdup(one->d_name);
        }
    closedir(all);
    qsort(names, count, sizeof *names, by_name);
    for (size_t k = 0; k < count; k++) {
        int below = openat(folder, names[k],
                           O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (below >= 0) {
            search(s, below, depth + 1, entries, to, chapters);
            close(below);
        }
        free(names[k]);
    }
}

/* Let the program of that name unpack the archive, in a jail, and look for
 * the exercises in what came out. */
static void search_archive(submission *s, const char *archive,
                           const char *to, char **chapters,
                           const sandbox *box, const char *unpack,
                           uid_t uid)
{
    char folder[4096], *argv[MOST_CHAPTERS + 4];
    snprintf(folder, sizeof folder, "%s/unpacked", to);
    if (mkdir(folder, 0755) != 0 ||
        (geteuid() == 0 && chown(folder, uid, uid) != 0)) {
        s->ours = true;
        note(s, "%s: %s", folder, strerror(errno));
        return;
    }
    jail j = { .read = { archive, unpack },
               .write = folder,
               .start = "/",
               .uid = uid,
               .cpu = 10,
               .memory = 1024,
               .file = 1,
               .processes = 8 };
    size_t n = 0;
    argv[n++] = (char *)unpack;
    argv[n++] = (char *)archive;
    argv[n++] = folder;
    for (size_t c = 0; chapters[c]; c++)
        if (asprintf(&argv[n++], "%s.c", chapters[c]) < 0)
            abort();
    argv[n] = NULL;
    process p = sandbox_run(box, &j, argv, bare_environment, 20);
    while (n > 3)
        free(argv[--n]);
    if (!p.started) {
        s->ours = true;
        note(s, "the archive could not be opened in a sandbox: %s",
             p.complained.bytes ? p.complained.bytes : "");
    } else if (p.late || !p.exited)
        note(s, "the archive took too much time or memory: refused");
    else {
        char *line = strtok(p.printed.bytes, "\n");
        for (int k = 0; line && k < 10; k++, line = strtok(NULL, "\n")) {
            char *text = shown(line);
            note(s, "%s", text);
            free(text);
        }
        int entries = 0;
        int below = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (below >= 0) {
            search(s, below, DEPTH, &entries, to, chapters);
            close(below);
        }
    }
    process_free(&p);
}

void submission_take(submission *s, int root, const char *root_path,
                     const char *name, const char *to, char **chapters,
                     const sandbox *box, const char *unpack, uid_t uid)
{
    struct stat status;
    int entries = 0;
    *s = (submission){ 0 };
    if (fstatat(root, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        note(s, "cannot be read: %s", strerror(errno));
    else if (S_ISDIR(status.st_mode)) {
        int folder = openat(
            root, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (folder < 0)
            note(s, "cannot be opened: %s", strerror(errno));
        else {
            search(s, folder, 1, &entries, to, chapters);
            close(folder);
        }
    } else if (S_ISREG(status.st_mode)) {
        char archive[4096];
        snprintf(archive, sizeof archive, "%s/%s", root_path, name);
        search_archive(s, archive, to, chapters, box, unpack, uid);
    } else
        note(s, "is neither a folder nor an archive");
}
