/* functions.c - what a network can draw: spirals, a curve, noise by heart
 */
#include "demo.h"
#include "parts.h"

#include <math.h>
#include <stdio.h>

static const double PI = 3.14159265358979;

/* --- Two spirals --- */

enum { ARM = 100 }; /* points on each */

static examples two_spirals(random_state *state)
{
    examples data = { .X = matrix_new(2 * ARM, 2),
                      .y = matrix_new(2 * ARM, 1) };
    for (size_t i = 0; i < 2 * ARM; i++) {
        real way = (real)(i / 2) / ARM; /* 0 inside, 1 outside */
        real angle = 1.6 * 2 * PI * way + (i % 2) * PI;
        real radius = 0.1 + 0.9 * way;
        at(data.X, i, 0) =
            radius * cos(angle) + 0.02 * random_normal(state);
        at(data.X, i, 1) =
            radius * sin(angle) + 0.02 * random_normal(state);
        at(data.y, i, 0) = i % 2;
    }
    return data;
}

static mlp spiral_network(examples data, activation hidden, uint64_t seed,
                          mlp_score *score)
{
    random_state state = random_seed(seed);
    mlp net =
        mlp_new(3, (size_t[]){ 2, 32, 32, 2 }, hidden, CLASSIFICATION);
    mlp_init(&net, hidden == RELU ? HE : XAVIER, &state);
    mlp_memory memory = mlp_memory_new(net, data.X.rows, 20, 1);
    for (int epoch = 0; epoch < 400; epoch++)
        mlp_train_epoch(&net, &memory, data.X, data.y, 0.1, &state);
    *score = mlp_evaluate(net, &memory.cache, data.X, data.y);
    mlp_memory_free(&memory);
    return net;
}

void show_spirals(void)
{
    enum { STEPS = 121 };
    random_state state = random_seed(1988);
    examples data = two_spirals(&state);
    mlp_score score;
    mlp net = spiral_network(data, RELU, 1, &score);

    printf("# x, y, probability of the second arm\n");
    mlp_cache cache = mlp_cache_new(net, STEPS);
    matrix X = matrix_new(STEPS, 2), P = matrix_new(STEPS, 2);
    for (int row = 0; row < STEPS; row++) {
        for (int k = 0; k < STEPS; k++) {
            at(X, k, 0) = -1.2 + 2.4 * k / (STEPS - 1);
            at(X, k, 1) = -1.2 + 2.4 * row / (STEPS - 1);
        }
        mlp_forward(&cache, net, X);
        softmax(P, cache.A[3]);
        for (int k = 0; k < STEPS; k++)
            printf("%.3f\t%.3f\t%.3f\n", (double)at(X, k, 0),
                   (double)at(X, k, 1), (double)at(P, k, 1));
        printf("\n");
    }
    for (int arm = 0; arm < 2; arm++) {
        printf("\n\n");
        for (size_t i = arm; i < data.X.rows; i += 2)
            printf("%.4f\t%.4f\n", (double)at(data.X, i, 0),
                   (double)at(data.X, i, 1));
    }
    matrix_free(&X);
    matrix_free(&P);
    mlp_cache_free(&cache);
    mlp_free(&net);
    examples_free(&data);
}

void show_spiral(void)
{
    static const activation kinds[] = { IDENTITY, TANH, RELU };
    static const char *const names[] = { "none", "tanh", "ReLU" };
    random_state state = random_seed(1988);
    examples data = two_spirals(&state);
    printf("# activation\tloss  \tright of %d\n", 2 * ARM);
    for (int k = 0; k < 3; k++) {
        mlp_score score;
        mlp net = spiral_network(data, kinds[k], 1, &score);
        printf("%-12s\t%.3f \t%.0f\n", names[k], (double)score.loss,
               (double)score.accuracy * 2 * ARM);
        mlp_free(&net);
    }
    examples_free(&data);
}

/* --- One function --- */

enum { SAMPLES = 101 };

static real curve(real x)
{
    return sin(2 * PI * x) + 0.5 * sin(5 * PI * x);
}

