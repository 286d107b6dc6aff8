/* autodiff.h - slopes of whatever was computed
 *
 * Three machines, one chain rule:
 *
 *   dual     a number that carries its slope along: forward mode
 *   tape     a list of numbers that were computed, read backwards
 *   graph    the same list with a matrix in each place
 *
 * Throughout: a, b, x are values; a', b' slopes in one chosen direction;
 * dA, dB, ... slopes of one result in A, B, ..., of their shapes.  n inputs
 * and m outputs; J is the m x n matrix of all slopes.
 *
 * Equations are numbered as in the lesson.
 */
#ifndef AUTODIFF_H
#define AUTODIFF_H

#include "arena.h"
#include "mlp.h"

#include <stdio.h>

/* --- Forward: dual numbers --- */

//> dual
typedef struct {
    real value, slope; /* a and a', for a + a' e  with  e * e = 0 */
} dual;
//< dual

//> dual-arithmetic-contract
/* dual_add - the sum: (a + b) + (a' + b') e                         (5.2)
 */
dual dual_add(dual a, dual b);

/* dual_multiply - the product: a b + (a' b + a b') e                (5.3)
 */
dual dual_multiply(dual a, dual b);

/* dual_divide - the quotient: a / b + (a' b - a b') / b^2 e         (5.4)
 *
 * requires  b.value is not 0
 */
dual dual_divide(dual a, dual b);
//< dual-arithmetic-contract

//> dual-functions-contract
/* dual_exp - the exponential: f(a) + f'(a) a' e                     (5.5)
 */
dual dual_exp(dual a);

/* dual_log - the natural logarithm, by the same rule                (5.5)
 *
 * requires  a.value > 0
 */
dual dual_log(dual a);

/* dual_sin - the sine, by the same rule                             (5.5)
 */
dual dual_sin(dual a);
//< dual-functions-contract

//> jvp-contract
/* A function of n numbers with m results, written for dual numbers. */
typedef void (*dual_function)(dual *results, const dual *x);

/* jvp - how all results change when x moves in one direction
 *
 *     s = J v       J_ki the slope of result k in x_i, at x         (5.6)
 *
 * One call of f, whatever n and m are.
 *
 * out       s, m x 1
 * requires  x and v are n x 1
 */
void jvp(matrix s, dual_function f, matrix x, matrix v);
//< jvp-contract

/* --- Backward: a tape of numbers --- */

//> tape
typedef size_t var; /* the number of a node: its place on the tape */

typedef struct {
    const char *name; /* what made it, "x" or "*"                   */
    real value;       /* what came out                              */
    real grad;        /* slope of the final result in it            */
    int parents;      /* how many values went in: 0, 1 or 2         */
    var parent[2];    /* which; each is earlier on the tape         */
    real slope[2];    /* slope of this value in each of them: local */
} node;

typedef struct {
    node *nodes;
    size_t count, room; /* nodes in use, and nodes there is memory for */
} tape;
//< tape

/* Begin with  tape t = { 0 };  and end with this.  Given. */
void tape_free(tape *t);

/* The value and the gradient of x; given. */
real tape_value(const tape *t, var x);
real tape_grad(const tape *t, var x);

/* A new node that one value went into, or two, with its local slopes;
 * given. */
var tape_from_one(tape *t, const char *name, real value, var a, real slope);
var tape_from_two(tape *t, const char *name, real value, var a,
                  real slope_a, var b, real slope_b);

/* a + b, named "+", with its local slopes: it shows how an operation is
 * written.  Given. */
var tape_add(tape *t, var a, var b);

//> tape-push-contract
/* tape_push - write one node at the end of the tape
 *
 * A full tape gets twice the room: all nodes may move to another place, so
 * nobody keeps a pointer to one; they keep its number.
 *
 * in/out    t: one node more; the others keep what they hold
 * returns   the number of the new node, which is one
 */
var tape_push(tape *t, node one);
//< tape-push-contract

//> tape-operations-contract
/* tape_leaf - a number that nothing went into: an input
 *
 * returns   a node of this name and value, gradient 0, without parents
 */
var tape_leaf(tape *t, const char *name, real value);

