/* roofline.c - what this processor can do at best, one thread
 *
 *     roofline BYTES...
 *
 * Prints, with tabs between them: the peak of multiply-and-adds in 10^9
 * operations a second (two for each) in numbers of this size, and how many
 * 10^9 bytes a second are read from memory of each size, again and again.
 */
#define _POSIX_C_SOURCE 200809L
#include "demo.h"
#include "vector.h"

#include <stdio.h>
#include <stdlib.h>

enum { CHAINS = VECTOR_BYTES == 64 ? 16 : 12, TRIES = 7 };

static volatile real sink; /* so that nothing is left out */

/* Enough sums that do not wait for each other, all in registers. */
static double peak(void)
{
    enum { REPEATS = 4000000 };
    double best = 0;
    for (int try = 0; try < TRIES; try++) {
        vector sum[CHAINS], a, b;
        for (int k = 0; k < CHAINS; k++) /* none is like another */
            for (int l = 0; l < LANES; l++)
                sum[k][l] = sink + (real)k;
        for (int k = 0; k < LANES; k++) {
            a[k] = sink + (real)0.5;
            b[k] = sink + (real)0.25;
        }
        double start = seconds();
        for (long n = 0; n < REPEATS; n++) {
            for (int k = 0; k < CHAINS; k++)
                sum[k] = sum[k] * a + b;
        }
        double took = seconds() - start;
        for (int k = 1; k < CHAINS; k++)
            sum[0] += sum[k];
        sink = 0 * sum[0][0];
        double rate = 2e-9 * LANES * CHAINS * (double)REPEATS / took;
        best = rate > best ? rate : best;
    }
    return best;
}

/* All of it once, from one place on or from several side by side: some
 * processors fetch ahead better in this way, some in that. */
static void read_all(vector sum[CHAINS], const vector *all, size_t count,
                     size_t places)
{
    size_t stretch = count / places;
    if (places == 1)
        for (size_t k = 0; k < count; k += CHAINS)
            for (size_t c = 0; c < CHAINS; c++)
                sum[c] += all[k + c];
    else
        for (size_t k = 0; k < stretch; k++)
            for (size_t c = 0; c < CHAINS; c++)
                sum[c] += all[c * stretch + k];
}

static double reading(size_t bytes)
{
    size_t count = bytes / sizeof(vector) / CHAINS * CHAINS;
    vector *all = aligned_alloc(VECTOR_BYTES, count * sizeof *all);
    if (!all || count == 0)
        return 0;
    for (size_t k = 0; k < count; k++)
        all[k] = (vector){ 0 };
    size_t passes = 1 + ((size_t)1 << 29) / (count * sizeof *all);
    double best = 0;
    for (int try = 0; try < 2 * TRIES; try++) {
        vector sum[CHAINS] = { 0 };
        double start = seconds();
        for (size_t pass = 0; pass < passes; pass++) {
            read_all(sum, all, count, try % 2 ? CHAINS : 1);
            __asm__ volatile("" ::: "memory");
        }
        double took = seconds() - start;
        for (int c = 1; c < CHAINS; c++)
            sum[0] += sum[c];
        sink = 0 * sum[0][0];
        double rate = 1e-9 * (double)(passes * count * sizeof *all) / took;
        best = rate > best ? rate : best;
    }
    free(all);
    return best;
}

int main(int argc, char **argv)
{
    printf("peak\t%.1f\n", peak());
    for (int k = 1; k < argc; k++) {
        size_t bytes = strtoull(argv[k], NULL, 10);
        printf("%zu\t%.1f\n", bytes, reading(bytes));
    }
    return 0;
}
