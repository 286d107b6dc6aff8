/* network.c - one hidden layer, by hand and on XOR */
#include "show.h"

#include "demo.h"

#include <math.h>
#include <stdio.h>

void update(layer *one, layer grad, real learning_rate)
{
    for (size_t k = 0; k < one->W.rows; k++) {
        at(one->b, k, 0) -= learning_rate * at(grad.b, k, 0);
        for (size_t j = 0; j < one->W.cols; j++)
            at(one->W, k, j) -= learning_rate * at(grad.W, k, j);
    }
}

/* ---- A network and its workspace ---- */

static network network_new(size_t hidden,
                           void (*forward)(matrix A, matrix Z),
                           void (*backward)(matrix dZ, matrix dA, matrix A))
{
    return (network){ .hidden = layer_new(2, hidden),
                      .output = layer_new(hidden, 1),
                      .forward = forward,
                      .backward = backward };
}

static void network_free(network *net)
{
    layer_free(&net->hidden);
    layer_free(&net->output);
}

static workspace workspace_new(network net, size_t N)
{
    size_t hidden = net.hidden.W.rows;
    return (workspace){ .A = matrix_new(N, hidden),
                        .dA = matrix_new(N, hidden),
                        .z = matrix_new(N, 1),
                        .dz = matrix_new(N, 1),
                        .hidden = layer_new(2, hidden),
                        .output = layer_new(hidden, 1) };
}

static void workspace_free(workspace *w)
{
    matrix_free(&w->A);
    matrix_free(&w->dA);
    matrix_free(&w->z);
    matrix_free(&w->dz);
    layer_free(&w->hidden);
    layer_free(&w->output);
}

//> network-forward
/* Fill in w.A and w.z; returns the loss. */
static real network_forward(network net, workspace w, matrix X, matrix y)
{
    layer_forward(w.A, net.hidden, X);
    net.forward(w.A, w.A);
    layer_forward(w.z, net.output, w.A);
    return bce_from_logits(w.z, y);
}
//< network-forward

//> network-backward
/* After network_forward: fill in the slopes of all parameters. */
static void network_backward(network net, workspace *w, matrix X, matrix y)
{
    sigmoid_forward(w->dz, w->z);
    for (size_t i = 0; i < y.rows; i++)
        at(w->dz, i, 0) = (at(w->dz, i, 0) - at(y, i, 0)) / y.rows;
    layer_backward(w->dA, &w->output, net.output, w->A, w->dz);
    net.backward(w->dA, w->dA, w->A);
    layer_backward((matrix){ 0 }, &w->hidden, net.hidden, X, w->dA);
}
//< network-backward

static void network_update(network *net, workspace w, real learning_rate)
{
    update(&net->hidden, w.hidden, learning_rate);
    update(&net->output, w.output, learning_rate);
}

/* ---- By hand ---- */

static network hand_network(void)
{
    static const real W[4][2] = {
        { 2, -1 }, { 1, 1 }, { -1, 1 }, { 1, -1 }
    };
    static const real b[] = { 0, -1, 0, 0 }, v[] = { 1, -1, 2, 1 };
    network net = network_new(4, sigmoid_forward, sigmoid_backward);
    for (size_t k = 0; k < 4; k++) {
        at(net.hidden.W, k, 0) = W[k][0];
        at(net.hidden.W, k, 1) = W[k][1];
        at(net.hidden.b, k, 0) = b[k];
        at(net.output.W, 0, k) = v[k];
    }
    at(net.output.b, 0, 0) = -1;
    return net;
}

#define HAND_X MATRIX(1, 2, 1, 2)
#define HAND_Y MATRIX(1, 1, 1)

void show_by_hand(void)
{
    network net = hand_network();
    workspace w = workspace_new(net, 1);
    matrix z = matrix_new(1, 4), dA = matrix_new(1, 4);
    real loss = network_forward(net, w, HAND_X, HAND_Y);
    network_backward(net, &w, HAND_X, HAND_Y);
    layer_forward(z, net.hidden, HAND_X);
    layer_backward(dA, &w.output, net.output, w.A, w.dz);

    printf("# node\t z\t     a\tout w\t      dA\ta(1-a)\t      dZ\t"
           "     dw1\t     dw2\t d out w\n");
    for (size_t k = 0; k < 4; k++) {
        real a = at(w.A, 0, k);
        printf("%6zu\t%2g\t%6.4f\t%5g\t%8.4f\t%6.4f\t%8.4f\t%8.4f\t%8.4f\t"
               "%8.4f\n",
               k + 1, at(z, 0, k), a, at(net.output.W, 0, k), at(dA, 0, k),
               a * (1 - a), at(w.hidden.b, k, 0), at(w.hidden.W, k, 0),
               at(w.hidden.W, k, 1), at(w.output.W, 0, k));
    }
    printf("# out  \t     z\t     p\t   loss\t     dz\n");
    printf("       \t%6.4f\t%6.4f\t%7.4f\t%7.4f\n", at(w.z, 0, 0),
           sigmoid(at(w.z, 0, 0)), loss, at(w.dz, 0, 0));
    matrix_free(&z);
    matrix_free(&dA);
    workspace_free(&w);
    network_free(&net);
}

