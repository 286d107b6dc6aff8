/* Tests of chapter 07.  The first example of each function is worked by
 * hand in the lesson; the others are there so that it cannot be typed in.
 */
#include "regularization.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>

/* --- Fixtures: four blocks, weights and biases by turns --- */

enum { COUNT = 4 };
static const size_t rows[COUNT] = { 3, 3, 2, 2 };
static const size_t cols[COUNT] = { 2, 1, 5, 1 };
static const char *const theta_names[] = { "theta[0]", "theta[1]",
                                           "theta[2]", "theta[3]" };
static const char *const grad_names[] = { "grad[0]", "grad[1]", "grad[2]",
                                          "grad[3]" };
static const char *const kept_names[] = { "kept[0]", "kept[1]", "kept[2]",
                                          "kept[3]" };

static blocks any_blocks(matrix *of, const char *const *names)
{
    for (int k = 0; k < COUNT; k++)
        of[k] = any_matrix(names[k], rows[k], cols[k]);
    return (blocks){ .count = COUNT, .of = of, .borrow = true };
}

static blocks used_blocks(matrix *of, const char *const *names)
{
    for (int k = 0; k < COUNT; k++)
        of[k] = used(names[k], any_matrix("before", rows[k], cols[k]));
    return (blocks){ .count = COUNT, .of = of, .borrow = true };
}

static void expect_blocks(blocks all)
{
    for (size_t k = 0; k < all.count; k++)
        expect_reference(all.of[k]);
}

/* The lesson's model: weights 2 and -1, bias 3. */
static blocks worked_blocks(matrix *of)
{
    of[0] = given("w", MATRIX(2, 1, 2, -1));
    of[1] = given("b", MATRIX(1, 1, 3));
    return (blocks){ .count = 2, .of = of, .borrow = true };
}

/* --- Penalties --- */

TEST(l2_penalty, of_the_worked_example, 1,
     "The squares of 2 and -1 add up to 5.  Is the bias a weight?")
{
    matrix of[2];
    blocks theta = worked_blocks(of);
    expect(l2_penalty(theta, 0.1), 0.25);
}

TEST(l2_penalty, of_any_blocks, 1, "Blocks 0, 2, 4, ... are weights.")
{
    matrix of[COUNT];
    blocks theta = any_blocks(of, theta_names);
    real lambda = any_number("lambda", 0.1, 2);
    expect_reference(l2_penalty(theta, lambda));
    expect(l2_penalty(theta, 0), 0);
}

TEST(l2_gradient, of_the_worked_example, 1,
     "The slope of lambda / 2 * w^2 is what?")
{
    matrix of[2], slopes[2];
    blocks theta = worked_blocks(of);
    slopes[0] = used("dw", MATRIX(2, 1, 1, 1));
    slopes[1] = used("db", MATRIX(1, 1, 1));
    blocks grad = { .count = 2, .of = slopes, .borrow = true };
    call(l2_gradient(grad, theta, 0.1));
    expect(slopes[0], MATRIX(2, 1, 1.2, 0.9));
    expect(slopes[1], MATRIX(1, 1, 1));
}

TEST(l2_gradient, of_any_blocks, 1,
     "It is added to a gradient that is there already.")
{
    matrix of[COUNT], slopes[COUNT];
    blocks theta = any_blocks(of, theta_names);
    blocks grad = used_blocks(slopes, grad_names);
    real lambda = any_number("lambda", 0.1, 2);
    call(l2_gradient(grad, theta, lambda));
    expect_blocks(grad);
}

/* The penalty, measured: in plain arithmetic. */
static real plain_penalty(blocks theta, real lambda)
{
    real sum = 0;
    for (size_t k = 0; k < theta.count; k += 2)
        for (size_t e = 0; e < rows[k] * cols[k]; e++)
            sum += pow(theta.of[k].data[e], 2);
    return lambda * sum / 2;
}

