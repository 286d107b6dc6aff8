/* parts.h - the parts of this chapter's demo */
#ifndef PARTS_H
#define PARTS_H

#include "examples.h"
#include "regularization.h"

/* The weights and bias of least squares with L2: X is standardised or
 * nearly so. */
void ridge_fit(linreg *model, matrix X, matrix y, real lambda);
real ridge_loss(linreg model, matrix X,
                matrix y); /* half the mean square */

/* polynomials.c */
void show_fits(void);
void touch_fits(const double *knob);
void show_degrees(void);
void show_split(void);
void show_luck(void);
void show_folds(void);
void claims_of_polynomials(void);

/* weights.c */
void show_hand(void);
void show_shrink(void);
void show_zeros(void);
void claims_of_weights(void);

/* digits.c */
void show_stopping(void);
void show_stopped(void);
void show_dropout(void);
void show_remedies(void);
void show_data(void);
void show_shifted(void);
void show_ensemble(void);
void show_transfer(void);
void show_milestone(void);
void claims_of_digits(void);

/* norms.c */
void show_histograms(void);
void show_deep(void);
void show_alone(void);
void claims_of_norms(void);

/* trace.c */
void show_trace(void);

#endif
