/* Tests of chapter 00.  The first example of each function is worked by
 * hand in the lesson; the others are there so that it cannot be typed in.
 */
#include "foundations.h"
#include "test.h"

#include <math.h>

/* Row numbers as a matrix, to be shown and expected. */
static matrix numbers(const size_t *order, size_t count)
{
    static real memory[64];
    for (size_t i = 0; i < count; i++)
        memory[i] = order[i];
    return (matrix){ count, 1, memory };
}

/* --- dot --- */

TEST(dot, of_the_worked_example, 1,
     "Multiply pairwise, add up: what is 1 times 4, plus 2 times -5, ...?")
{
    matrix a = given("a", MATRIX(3, 1, 1, 2, 3));
    matrix b = given("b", MATRIX(3, 1, 4, -5, 6));
    expect(dot(a, b), 12);
}

TEST(dot, of_any_vectors, 1, "Which elements of a and b meet?")
{
    matrix a = any_matrix("a", 7, 1), b = any_matrix("b", 7, 1);
    expect_reference(dot(a, b));
}

TEST(dot, of_no_elements, 1, "What is a sum of nothing?")
{
    matrix none = { 0, 1, NULL };
    expect(dot(none, none), 0);
}

TEST(dot, of_a_large_and_many_small_numbers, 1,
     "A float has 24 bits, and cannot count past 16,777,216 by ones.  What "
     "is the type of your sum?")
{
    matrix a = given("a", MATRIX(9, 1, 16777216, 1, 1, 1, 1, 1, 1, 1, 1));
    matrix b = given("b", MATRIX(9, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1));
    expect_within(1e-12, dot(a, b), 16777224);
}

/* --- matrix_vector --- */

#define WORKED_A given("A", MATRIX(2, 3, 1, 2, 3, 4, 5, 6))

TEST(matrix_vector, of_the_worked_example, 1,
     "The first entry of y is the dot product of x with which row?")
{
    matrix A = WORKED_A, x = given("x", MATRIX(3, 1, 2, -1, 3));
    matrix y = output("y", 2, 1);
    call(matrix_vector(y, A, x));
    expect(y, MATRIX(2, 1, 9, 21));
}

TEST(matrix_vector, of_any_shapes, 2,
     "Five rows, three columns: how long is x, and how long is y?")
{
    matrix A = any_matrix("A", 5, 3), x = any_matrix("x", 3, 1);
    matrix y = output("y", 5, 1);
    call(matrix_vector(y, A, x));
    expect_reference(y);
}

TEST(matrix_vector, a_second_time, 1,
     "What does y hold when the function is called again?")
{
    matrix A = any_matrix("A", 3, 4), x = any_matrix("x", 4, 1);
    matrix y = used("y", MATRIX(3, 1, 100, -50, 25));
    call(matrix_vector(y, A, x));
    expect_reference(y);
}

/* --- matrix_multiply --- */

TEST(matrix_multiply, of_the_worked_example, 1,
     "C_11 is row 1 of A times column 1 of B.  What is it?")
{
    matrix A = WORKED_A, B = given("B", MATRIX(3, 2, 1, 2, 0, -1, 3, 1));
    matrix C = output("C", 2, 2);
    call(matrix_multiply(C, A, B));
    expect(C, MATRIX(2, 2, 10, 3, 22, 9));
}

TEST(matrix_multiply, of_any_shapes, 3,
     "A is 5 x 3 and B is 3 x 7.  Which index runs to 3, and which to 7?")
{
    matrix A = any_matrix("A", 5, 3), B = any_matrix("B", 3, 7);
    matrix C = output("C", 5, 7);
    call(matrix_multiply(C, A, B));
    expect_reference(C);
}

TEST(matrix_multiply, a_second_time, 1,
     "If your inner loop adds to C, what must C be before?")
{
    matrix A = any_matrix("A", 4, 5), B = any_matrix("B", 5, 3);
    matrix C = used("C", MATRIX(4, 3, 9, 8, 7, 6, 5, 4, 3, 2, 1, 9, 8, 7));
    call(matrix_multiply(C, A, B));
    expect_reference(C);
}

