/* compare.h - when two numbers are the same */
#ifndef COMPARE_H
#define COMPARE_H

#include "matrix.h"

/* |yours - expected| <= tolerance * (1 + |expected|); a NaN or an infinity
 * is only ever equal to itself. */
bool same_number(real yours, real expected, real tolerance);
bool same_matrix(matrix yours, matrix expected, real tolerance);

/* Whether x has the bits of a pattern of inputs.h. */
bool has_bits(real x, unsigned long long pattern);

#endif
