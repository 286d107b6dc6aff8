#define _GNU_SOURCE
#include "intake.h"
#include "explain.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST = 256 * 1024 };

/* The whole file with a 0 after it, or NULL and why. */
static char *whole_file(const char *path, size_t *size, const char **why)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &status) != 0) {
        *why = shared_text("%s: %s.", path, strerror(errno));
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    char *text = NULL;
    if (!S_ISREG(status.st_mode))
        *why = shared_text("%s is not a file with text in it.", path);
    else if (status.st_size > LARGEST)
        *why =
            shared_text("%s has %lld bytes; more than %d are not graded.",
                        path, (long long)status.st_size, LARGEST);
    else
        text = calloc((size_t)status.st_size + 1, 1);
    *size = 0;
    for (ssize_t got; text && *size < (size_t)status.st_size;
         *size += (size_t)got)
        if ((got = read(fd, text + *size,
                        (size_t)status.st_size - *size)) <= 0)
            break;
    close(fd);
    return text;
}

static int line_of(const char *text, size_t position)
{
    int line = 1;
    for (size_t k = 0; k < position; k++)
        line += text[k] == '\n';
    return line;
}

const char *intake(const char *path)
{
    const char *why = NULL;
    size_t size;
    char *text = whole_file(path, &size, &why);
    if (!text)
        return why ? why : shared_text("%s cannot be read.", path);

    const unsigned char *bytes = (unsigned char *)text;
    if (size >= 2 && ((bytes[0] == 0xff && bytes[1] == 0xfe) ||
                      (bytes[0] == 0xfe && bytes[1] == 0xff)))
        why = shared_text("%s is saved as UTF-16; save it as UTF-8.", path);
    else if (strlen(text) != size)
        why = shared_text("%s, line %d: a zero byte; this is not a text "
                          "file.",
                          path, line_of(text, strlen(text)));
    else if (strspn(text, " \t\r\n") == size)
        why = shared_text("%s is empty.  make reset-%.2s puts the exercise "
                          "back.",
                          path, base_name(path));
    free(text);
    return why;
}

/* Where text has the word main as the name of a function, outside comments:
 * at the start of a line but for its type. */
static int line_of_main(const char *text)
{
    for (const char *p = text; (p = strstr(p, "main")); p++) {
        const char *after = p + 4 + strspn(p + 4, " \t");
        const char *start = p;
        while (start > text && start[-1] != '\n')
            start--;
        if (*after == '(' && (p == text || isspace((unsigned char)p[-1])) &&
            (!strncmp(start, "int", 3) || !strncmp(start, "void", 4) ||
             start == p))
            return line_of(text, (size_t)(p - text));
    }
    return 0;
}

const char *intake_note(const char *path)
{
    const char *why = NULL;
    size_t size;
    char *text = whole_file(path, &size, &why);
    int line = text ? line_of_main(text) : 0;
    free(text);
    return line ? shared_text(
                      "Line %d defines main(); the grader calls your "
                      "other functions and never main.",
                      line)
                : NULL;
}