TEST(matrix_multiply, of_a_column_and_a_row, 1,
     "A column times a row: how large is C, and how many terms has each of "
     "its sums?")
{
    matrix A = any_matrix("A", 4, 1), B = any_matrix("B", 1, 3);
    matrix C = output("C", 4, 3);
    call(matrix_multiply(C, A, B));
    expect_reference(C);
}

/* --- transpose --- */

TEST(transpose, of_the_worked_example, 1,
     "Row 1 of A becomes which column of B?")
{
    matrix A = WORKED_A, B = output("B", 3, 2);
    call(transpose(B, A));
    expect(B, MATRIX(3, 2, 1, 4, 2, 5, 3, 6));
}

TEST(transpose, of_any_matrix, 1, "B_ji = A_ij: which index is which?")
{
    matrix A = any_matrix("A", 5, 7), B = output("B", 7, 5);
    call(transpose(B, A));
    expect_reference(B);
}

/* --- add_row --- */

TEST(add_row, of_the_worked_example, 1,
     "Which number is added to the whole first column?")
{
    matrix A = used("A", MATRIX(2, 3, 1, 2, 3, 4, 5, 6));
    matrix b = given("b", MATRIX(3, 1, 10, 20, 30));
    call(add_row(A, b));
    expect(A, MATRIX(2, 3, 11, 22, 33, 14, 25, 36));
}

TEST(add_row, to_any_matrix, 1,
     "b is a column, and is added as a row.  Which index counts through "
     "b?")
{
    matrix A = used("A", any_matrix("before", 5, 3));
    matrix b = any_matrix("b", 3, 1);
    call(add_row(A, b));
    expect_reference(A);
}

/* --- hadamard --- */

TEST(hadamard, of_the_worked_example, 1,
     "No sums here: what is the product of the first elements?")
{
    matrix A = given("A", MATRIX(2, 2, 1, 2, 3, 4));
    matrix B = given("B", MATRIX(2, 2, 5, -1, 0.5, 2));
    matrix C = output("C", 2, 2);
    call(hadamard(C, A, B));
    expect(C, MATRIX(2, 2, 5, -2, 1.5, 8));
}

TEST(hadamard, of_any_matrices, 1, "Does every element meet its own?")
{
    matrix A = any_matrix("A", 5, 3), B = any_matrix("B", 5, 3);
    matrix C = output("C", 5, 3);
    call(hadamard(C, A, B));
    expect_reference(C);
}

TEST(hadamard, in_place, 1,
     "C may be A.  Do you need an element after you wrote over it?")
{
    matrix A = used("A", any_matrix("before", 3, 4));
    matrix B = any_matrix("B", 3, 4);
    call(hadamard(A, A, B));
    expect_reference(A);
}

/* --- central_difference --- */

static real cube(real x)
{
    return x * x * x;
}
static real wave(real x)
{
    return sin(3 * x) + x / 2;
}

TEST(central_difference, of_the_worked_example, 1,
     "1.1 cubed is 1.331, 0.9 cubed is 0.729.  Their distance, over what?")
{
    given_number("x", 1);
    given_number("h", 0.1);
    expect(central_difference(cube, 1, 0.1), 3.01);
}

TEST(central_difference, of_another_function, 1,
     "You are given a function.  Do you call that one?")
{
    real x = any_number("x", 0.2, 0.8), h = any_number("h", 0.01, 0.02);
    expect_reference(central_difference(wave, x, h));
}

TEST(central_difference, with_a_small_step, 2,
     "With h = 1e-5 the error should be about a millionth of a millionth. "
     "From which two places do you measure, and with which h?")
{
    real x = any_number("x", 0.5, 1.5);
    given_number("h", 1e-5);
    expect_within(1e-9, central_difference(exp, x, 1e-5), exp(x));
}

/* --- shuffle --- */

TEST(shuffle, of_seven_numbers, 1,
     "(0.8) begins at the last number and draws its partner from all up to "
     "it.  In which order do you draw?")
{
    size_t order[] = { 0, 1, 2, 3, 4, 5, 6 };
    random_state state = random_seed(3);
    call(shuffle(order, 7, &state));
    expect_reference(numbers(order, 7));
    expect_reference(random_uniform(&state));
}

