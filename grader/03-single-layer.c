/* Tests of chapter 03.  The first example of each function is worked by
 * hand in the lesson; the others are there so that it cannot be typed in.
 */
#include "layer.h"
#include "test.h"

#include <math.h>

/* --- Fixtures --- */

static layer given_layer(matrix W, matrix b)
{
    return (layer){ given("one.W", W), given("one.b", b) };
}

static layer any_layer(size_t n_in, size_t n_out)
{
    return (layer){ any_matrix("one.W", n_out, n_in),
                    any_matrix("one.b", n_out, 1) };
}

/* A gradient nobody has written to yet. */
static layer fresh_gradient(size_t n_in, size_t n_out)
{
    return (layer){ output("grad.W", n_out, n_in),
                    output("grad.b", n_out, 1) };
}

/* The layer of the lesson's first table, and its two examples. */
#define TWO_NEURONS                                                        \
    given_layer(MATRIX(2, 3, 2, 1, -1, 1, -2, 3), MATRIX(2, 1, 1, -1))
#define TWO_EXAMPLES given("A", MATRIX(2, 3, 1, 2, -1, 3, -1, 2))

/* --- layer_forward --- */

TEST(layer_forward, of_the_worked_example, 1,
     "Row i of A times row k of W, plus b_k: what is that for the first "
     "example and neuron 1?")
{
    layer one = TWO_NEURONS;
    matrix A = TWO_EXAMPLES, Z = output("Z", 2, 2);
    call(layer_forward(Z, one, A));
    expect(Z, MATRIX(2, 2, 6, -7, 4, 10));
}

TEST(layer_forward, of_any_layer, 2,
     "Does it hold for other shapes: seven examples, three inputs, five "
     "neurons?")
{
    layer one = any_layer(3, 5);
    matrix A = any_matrix("A", 7, 3), Z = output("Z", 7, 5);
    call(layer_forward(Z, one, A));
    expect_reference(Z);
}

TEST(layer_forward, a_second_time, 1,
     "What does Z hold when the function is called again?")
{
    layer one = any_layer(4, 3);
    matrix A = any_matrix("A", 5, 4), Z = output("Z", 5, 3);
    call(layer_forward(Z, one, A));
    call(layer_forward(Z, one, A));
    expect_reference(Z);
}

/* --- Activations: forwards --- */

