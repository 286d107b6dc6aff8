/* demo.c - the numbers and figures of chapter NUMBER
 *
 *     demo curve      x, y                           for curve.gp
 *     demo three      twice three                    for the text
 */
#include "NAME.h"

#include <stdio.h>
#include <string.h>

static real twice(real number)
{
    matrix x = MATRIX(1, 1, number), y = MATRIX(1, 1, 0);
    NAME_double(y, x);
    return at(y, 0, 0);
}

int main(int argc, char **argv)
{
    if (argc == 2 && !strcmp(argv[1], "curve"))
        for (int x = -10; x <= 10; x++)
            printf("%d\t%g\n", x, (double)twice(x));
    else if (argc == 2 && !strcmp(argv[1], "three"))
        printf("%g\n", (double)twice(3));
    else
        return fprintf(stderr, "usage: demo curve|three\n"), 2;
    return 0;
}
