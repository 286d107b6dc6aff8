/* slopes.c - derivatives, measured */
#include "show.h"

#include "foundations.h"

#include <math.h>
#include <stdio.h>

static real cube(real x)
{
    return x * x * x;
}

void show_secant(void)
{
    printf("# h    \tone side\tboth sides\n");
    for (real h = 0.1; h > 1e-5; h /= 10)
        printf("%7g\t%8.5f\t%.9f\n", (double)h,
               (double)((cube(1 + h) - cube(1)) / h),
               (double)central_difference(cube, 1, h));
}

/* exp at 0.7: relative errors, in double and in float. */
static void errors(double h, double *forward, double *central,
                   double *narrow)
{
    double x = 0.7, right = exp(x);
    volatile float above = expf(0.7f + (float)h);
    volatile float below = expf(0.7f - (float)h);
    *forward = fabs((exp(x + h) - exp(x)) / h / right - 1);
    *central = fabs(central_difference(exp, x, h) / right - 1);
    *narrow = fabs((above - below) / (2 * h) / right - 1);
}

void show_difference(void)
{
    printf("# h, one side, both sides, both sides in float\n");
    for (double power = 0; power >= -12; power -= 0.25) {
        double forward, central, narrow;
        errors(pow(10, power), &forward, &central, &narrow);
        printf("%.4e\t%.3e\t%.3e\t%.3e\n", pow(10, power), forward, central,
               fmin(narrow, 1));
    }
}

void show_differences(void)
{
    static const int powers[] = { -1, -3, -5, -8, -10 };
    printf("# h    \tone side\tboth sides\tboth, float\n");
    for (size_t k = 0; k < sizeof powers / sizeof *powers; k++) {
        double forward, central, narrow;
        errors(pow(10, powers[k]), &forward, &central, &narrow);
        printf("1e%-4d\t%-8.0e\t%-10.0e\t%.0e\n", powers[k], forward,
               central, narrow);
    }
}

/* f(x, y) = (x y, x + y^2) at (2, 3): slopes by hand and measured. */
void show_jacobian(void)
{
    const real h = 1e-5, derived[2][2] = { { 3, 2 }, { 1, 6 } };
    printf("# slope of\tin\tderived\tmeasured\n");
    for (int f = 0; f < 2; f++)
        for (int v = 0; v < 2; v++) {
            real side[2];
            for (int s = 0; s < 2; s++) {
                real x = 2 + (v == 0 ? (s ? h : -h) : 0);
                real y = 3 + (v == 1 ? (s ? h : -h) : 0);
                side[s] = f == 0 ? x * y : x + y * y;
            }
            printf("f_%d       \t%s\t%7g\t%.6f\n", f + 1, v ? "y" : "x",
                   (double)derived[f][v],
                   (double)((side[1] - side[0]) / (2 * h)));
        }
}
