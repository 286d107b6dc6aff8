/* Tests of the tiny chapter that the hostile class hands in. */
#include "test.h"
#include "tiny.h"

TEST(tiny_mean, of_the_worked_example, 1, "What is the mean of 1, 2 and 6?")
{
    matrix x = given("x", MATRIX(3, 1, 1, 2, 6));
    expect(tiny_mean(x), 3);
}

TEST(tiny_mean, of_any_numbers, 1, "Which number do you divide by?")
{
    matrix x = any_matrix("x", 7, 1);
    expect_reference(tiny_mean(x));
}

TEST(tiny_scale, of_any_numbers, 2, "Does it hold for every factor?")
{
    matrix x = any_matrix("x", 5, 1), out = output("out", 5, 1);
    real a = any_number("a", 1.5, 4);
    call(tiny_scale(out, x, a));
    expect_reference(out);
}

TEST(tiny_largest, of_any_numbers, 2, "Do you look at the last number?")
{
    matrix x = any_matrix("x", 6, 1);
    expect_reference(tiny_largest(x));
    matrix last = given("last", MATRIX(3, 1, -7, -4, -2));
    expect(tiny_largest(last), -2);
}

TEST(tiny_twice_mean, of_any_numbers, 2, "Does it hold for any numbers?")
{
    matrix x = any_matrix("x", 7, 1);
    expect_reference(tiny_twice_mean(x));
}