TEST(l2_gradient, is_the_slope_of_the_penalty, 2,
     "Move one weight a little: by how much does the penalty change?")
{
    matrix of[COUNT], slopes[COUNT], moved[COUNT], measured[COUNT];
    blocks theta = any_blocks(of, theta_names);
    for (int k = 0; k < COUNT; k++) {
        matrix zero = matrix_new(rows[k], cols[k]);
        slopes[k] = used(grad_names[k], zero);
        measured[k] = zero;
        moved[k] = matrix_copy(of[k]);
    }
    blocks grad = { .count = COUNT, .of = slopes, .borrow = true };
    blocks shifted = { .count = COUNT, .of = moved, .borrow = true };
    const real h = 1e-5;
    for (int k = 0; k < COUNT; k++)
        for (size_t e = 0; e < rows[k] * cols[k]; e++) {
            real before = moved[k].data[e];
            moved[k].data[e] = before + h;
            real above = plain_penalty(shifted, 0.7);
            moved[k].data[e] = before - h;
            measured[k].data[e] =
                (above - plain_penalty(shifted, 0.7)) / (2 * h);
            moved[k].data[e] = before;
        }
    call(l2_gradient(grad, theta, 0.7));
    for (int k = 0; k < COUNT; k++) {
        expect_within(1e-7, slopes[k], measured[k]);
        matrix_free(&moved[k]);
        matrix_free(&measured[k]);
    }
}

TEST(l1_penalty, of_the_worked_example, 1,
     "2 and -1 are 2 and 1 long.  Is the bias a weight?")
{
    matrix of[2];
    blocks theta = worked_blocks(of);
    expect(l1_penalty(theta, 0.1), 0.3);
}

TEST(l1_penalty, of_any_blocks, 1, "Each weight costs by its size.")
{
    matrix of[COUNT];
    blocks theta = any_blocks(of, theta_names);
    real lambda = any_number("lambda", 0.1, 2);
    expect_reference(l1_penalty(theta, lambda));
}

TEST(soft_threshold, of_the_worked_example, 1,
     "What is nearer to 0 than the amount becomes 0.")
{
    matrix of[2] = { used("w", MATRIX(4, 1, 2, -1, 0.3, -0.5)),
                     used("b", MATRIX(1, 1, 3)) };
    blocks theta = { .count = 2, .of = of, .borrow = true };
    call(soft_threshold(theta, 0.5));
    expect(of[0], MATRIX(4, 1, 1.5, -0.5, 0, 0));
    expect(of[1], MATRIX(1, 1, 3));
}

TEST(soft_threshold, of_any_blocks, 1,
     "Positive ones come down, negative ones come up.")
{
    matrix of[COUNT];
    blocks theta = used_blocks(of, theta_names);
    call(soft_threshold(theta, 1.5));
    expect_blocks(theta);
}

/* --- early_stopping --- */

static stopper used_stopper(matrix *of, size_t patience)
{
    stopper s = { .patience = patience, .best = INFINITY };
    s.kept = used_blocks(of, kept_names);
    return s;
}

/* The parameters after an epoch: so much more than the ones before. */
static void learn_some(blocks theta, real more)
{
    for (size_t k = 0; k < theta.count; k++)
        for (size_t e = 0; e < rows[k] * cols[k]; e++)
            theta.of[k].data[e] += more;
}

TEST(early_stopping, of_the_worked_example, 2,
     "Which parameters belong to the loss of 0.5?")
{
    matrix of[COUNT], kept[COUNT];
    blocks theta = used_blocks(of, theta_names);
    stopper s = used_stopper(kept, 2);
    expect(early_stopping(&s, theta, 0.8), true);
    call(learn_some(theta, 1));
    expect(early_stopping(&s, theta, 0.5), true);
    call(learn_some(theta, 1));
    expect(early_stopping(&s, theta, 0.6), true);
    call(learn_some(theta, 1));
    expect(early_stopping(&s, theta, 0.7), false);
    expect_blocks(theta);
    expect(s.best, 0.5);
}

