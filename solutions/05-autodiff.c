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
    //> dual-add: Add two dual numbers, (5.2).
    return (dual){ a.value + b.value, a.slope + b.slope };
    //< dual-add
}

dual dual_multiply(dual a, dual b)
{
    //> dual-multiply: Multiply them, (5.3).
    return (dual){ a.value * b.value,
                   a.slope * b.value + a.value * b.slope };
    //< dual-multiply
}

dual dual_divide(dual a, dual b)
{
    require(b.value != 0);

    //> dual-divide: Divide a by b, (5.4).
    return (dual){ a.value / b.value,
                   (a.slope * b.value - a.value * b.slope) /
                       (b.value * b.value) };
    //< dual-divide
}

dual dual_exp(dual a)
{
    //> dual-exp: The exponential and its slope, (5.5).
    real value = exp(a.value);
    return (dual){ value, value * a.slope };
    //< dual-exp
}

dual dual_log(dual a)
{
    require(a.value > 0);

    //> dual-log: The logarithm and its slope, (5.5).
    return (dual){ log(a.value), a.slope / a.value };
    //< dual-log
}

dual dual_sin(dual a)
{
    //> dual-sin: The sine and its slope, (5.5).
    return (dual){ sin(a.value), cos(a.value) * a.slope };
    //< dual-sin
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

    //> jvp: Give every input its value and slope, call f, and read s (5.6).
    for (size_t i = 0; i < x.rows; i++)
        in[i] = (dual){ at(x, i, 0), at(v, i, 0) };
    f(results, in);
    for (size_t k = 0; k < s.rows; k++)
        at(s, k, 0) = results[k].slope;
    //< jvp
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
    //> tape-push: Make room if there is none; write one at the end.
    if (t->count == t->room) {
        size_t room = t->room == 0 ? 16 : 2 * t->room;
        node *nodes = realloc(t->nodes, room * sizeof *nodes);
        if (nodes == NULL)
            stop(NO_MEMORY, HERE, "no memory for the tape");
        t->nodes = nodes;
        t->room = room;
    }
    t->nodes[t->count] = one;
    return t->count++;
    //< tape-push
}

