/* tapes.c - graphs of numbers, read backwards */
#include "demo.h"
#include "parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* f = (x + y) (y + 1) at x = 2, y = 3 */
static tape worked_tape(void)
{
    tape t = { 0 };
    var x = tape_leaf(&t, "x", 2), y = tape_leaf(&t, "y", 3);
    var one = tape_leaf(&t, "1", 1);
    var sum = tape_add(&t, x, y), next = tape_add(&t, y, one);
    var f = tape_multiply(&t, sum, next);
    tape_backward(&t, f);
    return t;
}

void show_worked(void)
{
    tape t = worked_tape();
    printf("# node\tname\tvalue\tfrom\tlocal slopes\tgradient\n");
    for (size_t i = 0; i < t.count; i++) {
        node one = t.nodes[i];
        printf("%6zu\t%4s\t%5g\t", i, one.name, (double)one.value);
        if (one.parents == 2)
            printf("%zu, %zu\t%g, %g\t", one.parent[0], one.parent[1],
                   (double)one.slope[0], (double)one.slope[1]);
        else
            printf("    \t            \t");
        printf("%8g\n", (double)one.grad);
    }
    tape_free(&t);
}

void show_graph(void)
{
    /* where the nodes of worked_tape stand */
    static const double spot[][2] = { { 0, 3 },   { 0, 1.5 }, { 0, 0 },
                                      { 2, 2.4 }, { 2, 0.6 }, { 4, 1.5 } };
    tape t = worked_tape();
    printf("# x, y, name, value, gradient\n");
    for (size_t i = 0; i < t.count; i++)
        printf("%g\t%g\t\"%s\"\t%g\t%g\n", spot[i][0], spot[i][1],
               t.nodes[i].name, (double)t.nodes[i].value,
               (double)t.nodes[i].grad);
    printf("\n\n# from x, y, to x, y, local slope\n");
    for (size_t i = 0; i < t.count; i++)
        for (int p = 0; p < t.nodes[i].parents; p++) {
            size_t from = t.nodes[i].parent[p];
            printf("%g\t%g\t%g\t%g\t%g\n", spot[from][0], spot[from][1],
                   spot[i][0], spot[i][1], (double)t.nodes[i].slope[p]);
        }
    tape_free(&t);
}

/* Four operations side by side, each with a gradient of 2 coming in. */
void show_flow(void)
{
    printf("# panel, what, value and gradient of a, of b, of c\n");
    for (int k = 0; k < 4; k++) {
        tape t = { 0 };
        var a = tape_leaf(&t, "a", k == 3 ? -1 : 3);
        var b = tape_leaf(&t, "b", 4), two = tape_leaf(&t, "2", 2);
        var c = k == 0   ? tape_add(&t, a, b)
                : k == 1 ? tape_multiply(&t, a, b)
                : k == 2 ? tape_max(&t, a, b)
                         : tape_relu(&t, a);
        tape_backward(&t, tape_multiply(&t, two, c));
        printf("%d\t\"%s\"\t%g\t%g\t%g\t%g\t%g\t%g\n", k, t.nodes[c].name,
               (double)tape_value(&t, a), (double)tape_grad(&t, a),
               k == 3 ? NAN : (double)tape_value(&t, b),
               k == 3 ? NAN : (double)tape_grad(&t, b),
               (double)tape_value(&t, c), (double)tape_grad(&t, c));
        tape_free(&t);
    }
}

/* As somebody might write it: each node hands on what it has whenever it is
 * reached. */
static void too_early(tape *t, var x)
{
    for (int p = 0; p < t->nodes[x].parents; p++) {
        var to = t->nodes[x].parent[p];
        t->nodes[to].grad += t->nodes[x].grad * t->nodes[x].slope[p];
        too_early(t, to);
    }
}

void show_diamond(void)
{
    tape t = { 0 };
    var x = tape_leaf(&t, "x", 3);
    var a = tape_power(&t, x, 2), b = tape_add(&t, a, a);
    var c = tape_add(&t, b, a);
    printf("# gradient of     \tx \ta\tb\tc\n");
    tape_backward(&t, c);
    printf("children first    \t%2g\t%g\t%g\t%g\n",
           (double)tape_grad(&t, x), (double)tape_grad(&t, a),
           (double)tape_grad(&t, b), (double)tape_grad(&t, c));
    tape_zero_grad(&t);
    t.nodes[c].grad = 1;
    too_early(&t, c);
    printf("whenever reached  \t%2g\t%g\t%g\t%g\n",
           (double)tape_grad(&t, x), (double)tape_grad(&t, a),
           (double)tape_grad(&t, b), (double)tape_grad(&t, c));
    tape_free(&t);
}