TEST(early_stopping, that_recovers, 2,
     "A new best begins the waiting again.")
{
    matrix of[COUNT], kept[COUNT];
    blocks theta = used_blocks(of, theta_names);
    stopper s = used_stopper(kept, 2);
    expect(early_stopping(&s, theta, 0.8), true);
    expect(early_stopping(&s, theta, 0.9), true);
    expect(s.waited, 1);
    call(learn_some(theta, -2));
    expect(early_stopping(&s, theta, 0.7), true);
    expect(s.waited, 0);
    call(learn_some(theta, 1));
    expect(early_stopping(&s, theta, 0.75), true);
    expect_blocks(s.kept);
    expect(early_stopping(&s, theta, 0.74), false);
    expect_blocks(theta);
}

TEST(early_stopping, that_goes_on, 1,
     "Until it stops, theta is nobody's business.")
{
    matrix of[COUNT], kept[COUNT];
    blocks theta = used_blocks(of, theta_names);
    stopper s = used_stopper(kept, 3);
    expect(early_stopping(&s, theta, 0.4), true);
    call(learn_some(theta, 1));
    expect(early_stopping(&s, theta, 0.5), true);
    expect_blocks(theta);
}

TEST(early_stopping, of_equal_losses, 1,
     "The same loss again is not below the best.")
{
    matrix of[COUNT], kept[COUNT];
    blocks theta = used_blocks(of, theta_names);
    stopper s = used_stopper(kept, 1);
    expect(early_stopping(&s, theta, 0.4), true);
    call(learn_some(theta, 1));
    expect(early_stopping(&s, theta, 0.4), false);
    expect_blocks(theta);
}

TEST(early_stopping, of_not_a_number, 1,
     "A comparison with NaN is false.  Is that a new best?")
{
    matrix of[COUNT], kept[COUNT];
    blocks theta = used_blocks(of, theta_names);
    stopper s = used_stopper(kept, 2);
    expect(early_stopping(&s, theta, 0.4), true);
    call(learn_some(theta, 1));
    expect(early_stopping(&s, theta, NAN), true);
    expect(s.best, 0.4);
    expect(early_stopping(&s, theta, NAN), false);
    expect_blocks(theta);
}

/* --- Dropout --- */

TEST(dropout_forward, in_training, 2,
     "A number of random_uniform is less than p with probability p.")
{
    matrix A = any_matrix("A", 5, 7);
    matrix B = output("B", 5, 7), M = output("M", 5, 7);
    random_state state = random_seed(31);
    call(dropout_forward(B, M, A, 0.3, true, &state));
    expect_reference(M);
    expect_reference(B);
}

TEST(dropout_forward, with_its_probability, 1,
     "How many of 2,000 are dropped, and how large are the others?")
{
    matrix A = matrix_new(40, 50);
    matrix_fill(A, 1);
    matrix B = matrix_new(40, 50), M = matrix_new(40, 50);
    random_state state = random_seed(32);
    call(dropout_forward(B, M, A, 0.2, true, &state));
    real zeros = 0, largest = 0;
    for (size_t e = 0; e < 2000; e++) {
        zeros += B.data[e] == 0;
        largest = fmax(largest, B.data[e]);
    }
    expect_within(0.05, zeros / 2000, 0.2);
    expect(largest, 1.25);
    matrix_free(&A);
    matrix_free(&B);
    matrix_free(&M);
}

TEST(dropout_forward, twice, 1,
     "Whose random numbers come next after the first call?")
{
    matrix A = any_matrix("A", 4, 6);
    matrix B = output("B", 4, 6), M = output("M", 4, 6);
    random_state state = random_seed(33);
    call(dropout_forward(B, M, A, 0.5, true, &state));
    call(dropout_forward(B, M, A, 0.5, true, &state));
    expect_reference(B);
    expect_reference(random_uniform(&state));
}

TEST(dropout_forward, when_training_is_over, 1,
     "Nobody is dropped, nothing is drawn.")
{
    matrix A = any_matrix("A", 4, 3);
    matrix B = output("B", 4, 3), M = output("M", 4, 3);
    random_state state = random_seed(34);
    call(dropout_forward(B, M, A, 0.4, false, &state));
    expect(B, A);
    expect_reference(M);
    expect_reference(random_uniform(&state));
}