TEST(shuffle, of_any_numbers, 1,
     "The numbers may be any.  Do you move what is there?")
{
    size_t order[] = { 40, 7, 7, 13, 2 };
    random_state state = random_seed(4);
    call(shuffle(order, 5, &state));
    expect_reference(numbers(order, 5));
}

TEST(shuffle, is_fair, 2,
     "Three numbers have six orders.  6,000 shuffles: how often should "
     "each come?")
{
    random_state state = random_seed(5);
    size_t counts[27] = { 0 };
    for (int turn = 0; turn < 6000; turn++) {
        size_t order[] = { 0, 1, 2 };
        shuffle(order, 3, &state);
        counts[(order[0] % 3) * 9 + (order[1] % 3) * 3 + order[2] % 3]++;
    }
    size_t orders[] = { counts[5],  counts[7],  counts[11],
                        counts[15], counts[19], counts[21] };
    call(shuffle(orders, 0, &state));
    expect_reference(numbers(orders, 6));
}

TEST(shuffle, of_nothing_and_of_one, 1,
     "N - 1 for N = 0 is a very large number.  Where does your loop begin?")
{
    size_t order[] = { 9 };
    random_state state = random_seed(6);
    call(shuffle(order, 0, &state));
    call(shuffle(order, 1, &state));
    expect(numbers(order, 1), MATRIX(1, 1, 9));
    expect_reference(random_uniform(&state));
}

/* --- split --- */

TEST(split, of_the_worked_example, 2,
     "order begins with 3.  Which row of A comes first?")
{
    static const size_t order[] = { 3, 0, 4, 1, 2 };
    matrix A =
        given("A", MATRIX(5, 2, 10, 11, 20, 21, 30, 31, 40, 41, 50, 51));
    given("order", numbers(order, 5));
    matrix train = output("train", 3, 2), held = output("held", 1, 2);
    matrix validation = output("validation", 1, 2);
    call(split(train, validation, held, A, order));
    expect(train, MATRIX(3, 2, 40, 41, 10, 11, 50, 51));
    expect(validation, MATRIX(1, 2, 20, 21));
    expect(held, MATRIX(1, 2, 30, 31));
}

TEST(split, of_any_rows, 1,
     "order[k] counts on through all three parts.  Where does validation "
     "begin?")
{
    static const size_t order[] = { 6, 2, 0, 5, 1, 4, 3 };
    matrix A = any_matrix("A", 7, 3);
    given("order", numbers(order, 7));
    matrix train = output("train", 2, 3), held = output("held", 3, 3);
    matrix validation = output("validation", 2, 3);
    call(split(train, validation, held, A, order));
    expect_reference(train);
    expect_reference(validation);
    expect_reference(held);
}

TEST(split, without_a_validation_part, 1,
     "A part may have no rows.  Do you write to it?")
{
    static const size_t order[] = { 2, 0, 1, 4, 3 };
    matrix A = any_matrix("A", 5, 2), none = { 0, 2, NULL };
    given("order", numbers(order, 5));
    matrix train = output("train", 3, 2), held = output("held", 2, 2);
    call(split(train, none, held, A, order));
    expect_reference(train);
    expect_reference(held);
}

/* --- standardize_fit --- */

TEST(standardize_fit, of_the_worked_example, 1,
     "The mean of 2, 4, 4, 6 is 4.  How far is each from it, squared?")
{
    matrix X = given("X", MATRIX(4, 1, 2, 4, 4, 6));
    matrix shift = output("shift", 1, 1), scale = output("scale", 1, 1);
    call(standardize_fit(shift, scale, X));
    expect(shift, MATRIX(1, 1, 4));
    expect(scale, MATRIX(1, 1, 1.4142135623730951));
}

TEST(standardize_fit, of_any_columns, 2,
     "Each column has its own mean and its own width.  By what do you "
     "divide?")
{
    matrix X = any_matrix("X", 7, 3);
    matrix shift = output("shift", 3, 1), scale = output("scale", 3, 1);
    call(standardize_fit(shift, scale, X));
    expect_reference(shift);
    expect_reference(scale);
}