/* tanh units in one hidden layer, trained on the curve; the answers and the
 * largest error. */
static real approximate(size_t width, matrix answers)
{
    random_state state = random_seed(1989);
    matrix X = matrix_new(SAMPLES, 1), y = matrix_new(SAMPLES, 1);
    for (size_t i = 0; i < SAMPLES; i++) {
        real x = (real)i / (SAMPLES - 1);
        at(X, i, 0) = 2 * x - 1;
        at(y, i, 0) = curve(x);
    }
    mlp net = mlp_new(2, (size_t[]){ 1, width, 1 }, TANH, REGRESSION);
    mlp_init(&net, XAVIER, &state);
    /* steep units in different places: each can make a step of its own */
    for (size_t j = 0; j < width; j++) {
        at(net.layers[0].W, j, 0) = 4;
        at(net.layers[0].b, j, 0) = 4 - 8 * (j + 0.5) / width;
    }
    mlp_memory memory = mlp_memory_new(net, SAMPLES, 10, 1);
    for (int epoch = 0; epoch < 3000; epoch++)
        mlp_train_epoch(&net, &memory, X, y, 0.05, &state);

    mlp_cache cache = mlp_cache_new(net, SAMPLES);
    mlp_forward(&cache, net, X);
    real largest = 0;
    for (size_t i = 0; i < SAMPLES; i++) {
        at(answers, i, 0) = at(cache.A[2], i, 0);
        largest = fmax(largest, fabs(at(answers, i, 0) - at(y, i, 0)));
    }
    mlp_cache_free(&cache);
    mlp_memory_free(&memory);
    mlp_free(&net);
    matrix_free(&X);
    matrix_free(&y);
    return largest;
}

static const size_t widths[] = { 2, 4, 12 };

void show_approximation(void)
{
    matrix answers[3];
    for (int k = 0; k < 3; k++) {
        answers[k] = matrix_new(SAMPLES, 1);
        approximate(widths[k], answers[k]);
    }
    printf("# x, the function, with 2, 4 and 12 neurons\n");
    for (size_t i = 0; i < SAMPLES; i++) {
        real x = (real)i / (SAMPLES - 1);
        printf("%.3f\t%.4f", (double)x, (double)curve(x));
        for (int k = 0; k < 3; k++)
            printf("\t%.4f", (double)at(answers[k], i, 0));
        printf("\n");
    }
    for (int k = 0; k < 3; k++)
        matrix_free(&answers[k]);
}

void show_bumps(void)
{
    matrix answers = matrix_new(SAMPLES, 1);
    printf("# neurons\tlargest error\n");
    for (int k = 0; k < 3; k++)
        printf("%9zu\t%13.2f\n", widths[k],
               (double)approximate(widths[k], answers));
    matrix_free(&answers);
}

/* --- Noise, learned by heart --- */

typedef struct {
    matrix X, y;    /* 64 x 1000 and 64 x 10, standard normal */
    layer one, two; /* 1000 -> 100 -> 10, no biases */
    matrix Z, A, S;
} memorizer;

static memorizer memorizer_new(uint64_t seed)
{
    random_state state = random_seed(seed);
    memorizer m = { .X = matrix_new(64, 1000),
                    .y = matrix_new(64, 10),
                    .one = layer_new(1000, 100),
                    .two = layer_new(100, 10),
                    .A = matrix_new(64, 100),
                    .S = matrix_new(64, 10) };
    matrix all[] = { m.X, m.y, m.one.W, m.two.W };
    for (int k = 0; k < 4; k++)
        for (size_t e = 0; e < all[k].rows * all[k].cols; e++)
            all[k].data[e] = random_normal(&state);
    return m;
}

static void memorizer_free(memorizer *m)
{
    layer_free(&m->one);
    layer_free(&m->two);
    matrix *owned[] = { &m->X, &m->y, &m->A, &m->S };
    for (int k = 0; k < 4; k++)
        matrix_free(owned[k]);
}

