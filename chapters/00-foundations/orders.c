/* orders.c - one product, three orders: what each asks of a memory cache
 *
 * The cache here is a small one, so that small matrices show what large
 * ones do to a real one: 8 KB in lines of 64 bytes; a line may go to any of
 * four places, and the one not used for longest is given up.
 */
#include "show.h"

#include "foundations.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { LINE = 64, WAYS = 4, SETS = 8192 / LINE / WAYS };

typedef struct {
    size_t tag[SETS][WAYS]; /* the line it holds; the first is freshest */
    size_t misses;
} cache;

static void touch(cache *c, size_t byte)
{
    size_t line = byte / LINE + 1, *tag = c->tag[line % SETS];
    int way = 0;
    while (way < WAYS - 1 && tag[way] != line)
        way++;
    if (tag[way] != line)
        c->misses++;
    memmove(tag + 1, tag, way * sizeof *tag);
    tag[0] = line;
}

typedef enum { I_J_K, I_K_J, J_K_I, ORDERS } loop_order;
static const char *const names[] = { "i, j, k", "i, k, j", "j, k, i" };

/* Which bytes the loops of a product of two n x n matrices ask for: A lies
 * at 0, B behind it, then C.  What does not change in the innermost loop
 * stays in a register. */
static double misses(loop_order order, size_t n)
{
    cache c = { .misses = 0 };
    size_t size = n * n * 8, row = n * 8;
    for (size_t first = 0; first < n; first++)
        for (size_t second = 0; second < n; second++)
            for (size_t third = 0; third < n; third++) {
                size_t i = order == J_K_I ? third : first;
                size_t j = order == I_J_K   ? second
                           : order == I_K_J ? third
                                            : first;
                size_t k = order == I_J_K ? third : second;
                if (order != I_K_J || third == 0)
                    touch(&c, i * row + k * 8);
                if (order != J_K_I || third == 0)
                    touch(&c, size + k * row + j * 8);
                if (order != I_J_K || third == 0)
                    touch(&c, 2 * size + i * row + j * 8);
            }
    return (double)c.misses / (n * n * n);
}

void show_orders(void)
{
    printf("# n, lines fetched per multiplication: ijk, ikj, jki\n");
    for (size_t n = 6; n <= 174; n += 12) {
        printf("%zu", n);
        for (loop_order order = I_J_K; order < ORDERS; order++)
            printf("\t%.4f", misses(order, n));
        printf("\n");
    }
}

void show_misses(void)
{
    printf(
        "# order  \tinner loop walks       \tlines per multiplication\n");
    static const char *const walks[] = { "a row and a column", "two rows",
                                         "two columns" };
    for (loop_order order = I_J_K; order < ORDERS; order++)
        printf("%-8s\t%-22s\t%.3f\n", names[order], walks[order],
               misses(order, 176));
}

/* --- And on a real machine --- */

static void multiply(loop_order order, matrix C, matrix A, matrix B)
{
    size_t n = A.rows;
    real *a = A.data, *b = B.data, *c = C.data;
    matrix_fill(C, 0);
    if (order == I_J_K)
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                for (size_t k = 0; k < n; k++)
                    c[i * n + j] += a[i * n + k] * b[k * n + j];
    else if (order == I_K_J)
        for (size_t i = 0; i < n; i++)
            for (size_t k = 0; k < n; k++)
                for (size_t j = 0; j < n; j++)
                    c[i * n + j] += a[i * n + k] * b[k * n + j];
    else
        for (size_t j = 0; j < n; j++)
            for (size_t k = 0; k < n; k++)
                for (size_t i = 0; i < n; i++)
                    c[i * n + j] += a[i * n + k] * b[k * n + j];
}

void show_timing(void)
{
    enum { N = 1200 };
    random_state state = random_seed(1);
    matrix A = matrix_new(N, N), B = matrix_new(N, N), C = matrix_new(N, N);
    for (size_t k = 0; k < (size_t)N * N; k++) {
        A.data[k] = random_uniform(&state);
        B.data[k] = random_uniform(&state);
    }
    printf("# order  \tseconds\tof the second\n");
    double took[ORDERS];
    for (loop_order order = I_J_K; order < ORDERS; order++) {
        clock_t start = clock();
        multiply(order, C, A, B);
        took[order] = (double)(clock() - start) / CLOCKS_PER_SEC;
    }
    for (loop_order order = I_J_K; order < ORDERS; order++)
        printf("%-8s\t%7.2f\t%13.1f\n", names[order], took[order],
               took[order] / took[I_K_J]);
    matrix_free(&A);
    matrix_free(&B);
    matrix_free(&C);
}