TEST(dropout_forward, of_nobody, 1, "With p = 0 everybody stays.")
{
    matrix A = any_matrix("A", 4, 3);
    matrix B = output("B", 4, 3), M = output("M", 4, 3);
    random_state state = random_seed(35);
    call(dropout_forward(B, M, A, 0, true, &state));
    expect(B, A);
}

TEST(dropout_backward, of_the_worked_example, 1,
     "Where nothing went through, no slope comes back.")
{
    matrix M = given("M", MATRIX(1, 4, 2, 0, 2, 0));
    matrix dB = given("dB", MATRIX(1, 4, 1, -3, 0.5, 4));
    matrix dA = output("dA", 1, 4);
    call(dropout_backward(dA, dB, M));
    expect(dA, MATRIX(1, 4, 2, 0, 1, 0));
}

TEST(dropout_backward, of_any_mask, 1,
     "The factor 1 / (1 - p) is in the mask.")
{
    matrix M = given("M", MATRIX(3, 2, 1.25, 0, 1.25, 1.25, 0, 1.25));
    matrix dB = any_matrix("dB", 3, 2), dA = output("dA", 3, 2);
    call(dropout_backward(dA, dB, M));
    expect_reference(dA);
}

/* --- Batch normalisation --- */

static batchnorm used_batchnorm(size_t n, bool trained)
{
    matrix gamma = any_matrix("gamma", n, 1);
    batchnorm bn = { .gamma = gamma, .beta = any_matrix("beta", n, 1) };
    matrix any = any_matrix("before", n, 1), variance = matrix_copy(any);
    for (size_t j = 0; j < n; j++)
        variance.data[j] = trained ? 0.5 + fabs(any.data[j]) : 1;
    bn.mean = used("mean", any);
    bn.variance = used("variance", variance);
    matrix_free(&variance);
    return bn;
}

#define NORMAL (2 / sqrt(8.0 / 3 + 1e-5)) /* 1.2247 */

TEST(batchnorm_train, of_the_worked_example, 2,
     "The mean of 1, 3, 5 is 3.  What is their variance, divided by N?")
{
    batchnorm bn = { given("gamma", MATRIX(1, 1, 2)),
                     given("beta", MATRIX(1, 1, 10)),
                     used("mean", MATRIX(1, 1, 0)),
                     used("variance", MATRIX(1, 1, 1)) };
    matrix X = given("X", MATRIX(3, 1, 1, 3, 5)), Y = output("Y", 3, 1);
    batchnorm_cache cache = { output("normal", 3, 1),
                              output("scale", 1, 1) };
    call(batchnorm_train(Y, &bn, &cache, X, 0.9));
    expect(cache.normal, MATRIX(3, 1, -NORMAL, 0, NORMAL));
    expect(Y, MATRIX(3, 1, 10 - 2 * NORMAL, 10, 10 + 2 * NORMAL));
    expect(bn.mean, MATRIX(1, 1, 0.3));
    expect(bn.variance, MATRIX(1, 1, 0.9 + 0.8 / 3));
}

TEST(batchnorm_train, of_any_batch, 2,
     "Each column has its own mean, variance, gamma and beta.")
{
    batchnorm bn = used_batchnorm(3, true);
    matrix X = any_matrix("X", 5, 3), Y = output("Y", 5, 3);
    batchnorm_cache cache = { output("normal", 5, 3),
                              output("scale", 3, 1) };
    call(batchnorm_train(Y, &bn, &cache, X, 0.8));
    expect_reference(Y);
    expect_reference(cache.normal);
    expect_reference(cache.scale);
}

TEST(batchnorm_train, remembers, 2, "keep of the old, 1 - keep of the new.")
{
    batchnorm bn = used_batchnorm(2, true);
    matrix X = any_matrix("X", 7, 2), Z = any_matrix("Z", 7, 2);
    matrix Y = output("Y", 7, 2);
    batchnorm_cache cache = { output("normal", 7, 2),
                              output("scale", 2, 1) };
    call(batchnorm_train(Y, &bn, &cache, X, 0.7));
    expect_reference(bn.mean);
    expect_reference(bn.variance);
    call(batchnorm_train(Y, &bn, &cache, Z, 0.7));
    expect_reference(bn.mean);
    expect_reference(bn.variance);
}

