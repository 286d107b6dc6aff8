/* Tests of chapter 01.  The first example of each function is worked by
 * hand in the lesson; the others are there so that it cannot be typed in.
 */
#include "linreg.h"
#include "test.h"

#include <math.h>

/* --- Fixtures
 * ------------------------------------------------------------- */

/* The example of section 1.3: one feature, four examples. */
#define WORKED_X given("X", MATRIX(4, 1, 1, 3, 6, 5))
#define WORKED_Y given("y", MATRIX(4, 1, 4, 8, 14, 13))
#define WORKED_YHAT given("yhat", MATRIX(4, 1, 6, 16, 31, 26))

static linreg given_model(matrix w, real b)
{
    return (linreg){ given("model.w", w), given_number("model.b", b) };
}

static linreg any_model(size_t n)
{
    return (linreg){ any_matrix("model.w", n, 1),
                     any_number("model.b", 1, 2) };
}

/* A gradient nobody has written to yet. */
static linreg fresh_gradient(size_t n)
{
    linreg grad = { output("grad.w", n, 1), 0 };
    matrix b = output("grad.b", 1, 1);
    grad.b = at(b, 0, 0);
    return grad;
}

/* --- linreg_predict
 * ------------------------------------------------------- */

TEST(linreg_predict, of_the_worked_example, 1,
     "What do you get by hand for the first example, 5 * 1 + 1?")
{
    linreg model = given_model(MATRIX(1, 1, 5), 1);
    matrix X = WORKED_X, yhat = output("yhat", 4, 1);
    call(linreg_predict(yhat, model, X));
    expect(yhat, MATRIX(4, 1, 6, 16, 31, 26));
}

TEST(linreg_predict, with_three_features, 1,
     "Each prediction is a sum over one row of X.  Which index runs along "
     "a row?")
{
    linreg model = given_model(MATRIX(3, 1, 2, -1, 0.5), -3);
    matrix X =
        given("X", MATRIX(4, 3, 1, 2, 3, 4, -2, 6, 7, 1, -8, 3, 5, 9));
    matrix yhat = output("yhat", 4, 1);
    call(linreg_predict(yhat, model, X));
    expect(yhat, MATRIX(4, 1, -1.5, 10, 6, 2.5));
}

TEST(linreg_predict, of_any_data, 2,
     "Does it hold for every number of examples and features?")
{
    linreg model = any_model(3);
    matrix X = any_matrix("X", 7, 3), yhat = output("yhat", 7, 1);
    call(linreg_predict(yhat, model, X));
    expect_reference(yhat);
}

TEST(linreg_predict, a_second_time, 1,
     "What is in yhat when the function is called again?")
{
    linreg model = any_model(2);
    matrix X = any_matrix("X", 5, 2);
    matrix yhat = used("yhat", MATRIX(5, 1, 9, -9, 9, 7, 8));
    call(linreg_predict(yhat, model, X));
    expect_reference(yhat);
}

/* --- linreg_mae
 * ----------------------------------------------------------- */

TEST(linreg_mae, of_the_worked_example, 1,
     "The errors are 2, 8, 17 and 13.  What is the mean of their sizes?")
{
    matrix yhat = WORKED_YHAT, y = WORKED_Y;
    expect(linreg_mae(yhat, y), 10);
}

TEST(linreg_mae, of_errors_of_both_signs, 2,
     "The errors are 0.5, -0.75, 2.25, -1.5 and 0.25.  Do you add up sizes "
     "or signed numbers?")
{
    matrix yhat = given("yhat", MATRIX(5, 1, 1.5, 1.25, 5.25, 2.5, 5.25));
    matrix y = given("y", MATRIX(5, 1, 1, 2, 3, 4, 5));
    expect(linreg_mae(yhat, y), 1.05);
}

TEST(linreg_mae, of_any_data, 2,
     "Try it by hand with five examples: which number do you divide by?")
{
    matrix yhat = any_matrix("yhat", 7, 1), y = any_matrix("y", 7, 1);
    expect_reference(linreg_mae(yhat, y));
}

/* --- linreg_half_mse
 * ------------------------------------------------------ */

