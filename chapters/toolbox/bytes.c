/* bytes.c - files that every machine reads alike, or refuses */
#define _POSIX_C_SOURCE 200809L
#include "bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

void bytes_free(bytes *b)
{
    free(b->data);
    *b = (bytes){ 0 };
}

/* --- Appending --- */

static void append(bytes *b, const void *data, size_t count)
{
    if (count > b->room - b->count) {
        b->room = 2 * (b->count + count) + 64;
        b->data = realloc(b->data, b->room);
        if (b->data == NULL)
            stop(NO_MEMORY, HERE, "no memory for the bytes of a file");
    }
    if (count > 0)
        memcpy(b->data + b->count, data, count);
    b->count += count;
}

void bytes_put_text(bytes *b, const char *text)
{
    append(b, text, strlen(text));
}

static void put(bytes *b, uint64_t value, size_t count)
{
    unsigned char lowest_first[8];
    for (size_t k = 0; k < count; k++)
        lowest_first[k] = value >> (8 * k);
    append(b, lowest_first, count);
}

void bytes_put_u32(bytes *b, uint32_t value)
{
    put(b, value, 4);
}

void bytes_put_real(bytes *b, real value)
{
    double wide = value;
    uint64_t pattern;
    memcpy(&pattern, &wide, sizeof pattern);
    put(b, pattern, 8);
}

void bytes_put_matrix(bytes *b, matrix a)
{
    for (size_t k = 0; k < a.rows * a.cols; k++)
        bytes_put_real(b, a.data[k]);
}

/* --- Taking --- */

bool bytes_refuse(bytes *b, const char *format, ...)
{
    int used = snprintf(b->error, sizeof b->error, "byte %zu: ", b->next);
    va_list values;
    va_start(values, format);
    vsnprintf(b->error + used, sizeof b->error - used, format, values);
    va_end(values);
    return false;
}

static bool get(bytes *b, uint64_t *value, size_t count)
{
    if (b->count - b->next < count)
        return bytes_refuse(b, "%zu bytes are needed, %zu are left", count,
                            b->count - b->next);
    *value = 0;
    for (size_t k = 0; k < count; k++)
        *value |= (uint64_t)b->data[b->next++] << (8 * k);
    return true;
}

bool bytes_get_text(bytes *b, const char *text)
{
    size_t count = strlen(text);
    if (b->count - b->next < count ||
        memcmp(b->data + b->next, text, count) != 0)
        return bytes_refuse(b, "\"%s\" should stand here", text);
    b->next += count;
    return true;
}

bool bytes_get_u32(bytes *b, uint32_t *value)
{
    uint64_t wide = 0;
    if (!get(b, &wide, 4))
        return false;
    *value = wide;
    return true;
}

bool bytes_get_real(bytes *b, real *value)
{
    uint64_t pattern = 0;
    double wide;
    if (!get(b, &pattern, 8))
        return false;
    memcpy(&wide, &pattern, sizeof wide);
    *value = wide;
    return true;
}

bool bytes_get_matrix(bytes *b, matrix a)
{
    for (size_t k = 0; k < a.rows * a.cols; k++)
        if (!bytes_get_real(b, &a.data[k]))
            return false;
    return true;
}

uint32_t bytes_checksum(bytes b, size_t count)
{
    require(count <= b.count);
    uLong sum = crc32(0, NULL, 0);
    for (size_t k = 0; k < count; k += 1 << 20) {
        size_t left = count - k;
        sum = crc32(sum, b.data + k, left < 1 << 20 ? left : 1 << 20);
    }
    return sum;
}

/* --- Files --- */

static bool failed(bytes *b, const char *path)
{
    snprintf(b->error, sizeof b->error, "%s: %s", path, strerror(errno));
    return false;
}

static bool write_all(int file, const unsigned char *data, size_t count)
{
    while (count > 0) {
        ssize_t done = write(file, data, count);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        data += done;
        count -= done;
    }
    return true;
}

bool bytes_write(bytes *b, const char *path)
{
    char other[4096];
    int length = snprintf(other, sizeof other, "%s.new-XXXXXX", path);
    if (length < 0 || (size_t)length >= sizeof other) {
        errno = ENAMETOOLONG;
        return failed(b, path);
    }
    int file = mkstemp(other);
    if (file < 0)
        return failed(b, path);

    mode_t mask = umask(0);
    umask(mask);
    bool done = write_all(file, b->data, b->count) && fsync(file) == 0 &&
                fchmod(file, 0666 & ~mask) == 0;
    done = close(file) == 0 && done;
    if (done && rename(other, path) == 0)
        return true;
    failed(b, path);
    unlink(other);
    return false;
}

bool bytes_read(bytes *b, const char *path, size_t most)
{
    bytes_free(b);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return failed(b, path);

    unsigned char piece[1 << 14];
    size_t got;
    while (b->count <= most &&
           (got = fread(piece, 1, sizeof piece, file)) > 0)
        append(b, piece, got);
    bool unread = ferror(file) != 0;
    int why = errno;
    fclose(file);
    errno = why;
    if (!unread && b->count <= most)
        return true;

    bytes_free(b);
    if (unread)
        return failed(b, path);
    snprintf(b->error, sizeof b->error,
             "%s: byte %zu: the file goes on; no more than that is read",
             path, most);
    return false;
}
