/* idx.c - IDX files, and what is wrong with them */
#include "idx.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

/* More numbers than this are no data set of this course: 2 GB of memory. */
enum { MOST_NUMBERS = 1 << 28 };

/* What is being read. */
typedef struct {
    gzFile stream;
    const char *path;
    size_t offset; /* in the unpacked file, of the byte to come */
    idx *file;
} reader;

static bool refuse(reader *r, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    int used = snprintf(r->file->error, sizeof r->file->error,
                        "%s: byte %zu: ", r->path, r->offset);
    if (used > 0 && (size_t)used < sizeof r->file->error)
        vsnprintf(r->file->error + used, sizeof r->file->error - used,
                  format, values);
    va_end(values);
    return false;
}

/* What zlib complains of, without the name of the file before it. */
static const char *complaint(gzFile stream, int *code)
{
    const char *why = gzerror(stream, code);
    const char *colon = strrchr(why, ':');
    return colon ? colon + 2 : why;
}

/* Read count bytes, or say why there are not so many; end is where the file
 * should end, 0 if that is not known yet. */
static bool take(reader *r, unsigned char *bytes, unsigned count,
                 size_t end)
{
    int got = gzread(r->stream, bytes, count);
    int code = Z_OK;
    const char *why = complaint(r->stream, &code);

    if (got > 0)
        r->offset += got;
    if (code == Z_ERRNO)
        return refuse(r, "%s", strerror(errno));
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
        return refuse(r, "the packed file is damaged (%s)", why);
    if (got >= 0 && (unsigned)got == count)
        return true;
    if (end > 0)
        return refuse(
            r, "the file ends here; its header promises %zu bytes", end);
    return refuse(r, "the file ends here, inside its header");
}

static bool read_header(reader *r, size_t *end)
{
    unsigned char bytes[4];
    idx *file = r->file;

    if (!take(r, bytes, 4, 0))
        return false;
    r->offset = 0;
    if (bytes[0] != 0 || bytes[1] != 0)
        return refuse(r,
                      "an IDX file begins with two zero bytes, this one "
                      "with %d and %d",
                      bytes[0], bytes[1]);
    r->offset = 2;
    if (bytes[2] != 8)
        return refuse(r,
                      "the numbers are of type %d; only bytes, type 8, "
                      "are read here",
                      bytes[2]);
    r->offset = 3;
    if (bytes[3] < 1 || bytes[3] > IDX_DIMENSIONS)
        return refuse(r, "%d dimensions; 1 to %d are read here", bytes[3],
                      IDX_DIMENSIONS);
    r->offset = 4;
    file->dimensions = bytes[3];

    size_t numbers = 1;
    for (size_t d = 0; d < file->dimensions; d++) {
        if (!take(r, bytes, 4, 0))
            return false;
        size_t size = (size_t)bytes[0] << 24 | bytes[1] << 16 |
                      bytes[2] << 8 | bytes[3];
        if (size == 0 || size > MOST_NUMBERS / numbers) {
            r->offset -= 4;
            return refuse(r,
                          size == 0
                              ? "a size of %zu"
                              : "a size of %zu makes more numbers than %d, "
                                "which is more than is read here",
                          size, MOST_NUMBERS);
        }
        file->size[d] = size;
        numbers *= size;
    }
    *end = r->offset + numbers;
    return true;
}

static bool read_numbers(reader *r, size_t end)
{
    unsigned char bytes[1 << 14];
    matrix *values = &r->file->values;
    size_t count = end - r->offset, filled = 0;

    *values = matrix_new(r->file->size[0], count / r->file->size[0]);
    while (filled < count) {
        size_t left = count - filled;
        unsigned next = left < sizeof bytes ? left : sizeof bytes;
        if (!take(r, bytes, next, end))
            return false;
        for (unsigned k = 0; k < next; k++)
            values->data[filled++] = bytes[k];
    }

    /* One byte more than there should be; and only reading to the end makes
     * zlib compare its checksum. */
    int more = gzread(r->stream, bytes, 1), code;
    const char *why = complaint(r->stream, &code);
    if (code < 0 && code != Z_ERRNO)
        return refuse(r, "the packed file is damaged (%s)", why);
    if (more > 0)
        return refuse(r, "the file goes on; its header promises %zu bytes",
                      end);
    return true;
}

bool idx_read(idx *file, const char *path)
{
    *file = (idx){ .dimensions = 0 };
    reader r = { .stream = gzopen(path, "rb"), .path = path, .file = file };
    if (r.stream == NULL) {
        snprintf(file->error, sizeof file->error, "%s: %s", path,
                 strerror(errno));
        return false;
    }

    size_t end = 0;
    bool done = read_header(&r, &end) && read_numbers(&r, end);
    gzclose_r(r.stream);
    if (!done) {
        matrix_free(&file->values);
        file->dimensions = 0;
    }
    return done;
}

void idx_free(idx *file)
{
    matrix_free(&file->values);
    file->dimensions = 0;
}
