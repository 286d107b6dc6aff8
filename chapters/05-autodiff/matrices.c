/* matrices.c - graphs of matrices, and chapter 04's network on one */
#include "demo.h"
#include "parts.h"

#include <math.h>
#include <stdio.h>

/* --- Two layers, line by line --- */

enum { N = 20, N_0 = 10, N_1 = 7, N_2 = 13 };

typedef struct {
    matrix X, Y, W1, b1, W2, b2, dW1, db1, dW2, db2;
} two_layers;

//> two-layers
/* Sigmoid, sigmoid, mean squared error; returns the number of the loss. */
static var record(graph *g, two_layers m)
{
    var X = graph_leaf(g, m.X, NO_MATRIX);
    var Y = graph_leaf(g, m.Y, NO_MATRIX);
    var W1 = graph_leaf(g, m.W1, m.dW1), b1 = graph_leaf(g, m.b1, m.db1);
    var W2 = graph_leaf(g, m.W2, m.dW2), b2 = graph_leaf(g, m.b2, m.db2);

    var Z1 = graph_add_row(g, graph_product(g, X, W1, TRANSPOSED), b1);
    var A1 = graph_activate(g, SIGMOID, Z1);
    var Z2 = graph_add_row(g, graph_product(g, A1, W2, TRANSPOSED), b2);
    var A2 = graph_activate(g, SIGMOID, Z2);
    var E = graph_subtract(g, A2, Y);
    return graph_mean(g, graph_hadamard(g, E, E));
}
//< two-layers

static real largest_error(two_layers m)
{
    matrix values[] = { m.W1, m.b1, m.W2, m.b2 };
    matrix slopes[] = { m.dW1, m.db1, m.dW2, m.db2 };
    const real h = 1e-5;
    real largest = 0;
    for (int block = 0; block < 4; block++)
        for (size_t k = 0; k < values[block].rows * values[block].cols;
             k++) {
            real *t = &values[block].data[k], kept = *t, side[2];
            for (int s = 0; s < 2; s++) {
                graph g = { 0 };
                *t = kept + (s ? h : -h);
                var loss = record(&g, m); /* first: it moves g.nodes */
                side[s] = at(g.nodes[loss].value, 0, 0);
                graph_free(&g);
            }
            *t = kept;
            real measured = (side[1] - side[0]) / (2 * h);
            real size = fabs(measured) + fabs(slopes[block].data[k]);
            real error =
                fabs(measured - slopes[block].data[k]) / fmax(1e-8, size);
            if (!(error <= largest))
                largest = error;
        }
    return largest;
}

void show_two_layers(void)
{
    static const char *const names[] = { "X",  "Y",       "W1",      "b1",
                                         "W2", "b2",      "X W1^T",  "Z1",
                                         "A1", "A1 W2^T", "Z2",      "A2",
                                         "E",  "E * E",   "the loss" };
    random_state state = random_seed(5);
    two_layers m = { .X = normal_matrix(N, N_0, &state),
                     .Y = normal_matrix(N, N_2, &state),
                     .W1 = normal_matrix(N_1, N_0, &state),
                     .b1 = normal_matrix(N_1, 1, &state),
                     .W2 = normal_matrix(N_2, N_1, &state),
                     .b2 = normal_matrix(N_2, 1, &state),
                     .dW1 = matrix_new(N_1, N_0),
                     .db1 = matrix_new(N_1, 1),
                     .dW2 = matrix_new(N_2, N_1),
                     .db2 = matrix_new(N_2, 1) };
    graph g = { 0 };
    var loss = record(&g, m);
    graph_backward(&g, loss);
    printf("# node\twhat    \tshape \tgradient\n");
    for (size_t i = 0; i < g.count; i++)
        printf("%6zu\t%-8s\t%2zu x %-2zu\t%s\n", i, names[i],
               g.nodes[i].value.rows, g.nodes[i].value.cols,
               g.nodes[i].grad.data == NULL  ? "none"
               : g.nodes[i].backward == NULL ? "kept"
                                             : "passed on");
    printf("# largest error against measured slopes: %.0e\n",
           (double)largest_error(m));
    graph_free(&g);
    matrix all[] = { m.X,  m.Y,   m.W1,  m.b1,  m.W2,
                     m.b2, m.dW1, m.db1, m.dW2, m.db2 };
    for (int k = 0; k < 10; k++)
        matrix_free(&all[k]);
}

/* --- Chapter 04 again --- */

static const size_t digit_sizes[] = { 64, 100, 10 };

//> epoch
/* mlp_train_epoch of chapter 04 with the graph in place of the forward and
 * the backward pass. */
