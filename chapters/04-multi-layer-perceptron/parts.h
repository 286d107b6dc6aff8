/* parts.h - the parts of this chapter's demo */
#ifndef PARTS_H
#define PARTS_H

#include "examples.h"
#include "mlp.h"

/* worked.c */
void show_shapes(void);
void show_forward(void);
void show_backward(void);
void show_step(void);
void show_check(void);

/* depth.c */
void show_signal(void);
void show_slopes(void);

/* digits.c */
void show_epochs(void);
void show_curves(void);
void show_batches(void);
void show_weights(void);
void show_milestone(void);
void show_train(void);
void show_ask(void);
void show_mnist(void);
void claims_of_digits(void);

/* functions.c */
void show_spirals(void);
void show_spiral(void);
void show_approximation(void);
void show_bumps(void);
void show_memory(void);
void show_learned(void);
void claims_of_functions(void);

/* saved.c */
void show_bytes(void);
void show_damage(void);
void claims_of_saved(void);

/* speed.c */
void show_flops(void);
void show_orders(void);
void show_throughput(void);
void show_threads(void);

/* trace.c */
void show_trace(void);
void show_frameworks(void);

#endif