TEST(linreg_half_mse, of_the_worked_example, 1,
     "The squares are 4, 64, 289 and 169.  What is half of their mean?")
{
    matrix yhat = WORKED_YHAT, y = WORKED_Y;
    expect(linreg_half_mse(yhat, y), 65.75);
}

TEST(linreg_half_mse, of_a_perfect_fit, 1,
     "If every prediction is right, what is left to add up?")
{
    matrix yhat = given("yhat", MATRIX(3, 1, 4, -2, 7));
    matrix y = given("y", MATRIX(3, 1, 4, -2, 7));
    expect(linreg_half_mse(yhat, y), 0);
}

TEST(linreg_half_mse, of_any_data, 2,
     "Equation (1.4) divides once, by 2N.  What do you divide by?")
{
    matrix yhat = any_matrix("yhat", 5, 1), y = any_matrix("y", 5, 1);
    expect_reference(linreg_half_mse(yhat, y));
}

TEST(linreg_half_mse, of_the_data_twice, 1,
     "The loss is a mean: what happens to it when every example comes "
     "twice?")
{
    matrix yhat = given("yhat", MATRIX(3, 1, 1.5, 2, -0.5));
    matrix y = given("y", MATRIX(3, 1, 1, 4, 0.25));
    matrix yhat2 = given("yhat2", MATRIX(6, 1, 1.5, 2, -0.5, 1.5, 2, -0.5));
    matrix y2 = given("y2", MATRIX(6, 1, 1, 4, 0.25, 1, 4, 0.25));
    expect(linreg_half_mse(yhat, y), 0.80208333333333337);
    expect(linreg_half_mse(yhat2, y2), 0.80208333333333337);
}

/* --- linreg_huber
 * --------------------------------------------------------- */

TEST(linreg_huber, where_every_error_is_small, 1,
     "With all errors below delta this is a loss you already know.")
{
    matrix yhat = given("yhat", MATRIX(3, 1, 1.5, 1, 3.25));
    matrix y = given("y", MATRIX(3, 1, 1, 2, 3));
    expect(linreg_huber(yhat, y, 4), 0.21875);
}

TEST(linreg_huber, where_every_error_is_large, 1,
     "Where |e| > delta, h is a straight line: what is its slope, and what "
     "is taken off?")
{
    matrix yhat = WORKED_YHAT, y = WORKED_Y;
    expect(linreg_huber(yhat, y, 1.5), 13.875);
}

TEST(linreg_huber, at_and_around_delta, 1,
     "The two pieces of (1.5) meet at |e| = delta.  Do yours?")
{
    matrix yhat = given("yhat", MATRIX(4, 1, 3, -1, 1.5, 6));
    matrix y = given("y", MATRIX(4, 1, 1, 1, 1, 1));
    expect(linreg_huber(yhat, y, 2), 3.03125);
}

TEST(linreg_huber, of_any_data, 2,
     "Which piece does an error belong to when it is negative and large?")
{
    matrix yhat = any_matrix("yhat", 11, 1), y = any_matrix("y", 11, 1);
    real delta = any_number("delta", 1.25, 1.75);
    expect_reference(linreg_huber(yhat, y, delta));
}

/* --- linreg_gradient
 * ------------------------------------------------------ */

TEST(linreg_gradient, of_the_worked_example, 1,
     "Which x belongs to which error?  Print them side by side.")
{
    linreg model = given_model(MATRIX(1, 1, 5), 1);
    matrix X = WORKED_X, y = WORKED_Y;
    linreg grad = fresh_gradient(1);
    call(linreg_gradient(&grad, model, X, y));
    expect(grad.w, MATRIX(1, 1, 48.25));
    expect(grad.b, 10);
}

TEST(linreg_gradient, of_any_data, 3,
     "Does it hold for other shapes: five examples, three features?")
{
    linreg model = any_model(3);
    matrix X = any_matrix("X", 5, 3), y = any_matrix("y", 5, 1);
    linreg grad = fresh_gradient(3);
    call(linreg_gradient(&grad, model, X, y));
    expect_reference(grad.w);
    expect_reference(grad.b);
}

TEST(linreg_gradient, a_second_time, 1,
     "What does grad hold when the function is called again?")
{
    linreg model = any_model(2);
    matrix X = any_matrix("X", 7, 2), y = any_matrix("y", 7, 1);
    linreg grad = { used("grad.w", MATRIX(2, 1, 100, -50)), 25 };
    call(linreg_gradient(&grad, model, X, y));
    expect_reference(grad.w);
    expect_reference(grad.b);
}

