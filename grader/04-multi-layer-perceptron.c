/* Tests of chapter 04.  The first example of each function is worked by
 * hand in the lesson; the others are there so that it cannot be typed in.
 */
#include "mlp.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- Fixtures --- */

enum { MOST_LAYERS = 3 };
static const char *const W_names[] = { "W[1]", "W[2]", "W[3]" };
static const char *const b_names[] = { "b[1]", "b[2]", "b[3]" };
static const char *const dW_names[] = { "dW[1]", "dW[2]", "dW[3]" };
static const char *const db_names[] = { "db[1]", "db[2]", "db[3]" };
static const char *const A_names[] = { "X", "A[1]", "A[2]", "A[3]" };
static const char *const dZ_names[] = { "", "dZ[1]", "dZ[2]", "dZ[3]" };

/* A network whose layers, of MOST_LAYERS, the caller has filled in.  Who
 * asks for more of them meets a matrix without numbers. */
static mlp network(size_t depth, layer *layers, activation hidden,
                   task kind)
{
    for (size_t l = depth; l < MOST_LAYERS; l++)
        layers[l] = (layer){ { 7, 7, NULL }, { 7, 1, NULL } };
    return (mlp){
        .depth = depth, .layers = layers, .hidden = hidden, .task = kind
    };
}

/* Random parameters, to be read only. */
static mlp any_network(layer *layers, size_t depth, const size_t *sizes,
                       activation hidden, task kind)
{
    for (size_t l = 0; l < depth; l++) {
        layers[l].W = any_matrix(W_names[l], sizes[l + 1], sizes[l]);
        layers[l].b = any_matrix(b_names[l], sizes[l + 1], 1);
    }
    return network(depth, layers, hidden, kind);
}

/* The same numbers, to be read and written. */
static mlp used_network(layer *layers, mlp from)
{
    for (size_t l = 0; l < from.depth; l++) {
        layers[l].W = used(W_names[l], from.layers[l].W);
        layers[l].b = used(b_names[l], from.layers[l].b);
    }
    return network(from.depth, layers, from.hidden, from.task);
}

/* Slopes nobody has written yet. */
static mlp fresh_gradient(layer *layers, mlp net)
{
    for (size_t l = 0; l < net.depth; l++) {
        layers[l].W =
            output(dW_names[l], net.layers[l].W.rows, net.layers[l].W.cols);
        layers[l].b = output(db_names[l], net.layers[l].b.rows, 1);
    }
    return network(net.depth, layers, net.hidden, net.task);
}

/* A cache nobody has written to yet. */
static mlp_cache fresh_cache(matrix *A, matrix *dZ, mlp net, size_t room)
{
    for (size_t l = 1; l <= net.depth; l++) {
        A[l] = output(A_names[l], room, net.layers[l - 1].W.rows);
        dZ[l] = output(dZ_names[l], room, net.layers[l - 1].W.rows);
    }
    return (
        mlp_cache){ .depth = net.depth, .room = room, .A = A, .dZ = dZ };
}

/* The worked example of the lesson: 2 - 2 - 2 - 1, ReLU, regression. */
static mlp worked_network(layer *layers)
{
    layers[0].W = given("W[1]", MATRIX(2, 2, 1, -1, 0.5, 1));
    layers[0].b = given("b[1]", MATRIX(2, 1, 0, -1));
    layers[1].W = given("W[2]", MATRIX(2, 2, 2, -1, 1, 1));
    layers[1].b = given("b[2]", MATRIX(2, 1, 1, 0));
    layers[2].W = given("W[3]", MATRIX(1, 2, 1, 2));
    layers[2].b = given("b[3]", MATRIX(1, 1, -1));
    return network(3, layers, RELU, REGRESSION);
}
#define WORKED_X given("X", MATRIX(2, 2, 1, 2, 3, 1))
#define WORKED_Y given("y", MATRIX(2, 1, 4, 6.5))

/* --- The same network in plain loops, so that no test rests on a student's
 * functions: activations of every layer, and the loss. */

static void plain_forward(matrix *A, mlp net, matrix X)
{
    A[0] = X;
    for (size_t l = 1; l <= net.depth; l++) {
        layer one = net.layers[l - 1];
        for (size_t i = 0; i < X.rows; i++)
            for (size_t j = 0; j < one.W.rows; j++) {
                real z = at(one.b, j, 0);
                for (size_t k = 0; k < one.W.cols; k++)
                    z += at(A[l - 1], i, k) * at(one.W, j, k);
                if (l < net.depth && net.hidden == SIGMOID)
                    z = 1 / (1 + exp(-z));
                else if (l < net.depth && net.hidden == TANH)
                    z = tanh(z);
                else if (l < net.depth && net.hidden == RELU)
                    z = z > 0 ? z : 0;
                at(A[l], i, j) = z;
            }
    }
}

static real plain_loss(mlp net, matrix X, matrix y)
{
    matrix A[MOST_LAYERS + 1];
    for (size_t l = 1; l <= net.depth; l++)
        A[l] = matrix_new(X.rows, net.layers[l - 1].W.rows);
    plain_forward(A, net, X);

    matrix scores = A[net.depth];
    real sum = 0;
    for (size_t i = 0; i < X.rows; i++)
        if (net.task == REGRESSION) {
            for (size_t k = 0; k < y.cols; k++)
                sum += pow(at(scores, i, k) - at(y, i, k), 2) / 2;
        } else {
            real total = 0, right = at(scores, i, (size_t)at(y, i, 0));
            for (size_t k = 0; k < scores.cols; k++)
                total += exp(at(scores, i, k) - right);
            sum += log(total);
        }
    for (size_t l = 1; l <= net.depth; l++)
        matrix_free(&A[l]);
    return sum / X.rows;
}