/* The summed squared error of the answers to X. */
static real memorizer_loss(memorizer *m, matrix X, matrix y)
{
    layer_forward(m->A, m->one, X);
    relu_forward(m->A, m->A);
    layer_forward(m->S, m->two, m->A);
    real sum = 0;
    for (size_t k = 0; k < y.rows * y.cols; k++) {
        real error = m->S.data[k] - y.data[k];
        sum += error * error;
    }
    return sum;
}

/* The loss before each of so many steps at rate 1e-6. */
static void memorize(memorizer *m, matrix losses)
{
    layer g1 = layer_new(1000, 100), g2 = layer_new(100, 10);
    matrix dS = matrix_new(64, 10), dA = matrix_new(64, 100), none = { 0 };
    for (size_t step = 0; step < losses.rows; step++) {
        at(losses, step, 0) = memorizer_loss(m, m->X, m->y);
        for (size_t k = 0; k < 64 * 10; k++)
            dS.data[k] = 2 * (m->S.data[k] - m->y.data[k]);
        layer_backward(dA, &g2, m->two, m->A, dS);
        relu_backward(dA, dA, m->A);
        layer_backward(none, &g1, m->one, m->X, dA);
        for (size_t k = 0; k < 1000 * 100; k++)
            m->one.W.data[k] -= 1e-6 * g1.W.data[k];
        for (size_t k = 0; k < 100 * 10; k++)
            m->two.W.data[k] -= 1e-6 * g2.W.data[k];
    }
    layer_free(&g1);
    layer_free(&g2);
    matrix_free(&dS);
    matrix_free(&dA);
}

enum { STEPS = 501 }; /* 500 steps, and the loss after the last */

void show_memory(void)
{
    memorizer m = memorizer_new(1);
    matrix losses = matrix_new(STEPS, 1);
    memorize(&m, losses);
    printf("# epoch, summed squared error\n");
    for (size_t k = 0; k < STEPS; k++)
        printf("%zu\t%.4g\n", k, (double)at(losses, k, 0));
    matrix_free(&losses);
    memorizer_free(&m);
}

void show_learned(void)
{
    memorizer m = memorizer_new(1), other = memorizer_new(2);
    matrix losses = matrix_new(STEPS, 1);
    real strange = memorizer_loss(&m, other.X, other.y);
    memorize(&m, losses);
    printf("# epoch\tits own noise\tother noise\n");
    printf("%7d\t%12.1e\t%11.1e\n", 0, (double)at(losses, 0, 0),
           (double)strange);
    printf("%7d\t%12.1e\t%11.1e\n", STEPS - 1,
           (double)at(losses, STEPS - 1, 0),
           (double)memorizer_loss(&m, other.X, other.y));
    matrix_free(&losses);
    memorizer_free(&m);
    memorizer_free(&other);
}

void claims_of_functions(void)
{
    random_state state = random_seed(1988);
    examples data = two_spirals(&state);
    int solved = 0, straight = 0;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        mlp_score score;
        mlp net = spiral_network(data, RELU, seed, &score);
        solved += score.accuracy > 0.999;
        mlp_free(&net);
    }
    for (uint64_t seed = 1; seed <= 3; seed++) {
        mlp_score score;
        mlp net = spiral_network(data, IDENTITY, seed, &score);
        straight += score.accuracy > 0.75;
        mlp_free(&net);
    }
    claim(solved == 10, "the spirals are told apart from %d of 10 starts",
          solved);
    claim(straight == 0, "and from %d of 3 without an activation",
          straight);
    examples_free(&data);

    int fell = 0;
    matrix losses = matrix_new(STEPS, 1);
    for (uint64_t seed = 1; seed <= 2; seed++) {
        memorizer m = memorizer_new(seed);
        memorize(&m, losses);
        fell += at(losses, STEPS - 1, 0) < 1e-6 * at(losses, 0, 0);
        memorizer_free(&m);
    }
    claim(fell == 2,
          "noise is learned by heart, loss down by six orders "
          "of magnitude, in %d of 2 runs",
          fell);
    matrix_free(&losses);
}
