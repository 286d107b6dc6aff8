/* bytes.h - files that every machine reads alike, or refuses
 *
 * A file is built up in memory and written in one go, so that it is never
 * half there; it is read in one go, and taken apart from the front.  Whole
 * numbers have four bytes, real numbers the eight of a double, the least
 * significant byte first, whatever this machine does.
 */
#ifndef BYTES_H
#define BYTES_H

#include "matrix.h"

#include <stdint.h>

typedef struct {
    unsigned char *data;
    size_t count; /* how many bytes there are */
    size_t room;  /* how many there is memory for */
    size_t next;  /* the first byte that was not taken yet */
    char error[300];
} bytes;

/* Start with (bytes){ 0 }; the caller frees it. */
void bytes_free(bytes *b);

/* Append a text (without its final zero), a number, all elements of a. */
void bytes_put_text(bytes *b, const char *text);
void bytes_put_u32(bytes *b, uint32_t value);
void bytes_put_real(bytes *b, real value);
void bytes_put_matrix(bytes *b, matrix a);

/* Take the same from the front; false, with b->error set, if too few bytes
 * are left. */
bool bytes_get_text(bytes *b, const char *text);
bool bytes_get_u32(bytes *b, uint32_t *value);
bool bytes_get_real(bytes *b, real *value);
bool bytes_get_matrix(bytes *b, matrix a);

/* The CRC-32 of the first count bytes: another number, almost surely, if a
 * single one of them changes. */
uint32_t bytes_checksum(bytes b, size_t count);

/* Set b->error to "byte 12: ..." (the byte that comes next) and return
 * false: what a reader says when it finds something else than it should. */
bool bytes_refuse(bytes *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Write all bytes to path, or nothing: to another name first, to the disk,
 * and only then in the place of what was there.  False, with b->error set,
 * if that fails; then path holds what it held. */
bool bytes_write(bytes *b, const char *path);

/* Read the file at path into b, which is freed first.  False, with b->error
 * set, if it cannot be read or holds more than most bytes. */
bool bytes_read(bytes *b, const char *path, size_t most);

#endif