var tape_leaf(tape *t, const char *name, real value)
{
    //> tape-leaf: Push a node without parents.
    return tape_push(t, (node){ .name = name, .value = value });
    //< tape-leaf
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

//> tape-add
var tape_add(tape *t, var a, var b)
{
    real sum = tape_value(t, a) + tape_value(t, b);
    return tape_from_two(t, "+", sum, a, 1, b, 1);
}
//< tape-add

var tape_subtract(tape *t, var a, var b)
{
    //> tape-subtract: The difference, with its slopes.
    real A = tape_value(t, a), B = tape_value(t, b);
    return tape_from_two(t, "-", A - B, a, 1, b, -1);
    //< tape-subtract
}

var tape_multiply(tape *t, var a, var b)
{
    //> tape-multiply: The product, with its slopes.
    real A = tape_value(t, a), B = tape_value(t, b);
    return tape_from_two(t, "*", A * B, a, B, b, A);
    //< tape-multiply
}

var tape_exp(tape *t, var a)
{
    //> tape-exp: The exponential, with its slope.
    real A = tape_value(t, a);
    return tape_from_one(t, "exp", exp(A), a, exp(A));
    //< tape-exp
}

var tape_log(tape *t, var a)
{
    require(tape_value(t, a) > 0);

    //> tape-log: The logarithm, with its slope.
    real A = tape_value(t, a);
    return tape_from_one(t, "log", log(A), a, 1 / A);
    //< tape-log
}

var tape_tanh(tape *t, var a)
{
    //> tape-tanh: The hyperbolic tangent, with its slope.
    real A = tape_value(t, a);
    real value = tanh(A);
    return tape_from_one(t, "tanh", value, a, 1 - value * value);
    //< tape-tanh
}

var tape_relu(tape *t, var a)
{
    //> tape-relu: What is positive, with its slope.
    real A = tape_value(t, a);
    return tape_from_one(t, "relu", A > 0 ? A : 0, a, A > 0 ? 1 : 0);
    //< tape-relu
}

var tape_max(tape *t, var a, var b)
{
    //> tape-max: The larger one, with its slopes.
    real A = tape_value(t, a), B = tape_value(t, b);
    real to_a = A >= B ? 1 : 0;
    return tape_from_two(t, "max", A >= B ? A : B, a, to_a, b, 1 - to_a);
    //< tape-max
}

var tape_power(tape *t, var a, real n)
{
    //> tape-power: The power, with its slope.
    real A = tape_value(t, a);
    real slope = n == 0 ? 0 : n * pow(A, n - 1);
    return tape_from_one(t, "power", pow(A, n), a, slope);
    //< tape-power
}

void tape_backward(tape *t, var result)
{
    require(result < t->count);

    //> tape-backward: Begin with 1 at the result and walk back, (5.8).
    for (size_t i = 0; i < t->count; i++)
        if (t->nodes[i].parents > 0)
            t->nodes[i].grad = 0;
    t->nodes[result].grad += 1;

    for (size_t i = result + 1; i-- > 0;) {
        const node *one = &t->nodes[i];
        for (int p = 0; p < one->parents; p++)
            t->nodes[one->parent[p]].grad += one->grad * one->slope[p];
    }
    //< tape-backward
}

void tape_zero_grad(tape *t)
{
    //> tape-zero-grad: Set every gradient 0.
    for (size_t i = 0; i < t->count; i++)
        t->nodes[i].grad = 0;
    //< tape-zero-grad
}

void tape_reset(tape *t, size_t count)
{
    require(count <= t->count);

    //> tape-reset: Forget the nodes from count on.
    t->count = count;
    //< tape-reset
}

void print_dot(FILE *file, const tape *t)
{
    //> print-dot: Write the nodes and what went into each.
    fprintf(file, "digraph tape {\n");
    for (size_t i = 0; i < t->count; i++) {
        node one = t->nodes[i];
        fprintf(file, "  n%zu [label=\"%s\\n%g\\n%g\"];\n", i, one.name,
                (double)one.value, (double)one.grad);
        for (int p = 0; p < one.parents; p++)
            fprintf(file, "  n%zu -> n%zu [label=\"%g\"];\n", one.parent[p],
                    i, (double)one.slope[p]);
    }
    fprintf(file, "}\n");
    //< print-dot
}

void vjp(matrix g, tape_function f, matrix x, matrix u)
{
    require(g.rows == x.rows && g.cols == 1 && x.cols == 1, g, x);
    require(u.cols == 1 && u.rows > 0, u);
    tape t = { 0 };
    var *in = array_new(x.rows, sizeof *in);
    var *results = array_new(u.rows, sizeof *results);

    //> vjp: Record f and the sum that u asks for; walk back; read g (5.9).
    for (size_t i = 0; i < x.rows; i++)
        in[i] = tape_leaf(&t, "x", at(x, i, 0));
    f(&t, results, in);

    var sum = tape_leaf(&t, "0", 0);
    for (size_t k = 0; k < u.rows; k++) {
        var weight = tape_leaf(&t, "u", at(u, k, 0));
        sum = tape_add(&t, sum, tape_multiply(&t, weight, results[k]));
    }
    tape_backward(&t, sum);
    for (size_t i = 0; i < x.rows; i++)
        at(g, i, 0) = tape_grad(&t, in[i]);
    //< vjp
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

    //> tape-gradient-check: Get the gradient; find the largest error
    //(4.11).
    vjp(g, f, x, MATRIX(1, 1, 1));
    for (size_t i = 0; i < x.rows; i++) {
        real size = fabs(at(m, i, 0)) + fabs(at(g, i, 0));
        real error = fabs(at(m, i, 0) - at(g, i, 0)) / fmax(1e-8, size);
        /* once it is not a number it stays so */
        if (!(error <= largest) && !isnan(largest))
            largest = error;
    }
    //< tape-gradient-check
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

//> graph-new-node
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
//< graph-new-node

//> graph-helpers
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
//< graph-helpers

//> graph-subtract
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
//< graph-subtract

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
    //> graph-product-backward: Hand dC on to A and to B, (5.10).
    var A = g->nodes[self].parent[0], B = g->nodes[self].parent[1];
    matrix a = value(g, A), b = value(g, B), dC = grad(g, self);
    bool turned = g->nodes[self].turned == TRANSPOSED;

    if (wants_grad(g, A))
        graph_add_product(g, grad(g, A), dC, AS_IT_IS, b,
                          turned ? AS_IT_IS : TRANSPOSED);
    if (wants_grad(g, B) && turned)
        graph_add_product(g, grad(g, B), dC, TRANSPOSED, a, AS_IT_IS);
    if (wants_grad(g, B) && !turned)
        graph_add_product(g, grad(g, B), a, TRANSPOSED, dC, AS_IT_IS);
    //< graph-product-backward
}

var graph_product(graph *g, var A, var B, orientation B_is)
{
    matrix a = value(g, A), b = value(g, B);
    size_t k = B_is == TRANSPOSED ? b.cols : b.rows;
    size_t s = B_is == TRANSPOSED ? b.rows : b.cols;
    require(a.cols == k, a, b);
    var C = graph_node(g, a.rows, s, A, B, product_backward);
    g->nodes[C].turned = B_is;

    //> graph-product: Compute the value of C.
    matrix_product(value(g, C), a, AS_IT_IS, b, B_is);
    //< graph-product
    return C;
}

static void add_row_backward(graph *g, var self)
{
    //> graph-add-row-backward: Hand dC on to A and to b, (5.11).
    var A = g->nodes[self].parent[0], b = g->nodes[self].parent[1];
    matrix dC = grad(g, self), db = grad(g, b);

    if (wants_grad(g, A))
        add_scaled(grad(g, A), dC, 1);
    for (size_t i = 0; wants_grad(g, b) && i < dC.rows; i++)
        for (size_t j = 0; j < dC.cols; j++)
            at(db, j, 0) += at(dC, i, j);
    //< graph-add-row-backward
}

var graph_add_row(graph *g, var A, var b)
{
    matrix a = value(g, A), row = value(g, b);
    require(row.rows == a.cols && row.cols == 1, a, row);
    var C = graph_node(g, a.rows, a.cols, A, b, add_row_backward);

    //> graph-add-row: Compute the value of C.
    matrix c = value(g, C);
    for (size_t i = 0; i < c.rows; i++)
        for (size_t j = 0; j < c.cols; j++)
            at(c, i, j) = at(a, i, j) + at(row, j, 0);
    //< graph-add-row
    return C;
}

static void activate_node_backward(graph *g, var self)
{
    //> graph-activate-backward: Hand dC on to A, (5.12).
    var A = g->nodes[self].parent[0];
    matrix dC = grad(g, self);
    arena before = g->memory;
    matrix slope = arena_matrix(&g->memory, dC.rows, dC.cols);
    activate_backward(g->nodes[self].bend, slope, dC, value(g, self));
    add_scaled(grad(g, A), slope, 1);
    arena_back(&g->memory, before);
    //< graph-activate-backward
}

var graph_activate(graph *g, activation f, var A)
{
    matrix a = value(g, A);
    var C = graph_node(g, a.rows, a.cols, A, A, activate_node_backward);
    g->nodes[C].bend = f;

    //> graph-activate: Compute the value of C.
    activate(f, value(g, C), a);
    //< graph-activate
    return C;
}

static void hadamard_backward(graph *g, var self)
{
    //> graph-hadamard-backward: Hand dC on to A and to B, (5.13).
    var A = g->nodes[self].parent[0], B = g->nodes[self].parent[1];
    matrix a = value(g, A), b = value(g, B), dC = grad(g, self);

    for (size_t k = 0; k < a.rows * a.cols; k++) {
        if (wants_grad(g, A))
            grad(g, A).data[k] += dC.data[k] * b.data[k];
        if (wants_grad(g, B))
            grad(g, B).data[k] += dC.data[k] * a.data[k];
    }
    //< graph-hadamard-backward
}

var graph_hadamard(graph *g, var A, var B)
{
    matrix a = value(g, A), b = value(g, B);
    require(a.rows == b.rows && a.cols == b.cols, a, b);
    var C = graph_node(g, a.rows, a.cols, A, B, hadamard_backward);

    //> graph-hadamard: Compute the value of C.
    hadamard(value(g, C), a, b);
    //< graph-hadamard
    return C;
}

static void sum_backward(graph *g, var self)
{
    //> graph-sum-backward: Hand dc on to A, (5.14).
    var A = g->nodes[self].parent[0];
    matrix dA = grad(g, A);
    for (size_t k = 0; k < dA.rows * dA.cols; k++)
        dA.data[k] += at(grad(g, self), 0, 0);
    //< graph-sum-backward
}

var graph_sum(graph *g, var A)
{
    var C = graph_node(g, 1, 1, A, A, sum_backward);

    //> graph-sum: Compute the value of c.
    matrix a = value(g, A);
    for (size_t k = 0; k < a.rows * a.cols; k++)
        at(value(g, C), 0, 0) += a.data[k];
    //< graph-sum
    return C;
}

static void mean_backward(graph *g, var self)
{
    //> graph-mean-backward: Hand dc on to A, (5.14).
    var A = g->nodes[self].parent[0];
    matrix dA = grad(g, A);
    size_t count = dA.rows * dA.cols;
    for (size_t k = 0; k < count; k++)
        dA.data[k] += at(grad(g, self), 0, 0) / count;
    //< graph-mean-backward
}

var graph_mean(graph *g, var A)
{
    matrix a = value(g, A);
    require(a.rows * a.cols > 0, a);
    var C = graph_node(g, 1, 1, A, A, mean_backward);

    //> graph-mean: Compute the value of c.
    real sum = 0;
    for (size_t k = 0; k < a.rows * a.cols; k++)
        sum += a.data[k];
    at(value(g, C), 0, 0) = sum / (a.rows * a.cols);
    //< graph-mean
    return C;
}

static void transpose_backward(graph *g, var self)
{
    //> graph-transpose-backward: Hand dC on to A, (5.15).
    var A = g->nodes[self].parent[0];
    matrix dA = grad(g, A), dC = grad(g, self);
    for (size_t i = 0; i < dA.rows; i++)
        for (size_t j = 0; j < dA.cols; j++)
            at(dA, i, j) += at(dC, j, i);
    //< graph-transpose-backward
}

var graph_transpose(graph *g, var A)
{
    matrix a = value(g, A);
    var C = graph_node(g, a.cols, a.rows, A, A, transpose_backward);

    //> graph-transpose: Compute the value of C.
    transpose(value(g, C), a);
    //< graph-transpose
    return C;
}

static void softmax_cross_entropy_node_backward(graph *g, var self)
{
    //> graph-softmax-backward: Hand dc on to Z, (5.16).
    var Z = g->nodes[self].parent[0], y = g->nodes[self].parent[1];
    matrix z = value(g, Z);
    if (!wants_grad(g, Z))
        return;

    arena before = g->memory;
    matrix slope = arena_matrix(&g->memory, z.rows, z.cols);
    softmax_cross_entropy_backward(slope, z, value(g, y));
    add_scaled(grad(g, Z), slope, at(grad(g, self), 0, 0));
    arena_back(&g->memory, before);
    //< graph-softmax-backward
}

var graph_softmax_cross_entropy(graph *g, var Z, var y)
{
    matrix z = value(g, Z), labels = value(g, y);
    require(labels.rows == z.rows && labels.cols == 1, z, labels);
    var C = graph_node(g, 1, 1, Z, y, softmax_cross_entropy_node_backward);

    //> graph-softmax: Compute the value of c.
    at(value(g, C), 0, 0) = cross_entropy(z, labels);
    //< graph-softmax
    return C;
}

void graph_backward(graph *g, var result)
{
    require(result < g->count);
    require(value(g, result).rows == 1 && value(g, result).cols == 1,
            value(g, result));

    //> graph-backward: As tape_backward, but each node hands its own on.
    if (!wants_grad(g, result))
        return;
    for (size_t i = 0; i < g->count; i++)
        if (g->nodes[i].backward != NULL && wants_grad(g, i))
            matrix_fill(grad(g, i), 0);
    at(grad(g, result), 0, 0) += 1;

    for (size_t i = result + 1; i-- > 0;)
        if (g->nodes[i].backward != NULL && wants_grad(g, i))
            g->nodes[i].backward(g, i);
    //< graph-backward
}

var graph_mlp(graph *g, mlp net, mlp slopes, matrix X, matrix y)
{
    require(slopes.depth == net.depth && X.rows > 0, X);

    //> graph-mlp: Record layer after layer, then the loss.
    var A = graph_leaf(g, X, NO_MATRIX);
    for (size_t l = 0; l < net.depth; l++) {
        var W = graph_leaf(g, net.layers[l].W, slopes.layers[l].W);
        var b = graph_leaf(g, net.layers[l].b, slopes.layers[l].b);
        A = graph_add_row(g, graph_product(g, A, W, TRANSPOSED), b);
        if (l + 1 < net.depth)
            A = graph_activate(g, net.hidden, A);
    }

    var target = graph_leaf(g, y, NO_MATRIX);
    if (net.task == CLASSIFICATION)
        return graph_softmax_cross_entropy(g, A, target);

    var error = graph_subtract(g, A, target);
    var mean = graph_mean(g, graph_hadamard(g, error, error));
    return graph_scale(g, mean, y.cols / 2.0);
    //< graph-mlp
}
