/* 01 - Four small functions, to grade a hostile class fast.
 * Contract: chapters/01-tiny/tiny.h
 */
#include "tiny.h"

real tiny_largest(matrix x)
{
    require(x.rows > 0 && x.cols == 1, x);

    //> largest: Return the largest number, equation (1.3).
    real largest = at(x, 0, 0);
    for (size_t i = 1; i < x.rows; i++)
        if (at(x, i, 0) > largest)
            largest = at(x, i, 0);
    return largest;
    //< largest
}

real tiny_mean(matrix x)
{
    require(x.cols == 1 && x.rows > 0, x);

    //> mean: Return the mean, equation (1.1).
    real sum = 0;
    for (size_t i = 0; i < x.rows; i++)
        sum += at(x, i, 0);
    return sum / x.rows;
    //< mean
}

void tiny_scale(matrix out, matrix x, real a)
{
    require(out.rows == x.rows && out.cols == 1 && x.cols == 1, out, x);

    //> scale: Fill in out, equation (1.2).
    for (size_t i = 0; i < x.rows; i++)
        at(out, i, 0) = a * at(x, i, 0);
    //< scale
}

real tiny_twice_mean(matrix x)
{
    require(x.cols == 1 && x.rows > 0, x);

    //> twice-mean: Return twice the mean, equation (1.4).
    return 2 * tiny_mean(x);
    //< twice-mean
}
