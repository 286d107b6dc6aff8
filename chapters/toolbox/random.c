#include "random.h"
#include "require.h"

#include <math.h>

/* splitmix64 (Steele, Lea and Flood 2014): seeds that are close together
 * must not give states that are. */
static uint64_t splitmix(uint64_t *x)
{
    uint64_t z = *x += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

random_state random_seed(uint64_t seed)
{
    random_state state;
    for (int k = 0; k < 4; k++)
        state.s[k] = splitmix(&seed);
    return state;
}

static uint64_t rotate(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

uint64_t random_bits(random_state *state)
{
    uint64_t *s = state->s, bits = rotate(s[1] * 5, 7) * 9;
    uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 45);
    return bits;
}

/* As many bits as fit: a float would round the largest of 53 bits to 1. */
real random_uniform(random_state *state)
{
    uint64_t bits = random_bits(state);
    return sizeof(real) == sizeof(float) ? (real)(bits >> 40) * 0x1p-24f
                                         : (real)(bits >> 11) * 0x1p-53;
}

/* A point (u, v) in the unit disc has a direction that is uniform and a
 * squared length q that is uniform too; sqrt(-2 ln q) is the length that
 * two independent normal numbers have.  One of the two is used: a state
 * without a half-spent pair is easier to reason about. */
real random_normal(random_state *state)
{
    double u, v, q;
    do {
        u = 2 * ((double)(random_bits(state) >> 11) * 0x1p-53) - 1;
        v = 2 * ((double)(random_bits(state) >> 11) * 0x1p-53) - 1;
        q = u * u + v * v;
    } while (q >= 1 || q == 0);
    return (real)(u * sqrt(-2 * log(q) / q));
}

/* The remainder of 2^64 by n would favour small numbers: throw it away. */
uint64_t random_below(random_state *state, uint64_t n)
{
    require(n > 0);
    uint64_t bits, unfair = (0 - n) % n;
    do {
        bits = random_bits(state);
    } while (bits < unfair);
    return bits % n;
}