/* A cache that mlp_forward might have left, to be read only. */
static mlp_cache filled_cache(matrix *A, matrix *dZ, mlp net, matrix X)
{
    matrix made[MOST_LAYERS + 1];
    for (size_t l = 1; l <= net.depth; l++)
        made[l] = matrix_new(X.rows, net.layers[l - 1].W.rows);
    plain_forward(made, net, X);
    A[0] = X;
    for (size_t l = 1; l <= net.depth; l++) {
        A[l] = given(A_names[l], made[l]);
        dZ[l] = output(dZ_names[l], X.rows, made[l].cols);
        matrix_free(&made[l]);
    }
    return (
        mlp_cache){ .depth = net.depth, .room = X.rows, .A = A, .dZ = dZ };
}

/* The slopes of the loss, measured; freed by the caller with mlp_free. */
static mlp measured_gradient(mlp net, matrix X, matrix y)
{
    const real h = 1e-6;
    mlp moved = mlp_copy(net), slope = mlp_copy(net);
    for (size_t l = 0; l < net.depth; l++)
        for (int block = 0; block < 2; block++) {
            matrix t = block ? moved.layers[l].b : moved.layers[l].W;
            matrix s = block ? slope.layers[l].b : slope.layers[l].W;
            for (size_t k = 0; k < t.rows * t.cols; k++) {
                real kept = t.data[k];
                t.data[k] = kept + h;
                real above = plain_loss(moved, X, y);
                t.data[k] = kept - h;
                s.data[k] = (above - plain_loss(moved, X, y)) / (2 * h);
                t.data[k] = kept;
            }
        }
    mlp_free(&moved);
    return slope;
}

/* Row numbers as a matrix, to be expected. */
static matrix numbers(const size_t *order, size_t count)
{
    static real memory[64];
    for (size_t i = 0; i < count; i++)
        memory[i] = order[i];
    return (matrix){ count, 1, memory };
}

/* All parameters of one layer after another, as a column. */
static matrix parameters(mlp net)
{
    static real memory[512];
    size_t count = 0;
    for (size_t l = 0; l < net.depth; l++) {
        matrix blocks[] = { net.layers[l].W, net.layers[l].b };
        for (int b = 0; b < 2; b++)
            for (size_t k = 0; k < blocks[b].rows * blocks[b].cols; k++)
                memory[count++] = blocks[b].data[k];
    }
    return (matrix){ count, 1, memory };
}

/* --- mlp_init --- */

static mlp empty_network(layer *layers, size_t depth, const size_t *sizes)
{
    for (size_t l = 0; l < depth; l++) {
        layers[l].W = output(W_names[l], sizes[l + 1], sizes[l]);
        layers[l].b = output(b_names[l], sizes[l + 1], 1);
    }
    return network(depth, layers, RELU, CLASSIFICATION);
}

TEST(mlp_init, by_xavier, 1,
     "A number of random_uniform lies between 0 and 1.  Where should a "
     "weight lie?")
{
    layer layers[3];
    mlp net = empty_network(layers, 2, (size_t[]){ 5, 3, 4 });
    random_state state = random_seed(11);
    call(mlp_init(&net, XAVIER, &state));
    expect_reference(net.layers[0].W);
    expect_reference(net.layers[1].W);
    expect(net.layers[0].b, MATRIX(3, 1, 0, 0, 0));
    expect(net.layers[1].b, MATRIX(4, 1, 0, 0, 0, 0));
}

TEST(mlp_init, by_he, 1,
     "The variance is 2 / n_(l-1).  What does a number of random_normal "
     "have to be multiplied by?")
{
    layer layers[3];
    mlp net = empty_network(layers, 3, (size_t[]){ 7, 3, 5, 4 });
    random_state state = random_seed(12);
    call(mlp_init(&net, HE, &state));
    expect_reference(net.layers[0].W);
    expect_reference(net.layers[1].W);
    expect_reference(net.layers[2].W);
    expect(net.layers[2].b, MATRIX(4, 1, 0, 0, 0, 0));
}

TEST(mlp_init, uses_one_number_per_weight, 1,
     "Which numbers does the generator give after the call?")
{
    layer layers[3];
    mlp net = empty_network(layers, 1, (size_t[]){ 3, 5 });
    random_state state = random_seed(13);
    call(mlp_init(&net, XAVIER, &state));
    expect_reference(random_uniform(&state));
}

/* --- mlp_forward --- */

TEST(mlp_forward, of_the_worked_example, 1,
     "What is the score of the first neuron for the first example, and "
     "what does ReLU make of it?")
{
    layer layers[3];
    mlp net = worked_network(layers);
    matrix X = WORKED_X, A[4], dZ[4];
    mlp_cache cache = fresh_cache(A, dZ, net, 2);
    call(mlp_forward(&cache, net, X));
    expect(cache.A[1], MATRIX(2, 2, 0, 1.5, 2, 1.5));
    expect(cache.A[2], MATRIX(2, 2, 0, 1.5, 3.5, 3.5));
    expect(cache.A[3], MATRIX(2, 1, 2, 9.5));
}

TEST(mlp_forward, of_any_network, 2,
     "Every layer but the last has its activation.  Does yours, and does "
     "the last one have none?")
{
    layer layers[3];
    mlp net = any_network(layers, 3, (size_t[]){ 4, 5, 3, 7 }, TANH,
                          CLASSIFICATION);
    matrix X = any_matrix("X", 6, 4), A[4], dZ[4];
    mlp_cache cache = fresh_cache(A, dZ, net, 6);
    call(mlp_forward(&cache, net, X));
    expect_reference(cache.A[1]);
    expect_reference(cache.A[2]);
    expect_reference(cache.A[3]);
}

TEST(mlp_forward, with_other_activations, 1,
     "net.hidden says which activation.  Do you ask it?")
{
    layer layers[3];
    mlp net =
        any_network(layers, 2, (size_t[]){ 3, 5, 4 }, SIGMOID, REGRESSION);
    matrix X = any_matrix("X", 7, 3), A[4], dZ[4];
    mlp_cache cache = fresh_cache(A, dZ, net, 7);
    call(mlp_forward(&cache, net, X));
    expect_reference(cache.A[1]);
    expect_reference(cache.A[2]);

    net.hidden = IDENTITY;
    call(mlp_forward(&cache, net, X));
    expect_reference(cache.A[2]);
}