TEST(batchnorm_train, of_a_column_that_never_changes, 1,
     "Its variance is 0.  What do you divide by?")
{
    batchnorm bn = used_batchnorm(2, true);
    matrix X = given("X", MATRIX(3, 2, 4, 1, 4, -2, 4, 5));
    matrix Y = output("Y", 3, 2);
    batchnorm_cache cache = { output("normal", 3, 2),
                              output("scale", 2, 1) };
    call(batchnorm_train(Y, &bn, &cache, X, 0.9));
    expect_reference(Y);
}

TEST(batchnorm_infer, of_the_worked_example, 1,
     "Which mean does a single example have?")
{
    batchnorm bn = { given("gamma", MATRIX(1, 1, 2)),
                     given("beta", MATRIX(1, 1, 10)),
                     given("mean", MATRIX(1, 1, 3)),
                     given("variance", MATRIX(1, 1, 4)) };
    matrix X = given("X", MATRIX(1, 1, 7)), Y = output("Y", 1, 1);
    call(batchnorm_infer(Y, bn, X));
    expect(Y, MATRIX(1, 1, 10 + 2 * 4 / sqrt(4 + 1e-5)));
}

TEST(batchnorm_infer, of_any_examples, 2,
     "What training has remembered, not what these examples are.")
{
    batchnorm bn = used_batchnorm(4, true);
    matrix X = any_matrix("X", 3, 4), Y = output("Y", 3, 4);
    call(batchnorm_infer(Y, bn, X));
    expect_reference(Y);
    expect_reference(bn.mean);
    expect_reference(bn.variance);
}

TEST(batchnorm_backward, of_any_batch, 2,
     "The mean and the variance depend on every example, too.")
{
    batchnorm bn = used_batchnorm(3, false);
    matrix normal = any_matrix("normal", 5, 3);
    matrix scale = any_matrix("scale", 3, 1);
    batchnorm_cache cache = { normal, scale };
    matrix dY = any_matrix("dY", 5, 3), dX = output("dX", 5, 3);
    matrix dgamma = output("dgamma", 3, 1), dbeta = output("dbeta", 3, 1);
    call(batchnorm_backward(dX, dgamma, dbeta, bn, cache, dY));
    expect_reference(dbeta);
    expect_reference(dgamma);
    expect_reference(dX);
}

/* sum of dY * Y, where Y is X normalised: in plain arithmetic. */
static real plain_result(matrix X, matrix gamma, matrix dY)
{
    real sum = 0;
    for (size_t j = 0; j < X.cols; j++) {
        real m = 0, v = 0;
        for (size_t i = 0; i < X.rows; i++)
            m += at(X, i, j);
        m /= X.rows;
        for (size_t i = 0; i < X.rows; i++)
            v += pow(at(X, i, j) - m, 2);
        v /= X.rows;
        for (size_t i = 0; i < X.rows; i++)
            sum += at(dY, i, j) * at(gamma, j, 0) * (at(X, i, j) - m) /
                   sqrt(v + 1e-5);
    }
    return sum;
}

