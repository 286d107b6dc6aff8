/* Tests of chapter 05.  The first example of each function is worked by
 * hand in the lesson; the others are there so that it cannot be typed in.
 */
#define _POSIX_C_SOURCE 200809L

#include "autodiff.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- Dual numbers --- */

static dual given_dual(const char *value_name, real value,
                       const char *slope_name, real slope)
{
    return (dual){ given_number(value_name, value),
                   given_number(slope_name, slope) };
}
#define GIVEN_DUAL(name, value, slope)                                     \
    given_dual(#name ".value", value, #name ".slope", slope)

static dual any_dual(const char *value_name, const char *slope_name,
                     real low, real high)
{
    dual any;
    any.value = any_number(value_name, low, high);
    any.slope = any_number(slope_name, -2, 3);
    return any;
}
#define ANY_DUAL(name, low, high)                                          \
    any_dual(#name ".value", #name ".slope", low, high)

TEST(dual_add, of_the_worked_example, 1,
     "Values add up.  What do slopes do?")
{
    dual a = GIVEN_DUAL(a, 3, 1), b = GIVEN_DUAL(b, 9, 6), c;
    call(c = dual_add(a, b));
    expect(c.value, 12);
    expect(c.slope, 7);
}

TEST(dual_add, of_any_numbers, 1, "Both have a slope.  Are both in yours?")
{
    dual a = ANY_DUAL(a, -2, 2), b = ANY_DUAL(b, -5, 3), c;
    call(c = dual_add(a, b));
    expect_reference(c.value);
    expect_reference(c.slope);
}

TEST(dual_multiply, of_the_worked_example, 1,
     "Multiply (a + a' e)(b + b' e) out.  Which terms have one e?")
{
    dual a = GIVEN_DUAL(a, 3, 1), b = GIVEN_DUAL(b, 3, 1), c;
    call(c = dual_multiply(a, b));
    expect(c.value, 9);
    expect(c.slope, 6);
}

TEST(dual_multiply, of_any_numbers, 1,
     "The slope of a product has two terms.  Which?")
{
    dual a = ANY_DUAL(a, -2, 2), b = ANY_DUAL(b, 2, 5), c;
    call(c = dual_multiply(a, b));
    expect_reference(c.value);
    expect_reference(c.slope);
}

TEST(dual_divide, of_the_worked_example, 1,
     "At b' = 0 it is a' / b.  Is yours?")
{
    dual a = GIVEN_DUAL(a, 6, 1), b = GIVEN_DUAL(b, 2, 0), c;
    call(c = dual_divide(a, b));
    expect(c.value, 3);
    expect(c.slope, 0.5);
}

TEST(dual_divide, of_any_numbers, 1,
     "When b grows, does the quotient grow or shrink?")
{
    dual a = ANY_DUAL(a, 1, 3), b = ANY_DUAL(b, 2, 5), c;
    call(c = dual_divide(a, b));
    expect_reference(c.value);
    expect_reference(c.slope);
}

TEST(dual_divide, of_negative_numbers, 1,
     "The square of b in (5.4) is positive.  Is yours?")
{
    dual a = ANY_DUAL(a, -3, -1), b = ANY_DUAL(b, -5, -2), c;
    call(c = dual_divide(a, b));
    expect_reference(c.value);
    expect_reference(c.slope);
}

TEST(dual_exp, of_the_worked_example, 1,
     "The exponential is its own slope; what is it multiplied by?")
{
    dual a = GIVEN_DUAL(a, 0, 2), c;
    call(c = dual_exp(a));
    expect(c.value, 1);
    expect(c.slope, 2);
}

TEST(dual_exp, of_any_number, 1, "Which slope came in with a?")
{
    dual a = ANY_DUAL(a, -1, 2), c;
    call(c = dual_exp(a));
    expect_reference(c.value);
    expect_reference(c.slope);
}

TEST(dual_log, of_the_worked_example, 1, "What is the slope of ln at a?")
{
    dual a = GIVEN_DUAL(a, 1, 2), c;
    call(c = dual_log(a));
    expect(c.value, 0);
    expect(c.slope, 2);
}

TEST(dual_log, of_any_number, 1, "Which slope came in with a?")
{
    dual a = ANY_DUAL(a, 2, 7), c;
    call(c = dual_log(a));
    expect_reference(c.value);
    expect_reference(c.slope);
}

TEST(dual_sin, of_the_worked_example, 1, "What is the slope of sin at 0?")
{
    dual a = GIVEN_DUAL(a, 0, 3), c;
    call(c = dual_sin(a));
    expect(c.value, 0);
    expect(c.slope, 3);
}

TEST(dual_sin, of_any_number, 1, "Which slope came in with a?")
{
    dual a = ANY_DUAL(a, 2, 3), c;
    call(c = dual_sin(a));
    expect_reference(c.value);
    expect_reference(c.slope);
}

/* --- jvp --- */

/* x0 x1, x1 + x2, x0^2: in plain arithmetic, so that no test rests on a
 * student's functions. */
static void three_results(dual *results, const dual *x)
{
    results[0].value = x[0].value * x[1].value;
    results[0].slope = x[0].slope * x[1].value + x[0].value * x[1].slope;
    results[1].value = x[1].value + x[2].value;
    results[1].slope = x[1].slope + x[2].slope;
    results[2].value = x[0].value * x[0].value;
    results[2].slope = 2 * x[0].value * x[0].slope;
}

static void two_results(dual *results, const dual *x)
{
    for (int k = 0; k < 2; k++) {
        results[k] = (dual){ 0, 0 };
        for (int i = 0; i < 5; i++) {
            results[k].value += (k + 1 + i) * x[i].value * x[i].value;
            results[k].slope += 2 * (k + 1 + i) * x[i].value * x[i].slope;
        }
    }
}

TEST(jvp, of_the_worked_example, 1,
     "Which slope does input i begin with, if you move in direction v?")
{
    matrix x = given("x", MATRIX(3, 1, 2, 3, 5));
    matrix v = given("v", MATRIX(3, 1, 1, 0, 2)), s = output("s", 3, 1);
    call(jvp(s, three_results, x, v));
    expect(s, MATRIX(3, 1, 3, 2, 4));
}

TEST(jvp, of_any_direction, 2,
     "How many inputs has f, and how many results?")
{
    matrix x = any_matrix("x", 5, 1), v = any_matrix("v", 5, 1);
    matrix s = output("s", 2, 1);
    call(jvp(s, two_results, x, v));
    expect_reference(s);
}

/* --- The tape, as numbers --- */

/* Values, gradients, local slopes, parents and names of all nodes. */
static matrix values(const tape *t)
{
    static real memory[512];
    for (size_t i = 0; i < t->count; i++)
        memory[i] = t->nodes[i].value;
    return (matrix){ t->count, 1, memory };
}

static matrix grads(const tape *t)
{
    static real memory[512];
    for (size_t i = 0; i < t->count; i++)
        memory[i] = t->nodes[i].grad;
    return (matrix){ t->count, 1, memory };
}

static matrix slopes_of(const tape *t, var x)
{
    static real memory[2];
    for (int p = 0; p < t->nodes[x].parents && p < 2; p++)
        memory[p] = t->nodes[x].slope[p];
    return (matrix){ t->nodes[x].parents == 2 ? 2 : 1, 1, memory };
}

static matrix parents_of(const tape *t, var x)
{
    static real memory[2];
    for (int p = 0; p < t->nodes[x].parents && p < 2; p++)
        memory[p] = t->nodes[x].parent[p];
    return (matrix){ t->nodes[x].parents == 2 ? 2 : 1, 1, memory };
}

/* A tape that was recorded already, in memory of the test. */
static tape recorded(node *nodes, size_t count)
{
    return (tape){ .nodes = nodes, .count = count, .room = count };
}

#define LEAF(name_, value_)                                                \
    {                                                                      \
        .name = name_, .value = value_                                     \
    }
#define FROM_ONE(name_, value_, a, slope_a)                                \
    {                                                                      \
        .name = name_, .value = value_, .parents = 1, .parent = { a },     \
        .slope = {                                                         \
            slope_a                                                        \
        }                                                                  \
    }
#define FROM_TWO(name_, value_, a, slope_a, b, slope_b)                    \
    {                                                                      \
        .name = name_, .value = value_, .parents = 2, .parent = { a, b },  \
        .slope = {                                                         \
            slope_a,                                                       \
            slope_b                                                        \
        }                                                                  \
    }

/* --- tape_push and tape_leaf --- */

TEST(tape_push, onto_an_empty_tape, 1,
     "The number of a node is its place.  What is the first place?")
{
    tape t = { 0 };
    var x = 7, y = 7;
    call(x = tape_push(&t, (node){ .name = "x", .value = 3 }));
    call(y = tape_push(&t, (node){ .name = "y", .value = 5 }));
    expect(x, 0);
    expect(y, 1);
    expect(t.count, 2);
    expect(values(&t), MATRIX(2, 1, 3, 5));
    tape_free(&t);
}

static void push_many(tape *t, real first, int count)
{
    for (int i = 0; i < count; i++)
        tape_push(t, (node){ .name = "x", .value = first + i });
}

TEST(tape_push, more_than_there_is_room_for, 2,
     "Who still looks at the old place after the nodes have moved?")
{
    tape t = { 0 };
    call(push_many(&t, 10, 300));
    expect(t.count, 300);
    expect_reference(values(&t));
    call(push_many(&t, 400, 100));
    expect_reference(values(&t));
    expect(t.room >= t.count, 1);
    tape_free(&t);
}

TEST(tape_push, keeps_all_of_a_node, 1, "A node is more than its value.")
{
    tape t = { 0 };
    push_many(&t, 1, 5);
    var x = 0;
    call(x = tape_push(&t, (node)FROM_TWO("*", 12, 2, 4.5, 3, -1.5)));
    expect(x, 5);
    expect(t.nodes[5].parents, 2);
    expect(slopes_of(&t, 5), MATRIX(2, 1, 4.5, -1.5));
    expect(parents_of(&t, 5), MATRIX(2, 1, 2, 3));
    tape_free(&t);
}

TEST(tape_push, on_memory_used_before, 1,
     "A tape that was reset has room already.  Do you take new memory?")
{
    tape t = { 0 };
    push_many(&t, 1, 100);
    size_t room = t.room;
    for (int round = 0; round < 3; round++) {
        t.count = 2;
        push_many(&t, 50, 60);
    }
    call(push_many(&t, 7, 1));
    expect(t.count, 63);
    expect(t.room == room, 1);
    expect_reference(values(&t));
    tape_free(&t);
}

TEST(tape_leaf, of_any_value, 1, "What went into an input?")
{
    tape t = { 0 };
    real value = any_number("value", -3, 3);
    var x = 7;
    call(x = tape_leaf(&t, "x", value));
    expect(x, 0);
    expect(t.nodes[0].value, value);
    expect(t.nodes[0].grad, 0);
    expect(t.nodes[0].parents, 0);
    expect(strcmp(t.nodes[0].name, "x") == 0, 1);
    tape_free(&t);
}

/* --- Operations of the tape --- */

/* Two nodes to start from: a is number 1, b is number 2. */
static tape two_numbers(real a, real b)
{
    tape t = { 0 };
    node nodes[] = { LEAF("other", 100), LEAF("a", a), LEAF("b", b) };
    t.nodes = malloc(16 * sizeof *t.nodes);
    memcpy(t.nodes, nodes, sizeof nodes);
    t.count = 3;
    t.room = 16;
    return t;
}

/* What one operation pushed. */
#define OPERATION(t, operation, label)                                     \
    var c = 0;                                                             \
    call(c = operation);                                                   \
    expect_reference(c);                                                   \
    expect_reference(tape_value(&t, c));                                   \
    expect_reference(slopes_of(&t, c));                                    \
    expect_reference(parents_of(&t, c));                                   \
    expect(strcmp(t.nodes[c].name, label) == 0, 1);                        \
    tape_free(&t)

TEST(tape_subtract, of_any_numbers, 1,
     "How much does a - b grow when b grows by 1?")
{
    real a = any_number("a", 1, 3), b = any_number("b", -3, -1);
    tape t = two_numbers(a, b);
    OPERATION(t, tape_subtract(&t, 1, 2), "-");
}

TEST(tape_multiply, of_any_numbers, 1,
     "How much does a b grow when a grows by 1?")
{
    real a = any_number("a", 1, 3), b = any_number("b", 4, 7);
    tape t = two_numbers(a, b);
    OPERATION(t, tape_multiply(&t, 1, 2), "*");
}

TEST(tape_multiply, of_a_number_with_itself, 1,
     "Two parents may be one node.  How many parents does a product have?")
{
    tape t = two_numbers(any_number("a", 1, 3), 0);
    OPERATION(t, tape_multiply(&t, 1, 1), "*");
}

TEST(tape_exp, of_any_number, 1, "What is the slope of the exponential?")
{
    tape t = two_numbers(any_number("a", 1, 2), 0);
    OPERATION(t, tape_exp(&t, 1), "exp");
}

TEST(tape_log, of_any_number, 1, "What is the slope of ln at a?")
{
    tape t = two_numbers(any_number("a", 2, 5), 0);
    OPERATION(t, tape_log(&t, 1), "log");
}

TEST(tape_tanh, of_any_number, 1,
     "The slope of tanh from what came out: (3.4).")
{
    tape t = two_numbers(any_number("a", 0.5, 1), 0);
    OPERATION(t, tape_tanh(&t, 1), "tanh");
}

TEST(tape_relu, of_a_positive_number, 1, "What does ReLU let through?")
{
    tape t = two_numbers(any_number("a", 2, 3), 0);
    OPERATION(t, tape_relu(&t, 1), "relu");
}

TEST(tape_relu, of_a_small_number, 1, "The gate opens at 0, not later.")
{
    tape t = two_numbers(any_number("a", 0.05, 0.4), 0);
    OPERATION(t, tape_relu(&t, 1), "relu");
}

TEST(tape_relu, of_a_negative_number, 1,
     "The gate is closed.  What is its slope?")
{
    tape t = two_numbers(any_number("a", -3, -2), 0);
    OPERATION(t, tape_relu(&t, 1), "relu");
}

TEST(tape_relu, of_zero, 1, "The contract says what the slope at 0 is.")
{
    tape t = two_numbers(0, 0);
    OPERATION(t, tape_relu(&t, 1), "relu");
}

TEST(tape_max, with_the_first_larger, 1,
     "Only one of the two decides.  What is the slope in the other?")
{
    real a = any_number("a", 2, 3), b = any_number("b", -1, 1);
    tape t = two_numbers(a, b);
    OPERATION(t, tape_max(&t, 1, 2), "max");
}

TEST(tape_max, with_the_second_larger, 1,
     "Which of the two decides when b is larger?")
{
    real a = any_number("a", -3, -2), b = any_number("b", -1, 1);
    tape t = two_numbers(a, b);
    OPERATION(t, tape_max(&t, 1, 2), "max");
}

TEST(tape_max, of_equals, 1, "The contract says who decides then.")
{
    tape t = two_numbers(2, 2);
    OPERATION(t, tape_max(&t, 1, 2), "max");
}

TEST(tape_power, of_any_number, 1, "What is the slope of a^n in a?")
{
    tape t = two_numbers(any_number("a", 2, 3), 0);
    OPERATION(t, tape_power(&t, 1, 3), "power");
}

TEST(tape_power, with_a_root, 1, "n may be a fraction, or negative.")
{
    tape t = two_numbers(any_number("a", 2, 3), 0);
    OPERATION(t, tape_power(&t, 1, -0.5), "power");
}

TEST(tape_power, of_zero, 1,
     "0 times infinity is not a number.  When does that happen here?")
{
    tape t = two_numbers(0, 0);
    OPERATION(t, tape_power(&t, 1, 0), "power");
}

/* --- tape_backward, on tapes that were recorded by hand --- */

TEST(tape_backward, of_the_worked_example, 1,
     "Which gradient does the result begin with?")
{
    /* f = (x + y) (y + 1) at x = 2, y = 3 */
    node nodes[] = { LEAF("x", 2),
                     LEAF("y", 3),
                     LEAF("1", 1),
                     FROM_TWO("+", 5, 0, 1, 1, 1),
                     FROM_TWO("+", 4, 1, 1, 2, 1),
                     FROM_TWO("*", 20, 3, 4, 4, 5) };
    tape t = recorded(nodes, 6);
    call(tape_backward(&t, 5));
    expect(grads(&t), MATRIX(6, 1, 4, 9, 5, 4, 5, 1));
}

TEST(tape_backward, of_a_diamond, 2,
     "A node must have the gradients of all its children before it hands "
     "its own on.  In which order do you visit them?")
{
    /* a = x^2, b = a + a, c = b + a at x = 3 */
    node nodes[] = { LEAF("x", 3), FROM_ONE("power", 9, 0, 6),
                     FROM_TWO("+", 18, 1, 1, 1, 1),
                     FROM_TWO("+", 27, 2, 1, 1, 1) };
    tape t = recorded(nodes, 4);
    call(tape_backward(&t, 3));
    expect(grads(&t), MATRIX(4, 1, 18, 3, 1, 1));
}

TEST(tape_backward, of_a_value_used_twice, 1,
     "x went into one node twice.  Whose share do you keep?")
{
    node nodes[] = { LEAF("x", 3), FROM_TWO("*", 9, 0, 3, 0, 3) };
    tape t = recorded(nodes, 2);
    call(tape_backward(&t, 1));
    expect(grads(&t), MATRIX(2, 1, 6, 1));
}

/* A tape of 12 nodes with random slopes, each node from two before it. */
static tape any_tape(node *nodes)
{
    matrix numbers = any_matrix("slopes", 8, 2);
    for (size_t i = 0; i < 12; i++)
        nodes[i] = (node)LEAF("x", i);
    for (size_t i = 0; i < 8; i++)
        nodes[i + 4] =
            (node)FROM_TWO("+", i, (i * 5 + 2) % (i + 4), at(numbers, i, 0),
                           (i * 7 + 3) % (i + 4), at(numbers, i, 1));
    return recorded(nodes, 12);
}

TEST(tape_backward, of_any_tape, 2,
     "Every child adds its share.  Does a later one overwrite it?")
{
    node nodes[12];
    tape t = any_tape(nodes);
    call(tape_backward(&t, 11));
    expect_reference(grads(&t));
}

TEST(tape_backward, of_a_result_in_the_middle, 1,
     "What was recorded after the result has nothing to do with it.")
{
    node nodes[12];
    tape t = any_tape(nodes);
    call(tape_backward(&t, 8));
    expect_reference(grads(&t));
}

TEST(tape_backward, a_second_time, 2,
     "Leaves add up over calls.  What do the others begin with?")
{
    node nodes[12];
    tape t = any_tape(nodes);
    call(tape_backward(&t, 11));
    call(tape_backward(&t, 11));
    expect_reference(grads(&t));
}

TEST(tape_backward, of_two_results, 1,
     "The leaves now hold the gradient of the sum of both.")
{
    node nodes[12];
    tape t = any_tape(nodes);
    call(tape_backward(&t, 10));
    call(tape_backward(&t, 7));
    expect_reference(grads(&t));
}

TEST(tape_backward, of_a_leaf, 1, "How much does x change with x?")
{
    node nodes[12];
    tape t = any_tape(nodes);
    call(tape_backward(&t, 2));
    expect_reference(grads(&t));
}

TEST(tape_backward, of_a_long_chain, 2,
     "200,000 calls inside each other do not fit on the stack.  Which loop "
     "visits the nodes in the same order?")
{
    enum { LENGTH = 200001 };
    node *nodes = calloc(LENGTH, sizeof *nodes);
    nodes[0] = (node)LEAF("x", 1);
    for (size_t i = 1; i < LENGTH; i++)
        nodes[i] = (node)FROM_ONE("*", 1, i - 1, i % 2 ? 2 : 0.5);
    tape t = recorded(nodes, LENGTH);
    call(tape_backward(&t, LENGTH - 1));
    expect(t.nodes[0].grad, 1);
    expect(t.nodes[1].grad, 0.5);
    free(nodes);
}

TEST(tape_zero_grad, of_every_node, 1, "Which nodes have a gradient?")
{
    node nodes[12];
    tape t = any_tape(nodes);
    for (size_t i = 0; i < 12; i++)
        nodes[i].grad = i + 1;
    call(tape_zero_grad(&t));
    expect(grads(&t), MATRIX(12, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
}

TEST(tape_reset, to_the_parameters, 1,
     "Which nodes must still be there, and who needs the memory next?")
{
    tape t = { 0 };
    push_many(&t, 20, 100);
    size_t room = t.room;
    call(tape_reset(&t, 3));
    expect(t.count, 3);
    expect(t.room == room, 1);
    expect(values(&t), MATRIX(3, 1, 20, 21, 22));
    call(tape_reset(&t, 0));
    expect(t.count, 0);
    tape_free(&t);
}

/* --- print_dot --- */

enum { DRAWN = 5 };

typedef struct {
    matrix nodes; /* a row for each: value, gradient, is its name right?  */
    matrix edges; /* from row to column: the sum of the labels            */
    real lines;   /* first and last line: is the text one graph?          */
} drawing;

static tape drawn_tape(node *nodes)
{
    const node these[DRAWN] = { LEAF("x", 3), LEAF("y", -0.5),
                                FROM_TWO("*", -1.5, 0, -0.5, 1, 3),
                                FROM_TWO("+", 1.5, 2, 1, 0, 1),
                                FROM_TWO("*", 2.25, 3, 1.5, 3, 1.5) };
    memcpy(nodes, these, sizeof these);
    for (int i = 0; i < DRAWN; i++)
        nodes[i].grad = 0.25 * (i + 1);
    return recorded(nodes, DRAWN);
}

/* Read what print_dot wrote; whatever it was, this has the same shape. */
static drawing read_drawing(const char *text, const tape *t)
{
    static real nodes[3 * DRAWN], edges[DRAWN * DRAWN];
    drawing d = { { DRAWN, 3, nodes }, { DRAWN, DRAWN, edges }, 0 };
    matrix_fill(d.nodes, 0);
    matrix_fill(d.edges, 0);
    d.lines = strncmp(text, "digraph", 7) == 0;
    for (const char *line = text; line && *line;
         line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
        unsigned from, to;
        double number, slope;
        char name[16];
        if (sscanf(line, " n%u [label=\"%15[^\\]\\n%lg\\n%lg\"]", &from,
                   name, &number, &slope) == 4 &&
            from < DRAWN) {
            at(d.nodes, from, 0) += number;
            at(d.nodes, from, 1) += slope;
            at(d.nodes, from, 2) += strcmp(name, t->nodes[from].name) == 0;
        }
        if (sscanf(line, " n%u -> n%u [label=\"%lg\"]", &from, &to,
                   &slope) == 3 &&
            from < DRAWN && to < DRAWN)
            at(d.edges, from, to) += slope;
        d.lines += line[0] == '}';
    }
    return d;
}

static drawing draw(void (*print)(FILE *, const tape *))
{
    node nodes[DRAWN];
    tape t = drawn_tape(nodes);
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    print(file, &t);
    fclose(file);
    drawing d = read_drawing(text, &t);
    free(text);
    return d;
}

TEST(print_dot, of_five_nodes, 1,
     "A line for each node: its name, its value, its gradient, with a "
     "backslash and an n between them.  Compare yours with the contract's.")
{
    drawing d = { 0 };
    call(d = draw(print_dot));
    expect_reference(d.nodes);
    expect(d.lines, 2);
}

TEST(print_dot, and_what_went_into_each, 1,
     "In which direction do the numbers flow: from the parent, or to it?")
{
    drawing d = { 0 };
    call(d = draw(print_dot));
    expect_reference(d.edges);
}

/* --- vjp and the check --- */

/* x0 x1 and x0 + x1 + x2^2 and x1, recorded by hand. */
static void recorded_three(tape *t, var *results, const var *x)
{
    real a = t->nodes[x[0]].value, b = t->nodes[x[1]].value;
    real c = t->nodes[x[2]].value;
    results[0] = tape_push(t, (node)FROM_TWO("*", a * b, x[0], b, x[1], a));
    var sum = tape_push(t, (node)FROM_TWO("+", a + b, x[0], 1, x[1], 1));
    var square = tape_push(t, (node)FROM_ONE("power", c * c, x[2], 2 * c));
    results[1] =
        tape_push(t, (node)FROM_TWO("+", a + b + c * c, sum, 1, square, 1));
    results[2] = x[1];
}

TEST(vjp, of_the_worked_example, 1,
     "One way back begins at one number.  Which number depends on all "
     "results, each as much as u says?")
{
    matrix x = given("x", MATRIX(3, 1, 2, 3, 5));
    matrix u = given("u", MATRIX(3, 1, 1, 2, -1)), g = output("g", 3, 1);
    call(vjp(g, recorded_three, x, u));
    expect(g, MATRIX(3, 1, 5, 3, 20));
}

TEST(vjp, of_any_results, 2, "u has a number for each result.")
{
    matrix x = any_matrix("x", 3, 1), u = any_matrix("u", 3, 1);
    matrix g = output("g", 3, 1);
    call(vjp(g, recorded_three, x, u));
    expect_reference(g);
}

static void recorded_square(tape *t, var *results, const var *x)
{
    real a = t->nodes[x[0]].value, b = t->nodes[x[1]].value;
    var square = tape_push(t, (node)FROM_ONE("power", a * a, x[0], 2 * a));
    results[0] = tape_push(
        t, (node)FROM_TWO("*", a * a * b, square, b, x[1], a * a));
}

TEST(vjp, of_a_single_result, 1, "u is 1 x 1.  How many inputs are there?")
{
    matrix x = any_matrix("x", 2, 1), u = given("u", MATRIX(1, 1, 2.5));
    matrix g = output("g", 2, 1);
    call(vjp(g, recorded_square, x, u));
    expect_reference(g);
}

/* Local slopes that are wrong: the first by a factor, all, and by sign. */
static void wrong_by_half(tape *t, var *results, const var *x)
{
    real a = t->nodes[x[0]].value, b = t->nodes[x[1]].value;
    results[0] =
        tape_push(t, (node)FROM_TWO("*", a * b, x[0], b / 2, x[1], a));
}

static void wrong_by_half_and_third(tape *t, var *results, const var *x)
{
    real a = t->nodes[x[0]].value, b = t->nodes[x[1]].value;
    results[0] =
        tape_push(t, (node)FROM_TWO("*", a * b, x[0], b / 2, x[1], a / 3));
}

static void wrong_sign(tape *t, var *results, const var *x)
{
    real a = t->nodes[x[0]].value, b = t->nodes[x[1]].value;
    results[0] = tape_push(t, (node)FROM_TWO("-", a - b, x[0], 1, x[1], 1));
}

static void flat(tape *t, var *results, const var *x)
{
    results[0] = tape_push(t, (node)FROM_ONE("*", 4, x[0], 0));
}

static void slope_of_nan(tape *t, var *results, const var *x)
{
    real a = t->nodes[x[0]].value, b = t->nodes[x[1]].value;
    results[0] =
        tape_push(t, (node)FROM_TWO("+", a + b, x[0], NAN, x[1], 1));
}

TEST(tape_gradient_check, of_a_right_gradient, 1,
     "Slopes that agree have an error near 0.")
{
    matrix x = any_matrix("x", 3, 1);
    expect_within(1e-6, tape_gradient_check(recorded_square, x, 1e-5), 0);
}

TEST(tape_gradient_check, of_wrong_gradients, 2,
     "The error of each slope is (4.11): divided by what?")
{
    matrix x = given("x", MATRIX(2, 1, 3, 2));
    expect_within(1e-6, tape_gradient_check(wrong_by_half, x, 1e-5),
                  1 / 3.0);
    expect_within(1e-6,
                  tape_gradient_check(wrong_by_half_and_third, x, 1e-5),
                  1 / 2.0);
    expect_within(1e-6, tape_gradient_check(wrong_sign, x, 1e-5), 1);
}

TEST(tape_gradient_check, of_no_slope_at_all, 1,
     "Both are 0.  What do you divide by?")
{
    matrix x = given("x", MATRIX(2, 1, 3, 2));
    expect(tape_gradient_check(flat, x, 1e-5), 0);
}

TEST(tape_gradient_check, of_not_a_number, 1,
     "A comparison with NaN is false.  Is NaN your largest error?")
{
    matrix x = given("x", MATRIX(2, 1, 3, 2));
    expect(isnan(tape_gradient_check(slope_of_nan, x, 1e-5)) != 0, 1);
}

/* --- The graph: one operation forward, and what it hands back --- */

/* A leaf with a gradient that holds something already. */
static var parameter(graph *g, const char *name, const char *slope_name,
                     size_t rows, size_t cols)
{
    matrix value = any_matrix(name, rows, cols), begun;
    begun = matrix_new(rows, cols);
    for (size_t k = 0; k < rows * cols; k++)
        begun.data[k] = 10 + k;
    var leaf = graph_leaf(g, value, used(slope_name, begun));
    matrix_free(&begun);
    return leaf;
}

static var data(graph *g, matrix value)
{
    return graph_leaf(g, value, NO_MATRIX);
}

/* Let node C have the gradient dC and hand it on, until it has come to the
 * leaves: an operation may be made of several. */
static void hand_back(graph *g, var C, matrix dC)
{
    for (size_t i = 0; i < g->count; i++)
        if (g->nodes[i].backward != NULL)
            matrix_fill(g->nodes[i].grad, 0);
    for (size_t k = 0; k < dC.rows * dC.cols; k++)
        g->nodes[C].grad.data[k] = dC.data[k];
    for (size_t i = C + 1; i-- > 0;)
        if (g->nodes[i].backward != NULL && g->nodes[i].grad.data != NULL)
            g->nodes[i].backward(g, i);
}

static matrix value_of(const graph *g, var A)
{
    return g->nodes[A].value;
}

static matrix grad_of(const graph *g, var A)
{
    return g->nodes[A].grad;
}

TEST(graph_product, of_any_matrices, 1,
     "dA has the shape of A.  Which product of dC and B has it?")
{
    graph g = { 0 };
    var A = parameter(&g, "A", "dA", 3, 5);
    var B = parameter(&g, "B", "dB", 5, 4), C = 0;
    matrix dC = any_matrix("dC", 3, 4);
    call(C = graph_product(&g, A, B, AS_IT_IS));
    expect_reference(value_of(&g, C));
    call(hand_back(&g, C, dC));
    expect_reference(grad_of(&g, A));
    expect_reference(grad_of(&g, B));
    graph_free(&g);
}

TEST(graph_product, with_the_second_transposed, 2,
     "dB has the shape of B.  Which product of dC and A has it?")
{
    graph g = { 0 };
    var A = parameter(&g, "A", "dA", 3, 5);
    var B = parameter(&g, "B", "dB", 4, 5), C = 0;
    matrix dC = any_matrix("dC", 3, 4);
    call(C = graph_product(&g, A, B, TRANSPOSED));
    expect_reference(value_of(&g, C));
    call(hand_back(&g, C, dC));
    expect_reference(grad_of(&g, A));
    expect_reference(grad_of(&g, B));
    graph_free(&g);
}

TEST(graph_product, with_data, 1,
     "Data has no gradient: there is no memory for it.")
{
    graph g = { 0 };
    matrix X = any_matrix("A", 3, 5);
    var A = data(&g, X), B = parameter(&g, "B", "dB", 4, 5), C = 0;
    matrix dC = any_matrix("dC", 3, 4);
    call(C = graph_product(&g, A, B, TRANSPOSED));
    call(hand_back(&g, C, dC));
    expect_reference(grad_of(&g, B));

    matrix Y = any_matrix("D", 2, 5), dF = any_matrix("dF", 3, 2);
    var E = parameter(&g, "E", "dE", 3, 5), D = data(&g, Y), F = 0;
    call(F = graph_product(&g, E, D, TRANSPOSED));
    call(hand_back(&g, F, dF));
    expect_reference(grad_of(&g, E));
    graph_free(&g);
}

TEST(graph_add_row, of_any_matrix, 1,
     "b went into every row.  How many slopes add up in db?")
{
    graph g = { 0 };
    var A = parameter(&g, "A", "dA", 4, 3);
    var b = parameter(&g, "b", "db", 3, 1), C = 0;
    matrix dC = any_matrix("dC", 4, 3);
    call(C = graph_add_row(&g, A, b));
    expect_reference(value_of(&g, C));
    call(hand_back(&g, C, dC));
    expect_reference(grad_of(&g, A));
    expect_reference(grad_of(&g, b));
    graph_free(&g);
}

TEST(graph_add_row, to_data, 1, "A has no gradient here, b has.")
{
    graph g = { 0 };
    matrix X = any_matrix("A", 4, 3);
    var A = data(&g, X), b = parameter(&g, "b", "db", 3, 1), C = 0;
    matrix dC = any_matrix("dC", 4, 3);
    call(C = graph_add_row(&g, A, b));
    call(hand_back(&g, C, dC));
    expect_reference(grad_of(&g, b));

    var D = parameter(&g, "D", "dD", 2, 5);
    matrix row = any_matrix("row", 5, 1), dE = any_matrix("dE", 2, 5);
    var r = data(&g, row), E = 0;
    call(E = graph_add_row(&g, D, r));
    call(hand_back(&g, E, dE));
    expect_reference(grad_of(&g, D));
    graph_free(&g);
}

TEST(graph_activate, with_each_activation, 2,
     "The slope of an activation from what came out, not from what went "
     "in: chapter 03.")
{
    static const activation kinds[] = { TANH, SIGMOID, RELU, IDENTITY };
    graph g = { 0 };
    for (int k = 0; k < 4; k++) {
        var A = parameter(&g, "A", "dA", 3, 4), C = 0;
        matrix dC = any_matrix("dC", 3, 4);
        call(C = graph_activate(&g, kinds[k], A));
        expect_reference(value_of(&g, C));
        call(hand_back(&g, C, dC));
        expect_reference(grad_of(&g, A));
    }
    graph_free(&g);
}

TEST(graph_hadamard, of_any_matrices, 1, "Times swaps: what goes to A?")
{
    graph g = { 0 };
    var A = parameter(&g, "A", "dA", 3, 4);
    var B = parameter(&g, "B", "dB", 3, 4), C = 0;
    matrix dC = any_matrix("dC", 3, 4);
    call(C = graph_hadamard(&g, A, B));
    expect_reference(value_of(&g, C));
    call(hand_back(&g, C, dC));
    expect_reference(grad_of(&g, A));
    expect_reference(grad_of(&g, B));
    graph_free(&g);
}

TEST(graph_hadamard, of_a_matrix_with_itself, 1,
     "The square has twice the slope.  Are both shares there?")
{
    graph g = { 0 };
    var A = parameter(&g, "A", "dA", 3, 5), C = 0;
    matrix dC = any_matrix("dC", 3, 5);
    call(C = graph_hadamard(&g, A, A));
    expect_reference(value_of(&g, C));
    call(hand_back(&g, C, dC));
    expect_reference(grad_of(&g, A));
    graph_free(&g);
}

TEST(graph_hadamard, with_data, 1, "Only one of the two has a gradient.")
{
    graph g = { 0 };
    var A = parameter(&g, "A", "dA", 3, 4), C = 0, D = 0;
    matrix mask = any_matrix("B", 3, 4), dC = any_matrix("dC", 3, 4);
    var B = data(&g, mask);
    call(C = graph_hadamard(&g, A, B));
    call(hand_back(&g, C, dC));
    expect_reference(grad_of(&g, A));
    call(D = graph_hadamard(&g, B, A));
    call(hand_back(&g, D, dC));
    expect_reference(grad_of(&g, A));
    graph_free(&g);
}

TEST(graph_sum, of_any_matrix, 1,
     "Each element counts once.  How much of dc does it get?")
{
    graph g = { 0 };
    var A = parameter(&g, "A", "dA", 3, 4), c = 0;
    matrix dc = any_matrix("dc", 1, 1);
    call(c = graph_sum(&g, A));
    expect_reference(value_of(&g, c));
    call(hand_back(&g, c, dc));
    expect_reference(grad_of(&g, A));
    graph_free(&g);
}

TEST(graph_mean, of_any_matrix, 1,
     "Each element counts as one of r s.  How much of dc does it get?")
{
    graph g = { 0 };
    var A = parameter(&g, "A", "dA", 3, 5), c = 0;
    matrix dc = any_matrix("dc", 1, 1);
    call(c = graph_mean(&g, A));
    expect_reference(value_of(&g, c));
    call(hand_back(&g, c, dc));
    expect_reference(grad_of(&g, A));
    graph_free(&g);
}

TEST(graph_transpose, of_any_matrix, 1,
     "Element (i, j) went to (j, i).  Where does its slope come from?")
{
    graph g = { 0 };
    var A = parameter(&g, "A", "dA", 3, 5), C = 0;
    matrix dC = any_matrix("dC", 5, 3);
    call(C = graph_transpose(&g, A));
    expect_reference(value_of(&g, C));
    call(hand_back(&g, C, dC));
    expect_reference(grad_of(&g, A));
    graph_free(&g);
}

TEST(graph_softmax_cross_entropy, of_any_scores, 2,
     "The loss may be one term of many: dc is not always 1.")
{
    graph g = { 0 };
    var Z = parameter(&g, "Z", "dZ", 4, 3), c = 0;
    matrix labels = given("y", MATRIX(4, 1, 2, 0, 1, 1));
    matrix dc = any_matrix("dc", 1, 1);
    var y = data(&g, labels);
    call(c = graph_softmax_cross_entropy(&g, Z, y));
    expect_reference(value_of(&g, c));
    call(hand_back(&g, c, dc));
    expect_reference(grad_of(&g, Z));
    graph_free(&g);
}

/* --- graph_backward --- */

TEST(graph_backward, of_any_graph, 2,
     "Begin with 1 at the result; each node hands its own on.  In which "
     "order?")
{
    graph g = { 0 };
    var A = parameter(&g, "A", "dA", 3, 4);
    var B = parameter(&g, "B", "dB", 3, 4);
    var D = graph_subtract(&g, A, B);
    var E = graph_subtract(&g, D, graph_scale(&g, D, 3));
    var F = graph_sum(&g, graph_subtract(&g, E, A));
    call(graph_backward(&g, F));
    expect_reference(grad_of(&g, A));
    expect_reference(grad_of(&g, B));
    expect_reference(grad_of(&g, D));
    graph_free(&g);
}

TEST(graph_backward, a_second_time, 1,
     "Leaves add up over calls.  What do the others begin with?")
{
    graph g = { 0 };
    var A = parameter(&g, "A", "dA", 2, 3);
    var D = graph_scale(&g, A, 2), E = graph_scale(&g, D, 3);
    var F = graph_sum(&g, E);
    call(graph_backward(&g, F));
    call(graph_backward(&g, F));
    expect_reference(grad_of(&g, A));
    expect_reference(grad_of(&g, D));
    graph_free(&g);
}

TEST(graph_backward, of_a_result_in_the_middle, 1,
     "What was recorded after the result has nothing to do with it.")
{
    graph g = { 0 };
    var A = parameter(&g, "A", "dA", 2, 3);
    var first = graph_sum(&g, A);
    var second = graph_scale(&g, first, 5);
    call(graph_backward(&g, first));
    expect_reference(grad_of(&g, A));
    expect(grad_of(&g, second), MATRIX(1, 1, 0));
    graph_free(&g);
}

TEST(graph_backward, of_data_alone, 1,
     "A result that no parameter went into has no gradient at all.")
{
    graph g = { 0 };
    matrix X = any_matrix("X", 2, 3);
    var F = graph_sum(&g, data(&g, X));
    var A = parameter(&g, "A", "dA", 2, 3);
    call(graph_backward(&g, F));
    expect_reference(grad_of(&g, A));
    graph_free(&g);
}

/* --- graph_mlp --- */

enum { MOST_LAYERS = 3 };
static const char *const W_names[] = { "W[1]", "W[2]", "W[3]" };
static const char *const b_names[] = { "b[1]", "b[2]", "b[3]" };
static const char *const dW_names[] = { "dW[1]", "dW[2]", "dW[3]" };
static const char *const db_names[] = { "db[1]", "db[2]", "db[3]" };

static mlp any_network(layer *layers, size_t depth, const size_t *sizes,
                       activation hidden, task kind)
{
    for (size_t l = 0; l < depth; l++) {
        layers[l].W = any_matrix(W_names[l], sizes[l + 1], sizes[l]);
        layers[l].b = any_matrix(b_names[l], sizes[l + 1], 1);
    }
    return (mlp){
        .depth = depth, .layers = layers, .hidden = hidden, .task = kind
    };
}

/* Gradients that are 0 yet. */
static mlp no_slopes(layer *layers, mlp net)
{
    mlp zero = mlp_copy(net), grad = net;
    grad.layers = layers;
    for (size_t l = 0; l < net.depth; l++) {
        matrix_fill(zero.layers[l].W, 0);
        matrix_fill(zero.layers[l].b, 0);
        layers[l].W = used(dW_names[l], zero.layers[l].W);
        layers[l].b = used(db_names[l], zero.layers[l].b);
    }
    mlp_free(&zero);
    return grad;
}

/* What chapter 04 says: its loss, or its gradient; only the judge asks. */
#ifdef JUDGE
static real wanted_loss(mlp net, matrix X, matrix y)
{
    mlp_cache cache = mlp_cache_new(net, X.rows);
    mlp_forward(&cache, net, X);
    real loss = mlp_loss(net, cache.A[net.depth], y);
    mlp_cache_free(&cache);
    return loss;
}

static mlp wanted_gradient(mlp net, matrix X, matrix y)
{
    mlp grad = mlp_copy(net);
    mlp_cache cache = mlp_cache_new(net, X.rows);
    mlp_forward(&cache, net, X);
    mlp_backward(&grad, &cache, net, y);
    mlp_cache_free(&cache);
    return grad;
}
#endif

static void expect_chapter_04(mlp grad, mlp net, matrix X, matrix y)
{
#ifdef JUDGE
    mlp wanted = wanted_gradient(net, X, y);
#endif
    for (size_t l = 0; l < net.depth; l++) {
        expect_within(1e-12, grad.layers[l].W, wanted.layers[l].W);
        expect_within(1e-12, grad.layers[l].b, wanted.layers[l].b);
    }
#ifdef JUDGE
    mlp_free(&wanted);
#endif
}

TEST(graph_mlp, classification, 2,
     "Every line of chapter 04's forward pass is one operation.")
{
    graph g = { 0 };
    layer layers[3], slopes[3];
    mlp net = any_network(layers, 3, (size_t[]){ 3, 5, 4, 7 }, TANH,
                          CLASSIFICATION);
    mlp grad = no_slopes(slopes, net);
    matrix X = any_matrix("X", 6, 3);
    matrix y = given("y", MATRIX(6, 1, 2, 0, 6, 1, 5, 3));
    var loss = 0;
    call(loss = graph_mlp(&g, net, grad, X, y));
    expect(value_of(&g, loss), MATRIX(1, 1, wanted_loss(net, X, y)));
    call(graph_backward(&g, loss));
    expect_chapter_04(grad, net, X, y);
    graph_free(&g);
}

TEST(graph_mlp, regression, 2,
     "(4.3) divides by 2N, the mean by all N n_L numbers.  What is the "
     "factor between them?")
{
    graph g = { 0 };
    layer layers[3], slopes[3];
    mlp net =
        any_network(layers, 2, (size_t[]){ 4, 3, 5 }, SIGMOID, REGRESSION);
    mlp grad = no_slopes(slopes, net);
    matrix X = any_matrix("X", 7, 4), y = any_matrix("y", 7, 5);
    var loss = 0;
    call(loss = graph_mlp(&g, net, grad, X, y));
    expect(value_of(&g, loss), MATRIX(1, 1, wanted_loss(net, X, y)));
    call(graph_backward(&g, loss));
    expect_chapter_04(grad, net, X, y);
    graph_free(&g);
}

TEST(graph_mlp, of_a_single_layer, 1,
     "With one layer the first is the last: it has no activation.")
{
    graph g = { 0 };
    layer layers[3], slopes[3];
    mlp net =
        any_network(layers, 1, (size_t[]){ 4, 3 }, RELU, CLASSIFICATION);
    mlp grad = no_slopes(slopes, net);
    matrix X = any_matrix("X", 5, 4);
    matrix y = given("y", MATRIX(5, 1, 2, 0, 1, 1, 2));
    var loss = 0;
    call(loss = graph_mlp(&g, net, grad, X, y));
    expect(value_of(&g, loss), MATRIX(1, 1, wanted_loss(net, X, y)));
    call(graph_backward(&g, loss));
    expect_chapter_04(grad, net, X, y);
    graph_free(&g);
}

TEST(graph_mlp, on_a_graph_used_before, 1,
     "The graph was reset.  Does anything remember the step before?")
{
    graph g = { 0 };
    layer layers[3], slopes[3];
    mlp net =
        any_network(layers, 2, (size_t[]){ 3, 5, 4 }, RELU, CLASSIFICATION);
    mlp grad = no_slopes(slopes, net);
    matrix X = any_matrix("X", 7, 3);
    matrix y = given("y", MATRIX(7, 1, 0, 3, 1, 2, 2, 0, 1));
    var loss = 0;
    call(loss = graph_mlp(&g, net, grad, X, y));
    call(graph_backward(&g, loss));
    graph_zero_grad(&g);
    graph_reset(&g);
    call(loss = graph_mlp(&g, net, grad, X, y));
    call(graph_backward(&g, loss));
    expect_chapter_04(grad, net, X, y);
    graph_free(&g);
}
