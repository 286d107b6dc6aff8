/* demo.c - the numbers and figures of chapter NUMBER
 */
#include "NAME.h"

#include "demo.h"

#include <stdio.h>

static real twice(real number)
{
    matrix x = MATRIX(1, 1, number), y = MATRIX(1, 1, 0);
    NAME_double(y, x);
    return at(y, 0, 0);
}

static void show_curve(void)
{
    for (int x = -10; x <= 10; x++)
        printf("%d\t%g\n", x, (double)twice(x));
}

static void show_three(void)
{
    printf("%g\n", (double)twice(3));
}

static void show_claims(void)
{
    claim(twice(3) == 6, "twice three is six");
}

static const demo_word words[] = {
    { "curve", "figure: x and twice x", show_curve },
    { "three", "twice three", show_three },
    { "claims", "what the lesson claims, tried", show_claims },
};

int main(int argc, char **argv)
{
    return demo_main(argc, argv, words, DEMO_WORDS(words));
}
