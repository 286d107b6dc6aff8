/* unpack.c - takes the exercises out of an archive
 *
 *     unpack ARCHIVE FOLDER NAME...
 *
 * FOLDER is empty, and gets the files whose last part is a NAME, under that
 * name.  What is refused or ignored is said, a line each, on standard
 * output; 0 if the archive could be read to its end.  Runs in a jail: an
 * archive may be made to harm whoever reads it.
 */
#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ENTRIES = 10000, LARGEST = 256 * 1024, TOTAL = 64 << 20 };

/* One line of whatever bytes the name has. */
static void say(const char *what, const char *name)
{
    printf("%s: ", what);
    for (const unsigned char *c = (const unsigned char *)name; *c; c++)
        if (*c < ' ' || *c == 127 || *c == '\\')
            printf("\\x%02x", *c);
        else
            putchar(*c);
    putchar('\n');
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool leaves_its_folder(const char *path)
{
    if (*path == '/' || *path == '\\')
        return true;
    for (const char *part = path; part;
         part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL)
        if (!strncmp(part, "..", 2) && (part[2] == '/' || !part[2]))
            return true;
    return false;
}

static bool keep(struct archive *from, const char *name, long *total)
{
    static char buffer[LARGEST + 1];
    size_t size = 0;
    la_ssize_t got;
    while (size < sizeof buffer &&
           (got = archive_read_data(from, buffer + size,
                                    sizeof buffer - size)) != 0) {
        if (got < 0) {
            say("damaged", name);
            return false;
        }
        size += (size_t)got;
    }
    *total += (long)size;
    if (size > LARGEST) {
        say("larger than 256 KiB, refused", name);
        return true;
    }
    int to = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0644);
    if (to < 0) {
        say("is there twice; the first counts", name);
        return true;
    }
    bool good = write(to, buffer, size) == (ssize_t)size;
    return close(to) == 0 && good;
}

int main(int argc, char **argv)
{
    struct stat status;
    if (argc < 4) {
        fprintf(stderr, "usage: unpack ARCHIVE FOLDER NAME...\n");
        return 2;
    }
    int in = open(argv[1], O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (in < 0 || fstat(in, &status) != 0 || !S_ISREG(status.st_mode) ||
        chdir(argv[2]) != 0) {
        printf("cannot be opened as a file\n");
        return 1;
    }
    struct archive *from = archive_read_new();
    archive_read_support_filter_all(from);
    archive_read_support_format_zip(from);
    archive_read_support_format_tar(from);
    if (archive_read_open_fd(from, in, 1 << 16) != ARCHIVE_OK) {
        printf("no archive: %s\n", archive_error_string(from));
        return 1;
    }
    long total = 0;
    struct archive_entry *entry;
    int result = ARCHIVE_OK;
    for (int n = 0;
         (result = archive_read_next_header(from, &entry)) != ARCHIVE_EOF;
         n++) {
        if (result < ARCHIVE_WARN) {
            printf("damaged: %s\n", archive_error_string(from));
            return 1;
        }
        if (n == ENTRIES || total > TOTAL) {
            printf("more than %d entries or 64 MiB: the rest is not "
                   "read\n",
                   ENTRIES);
            return 0;
        }
        const char *path = archive_entry_pathname(entry);
        if (!path)
            path = "(a name that cannot be read)";
        bool wanted = false;
        for (int k = 3; k < argc; k++)
            wanted = wanted || !strcmp(last_part(path), argv[k]);
        if (leaves_its_folder(path))
            say("leaves its folder, refused", path);
        else if (wanted && (archive_entry_hardlink(entry) ||
                            archive_entry_filetype(entry) != AE_IFREG))
            say("is a link or no file, refused", path);
        else if (wanted && archive_entry_is_encrypted(entry))
            say("is encrypted, refused", path);
        else if (wanted && !keep(from, last_part(path), &total))
            return 1;
        else if (!wanted && archive_entry_filetype(entry) == AE_IFREG)
            total += archive_entry_size_is_set(entry)
                         ? (long)archive_entry_size(entry)
                         : 0;
    }
    archive_read_free(from);
    return 0;
}
