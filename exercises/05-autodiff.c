/* Replace each todo() with your own code, then type:  make 05
 *
 * The contract of each function is in the header named below; the
 * lesson says how to get there.  This is the only file to change.
 */
/* 05 - Autodiff.
 * Lesson: chapters/05-autodiff/lesson.md
 * Contract: chapters/05-autodiff/autodiff.h
 */
#include "autodiff.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- Forward: dual numbers --- */

dual dual_add(dual a, dual b)
{
    /* Add two dual numbers, (5.2). */
    todo();
}

dual dual_multiply(dual a, dual b)
{
    /* Multiply them, (5.3). */
    todo();
}

dual dual_divide(dual a, dual b)
{
    require(b.value != 0);

    /* Divide a by b, (5.4). */
    todo();
}

dual dual_exp(dual a)
{
    /* The exponential and its slope, (5.5). */
    todo();
}

dual dual_log(dual a)
{
    require(a.value > 0);

    /* The logarithm and its slope, (5.5). */
    todo();
}

dual dual_sin(dual a)
{
    /* The sine and its slope, (5.5). */
    todo();
}

static void *array_new(size_t count, size_t size)
{
    void *array = calloc(count, size);
    if (array == NULL)
        stop(NO_MEMORY, HERE, "no memory");
    return array;
}

void jvp(matrix s, dual_function f, matrix x, matrix v)
{
    require(v.rows == x.rows && x.cols == 1 && v.cols == 1, x, v);
    require(s.cols == 1, s);
    dual *in = array_new(x.rows, sizeof *in);
    dual *results = array_new(s.rows, sizeof *results);

    /* Give every input its value and slope, call f, and read s (5.6). */
    todo();
    free(in);
    free(results);
}

/* --- Backward: a tape of numbers --- */

void tape_free(tape *t)
{
    free(t->nodes);
    *t = (tape){ 0 };
}

real tape_value(const tape *t, var x)
{
    require(x < t->count);
    return t->nodes[x].value;
}

real tape_grad(const tape *t, var x)
{
    require(x < t->count);
    return t->nodes[x].grad;
}

var tape_push(tape *t, node one)
{
    /* Make room if there is none; write one at the end. */
    todo();
}

var tape_leaf(tape *t, const char *name, real value)
{
    /* Push a node without parents. */
    todo();
}

/* A new node at the end of the tape.  Its parts are written where they
 * stay: a node that is copied as a whole right after must wait for all of
 * them. */
static node *new_node(tape *t, const char *name, real value, int parents)
{
    var self = tape_push(t, (node){ 0 });
    require(self < t->count);
    node *one = &t->nodes[self];
    one->name = name;
    one->value = value;
    one->parents = parents;
    return one;
}

var tape_from_one(tape *t, const char *name, real value, var a, real slope)
{
    require(a < t->count);
    node *one = new_node(t, name, value, 1);
    one->parent[0] = a;
    one->slope[0] = slope;
    return (var)(one - t->nodes);
}

var tape_from_two(tape *t, const char *name, real value, var a,
                  real slope_a, var b, real slope_b)
{
    require(a < t->count && b < t->count);
    node *one = new_node(t, name, value, 2);
    one->parent[0] = a;
    one->parent[1] = b;
    one->slope[0] = slope_a;
    one->slope[1] = slope_b;
    return (var)(one - t->nodes);
}

var tape_add(tape *t, var a, var b)
{
    real sum = tape_value(t, a) + tape_value(t, b);
    return tape_from_two(t, "+", sum, a, 1, b, 1);
}

var tape_subtract(tape *t, var a, var b)
{
    /* The difference, with its slopes. */
    todo();
}

var tape_multiply(tape *t, var a, var b)
{
    /* The product, with its slopes. */
    todo();
}

var tape_exp(tape *t, var a)
{
    /* The exponential, with its slope. */
    todo();
}

var tape_log(tape *t, var a)
{
    require(tape_value(t, a) > 0);

    /* The logarithm, with its slope. */
    todo();
}

var tape_tanh(tape *t, var a)
{
    /* The hyperbolic tangent, with its slope. */
    todo();
}

var tape_relu(tape *t, var a)
{
    /* What is positive, with its slope. */
    todo();
}

var tape_max(tape *t, var a, var b)
{
    /* The larger one, with its slopes. */
    todo();
}

var tape_power(tape *t, var a, real n)
{
    /* The power, with its slope. */
    todo();
}

void tape_backward(tape *t, var result)
{
    require(result < t->count);

    /* Begin with 1 at the result and walk back, (5.8). */
    todo();
}

void tape_zero_grad(tape *t)
{
    /* Set every gradient 0. */
    todo();
}

void tape_reset(tape *t, size_t count)
{
    require(count <= t->count);

    /* Forget the nodes from count on. */
    todo();
}

void print_dot(FILE *file, const tape *t)
{
    /* Write the nodes and what went into each. */
    todo();
}

