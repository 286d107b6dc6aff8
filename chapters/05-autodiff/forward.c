/* forward.c - derivatives written out, and dual numbers */
#include "demo.h"
#include "parts.h"

#include <math.h>
#include <stdio.h>

/* l(k) = 4 l(k-1) (1 - l(k-1)), written out as a formula in x without any
 * sharing, and its derivative by the product rule,
 * 4 l' (1 - l) - 4 l l': how many operations are in each? */
void show_symbolic(void)
{
    printf("# k\tin the loop\tin the formula\tin its derivative\n");
    double value = 0, slope = 0; /* of l(0) = x, whose slope is 1 */
    for (int k = 1; k <= 10; k++) {
        /* 4 * l' * (1 - l)  has 3 operations and its parts; the second
         * term 2; and one minus between them */
        slope = 3 + slope + value + 1 + 2 + value + slope;
        value = 3 + 2 * value;
        if (k <= 3 || k == 5 || k == 10)
            printf("%3d\t%11d\t%14.0f\t%17.0f\n", k, 3 * k, value, slope);
    }
}

static void print_dual(const char *what, dual a)
{
    printf("%-22s\t%7.4g\t%7.4g\n", what, (double)a.value, (double)a.slope);
}

void show_rules(void)
{
    dual x = { 3, 1 };
    printf("# at x = 3            \tvalue  \tslope\n");
    dual square = dual_multiply(x, x);
    print_dual("x * x", square);
    print_dual("x + x * x", dual_add(x, square));
    dual two = { 2, 0 };
    print_dual("(x + x) / 2", dual_divide(dual_add(x, x), two));
    print_dual("exp(x - 3)", dual_exp(dual_add(x, (dual){ -3, 0 })));
    print_dual("log(x * x)", dual_log(square));
    print_dual("sin(x) / x", dual_divide(dual_sin(x), x));
}

/* x0 x1,  x1 + x2,  x0^2 */
static void three_results(dual *results, const dual *x)
{
    results[0] = dual_multiply(x[0], x[1]);
    results[1] = dual_add(x[1], x[2]);
    results[2] = dual_multiply(x[0], x[0]);
}

void show_jacobian(void)
{
    matrix x = MATRIX(3, 1, 2, 3, 5), s = matrix_new(3, 1);
    printf("# v       \tJ v\n");
    for (int i = 0; i < 4; i++) {
        matrix v = MATRIX(3, 1, i == 0 || i == 3, i == 1, i == 2);
        if (i == 3)
            at(v, 2, 0) = 2;
        jvp(s, three_results, x, v);
        printf("(%g, %g, %g)\t(%g, %g, %g)\n", (double)at(v, 0, 0),
               (double)at(v, 1, 0), (double)at(v, 2, 0),
               (double)at(s, 0, 0), (double)at(s, 1, 0),
               (double)at(s, 2, 0));
    }
    matrix_free(&s);
}

void show_newton(void)
{
    dual a = { 2, 1 }, half = { 0.5, 0 }, x = { 1, 0 };
    printf("# round\troot of 2     \tits slope\n");
    for (int round = 0; round <= 5; round++) {
        printf("%7d\t%.12f\t%.12f\n", round, (double)x.value,
               (double)x.slope);
        x = dual_multiply(half, dual_add(x, dual_divide(a, x)));
    }
    printf("%7s\t%.12f\t%.12f\n", "exact", sqrt(2), 0.5 / sqrt(2));
}
