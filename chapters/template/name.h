/* NAME.h - one line that says what the chapter computes
 *
 * The symbols of the chapter, their shapes and their units:
 *
 *   x       N x 1   one example per row, in the unit of the input
 *   y       N x 1   the same, doubled
 */
#ifndef UPPER_H
#define UPPER_H

#include "matrix.h"

//> double-contract
/* NAME_double - twice each number
 *
 *     y_i = 2 x_i                                               (PLAIN.1)
 *
 * out       y
 * requires  x and y are N x 1
 */
void NAME_double(matrix y, matrix x);
//< double-contract

#endif