TEST(mlp_forward, of_a_single_layer, 1,
     "With one layer the first is the last.  Which activation has it?")
{
    layer layers[3];
    mlp net =
        any_network(layers, 1, (size_t[]){ 3, 4 }, RELU, CLASSIFICATION);
    matrix X = any_matrix("X", 5, 3), A[4], dZ[4];
    mlp_cache cache = fresh_cache(A, dZ, net, 5);
    call(mlp_forward(&cache, net, X));
    expect_reference(cache.A[1]);
}

TEST(mlp_forward, of_a_smaller_batch_next, 1,
     "The cache has room for more examples than this batch has.  Whose "
     "rows do you fill?")
{
    layer layers[3];
    mlp net =
        any_network(layers, 2, (size_t[]){ 3, 5, 4 }, RELU, CLASSIFICATION);
    matrix first = any_matrix("first", 7, 3);
    matrix second = any_matrix("second", 2, 3), A[4], dZ[4];
    mlp_cache cache = fresh_cache(A, dZ, net, 7);
    call(mlp_forward(&cache, net, first));
    call(mlp_forward(&cache, net, second));
    expect_reference(cache.A[1]);
    expect_reference(cache.A[2]);
}

/* --- mlp_backward --- */

TEST(mlp_backward, of_the_worked_example, 2,
     "Start at the end: dZ[3] is the error over N.  Which activations does "
     "dW[3] multiply it with?")
{
    layer layers[3], slopes[3];
    mlp net = worked_network(layers), grad = fresh_gradient(slopes, net);
    matrix X = WORKED_X, y = WORKED_Y, A[4], dZ[4];
    mlp_cache cache = filled_cache(A, dZ, net, X);
    call(mlp_backward(&grad, &cache, net, y));
    expect(grad.layers[2].W, MATRIX(1, 2, 5.25, 3.75));
    expect(grad.layers[2].b, MATRIX(1, 1, 0.5));
    expect(grad.layers[1].W, MATRIX(2, 2, 3, 2.25, 6, 1.5));
    expect(grad.layers[1].b, MATRIX(2, 1, 1.5, 1));
    expect(grad.layers[0].W, MATRIX(2, 2, 18, 6, 2.5, -2.5));
    expect(grad.layers[0].b, MATRIX(2, 1, 6, -0.5));
}

static void expect_gradient(mlp grad)
{
    for (size_t l = 0; l < grad.depth; l++) {
        expect_reference(grad.layers[l].W);
        expect_reference(grad.layers[l].b);
    }
}

TEST(mlp_backward, of_any_regression, 2,
     "(4.9) multiplies with the slope of which layer's activation?")
{
    layer layers[3], slopes[3];
    mlp net = any_network(layers, 3, (size_t[]){ 3, 5, 4, 7 }, SIGMOID,
                          REGRESSION);
    mlp grad = fresh_gradient(slopes, net);
    matrix X = any_matrix("X", 6, 3), y = any_matrix("y", 6, 7);
    matrix A[4], dZ[4];
    mlp_cache cache = filled_cache(A, dZ, net, X);
    call(mlp_backward(&grad, &cache, net, y));
    expect_gradient(grad);
}

TEST(
    mlp_backward, of_any_classification, 2,
    "The slope of the cross-entropy in the scores is (P - Y) / N.  What is "
    "A[L]: scores or probabilities?")
{
    layer layers[3], slopes[3];
    mlp net =
        any_network(layers, 2, (size_t[]){ 3, 7, 4 }, TANH, CLASSIFICATION);
    mlp grad = fresh_gradient(slopes, net);
    matrix X = any_matrix("X", 5, 3);
    matrix y = given("y", MATRIX(5, 1, 2, 0, 3, 1, 3)), A[4], dZ[4];
    mlp_cache cache = filled_cache(A, dZ, net, X);
    call(mlp_backward(&grad, &cache, net, y));
    expect_gradient(grad);
}

TEST(mlp_backward, a_second_time, 1,
     "What does grad hold when the function is called again?")
{
    layer layers[3], slopes[3];
    mlp net =
        any_network(layers, 2, (size_t[]){ 3, 5, 4 }, RELU, CLASSIFICATION);
    mlp grad = fresh_gradient(slopes, net);
    matrix X = any_matrix("X", 7, 3);
    matrix y = given("y", MATRIX(7, 1, 0, 3, 1, 2, 2, 0, 1)), A[4], dZ[4];
    mlp_cache cache = filled_cache(A, dZ, net, X);
    call(mlp_backward(&grad, &cache, net, y));
    call(mlp_backward(&grad, &cache, net, y));
    expect_gradient(grad);
}

TEST(mlp_backward, of_a_single_layer, 1,
     "With one layer there is nothing before it.  Which of (4.5) to (4.9) "
     "are left?")
{
    layer layers[3], slopes[3];
    mlp net =
        any_network(layers, 1, (size_t[]){ 4, 3 }, RELU, CLASSIFICATION);
    mlp grad = fresh_gradient(slopes, net);
    matrix X = any_matrix("X", 5, 4);
    matrix y = given("y", MATRIX(5, 1, 2, 0, 1, 1, 2)), A[4], dZ[4];
    mlp_cache cache = filled_cache(A, dZ, net, X);
    call(mlp_backward(&grad, &cache, net, y));
    expect_gradient(grad);
}

/* A network of small weights, so that no unit is saturated and no slope
 * drowns in the noise of the measurement. */