static real graph_epoch(mlp *net, mlp_memory *memory, graph *g, matrix X,
                        matrix y, real learning_rate, random_state *state)
{
    matrix *Xb = &memory->X, *yb = &memory->y;
    real sum = 0;
    shuffle(memory->order, memory->N, state);
    for (size_t k = 0; mlp_batch(Xb, yb, memory->B, k, X, y, memory->order);
         k++) {
        var loss = graph_mlp(g, *net, memory->grad, *Xb, *yb);
        sum += Xb->rows * at(g->nodes[loss].value, 0, 0);
        graph_zero_grad(g);
        graph_backward(g, loss);
        mlp_update(net, memory->grad, learning_rate);
        graph_reset(g);
    }
    return sum / X.rows;
}
//< epoch

/* The same network twice, with the same memory and the same chance. */
typedef struct {
    mlp net;
    mlp_memory memory;
    random_state state;
} learner;

static learner learner_new(size_t N_examples, size_t B, uint64_t seed)
{
    learner one = { .state = random_seed(seed) };
    one.net = mlp_new(2, digit_sizes, RELU, CLASSIFICATION);
    mlp_init(&one.net, HE, &one.state);
    one.memory = mlp_memory_new(one.net, N_examples, B, 1);
    return one;
}

static void learner_free(learner *one)
{
    mlp_memory_free(&one->memory);
    mlp_free(&one->net);
}

static real largest_difference(mlp a, mlp b)
{
    real largest = 0;
    for (size_t l = 0; l < a.depth; l++) {
        matrix ours[] = { a.layers[l].W, a.layers[l].b };
        matrix theirs[] = { b.layers[l].W, b.layers[l].b };
        for (int k = 0; k < 2; k++)
            for (size_t e = 0; e < ours[k].rows * ours[k].cols; e++) {
                real difference = fabs(ours[k].data[e] - theirs[k].data[e]);
                if (!(difference <= largest))
                    largest = difference;
            }
    }
    return largest;
}

void show_memory(void)
{
    parts digits = parts_of_digits(1);
    learner one = learner_new(digits.train.X.rows, 64, 1);
    graph g = { 0 };
    printf("# epochs\tsteps\tkilobytes in the arena\tmatrices made\n");
    size_t before = matrix_count, steps = 0;
    for (int epoch = 0; epoch <= 10; epoch++) {
        if (epoch <= 1 || epoch == 10)
            printf("%8d\t%5zu\t%22zu\t%13zu\n", epoch, steps,
                   arena_size(g.memory) / 1024, matrix_count - before);
        graph_epoch(&one.net, &one.memory, &g, digits.train.X,
                    digits.train.y, 0.3, &one.state);
        steps += (digits.train.X.rows + 63) / 64;
    }
    graph_free(&g);
    learner_free(&one);
    parts_free(&digits);
}

/* The largest difference between the gradients of a random network by the
 * graph and by chapter 04. */
static real gradient_difference(activation hidden, task kind, uint64_t seed)
{
    random_state state = random_seed(seed);
    size_t sizes[5], depth = 1 + random_below(&state, 4);
    size_t rows = 1 + random_below(&state, 20);
    for (size_t l = 0; l <= depth; l++)
        sizes[l] = 1 + random_below(&state, 12);
    mlp net = mlp_new(depth, sizes, hidden, kind);
    mlp by_hand = mlp_copy(net), by_graph = mlp_copy(net);
    mlp_init(&net, XAVIER, &state);
    matrix X = normal_matrix(rows, sizes[0], &state);
    matrix y =
        normal_matrix(rows, kind == REGRESSION ? sizes[depth] : 1, &state);
    for (size_t i = 0; kind == CLASSIFICATION && i < rows; i++)
        at(y, i, 0) = random_below(&state, sizes[depth]);

    mlp_cache cache = mlp_cache_new(net, rows);
    mlp_forward(&cache, net, X);
    mlp_backward(&by_hand, &cache, net, y);

    graph g = { 0 };
    graph_backward(&g, graph_mlp(&g, net, by_graph, X, y));
    real difference = largest_difference(by_hand, by_graph);

    graph_free(&g);
    mlp_cache_free(&cache);
    matrix_free(&X);
    matrix_free(&y);
    mlp_free(&net);
    mlp_free(&by_hand);
    mlp_free(&by_graph);
    return difference;
}

static real worst_of(activation hidden, task kind, int seeds)
{
    real worst = 0;
    for (int seed = 0; seed < seeds; seed++) {
        real difference = gradient_difference(hidden, kind, seed);
        if (!(difference <= worst))
            worst = difference;
    }
    return worst;
}