TEST(batchnorm_backward, is_the_slope_of_training, 3,
     "Move one number of X a little.  Which others of its column change in "
     "normal?")
{
    matrix X = any_matrix("X", 6, 2), dY = any_matrix("dY", 6, 2);
    matrix gamma = any_matrix("gamma", 2, 1);
    matrix normal = matrix_copy(X), scale = matrix_new(2, 1);
    matrix moved = matrix_copy(X), measured = matrix_new(6, 2);
    for (size_t j = 0; j < 2; j++) {
        real m = 0, v = 0;
        for (size_t i = 0; i < 6; i++)
            m += at(X, i, j) / 6;
        for (size_t i = 0; i < 6; i++)
            v += pow(at(X, i, j) - m, 2) / 6;
        at(scale, j, 0) = 1 / sqrt(v + 1e-5);
        for (size_t i = 0; i < 6; i++)
            at(normal, i, j) = (at(X, i, j) - m) * at(scale, j, 0);
    }
    const real h = 1e-5;
    for (size_t e = 0; e < 12; e++) {
        moved.data[e] = X.data[e] + h;
        real above = plain_result(moved, gamma, dY);
        moved.data[e] = X.data[e] - h;
        measured.data[e] =
            (above - plain_result(moved, gamma, dY)) / (2 * h);
        moved.data[e] = X.data[e];
    }
    batchnorm bn = { .gamma = gamma,
                     .beta = given("beta", MATRIX(2, 1, 0, 0)) };
    batchnorm_cache cache = { given("normal", normal),
                              given("scale", scale) };
    matrix dX = output("dX", 6, 2), dgamma = output("dgamma", 2, 1);
    matrix dbeta = output("dbeta", 2, 1);
    call(batchnorm_backward(dX, dgamma, dbeta, bn, cache, dY));
    expect_within(1e-7, dX, measured);
    matrix_free(&normal);
    matrix_free(&scale);
    matrix_free(&moved);
    matrix_free(&measured);
}

/* --- augment_shift and smooth_labels --- */

TEST(augment_shift, of_the_worked_example, 1,
     "Down by 1: which line of A becomes the second line of B?")
{
    matrix A = given("A", MATRIX(1, 6, 1, 2, 3, 4, 5, 6));
    matrix B = output("B", 1, 6);
    call(augment_shift(B, A, 3, 1, 0));
    expect(B, MATRIX(1, 6, 0, 0, 0, 1, 2, 3));
    call(augment_shift(B, A, 3, 0, -1));
    expect(B, MATRIX(1, 6, 2, 3, 0, 5, 6, 0));
}

TEST(augment_shift, of_any_images, 2,
     "Lines and columns are not the same number here.")
{
    matrix A = any_matrix("A", 3, 20), B = output("B", 3, 20);
    call(augment_shift(B, A, 5, 1, -2));
    expect_reference(B);
    call(augment_shift(B, A, 5, -2, 1));
    expect_reference(B);
}

TEST(augment_shift, by_nothing, 1, "An image may stay where it is.")
{
    matrix A = any_matrix("A", 2, 12), B = output("B", 2, 12);
    call(augment_shift(B, A, 4, 0, 0));
    expect(B, A);
}