static mlp gentle_network(layer *layers, size_t depth, const size_t *sizes,
                          activation hidden, task kind)
{
    layer large[MOST_LAYERS];
    for (size_t l = 0; l < depth; l++) {
        large[l].W =
            matrix_copy(any_matrix("before W", sizes[l + 1], sizes[l]));
        large[l].b = matrix_copy(any_matrix("before b", sizes[l + 1], 1));
        for (size_t k = 0; k < sizes[l + 1] * sizes[l]; k++)
            large[l].W.data[k] /= 4;
        for (size_t k = 0; k < sizes[l + 1]; k++)
            large[l].b.data[k] /= 4;
        layers[l].W = given(W_names[l], large[l].W);
        layers[l].b = given(b_names[l], large[l].b);
        matrix_free(&large[l].W);
        matrix_free(&large[l].b);
    }
    return network(depth, layers, hidden, kind);
}

static void expect_measured(mlp grad, mlp net, matrix X, matrix y)
{
    mlp slope = measured_gradient(net, X, y);
    for (size_t l = 0; l < net.depth; l++) {
        expect_within(1e-7, grad.layers[l].W, slope.layers[l].W);
        expect_within(1e-7, grad.layers[l].b, slope.layers[l].b);
    }
    mlp_free(&slope);
}

TEST(mlp_backward, is_the_slope_of_the_regression_loss, 2,
     "Move one weight of the first layer by a little.  By how much does "
     "the loss (4.3) change?")
{
    layer layers[3], slopes[3];
    mlp net = gentle_network(layers, 3, (size_t[]){ 3, 5, 4, 7 }, TANH,
                             REGRESSION);
    mlp grad = fresh_gradient(slopes, net);
    matrix X = any_matrix("X", 5, 3), y = any_matrix("y", 5, 7);
    matrix A[4], dZ[4];
    mlp_cache cache = filled_cache(A, dZ, net, X);
    call(mlp_backward(&grad, &cache, net, y));
    expect_measured(grad, net, X, y);
}

TEST(mlp_backward, is_the_slope_of_the_cross_entropy, 2,
     "Move one bias of a hidden layer by a little.  By how much does the "
     "loss (4.4) change?")
{
    layer layers[3], slopes[3];
    mlp net = gentle_network(layers, 3, (size_t[]){ 5, 4, 7, 3 }, SIGMOID,
                             CLASSIFICATION);
    mlp grad = fresh_gradient(slopes, net);
    matrix X = any_matrix("X", 4, 5);
    matrix y = given("y", MATRIX(4, 1, 2, 0, 1, 0)), A[4], dZ[4];
    mlp_cache cache = filled_cache(A, dZ, net, X);
    call(mlp_backward(&grad, &cache, net, y));
    expect_measured(grad, net, X, y);
}

TEST(mlp_backward, of_scores_far_out, 1,
     "These scores reach 10,000.  Which of your exponentials overflows?")
{
    layer layers[3], slopes[3];
    layers[0].W = given("W[1]", MATRIX(3, 2, 1, 0.5, -1, 2, 0.25, -0.75));
    layers[0].b = given("b[1]", MATRIX(3, 1, 0.5, -0.25, 1));
    mlp net = network(1, layers, RELU, CLASSIFICATION);
    mlp grad = fresh_gradient(slopes, net);
    matrix X = given("X", MATRIX(3, 2, 1e4, -5e3, 700, 800, -1e4, 3e3));
    matrix y = given("y", MATRIX(3, 1, 1, 0, 2)), A[4], dZ[4];
    mlp_cache cache = filled_cache(A, dZ, net, X);
    call(mlp_backward(&grad, &cache, net, y));
    expect_gradient(grad);
}

/* --- mlp_gradient_check --- */

TEST(mlp_gradient_check, finds_a_true_gradient_true, 1,
     "If grad is the slope of the loss, how far is each measurement from "
     "it?")
{
    layer layers[3], own[3], slopes[3];
    const size_t sizes[] = { 3, 5, 4 };
    mlp net = used_network(
        own, gentle_network(layers, 2, sizes, TANH, CLASSIFICATION));
    matrix X = any_matrix("X", 5, 3), A[4], dZ[4];
    matrix y = given("y", MATRIX(5, 1, 2, 0, 3, 1, 3));
    mlp slope = measured_gradient(net, X, y);
    for (size_t l = 0; l < 2; l++) {
        slopes[l].W = given(dW_names[l], slope.layers[l].W);
        slopes[l].b = given(db_names[l], slope.layers[l].b);
    }
    mlp_free(&slope);
    mlp grad = network(2, slopes, TANH, CLASSIFICATION);
    mlp_cache cache = fresh_cache(A, dZ, net, 5);
    expect_within(1e-6, mlp_gradient_check(&net, grad, &cache, X, y, 1e-5),
                  0);
}

/* One layer, one feature, regression: L = (w - 3)^2 / 2 + ..., every
 * measured slope is exact, so the errors can be computed by hand. */
static mlp line_network(layer *layers)
{
    layers[0].W = used("W[1]", MATRIX(1, 1, 5));
    layers[0].b = used("b[1]", MATRIX(1, 1, 1));
    return network(1, layers, IDENTITY, REGRESSION);
}

TEST(mlp_gradient_check, of_the_worked_example, 1,
     "|m - g| over |m| + |g|: what is that for 48.25 and 50?")
{
    layer layers[3], slopes[3];
    mlp net = line_network(layers);
    matrix X = given("X", MATRIX(4, 1, 1, 3, 6, 5)), A[4], dZ[4];
    matrix y = given("y", MATRIX(4, 1, 4, 8, 14, 13));
    slopes[0].W = given("dW[1]", MATRIX(1, 1, 50));
    slopes[0].b = given("db[1]", MATRIX(1, 1, 10));
    mlp grad = network(1, slopes, IDENTITY, REGRESSION);
    mlp_cache cache = fresh_cache(A, dZ, net, 4);
    expect_within(1e-8, mlp_gradient_check(&net, grad, &cache, X, y, 1e-3),
                  1.75 / 98.25);
}

