/* inputs.h - the arrays a test works on: the same in worker and judge */
#ifndef INPUTS_H
#define INPUTS_H

#include "test.h"

#include <stdint.h>

typedef enum { INPUT, OUTPUT, IN_OUT } role;

/* Start a test: its random numbers depend on the seed of the run and on the
 * number of the test, not on what ran before it. */
void inputs_begin(uint64_t seed, size_t test_number);

/* Called for every array and number as it is made. */
extern void (*inputs_made)(const char *name, matrix value, role is);

/* What an output holds before it is written: a signalling NaN.  Arithmetic
 * on it gives the second pattern, so that "never written" and "added to
 * what was there" can be told apart. */
#define NEVER_WRITTEN 0x7ff4dead0000beefu
#define BUILT_ON_IT 0x7ffcdead0000beefu

#endif
