/* demo.c - what the lesson shows, computed
 *
 *     build/demo/00-foundations           lists its words
 *
 * Run it from the top folder of the course: it reads datasets/.  All of it
 * is the same on every machine, except timing, which no page quotes.
 */
#include "demo.h"
#include "show.h"

static const demo_word words[] = {
    { "worked", "the examples worked by hand", show_worked },
    { "memory", "where the elements of a matrix lie", show_memory },
    { "float", "a sum that stops growing", show_float },
    { "titanic", "who survived", show_titanic },
    { "shares", "what a test on so many examples can say", show_shares },
    { "orders", "figure: misses of three orders by size", show_orders },
    { "misses", "the same for one size", show_misses },
    { "timing", "the three orders, timed on your machine", show_timing },
    { "secant", "the slope of x^3 at 1 for smaller and smaller h",
      show_secant },
    { "difference", "figure: the error of a measured slope",
      show_difference },
    { "differences", "some of its numbers", show_differences },
    { "jacobian", "a table of slopes, derived and measured",
      show_jacobian },
    { "fair", "two shuffles of three numbers", show_fair },
    { "scaled", "two features before and after", show_scaled },
    { "means", "figure: the ten average digits", show_means },
    { "wrong", "figure: the digits it is most wrong about", show_wrong },
    { "leak", "tested on what it learned from", show_leak },
    { "milestone", "the nearest mean on held-out digits", show_milestone },
    { "claims", "the same over 20 seeds", show_claims },
};

int main(int argc, char **argv)
{
    return demo_main(argc, argv, words, DEMO_WORDS(words));
}
