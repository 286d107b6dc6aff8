/* scalars.c - W6: chapter 05's tape of numbers, one step of a network
 * 2-16-16-1 with tanh on 100 points, the loss half the mean squared error
 */
#include "autodiff.h"
#include "bench.h"
#include "demo.h"

#include <math.h>

enum { POINTS = 100, WIDTH = 16, STEPS = 10, SEED = 6 };
enum { PARAMETERS = WIDTH * 3 + WIDTH * (WIDTH + 1) + WIDTH + 1 };
static const real rate = 0.1;

static matrix X, y, first;
static tape t;

static void store(const char *name)
{
    (void)name;
    random_state state = random_seed(SEED);
    matrix X6 = normal_matrix(POINTS, 2, &state);
    matrix y6 = matrix_new(POINTS, 1);
    matrix theta = normal_matrix(PARAMETERS, 1, &state);
    for (size_t i = 0; i < POINTS; i++)
        at(y6, i, 0) = at(X6, i, 0) * at(X6, i, 1) > 0 ? 1 : -1;
    for (size_t k = 0; k < PARAMETERS; k++)
        at(theta, k, 0) *= 0.3;
    store_matrix("W6.X", X6);
    store_matrix("W6.y", y6);
    store_matrix("W6.theta", theta);
    matrix_free(&X6);
    matrix_free(&y6);
    matrix_free(&theta);
}

static void prepare(const char *name)
{
    (void)name;
    X = stored_matrix("W6.X", POINTS, 2);
    y = stored_matrix("W6.y", POINTS, 1);
    first = stored_matrix("W6.theta", PARAMETERS, 1);
}

static void forget(void)
{
    matrix_free(&X);
    matrix_free(&y);
    matrix_free(&first);
    tape_free(&t);
}

/* For each neuron of a layer its weights, then its bias; theta is the place
 * of the first of them. */
static size_t neurons(var *out, size_t count, const var *in, size_t inputs,
                      size_t theta, bool bends)
{
    for (size_t j = 0; j < count; j++) {
        var sum = theta + inputs; /* the bias */
        for (size_t k = 0; k < inputs; k++)
            sum = tape_add(&t, sum, tape_multiply(&t, theta + k, in[k]));
        out[j] = bends ? tape_tanh(&t, sum) : sum;
        theta += inputs + 1;
    }
    return theta;
}

/* Example i's share of the loss, on a tape whose first nodes are the
 * parameters. */
static var share_of(size_t i)
{
    var in[2] = { tape_leaf(&t, "x", at(X, i, 0)),
                  tape_leaf(&t, "x", at(X, i, 1)) };
    var one[WIDTH], two[WIDTH], out;
    size_t theta = neurons(one, WIDTH, in, 2, 0, true);
    theta = neurons(two, WIDTH, one, WIDTH, theta, true);
    neurons(&out, 1, two, WIDTH, theta, false);
    var error = tape_subtract(&t, out, tape_leaf(&t, "y", at(y, i, 0)));
    return tape_multiply(&t, tape_multiply(&t, error, error),
                         tape_leaf(&t, "1/2N", 0.5 / POINTS));
}

/* The loss.  The tape is used anew for each example, short enough to stay
 * near; gradients of parameters add up. */
static double pass(bool backward)
{
    double loss = 0;
    for (size_t i = 0; i < X.rows; i++) {
        var share = share_of(i);
        loss += tape_value(&t, share);
        if (backward)
            tape_backward(&t, share);
        tape_reset(&t, PARAMETERS);
    }
    return loss;
}

static outcome run(void)
{
    tape_reset(&t, 0);
    for (size_t k = 0; k < PARAMETERS; k++)
        tape_leaf(&t, "theta", at(first, k, 0));
    double start = seconds();
    for (int step = 0; step < STEPS; step++) {
        pass(true);
        for (size_t k = 0; k < PARAMETERS; k++)
            t.nodes[k].value -= rate * t.nodes[k].grad;
        tape_zero_grad(&t);
    }
    double took = (seconds() - start) / STEPS;
    return (outcome){ took, pass(false), NAN };
}

const workload scalar_workloads[] = {
    { "W6", store, prepare, run, forget },
    { NULL, NULL, NULL, NULL, NULL },
};