TEST(augment_shift, out_of_sight, 1, "Moved too far, nothing is left.")
{
    matrix A = any_matrix("A", 2, 6), B = output("B", 2, 6);
    call(augment_shift(B, A, 3, 2, 0));
    expect(B, MATRIX(2, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    call(augment_shift(B, A, 3, 0, -4));
    expect(B, MATRIX(2, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
}

TEST(smooth_labels, of_the_worked_example, 1,
     "A tenth is shared out among four classes.")
{
    matrix Y = used("Y", MATRIX(1, 4, 0, 1, 0, 0));
    call(smooth_labels(Y, 0.1));
    expect(Y, MATRIX(1, 4, 0.025, 0.925, 0.025, 0.025));
}

TEST(smooth_labels, of_any_labels, 1, "K is the number of columns.")
{
    matrix Y = used("Y", MATRIX(2, 5, 0, 0, 1, 0, 0, 0.2, 0.3, 0, 0.5, 0));
    real alpha = any_number("alpha", 0.1, 0.9);
    call(smooth_labels(Y, alpha));
    expect_reference(Y);
}

/* --- k_fold and cross_validate --- */

/* Row numbers as a column. */
static matrix numbers(const size_t *some, size_t count)
{
    static real column[64];
    for (size_t i = 0; i < count && i < 64; i++)
        column[i] = some[i];
    return (matrix){ count, 1, column };
}

TEST(k_fold, of_the_worked_example, 1,
     "Seven rows in three folds: which places does the second have?")
{
    const size_t order[] = { 3, 6, 0, 5, 1, 4, 2 };
    size_t learned[7] = { 0 }, asked[7] = { 0 };
    expect(k_fold(learned, asked, order, 7, 3, 1), 2);
    expect(numbers(asked, 2), MATRIX(2, 1, 0, 5));
    expect(numbers(learned, 5), MATRIX(5, 1, 3, 6, 1, 4, 2));
}

TEST(k_fold, asks_everybody_once, 2,
     "Eleven rows, four folds: who is asked twice, or never?")
{
    const size_t order[] = { 5, 0, 10, 3, 8, 1, 9, 2, 7, 4, 6 };
    size_t times[11] = { 0 };
    for (size_t k = 0; k < 4; k++) {
        size_t learned[11] = { 0 }, asked[11] = { 0 }, count = 0;
        call(count = k_fold(learned, asked, order, 11, 4, k));
        expect_reference(count);
        expect_reference(numbers(asked, 2));
        expect_reference(numbers(learned, 8));
        for (size_t i = 0; i < 11 && i < count; i++)
            times[asked[i] % 11]++;
    }
    expect(numbers(times, 11),
           MATRIX(11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1));
}

TEST(k_fold, of_one_row_each, 1, "As many folds as rows.")
{
    const size_t order[] = { 2, 0, 3, 1 };
    size_t learned[4] = { 0 }, asked[4] = { 0 };
    expect(k_fold(learned, asked, order, 4, 4, 3), 1);
    expect(numbers(asked, 1), MATRIX(1, 1, 1));
    expect(numbers(learned, 3), MATRIX(3, 1, 2, 0, 3));
}

/* Predicts the mean of what it learned from, and a share of each row. */
static real mean_and_row(matrix X, matrix y, matrix X_asked, matrix y_asked,
                         const void *settings)
{
    real mean = 0, loss = 0, share = *(const real *)settings;
    for (size_t i = 0; i < y.rows; i++)
        mean += at(y, i, 0) / y.rows + 0.1 * at(X, i, 0) * i;
    for (size_t i = 0; i < y_asked.rows; i++) {
        real yhat = mean;
        for (size_t j = 0; j < X_asked.cols; j++)
            yhat += share * (j + 1) * at(X_asked, i, j);
        loss += pow(yhat - at(y_asked, i, 0), 2) / 2;
    }
    return loss / y_asked.rows;
}

static real mean_alone(matrix X, matrix y, matrix X_asked, matrix y_asked,
                       const void *settings)
{
    real mean = 0, loss = 0;
    for (size_t i = 0; i < y.rows; i++)
        mean += at(y, i, 0) / y.rows;
    for (size_t i = 0; i < y_asked.rows; i++)
        loss += pow(mean - at(y_asked, i, 0), 2) / 2;
    return loss / y_asked.rows;
}

TEST(cross_validate, of_the_worked_example, 1,
     "Four targets, two folds, each predicted by the mean of the others.")
{
    matrix X = given("X", MATRIX(4, 1, 1, 2, 3, 5));
    matrix y = given("y", MATRIX(4, 1, 1, 3, 6, 8));
    const size_t order[] = { 0, 1, 2, 3 };
    expect(cross_validate(mean_alone, NULL, X, y, order, 2), 13);
}

TEST(cross_validate, with_unequal_folds, 2,
     "Every example counts once, not every fold.")
{
    matrix X = any_matrix("X", 8, 2), y = any_matrix("y", 8, 1);
    const size_t order[] = { 5, 0, 3, 1, 2, 7, 4, 6 };
    expect_reference(cross_validate(mean_alone, NULL, X, y, order, 3));
}

TEST(cross_validate, standardises_by_what_it_learns_from, 2,
     "Whose mean and deviation may you know before you ask?")
{
    matrix X = any_matrix("X", 9, 3), y = any_matrix("y", 9, 1);
    const size_t order[] = { 5, 0, 3, 1, 2, 7, 4, 6, 8 };
    real share = 0.5;
    expect_reference(cross_validate(mean_and_row, &share, X, y, order, 3));
}

TEST(cross_validate, with_one_row_each, 1,
     "A single row has its own mean; use that of the others.")
{
    matrix X = any_matrix("X", 5, 2), y = any_matrix("y", 5, 1);
    const size_t order[] = { 4, 2, 0, 1, 3 };
    real share = 1;
    expect_reference(cross_validate(mean_and_row, &share, X, y, order, 5));
}
