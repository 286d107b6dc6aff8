/* moons.c - a network made of single numbers */
#include "demo.h"
#include "parts.h"

#include <math.h>
#include <stdio.h>

enum { POINTS = 100, HIDDEN = 8, STEPS = 300 };
enum { PARAMETERS = HIDDEN * 3 + HIDDEN + 1 };

/* Two half circles that reach into each other, with a little noise. */
static examples two_moons(random_state *state)
{
    examples moons = { matrix_new(POINTS, 2), matrix_new(POINTS, 1) };
    for (size_t i = 0; i < POINTS; i++) {
        real angle = acos(-1) * random_uniform(state);
        bool lower = i % 2;
        real x = lower ? 1 - cos(angle) : cos(angle);
        real y = lower ? 0.5 - sin(angle) : sin(angle);
        at(moons.X, i, 0) = x + 0.1 * random_normal(state);
        at(moons.X, i, 1) = y + 0.1 * random_normal(state);
        at(moons.y, i, 0) = lower;
    }
    return moons;
}

//> neuron
/* The score of a 2 - 8 - 1 network for one point.  Its 33 parameters are
 * the first leaves of the tape. */
static var score_of(tape *t, real x1, real x2)
{
    var in1 = tape_leaf(t, "x1", x1), in2 = tape_leaf(t, "x2", x2);
    var w = 0; /* the next parameter */
    var score = PARAMETERS - 1;
    for (int j = 0; j < HIDDEN; j++) {
        var z = tape_add(t, tape_multiply(t, w, in1),
                         tape_multiply(t, w + 1, in2));
        var a = tape_tanh(t, tape_add(t, z, w + 2));
        score = tape_add(t, score, tape_multiply(t, w + 3, a));
        w += 4;
    }
    return score;
}

/* The surprise ln(1 + e^-z) if the answer is 1, and ln(1 + e^z) if not. */
static var surprise(tape *t, var z, bool is_one)
{
    var sign = tape_leaf(t, "sign", is_one ? -1 : 1);
    var one = tape_leaf(t, "1", 1);
    return tape_log(
        t, tape_add(t, one, tape_exp(t, tape_multiply(t, sign, z))));
}
//< neuron

//> moons-step
/* One step of gradient descent on all points; returns the loss before. */
static real moons_step(tape *t, examples moons, real learning_rate)
{
    var sum = tape_leaf(t, "0", 0);
    for (size_t i = 0; i < moons.X.rows; i++) {
        var z = score_of(t, at(moons.X, i, 0), at(moons.X, i, 1));
        sum = tape_add(t, sum, surprise(t, z, at(moons.y, i, 0) == 1));
    }
    var loss = tape_multiply(t, sum, tape_leaf(t, "1/N", 1.0 / POINTS));
    real value = tape_value(t, loss);

    tape_zero_grad(t);
    tape_backward(t, loss);
    for (size_t p = 0; p < PARAMETERS; p++)
        t->nodes[p].value -= learning_rate * t->nodes[p].grad;
    tape_reset(t, PARAMETERS);
    return value;
}
//< moons-step

static tape moons_network(random_state *state)
{
    tape t = { 0 };
    for (int p = 0; p < PARAMETERS; p++)
        tape_leaf(&t, "w", random_normal(state));
    return t;
}

static real score_at(tape *t, real x1, real x2)
{
    real z = tape_value(t, score_of(t, x1, x2));
    tape_reset(t, PARAMETERS);
    return z;
}

static size_t right_of(tape *t, examples moons)
{
    size_t right = 0;
    for (size_t i = 0; i < POINTS; i++)
        right += (score_at(t, at(moons.X, i, 0), at(moons.X, i, 1)) > 0) ==
                 (at(moons.y, i, 0) == 1);
    return right;
}