void show_dot(void)
{
    tape t = { 0 };
    var x = tape_leaf(&t, "x", 3);
    tape_backward(&t, tape_multiply(&t, x, x));
    print_dot(stdout, &t);
    tape_free(&t);
}

/* x + 0.5 x + 0.5^2 x ..., as a chain y <- 0.5 y + x, this many rounds. */
static tape long_chain(size_t rounds, var *x)
{
    tape t = { 0 };
    *x = tape_leaf(&t, "x", 3);
    var half = tape_leaf(&t, "half", 0.5), y = tape_leaf(&t, "y", 0);
    for (size_t k = 0; k < rounds; k++)
        y = tape_add(&t, tape_multiply(&t, half, y), *x);
    tape_backward(&t, y);
    return t;
}

void show_chain(void)
{
    var x;
    tape t = long_chain(500000, &x);
    printf("# nodes\tvalue at the end\tslope in x\n%7zu\t%16.12g\t%g\n",
           t.count, (double)tape_value(&t, t.count - 1),
           (double)tape_grad(&t, x));
    tape_free(&t);
}

/* --- What a gradient costs, in operations --- */

/* f = sum of tanh(x_i) x_(i+1): a tanh, a product and a sum for each. */
enum { OPERATIONS_OF_F = 3 };

static var record_f(tape *t, const var *x, size_t n)
{
    var sum = tape_leaf(t, "0", 0);
    for (size_t i = 0; i < n; i++)
        sum = tape_add(
            t, sum, tape_multiply(t, tape_tanh(t, x[i]), x[(i + 1) % n]));
    return sum;
}

static dual dual_tanh(dual a)
{
    real value = tanh(a.value);
    return (dual){ value, (1 - value * value) * a.slope };
}

static dual dual_f(const dual *x, size_t n)
{
    dual sum = { 0, 0 };
    for (size_t i = 0; i < n; i++)
        sum = dual_add(sum, dual_multiply(dual_tanh(x[i]), x[(i + 1) % n]));
    return sum;
}

static real plain_f(const real *x, size_t n)
{
    real sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += tanh(x[i]) * x[(i + 1) % n];
    return sum;
}

/* Additions, multiplications and tanhs of one gradient. */
typedef struct {
    double f, measured, forward, backward;
} cost;

static cost cost_of(size_t n)
{
    tape t = { 0 };
    var *x = malloc(n * sizeof *x);
    for (size_t i = 0; i < n; i++)
        x[i] = tape_leaf(&t, "x", 0.1 * i);
    record_f(&t, x, n);

    cost c = { .f = OPERATIONS_OF_F * n };
    /* f twice for each input, a difference and a quotient */
    c.measured = n * (2 * c.f + 2);
    for (size_t k = 0; k < t.count; k++) {
        const char *name = t.nodes[k].name;
        int is_tanh = strcmp(name, "tanh") == 0;
        int is_product = strcmp(name, "*") == 0;
        if (t.nodes[k].parents == 0)
            continue;
        /* dual_tanh 4, dual_multiply 4, dual_add 2, for each input */
        c.forward += n * (is_tanh || is_product ? 4.0 : 2.0);
        /* the value, tanh's local slope, then for each parent a product
         * and a sum */
        c.backward += 1 + (is_tanh ? 2 : 0) + 2 * t.nodes[k].parents;
    }
    free(x);
    tape_free(&t);
    return c;
}

void show_cost(void)
{
    for (int which = 0; which < 3; which++) {
        printf("# inputs, operations of a gradient by those of f: %s\n",
               which == 0   ? "measured"
               : which == 1 ? "forward"
                            : "backward");
        for (size_t n = 2; n <= 2000; n = n * 5 / 4 + 1) {
            cost c = cost_of(n);
            printf("%zu\t%.5g\n", n,
                   (which == 0   ? c.measured
                    : which == 1 ? c.forward
                                 : c.backward) /
                       c.f);
        }
        printf("\n\n");
    }
}

void show_costs(void)
{
    printf("# inputs\tmeasuring\tforward\tbackward\n");
    for (size_t n = 1; n <= 10000; n *= 10) {
        cost c = cost_of(n);
        printf("%8zu\t%9.1f\t%7.1f\t%8.1f\n", n, c.measured / c.f,
               c.forward / c.f, c.backward / c.f);
    }
}

