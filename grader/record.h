/* record.h - what the judge knows of its tests, told to scripts */
#ifndef RECORD_H
#define RECORD_H

#include "judge.h"

/* A line for each test, with tabs between: its number, function, name and
 * questions. */
void record_list(const test *tests);

/* The inputs of a test, and what is expected of it, as tables in C: see
 * help/replay.h. */
void record_test(const test *one, uint64_t seed, size_t number);

#endif
