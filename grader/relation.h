/* relation.h - what can truly be said of wrong numbers
 *
 * When no known mistake fits, a plain fact about the numbers may still
 * help: they are all N times too large, have the wrong sign, were never
 * written. A relation is only stated if it holds for every wrong answer of
 * the function.
 */
#ifndef RELATION_H
#define RELATION_H

#include "judge.h"

/* A sentence about the wrong answers of results[0 ... count - 1], which are
 * runs of tests of one function; NULL if nothing simple holds. */
const char *relation(result *const results[], size_t count);

#endif
