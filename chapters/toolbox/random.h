/* random.h - the same random numbers on every machine
 *
 * rand() differs from one C library to the next, and figures and tests must
 * not.  Start a state with any seed and pass its address along:
 *
 *     random_state state = random_seed(2026);
 *     real x = random_uniform(&state);
 */
#ifndef RANDOM_H
#define RANDOM_H

#include "real.h"

#include <stdint.h>

typedef struct {
    uint64_t s[4];
} random_state;

/* A state that depends on every bit of seed. */
random_state random_seed(uint64_t seed);

/* 64 random bits: xoshiro256** (Blackman and Vigna 2018). */
uint64_t random_bits(random_state *state);

/* Uniform in [0, 1), a multiple of 2^-53 (of 2^-24 if real is float). */
real random_uniform(random_state *state);

/* Normal with mean 0 and deviation 1: the polar method (Marsaglia 1964). */
real random_normal(random_state *state);

/* A whole number in 0 ... n - 1, each equally likely; requires n > 0. */
uint64_t random_below(random_state *state, uint64_t n);

#endif