void vjp(matrix g, tape_function f, matrix x, matrix u)
{
    require(g.rows == x.rows && g.cols == 1 && x.cols == 1, g, x);
    require(u.cols == 1 && u.rows > 0, u);
    tape t = { 0 };
    var *in = array_new(x.rows, sizeof *in);
    var *results = array_new(u.rows, sizeof *results);

    /* Record f and the sum that u asks for; walk back; read g (5.9). */
    todo();
    free(in);
    free(results);
    tape_free(&t);
}

/* f's one result at x. */
static real value_at(tape_function f, matrix x)
{
    tape t = { 0 };
    var *in = array_new(x.rows, sizeof *in), result;
    for (size_t i = 0; i < x.rows; i++)
        in[i] = tape_leaf(&t, "x", at(x, i, 0));
    f(&t, &result, in);
    real value = tape_value(&t, result);
    free(in);
    tape_free(&t);
    return value;
}

/* The slope of f in each input, measured, (4.10); given. */
static void measure(matrix m, tape_function f, matrix x, real h)
{
    matrix moved = matrix_copy(x);
    for (size_t i = 0; i < x.rows; i++) {
        at(moved, i, 0) = at(x, i, 0) + h;
        real above = value_at(f, moved);
        at(moved, i, 0) = at(x, i, 0) - h;
        at(m, i, 0) = (above - value_at(f, moved)) / (2 * h);
        at(moved, i, 0) = at(x, i, 0);
    }
    matrix_free(&moved);
}

real tape_gradient_check(tape_function f, matrix x, real h)
{
    require(x.cols == 1 && h > 0, x);
    matrix g = matrix_new(x.rows, 1), m = matrix_new(x.rows, 1);
    measure(m, f, x, h);
    real largest = 0;

    /* Get the gradient; find the largest error */
    todo();
    matrix_free(&g);
    matrix_free(&m);
    return largest;
}

/* --- Backward: a graph of matrices --- */

void graph_free(graph *g)
{
    free(g->nodes);
    arena_free(&g->memory);
    *g = (graph){ 0 };
}

void graph_reset(graph *g)
{
    g->count = 0;
    arena_reset(&g->memory);
}

/* The node is copied, so that one may be on its way while the list moves.
 */
static var graph_push(graph *g, matrix_node one)
{
    if (g->count == g->room) {
        size_t room = g->room == 0 ? 16 : 2 * g->room;
        matrix_node *nodes = realloc(g->nodes, room * sizeof *nodes);
        if (nodes == NULL)
            stop(NO_MEMORY, HERE, "no memory for the graph");
        g->nodes = nodes;
        g->room = room;
    }
    g->nodes[g->count] = one;
    return g->count++;
}

var graph_leaf(graph *g, matrix value, matrix grad)
{
    require(grad.data == NULL ||
                (grad.rows == value.rows && grad.cols == value.cols),
            value, grad);
    return graph_push(g, (matrix_node){ .value = value, .grad = grad });
}

void graph_zero_grad(graph *g)
{
    for (size_t i = 0; i < g->count; i++)
        if (g->nodes[i].backward == NULL && g->nodes[i].grad.data != NULL)
            matrix_fill(g->nodes[i].grad, 0);
}

/* A node of rows x cols whose value the caller computes; it has a gradient
 * if one of its parents has.  Given. */
static var graph_node(graph *g, size_t rows, size_t cols, var A, var B,
                      void (*backward)(graph *g, var self))
{
    require(A < g->count && B < g->count);
    matrix_node one = { .parent = { A, B }, .backward = backward };
    one.value = arena_matrix(&g->memory, rows, cols);
    if (g->nodes[A].grad.data != NULL || g->nodes[B].grad.data != NULL)
        one.grad = arena_matrix(&g->memory, rows, cols);
    return graph_push(g, one);
}

/* A node's value, its gradient, and that of its first or second parent;
 * given. */
static matrix value(graph *g, var A)
{
    require(A < g->count);
    return g->nodes[A].value;
}

static matrix grad(graph *g, var A)
{
    return g->nodes[A].grad;
}

static bool wants_grad(graph *g, var A)
{
    return g->nodes[A].grad.data != NULL;
}

/* into += factor * what; given. */
static void add_scaled(matrix into, matrix what, real factor)
{
    require(into.rows == what.rows && into.cols == what.cols, into, what);
    for (size_t k = 0; k < into.rows * into.cols; k++)
        into.data[k] += factor * what.data[k];
}

void graph_add_product(graph *g, matrix into, matrix A, orientation A_is,
                       matrix B, orientation B_is)
{
    arena before = g->memory;
    matrix product = arena_matrix(&g->memory, into.rows, into.cols);
    matrix_product(product, A, A_is, B, B_is);
    add_scaled(into, product, 1);
    arena_back(&g->memory, before);
}

