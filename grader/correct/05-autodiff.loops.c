/* The same functions written otherwise: other formulas, shares beside the
 * tape, one way back for each result, plain loops.  What is given in the
 * solution is taken from it.
 */
#define dual_multiply unused_dual_multiply
#define dual_divide unused_dual_divide
#define dual_sin unused_dual_sin
#define tape_push unused_tape_push
#define tape_leaf unused_tape_leaf
#define tape_subtract unused_tape_subtract
#define tape_tanh unused_tape_tanh
#define tape_power unused_tape_power
#define tape_backward unused_tape_backward
#define print_dot unused_print_dot
#define vjp unused_vjp
#define graph_product unused_graph_product
#define graph_mean unused_graph_mean
#include "../../solutions/05-autodiff.c"
#undef dual_multiply
#undef dual_divide
#undef dual_sin
#undef tape_push
#undef tape_leaf
#undef tape_subtract
#undef tape_tanh
#undef tape_power
#undef tape_backward
#undef print_dot
#undef vjp
#undef graph_product
#undef graph_mean

dual dual_multiply(dual a, dual b)
{
    dual c;
    c.slope = b.slope * a.value;
    c.value = b.value * a.value;
    c.slope += b.value * a.slope;
    return c;
}

dual dual_divide(dual a, dual b)
{
    real quotient = a.value / b.value;
    return (dual){ quotient, (a.slope - quotient * b.slope) / b.value };
}

dual dual_sin(dual a)
{
    return (dual){ sin(a.value), a.slope * sin(a.value + acos(-1) / 2) };
}

/* Room for a fixed number of nodes more. */
var tape_push(tape *t, node one)
{
    if (t->count >= t->room) {
        node *larger = calloc(t->room + 1000, sizeof *larger);
        if (t->count > 0)
            memcpy(larger, t->nodes, t->count * sizeof *larger);
        free(t->nodes);
        t->nodes = larger;
        t->room += 1000;
    }
    node *last = &t->nodes[t->count];
    *last = one;
    t->count += 1;
    return t->count - 1;
}

var tape_leaf(tape *t, const char *name, real value)
{
    node leaf = { 0 };
    leaf.name = name;
    leaf.value = value;
    leaf.grad = 0;
    return tape_push(t, leaf);
}

var tape_subtract(tape *t, var a, var b)
{
    node one = { .name = "-", .parents = 2 };
    one.parent[0] = a;
    one.parent[1] = b;
    one.slope[1] = -(one.slope[0] = 1);
    one.value = tape_value(t, a) - tape_value(t, b);
    return tape_push(t, one);
}

var tape_tanh(tape *t, var a)
{
    real up = exp(tape_value(t, a)), down = 1 / up;
    real value = (up - down) / (up + down);
    return tape_from_one(t, "tanh", value, a,
                         4 / ((up + down) * (up + down)));
}

var tape_power(tape *t, var a, real n)
{
    real A = tape_value(t, a), value = pow(A, n);
    real slope = n == 0 ? 0 : A != 0 ? n * value / A : n * pow(A, n - 1);
    return tape_from_one(t, "power", value, a, slope);
}

/* Shares are kept beside the tape and added to the leaves at the end. */
void tape_backward(tape *t, var result)
{
    real *share = calloc(t->count, sizeof *share);
    share[result] = 1;
    for (size_t i = t->count; i > 0; i--) {
        const node *one = &t->nodes[i - 1];
        for (int p = one->parents - 1; p >= 0; p--)
            share[one->parent[p]] += share[i - 1] * one->slope[p];
    }
    for (size_t i = 0; i < t->count; i++)
        if (t->nodes[i].parents == 0)
            t->nodes[i].grad += share[i];
        else
            t->nodes[i].grad = share[i];
    free(share);
}

void print_dot(FILE *file, const tape *t)
{
    fputs("digraph tape {\n", file);
    for (size_t i = 0; i < t->count; i++) {
        fprintf(file, "n%d [label=\"%s\\n%g\\n%g\"]\n", (int)i,
                t->nodes[i].name, t->nodes[i].value, t->nodes[i].grad);
    }
    for (size_t i = 0; i < t->count; i++)
        for (int p = 0; p < t->nodes[i].parents; p++)
            fprintf(file, "n%d -> n%d [label=\"%g\"]\n",
                    (int)t->nodes[i].parent[p], (int)i,
                    t->nodes[i].slope[p]);
    fputs("}\n", file);
}

/* One way back for each result. */
void vjp(matrix g, tape_function f, matrix x, matrix u)
{
    for (size_t i = 0; i < x.rows; i++)
        at(g, i, 0) = 0;
    tape t = { 0 };
    var in[100], results[100];
    for (size_t i = 0; i < x.rows; i++)
        in[i] = tape_leaf(&t, "x", at(x, i, 0));
    f(&t, results, in);
    for (size_t k = 0; k < u.rows; k++) {
        tape_zero_grad(&t);
        tape_backward(&t, results[k]);
        for (size_t i = 0; i < x.rows; i++)
            at(g, i, 0) += at(u, k, 0) * tape_grad(&t, in[i]);
    }
    tape_free(&t);
}

static void slow_product_backward(graph *g, var self)
{
    matrix_node C = g->nodes[self];
    matrix_node A = g->nodes[C.parent[0]], B = g->nodes[C.parent[1]];
    bool turned = C.turned == TRANSPOSED;
    for (size_t i = 0; i < C.value.rows; i++)
        for (size_t j = 0; j < C.value.cols; j++)
            for (size_t k = 0; k < A.value.cols; k++) {
                size_t r = turned ? j : k, c = turned ? k : j;
                real d = at(C.grad, i, j);
                if (A.grad.data)
                    at(A.grad, i, k) += d * at(B.value, r, c);
                if (B.grad.data)
                    at(B.grad, r, c) += d * at(A.value, i, k);
            }
}

var graph_product(graph *g, var A, var B, orientation B_is)
{
    matrix a = g->nodes[A].value, b = g->nodes[B].value;
    size_t s = B_is == TRANSPOSED ? b.rows : b.cols;
    var C = graph_node(g, a.rows, s, A, B, slow_product_backward);
    g->nodes[C].turned = B_is;
    matrix c = g->nodes[C].value;
    for (size_t i = 0; i < c.rows; i++)
        for (size_t j = 0; j < s; j++)
            for (size_t k = a.cols; k-- > 0;)
                at(c, i, j) +=
                    at(a, i, k) *
                    (B_is == TRANSPOSED ? at(b, j, k) : at(b, k, j));
    return C;
}

/* The mean as a sum that is scaled. */
var graph_mean(graph *g, var A)
{
    matrix a = g->nodes[A].value;
    return graph_scale(g, graph_sum(g, A), 1.0 / (a.rows * a.cols));
}
