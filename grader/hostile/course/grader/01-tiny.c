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

TEST(tiny_scale, of_the_worked_example, 1, "What is 2 times -3?")
{
    matrix x = given("x", MATRIX(3, 1, 1, 0.5, -3));
    matrix out = output("out", 3, 1);
    call(tiny_scale(out, x, 2));
    expect(out, MATRIX(3, 1, 2, 1, -6));
}

TEST(tiny_scale, of_any_numbers, 1, "Does it hold for every factor?")
{
    matrix x = any_matrix("x", 5, 1), out = output("out", 5, 1);
    real a = any_number("a", 1.5, 4);
    call(tiny_scale(out, x, a));
    expect_reference(out);
}

TEST(tiny_largest, of_the_worked_example, 1, "Which is larger, -4 or -2?")
{
    matrix x = given("x", MATRIX(3, 1, -4, -2, -7));
    expect(tiny_largest(x), -2);
}

TEST(tiny_largest, of_any_numbers, 1, "Do you look at the last number?")
{
    matrix x = any_matrix("x", 6, 1);
    expect_reference(tiny_largest(x));
}

TEST(tiny_twice_mean, of_the_worked_example, 1, "What is twice 3?")
{
    matrix x = given("x", MATRIX(3, 1, 1, 2, 6));
    expect(tiny_twice_mean(x), 6);
}

TEST(tiny_twice_mean, of_any_numbers, 1, "Does it hold for any numbers?")
{
    matrix x = any_matrix("x", 7, 1);
    expect_reference(tiny_twice_mean(x));
}
