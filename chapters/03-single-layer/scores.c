/* scores.c - from scores to probabilities, and what a wrong one costs */
#include "show.h"

#include <math.h>
#include <stdio.h>

static void print_row(const char *name, matrix P)
{
    real sum = 0;
    printf("%-16s", name);
    for (size_t k = 0; k < P.cols; k++) {
        printf("\t%6.4f", at(P, 0, k));
        sum += at(P, 0, k);
    }
    printf("\t%6.4f\n", sum);
}

void show_softmax(void)
{
    matrix P = MATRIX(1, 3, 0);
    printf("# scores        \t    p1\t    p2\t    p3\t   sum\n");
    softmax(P, MATRIX(1, 3, 2, 1, 0.1));
    print_row("2, 1, 0.1", P);
    softmax(P, P);
    print_row("those, again", P);
    softmax(P, MATRIX(1, 3, 102, 101, 100.1));
    print_row("102, 101, 100.1", P);
    softmax(P, MATRIX(1, 3, 4, 2, 0.2));
    print_row("4, 2, 0.2", P);
}

/* A mistake: exponentials of whatever the scores are. */
static void softmax_as_written(matrix P, matrix Z)
{
    real sum = 0;
    for (size_t k = 0; k < Z.cols; k++)
        sum += exp(at(Z, 0, k));
    for (size_t k = 0; k < Z.cols; k++)
        at(P, 0, k) = exp(at(Z, 0, k)) / sum;
}

static void print_value(real value)
{
    if (isnan(value))
        printf("\t%10s", "NaN");
    else if (isinf(value))
        printf("\t%10s", value > 0 ? "inf" : "-inf");
    else
        printf("\t%10.4f", value);
}

void show_overflow(void)
{
    static const real tops[] = { 2, 700, 800, -800 };
    printf("# scores          \tp1 written\tp1 shifted\tln written\t"
           "ln shifted\n");
    for (size_t i = 0; i < sizeof tops / sizeof *tops; i++) {
        real top = tops[i], sum = 0;
        matrix Z = MATRIX(1, 3, top, top - 1, top - 1.9);
        matrix P = MATRIX(1, 3, 0), s = MATRIX(1, 1, 0);
        char name[60];
        snprintf(name, sizeof name, "%g, %g, %g", top, top - 1, top - 1.9);
        printf("%-18s", name);
        softmax_as_written(P, Z);
        print_value(at(P, 0, 0));
        softmax(P, Z);
        print_value(at(P, 0, 0));
        for (size_t k = 0; k < Z.cols; k++)
            sum += exp(at(Z, 0, k));
        print_value(log(sum));
        log_sum_exp(s, Z);
        print_value(at(s, 0, 0));
        printf("\n");
    }
}

/* The scores 2, 1, 0.1, divided by a temperature. */
void show_temperature(void)
{
    printf("# temperature\tp1\tp2\tp3\n");
    for (int k = 0; k <= 120; k++) {
        real T = pow(10, -1 + k / 40.0);
        matrix P = MATRIX(1, 3, 2 / T, 1 / T, 0.1 / T);
        softmax(P, P);
        printf("%.4f\t%.4f\t%.4f\t%.4f\n", T, at(P, 0, 0), at(P, 0, 1),
               at(P, 0, 2));
    }
}

void show_cost(void)
{
    static const real given[] = { 0.99, 0.9, 0.5, 0.1, 0.01, 0.0001 };
    printf("# to the right class\tcosts\n");
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        real p = given[i];
        matrix Z = MATRIX(1, 2, log(p), log(1 - p)), y = MATRIX(1, 1, 0);
        printf("%20g\t%.4f\n", p, cross_entropy(Z, y));
    }
}

/* A mistake: probabilities taken for scores.  The least loss that is left,
 * when the right class has probability 1. */