TEST(mlp_gradient_check, looks_at_every_block, 2,
     "Only the bias of the last layer is wrong here.  Do you look at it?")
{
    layer layers[3], slopes[3];
    mlp net = line_network(layers);
    matrix X = given("X", MATRIX(4, 1, 1, 3, 6, 5)), A[4], dZ[4];
    matrix y = given("y", MATRIX(4, 1, 4, 8, 14, 13));
    slopes[0].W = given("dW[1]", MATRIX(1, 1, 48.25));
    slopes[0].b = given("db[1]", MATRIX(1, 1, -8));
    mlp grad = network(1, slopes, IDENTITY, REGRESSION);
    mlp_cache cache = fresh_cache(A, dZ, net, 4);
    expect_within(1e-8, mlp_gradient_check(&net, grad, &cache, X, y, 1e-3),
                  1);
}

TEST(mlp_gradient_check, puts_everything_back, 1,
     "What do the weights hold when you are done: kept, or kept + h - h?")
{
    layer layers[3], own[3], slopes[3];
    const size_t sizes[] = { 3, 5, 4 };
    mlp before = gentle_network(layers, 2, sizes, SIGMOID, REGRESSION);
    mlp net = used_network(own, before);
    matrix X = any_matrix("X", 6, 3), y = any_matrix("y", 6, 4);
    matrix A[4], dZ[4];
    for (size_t l = 0; l < 2; l++) {
        slopes[l].W = any_matrix(dW_names[l], sizes[l + 1], sizes[l]);
        slopes[l].b = any_matrix(db_names[l], sizes[l + 1], 1);
    }
    mlp grad = network(2, slopes, SIGMOID, REGRESSION);
    mlp_cache cache = fresh_cache(A, dZ, net, 6);
    expect_reference_within(
        1e-6, mlp_gradient_check(&net, grad, &cache, X, y, 1));
    real moved = 0; /* in any bit */
    for (size_t l = 0; l < 2; l++) {
        moved += memcmp(net.layers[l].W.data, before.layers[l].W.data,
                        sizes[l] * sizes[l + 1] * sizeof(real)) != 0;
        moved += memcmp(net.layers[l].b.data, before.layers[l].b.data,
                        sizes[l + 1] * sizeof(real)) != 0;
    }
    expect(moved, 0);
}

TEST(mlp_gradient_check, is_not_fooled_by_nan, 1,
     "fmax(0, NaN) is 0.  What happens to a slope that is no number?")
{
    layer layers[3], slopes[3];
    mlp net = line_network(layers);
    matrix X = given("X", MATRIX(4, 1, 1, 3, 6, 5)), A[4], dZ[4];
    matrix y = given("y", MATRIX(4, 1, 4, 8, 14, 13));
    slopes[0].W = given("dW[1]", MATRIX(1, 1, NAN));
    slopes[0].b = given("db[1]", MATRIX(1, 1, 11));
    mlp grad = network(1, slopes, IDENTITY, REGRESSION);
    mlp_cache cache = fresh_cache(A, dZ, net, 4);
    real error = mlp_gradient_check(&net, grad, &cache, X, y, 1e-3);
    expect(isnan(error) != 0, 1);
}

/* --- mlp_update --- */

TEST(mlp_update, of_the_worked_example, 1,
     "The gradient points uphill.  Which way is downhill?")
{
    layer layers[3], slopes[3];
    layers[0].W = used("W[1]", MATRIX(1, 2, 1, 2));
    layers[0].b = used("b[1]", MATRIX(1, 1, -1));
    slopes[0].W = given("dW[1]", MATRIX(1, 2, 5.25, 3.75));
    slopes[0].b = given("db[1]", MATRIX(1, 1, 0.5));
    mlp net = network(1, layers, RELU, REGRESSION);
    mlp grad = network(1, slopes, RELU, REGRESSION);
    call(mlp_update(&net, grad, 0.1));
    expect(net.layers[0].W, MATRIX(1, 2, 0.475, 1.625));
    expect(net.layers[0].b, MATRIX(1, 1, -1.05));
}

TEST(mlp_update, of_every_layer, 2,
     "Which blocks of parameters does a network of three layers have?")
{
    layer from[3], layers[3], slopes[3];
    const size_t sizes[] = { 3, 5, 4, 7 };
    mlp net =
        used_network(layers, any_network(from, 3, sizes, RELU, REGRESSION));
    for (size_t l = 0; l < 3; l++) {
        slopes[l].W = any_matrix(dW_names[l], sizes[l + 1], sizes[l]);
        slopes[l].b = any_matrix(db_names[l], sizes[l + 1], 1);
    }
    mlp grad = network(3, slopes, RELU, REGRESSION);
    call(mlp_update(&net, grad, 0.125));
    for (size_t l = 0; l < 3; l++) {
        expect_reference(net.layers[l].W);
        expect_reference(net.layers[l].b);
    }
}

/* --- mlp_batch --- */

static const size_t seven[] = { 3, 6, 0, 5, 1, 4, 2 };
#define SEVEN_X                                                            \
    given("X", MATRIX(7, 3, 0.5, 1.5, 2.5, 10, 11, 12, 20, 21, 22, 30, 31, \
                      32, 40, 41, 42, 50, 51, 52, 60, 61, 62))
#define SEVEN_Y given("y", MATRIX(7, 1, 5, 15, 25, 35, 45, 55, 65))

TEST(mlp_batch, of_the_worked_example, 1,
     "The second batch of three begins at order[3].  Which example is "
     "that?")
{
    matrix X = SEVEN_X, y = SEVEN_Y;
    matrix Xb = output("Xb", 3, 3), yb = output("yb", 3, 1);
    given("order", numbers(seven, 7));
    expect(mlp_batch(&Xb, &yb, 3, 1, X, y, seven), true);
    expect(Xb, MATRIX(3, 3, 50, 51, 52, 10, 11, 12, 40, 41, 42));
    expect(yb, MATRIX(3, 1, 55, 15, 45));
}

