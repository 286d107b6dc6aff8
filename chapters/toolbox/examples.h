/* examples.h - data sets as the chapters use them
 *
 * These stop the program with the reader's sentence if a file cannot be
 * read: a demo without its data has nothing to show.
 */
#ifndef EXAMPLES_H
#define EXAMPLES_H

#include "matrix.h"
#include "random.h"

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

/* MNIST's digits, part "train" or "t10k": 28 x 28 pixels between 0 and 1.
 * They lie where datasets/fetch puts them, or in the folder that the
 * variable MNIST names; if they do not, that is said, and the program ends.
 */
examples examples_mnist(const char *part);

/* Only the examples of two classes, one of which is 0 now and the other 1;
 * frees all the others. */
examples examples_of_two(examples all, int zero, int one);

void examples_free(examples *data);

/* Three parts: to learn from, to choose by, and to be asked once. */
typedef struct {
    examples train, validation, test;
} parts;

/* All rows, shuffled: so many to learn from, so many to choose by, and the
 * rest to be asked.  The caller frees them. */
parts parts_of(examples all, size_t train, size_t validation,
               random_state *state);

/* 1,257, 180 and 360 of the digits, shuffled by seed. */
parts parts_of_digits(uint64_t seed);

void parts_free(parts *three);

#endif