void show_moons(void)
{
    random_state state = random_seed(1);
    examples moons = two_moons(&state);
    tape t = moons_network(&state);
    for (int step = 0; step < STEPS; step++)
        moons_step(&t, moons, 1);

    printf("# x1, x2, score\n");
    for (int i = 0; i <= 60; i++) {
        for (int j = 0; j <= 45; j++) {
            real x1 = -1.5 + 4 * i / 60.0, x2 = -1.2 + 3 * j / 45.0;
            printf("%.4f\t%.4f\t%.4f\n", (double)x1, (double)x2,
                   (double)score_at(&t, x1, x2));
        }
        printf("\n");
    }
    for (int kind = 0; kind < 2; kind++) {
        printf("\n# the points of moon %d\n", kind);
        for (size_t i = 0; i < POINTS; i++)
            if (at(moons.y, i, 0) == kind)
                printf("%.4f\t%.4f\n", (double)at(moons.X, i, 0),
                       (double)at(moons.X, i, 1));
        printf("\n");
    }
    tape_free(&t);
    examples_free(&moons);
}

/* What was learned after each step, so that time can go backwards. */
static real learned[STEPS + 1][PARAMETERS];
static int learned_steps = -1;
static double learned_at = -1; /* which learning rate */

static void remember(tape *t, int step)
{
    for (int p = 0; p < PARAMETERS; p++)
        learned[step][p] = t->nodes[p].value;
}

/* The network after so many steps. */
static tape network_after(examples moons, random_state *state, int step,
                          double rate)
{
    tape t = moons_network(state);
    if (rate != learned_at) {
        remember(&t, 0);
        learned_at = rate;
        learned_steps = 0;
    }
    int from = step < learned_steps ? step : learned_steps;
    for (int p = 0; p < PARAMETERS; p++)
        t.nodes[p].value = learned[from][p];
    for (; learned_steps < step; learned_steps++) {
        moons_step(&t, moons, rate);
        remember(&t, learned_steps + 1);
    }
    return t;
}

/* Knobs: the steps, and the learning rate. */
void touch_moons(const double *knob)
{
    enum { COLUMNS = 61, ROWS = 41 };
    static double score[ROWS * COLUMNS];
    random_state state = random_seed(1);
    examples moons = two_moons(&state);
    int step = knob[0] < 0 ? 0 : knob[0] > STEPS ? STEPS : (int)knob[0];
    tape t = network_after(moons, &state, step, knob[1]);
    for (int i = 0; i < ROWS; i++)
        for (int j = 0; j < COLUMNS; j++)
            score[i * COLUMNS + j] =
                score_at(&t, -1.5 + 4.0 * j / (COLUMNS - 1),
                         -1 + 2.5 * i / (ROWS - 1));
    touch_contour(score, COLUMNS, ROWS, -1.5, 2.5, -1, 1.5);
    touch_number(0);
    touch_number(step);
    touch_number(right_of(&t, moons));
    touch_number(moons_step(&t, moons, 0));
    tape_free(&t);
    examples_free(&moons);
}

void show_training(void)
{
    random_state state = random_seed(1);
    examples moons = two_moons(&state);
    tape t = moons_network(&state);
    printf("# step\tloss  \tright of 100\n");
    for (int step = 0; step <= STEPS; step++) {
        if (step == 0 || step == 10 || step == 100 || step == STEPS) {
            size_t right = right_of(&t, moons);
            printf("%6d\t%.4f\t%12zu\n", step,
                   (double)moons_step(&t, moons, 0), right);
        }
        moons_step(&t, moons, 1);
    }
    surprise(&t, score_of(&t, 0, 0), true);
    printf("# nodes for one point: %zu, for a step: %zu\n",
           t.count - PARAMETERS,
           PARAMETERS + (t.count - PARAMETERS + 1) * POINTS + 3);
    tape_free(&t);
    examples_free(&moons);
}

void claims_of_moons(void)
{
    int seeds = 20, all = 0;
    size_t least = POINTS;
    for (int seed = 1; seed <= seeds; seed++) {
        random_state state = random_seed(seed);
        examples moons = two_moons(&state);
        tape t = moons_network(&state);
        for (int step = 0; step < STEPS; step++)
            moons_step(&t, moons, 1);
        size_t right = right_of(&t, moons);
        all += right >= 97;
        if (right < least)
            least = right;
        tape_free(&t);
        examples_free(&moons);
    }
    claim(all == seeds,
          "two moons: at least %zu of 100 points right, for %d of %d seeds",
          least, all, seeds);
}
