/* show.h - the words of this chapter's demo, by the file they stand in
 */
#ifndef SHOW_H
#define SHOW_H

#include "layer.h"
#include "random.h"

/* activations.c */
void show_zoo(void);
void show_edges(void);
void show_vanish(void);
void show_collapse(void);
void show_relu_bug(void);
void show_sigmoid_bug(void);

/* scores.c */
void show_softmax(void);
void show_overflow(void);
void show_temperature(void);
void show_cost(void);
void show_floor(void);
void show_kl(void);
void show_jacobian(void);
void show_slopes(void);
void show_hinge(void);

/* real.c */
void show_iris(void);
void show_boundaries(void);
void show_mean_bug(void);
void show_digits(void);
void show_weights(void);
void show_splits(void);
void claim_iris(void);
void claim_digits(void);

/* network.c */
void show_bend(void);
void show_by_hand(void);
void show_hand_update(void);
void show_measured(void);
void show_zeros(void);
void show_line(void);
void show_xor(void);
void show_milestone(void);
void claim_network(void);

/* seeds.c */
void show_seeds(void);
void show_many(void);
void show_dead(void);

/* Two layers in a row, and how the first one bends. */
typedef struct {
    layer hidden, output;
    void (*forward)(matrix A, matrix Z);
    void (*backward)(matrix dZ, matrix dA, matrix A);
} network;

/* What training a network on some examples needs to remember. */
typedef struct {
    matrix A, dA; /* N x hidden: what the hidden layer says, and slopes */
    matrix z, dz; /* N x 1: the scores, and slopes                      */
    layer hidden, output; /* slopes of the parameters                  */
} workspace;

/* one <- one - learning_rate * grad */
void update(layer *one, layer grad, real learning_rate);

/* trace.c */
void show_trace(void);

#endif
