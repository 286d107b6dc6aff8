/* search.c - searching at random, evolving, following the slope */
#include "demo.h"
#include "parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { BUDGET = 2000, MOST = 128, SEEDS = 21 };

/* A gradient costs about as much as five evaluations: chapter 05. */
enum { PRICE = 5 };

typedef enum { AT_RANDOM, EVOLVING, DOWNHILL, WAYS } way;
static const char *const way_names[] = { "at random", "evolving",
                                         "downhill" };

/* A bowl that is up to ten times steeper in some directions than in
 * others; its bottom is at 0. */
static real steepness(size_t i, size_t n)
{
    return n == 1 ? 1 : pow(10, (real)i / (n - 1));
}

static real bowl(const real *x, size_t n)
{
    real sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += steepness(i, n) * x[i] * x[i] / 2;
    return sum;
}

/* The height reached from a random start, as a share of the start's. */
static real reached(way how, size_t n, uint64_t seed)
{
    random_state state = random_seed(seed);
    real x[MOST], next[MOST];
    for (size_t i = 0; i < n; i++)
        x[i] = random_normal(&state);
    real start = bowl(x, n), best = start;

    if (how == AT_RANDOM)
        for (int k = 0; k < BUDGET; k++) {
            for (size_t i = 0; i < n; i++)
                next[i] = random_normal(&state);
            best = fmin(best, bowl(next, n));
        }
    else if (how == EVOLVING) {
        /* a child differs a little; the better of the two lives.  Every
         * success makes the difference larger, every failure smaller, so
         * that one child in five succeeds (Rechenberg 1973). */
        real size = 1;
        for (int k = 0; k < BUDGET; k++) {
            for (size_t i = 0; i < n; i++)
                next[i] = x[i] + size * random_normal(&state);
            real height = bowl(next, n);
            size *=
                height < best ? exp(0.8 / sqrt(n)) : exp(-0.2 / sqrt(n));
            if (height < best) {
                best = height;
                for (size_t i = 0; i < n; i++)
                    x[i] = next[i];
            }
        }
    } else
        for (int k = 0; k < BUDGET / PRICE; k++) {
            for (size_t i = 0; i < n; i++)
                x[i] -= 0.1 * steepness(i, n) * x[i];
            best = bowl(x, n);
        }
    return best / start;
}

static int by_size(const void *a, const void *b)
{
    real x = *(const real *)a, y = *(const real *)b;
    return (x > y) - (x < y);
}

static real typical(way how, size_t n)
{
    real results[SEEDS];
    for (int seed = 0; seed < SEEDS; seed++)
        results[seed] = reached(how, n, seed + 1);
    qsort(results, SEEDS, sizeof *results, by_size);
    return results[SEEDS / 2];
}

void show_budget(void)
{
    printf("# dimensions\tat random\tevolving\tdownhill\n");
    for (size_t n = 2; n <= MOST; n *= 8)
        printf("%12zu\t%9.0e\t%8.0e\t%8.0e\n", n,
               (double)typical(AT_RANDOM, n), (double)typical(EVOLVING, n),
               (double)typical(DOWNHILL, n));
}

void show_chance(void)
{
    for (way how = AT_RANDOM; how < WAYS; how++) {
        printf("# dimensions, height left: %s\n", way_names[how]);
        for (size_t n = 2; n <= MOST; n *= 2)
            printf("%zu\t%.3g\n", n, (double)typical(how, n));
        printf("\n\n");
    }
}

void claims_of_search(void)
{
    int ordered = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
        real chance = reached(AT_RANDOM, 128, seed);
        real evolved = reached(EVOLVING, 128, seed);
        ordered += reached(DOWNHILL, 128, seed) < 1e-3 * evolved &&
                   evolved < chance;
    }
    claim(ordered == SEEDS,
          "128 dimensions: downhill beats evolving beats chance, %d of %d "
          "seeds",
          ordered, SEEDS);
}