void show_hand_update(void)
{
    network net = hand_network();
    workspace w = workspace_new(net, 1);
    printf("# step\tout w 1\tout w 2\tout w 3\tout w 4\t  out b\t     p\t"
           "  loss\n");
    for (int step = 0; step <= 2; step++) {
        real loss = network_forward(net, w, HAND_X, HAND_Y);
        printf("%6d", step);
        for (size_t k = 0; k < 4; k++)
            printf("\t%7.4f", at(net.output.W, 0, k));
        printf("\t%7.4f\t%6.4f\t%6.4f\n", at(net.output.b, 0, 0),
               sigmoid(at(w.z, 0, 0)), loss);
        network_backward(net, &w, HAND_X, HAND_Y);
        network_update(&net, w, 0.5);
    }
    workspace_free(&w);
    network_free(&net);
}

/* The largest difference between the slopes in grad and those measured by
 * turning each knob of one a little; count is how many there are. */
static real check_layer(layer one, layer grad, network net, workspace w,
                        matrix X, matrix y, size_t *count)
{
    const real h = 1e-5;
    const matrix knobs[] = { one.W, one.b }, slopes[] = { grad.W, grad.b };
    real worst = 0;
    for (int m = 0; m < 2; m++)
        for (size_t k = 0; k < knobs[m].rows * knobs[m].cols; k++) {
            real *knob = &knobs[m].data[k], kept = *knob;
            *knob = kept + h;
            real above = network_forward(net, w, X, y);
            *knob = kept - h;
            real below = network_forward(net, w, X, y);
            *knob = kept;
            worst = fmax(
                worst, fabs((above - below) / (2 * h) - slopes[m].data[k]));
            ++*count;
        }
    return worst;
}

static real check(network net, matrix X, matrix y, size_t *count)
{
    workspace w = workspace_new(net, X.rows);
    network_forward(net, w, X, y);
    network_backward(net, &w, X, y);
    *count = 0;
    real worst = check_layer(net.hidden, w.hidden, net, w, X, y, count);
    worst =
        fmax(worst, check_layer(net.output, w.output, net, w, X, y, count));
    workspace_free(&w);
    return worst;
}

void show_measured(void)
{
    network net = hand_network();
    size_t count;
    real worst = check(net, HAND_X, HAND_Y, &count);
    printf("# slopes\tall as measured, to 1e-8\n");
    printf("%8zu\t%s\n", count, worst <= 1e-8 ? "yes" : "no");
    network_free(&net);
}

/* ---- XOR ---- */

#define XOR_X MATRIX(4, 2, 0, 0, 0, 1, 1, 0, 1, 1)
#define XOR_Y MATRIX(4, 1, 0, 1, 1, 0)

static size_t right(matrix z, matrix y)
{
    size_t count = 0;
    for (size_t i = 0; i < y.rows; i++)
        count += (at(z, i, 0) > 0) == (at(y, i, 0) > 0);
    return count;
}

/* Two ReLUs, chosen by a person: h1 = max(0, x1 + x2), h2 = max(0, x1 + x2
 * - 1), score h1 - 2 h2. */
void show_bend(void)
{
    network net = network_new(2, relu_forward, relu_backward);
    workspace w = workspace_new(net, 4);
    matrix_fill(net.hidden.W, 1);
    at(net.hidden.b, 1, 0) = -1;
    at(net.output.W, 0, 0) = 1;
    at(net.output.W, 0, 1) = -2;
    network_forward(net, w, XOR_X, XOR_Y);

    printf("#  x1\t  x2\t  h1\t  h2\th1 - 2 h2\tXOR\n");
    for (size_t i = 0; i < 4; i++)
        printf("%5g\t%4g\t%4g\t%4g\t%9g\t%3g\n", at(XOR_X, i, 0),
               at(XOR_X, i, 1), at(w.A, i, 0), at(w.A, i, 1), at(w.z, i, 0),
               at(XOR_Y, i, 0));
    workspace_free(&w);
    network_free(&net);
}