TEST(standardize_fit, of_a_column_that_never_changes, 1,
     "What would you divide by, later on?  The contract says what to "
     "answer instead.")
{
    matrix X = given("X", MATRIX(3, 2, 0.1, 5, 0.1, 6, 0.1, 10));
    matrix shift = output("shift", 2, 1), scale = output("scale", 2, 1);
    call(standardize_fit(shift, scale, X));
    expect(shift, MATRIX(2, 1, 0.1, 7));
    expect(scale, MATRIX(2, 1, 1, 2.160246899469287));
    matrix one = given("one", MATRIX(1, 2, 7, -3));
    call(standardize_fit(shift, scale, one));
    expect(shift, MATRIX(2, 1, 7, -3));
    expect(scale, MATRIX(2, 1, 1, 1));
}

TEST(standardize_fit, far_from_zero, 1,
     "The squares of these numbers are near 1e18, and a double has 16 "
     "digits.  What must be subtracted before you square?")
{
    matrix X = given("X", MATRIX(3, 1, 1e9, 1e9 + 1, 1e9 + 2));
    matrix shift = output("shift", 1, 1), scale = output("scale", 1, 1);
    call(standardize_fit(shift, scale, X));
    expect(shift, MATRIX(1, 1, 1e9 + 1));
    expect(scale, MATRIX(1, 1, 0.816496580927726));
}

/* --- mean_normalize_fit --- */

TEST(mean_normalize_fit, of_the_worked_example, 1,
     "From 2 to 6: how wide is that?")
{
    matrix X = given("X", MATRIX(4, 1, 2, 4, 4, 6));
    matrix shift = output("shift", 1, 1), scale = output("scale", 1, 1);
    call(mean_normalize_fit(shift, scale, X));
    expect(shift, MATRIX(1, 1, 4));
    expect(scale, MATRIX(1, 1, 4));
}

TEST(mean_normalize_fit, of_any_columns, 1,
     "Where does your search for the largest begin, and where that for the "
     "least?")
{
    matrix X = any_matrix("X", 7, 3);
    matrix shift = output("shift", 3, 1), scale = output("scale", 3, 1);
    call(mean_normalize_fit(shift, scale, X));
    expect_reference(shift);
    expect_reference(scale);
}

TEST(mean_normalize_fit, on_one_side_of_zero, 1,
     "All numbers of one column are above 0, all of the other below.  And "
     "the third never changes.")
{
    matrix X = given("X", MATRIX(3, 3, 5, -9, 2, 8, -4, 2, 11, -5, 2));
    matrix shift = output("shift", 3, 1), scale = output("scale", 3, 1);
    call(mean_normalize_fit(shift, scale, X));
    expect(shift, MATRIX(3, 1, 8, -6, 2));
    expect(scale, MATRIX(3, 1, 6, 5, 1));
    matrix one = given("one", MATRIX(1, 3, 7, -3, 2));
    call(mean_normalize_fit(shift, scale, one));
    expect(shift, MATRIX(3, 1, 7, -3, 2));
    expect(scale, MATRIX(3, 1, 1, 1, 1));
}

/* --- standardize_apply --- */

TEST(standardize_apply, of_the_worked_example, 1,
     "First the shift, then the scale: what becomes of 2?")
{
    matrix X = used("X", MATRIX(4, 1, 2, 4, 4, 6));
    matrix shift = given("shift", MATRIX(1, 1, 4));
    matrix scale = given("scale", MATRIX(1, 1, 2));
    call(standardize_apply(X, shift, scale));
    expect(X, MATRIX(4, 1, -1, 0, 0, 1));
}

TEST(standardize_apply, of_other_examples, 2,
     "The shift and the scale are those of the training examples.  Do you "
     "use them, or the means of what is in X?")
{
    matrix X = used("X", any_matrix("before", 5, 3));
    matrix shift = any_matrix("shift", 3, 1);
    matrix scale = any_matrix("scale", 3, 1);
    call(standardize_apply(X, shift, scale));
    expect_reference(X);
}