void show_times(void)
{
    printf("# microseconds for one gradient; f alone\n"
           "# inputs\tf      \tmeasuring\tforward\tbackward\n");
    tape t = { 0 };
    for (size_t n = 10; n <= 1000; n *= 10) {
        real *x = malloc(n * sizeof *x);
        dual *d = malloc(n * sizeof *d);
        var *v = malloc(n * sizeof *v);
        volatile real kept = 0;
        for (size_t i = 0; i < n; i++) {
            x[i] = 0.001 * i;
            d[i] = (dual){ x[i], 0 };
        }
        double f = INFINITY, m = INFINITY, fw = INFINITY, bw = INFINITY;
        for (int round = 0; round < 5; round++) {
            double start = seconds();
            for (int k = 0; k < 100; k++)
                kept = kept + plain_f(x, n);
            f = fmin(f, (seconds() - start) / 100);

            start = seconds();
            for (size_t i = 0; i < n; i++) {
                real before = x[i];
                x[i] = before + 1e-5;
                real above = plain_f(x, n);
                x[i] = before - 1e-5;
                kept = kept + (above - plain_f(x, n)) / 2e-5;
                x[i] = before;
            }
            m = fmin(m, seconds() - start);

            start = seconds();
            for (size_t i = 0; i < n; i++) {
                d[i].slope = 1;
                kept = kept + dual_f(d, n).slope;
                d[i].slope = 0;
            }
            fw = fmin(fw, seconds() - start);

            start = seconds();
            for (int k = 0; k < 100; k++) {
                tape_reset(&t, 0);
                for (size_t i = 0; i < n; i++)
                    v[i] = tape_leaf(&t, "x", x[i]);
                tape_backward(&t, record_f(&t, v, n));
            }
            bw = fmin(bw, (seconds() - start) / 100);
        }
        printf("%8zu\t%7.1f\t%9.1f\t%7.1f\t%8.1f\n", n, f * 1e6, m * 1e6,
               fw * 1e6, bw * 1e6);
        free(x);
        free(d);
        free(v);
    }
    tape_free(&t);
}

/* --- Kinks --- */

static void record_relu(tape *t, var *results, const var *x)
{
    results[0] = tape_relu(t, x[0]);
}

static void record_smooth(tape *t, var *results, const var *x)
{
    results[0] = tape_multiply(t, tape_tanh(t, x[0]), tape_exp(t, x[0]));
}

void show_kinks(void)
{
    static const real places[] = { 1, 1e-4, 1e-6, 0 };
    printf("# x    \tlargest error of tanh(x) exp(x)\tof relu(x)\n");
    for (int k = 0; k < 4; k++) {
        matrix x = MATRIX(1, 1, places[k]);
        printf("%7g\t%31.1e\t%10.1e\n", (double)places[k],
               (double)tape_gradient_check(record_smooth, x, 1e-5),
               (double)tape_gradient_check(record_relu, x, 1e-5));
    }
}

/* --- Claims --- */

/* A random graph of all smooth operations on four inputs. */
static random_state graph_state;

static void record_any(tape *t, var *results, const var *x)
{
    random_state state = graph_state;
    var made[20] = { x[0], x[1], x[2], x[3] };
    for (int k = 4; k < 20; k++) {
        var a = made[random_below(&state, k)];
        var b = made[random_below(&state, k)];
        switch (random_below(&state, 6)) {
        case 0:
            made[k] = tape_tanh(t, tape_add(t, a, b));
            break;
        case 1:
            made[k] = tape_tanh(t, tape_subtract(t, a, b));
            break;
        case 2:
            made[k] = tape_tanh(t, tape_multiply(t, a, b));
            break;
        case 3:
            made[k] = tape_exp(t, tape_tanh(t, a));
            break;
        case 4:
            made[k] = tape_log(t, tape_exp(t, tape_tanh(t, b)));
            break;
        default:
            made[k] = tape_power(t, tape_exp(t, tape_tanh(t, a)), -0.5);
        }
    }
    results[0] = tape_add(t, x[0], x[1]);
    for (int k = 2; k < 20; k++)
        results[0] = tape_add(t, results[0], made[k]);
}

void claims_of_tapes(void)
{
    real worst = 0;
    int seeds = 200;
    for (int seed = 0; seed < seeds; seed++) {
        random_state state = random_seed(seed);
        matrix x = normal_matrix(4, 1, &state);
        graph_state = state;
        real error = tape_gradient_check(record_any, x, 1e-5);
        if (!(error <= worst))
            worst = error;
        matrix_free(&x);
    }
    claim(worst < 1e-5,
          "%d random graphs: gradients agree with measured slopes to %.0e",
          seeds, 1e-5);

    var x;
    tape t = long_chain(500000, &x);
    claim(t.count > 1000000 && fabs(tape_grad(&t, x) - 2) < 1e-12,
          "a chain of %zu nodes has the slope 2", t.count);
    tape_free(&t);

    cost few = cost_of(10), many = cost_of(10000);
    claim(
        fabs(few.backward / few.f - many.backward / many.f) < 1e-9 &&
            many.forward / many.f > 1000,
        "a gradient costs %.1f times the function, for 10 inputs or 10,000",
        many.backward / many.f);
}