void show_equal(void)
{
    static const char *const names[] = { "identity", "sigmoid", "tanh",
                                         "ReLU" };
    printf("# 50 networks each\tregression\tclassification\n");
    for (activation g = IDENTITY; g <= RELU; g++)
        printf("%-18s\t%10.0e\t%14.0e\n", names[g],
               (double)worst_of(g, REGRESSION, 50),
               (double)worst_of(g, CLASSIFICATION, 50));
}

void show_milestone(void)
{
    parts digits = parts_of_digits(1);
    size_t rows = digits.train.X.rows;
    learner hand = learner_new(rows, 16, 1),
            taped = learner_new(rows, 16, 1);
    graph g = { 0 };
    printf("# epoch\tby hand      \ton the graph\n");
    for (int epoch = 1; epoch <= 10; epoch++) {
        real a = mlp_train_epoch(&hand.net, &hand.memory, digits.train.X,
                                 digits.train.y, 0.3, &hand.state);
        real b = graph_epoch(&taped.net, &taped.memory, &g, digits.train.X,
                             digits.train.y, 0.3, &taped.state);
        if (epoch <= 2 || epoch == 5 || epoch == 10)
            printf("%7d\t%.11f\t%.11f\n", epoch, (double)a, (double)b);
    }
    mlp_score score = mlp_evaluate(taped.net, &taped.memory.cache,
                                   digits.test.X, digits.test.y);
    printf("# of 360 unseen digits right, in percent: %.1f\n",
           100 * (double)score.accuracy);
    graph_free(&g);
    learner_free(&hand);
    learner_free(&taped);
    parts_free(&digits);
}

void show_race(void)
{
    parts digits = parts_of_digits(1);
    size_t rows = digits.train.X.rows;
    printf("# B\tby hand, ms an epoch\ton the graph\tratio\n");
    for (size_t B = 16; B <= 256; B *= 4) {
        learner hand = learner_new(rows, B, 1);
        learner taped = learner_new(rows, B, 1);
        graph g = { 0 };
        double least_hand = INFINITY, least_taped = INFINITY;
        for (int round = 0; round < 15; round++) {
            double start = seconds();
            mlp_train_epoch(&hand.net, &hand.memory, digits.train.X,
                            digits.train.y, 0.1, &hand.state);
            double middle = seconds();
            graph_epoch(&taped.net, &taped.memory, &g, digits.train.X,
                        digits.train.y, 0.1, &taped.state);
            least_hand = fmin(least_hand, middle - start);
            least_taped = fmin(least_taped, seconds() - middle);
        }
        printf("%3zu\t%20.1f\t%12.1f\t%5.2f\n", B, 1e3 * least_hand,
               1e3 * least_taped, least_taped / least_hand);
        graph_free(&g);
        learner_free(&hand);
        learner_free(&taped);
    }
    parts_free(&digits);
}

void claims_of_matrices(void)
{
    real worst = 0;
    for (activation g = IDENTITY; g <= RELU; g++)
        for (task kind = REGRESSION; kind <= CLASSIFICATION; kind++) {
            real one = worst_of(g, kind, 100);
            if (!(one <= worst))
                worst = one;
        }
    claim(worst < 1e-12,
          "800 random networks: graph and chapter 04 agree to %.0e", 1e-12);

    parts digits = parts_of_digits(1);
    size_t rows = digits.train.X.rows;
    int seeds = 20, equal = 0;
    for (int seed = 1; seed <= seeds; seed++) {
        learner hand = learner_new(rows, 64, seed);
        learner taped = learner_new(rows, 64, seed);
        graph g = { 0 };
        for (int epoch = 0; epoch < 2; epoch++) {
            mlp_train_epoch(&hand.net, &hand.memory, digits.train.X,
                            digits.train.y, 0.3, &hand.state);
            graph_epoch(&taped.net, &taped.memory, &g, digits.train.X,
                        digits.train.y, 0.3, &taped.state);
        }
        equal += largest_difference(hand.net, taped.net) < 1e-9;
        graph_free(&g);
        learner_free(&hand);
        learner_free(&taped);
    }
    claim(equal == seeds,
          "digits, two epochs: weights agree to %.0e, for %d of %d seeds",
          1e-9, equal, seeds);

    learner one = learner_new(rows, 64, 1);
    graph g = { 0 };
    size_t before = matrix_count;
    graph_epoch(&one.net, &one.memory, &g, digits.train.X, digits.train.y,
                0.3, &one.state);
    size_t after_one = arena_size(g.memory);
    for (int epoch = 0; epoch < 3; epoch++)
        graph_epoch(&one.net, &one.memory, &g, digits.train.X,
                    digits.train.y, 0.3, &one.state);
    claim(arena_size(g.memory) == after_one && matrix_count == before,
          "the arena is as large after four epochs as after one");
    graph_free(&g);
    learner_free(&one);
    parts_free(&digits);
}
