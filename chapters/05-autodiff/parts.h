/* parts.h - the parts of this chapter's demo */
#ifndef PARTS_H
#define PARTS_H

#include "autodiff.h"
#include "examples.h"

/* forward.c */
void show_symbolic(void);
void show_rules(void);
void show_jacobian(void);
void show_newton(void);

/* tapes.c */
void show_worked(void);
void show_graph(void);
void show_flow(void);
void show_diamond(void);
void show_dot(void);
void show_chain(void);
void show_cost(void);
void show_costs(void);
void show_times(void);
void show_kinks(void);
void claims_of_tapes(void);

/* moons.c */
void show_moons(void);
void touch_moons(const double *knob);
void show_training(void);
void claims_of_moons(void);

/* matrices.c */
void show_two_layers(void);
void show_memory(void);
void show_equal(void);
void show_milestone(void);
void show_race(void);
void claims_of_matrices(void);

/* trace.c */
void show_trace(void);

#endif
