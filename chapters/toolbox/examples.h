/* examples.h - data sets as the chapters use them
 *
 * These stop the program with the reader's sentence if a file cannot be
 * read: a demo without its data has nothing to show.
 */
#ifndef EXAMPLES_H
#define EXAMPLES_H

#include "matrix.h"

typedef struct {
    matrix X; /* N x n, one example per row */
    matrix y; /* N x 1, the target, or the number of the class */
} examples;

/* The table at path: the column of that name is y, all others are X. */
examples examples_from_csv(const char *path, const char *target);

/* Images and labels in two IDX files, each pixel divided by white. */
examples examples_from_idx(const char *images, const char *labels,
                           real white);

/* The 1,797 handwritten digits that come with the course: 8 x 8 pixels
 * between 0 (paper) and 1 (ink). */
examples examples_digits(void);

void examples_free(examples *data);

#endif
