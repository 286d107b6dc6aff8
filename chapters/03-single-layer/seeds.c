/* seeds.c - XOR from many starts, in a hurry
 *
 * The same networks as in network.c, sixteen kinds times 200 seeds times up
 * to 5,000 steps: written out in plain arrays, because for so small a
 * network the bookkeeping of matrices would cost more than the arithmetic.
 */
#include "show.h"

#include <math.h>
#include <stdio.h>

enum { WIDEST = 16, STEPS = 5000, SEEDS = 200, MANY = 10000 };
enum { TANH, SIGMOID, RELU, NOTHING, KINDS };

static const char *const names[] = { "tanh", "sigmoid", "ReLU", "nothing" };
static const real rates[] = { 0.5, 2, 0.5, 0.5 };

/* A net of two inputs, hidden nodes, one output. */
typedef struct {
    int kind;
    size_t hidden;
    real w0[WIDEST], w1[WIDEST], b[WIDEST], v[WIDEST], c;
} small_net;

static const real x0[] = { 0, 0, 1, 1 }, x1[] = { 0, 1, 0, 1 };
static const real label[] = { 0, 1, 1, 0 };

/* Xavier uniform; He normal before a ReLU. */
static void start(small_net *net, uint64_t seed)
{
    random_state state = random_seed(seed);
    real limit = sqrt(6.0 / (2 + net->hidden));
    real limit_v = sqrt(6.0 / (net->hidden + 1));
    bool he = net->kind == RELU;
    for (size_t h = 0; h < net->hidden; h++) {
        net->w0[h] = he ? random_normal(&state)
                        : limit * (2 * random_uniform(&state) - 1);
        net->w1[h] = he ? random_normal(&state)
                        : limit * (2 * random_uniform(&state) - 1);
        net->b[h] = 0;
    }
    for (size_t h = 0; h < net->hidden; h++)
        net->v[h] = he ? sqrt(2.0 / net->hidden) * random_normal(&state)
                       : limit_v * (2 * random_uniform(&state) - 1);
    net->c = 0;
}

static real bent(int kind, real z)
{
    return kind == TANH      ? tanh(z)
           : kind == SIGMOID ? 1 / (1 + exp(-z))
           : kind == RELU    ? fmax(z, 0)
                             : z;
}

static real slope(int kind, real a)
{
    return kind == TANH      ? 1 - a * a
           : kind == SIGMOID ? a * (1 - a)
           : kind == RELU    ? a > 0
                             : 1;
}

/* Forward; fills in a and dz, returns the loss, counts what is right. */
static real look(small_net *net, real a[4][WIDEST], real *dz, int *right)
{
    real loss = 0;
    *right = 0;
    for (int i = 0; i < 4; i++) {
        real z = net->c;
        for (size_t h = 0; h < net->hidden; h++) {
            a[i][h] = bent(net->kind, net->w0[h] * x0[i] +
                                          net->w1[h] * x1[i] + net->b[h]);
            z += net->v[h] * a[i][h];
        }
        real p = 1 / (1 + exp(-z));
        loss -= log(label[i] > 0 ? p : 1 - p) / 4;
        *right += (z > 0) == (label[i] > 0);
        dz[i] = (p - label[i]) / 4;
    }
    return loss;
}

static void step(small_net *net, real a[4][WIDEST], const real *dz)
{
    real rate = rates[net->kind];
    for (size_t h = 0; h < net->hidden; h++) {
        real dv = 0, dw0 = 0, dw1 = 0, db = 0;
        for (int i = 0; i < 4; i++) {
            real d = dz[i] * net->v[h] * slope(net->kind, a[i][h]);
            dv += dz[i] * a[i][h];
            dw0 += d * x0[i];
            dw1 += d * x1[i];
            db += d;
        }
        net->v[h] -= rate * dv;
        net->w0[h] -= rate * dw0;
        net->w1[h] -= rate * dw1;
        net->b[h] -= rate * db;
    }
    for (int i = 0; i < 4; i++)
        net->c -= rate * dz[i];
}

/* Descend until XOR is solved; a holds what the hidden nodes said last. */
static bool solves(int kind, size_t hidden, uint64_t seed,
                   real a[4][WIDEST])
{
    small_net net = { .kind = kind, .hidden = hidden };
    real dz[4];
    int right;
    start(&net, seed);
    for (int t = 0; t <= STEPS; t++) {
        if (look(&net, a, dz, &right) < 0.1 && right == 4)
            return true;
        step(&net, a, dz);
    }
    return false;
}

static int solved(int kind, size_t hidden, int seeds)
{
    int count = 0;
    real a[4][WIDEST];
    for (int seed = 1; seed <= seeds; seed++)
        count += solves(kind, hidden, (uint64_t)seed, a);
    return count;
}

void show_seeds(void)
{
    printf("# hidden\t rate\t  2\t  4\t  8\t 16\n");
    for (int kind = 0; kind < KINDS; kind++) {
        printf("%-8s\t%5g", names[kind], rates[kind]);
        for (size_t hidden = 2; hidden <= WIDEST; hidden *= 2)
            printf("\t%3d", solved(kind, hidden, SEEDS));
        printf("\n");
    }
}

/* How many of many seeds a network solves, and how probable it is that it
 * solves 200 in a row. */
void show_many(void)
{
    printf("# hidden\tof %d seeds\tall of 200\n", MANY);
    for (size_t hidden = 4; hidden <= 8; hidden *= 2) {
        int count = solved(TANH, hidden, MANY);
        printf("%8zu\t%14d\t%10.2f\n", hidden, count,
               pow((real)count / MANY, SEEDS));
    }
}

/* Of the ReLU networks that fail, how many hold a unit that is off for all
 * four points. */
void show_dead(void)
{
    printf("# hidden\tfailed\twith a dead unit\n");
    for (size_t hidden = 2; hidden <= 8; hidden *= 2) {
        int failed = 0, with_dead = 0;
        for (uint64_t seed = 1; seed <= SEEDS; seed++) {
            real a[4][WIDEST];
            if (solves(RELU, hidden, seed, a))
                continue;
            bool dead = false;
            for (size_t h = 0; h < hidden; h++)
                dead = dead || a[0][h] + a[1][h] + a[2][h] + a[3][h] == 0;
            failed++;
            with_dead += dead;
        }
        printf("%8zu\t%6d\t%16d\n", hidden, failed, with_dead);
    }
}
