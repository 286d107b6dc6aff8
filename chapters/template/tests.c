/* Tests of chapter NUMBER. */
#include "NAME.h"
#include "test.h"

TEST(NAME_double, of_the_worked_example, 1, "What is twice -3?")
{
    matrix x = given("x", MATRIX(3, 1, 1, 0.5, -3)), y = output("y", 3, 1);
    call(NAME_double(y, x));
    expect(y, MATRIX(3, 1, 2, 1, -6));
}

TEST(NAME_double, of_any_numbers, 1, "Does it hold for other numbers?")
{
    matrix x = any_matrix("x", 7, 1), y = output("y", 7, 1);
    call(NAME_double(y, x));
    expect_reference(y);
}