/* Numbers, not the student's own loss: each function answers for itself. */
TEST(
    linreg_gradient, is_the_slope_of_the_loss, 2,
    "Move one weight by a little.  By how much does the loss (1.4) change?")
{
    linreg model = any_model(2);
    matrix X = any_matrix("X", 5, 2), y = any_matrix("y", 5, 1);
    linreg grad = fresh_gradient(2);
    call(linreg_gradient(&grad, model, X, y));

    const real h = 1e-5;
    matrix slope = matrix_new(3, 1);
    for (size_t j = 0; j < 3; j++) {
        real loss[2] = { 0 };
        for (int side = 0; side < 2; side++) {
            real move = side ? h : -h, sum = 0;
            for (size_t i = 0; i < 5; i++) {
                real error = model.b + (j == 2 ? move : 0) - at(y, i, 0);
                for (size_t k = 0; k < 2; k++)
                    error += at(X, i, k) *
                             (at(model.w, k, 0) + (j == k ? move : 0));
                sum += error * error;
            }
            loss[side] = sum / 10;
        }
        at(slope, j, 0) = (loss[1] - loss[0]) / (2 * h);
    }
    expect_within(1e-7, grad.w, matrix_rows(slope, 0, 2));
    expect_within(1e-7, grad.b, at(slope, 2, 0));
    matrix_free(&slope);
}

/* --- linreg_step
 * ---------------------------------------------------------- */

TEST(linreg_step, of_the_worked_example, 1,
     "The gradient points uphill.  Which way is downhill?")
{
    linreg model = { used("model.w", MATRIX(1, 1, 5)), 1 };
    linreg grad = { given("grad.w", MATRIX(1, 1, 48.25)), 10 };
    call(linreg_step(&model, grad, 0.01));
    expect(model.w, MATRIX(1, 1, 4.5175));
    expect(model.b, 0.9);
}

TEST(linreg_step, in_every_parameter, 2,
     "Which parameters does (1.9) move?  Each by what?")
{
    linreg grad = { any_matrix("grad.w", 3, 1),
                    any_number("grad.b", 2, 3) };
    linreg model = { used("model.w", MATRIX(3, 1, 0.5, -2, 4)), -1.5 };
    call(linreg_step(&model, grad, 0.125));
    expect_reference(model.w);
    expect_reference(model.b);
}

/* --- linreg_fit
 * ----------------------------------------------------------- */

TEST(linreg_fit, of_one_step, 1,
     "The loss in the trace is the one after the step: which model does it "
     "belong to?")
{
    linreg model = { used("model.w", MATRIX(1, 1, 5)), 1 };
    matrix X = WORKED_X, y = WORKED_Y;
    matrix losses = output("losses", 1, 1);
    expect(linreg_fit(&model, losses, X, y, 0.01, 0), 1);
    expect(model.w, MATRIX(1, 1, 4.5175));
    expect(model.b, 0.9);
    expect(losses, MATRIX(1, 1, 43.72146796875));
}

TEST(linreg_fit, of_many_steps_on_any_data, 2,
     "How often is the gradient taken?  It changes with every step.")
{
    matrix X = any_matrix("X", 7, 2), y = any_matrix("y", 7, 1);
    linreg model = { used("model.w", MATRIX(2, 1, 0.5, -0.25)), 0.75 };
    matrix losses = output("losses", 6, 1);
    expect(linreg_fit(&model, losses, X, y, 0.05, 0), 6);
    expect_reference(model.w);
    expect_reference(model.b);
    expect_reference(losses);
}

TEST(linreg_fit, starts_where_the_model_is, 1,
     "The model is in/out.  Do you start the walk somewhere else?")
{
    linreg model = { used("model.w", MATRIX(1, 1, 3)), 2 };
    matrix X = WORKED_X, y = WORKED_Y;
    matrix losses = output("losses", 2, 1);
    call(linreg_fit(&model, losses, X, y, 0.02, 0));
    expect_reference(model.w);
    expect_reference(model.b);
    expect_reference(losses);
}

