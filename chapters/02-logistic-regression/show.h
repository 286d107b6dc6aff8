/* show.h - what the files of this demo share
 *
 * Run the demo from the top folder of the course: it reads datasets/.  The
 * learning is done by the functions of logreg.h, so linked with your file
 * it shows your work.  All of it is the same on every machine, except
 * timing and mnist, which no page quotes.
 */
#ifndef SHOW_H
#define SHOW_H

#include "logreg.h"

#include "examples.h"
#include "random.h"

/* One hundred applicants for a loan: income and debt, in 10,000 euros, and
 * whether they paid back, 1 or -1.  Either a line separates the two kinds,
 * or they overlap. */
examples loans(bool separable, uint64_t seed);

/* The hours of section 2.5, and who passed. */
examples hours(void);

/* Labels -1 and 1 become 0 and 1. */
void zero_or_one(matrix y);

/* The share of examples on the right side of the model's boundary, whether
 * label 0 or label -1 is on its other side. */
real share_right(linreg model, examples data);

/* The loss (2.10) of the model; labels 0 and 1. */
real loss_of(linreg model, examples data);

/* Steps whose losses nobody asks for. */
void walk(linreg *model, examples data, size_t steps, real rate);

/* Rows of data in a random order, the first ones to train. */
void deal(examples *train, examples *test, examples data, size_t training,
          uint64_t seed);

/* loans.c */
void show_perceptron(void);
void show_passes(void);
void show_updates(void);
void show_pushes(void);
void touch_pushes(const double *knob);
void show_turning(void);
void touch_turning(const double *knob);
void show_counter(void);
void show_forever(void);
void claim_loans(void);

/* costs.c */
void show_odds(void);
void show_sigmoid(void);
void show_wrong(void);
void show_cost(void);
void show_extremes(void);
void show_bce(void);
void show_gradient(void);
void show_step(void);
void show_stuck(void);
void show_margins(void);
void show_hinge(void);
void show_ways(void);
void show_timing(void);
void claim_costs(void);

/* people.c */
void show_people(void);
void show_titanic(void);
void show_thresholds(void);
void show_two(void);
void show_counted(void);
void show_roc(void);
void show_auc(void);

/* digits.c */
void show_digits(void);
void show_mnist(void);
void claim_digits(void);

/* trace.c */
void show_trace(void);

#endif
