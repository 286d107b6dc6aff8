/* write.c - text that is no markup, and files that are whole or not there
 */
#define _GNU_SOURCE
#include "write.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The character at c, and how many bytes it has; U+FFFD if there is none,
 * or none that a page may hold. */
static uint32_t character(const unsigned char *c, size_t *size)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    size_t more = *c < 0x80   ? 0
                  : *c < 0xc2 ? 4
                  : *c < 0xe0 ? 1
                  : *c < 0xf0 ? 2
                  : *c < 0xf5 ? 3
                              : 4;
    *size = 1;
    if (more == 4)
        return 0xfffd;
    uint32_t code = more ? *c & (0x3f >> more) : *c;
    for (size_t k = 1; k <= more; k++) {
        if ((c[k] & 0xc0) != 0x80)
            return 0xfffd;
        code = code << 6 | (c[k] & 0x3f);
    }
    bool control = (code < ' ' && code != '\n' && code != '\t') ||
                   (code >= 127 && code < 160);
    bool none = code < least[more + 1] || code > 0x10ffff ||
                (code >= 0xd800 && code < 0xe000) ||
                (code >= 0xfdd0 && code < 0xfdf0) ||
                (code & 0xfffe) == 0xfffe;
    bool turns = code == 0x200e || code == 0x200f || code == 0x61c ||
                 (code >= 0x202a && code <= 0x202e) ||
                 (code >= 0x2066 && code <= 0x2069);
    *size = more + 1;
    return control || none || turns ? 0xfffd : code;
}

void write_text(FILE *out, const char *text)
{
    const unsigned char *c = (const unsigned char *)text;
    for (size_t size; c && *c; c += size) {
        uint32_t code = character(c, &size);
        if (code == 0xfffd)
            fputs("\xef\xbf\xbd", out);
        else if (code < 128 && strchr("<>&\"'", (int)code))
            fprintf(out, "&#%u;", code);
        else
            fwrite(c, 1, size, out);
    }
}

bool write_whole(const char *path, const char *text)
{
    char *fresh;
    if (asprintf(&fresh, "%s.new", path) < 0)
        return false;
    FILE *out = fopen(fresh, "w");
    bool good = out && fputs(text, out) >= 0 && fputc('\n', out) != EOF &&
                fflush(out) == 0 && fsync(fileno(out)) == 0;
    good = out && fclose(out) == 0 && good && rename(fresh, path) == 0;
    if (!good)
        fprintf(stderr, "class: %s: %s\n", path, strerror(errno));
    free(fresh);
    return good;
}

char *read_whole(const char *path)
{
    char *bytes = NULL;
    size_t size, part;
    char buffer[1 << 14];
    FILE *in = fopen(path, "r"), *out = open_memstream(&bytes, &size);
    while (in && out && (part = fread(buffer, 1, sizeof buffer, in)) > 0)
        fwrite(buffer, 1, part, out);
    int status = !in || ferror(in) ? errno : 0;
    if (in)
        fclose(in);
    if (!out || fclose(out) != 0)
        abort(); /* no memory */
    if (status == 0)
        return bytes;
    free(bytes);
    errno = status;
    return NULL;
}

bool write_folder(const char *path)
{
    if (mkdir(path, 0755) == 0 || errno == EEXIST)
        return true;
    fprintf(stderr, "class: %s: %s\n", path, strerror(errno));
    return false;
}
