/* linear.c - W1, linear regression by descent and at once; W2, one neuron
 *
 * California housing, every column standardised; MNIST's ones and sevens.
 */
#include "bench.h"
#include "demo.h"
#include "examples.h"
#include "foundations.h"
#include "linreg.h"
#include "logreg.h"

#include <math.h>
#include <stdio.h>

enum {
    HOUSES = 20640,
    FEATURES = 8,
    STEPS = 1000,
    EPOCHS = 100,
    SOLUTIONS = 20
};
enum { HOUSES_NEAR = 1024, DIGITS_NEAR = 64 }; /* stay in a cache */
static const real house_rate = 0.1, neuron_rate = 0.1;

static matrix X, y;
static linreg model;

static void forget(void)
{
    matrix_free(&X);
    matrix_free(&y);
    linreg_free(&model);
}

/* --- W1 --- */

static void store_houses(const char *name)
{
    (void)name;
    examples houses =
        examples_from_csv("datasets/fetched/california/cal_housing.data",
                          "median_house_value");
    matrix shift = matrix_new(FEATURES, 1), scale = matrix_new(FEATURES, 1);
    standardize_fit(shift, scale, houses.X);
    standardize_apply(houses.X, shift, scale);
    for (size_t i = 0; i < houses.y.rows; i++)
        at(houses.y, i, 0) /= 100000;
    store_matrix("houses.X", houses.X);
    store_matrix("houses.y", houses.y);
    matrix_free(&shift);
    matrix_free(&scale);
    examples_free(&houses);
}

static void prepare_houses(const char *name)
{
    (void)name;
    X = stored_matrix("houses.X", HOUSES, FEATURES);
    y = stored_matrix("houses.y", HOUSES, 1);
    model = linreg_new(FEATURES);
}

/* The mean of the gradients of equal parts is the gradient: so take it part
 * by part, small enough that the second look at one finds it still near. */
static outcome walked(size_t steps, real rate, size_t part,
                      void (*gradient)(linreg *, linreg, matrix, matrix))
{
    linreg grad = linreg_new(X.cols), grad_of_part = linreg_new(X.cols);
    matrix_fill(model.w, 0);
    model.b = 0;
    double start = seconds();
    for (size_t t = 0; t < steps; t++) {
        matrix_fill(grad.w, 0);
        grad.b = 0;
        for (size_t first = 0; first < X.rows; first += part) {
            size_t left = X.rows - first, count = left < part ? left : part;
            gradient(&grad_of_part, model, matrix_rows(X, first, count),
                     matrix_rows(y, first, count));
            linreg_step(&grad, grad_of_part, -(real)count / (real)X.rows);
        }
        linreg_step(&model, grad, rate);
    }
    double took = seconds() - start;
    linreg_free(&grad);
    linreg_free(&grad_of_part);
    return (outcome){ took, NAN, NAN };
}

static double house_loss(void)
{
    matrix yhat = matrix_new(X.rows, 1);
    linreg_predict(yhat, model, X);
    double sum = 0; /* in double whatever real is: others compare */
    for (size_t i = 0; i < y.rows; i++) {
        double error = (double)at(yhat, i, 0) - at(y, i, 0);
        sum += error * error;
    }
    matrix_free(&yhat);
    return sum / (2.0 * y.rows);
}

static outcome walk_to_houses(void)
{
    outcome o = walked(STEPS, house_rate, HOUSES_NEAR, linreg_gradient);
    o.loss = house_loss();
    return o;
}

static outcome solve_houses(void)
{
    double start = seconds();
    for (int k = 0; k < SOLUTIONS; k++)
        linreg_fit_normal(&model, X, y);
    double took = (seconds() - start) / SOLUTIONS;
    return (outcome){ took, house_loss(), NAN };
}

/* --- W2 --- */

static void prepare_neuron(const char *name)
{
    (void)name;
    examples train = examples_of_two(examples_mnist("train"), 1, 7);
    X = train.X;
    y = train.y;
    model = linreg_new(X.cols);
}

static outcome fire(void)
{
    outcome o = walked(EPOCHS, neuron_rate, DIGITS_NEAR, logreg_gradient);
    matrix z = matrix_new(X.rows, 1);
    linreg_predict(z, model, X);
    o.loss = bce_from_logits(z, y);
    logreg_classify(z, z, 0);
    o.accuracy = accuracy(z, y);
    matrix_free(&z);
    return o;
}

const workload linear_workloads[] = {
    { "W1", store_houses, prepare_houses, walk_to_houses, forget },
    { "W1n", store_houses, prepare_houses, solve_houses, forget },
    { "W2", NULL, prepare_neuron, fire, forget },
    { NULL, NULL, NULL, NULL, NULL },
};