TEST(linreg_fit, stops_at_the_bottom, 2,
     "(1.10) is asked before each step.  How many steps does a perfect "
     "model "
     "need, and what becomes of the rest of losses?")
{
    linreg perfect = { used("model.w", MATRIX(2, 1, 2, -1)), 3 };
    matrix X = given("X", MATRIX(3, 2, 1, 2, 3, -1, 4, 5));
    matrix y = given("y", MATRIX(3, 1, 3, 10, 6));
    matrix losses = used("losses", MATRIX(4, 1, -7, -7, -7, -7));
    expect(linreg_fit(&perfect, losses, X, y, 0.01, 1e-6), 0);
    expect(perfect.w, MATRIX(2, 1, 2, -1));
    expect(losses, MATRIX(4, 1, -7, -7, -7, -7));

    /* One example, x = 1: each step halves both slopes, 8, 4, 2, 1, ... */
    linreg model = { used("model.w", MATRIX(1, 1, 8)), 0 };
    matrix one = given("X", MATRIX(1, 1, 1)),
           zero = given("y", MATRIX(1, 1, 0));
    matrix trace = used("losses", MATRIX(5, 1, -7, -7, -7, -7, -7));
    expect(linreg_fit(&model, trace, one, zero, 0.25, 2.5), 2);
    expect(trace, MATRIX(5, 1, 8, 2, -7, -7, -7));
}

/* --- linreg_cholesky
 * ------------------------------------------------------ */

TEST(linreg_cholesky, of_the_worked_example, 1,
     "The first column is A's, divided by one root.  Which?")
{
    matrix A = given("A", MATRIX(3, 3, 4, 2, -2, 2, 5, 5, -2, 5, 11));
    matrix L = output("L", 3, 3);
    expect(linreg_cholesky(L, A), true);
    expect(L, MATRIX(3, 3, 2, 0, 0, 1, 2, 0, -1, 3, 1));
}

TEST(linreg_cholesky, of_another_matrix, 2,
     "What is taken off A_ij before it is divided?  Write out L_32.")
{
    matrix A = given("A", MATRIX(3, 3, 4, 6, -2, 6, 25, 9, -2, 9, 11));
    matrix L = output("L", 3, 3);
    expect(linreg_cholesky(L, A), true);
    expect(L, MATRIX(3, 3, 2, 0, 0, 3, 4, 0, -1, 3, 1));
}

TEST(linreg_cholesky, of_any_matrix, 2,
     "L L^T must give A again.  Multiply your L by hand for a 2 x 2.")
{
    matrix B = any_matrix("B", 7, 4), A = used("A", MATRIX(4, 4, 0));
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 4; j++)
            for (size_t k = 0; k < 7; k++)
                at(A, i, j) += at(B, k, i) * at(B, k, j) + (i == j);
    matrix L = output("L", 4, 4);
    expect(linreg_cholesky(L, A), true);
    expect_reference(L);
}

TEST(linreg_cholesky, refuses_what_has_no_root, 2,
     "What stands under the root when a matrix is not positive definite, "
     "and what does the contract want then?")
{
    matrix L = output("L", 2, 2);
    matrix negative = given("negative", MATRIX(2, 2, 1, 2, 2, 1));
    expect(linreg_cholesky(L, negative), false);
    matrix first = given("first", MATRIX(2, 2, -1, 0, 0, 1));
    expect(linreg_cholesky(L, first), false);
    matrix singular = given("singular", MATRIX(2, 2, 1, 3, 3, 9));
    expect(linreg_cholesky(L, singular), false);
    matrix nearly = given("nearly", MATRIX(2, 2, 1, 1, 1, 1 + 1e-13));
    expect(linreg_cholesky(L, nearly), false);
    matrix nan = given("nan", MATRIX(2, 2, 1, 0, 0, NAN));
    expect(linreg_cholesky(L, nan), false);
}

TEST(linreg_cholesky, asks_for_the_scale, 1,
     "The limit is a share of A_jj.  What if all numbers are tiny?")
{
    matrix L = output("L", 2, 2);
    matrix tiny = given("tiny", MATRIX(2, 2, 4e-16, 2e-16, 2e-16, 10e-16));
    expect(linreg_cholesky(L, tiny), true);
    expect_within(1e-15, L, MATRIX(2, 2, 2e-8, 0, 1e-8, 3e-8));
    matrix nearly = given("nearly", MATRIX(2, 2, 1, 1, 1, 1 + 1e-9));
    expect(linreg_cholesky(L, nearly), true);
    matrix large = given("large", MATRIX(2, 2, 1e9, 1e9, 1e9, 1e9 + 1e-5));
    expect(linreg_cholesky(L, large), false);
}

