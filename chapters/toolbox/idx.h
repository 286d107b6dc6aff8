/* idx.h - images and labels as MNIST and its relatives store them
 *
 * An IDX file is a short header and then one byte after another:
 *
 *   bytes 0-1   zero
 *   byte 2      the type of the numbers: 8 for bytes of 0 to 255
 *   byte 3      the number d of dimensions
 *   4 d bytes   the sizes, each four bytes, the most significant first
 *   the rest    the numbers; the last dimension runs fastest
 *
 * The file may be packed with gzip or not; offsets are those of the file
 * when it is unpacked.
 */
#ifndef IDX_H
#define IDX_H

#include "matrix.h"

#define IDX_DIMENSIONS 4

typedef struct {
    matrix values; /* one row per item; the numbers as they are, 0 to 255 */
    size_t dimensions, size[IDX_DIMENSIONS]; /* 60000, 28, 28 */
    char error[300];
} idx;

/* idx_read - read a whole file
 *
 * out      file; after a failure it is empty but for file->error, one
 *          sentence with file, byte, and what was found there
 * returns  false if the file cannot be read, is damaged, is of another
 *          kind, ends too early or goes on too long
 * owns     the caller frees the file with idx_free, also after a failure
 */
bool idx_read(idx *file, const char *path);
void idx_free(idx *file);

#endif
