/* parts.h - the parts of this chapter's demo */
#ifndef PARTS_H
#define PARTS_H

#include "examples.h"
#include "optimizers.h"

/* The optimizers of this chapter, with the usual settings. */
typedef enum {
    SGD,
    MOMENTUM,
    NESTEROV,
    ADAGRAD,
    ADADELTA,
    RMSPROP,
    ADAM,
    ADAMW,
    OPTIMIZERS
} optimizer;
extern const char *const optimizer_names[OPTIMIZERS];

void optimizer_step(optimizer which, blocks theta, memory *m, blocks grad,
                    real learning_rate);

/* search.c */
void show_budget(void);
void show_chance(void);
void claims_of_search(void);

/* walks.c */
void show_race(void);
void touch_race(const double *knob);
void show_bottom(void);
void show_saddle(void);
void show_cliff(void);
void show_newton(void);
void show_hessians(void);
void claims_of_walks(void);

/* numbers.c */
void show_hand(void);
void show_remembered(void);
void show_beginning(void);
void show_begun(void);
void show_schedules(void);

/* batches.c */
void show_paths(void);
void show_updates(void);
void show_averages(void);
void show_stream(void);
void claims_of_batches(void);

/* digits.c */
void show_digits(void);
void show_milestone(void);
void show_decay(void);
void claims_of_digits(void);

/* workers.c */
void show_workers(void);
void show_quarters(void);

/* trace.c */
void show_trace(void);

#endif
