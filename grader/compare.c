#include "compare.h"

#include <math.h>
#include <string.h>

bool same_number(real yours, real expected, real tolerance)
{
    if (isnan(expected))
        return isnan(yours);
    if (!isfinite(expected) || !isfinite(yours))
        return yours == expected;
    return fabs(yours - expected) <= tolerance * (1 + fabs(expected));
}

bool same_matrix(matrix yours, matrix expected, real tolerance)
{
    bool same = yours.rows == expected.rows && yours.cols == expected.cols;
    for (size_t k = 0; same && k < expected.rows * expected.cols; k++)
        same = same_number(yours.data[k], expected.data[k], tolerance);
    return same;
}

bool has_bits(real x, unsigned long long pattern)
{
    unsigned long long bits = 0;
    memcpy(&bits, &x, sizeof x < sizeof bits ? sizeof x : sizeof bits);
    return bits == pattern;
}