TEST(mlp_batch, that_comes_last, 2,
     "Seven examples in batches of three: how many are left for the "
     "third?")
{
    matrix X = SEVEN_X, y = SEVEN_Y;
    matrix Xb = output("Xb", 3, 3), yb = output("yb", 3, 1);
    given("order", numbers(seven, 7));
    expect(mlp_batch(&Xb, &yb, 3, 2, X, y, seven), true);
    expect(Xb, MATRIX(1, 3, 20, 21, 22));
    expect(yb, MATRIX(1, 1, 25));
    expect(mlp_batch(&Xb, &yb, 3, 0, X, y, seven), true);
    expect(Xb, MATRIX(3, 3, 30, 31, 32, 60, 61, 62, 0.5, 1.5, 2.5));
    expect(yb, MATRIX(3, 1, 35, 65, 5));
}

TEST(mlp_batch, that_is_not_there, 1,
     "Six examples in batches of three: is there a batch number 2?")
{
    matrix X = matrix_rows(SEVEN_X, 0, 6), y = matrix_rows(SEVEN_Y, 0, 6);
    static const size_t order[] = { 0, 1, 2, 3, 4, 5 };
    matrix Xb = used("Xb", MATRIX(3, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    matrix yb = used("yb", MATRIX(3, 1, 1, 2, 3));
    expect(mlp_batch(&Xb, &yb, 3, 2, X, y, order), false);
    expect(Xb, MATRIX(3, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    expect(yb, MATRIX(3, 1, 1, 2, 3));
    expect(mlp_batch(&Xb, &yb, 3, 1, X, y, order), true);
    expect(yb, MATRIX(3, 1, 35, 45, 55));
}

TEST(mlp_batch, with_targets_of_several_columns, 1,
     "Does every column of y come along?")
{
    matrix X = any_matrix("X", 7, 2), y = any_matrix("y", 7, 5);
    matrix Xb = output("Xb", 4, 2), yb = output("yb", 4, 5);
    given("order", numbers(seven, 7));
    expect(mlp_batch(&Xb, &yb, 4, 0, X, y, seven), true);
    expect_reference(Xb);
    expect_reference(yb);
}

/* --- mlp_train_epoch --- */

/* Everything that training needs, in guarded memory. */
static mlp_memory memory_for(mlp net, size_t N, size_t B, size_t y_cols,
                             size_t *order, layer *slopes, matrix *A,
                             matrix *dZ)
{
    for (size_t i = 0; i < N; i++)
        order[i] = i;
    return (mlp_memory){ .B = B,
                         .N = N,
                         .order = order,
                         .X = output("memory.X", B, net.layers[0].W.cols),
                         .y = output("memory.y", B, y_cols),
                         .grad = fresh_gradient(slopes, net),
                         .cache = fresh_cache(A, dZ, net, B) };
}

TEST(mlp_train_epoch, of_one_batch, 2,
     "With one batch an epoch is one step.  Is the loss you return that "
     "before the step?")
{
    layer from[3], layers[3], slopes[3];
    const size_t sizes[] = { 3, 5, 4 };
    mlp net = used_network(
        layers, gentle_network(from, 2, sizes, TANH, CLASSIFICATION));
    matrix X = any_matrix("X", 5, 3), A[4], dZ[4];
    matrix y = given("y", MATRIX(5, 1, 2, 0, 3, 1, 3));
    size_t order[5] = { 0 };
    random_state state = random_seed(21);
    mlp_memory memory = memory_for(net, 5, 5, 1, order, slopes, A, dZ);
    expect_reference(mlp_train_epoch(&net, &memory, X, y, 0.5, &state));
    expect_reference(parameters(net));
}

TEST(mlp_train_epoch, of_batches_that_do_not_divide, 3,
     "Eleven examples in batches of four: the last batch has three.  How "
     "much does its loss count?")
{
    layer from[3], layers[3], slopes[3];
    const size_t sizes[] = { 3, 5, 4 };
    mlp net = used_network(
        layers, gentle_network(from, 2, sizes, TANH, CLASSIFICATION));
    matrix X = any_matrix("X", 11, 3), A[4], dZ[4];
    matrix y = given("y", MATRIX(11, 1, 2, 0, 3, 1, 3, 1, 1, 0, 2, 3, 0));
    size_t order[11] = { 0 };
    random_state state = random_seed(22);
    mlp_memory memory = memory_for(net, 11, 4, 1, order, slopes, A, dZ);
    expect_reference(mlp_train_epoch(&net, &memory, X, y, 0.5, &state));
    expect_reference(parameters(net));
    expect_reference(numbers(order, 11));
}

TEST(mlp_train_epoch, and_another_epoch, 2,
     "Is the order shuffled again, from where it is, with the same state?")
{
    layer from[3], layers[3], slopes[3];
    const size_t sizes[] = { 2, 7, 3 };
    mlp net = used_network(
        layers, gentle_network(from, 2, sizes, SIGMOID, REGRESSION));
    matrix X = any_matrix("X", 7, 2), y = any_matrix("y", 7, 3);
    matrix A[4], dZ[4];
    size_t order[7] = { 0 };
    random_state state = random_seed(23);
    mlp_memory memory = memory_for(net, 7, 2, 3, order, slopes, A, dZ);
    expect_reference(mlp_train_epoch(&net, &memory, X, y, 0.2, &state));
    expect_reference(mlp_train_epoch(&net, &memory, X, y, 0.1, &state));
    expect_reference(parameters(net));
    expect_reference(numbers(order, 7));
}

/* --- mlp_evaluate --- */

/* Scores are the features themselves: W is the identity. */
static mlp identity_network(layer *layers)
{
    layers[0].W = given("W[1]", MATRIX(3, 3, 1, 0, 0, 0, 1, 0, 0, 0, 1));
    layers[0].b = given("b[1]", MATRIX(3, 1, 0, 0, 0));
    return network(1, layers, RELU, CLASSIFICATION);
}

TEST(mlp_evaluate, of_the_worked_example, 1,
     "Scores 2, 1, 0.1 and class 0: is that right, and what does it cost?")
{
    layer layers[3];
    mlp net = identity_network(layers);
    matrix X = given("X", MATRIX(2, 3, 2, 1, 0.1, 2, 1, 0.1));
    matrix y = given("y", MATRIX(2, 1, 0, 1)), A[4], dZ[4];
    mlp_cache cache = fresh_cache(A, dZ, net, 2);
    mlp_score score;
    call(score = mlp_evaluate(net, &cache, X, y));
    expect(score.loss, 0.917030016283842);
    expect(score.accuracy, 0.5);
}

TEST(mlp_evaluate, in_pieces_of_different_size, 2,
     "Seven examples, room for three: the last piece has one.  How much "
     "does it count?")
{
    layer layers[3];
    mlp net =
        any_network(layers, 2, (size_t[]){ 3, 5, 4 }, TANH, CLASSIFICATION);
    matrix X = any_matrix("X", 7, 3), A[4], dZ[4];
    matrix y = given("y", MATRIX(7, 1, 2, 0, 3, 1, 3, 0, 1));
    mlp_cache cache = fresh_cache(A, dZ, net, 3);
    mlp_score score;
    call(score = mlp_evaluate(net, &cache, X, y));
    expect_reference(score.loss);

    /* Three in the first pieces right, the one in the last wrong. */
    layer plain[3];
    mlp identity = identity_network(plain);
    matrix scores =
        given("scores", MATRIX(4, 3, 3, 1, 2, 1, 3, 2, 1, 2, 3, 3, 2, 1));
    matrix classes = given("classes", MATRIX(4, 1, 0, 1, 2, 2)), B[4],
           dB[4];
    mlp_cache other = fresh_cache(B, dB, identity, 3);
    call(score = mlp_evaluate(identity, &other, scores, classes));
    expect(score.accuracy, 0.75);
}

TEST(mlp_evaluate, of_equal_scores, 1,
     "Two classes share the largest score.  Which of them is the answer?")
{
    layer layers[3];
    mlp net = identity_network(layers);
    matrix X = given("X", MATRIX(3, 3, 5, 5, 1, 1, 4, 4, 2, 2, 2));
    matrix y = given("y", MATRIX(3, 1, 0, 2, 1)), A[4], dZ[4];
    mlp_cache cache = fresh_cache(A, dZ, net, 3);
    mlp_score score;
    call(score = mlp_evaluate(net, &cache, X, y));
    expect(score.accuracy, 1.0 / 3);
}

TEST(mlp_evaluate, of_a_regression, 1,
     "What does the contract say about accuracy when there are no "
     "classes?")
{
    layer layers[3];
    mlp net =
        any_network(layers, 2, (size_t[]){ 3, 5, 4 }, SIGMOID, REGRESSION);
    matrix X = any_matrix("X", 7, 3), y = any_matrix("y", 7, 4);
    matrix A[4], dZ[4];
    mlp_cache cache = fresh_cache(A, dZ, net, 2);
    mlp_score score;
    call(score = mlp_evaluate(net, &cache, X, y));
    expect_reference(score.loss);
    expect(score.accuracy, 0);
}

/* --- mlp_save, mlp_load --- */

/* The bytes as numbers, so that a report can show them. */
static matrix column_of(bytes file)
{
    static real memory[512];
    size_t count = file.count < 512 ? file.count : 512;
    for (size_t k = 0; k < count; k++)
        memory[k] = file.data[k];
    return (matrix){ count, 1, memory };
}

static mlp saved_network(layer *layers)
{
    layers[0].W = given("W[1]", MATRIX(2, 3, 1, -2, 0.5, 3, 0.25, -1));
    layers[0].b = given("b[1]", MATRIX(2, 1, 7, -7));
    layers[1].W = given("W[2]", MATRIX(1, 2, 4, -8));
    layers[1].b = given("b[2]", MATRIX(1, 1, 0.125));
    return network(2, layers, TANH, REGRESSION);
}

/* What a right mlp_save makes of it, byte by byte (4.17). */
static void put_number(bytes *file, uint32_t value)
{
    bytes_put_u32(file, value);
}

static bytes right_file(mlp net)
{
    bytes file = { 0 };
    bytes_put_text(&file, "NNC-MLP:");
    put_number(&file, 1);
    put_number(&file, net.hidden);
    put_number(&file, net.task);
    put_number(&file, net.depth);
    put_number(&file, net.layers[0].W.cols);
    for (size_t l = 0; l < net.depth; l++)
        put_number(&file, net.layers[l].W.rows);
    for (size_t l = 0; l < net.depth; l++) {
        bytes_put_matrix(&file, net.layers[l].W);
        bytes_put_matrix(&file, net.layers[l].b);
    }
    put_number(&file, bytes_checksum(file, file.count));
    return file;
}

TEST(mlp_save, of_the_worked_example, 2,
     "At which byte does the table (4.17) put L, and in how many bytes?")
{
    layer layers[3];
    mlp net = saved_network(layers);
    bytes file = { 0 };
    call(mlp_save(&file, net));
    expect(file.count, 128);
    expect_reference(column_of(file));
    bytes_free(&file);
}

TEST(mlp_save, of_any_network, 2,
     "W[l] first, row after row, then b[l].  Then the next layer?")
{
    layer layers[3];
    mlp net = any_network(layers, 3, (size_t[]){ 2, 5, 3, 4 }, RELU,
                          CLASSIFICATION);
    bytes file = { 0 };
    call(mlp_save(&file, net));
    expect_reference(column_of(file));
    bytes_free(&file);
}

/* Whether it loads, and what is in the network then. */
static void expect_loaded(mlp *net)
{
    expect_reference(net->depth);
    expect_reference(net->hidden);
    expect_reference(net->task);
    for (size_t l = 0; l < 2; l++) {
        matrix W = { 0 }, b = { 0 };
        if (l < net->depth) {
            W = net->layers[l].W;
            b = net->layers[l].b;
        }
        expect_reference(W);
        expect_reference(b);
    }
}

TEST(mlp_load, of_what_was_saved, 2,
     "Do you read in the order in which (4.17) writes?")
{
    layer layers[3];
    bytes file = right_file(saved_network(layers));
    mlp net = { .depth = 0 };
    expect(mlp_load(&net, &file), true);
    expect_loaded(&net);
    mlp_free(&net);
    bytes_free(&file);
}

TEST(mlp_load, of_the_smallest_and_the_deepest, 1,
     "Which activations, tasks and depths does the contract allow?")
{
    layer layers[3];
    layers[0].W = given("W[1]", MATRIX(1, 2, 3, -4));
    layers[0].b = given("b[1]", MATRIX(1, 1, 5));
    bytes file = right_file(network(1, layers, RELU, CLASSIFICATION));
    mlp net = { .depth = 0 };
    expect(mlp_load(&net, &file), true);
    expect_loaded(&net);
    mlp_free(&net);
    bytes_free(&file);

    size_t ones[65] = { 0 };
    for (size_t l = 0; l < 65; l++)
        ones[l] = 1;
    mlp deep = mlp_new(64, ones, SIGMOID, REGRESSION);
    file = right_file(deep);
    expect(mlp_load(&net, &file), true);
    expect(net.depth, 64);
    mlp_free(&net);
    mlp_free(&deep);
    bytes_free(&file);
}

/* A network that must stay as it is. */
static mlp old_network(layer *layers)
{
    layers[0].W = given("old W", MATRIX(1, 2, 70, 80));
    layers[0].b = given("old b", MATRIX(1, 1, 90));
    return network(1, layers, RELU, REGRESSION);
}

/* Change one byte, load, put it back; the checksum is made right again if
 * the change should be found without it. */
static real refused(bytes file, size_t byte, unsigned char value,
                    bool right_checksum)
{
    layer layers[3];
    mlp old = old_network(layers), net = old;
    unsigned char kept[5] = { file.data[byte] };
    memcpy(kept + 1, file.data + file.count - 4, 4);
    file.data[byte] = value;
    if (right_checksum) {
        uint32_t sum = bytes_checksum(file, file.count - 4);
        for (int k = 0; k < 4; k++)
            file.data[file.count - 4 + k] = sum >> 8 * k;
    }
    bool loaded = mlp_load(&net, &file);
    bool same = net.layers == old.layers && net.depth == old.depth;
    if (loaded)
        mlp_free(&net);
    memcpy(file.data + file.count - 4, kept + 1, 4);
    file.data[byte] = kept[0];
    return !loaded && same;
}

TEST(mlp_load, refuses_a_changed_number, 2,
     "One bit of a weight has flipped.  What would tell?")
{
    layer layers[3];
    bytes file = right_file(saved_network(layers));
    expect(refused(file, 40, 1, false), true);
    expect(refused(file, 100, 99, false), true);
    expect(refused(file, 127, file.data[127] ^ 1, false), true);
    bytes_free(&file);
}

TEST(mlp_load, refuses_what_it_does_not_know, 2,
     "The checksum is right, but the first text, the version, the "
     "activation or the task is none that (4.17) knows.  Do you ask?")
{
    layer layers[3];
    bytes file = right_file(saved_network(layers));
    expect(refused(file, 0, 'M', true), true);
    expect(refused(file, 8, 2, true), true);
    expect(refused(file, 12, 4, true), true);
    expect(refused(file, 16, 2, true), true);
    bytes_free(&file);
}

TEST(mlp_load, refuses_sizes_that_cannot_be, 2,
     "What do you do with a depth of 0, a size of 0, or sizes that ask for "
     "more numbers than the file has?")
{
    layer layers[3];
    bytes file = right_file(saved_network(layers));
    expect(refused(file, 20, 0, true), true);
    expect(refused(file, 20, 200, true), true);
    expect(refused(file, 24, 0, true), true);
    expect(refused(file, 26, 1, true), true);
    expect(refused(file, 27, 255, true), true);
    expect(refused(file, 28, 3, true), true);
    bytes_free(&file);

    /* No feature, one neuron: as long as it says, and no network. */
    bytes none = { 0 };
    bytes_put_text(&none, "NNC-MLP:");
    const uint32_t head[] = { 1, RELU, REGRESSION, 1, 0, 1 };
    for (size_t k = 0; k < 6; k++)
        bytes_put_u32(&none, head[k]);
    bytes_put_real(&none, 0.5);
    bytes_put_u32(&none, bytes_checksum(none, none.count));
    expect(refused(none, 0, 'N', true), true);
    bytes_free(&none);
}

/* The first count bytes of a file, in memory that ends where they end. */
static bytes first_bytes(bytes whole, size_t count)
{
    bytes half = { .count = count, .room = count };
    half.data = malloc(count > 0 ? count : 1);
    memcpy(half.data, whole.data, count);
    return half;
}

TEST(mlp_load, refuses_half_a_file, 1,
     "The file ends anywhere: in the middle of a number, of a size, of the "
     "first text.  Do all your readings ask whether they got something?")
{
    layer layers[3];
    bytes file = right_file(saved_network(layers));
    size_t whole = file.count, refusals = 0;
    for (size_t count = 0; count < whole; count++) {
        mlp net = { .depth = 0 };
        bytes half = first_bytes(file, count);
        bool loaded = mlp_load(&net, &half);
        refusals += !loaded && half.error[0] != '\0';
        mlp_free(&net);
        bytes_free(&half);
    }
    expect(refusals, 128);

    bytes_put_u32(&file, 0); /* and a file that goes on */
    mlp net = { .depth = 0 };
    expect(mlp_load(&net, &file), false);
    mlp_free(&net);
    bytes_free(&file);
}

TEST(mlp_load, from_the_beginning_again, 1,
     "file is read from its beginning, also the second time.  Where do you "
     "start?")
{
    layer layers[3];
    bytes file = right_file(saved_network(layers));
    mlp once = { .depth = 0 }, again = { .depth = 0 };
    expect(mlp_load(&once, &file), true);
    expect(mlp_load(&again, &file), true);
    expect_loaded(&again);
    mlp_free(&once);
    mlp_free(&again);
    bytes_free(&file);
}