/* Uniform between -limit and limit, Xavier Glorot's choice of the limit. */
static void xavier(layer *one, random_state *state)
{
    real limit = sqrt(6.0 / (one->W.rows + one->W.cols));
    for (size_t k = 0; k < one->W.rows * one->W.cols; k++)
        one->W.data[k] = limit * (2 * random_uniform(state) - 1);
    matrix_fill(one->b, 0);
}

static layer random_single(uint64_t seed)
{
    random_state state = random_seed(seed);
    layer one = layer_new(2, 2);
    for (size_t k = 0; k < 4; k++)
        one.W.data[k] = 2 * random_normal(&state);
    return one;
}

/* What a single layer makes of XOR: 20 lines of descent, and every line of
 * a grid. */
void show_line(void)
{
    static const size_t stations[] = { 1, 10, 100, 1000 };
    matrix losses = matrix_new(1000, 1);
    printf("# start\tafter 1\t     10\t    100\t   1000\n");
    for (uint64_t seed = 1; seed <= 4; seed++) {
        layer one = random_single(seed);
        single_layer_train(&one, losses, XOR_X, XOR_Y, 0.5);
        printf("%7d", (int)seed);
        for (size_t k = 0; k < 4; k++)
            printf("\t%7.4f", at(losses, stations[k] - 1, 0));
        printf("\n");
        layer_free(&one);
    }
    size_t best = 0, lines = 0;
    matrix z = matrix_new(4, 1);
    layer one = layer_new(2, 1);
    for (int a = -12; a <= 12; a++)
        for (int b = -12; b <= 12; b++)
            for (int c = -24; c <= 24; c++) {
                at(one.W, 0, 0) = a / 4.0;
                at(one.W, 0, 1) = b / 4.0;
                at(one.b, 0, 0) = c / 8.0;
                layer_forward(z, one, XOR_X);
                best = right(z, XOR_Y) > best ? right(z, XOR_Y) : best;
                lines++;
            }
    printf("# lines tried\tmost right\n%13zu\t%zu of 4\n", lines, best);
    at(one.W, 0, 0) = at(one.W, 0, 1) = 4;
    at(one.b, 0, 0) = -2;
    layer_forward(z, one, XOR_X);
    printf("# 4 x1 + 4 x2 - 2\t  loss\n%zu of 4 right    \t%.4f\n",
           right(z, XOR_Y), bce_from_logits(z, XOR_Y));
    matrix_free(&losses);
    matrix_free(&z);
    layer_free(&one);
}

/* ---- One layer, two layers ---- */

static const size_t hidden = 8;
static const real tanh_rate = 0.5;
enum { STEPS = 5000, SEEDS = 200 };

/* Walk until all four are right and the loss is below 0.1; returns the
 * number of steps, or STEPS + 1. */
static size_t solve(uint64_t seed)
{
    random_state state = random_seed(seed);
    network net = network_new(hidden, tanh_forward, tanh_backward);
    workspace w = workspace_new(net, 4);
    xavier(&net.hidden, &state);
    xavier(&net.output, &state);
    size_t step = 0;
    for (; step <= STEPS; step++) {
        real loss = network_forward(net, w, XOR_X, XOR_Y);
        if (loss < 0.1 && right(w.z, XOR_Y) == 4)
            break;
        network_backward(net, &w, XOR_X, XOR_Y);
        network_update(&net, w, tanh_rate);
    }
    workspace_free(&w);
    network_free(&net);
    return step;
}

void show_milestone(void)
{
    size_t solved = 0, slowest = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        size_t steps = solve(seed);
        solved += steps <= STEPS;
        slowest = steps > slowest ? steps : slowest;
    }
    printf("# seeds\tsolved\tsteps of the slowest\n");
    printf("%7d\t%6zu\t%20zu\n", SEEDS, solved, slowest);
}