/* --- linreg_cholesky_solve
 * ------------------------------------------------ */

TEST(linreg_cholesky_solve, of_the_worked_example, 1,
     "First downwards: what is z_1 if L z = c, L_11 = 2 and c_1 = 10?")
{
    matrix L = given("L", MATRIX(3, 3, 2, 0, 0, 1, 2, 0, -1, 3, 1));
    matrix c = given("c", MATRIX(3, 1, 10, 7, -3)), x = output("x", 3, 1);
    call(linreg_cholesky_solve(x, L, c));
    expect(x, MATRIX(3, 1, 1, 2, -1));
}

TEST(linreg_cholesky_solve, of_any_system, 3,
     "Upwards, the equation of row i uses column i of L, below the "
     "diagonal.  Which index is which?")
{
    matrix c = any_matrix("c", 4, 1), x = output("x", 4, 1);
    matrix some = any_matrix("some", 4, 4), L = used("L", MATRIX(4, 4, 0));
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j <= i; j++)
            at(L, i, j) = at(some, i, j) + (i == j ? 6 : 0);
    call(linreg_cholesky_solve(x, L, c));
    expect_reference(x);
}

/* --- linreg_fit_normal
 * ---------------------------------------------------- */

TEST(linreg_fit_normal, of_a_line_without_noise, 1,
     "If the points lie on a line, which line has no error at all?")
{
    matrix X = given("X", MATRIX(4, 1, 1, 3, 6, 5));
    matrix y = given("y", MATRIX(4, 1, -1, 3, 9, 7));
    linreg model = { output("model.w", 1, 1), 0 };
    expect(linreg_fit_normal(&model, X, y), true);
    expect(model.w, MATRIX(1, 1, 2));
    expect(model.b, -3);
}

TEST(linreg_fit_normal, of_any_data, 2,
     "Are both sides of (1.12) built from the data without their means?")
{
    matrix X = any_matrix("X", 11, 3), y = any_matrix("y", 11, 1);
    linreg model = { output("model.w", 3, 1), 0 };
    expect(linreg_fit_normal(&model, X, y), true);
    expect_reference(model.w);
    expect_reference(model.b);
}

TEST(linreg_fit_normal, of_norris, 1,
     "NIST certified these digits.  Which sum loses yours?")
{
    matrix X = given("X", MATRIX(36, 1, 0.2, 337.4, 118.2, 884.6, 10.1,
                                 226.5, 666.3, 996.3, 448.6, 777.0, 558.2,
                                 0.4, 0.6, 775.5, 666.9, 338.0, 447.5, 11.6,
                                 556.0, 228.1, 995.8, 887.6, 120.2, 0.3,
                                 0.3, 556.8, 339.1, 887.2, 999.0, 779.0,
                                 11.1, 118.3, 229.2, 669.1, 448.9, 0.5));
    matrix y = given("y", MATRIX(36, 1, 0.1, 338.8, 118.1, 888.0, 9.2,
                                 228.1, 668.5, 998.5, 449.1, 778.9, 559.2,
                                 0.3, 0.1, 778.1, 668.8, 339.3, 448.9, 10.8,
                                 557.7, 228.3, 998.0, 888.8, 119.6, 0.3,
                                 0.6, 557.6, 339.3, 888.0, 998.5, 778.9,
                                 10.2, 117.6, 228.9, 668.4, 449.2, 0.2));
    linreg model = { output("model.w", 1, 1), 0 };
    expect(linreg_fit_normal(&model, X, y), true);
    expect_within(1e-11, model.w, MATRIX(1, 1, 1.00211681802045));
    expect_within(1e-9, model.b, -0.262323073774029);
}

