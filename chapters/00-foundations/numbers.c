/* numbers.c - the examples worked by hand, and a few surprises */
#include "show.h"

#include "foundations.h"

#include <math.h>
#include <stdio.h>

static void print_matrix(const char *name, matrix a)
{
    for (size_t i = 0; i < a.rows; i++) {
        printf("%s", i == 0 ? name : "");
        for (size_t j = 0; j < a.cols; j++)
            printf("\t%g", (double)at(a, i, j));
        printf("\n");
    }
}

static real cube(real x)
{
    return x * x * x;
}

void show_worked(void)
{
    matrix A = MATRIX(2, 3, 1, 2, 3, 4, 5, 6);
    matrix B = MATRIX(3, 2, 1, 2, 0, -1, 3, 1);
    matrix y = MATRIX(2, 1, 0, 0), C = MATRIX(2, 2, 0, 0, 0, 0);
    matrix T = MATRIX(3, 2, 0, 0, 0, 0, 0, 0);
    printf("a . b\t%g\n",
           (double)dot(MATRIX(3, 1, 1, 2, 3), MATRIX(3, 1, 4, -5, 6)));
    matrix_vector(y, A, MATRIX(3, 1, 2, -1, 3));
    print_matrix("A x", y);
    matrix_multiply(C, A, B);
    print_matrix("A B", C);
    transpose(T, A);
    print_matrix("A^T", T);
    hadamard(C, MATRIX(2, 2, 1, 2, 3, 4), MATRIX(2, 2, 5, -1, 0.5, 2));
    print_matrix("A o B", C);
    add_row(A, MATRIX(3, 1, 10, 20, 30));
    print_matrix("A + 1 b^T", A);
    printf("slope\t%g\n", (double)central_difference(cube, 1, 0.1));

    matrix means = MATRIX(2, 2, 0, 0, 0, 0), yhat = MATRIX(2, 1, 0, 0);
    class_means(means, MATRIX(5, 2, 1, 1, 3, 1, 2, 4, 4, 6, 0, 2),
                MATRIX(5, 1, 0, 0, 1, 1, 0));
    print_matrix("means", means);
    nearest_mean(yhat, means, MATRIX(2, 2, 2, 2, 3, 4));
    print_matrix("nearest", yhat);
}

void show_memory(void)
{
    matrix A = MATRIX(2, 3, 1, 2, 3, 4, 5, 6);
    printf("# place in memory\t0\t1\t2\t3\t4\t5\nnumber");
    for (size_t k = 0; k < 6; k++)
        printf("\t%g", (double)A.data[k]);
    printf("\nelement");
    for (size_t k = 0; k < 6; k++)
        printf("\t(%zu, %zu)", k / A.cols, k % A.cols);
    printf("\n");
}

/* Ones, added up in 24 bits and in 53. */
void show_float(void)
{
    volatile float narrow = 0;
    double wide = 0;
    printf("# ones    \tfloat   \tdouble\n");
    for (long count = 1; count <= 20000000; count++) {
        narrow += 1;
        wide += 1;
        if (count == 10000000 || count == 20000000)
            printf("%10ld\t%8.0f\t%8.0f\n", count, (double)narrow, wide);
    }
}

/* A mistake: the partner comes from everywhere. */
static void unfair_shuffle(size_t *order, size_t N, random_state *state)
{
    for (size_t i = 0; i < N; i++) {
        size_t j = random_below(state, N), kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
}

static void count_orders(void (*mix)(size_t *, size_t, random_state *),
                         const char *name)
{
    enum { TURNS = 60000 };
    static const int places[] = { 5, 7, 11, 15, 19, 21 };
    random_state state = random_seed(1938);
    int counts[27] = { 0 };
    for (int turn = 0; turn < TURNS; turn++) {
        size_t order[] = { 0, 1, 2 };
        mix(order, 3, &state);
        counts[order[0] * 9 + order[1] * 3 + order[2]]++;
    }
    printf("%s", name);
    for (int k = 0; k < 6; k++)
        printf("\t%.3f", (double)counts[places[k]] / TURNS);
    printf("\n");
}

void show_fair(void)
{
    printf("# partner from\t012\t021\t102\t120\t201\t210\n");
    count_orders(unfair_shuffle, "everywhere    ");
    count_orders(shuffle, "0 ... i       ");
}

void show_scaled(void)
{
    matrix X = MATRIX(4, 2, 2, 50000, 4, 30000, 4, 10000, 6, 30000);
    matrix shift = MATRIX(2, 1, 0, 0), scale = MATRIX(2, 1, 0, 0);
    standardize_fit(shift, scale, X);
    printf("# column\tshift\tscale\n");
    for (size_t j = 0; j < 2; j++)
        printf("%8zu\t%g\t%.4g\n", j + 1, (double)at(shift, j, 0),
               (double)at(scale, j, 0));
    standardize_apply(X, shift, scale);
    printf("# afterwards\n");
    for (size_t i = 0; i < 4; i++)
        printf("%8.3f\t%.3f\n", (double)at(X, i, 0), (double)at(X, i, 1));
}