/* Any scores, and the same in place. */
#define FORWARD_TESTS(name, hint_, alias_hint)                             \
    TEST(name##_forward, of_any_scores, 1, hint_)                          \
    {                                                                      \
        matrix Z = any_matrix("Z", 5, 7), A = output("A", 5, 7);           \
        call(name##_forward(A, Z));                                        \
        expect_reference(A);                                               \
    }                                                                      \
    TEST(name##_forward, in_place, 1, alias_hint)                          \
    {                                                                      \
        matrix Z = used("Z", any_matrix("before", 3, 4));                  \
        call(name##_forward(Z, Z));                                        \
        expect_reference(Z);                                               \
    }

TEST(step_forward, of_the_worked_example, 1,
     "What does (3.2) say of a score that is exactly 0?")
{
    matrix Z = given("Z", MATRIX(1, 4, -2, 0, 0.5, 3));
    matrix A = output("A", 1, 4);
    call(step_forward(A, Z));
    expect(A, MATRIX(1, 4, -1, 0, 1, 1));
}
FORWARD_TESTS(step,
              "Only the sign of a score counts.  Which are the three "
              "answers?",
              "A may be Z.  Do you read a score after you wrote over it?")

TEST(sigmoid_forward, of_the_worked_example, 1,
     "Half way between 0 and 1: for which score?")
{
    matrix Z = given("Z", MATRIX(1, 3, 0, 2, -2));
    matrix A = output("A", 1, 3);
    call(sigmoid_forward(A, Z));
    expect(A, MATRIX(1, 3, 0.5, 0.880797077977882, 0.119202922022118));
}
FORWARD_TESTS(sigmoid,
              "Every score is bent by itself.  Which ones do you "
              "reach?",
              "A may be Z.  Do you read a score after you wrote over it?")

TEST(sigmoid_forward, of_scores_far_out, 1,
     "exp(10000) is more than a double can hold.  Who already wrote a "
     "sigmoid that never asks for it?")
{
    matrix Z = given("Z", MATRIX(1, 4, -1e4, 1e4, -1e300, 710));
    matrix A = output("A", 1, 4);
    call(sigmoid_forward(A, Z));
    expect(A, MATRIX(1, 4, 0, 1, 0, 1));
}

TEST(tanh_forward, of_the_worked_example, 1,
     "tanh z is 2 sigma(2z) - 1: what is it at 0?")
{
    matrix Z = given("Z", MATRIX(1, 3, 0, 1, -1e4));
    matrix A = output("A", 1, 3);
    call(tanh_forward(A, Z));
    expect(A, MATRIX(1, 3, 0, 0.761594155955765, -1));
}
FORWARD_TESTS(tanh, "math.h has the function.  Which scores do you bend?",
              "A may be Z.  Do you read a score after you wrote over it?")

TEST(relu_forward, of_the_worked_example, 1,
     "What is kept, and what becomes 0?")
{
    matrix Z = given("Z", MATRIX(1, 4, -2, 0, 0.5, 1e4));
    matrix A = output("A", 1, 4);
    call(relu_forward(A, Z));
    expect(A, MATRIX(1, 4, 0, 0, 0.5, 1e4));
}
FORWARD_TESTS(relu, "max(0, z): which of the two is which?",
              "A may be Z.  Do you read a score after you wrote over it?")

TEST(leaky_relu_forward, of_the_worked_example, 1,
     "How much of -2 leaks through?")
{
    matrix Z = given("Z", MATRIX(1, 4, -2, 0, 0.5, 3));
    matrix A = output("A", 1, 4);
    call(leaky_relu_forward(A, Z));
    expect(A, MATRIX(1, 4, -0.02, 0, 0.5, 3));
}
FORWARD_TESTS(leaky_relu, "On which side of 0 is the leak?",
              "A may be Z.  Do you read a score after you wrote over it?")

TEST(elu_forward, of_the_worked_example, 1,
     "exp(-1) - 1: is that above or below -1?")
{
    matrix Z = given("Z", MATRIX(1, 4, -1, 0, 0.5, -1e4));
    matrix A = output("A", 1, 4);
    call(elu_forward(A, Z));
    expect(A, MATRIX(1, 4, -0.632120558828558, 0, 0.5, -1));
}
FORWARD_TESTS(elu, "Which side is bent, and which is left as it is?",
              "A may be Z.  Do you read a score after you wrote over it?")

TEST(elu_forward, of_scores_near_zero, 1,
     "exp(z) - 1 for z = -1e-12: how many digits are left?  math.h has "
     "expm1.")
{
    matrix Z = given("Z", MATRIX(1, 2, -1e-12, -3e-9));
    matrix A = output("A", 1, 2);
    call(elu_forward(A, Z));
    expect_reference_within(1e-18, A);
}

TEST(maxout_forward, of_the_worked_example, 1,
     "Two units of three pieces: which scores belong to the second?")
{
    matrix Z = given("Z", MATRIX(1, 6, 1, 4, -2, 0, -1, -3));
    matrix A = output("A", 1, 2);
    call(maxout_forward(A, Z));
    expect(A, MATRIX(1, 2, 4, 0));
}

TEST(maxout_forward, of_any_scores, 1,
     "Five units of three pieces in fifteen columns: where does unit u "
     "begin?")
{
    matrix Z = any_matrix("Z", 7, 15), A = output("A", 7, 5);
    call(maxout_forward(A, Z));
    expect_reference(A);
}

TEST(maxout_forward, of_negative_scores, 1,
     "All scores of this unit are below 0.  Where does your search for the "
     "largest begin?")
{
    matrix Z = given("Z", MATRIX(2, 4, -5, -3, -7, -9, -1e4, -2, -4, -6));
    matrix A = output("A", 2, 1);
    call(maxout_forward(A, Z));
    expect(A, MATRIX(2, 1, -3, -2));
}

/* --- Activations: backwards --- */

typedef real (*bend)(real z);

/* The functions again, in plain C: no test rests on a student's. */
static real plain_sigmoid(real z)
{
    return 1 / (1 + exp(-z));
}
static real plain_tanh(real z)
{
    return tanh(z);
}
static real plain_relu(real z)
{
    return z > 0 ? z : 0;
}
static real plain_leaky_relu(real z)
{
    return z > 0 ? z : 0.01 * z;
}
static real plain_elu(real z)
{
    return z > 0 ? z : exp(z) - 1;
}

/* An activation that really is the function of some scores; to be freed. */
static matrix bent(bend g, matrix Z)
{
    matrix A = matrix_new(Z.rows, Z.cols);
    for (size_t k = 0; k < Z.rows * Z.cols; k++)
        A.data[k] = g(Z.data[k]);
    return A;
}

/* The slope of sum(dA * g(Z)) in every score, measured; to be freed. */
static matrix measured(bend g, matrix Z, matrix dA)
{
    const real h = 1e-5;
    matrix dZ = matrix_new(Z.rows, Z.cols);
    for (size_t k = 0; k < Z.rows * Z.cols; k++)
        dZ.data[k] =
            dA.data[k] * (g(Z.data[k] + h) - g(Z.data[k] - h)) / (2 * h);
    return dZ;
}

/* Given the stored A of random scores: any slope from above; in place; and
 * against the measured slope. */
#define BACKWARD_TESTS(name, hint_)                                        \
    TEST(name##_backward, of_any_slopes, 1, hint_)                         \
    {                                                                      \
        matrix Z = any_matrix("Z", 5, 7), dA = any_matrix("dA", 5, 7);     \
        matrix stored = bent(plain_##name, Z), A = given("A", stored);     \
        matrix dZ = output("dZ", 5, 7);                                    \
        matrix_free(&stored);                                              \
        call(name##_backward(dZ, dA, A));                                  \
        expect_reference(dZ);                                              \
    }                                                                      \
    TEST(name##_backward, in_place, 1,                                     \
         "dZ may be dA.  Do you read a slope after you wrote over it?")    \
    {                                                                      \
        matrix Z = any_matrix("Z", 3, 4);                                  \
        matrix stored = bent(plain_##name, Z), A = given("A", stored);     \
        matrix dA = used("dA", any_matrix("before", 3, 4));                \
        matrix_free(&stored);                                              \
        call(name##_backward(dA, dA, A));                                  \
        expect_reference(dA);                                              \
    }                                                                      \
    TEST(name##_backward, is_the_measured_slope, 1,                        \
         "Move one score by a little.  By how much does its activation "   \
         "change, times the slope from above?")                            \
    {                                                                      \
        matrix Z = any_matrix("Z", 4, 5), dA = any_matrix("dA", 4, 5);     \
        matrix stored = bent(plain_##name, Z), A = given("A", stored);     \
        matrix slope = measured(plain_##name, Z, dA);                      \
        matrix dZ = output("dZ", 4, 5);                                    \
        matrix_free(&stored);                                              \
        call(name##_backward(dZ, dA, A));                                  \
        expect_within(1e-7, dZ, slope);                                    \
        matrix_free(&slope);                                               \
    }

TEST(sigmoid_backward, of_the_worked_example, 1,
     "a (1 - a) at a = 0.5: what is it, times the slope from above?")
{
    matrix A = given("A", MATRIX(1, 3, 0.5, 0.9, 0.2));
    matrix dA = given("dA", MATRIX(1, 3, 1, -2, 10)),
           dZ = output("dZ", 1, 3);
    call(sigmoid_backward(dZ, dA, A));
    expect(dZ, MATRIX(1, 3, 0.25, -0.18, 1.6));
}
BACKWARD_TESTS(sigmoid, "What is stored in A: the score, or the sigmoid of "
                        "it?")

TEST(tanh_backward, of_the_worked_example, 1,
     "1 - a^2 at a = 0.5: what is it?")
{
    matrix A = given("A", MATRIX(1, 3, 0.5, -0.9, 0));
    matrix dA = given("dA", MATRIX(1, 3, 4, 10, -3)),
           dZ = output("dZ", 1, 3);
    call(tanh_backward(dZ, dA, A));
    expect(dZ, MATRIX(1, 3, 3, 1.9, -3));
}
BACKWARD_TESTS(tanh, "What is stored in A: the score, or the tanh of it?")

TEST(relu_backward, of_the_worked_example, 1,
     "Who decides whether a slope passes: its own sign, or the unit's?")
{
    matrix A = given("A", MATRIX(1, 4, 2, 0.5, 0, 0));
    matrix dA = given("dA", MATRIX(1, 4, -3, 4, -5, 6)),
           dZ = output("dZ", 1, 4);
    call(relu_backward(dZ, dA, A));
    expect(dZ, MATRIX(1, 4, -3, 4, 0, 0));
}
BACKWARD_TESTS(relu, "Where was the unit on?  What passes there, and what "
                     "elsewhere?")

TEST(leaky_relu_backward, of_the_worked_example, 1,
     "What does (3.6) say where a is exactly 0?")
{
    matrix A = given("A", MATRIX(1, 4, 2, -0.02, 0, -1));
    matrix dA = given("dA", MATRIX(1, 4, -3, 4, 5, -600)),
           dZ = output("dZ", 1, 4);
    call(leaky_relu_backward(dZ, dA, A));
    expect(dZ, MATRIX(1, 4, -3, 0.04, 0.05, -6));
}
BACKWARD_TESTS(leaky_relu, "Which slopes pass whole, and which leak?")

TEST(elu_backward, of_the_worked_example, 1,
     "exp(z) is a + 1.  What is the slope where a = -0.75?")
{
    matrix A = given("A", MATRIX(1, 4, 2, -0.75, 0, -1));
    matrix dA = given("dA", MATRIX(1, 4, -3, 4, 5, 600)),
           dZ = output("dZ", 1, 4);
    call(elu_backward(dZ, dA, A));
    expect(dZ, MATRIX(1, 4, -3, 1, 5, 0));
}
BACKWARD_TESTS(elu, "On the left the slope is exp(z).  Where is it in A?")

TEST(maxout_backward, of_the_worked_example, 1,
     "Who won in each group, and what do the others get?")
{
    matrix Z = given("Z", MATRIX(1, 6, 1, 4, -2, 0, -1, -3));
    matrix dA = given("dA", MATRIX(1, 2, 5, -6)), dZ = output("dZ", 1, 6);
    call(maxout_backward(dZ, dA, Z));
    expect(dZ, MATRIX(1, 6, 0, 5, 0, -6, 0, 0));
}

TEST(maxout_backward, of_any_scores, 1,
     "Five units of three pieces in fifteen columns: where does unit u "
     "begin?")
{
    matrix Z = any_matrix("Z", 7, 15), dA = any_matrix("dA", 7, 5);
    matrix dZ = output("dZ", 7, 15);
    call(maxout_backward(dZ, dA, Z));
    expect_reference(dZ);
}

TEST(maxout_backward, of_equal_scores, 1,
     "Two pieces are equally large.  Which of them gets the slope?")
{
    matrix Z = given("Z", MATRIX(2, 3, 4, 4, 1, -5, -3, -3));
    matrix dA = given("dA", MATRIX(2, 1, 7, -8)), dZ = output("dZ", 2, 3);
    call(maxout_backward(dZ, dA, Z));
    expect(dZ, MATRIX(2, 3, 7, 0, 0, 0, -8, 0));
}

TEST(maxout_backward, is_the_measured_slope, 1,
     "Move a score that did not win by a little.  What changes?")
{
    const real h = 1e-5;
    matrix Z = any_matrix("Z", 4, 6), dA = any_matrix("dA", 4, 2);
    matrix dZ = output("dZ", 4, 6), slope = matrix_new(4, 6);
    call(maxout_backward(dZ, dA, Z));
    for (size_t i = 0; i < 4; i++)
        for (size_t k = 0; k < 6; k++) {
            real side[2] = { 0 };
            for (int s = 0; s < 2; s++) {
                real largest = -INFINITY;
                for (size_t q = k / 3 * 3; q < k / 3 * 3 + 3; q++)
                    largest = fmax(
                        largest, at(Z, i, q) + (q == k ? (s ? h : -h) : 0));
                side[s] = largest;
            }
            at(slope, i, k) =
                at(dA, i, k / 3) * (side[1] - side[0]) / (2 * h);
        }
    expect_within(1e-7, dZ, slope);
    matrix_free(&slope);
}

/* --- log_sum_exp --- */

TEST(log_sum_exp, of_the_worked_example, 1,
     "The exponentials of 2, 1 and 0.1 sum to 11.213.  What is its "
     "logarithm?")
{
    matrix Z = given("Z", MATRIX(1, 3, 2, 1, 0.1)), s = output("s", 1, 1);
    call(log_sum_exp(s, Z));
    expect(s, MATRIX(1, 1, 2.4170300162838416));
}

TEST(log_sum_exp, of_any_scores, 1,
     "One number for each row: which scores does it sum over?")
{
    matrix Z = any_matrix("Z", 7, 4), s = output("s", 7, 1);
    call(log_sum_exp(s, Z));
    expect_reference(s);
}

TEST(log_sum_exp, of_scores_far_out, 2,
     "exp(800) is infinite and exp(-800) is 0.  What can you take off all "
     "scores of a row, and add again at the end?")
{
    matrix Z = given("Z", MATRIX(5, 2, 800, 800, -800, -800, 1e4, -1e4,
                                 -1e300, -1e300, 1e300, 3));
    matrix s = output("s", 5, 1);
    call(log_sum_exp(s, Z));
    expect(s, MATRIX(5, 1, 800.6931471805599, -799.3068528194401, 1e4,
                     -1e300, 1e300));
}

TEST(log_sum_exp, of_one_score, 1,
     "With a single class, what is the logarithm of its exponential?")
{
    matrix Z = given("Z", MATRIX(3, 1, 5, -1e4, 710));
    matrix s = output("s", 3, 1);
    call(log_sum_exp(s, Z));
    expect(s, MATRIX(3, 1, 5, -1e4, 710));
}

/* --- softmax --- */

TEST(softmax, of_the_worked_example, 1,
     "Which share of 7.389 + 2.718 + 1.105 is the first?")
{
    matrix Z = given("Z", MATRIX(1, 3, 2, 1, 0.1)), P = output("P", 1, 3);
    call(softmax(P, Z));
    expect(P, MATRIX(1, 3, 0.6590011388859678, 0.24243297070471392,
                     0.09856589040931818));
}

TEST(softmax, of_any_scores, 2,
     "Each row is a distribution of its own.  What does a row sum to?")
{
    matrix Z = any_matrix("Z", 7, 4), P = output("P", 7, 4);
    call(softmax(P, Z));
    expect_reference(P);
}

TEST(softmax, of_scores_far_out, 2,
     "Adding the same to all scores of a row changes nothing.  What would "
     "you like to add here?")
{
    matrix Z = given("Z", MATRIX(5, 3, 800, 800, 799, -1e4, -1e4, -1e4, 1e4,
                                 0, -1e4, 1e300, -1e300, 5, 0, 1e4, 9e3));
    matrix P = output("P", 5, 3);
    call(softmax(P, Z));
    expect(P, MATRIX(5, 3, 0.42231879825151897, 0.42231879825151897,
                     0.15536240349696206, 1.0 / 3, 1.0 / 3, 1.0 / 3, 1, 0,
                     0, 1, 0, 0, 0, 1, 0));
}

TEST(softmax, in_place, 1,
     "P may be Z.  What is in the row when the sum is taken?")
{
    matrix Z = used("Z", any_matrix("before", 5, 3));
    call(softmax(Z, Z));
    expect_reference(Z);
}

TEST(softmax, of_one_class, 1, "How probable is the only class there is?")
{
    matrix Z = given("Z", MATRIX(3, 1, 5, -1e4, 0)), P = output("P", 3, 1);
    call(softmax(P, Z));
    expect(P, MATRIX(3, 1, 1, 1, 1));
}

/* --- softmax_backward --- */

TEST(softmax_backward, of_the_worked_example, 1,
     "What is the sum of dP times P in this row?")
{
    matrix P = given("P", MATRIX(1, 3, 0.5, 0.3, 0.2));
    matrix dP = given("dP", MATRIX(1, 3, 1, 2, -1));
    matrix dZ = output("dZ", 1, 3);
    call(softmax_backward(dZ, dP, P));
    expect(dZ, MATRIX(1, 3, 0.05, 0.33, -0.38));
}

/* Rows that are distributions, of random scores; to be freed. */
static matrix distributions(matrix Z)
{
    matrix P = matrix_new(Z.rows, Z.cols);
    for (size_t i = 0; i < Z.rows; i++) {
        real sum = 0;
        for (size_t k = 0; k < Z.cols; k++)
            sum += exp(at(Z, i, k));
        for (size_t k = 0; k < Z.cols; k++)
            at(P, i, k) = exp(at(Z, i, k)) / sum;
    }
    return P;
}

TEST(softmax_backward, of_any_slopes, 1,
     "Each row has a sum of its own.  Over which index does it run?")
{
    matrix Z = any_matrix("Z", 7, 4), dP = any_matrix("dP", 7, 4);
    matrix stored = distributions(Z), P = given("P", stored);
    matrix dZ = output("dZ", 7, 4);
    matrix_free(&stored);
    call(softmax_backward(dZ, dP, P));
    expect_reference(dZ);
}

TEST(softmax_backward, in_place, 1,
     "dZ may be dP.  Is the sum of a row finished before you write into "
     "it?")
{
    matrix Z = any_matrix("Z", 3, 5);
    matrix stored = distributions(Z), P = given("P", stored);
    matrix dP = used("dP", any_matrix("before", 3, 5));
    matrix_free(&stored);
    call(softmax_backward(dP, dP, P));
    expect_reference(dP);
}

TEST(softmax_backward, is_the_measured_slope, 2,
     "A score stands in every probability of its row.  Do you collect all "
     "its ways to the loss?")
{
    const real h = 1e-5;
    matrix Z = any_matrix("Z", 4, 3), dP = any_matrix("dP", 4, 3);
    matrix stored = distributions(Z), P = given("P", stored);
    matrix dZ = output("dZ", 4, 3), slope = matrix_new(4, 3);
    matrix moved = matrix_copy(Z);
    matrix_free(&stored);
    call(softmax_backward(dZ, dP, P));
    for (size_t k = 0; k < 12; k++)
        for (int side = -1; side <= 1; side += 2) {
            moved.data[k] = Z.data[k] + side * h;
            matrix Q = distributions(moved);
            for (size_t m = 0; m < 12; m++)
                slope.data[k] += side * dP.data[m] * Q.data[m] / (2 * h);
            matrix_free(&Q);
            moved.data[k] = Z.data[k];
        }
    expect_within(1e-7, dZ, slope);
    matrix_free(&moved);
    matrix_free(&slope);
}

/* --- cross_entropy --- */

TEST(cross_entropy, of_the_worked_example, 1,
     "ln 11.213 is 2.417.  What is taken off for class 0?")
{
    matrix Z = given("Z", MATRIX(1, 3, 2, 1, 0.1));
    matrix y = given("y", MATRIX(1, 1, 0));
    expect(cross_entropy(Z, y), 0.4170300162838416);
}

TEST(cross_entropy, of_any_scores, 2,
     "Labels count from 0, and the loss is a mean.  Which column belongs "
     "to label 3?")
{
    matrix Z = any_matrix("Z", 7, 4);
    matrix y = given("y", MATRIX(7, 1, 3, 0, 2, 2, 1, 3, 0));
    expect_reference(cross_entropy(Z, y));
}

TEST(cross_entropy, of_a_class_without_examples, 1,
     "No example has label 1 here.  Does anything change?")
{
    matrix Z = any_matrix("Z", 5, 3);
    matrix y = given("y", MATRIX(5, 1, 2, 0, 2, 2, 0));
    expect_reference(cross_entropy(Z, y));
}

TEST(cross_entropy, of_scores_far_out, 2,
     "A wrong score of 10,000 costs 10,000, not infinity.  Where do you "
     "take the logarithm of a 0?")
{
    matrix Z = given("Z", MATRIX(3, 2, 1e4, -1e4, 800, 0, -800, -800));
    matrix y = given("y", MATRIX(3, 1, 1, 1, 0));
    expect(cross_entropy(Z, y), (2e4 + 800 + 0.6931471805599453) / 3);
    matrix sure = given("sure", MATRIX(2, 2, 1e4, -1e4, 0, 1e300));
    matrix right = given("right", MATRIX(2, 1, 0, 1));
    expect(cross_entropy(sure, right), 0);
}

TEST(cross_entropy, of_scores_that_know_nothing, 1,
     "All scores are equal: what is the surprise, with five classes?")
{
    matrix Z = given("Z", MATRIX(3, 5, 0, 0, 0, 0, 0, 7, 7, 7, 7, 7, -3, -3,
                                 -3, -3, -3));
    matrix y = given("y", MATRIX(3, 1, 4, 0, 2));
    expect(cross_entropy(Z, y), 1.6094379124341003);
}

/* --- softmax_cross_entropy_backward --- */

TEST(softmax_cross_entropy_backward, of_the_worked_example, 1,
     "The probabilities are 0.659, 0.242, 0.099.  Whose 1 is subtracted?")
{
    matrix Z = given("Z", MATRIX(2, 3, 2, 1, 0.1, 2, 1, 0.1));
    matrix y = given("y", MATRIX(2, 1, 0, 1)), dZ = output("dZ", 2, 3);
    call(softmax_cross_entropy_backward(dZ, Z, y));
    expect(dZ, MATRIX(2, 3, -0.1704994305570161, 0.12121648535235696,
                      0.04928294520465909, 0.3295005694429839,
                      -0.37878351464764304, 0.04928294520465909));
}

TEST(softmax_cross_entropy_backward, of_any_scores, 2,
     "Every row of P - Y sums to 0.  Do yours?  And where is 1/N?")
{
    matrix Z = any_matrix("Z", 7, 4), dZ = output("dZ", 7, 4);
    matrix y = given("y", MATRIX(7, 1, 3, 0, 2, 2, 1, 3, 0));
    call(softmax_cross_entropy_backward(dZ, Z, y));
    expect_reference(dZ);
}

TEST(softmax_cross_entropy_backward, in_place, 1,
     "dZ may be Z.  Do you need a score after you wrote over it?")
{
    matrix Z = used("Z", any_matrix("before", 5, 3));
    matrix y = given("y", MATRIX(5, 1, 2, 0, 1, 1, 2));
    call(softmax_cross_entropy_backward(Z, Z, y));
    expect_reference(Z);
}

TEST(softmax_cross_entropy_backward, of_scores_far_out, 1,
     "A score that is surely wrong: how large is its slope?")
{
    matrix Z = given("Z", MATRIX(2, 3, 1e4, -1e4, 0, -800, -800, 1e300));
    matrix y = given("y", MATRIX(2, 1, 1, 2)), dZ = output("dZ", 2, 3);
    call(softmax_cross_entropy_backward(dZ, Z, y));
    expect(dZ, MATRIX(2, 3, 0.5, -0.5, 0, 0, 0, 0));
}

TEST(softmax_cross_entropy_backward, is_the_slope_of_the_loss, 2,
     "Move one score by a little.  By how much does the loss (3.11) "
     "change?")
{
    const real h = 1e-5;
    matrix Z = any_matrix("Z", 5, 4), dZ = output("dZ", 5, 4);
    matrix y = given("y", MATRIX(5, 1, 2, 0, 3, 1, 3));
    call(softmax_cross_entropy_backward(dZ, Z, y));

    matrix slope = matrix_new(5, 4), moved = matrix_copy(Z);
    for (size_t k = 0; k < 20; k++)
        for (int side = -1; side <= 1; side += 2) {
            moved.data[k] = Z.data[k] + side * h;
            real loss = 0;
            for (size_t i = 0; i < 5; i++) {
                real sum = 0;
                for (size_t m = 0; m < 4; m++)
                    sum += exp(at(moved, i, m));
                loss += (log(sum) - at(moved, i, (size_t)at(y, i, 0))) / 5;
            }
            slope.data[k] += side * loss / (2 * h);
            moved.data[k] = Z.data[k];
        }
    expect_within(1e-7, dZ, slope);
    matrix_free(&slope);
    matrix_free(&moved);
}

/* --- hinge_multiclass --- */

TEST(hinge_multiclass, of_the_worked_example, 1,
     "If class 1 is right: by how much does each other score come too "
     "near?")
{
    matrix Z = given("Z", MATRIX(1, 3, 2, 1, 0.1));
    matrix y = given("y", MATRIX(1, 1, 1));
    expect(hinge_multiclass(Z, y), 2.1);
}

TEST(hinge_multiclass, of_a_content_score, 1,
     "The right score leads by 1 and more.  What does it cost?")
{
    matrix Z = given("Z", MATRIX(2, 3, 2, 1, 0.1, -3, -1e4, 5));
    matrix y = given("y", MATRIX(2, 1, 0, 2));
    expect(hinge_multiclass(Z, y), 0);
}

TEST(hinge_multiclass, of_any_scores, 2,
     "Over which classes does (3.14) sum, and what is it divided by?")
{
    matrix Z = any_matrix("Z", 7, 4);
    matrix y = given("y", MATRIX(7, 1, 3, 0, 2, 2, 1, 3, 0));
    expect_reference(hinge_multiclass(Z, y));
}

/* --- one_hot --- */

TEST(one_hot, of_the_worked_example, 1,
     "Where does the 1 of label 2 stand, counted from 0?")
{
    matrix y = given("y", MATRIX(4, 1, 2, 0, 1, 2)), Y = output("Y", 4, 3);
    call(one_hot(Y, y));
    expect(Y, MATRIX(4, 3, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1));
}

TEST(one_hot, a_second_time, 1,
     "What stands in Y when the function is called with other labels?")
{
    matrix first = given("first", MATRIX(3, 1, 3, 0, 2));
    matrix second = given("second", MATRIX(3, 1, 1, 0, 4));
    matrix Y = output("Y", 3, 5);
    call(one_hot(Y, first));
    call(one_hot(Y, second));
    expect(Y, MATRIX(3, 5, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1));
}

/* --- layer_backward --- */

TEST(layer_backward, of_the_worked_example, 1,
     "The first weight of neuron 1 meets slope 1 with input 1 and slope 3 "
     "with input 3.  What is the sum?")
{
    layer one = TWO_NEURONS, grad = fresh_gradient(3, 2);
    matrix A = TWO_EXAMPLES, dA = output("dA", 2, 3);
    matrix dZ = given("dZ", MATRIX(2, 2, 1, -2, 3, 4));
    call(layer_backward(dA, &grad, one, A, dZ));
    expect(grad.W, MATRIX(2, 3, 10, -1, 5, 10, -8, 10));
    expect(grad.b, MATRIX(2, 1, 4, 2));
    expect(dA, MATRIX(2, 3, 0, 5, -7, 10, -5, 9));
}

TEST(layer_backward, of_any_layer, 3,
     "dW has the shape of W.  In which order do dZ and A stand, and which "
     "is transposed?")
{
    layer one = any_layer(3, 5), grad = fresh_gradient(3, 5);
    matrix A = any_matrix("A", 7, 3), dZ = any_matrix("dZ", 7, 5);
    matrix dA = output("dA", 7, 3);
    call(layer_backward(dA, &grad, one, A, dZ));
    expect_reference(grad.W);
    expect_reference(grad.b);
    expect_reference(dA);
}

TEST(layer_backward, a_second_time, 1,
     "What does grad hold when the function is called again?")
{
    layer one = any_layer(4, 3), grad = fresh_gradient(4, 3);
    matrix A = any_matrix("A", 5, 4), dZ = any_matrix("dZ", 5, 3);
    matrix dA = output("dA", 5, 4);
    call(layer_backward(dA, &grad, one, A, dZ));
    call(layer_backward(dA, &grad, one, A, dZ));
    expect_reference(grad.W);
    expect_reference(grad.b);
    expect_reference(dA);
}

TEST(layer_backward, of_a_single_example, 1,
     "One example has no less to say than many.  Is anything special about "
     "it?")
{
    layer one = any_layer(3, 4), grad = fresh_gradient(3, 4);
    matrix A = any_matrix("A", 1, 3), dZ = any_matrix("dZ", 1, 4);
    matrix dA = output("dA", 1, 3);
    call(layer_backward(dA, &grad, one, A, dZ));
    expect_reference(grad.W);
    expect_reference(grad.b);
    expect_reference(dA);
}

TEST(layer_backward, of_a_first_layer, 1,
     "Nobody asks for dA, so it is 0 x 0.  What do you do with it?")
{
    layer one = any_layer(3, 4), grad = fresh_gradient(3, 4);
    matrix A = any_matrix("A", 5, 3), dZ = any_matrix("dZ", 5, 4);
    matrix nobody = { 0 };
    call(layer_backward(nobody, &grad, one, A, dZ));
    expect_reference(grad.W);
    expect_reference(grad.b);
}

TEST(layer_backward, is_the_measured_slope, 2,
     "Move one weight by a little.  Which scores change, and by how much?")
{
    const real h = 1e-5;
    layer one = any_layer(3, 4), grad = fresh_gradient(3, 4);
    matrix A = any_matrix("A", 5, 3), dZ = any_matrix("dZ", 5, 4);
    matrix dA = output("dA", 5, 3);
    call(layer_backward(dA, &grad, one, A, dZ));

    /* The loss is sum(dZ * Z); blocks 0, 1, 2 are W, b and A. */
    matrix blocks[] = { matrix_copy(one.W), matrix_copy(one.b),
                        matrix_copy(A) };
    matrix slopes[] = { matrix_copy(one.W), matrix_copy(one.b),
                        matrix_copy(A) };
    for (int b = 0; b < 3; b++)
        for (size_t k = 0; k < blocks[b].rows * blocks[b].cols; k++) {
            real kept = blocks[b].data[k], difference = 0;
            for (int side = -1; side <= 1; side += 2) {
                blocks[b].data[k] = kept + side * h;
                for (size_t i = 0; i < 5; i++)
                    for (size_t m = 0; m < 4; m++) {
                        real z = at(blocks[1], m, 0);
                        for (size_t j = 0; j < 3; j++)
                            z += at(blocks[2], i, j) * at(blocks[0], m, j);
                        difference += side * at(dZ, i, m) * z;
                    }
            }
            blocks[b].data[k] = kept;
            slopes[b].data[k] = difference / (2 * h);
        }
    expect_within(1e-7, grad.W, slopes[0]);
    expect_within(1e-7, grad.b, slopes[1]);
    expect_within(1e-7, dA, slopes[2]);
    for (int b = 0; b < 3; b++) {
        matrix_free(&blocks[b]);
        matrix_free(&slopes[b]);
    }
}

/* --- argmax --- */

TEST(argmax, of_the_worked_example, 1, "Which column is the largest in?")
{
    matrix Z = given("Z", MATRIX(3, 3, 2, 1, 0.1, -7, -5, -6, 0, 0.5, 4));
    matrix k = output("k", 3, 1);
    call(argmax(k, Z));
    expect(k, MATRIX(3, 1, 0, 1, 2));
}

TEST(argmax, of_equal_scores, 1,
     "Two scores are equally large.  Which of them is the answer?")
{
    matrix Z =
        given("Z", MATRIX(3, 4, 1, 5, 5, 2, -1, -1, -1, -1, 0, 3, 1, 3));
    matrix k = output("k", 3, 1);
    call(argmax(k, Z));
    expect(k, MATRIX(3, 1, 1, 0, 1));
}

TEST(argmax, of_any_scores, 1, "Where does your search begin?")
{
    matrix Z = any_matrix("Z", 11, 5), k = output("k", 11, 1);
    call(argmax(k, Z));
    expect_reference(k);
}

/* --- single_layer_train --- */

TEST(single_layer_train, of_one_step, 1,
     "The loss in the trace is the one after the step: which layer does it "
     "belong to?")
{
    layer one = { used("one.W", MATRIX(2, 2, 0, 0, 0, 0)),
                  used("one.b", MATRIX(2, 1, 0, 0)) };
    matrix X = given("X", MATRIX(2, 2, 1, 2, 3, -1));
    matrix y = given("y", MATRIX(2, 1, 0, 1)),
           losses = output("losses", 1, 1);
    call(single_layer_train(&one, losses, X, y, 1));
    expect(one.W, MATRIX(2, 2, -0.5, 0.75, 0.5, -0.75));
    expect(one.b, MATRIX(2, 1, 0, 0));
    expect_reference(losses);
}

TEST(single_layer_train, of_many_steps, 3,
     "Each step has its own gradient.  How often is it taken?")
{
    layer one = { used("one.W", any_matrix("before W", 4, 3)),
                  used("one.b", any_matrix("before b", 4, 1)) };
    matrix X = any_matrix("X", 7, 3), losses = output("losses", 5, 1);
    matrix y = given("y", MATRIX(7, 1, 3, 0, 2, 2, 1, 3, 0));
    call(single_layer_train(&one, losses, X, y, 0.3));
    expect_reference(one.W);
    expect_reference(one.b);
    expect_reference(losses);
}

TEST(single_layer_train, of_no_step_at_all, 1,
     "losses has no rows.  How many steps is that?")
{
    layer one = { used("one.W", MATRIX(2, 3, 1, 2, 3, 4, 5, 6)),
                  used("one.b", MATRIX(2, 1, 7, 8)) };
    matrix X = any_matrix("X", 5, 3), losses = { 0, 1, NULL };
    matrix y = given("y", MATRIX(5, 1, 0, 1, 1, 0, 1));
    call(single_layer_train(&one, losses, X, y, 0.5));
    expect(one.W, MATRIX(2, 3, 1, 2, 3, 4, 5, 6));
    expect(one.b, MATRIX(2, 1, 7, 8));
}
