/* speed.c - how much there is to compute, and how fast
 *
 * The only words of this chapter whose numbers differ from machine to
 * machine; no page quotes them but those of make bench.
 */
#define _POSIX_C_SOURCE 200809L
#include "demo.h"
#include "parts.h"
#include "threads.h"
#include "vector.h"

#include <stdio.h>
#include <string.h>

void show_flops(void)
{
    static const size_t sizes[] = { 784, 128, 10 };
    double forward = 0, backward = 0;
    printf("# l\tforward\tdW     \tdA\n");
    for (size_t l = 1; l <= 2; l++) {
        double one = 2.0 * sizes[l - 1] * sizes[l];
        printf("%3zu\t%7.0f\t%7.0f\t%7.0f\n", l, one, one, l > 1 ? one : 0);
        forward += one;
        backward += l > 1 ? 2 * one : one;
    }
    printf("# for one example, forwards and backwards\n%.0f\n",
           forward + backward);
    printf("# for one epoch of 60,000, in units of 10^9\n%.1f\n",
           60000 * (forward + backward) / 1e9);
}

/* --- Five ways to compute one product --- */

//> by-rows-and-columns
static void by_rows_and_columns(matrix C, matrix A, matrix B)
{
    for (size_t i = 0; i < C.rows; i++)
        for (size_t j = 0; j < C.cols; j++) {
            real sum = 0;
            for (size_t k = 0; k < A.cols; k++)
                sum += A.data[i * A.cols + k] * B.data[k * B.cols + j];
            C.data[i * C.cols + j] = sum;
        }
}
//< by-rows-and-columns

//> along-the-rows
static void along_the_rows(matrix C, matrix A, matrix B)
{
    matrix_fill(C, 0);
    for (size_t i = 0; i < C.rows; i++)
        for (size_t k = 0; k < A.cols; k++)
            for (size_t j = 0; j < C.cols; j++)
                C.data[i * C.cols + j] +=
                    A.data[i * A.cols + k] * B.data[k * B.cols + j];
}
//< along-the-rows

//> in-tiles
/* Four rows of C, and in each as many numbers as four registers hold. */
static void in_tiles(matrix C, matrix A, matrix B)
{
    enum { ROWS = 4, COLS = 4 * LANES };
    for (size_t i = 0; i + ROWS <= C.rows; i += ROWS)
        for (size_t j = 0; j + COLS <= C.cols; j += COLS) {
            real tile[ROWS][COLS] = { 0 };
            for (size_t k = 0; k < A.cols; k++)
                for (size_t r = 0; r < ROWS; r++)
                    for (size_t c = 0; c < COLS; c++)
                        tile[r][c] += A.data[(i + r) * A.cols + k] *
                                      B.data[k * B.cols + j + c];
            for (size_t r = 0; r < ROWS; r++)
                memcpy(&C.data[(i + r) * C.cols + j], tile[r],
                       sizeof tile[r]);
        }
}
//< in-tiles

static void by_the_toolbox(matrix C, matrix A, matrix B)
{
    matrix_product(C, A, AS_IT_IS, B, AS_IT_IS);
}

typedef void (*product)(matrix C, matrix A, matrix B);

/* The fastest of several rounds, in multiply-and-adds of 10^9 / s, twice.
 */
static double rate_of(product multiply, matrix C, matrix A, matrix B)
{
    double fastest = 1e9;
    for (int round = 0; round < 5; round++) {
        double start = seconds();
        multiply(C, A, B);
        double took = seconds() - start;
        fastest = took < fastest ? took : fastest;
    }
    return 2e-9 * A.rows * A.cols * B.cols / fastest;
}

void show_orders(void)
{
    static const struct {
        const char *name;
        product multiply;
        size_t threads;
    } ways[] = { { "rows times columns", by_rows_and_columns, 1 },
                 { "along the rows", along_the_rows, 1 },
                 { "in tiles", in_tiles, 1 },
                 { "the toolbox", by_the_toolbox, 1 },
                 { "by two threads", by_the_toolbox, 2 } };
    random_state state = random_seed(1);
    matrix A = normal_matrix(512, 784, &state);
    matrix B = normal_matrix(784, 512, &state), C = matrix_new(512, 512);
    double first = 0;
    printf("# way             \t10^9 operations/s\tof the first\n");
    for (size_t k = 0; k < sizeof ways / sizeof *ways; k++) {
        threads_use(ways[k].threads);
        double rate = rate_of(ways[k].multiply, C, A, B);
        first = k == 0 ? rate : first;
        printf("%-18s\t%17.2f\t%12.1f\n", ways[k].name, rate, rate / first);
    }
    threads_use(1);
    matrix_free(&A);
    matrix_free(&B);
    matrix_free(&C);
}

/* --- Why batches are fast --- */

void show_throughput(void)
{
    static const size_t sizes[] = { 1, 2, 4, 8, 16, 32, 64, 128, 256 };
    enum { N = 1024 };
    random_state state = random_seed(1);
    matrix X = normal_matrix(N, 784, &state), y = matrix_new(N, 1);
    for (size_t i = 0; i < N; i++)
        at(y, i, 0) = random_below(&state, 10);
    printf("# batch size, examples per second, of the first\n");
    double first = 0;
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        mlp net =
            mlp_new(2, (size_t[]){ 784, 128, 10 }, RELU, CLASSIFICATION);
        mlp_init(&net, HE, &state);
        mlp_memory memory = mlp_memory_new(net, N, sizes[k], 1);
        double fastest = 1e9;
        for (int round = 0; round < 3; round++) {
            double start = seconds();
            mlp_train_epoch(&net, &memory, X, y, 0.01, &state);
            double took = seconds() - start;
            fastest = took < fastest ? took : fastest;
        }
        double rate = N / fastest;
        first = k == 0 ? rate : first;
        printf("%zu\t%.0f\t%.2f\n", sizes[k], rate, rate / first);
        mlp_memory_free(&memory);
        mlp_free(&net);
    }
    matrix_free(&X);
    matrix_free(&y);
}

/* --- Two threads: each computes half of the columns of C --- */

void show_threads(void)
{
    static const size_t rows[] = { 8, 64, 512, 2048 };
    random_state state = random_seed(1);
    matrix B = normal_matrix(784, 128, &state);
    printf("# rows of A\tone thread\ttwo threads\tratio\n");
    for (int k = 0; k < 4; k++) {
        matrix A = normal_matrix(rows[k], 784, &state);
        matrix C = matrix_new(rows[k], 128);
        double one = rate_of(by_the_toolbox, C, A, B);
        threads_use(2);
        double two = rate_of(by_the_toolbox, C, A, B);
        threads_use(1);
        printf("%11zu\t%10.2f\t%11.2f\t%5.2f\n", rows[k], one, two,
               two / one);
        matrix_free(&A);
        matrix_free(&C);
    }
    matrix_free(&B);
}
