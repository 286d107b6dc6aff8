/* tiny.h - four small functions of a column, graded fast
 *
 *   x     N x 1   the numbers
 *   out   N x 1   the same numbers, scaled
 */
#ifndef TINY_H
#define TINY_H

#include "matrix.h"

/* tiny_mean - the mean of the numbers
 *
 *     mean = 1/N * sum_i x_i                                        (1.1)
 *
 * returns   the mean
 * requires  x is N x 1,  N > 0
 */
real tiny_mean(matrix x);

/* tiny_scale - each number times a
 *
 *     out_i = a x_i                                                 (1.2)
 *
 * out       out
 * requires  out and x are N x 1
 */
void tiny_scale(matrix out, matrix x, real a);

/* tiny_largest - the largest of the numbers
 *
 *     max_i x_i                                                     (1.3)
 *
 * returns   the largest
 * requires  x is N x 1,  N > 0
 */
real tiny_largest(matrix x);

/* tiny_twice_mean - twice the mean
 *
 *     2 mean                                                        (1.4)
 *
 * returns   twice what tiny_mean returns
 * requires  x is N x 1,  N > 0
 */
real tiny_twice_mean(matrix x);

#endif