/* The losses of 300 steps, one layer and two, from five starts each. */
void show_xor(void)
{
    enum { SHOWN = 300 };
    for (uint64_t seed = 1; seed <= 5; seed++) {
        layer one = random_single(seed);
        matrix losses = matrix_new(SHOWN, 1);
        matrix Z = matrix_new(4, 2);
        layer_forward(Z, one, XOR_X);
        printf("# step\tone layer, start %d\n", (int)seed);
        printf("0\t%.5f\n", cross_entropy(Z, XOR_Y));
        single_layer_train(&one, losses, XOR_X, XOR_Y, tanh_rate);
        for (size_t step = 0; step < SHOWN; step++)
            printf("%zu\t%.5f\n", step + 1, at(losses, step, 0));
        printf("\n\n");
        matrix_free(&losses);
        matrix_free(&Z);
        layer_free(&one);
    }
    for (uint64_t seed = 1; seed <= 5; seed++) {
        random_state state = random_seed(seed);
        network net = network_new(hidden, tanh_forward, tanh_backward);
        workspace w = workspace_new(net, 4);
        xavier(&net.hidden, &state);
        xavier(&net.output, &state);
        printf("# step\ttwo layers, start %d\n", (int)seed);
        for (int step = 0; step <= SHOWN; step++) {
            printf("%d\t%.5f\n", step,
                   network_forward(net, w, XOR_X, XOR_Y));
            network_backward(net, &w, XOR_X, XOR_Y);
            network_update(&net, w, tanh_rate);
        }
        printf("\n\n");
        workspace_free(&w);
        network_free(&net);
    }
}

/* ---- Symmetry ---- */

enum { ZEROS, HALVES, RANDOM, STARTS };

/* How many of the hidden nodes differ from every node before them. */
static size_t different_nodes(layer one)
{
    size_t count = 0;
    for (size_t k = 0; k < one.W.rows; k++) {
        bool seen = false;
        for (size_t m = 0; m < k; m++)
            seen = seen || (at(one.W, k, 0) == at(one.W, m, 0) &&
                            at(one.W, k, 1) == at(one.W, m, 1));
        count += !seen;
    }
    return count;
}

/* 5,000 steps on XOR with 4 sigmoid nodes; returns the loss. */
static real train_from(int start, size_t *nodes, size_t *correct)
{
    network net = network_new(4, sigmoid_forward, sigmoid_backward);
    workspace w = workspace_new(net, 4);
    random_state state = random_seed(1);
    if (start == HALVES) {
        matrix_fill(net.hidden.W, 0.5);
        matrix_fill(net.output.W, 0.5);
    } else if (start == RANDOM) {
        xavier(&net.hidden, &state);
        xavier(&net.output, &state);
    }
    for (int step = 0; step < STEPS; step++) {
        network_forward(net, w, XOR_X, XOR_Y);
        network_backward(net, &w, XOR_X, XOR_Y);
        network_update(&net, w, 2);
    }
    real loss = network_forward(net, w, XOR_X, XOR_Y);
    *nodes = different_nodes(net.hidden);
    *correct = right(w.z, XOR_Y);
    workspace_free(&w);
    network_free(&net);
    return loss;
}

void show_zeros(void)
{
    static const char *const names[] = { "zeros", "halves", "random" };
    printf("# start\tdifferent nodes\tloss after 5,000\tright\n");
    for (int start = 0; start < STARTS; start++) {
        size_t nodes, correct;
        real loss = train_from(start, &nodes, &correct);
        printf("%-7s\t%15zu\t%16.4f\t%zu of 4\n", names[start], nodes, loss,
               correct);
    }
}

/* ---- Claims ---- */

void claim_network(void)
{
    size_t solved = 0, flat = 0, nodes, correct, count, exact = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++)
        solved += solve(seed) <= STEPS;
    claim(solved == SEEDS, "2-8-1 tanh solves XOR from %d of %d seeds",
          (int)solved, (int)SEEDS);

    matrix losses = matrix_new(1000, 1);
    for (uint64_t seed = 1; seed <= 20; seed++) {
        layer one = random_single(seed);
        single_layer_train(&one, losses, XOR_X, XOR_Y, 0.5);
        flat += fabs(at(losses, 999, 0) - log(2)) <= 1e-6;
        layer_free(&one);
    }
    matrix_free(&losses);
    claim(flat == 20,
          "one layer ends at ln 2 on XOR from %d of 20 "
          "starts",
          (int)flat);
    claim(fabs(train_from(ZEROS, &nodes, &correct) - log(2)) <= 1e-12 &&
              nodes == 1,
          "from zeros, nothing moves");
    train_from(HALVES, &nodes, &correct);
    claim(nodes == 1 && correct < 4, "equal nodes stay equal");

    for (uint64_t seed = 1; seed <= 20; seed++) {
        random_state state = random_seed(seed);
        network net = network_new(7, tanh_forward, tanh_backward);
        xavier(&net.hidden, &state);
        xavier(&net.output, &state);
        exact += check(net, XOR_X, XOR_Y, &count) <= 1e-8;
        network_free(&net);
    }
    claim(exact == 20,
          "backward agrees with differences for %d of 20 "
          "networks",
          (int)exact);
}