/* tape_subtract - a - b, named "-", with its local slopes (5.7) */
var tape_subtract(tape *t, var a, var b);

/* tape_multiply - a b, named "*", with its local slopes (5.7) */
var tape_multiply(tape *t, var a, var b);

/* tape_exp - e^a, named "exp", with its local slope (5.7) */
var tape_exp(tape *t, var a);

/* tape_log - ln a, named "log", with its local slope (5.7)
 *
 * requires  the value of a is > 0
 */
var tape_log(tape *t, var a);

/* tape_tanh - tanh a, named "tanh", with its local slope (5.7) */
var tape_tanh(tape *t, var a);

/* tape_relu - max(0, a), named "relu"; its slope at 0 is 0 (5.7) */
var tape_relu(tape *t, var a);

/* tape_max - the larger one, named "max"; of equals it is a (5.7) */
var tape_max(tape *t, var a, var b);

/* tape_power - a^n for a fixed n, named "power"; a^0 has slope 0 (5.7) */
var tape_power(tape *t, var a, real n);
//< tape-operations-contract

//> tape-backward-contract
/* tape_backward - the slope of one result in every node before it
 *
 *     grad of result = 1
 *     grad of p = sum over nodes c with parent p                    (5.8)
 *                     of (grad of c) * (slope of c in p)
 *
 * Nodes with parents begin at 0 whatever an earlier call left in them.
 * Leaves keep what they hold and get theirs added: the gradients of several
 * results can be summed.  No recursion: a tape may have millions of nodes.
 *
 * in/out    the gradients of the leaves
 * out       the gradients of all other nodes; 0 where the result does not
 *           depend on them
 * requires  result is on the tape
 */
void tape_backward(tape *t, var result);

/* tape_zero_grad - set the gradient of every node 0 */
void tape_zero_grad(tape *t);

/* tape_reset - forget all nodes but the first count, keep the memory
 *
 * Parameters are made once, at the beginning of the tape; each step records
 * behind them and resets to them.
 *
 * requires  there are at least count nodes
 */
void tape_reset(tape *t, size_t count);
//< tape-backward-contract

//> print-dot-contract
/* print_dot - the graph as text that Graphviz draws
 *
 *     digraph tape {
 *       n0 [label="x\n3\n36"];       node 0: name, value, gradient
 *       n1 [label="*\n9\n6"];
 *       n0 -> n1 [label="3"];        n0 went into n1, local slope 3
 *       n0 -> n1 [label="3"];
 *     }
 *
 * A line for each node, after it a line for each of its parents; numbers as
 * %g writes them; \n is a backslash and an n.
 *
 * out       file: the text is written to it
 */
void print_dot(FILE *file, const tape *t);
//< print-dot-contract

//> vjp-contract
/* A function of n numbers with m results, recorded on a tape: x and
 * results are numbers of nodes. */
typedef void (*tape_function)(tape *t, var *results, const var *x);

/* vjp - how the inputs matter to a weighted sum of the results
 *
 *     g^T = u^T J                                                   (5.9)
 *
 * One call of f and one way back, whatever n and m are.
 *
 * out       g, n x 1
 * requires  x is n x 1,  u is m x 1
 */
void vjp(matrix g, tape_function f, matrix x, matrix u);
//< vjp-contract

//> tape-gradient-check-contract
/* tape_gradient_check - do f's gradient on the tape and its slope agree?
 *
 * f has one result.  Each input is moved by h to both sides (4.10); the
 * error of each slope is (4.11).
 *
 * returns   the largest error; not a number if one of the errors is not
 * requires  x is n x 1,  h > 0
 */
real tape_gradient_check(tape_function f, matrix x, real h);
//< tape-gradient-check-contract

/* --- Backward: a graph of matrices --- */

//> graph
typedef struct graph graph;

typedef struct {
    matrix value;
    matrix grad;   /* of value's shape; 0 x 0: nobody needs it */
    var parent[2]; /* the second may be the first, if there is one */
    void (*backward)(graph *g, var self); /* hands grad on; NULL: a leaf */
    real factor;                          /* of graph_scale */
    activation bend;                      /* of graph_activate */
    orientation turned;                   /* B, in graph_product */
} matrix_node;