/* --- class_means --- */

TEST(class_means, of_the_worked_example, 1,
     "Three rows are of class 0.  What is their mean?")
{
    matrix X = given("X", MATRIX(5, 2, 1, 1, 3, 1, 2, 4, 4, 6, 0, 2));
    matrix y = given("y", MATRIX(5, 1, 0, 0, 1, 1, 0));
    matrix means = output("means", 2, 2);
    call(class_means(means, X, y));
    expect(means, MATRIX(2, 2, 4.0 / 3, 4.0 / 3, 3, 5));
}

TEST(class_means, of_any_examples, 2,
     "Each class is divided by the number of *its* examples.  How many are "
     "of class 1 here?")
{
    matrix X = any_matrix("X", 7, 4), means = output("means", 3, 4);
    matrix y = given("y", MATRIX(7, 1, 2, 0, 1, 2, 2, 0, 2));
    call(class_means(means, X, y));
    expect_reference(means);
}

TEST(class_means, of_a_class_without_examples, 1,
     "Nobody is of class 1.  What is 0/0, and what does the contract say?")
{
    matrix X = any_matrix("X", 5, 3);
    matrix y = given("y", MATRIX(5, 1, 2, 0, 2, 3, 0));
    matrix means =
        used("means", MATRIX(4, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3));
    call(class_means(means, X, y));
    expect_reference(means);
}

/* --- nearest_mean --- */

TEST(nearest_mean, of_the_worked_example, 1,
     "How far is (3, 4) from (3, 5), and how far from (4/3, 4/3)?")
{
    matrix means = given("means", MATRIX(2, 2, 4.0 / 3, 4.0 / 3, 3, 5));
    matrix X = given("X", MATRIX(2, 2, 2, 2, 3, 4));
    matrix yhat = output("yhat", 2, 1);
    call(nearest_mean(yhat, means, X));
    expect(yhat, MATRIX(2, 1, 0, 1));
}

TEST(nearest_mean, of_any_examples, 2,
     "The distance has a square for every feature.  Do you ask all means?")
{
    matrix means = any_matrix("means", 5, 3), X = any_matrix("X", 11, 3);
    matrix yhat = output("yhat", 11, 1);
    call(nearest_mean(yhat, means, X));
    expect_reference(yhat);
}

TEST(nearest_mean, in_the_middle, 1,
     "Two means are equally near.  Which class does the contract name?")
{
    matrix means = given("means", MATRIX(3, 1, 7, 1, 3));
    matrix X = given("X", MATRIX(3, 1, 2, 5, 2.5));
    matrix yhat = output("yhat", 3, 1);
    call(nearest_mean(yhat, means, X));
    expect(yhat, MATRIX(3, 1, 1, 0, 2));
}

TEST(nearest_mean, very_far_away, 1,
     "All means are far away here.  With which distance does your search "
     "for the least begin?")
{
    matrix means = given("means", MATRIX(2, 2, -1e5, 3e5, 2e5, -1e5));
    matrix X = given("X", MATRIX(2, 2, 3e5, -4e5, -3e5, 2e5));
    matrix yhat = output("yhat", 2, 1);
    call(nearest_mean(yhat, means, X));
    expect_reference(yhat);
}

/* --- accuracy --- */

TEST(accuracy, of_the_worked_example, 1,
     "Three of four are right.  What is 3 / 4 for two whole numbers in C?")
{
    matrix yhat = given("yhat", MATRIX(4, 1, 3, 1, 0, 2));
    matrix y = given("y", MATRIX(4, 1, 3, 1, 1, 2));
    expect(accuracy(yhat, y), 0.75);
}

TEST(accuracy, of_other_answers, 1,
     "Is it the share of right answers, or of wrong ones?")
{
    matrix yhat = given("yhat", MATRIX(7, 1, 3, 1, 0, 2, 9, 0, 4));
    matrix y = given("y", MATRIX(7, 1, 3, 1, 1, 0, 8, 0, 5));
    expect(accuracy(yhat, y), 3.0 / 7);
}