static void subtract_backward(graph *g, var self)
{
    var A = g->nodes[self].parent[0], B = g->nodes[self].parent[1];
    if (wants_grad(g, A))
        add_scaled(grad(g, A), grad(g, self), 1);
    if (wants_grad(g, B))
        add_scaled(grad(g, B), grad(g, self), -1);
}

var graph_subtract(graph *g, var A, var B)
{
    matrix a = value(g, A), b = value(g, B);
    require(a.rows == b.rows && a.cols == b.cols, a, b);
    var C = graph_node(g, a.rows, a.cols, A, B, subtract_backward);
    add_scaled(value(g, C), a, 1);
    add_scaled(value(g, C), b, -1);
    return C;
}

static void scale_backward(graph *g, var self)
{
    var A = g->nodes[self].parent[0];
    add_scaled(grad(g, A), grad(g, self), g->nodes[self].factor);
}

var graph_scale(graph *g, var A, real factor)
{
    matrix a = value(g, A);
    var C = graph_node(g, a.rows, a.cols, A, A, scale_backward);
    g->nodes[C].factor = factor;
    add_scaled(value(g, C), a, factor);
    return C;
}

static void product_backward(graph *g, var self)
{
    /* Hand dC on to A and to B, (5.10). */
    todo();
}

var graph_product(graph *g, var A, var B, orientation B_is)
{
    matrix a = value(g, A), b = value(g, B);
    size_t k = B_is == TRANSPOSED ? b.cols : b.rows;
    size_t s = B_is == TRANSPOSED ? b.rows : b.cols;
    require(a.cols == k, a, b);
    var C = graph_node(g, a.rows, s, A, B, product_backward);
    g->nodes[C].turned = B_is;

    /* Compute the value of C. */
    todo();
    return C;
}

static void add_row_backward(graph *g, var self)
{
    /* Hand dC on to A and to b, (5.11). */
    todo();
}

var graph_add_row(graph *g, var A, var b)
{
    matrix a = value(g, A), row = value(g, b);
    require(row.rows == a.cols && row.cols == 1, a, row);
    var C = graph_node(g, a.rows, a.cols, A, b, add_row_backward);

    /* Compute the value of C. */
    todo();
    return C;
}

static void activate_node_backward(graph *g, var self)
{
    /* Hand dC on to A, (5.12). */
    todo();
}

var graph_activate(graph *g, activation f, var A)
{
    matrix a = value(g, A);
    var C = graph_node(g, a.rows, a.cols, A, A, activate_node_backward);
    g->nodes[C].bend = f;

    /* Compute the value of C. */
    todo();
    return C;
}

static void hadamard_backward(graph *g, var self)
{
    /* Hand dC on to A and to B, (5.13). */
    todo();
}

var graph_hadamard(graph *g, var A, var B)
{
    matrix a = value(g, A), b = value(g, B);
    require(a.rows == b.rows && a.cols == b.cols, a, b);
    var C = graph_node(g, a.rows, a.cols, A, B, hadamard_backward);

    /* Compute the value of C. */
    todo();
    return C;
}

static void sum_backward(graph *g, var self)
{
    /* Hand dc on to A, (5.14). */
    todo();
}

var graph_sum(graph *g, var A)
{
    var C = graph_node(g, 1, 1, A, A, sum_backward);

    /* Compute the value of c. */
    todo();
    return C;
}

static void mean_backward(graph *g, var self)
{
    /* Hand dc on to A, (5.14). */
    todo();
}

var graph_mean(graph *g, var A)
{
    matrix a = value(g, A);
    require(a.rows * a.cols > 0, a);
    var C = graph_node(g, 1, 1, A, A, mean_backward);

    /* Compute the value of c. */
    todo();
    return C;
}

static void transpose_backward(graph *g, var self)
{
    /* Hand dC on to A, (5.15). */
    todo();
}

var graph_transpose(graph *g, var A)
{
    matrix a = value(g, A);
    var C = graph_node(g, a.cols, a.rows, A, A, transpose_backward);

    /* Compute the value of C. */
    todo();
    return C;
}

static void softmax_cross_entropy_node_backward(graph *g, var self)
{
    /* Hand dc on to Z, (5.16). */
    todo();
}

var graph_softmax_cross_entropy(graph *g, var Z, var y)
{
    matrix z = value(g, Z), labels = value(g, y);
    require(labels.rows == z.rows && labels.cols == 1, z, labels);
    var C = graph_node(g, 1, 1, Z, y, softmax_cross_entropy_node_backward);

    /* Compute the value of c. */
    todo();
    return C;
}

void graph_backward(graph *g, var result)
{
    require(result < g->count);
    require(value(g, result).rows == 1 && value(g, result).cols == 1,
            value(g, result));

    /* As tape_backward, but each node hands its own on. */
    todo();
}

var graph_mlp(graph *g, mlp net, mlp slopes, matrix X, matrix y)
{
    require(slopes.depth == net.depth && X.rows > 0, X);

    /* Record layer after layer, then the loss. */
    todo();
}