struct graph {
    matrix_node *nodes;
    size_t count, room;
    arena memory; /* of all values and gradients but the leaves' */
};
//< graph

/* Begin with  graph g = { 0 };  and end with this.  Given. */
void graph_free(graph *g);

/* A leaf borrows its matrices: a parameter its value and the place for its
 * gradient, data only a value, with  NO_MATRIX  for the gradient.  Given.
 */
#define NO_MATRIX ((matrix){ 0 })
var graph_leaf(graph *g, matrix value, matrix grad);

/* Forget all nodes and keep the memory for the next step; given. */
void graph_reset(graph *g);

/* Set the gradients of the leaves 0; given. */
void graph_zero_grad(graph *g);

/* A - B and factor A: they show how an operation is written.  Given. */
var graph_subtract(graph *g, var A, var B);
var graph_scale(graph *g, var A, real factor);

/* into += op(A) op(B), for products on the way back; given. */
void graph_add_product(graph *g, matrix into, matrix A, orientation A_is,
                       matrix B, orientation B_is);

//> graph-operations-contract
/* Each of these adds a node, computes its value, and says how its gradient
 * dC goes back: it is added to the gradients of those that have one. */

/* graph_product - C = A op(B), op(B) being B, or B^T if TRANSPOSED
 *
 *     dA += dC op(B)^T                                             (5.10)
 *     dB += A^T dC,   or  dC^T A  if TRANSPOSED
 *
 * requires  A is r x k,  op(B) is k x s
 */
var graph_product(graph *g, var A, var B, orientation B_is);

/* graph_add_row - C = A + 1 b^T: b added to every row
 *
 *     dA += dC,   db += dC^T 1                                     (5.11)
 *
 * requires  A is r x s,  b is s x 1
 */
var graph_add_row(graph *g, var A, var b);

/* graph_activate - C = f(A), element by element
 *
 *     dA += dC * f'(A)       from the stored C, as in chapter 03   (5.12)
 */
var graph_activate(graph *g, activation f, var A);

/* graph_hadamard - C_ij = A_ij B_ij
 *
 *     dA_ij += dC_ij B_ij,   dB_ij += dC_ij A_ij                   (5.13)
 *
 * B may be A.
 *
 * requires  A and B have the same shape
 */
var graph_hadamard(graph *g, var A, var B);

/* graph_sum - c = sum of all A_ij, a 1 x 1 matrix
 *
 *     dA_ij += dc                                                  (5.14)
 */
var graph_sum(graph *g, var A);

/* graph_mean - c = the mean of all A_ij, a 1 x 1 matrix
 *
 *     dA_ij += dc / (r s)                                          (5.14)
 *
 * requires  A is r x s, not empty
 */
var graph_mean(graph *g, var A);

/* graph_transpose - C = A^T
 *
 *     dA += dC^T                                                   (5.15)
 */
var graph_transpose(graph *g, var A);

/* graph_softmax_cross_entropy - c = the loss (3.11), a 1 x 1 matrix
 *
 *     dZ += dc (P - Y) / N                                         (5.16)
 *
 * No gradient goes to y.
 *
 * requires  Z is N x K,  y is N x 1 of 0 ... K - 1,  N > 0
 */
var graph_softmax_cross_entropy(graph *g, var Z, var y);
//< graph-operations-contract

//> graph-backward-contract
/* graph_backward - the slope of one number in every node that asks for it
 *
 * (5.8), with matrices.  As on the tape: nodes that are no leaves begin at
 * 0, leaves get theirs added.
 *
 * requires  result is 1 x 1 and on the graph
 */
void graph_backward(graph *g, var result);
//< graph-backward-contract

//> record-contract
/* graph_mlp - record chapter 04's network, forward, up to its loss
 *
 *     (4.1), (4.2) and (4.3) or (4.4)
 *
 * The parameters are leaves that borrow from net, their gradients from
 * grad; X and y are leaves without gradient.  For regression the loss is
 * made of graph_subtract, graph_hadamard, graph_mean and graph_scale.
 *
 * returns   the number of the loss
 * requires  grad has the sizes of net,  X is N x n_0,  N > 0
 */
var graph_mlp(graph *g, mlp net, mlp grad, matrix X, matrix y);
//< record-contract

#endif