void show_floor(void)
{
    printf("# classes\tleast loss after two softmaxes\n");
    for (size_t K = 3; K <= 10; K += 7) {
        matrix Z = matrix_new(1, K);
        at(Z, 0, 0) = 1;
        printf("%9zu\t%30.4f\n", K, cross_entropy(Z, MATRIX(1, 1, 0)));
        matrix_free(&Z);
    }
}

/* ---- Entropy, cross-entropy, and what is between them ---- */

static real cross(matrix p, matrix q)
{
    real sum = 0;
    for (size_t k = 0; k < p.cols; k++)
        if (at(p, 0, k) > 0)
            sum -= at(p, 0, k) * log(at(q, 0, k));
    return sum;
}

static void print_kl(const char *name, matrix p, matrix q)
{
    printf("%-16s\t%6.4f\t%6.4f\t%6.4f\n", name, cross(p, p), cross(p, q),
           cross(p, q) - cross(p, p));
}

void show_kl(void)
{
    matrix p = MATRIX(1, 3, 0.7, 0.2, 0.1), sure = MATRIX(1, 3, 1, 0, 0);
    matrix q = MATRIX(1, 3, 0);
    softmax(q, MATRIX(1, 3, 2, 1, 0.1));
    printf("# p, and q        \t  H(p)\tH(p,q)\t    KL\n");
    print_kl("p, p", p, p);
    print_kl("p, softmax", p, q);
    print_kl("p, thirds", p, MATRIX(1, 3, 1 / 3.0, 1 / 3.0, 1 / 3.0));
    print_kl("p, blurred", p, MATRIX(1, 3, 0.4, 0.3, 0.3));
    print_kl("blurred, p", MATRIX(1, 3, 0.4, 0.3, 0.3), p);
    print_kl("one-hot, softmax", sure, q);
}

/* ---- Slopes ---- */

void show_jacobian(void)
{
    matrix P = MATRIX(1, 3, 0.5, 0.3, 0.2), dP = MATRIX(1, 3, 1, 2, -1);
    matrix dZ = MATRIX(1, 3, 0);
    real sum = 0;
    softmax_backward(dZ, dP, P);
    printf("#  P\t  dP\tdP * P\t   dZ\n");
    for (size_t k = 0; k < 3; k++) {
        printf("%4g\t%4g\t%6.2f\t%5.2f\n", at(P, 0, k), at(dP, 0, k),
               at(dP, 0, k) * at(P, 0, k), at(dZ, 0, k));
        sum += at(dZ, 0, k);
    }
    printf("    \t    \t sum dZ\t%5.2f\n", fabs(sum));
}

void show_slopes(void)
{
    matrix Z = MATRIX(2, 3, 2, 1, 0.1, 0.5, 2, -1), y = MATRIX(2, 1, 0, 2);
    matrix P = MATRIX(2, 3, 0), Y = MATRIX(2, 3, 0), dZ = MATRIX(2, 3, 0);
    const real h = 1e-5;
    softmax(P, Z);
    one_hot(Y, y);
    softmax_cross_entropy_backward(dZ, Z, y);

    printf("# example\tclass\t     Z\t     P\tY\t(P-Y)/N\tmeasured\n");
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < 3; k++) {
            real *score = &at(Z, i, k), kept = *score;
            *score = kept + h;
            real above = cross_entropy(Z, y);
            *score = kept - h;
            real below = cross_entropy(Z, y);
            *score = kept;
            printf("%9zu\t%5zu\t%6.1f\t%6.4f\t%g\t%7.4f\t%8.4f\n", i + 1, k,
                   kept, at(P, i, k), at(Y, i, k), at(dZ, i, k),
                   (above - below) / (2 * h));
        }
}

void show_hinge(void)
{
    matrix Z = MATRIX(1, 3, 2, 1, 0.1);
    printf("# right class\thinge\tcross-entropy\n");
    for (int k = 0; k < 3; k++) {
        matrix y = MATRIX(1, 1, k);
        printf("%13d\t%5.2f\t%13.4f\n", k, hinge_multiclass(Z, y),
               cross_entropy(Z, y));
    }
}