TEST(linreg_fit_normal, of_longley, 2,
     "Six features that nearly determine each other.  How large do the "
     "numbers in (1.12) get if the means stay in?")
{
    matrix X = given(
        "X",
        MATRIX(16, 6, 83.0, 234289, 2356, 1590, 107608, 1947, 88.5, 259426,
               2325, 1456, 108632, 1948, 88.2, 258054, 3682, 1616, 109773,
               1949, 89.5, 284599, 3351, 1650, 110929, 1950, 96.2, 328975,
               2099, 3099, 112075, 1951, 98.1, 346999, 1932, 3594, 113270,
               1952, 99.0, 365385, 1870, 3547, 115094, 1953, 100.0, 363112,
               3578, 3350, 116219, 1954, 101.2, 397469, 2904, 3048, 117388,
               1955, 104.6, 419180, 2822, 2857, 118734, 1956, 108.4, 442769,
               2936, 2798, 120445, 1957, 110.8, 444546, 4681, 2637, 121950,
               1958, 112.6, 482704, 3813, 2552, 123366, 1959, 114.2, 502601,
               3931, 2514, 125368, 1960, 115.7, 518173, 4806, 2572, 127852,
               1961, 116.9, 554894, 4007, 2827, 130081, 1962));
    matrix y = given("y", MATRIX(16, 1, 60323, 61122, 60171, 61187, 63221,
                                 63639, 64989, 63761, 66019, 67857, 68169,
                                 66513, 68655, 69564, 69331, 70551));
    linreg model = { output("model.w", 6, 1), 0 };
    expect(linreg_fit_normal(&model, X, y), true);
    expect_within(1e-7, model.w,
                  MATRIX(6, 1, 15.0618722713733, -0.0358191792925910,
                         -2.02022980381683, -1.03322686717359,
                         -0.0511041056535807, 1829.15146461355));
    expect_within(1e-7, model.b, -3482258.63459582);
}

TEST(linreg_fit_normal, refuses_what_has_no_answer, 1,
     "One feature never changes.  How many weights fit equally well, and "
     "what should the model hold then?")
{
    linreg model = { used("model.w", MATRIX(2, 1, 7, -7)), 77 };
    matrix constant =
        given("constant", MATRIX(4, 2, 1, 5, 3, 5, 6, 5, 5, 5));
    matrix y = WORKED_Y;
    expect(linreg_fit_normal(&model, constant, y), false);
    expect(model.w, MATRIX(2, 1, 7, -7));
    expect(model.b, 77);
    matrix twice = given("twice", MATRIX(4, 2, 1, 2, 3, 6, 6, 12, 5, 10));
    expect(linreg_fit_normal(&model, twice, y), false);
    expect(model.w, MATRIX(2, 1, 7, -7));
}

/* --- linreg_r_squared
 * ----------------------------------------------------- */

TEST(
    linreg_r_squared, of_the_worked_example, 1,
    "What is the mean of the targets 1 and 3, and how far is each from it?")
{
    matrix yhat = given("yhat", MATRIX(2, 1, 1, 2));
    matrix y = given("y", MATRIX(2, 1, 1, 3));
    expect(linreg_r_squared(yhat, y), 0.5);
}

TEST(linreg_r_squared, of_a_bad_model, 1,
     "A model may be worse than the mean.  Which sign has R^2 then?")
{
    matrix yhat = WORKED_YHAT, y = WORKED_Y;
    expect(linreg_r_squared(yhat, y), -7.123552123552124);
}

TEST(linreg_r_squared, of_any_data, 2,
     "Both sums of (1.16) run over all examples.  Which differences do you "
     "square in each?")
{
    matrix yhat = any_matrix("yhat", 7, 1), y = any_matrix("y", 7, 1);
    expect_reference(linreg_r_squared(yhat, y));
}

TEST(linreg_r_squared, of_targets_that_are_all_equal, 1,
     "What does the contract say about 0/0?")
{
    matrix y = given("y", MATRIX(3, 1, 5, 5, 5));
    matrix right = given("right", MATRIX(3, 1, 5, 5, 5));
    matrix wrong = given("wrong", MATRIX(3, 1, 5, 6, 5));
    expect(linreg_r_squared(right, y), 1);
    expect(linreg_r_squared(wrong, y), 0);
    matrix one = given("one", MATRIX(1, 1, 4));
    matrix other = given("other", MATRIX(1, 1, 5));
    expect(linreg_r_squared(one, one), 1);
    expect(linreg_r_squared(other, one), 0);
}
