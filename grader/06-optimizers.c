/* Tests of chapter 06.  The first example of each function is worked by
 * hand in the lesson; the others are there so that it cannot be typed in.
 */
#include "optimizers.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>

/* --- Fixtures --- */

enum { COUNT = 4, ALL = 19 }; /* blocks, and elements of all of them */
static const size_t rows[COUNT] = { 3, 3, 2, 2 };
static const size_t cols[COUNT] = { 2, 1, 4, 1 };
static const char *const theta_names[] = { "theta[0]", "theta[1]",
                                           "theta[2]", "theta[3]" };
static const char *const first_names[] = { "m.first[0]", "m.first[1]",
                                           "m.first[2]", "m.first[3]" };
static const char *const second_names[] = { "m.second[0]", "m.second[1]",
                                            "m.second[2]", "m.second[3]" };
static const char *const grad_names[] = { "grad[0]", "grad[1]", "grad[2]",
                                          "grad[3]" };

/* Random numbers that may be changed; positive ones if asked for. */
static blocks used_blocks(matrix *of, const char *const *names,
                          bool positive)
{
    for (int k = 0; k < COUNT; k++) {
        matrix any = any_matrix("before", rows[k], cols[k]);
        matrix copy = matrix_copy(any);
        for (size_t e = 0; positive && e < rows[k] * cols[k]; e++)
            copy.data[e] = fabs(copy.data[e]);
        of[k] = used(names[k], copy);
        matrix_free(&copy);
    }
    return (blocks){ .count = COUNT, .of = of, .borrow = true };
}

static blocks zero_blocks(matrix *of, const char *const *names)
{
    for (int k = 0; k < COUNT; k++) {
        matrix zero = matrix_new(rows[k], cols[k]);
        of[k] = used(names[k], zero);
        matrix_free(&zero);
    }
    return (blocks){ .count = COUNT, .of = of, .borrow = true };
}

static blocks any_blocks(matrix *of, const char *const *names)
{
    for (int k = 0; k < COUNT; k++)
        of[k] = any_matrix(names[k], rows[k], cols[k]);
    return (blocks){ .count = COUNT, .of = of, .borrow = true };
}

static memory no_memory(matrix *first, matrix *second)
{
    return (memory){ .first = zero_blocks(first, first_names),
                     .second = zero_blocks(second, second_names) };
}

/* One parameter alone, with what is remembered of it. */
typedef struct {
    matrix theta, first, second;
    blocks all;
    memory m;
} single;

static void single_at(single *one, real theta)
{
    one->theta = used("theta", MATRIX(1, 1, theta));
    one->first = used("m.first", MATRIX(1, 1, 0));
    one->second = used("m.second", MATRIX(1, 1, 0));
    one->all = (blocks){ .count = 1, .of = &one->theta, .borrow = true };
    one->m = (memory){ .first = { 1, &one->first, true },
                       .second = { 1, &one->second, true } };
}

#define ONE_GRADIENT(name, value)                                          \
    ((blocks){ .count = 1,                                                 \
               .of = &(matrix[]){ given(name, MATRIX(1, 1, value)) }[0],   \
               .borrow = true })

/* --- Fifty steps, and what was published about them --- */

typedef enum {
    SGD,
    MOMENTUM,
    NESTEROV,
    ADAGRAD,
    RMSPROP,
    ADADELTA,
    ADAM,
    ADAMW
} kind;
#define RATE 0.05
#define BETA 0.9
#define BETA2 0.99
#define DECAY 0.3

/* Element e of the gradient at step t, whatever theta is. */
static real slope_at(matrix base, size_t e, int t)
{
    return base.data[e] * cos(0.7 * t + e) + 0.3 * sin(0.2 * t);
}

static void step(kind which, blocks theta, memory *m, blocks grad)
{
    switch (which) {
    case SGD:
        sgd(theta, grad, RATE);
        return;
    case MOMENTUM:
        momentum(theta, m, grad, RATE, BETA);
        return;
    case NESTEROV:
        nesterov(theta, m, grad, RATE, BETA);
        return;
    case ADAGRAD:
        adagrad(theta, m, grad, RATE);
        return;
    case RMSPROP:
        rmsprop(theta, m, grad, RATE, BETA);
        return;
    case ADADELTA:
        adadelta(theta, m, grad, RATE, BETA);
        return;
    case ADAM:
        adam(theta, m, grad, RATE, BETA, BETA2);
        return;
    case ADAMW:
        adamw(theta, m, grad, RATE, BETA, BETA2, DECAY);
    }
}

/* Steps from ... to, each with a gradient of its own. */
static void steps(int from, int to, kind which, blocks theta, memory *m,
                  matrix base)
{
    blocks grad = blocks_like(theta);
    for (int t = from; t <= to; t++) {
        size_t e = 0;
        for (size_t k = 0; k < grad.count; k++)
            for (size_t i = 0; i < rows[k] * cols[k]; i++)
                grad.of[k].data[i] = slope_at(base, e++, t);
        step(which, theta, m, grad);
    }
    blocks_free(&grad);
}

/* All elements of all blocks as one column. */
static matrix column(blocks all)
{
    static real all_of_them[ALL];
    size_t e = 0;
    for (size_t k = 0; k < all.count; k++)
        for (size_t i = 0; i < rows[k] * cols[k]; i++)
            all_of_them[e++] = all.of[k].data[i];
    return (matrix){ ALL, 1, all_of_them };
}

#ifdef JUDGE
/* The recurrences as their authors wrote them, for one number after
 * another; theta is where the walk began. */
static matrix published(kind which, matrix theta, matrix base, int last)
{
    static real walked[ALL];
    for (size_t e = 0; e < ALL; e++) {
        bool weight = e < 6 || (9 <= e && e < 17);
        real x = theta.data[e], v = 0, s = 0, u = 0, m = 0;
        for (int t = 1; t <= last; t++) {
            real g = slope_at(base, e, t);
            switch (which) {
            case SGD:
                x = x - RATE * g;
                break;
            case MOMENTUM: /* Polyak 1964 */
                v = BETA * v + g;
                x = x - RATE * v;
                break;
            case NESTEROV: /* Sutskever and others 2013, shifted by v */
                v = BETA * v - RATE * g;
                x = x + BETA * v - RATE * g;
                break;
            case ADAGRAD: /* Duchi, Hazan and Singer 2011 */
                s = s + pow(g, 2);
                x = x - RATE / (pow(s, 0.5) + 1e-8) * g;
                break;
            case RMSPROP: /* Tieleman and Hinton 2012 */
                s = 0.9 * s + 0.1 * pow(g, 2);
                x = x - RATE / (pow(s, 0.5) + 1e-8) * g;
                break;
            case ADADELTA: /* Zeiler 2012 */
                s = BETA * s + (1 - BETA) * pow(g, 2);
                m = -pow((u + 1e-6) / (s + 1e-6), 0.5) * g;
                u = BETA * u + (1 - BETA) * pow(m, 2);
                x = x + RATE * m;
                break;
            case ADAMW: /* Loshchilov and Hutter 2019 */
                if (weight)
                    x = x * (1 - RATE * DECAY);
                /* fall through */
            case ADAM: /* Kingma and Ba 2015 */
                m = BETA * m + (1 - BETA) * g;
                v = BETA2 * v + (1 - BETA2) * pow(g, 2);
                x = x - RATE * (m / (1 - pow(BETA, t))) /
                            (pow(v / (1 - pow(BETA2, t)), 0.5) + 1e-8);
            }
        }
        walked[e] = x;
    }
    return (matrix){ ALL, 1, walked };
}
#endif

/* Where theta is after 1, 2 and 50 steps. */
static void fifty_steps(kind which)
{
    matrix of[COUNT], first[COUNT], second[COUNT];
    matrix base = any_matrix("slopes", ALL, 1);
    blocks theta = used_blocks(of, theta_names, false);
    memory m = no_memory(first, second);
    matrix start = matrix_copy(column(theta));
    call(steps(1, 1, which, theta, &m, base));
    expect_within(1e-12, column(theta), published(which, start, base, 1));
    call(steps(2, 2, which, theta, &m, base));
    expect_within(1e-12, column(theta), published(which, start, base, 2));
    call(steps(3, 50, which, theta, &m, base));
    expect_within(1e-12, column(theta), published(which, start, base, 50));
    matrix_free(&start);
}

/* One step with a given gradient, from a memory that is not empty. */
static void one_step(kind which)
{
    matrix of[COUNT], first[COUNT], second[COUNT], slopes[COUNT];
    blocks theta = used_blocks(of, theta_names, false);
    memory m = { .t = 2,
                 .first =
                     used_blocks(first, first_names, which == ADADELTA),
                 .second = used_blocks(second, second_names, true) };
    blocks grad = any_blocks(slopes, grad_names);
    call(step(which, theta, &m, grad));
    for (int k = 0; k < COUNT; k++)
        expect_reference_within(1e-12, theta.of[k]);
    for (int k = 0; which != SGD && k < COUNT; k++) {
        expect_reference_within(1e-12, m.first.of[k]);
        expect_reference_within(1e-12, m.second.of[k]);
    }
    expect_reference(m.t);
}

/* --- sgd, momentum, nesterov --- */

TEST(sgd, of_the_worked_example, 1, "Downhill is against the slope.")
{
    single one;
    single_at(&one, 2);
    blocks grad = ONE_GRADIENT("grad", 3);
    call(sgd(one.all, grad, 0.1));
    expect(one.theta, MATRIX(1, 1, 1.7));
}

TEST(sgd, of_several_blocks, 2, "Is every element of every block moved?")
{
    one_step(SGD);
}

TEST(sgd, fifty_steps, 1, "Each step begins where the last one ended.")
{
    fifty_steps(SGD);
}

TEST(momentum, of_the_worked_example, 1,
     "What is the velocity after the second gradient?")
{
    single one;
    single_at(&one, 0);
    blocks grad = ONE_GRADIENT("grad", 1);
    call(momentum(one.all, &one.m, grad, 0.1, 0.9));
    expect(one.theta, MATRIX(1, 1, -0.1));
    call(momentum(one.all, &one.m, grad, 0.1, 0.9));
    expect(one.first, MATRIX(1, 1, 1.9));
    expect(one.theta, MATRIX(1, 1, -0.29));
}

TEST(momentum, of_several_blocks, 2,
     "The velocity is kept in m->first, without the rate.")
{
    one_step(MOMENTUM);
}

TEST(momentum, fifty_steps, 2,
     "What is left of a gradient ten steps later?")
{
    fifty_steps(MOMENTUM);
}

TEST(nesterov, of_the_worked_example, 1,
     "The step takes this gradient, and beta of the new velocity.")
{
    single one;
    single_at(&one, 0);
    blocks grad = ONE_GRADIENT("grad", 1);
    call(nesterov(one.all, &one.m, grad, 0.1, 0.9));
    expect(one.theta, MATRIX(1, 1, -0.19));
    call(nesterov(one.all, &one.m, grad, 0.1, 0.9));
    expect(one.theta, MATRIX(1, 1, -0.461));
}

TEST(nesterov, of_several_blocks, 2,
     "The velocity is kept in m->first, without the rate.")
{
    one_step(NESTEROV);
}

TEST(nesterov, fifty_steps, 2, "Which velocity stands in (6.4)?")
{
    fifty_steps(NESTEROV);
}

/* --- adagrad, rmsprop, adadelta --- */

TEST(adagrad, of_the_worked_example, 1,
     "3, then 4: what is the root of the sum of their squares?")
{
    single one;
    single_at(&one, 0);
    blocks three = ONE_GRADIENT("first grad", 3);
    blocks four = ONE_GRADIENT("second grad", 4);
    call(adagrad(one.all, &one.m, three, 0.1));
    expect_within(1e-7, one.theta, MATRIX(1, 1, -0.1));
    call(adagrad(one.all, &one.m, four, 0.1));
    expect(one.second, MATRIX(1, 1, 25));
    expect_within(1e-7, one.theta, MATRIX(1, 1, -0.18));
}

TEST(adagrad, of_several_blocks, 2, "Every element has a sum of its own.")
{
    one_step(ADAGRAD);
}

TEST(adagrad, fifty_steps, 2, "Nothing is ever forgotten here.")
{
    fifty_steps(ADAGRAD);
}

/* A parameter whose gradient was always 0 stays where it is. */
static void no_gradient(kind which, real stays)
{
    single one;
    single_at(&one, stays);
    blocks grad = ONE_GRADIENT("grad", 0);
    call(step(which, one.all, &one.m, grad));
    expect(one.theta, MATRIX(1, 1, stays));
}

/* So small a gradient that the constant decides. */
static void tiny_gradient(kind which)
{
    single one;
    single_at(&one, 0);
    blocks grad = ONE_GRADIENT("grad", -2e-8);
    call(step(which, one.all, &one.m, grad));
    expect_reference(one.theta);
}

TEST(adagrad, of_no_gradient, 1, "0 / 0 is not a number.")
{
    no_gradient(ADAGRAD, 3);
    tiny_gradient(ADAGRAD);
}

TEST(rmsprop, of_the_worked_example, 1,
     "A tenth of 9 is 0.9.  What is its root?")
{
    single one;
    single_at(&one, 0);
    blocks grad = ONE_GRADIENT("grad", 3);
    call(rmsprop(one.all, &one.m, grad, 0.1, 0.9));
    expect(one.second, MATRIX(1, 1, 0.9));
    expect_within(1e-12, one.theta,
                  MATRIX(1, 1, -0.3 / (sqrt(0.9) + 1e-8)));
}

TEST(rmsprop, of_several_blocks, 2,
     "The mean of squares is kept in m->second.")
{
    one_step(RMSPROP);
}

TEST(rmsprop, fifty_steps, 2, "rho of the old, 1 - rho of the new.")
{
    fifty_steps(RMSPROP);
}

TEST(rmsprop, of_no_gradient, 1, "0 / 0 is not a number.")
{
    no_gradient(RMSPROP, -2);
    tiny_gradient(RMSPROP);
}

TEST(adadelta, of_the_worked_example, 1,
     "u is 0 before the first step.  Whose root begins the walk?")
{
    single one;
    single_at(&one, 0);
    blocks grad = ONE_GRADIENT("grad", 3);
    call(adadelta(one.all, &one.m, grad, 1, 0.9));
    expect(one.second, MATRIX(1, 1, 0.9));
    expect_within(1e-12, one.theta, MATRIX(1, 1, -0.003 / sqrt(0.900001)));
}

TEST(adadelta, of_several_blocks, 2,
     "u in m->first, s in m->second.  Which of the two is new in (6.8)?")
{
    one_step(ADADELTA);
}

TEST(adadelta, fifty_steps, 2, "Which u stands in (6.8)?")
{
    fifty_steps(ADADELTA);
}

/* --- adam and adamw --- */

TEST(adam, of_the_worked_example, 2,
     "At t = 1 the correction divides by 1 - beta.  At t = 2?")
{
    single one;
    single_at(&one, 0);
    blocks first = ONE_GRADIENT("first grad", 1);
    blocks second = ONE_GRADIENT("second grad", -0.5);
    blocks third = ONE_GRADIENT("third grad", 0.25);
    call(adam(one.all, &one.m, first, 0.1, 0.9, 0.999));
    expect_within(1e-6, one.theta, MATRIX(1, 1, -0.1));
    call(adam(one.all, &one.m, second, 0.1, 0.9, 0.999));
    expect_within(1e-6, one.theta, MATRIX(1, 1, -0.1266337));
    call(adam(one.all, &one.m, third, 0.1, 0.9, 0.999));
    expect_within(1e-6, one.theta, MATRIX(1, 1, -0.1606766));
}

TEST(adam, of_several_blocks, 2,
     "How many steps have been taken when the second block gets its?")
{
    one_step(ADAM);
}

TEST(adam, fifty_steps, 2, "Does t count up in every call, and only once?")
{
    fifty_steps(ADAM);
}

TEST(adam, of_no_gradient, 1, "0 / 0 is not a number.")
{
    no_gradient(ADAM, 5);
}

TEST(adam, of_a_tiny_gradient, 1,
     "EPSILON is added to the root, not under it.")
{
    tiny_gradient(ADAM);
}

TEST(adamw, of_the_worked_example, 1,
     "With no gradient at all, by how much does a weight shrink?")
{
    single one;
    single_at(&one, 0.8);
    blocks grad = ONE_GRADIENT("grad", 0);
    call(adamw(one.all, &one.m, grad, 0.01, 0.9, 0.999, 0.01));
    expect(one.theta, MATRIX(1, 1, 0.79992));
}

TEST(adamw, of_several_blocks, 2, "Which blocks are weights?")
{
    one_step(ADAMW);
}

TEST(adamw, fifty_steps, 2,
     "The decay does not go through the gradient.  What would Adam do to "
     "it there?")
{
    fifty_steps(ADAMW);
}

TEST(adamw, without_decay, 1, "Then it is Adam.")
{
    matrix of[COUNT], first[COUNT], second[COUNT], slopes[COUNT];
    blocks theta = used_blocks(of, theta_names, false);
    memory m = no_memory(first, second);
    blocks grad = any_blocks(slopes, grad_names);
    call(adamw(theta, &m, grad, 0.1, 0.9, 0.999, 0));
    expect_reference(column(theta));
    expect(m.t, 1);
}

/* --- average --- */

TEST(average, of_the_worked_example, 1,
     "The mean of 2 and 4 is 3.  How far does 9 move it?")
{
    matrix mean = output("mean", 1, 1);
    blocks all = { .count = 1, .of = &mean, .borrow = true };
    blocks two = ONE_GRADIENT("first theta", 2);
    blocks four = ONE_GRADIENT("second theta", 4);
    blocks nine = ONE_GRADIENT("third theta", 9);
    call(average(all, two, 1));
    expect(mean, MATRIX(1, 1, 2));
    call(average(all, four, 2));
    expect(mean, MATRIX(1, 1, 3));
    call(average(all, nine, 3));
    expect(mean, MATRIX(1, 1, 5));
}

TEST(average, of_several_blocks, 1, "Each place counts as one of t.")
{
    matrix of[COUNT], places[COUNT];
    blocks mean = used_blocks(of, theta_names, false);
    blocks theta = any_blocks(places, grad_names);
    call(average(mean, theta, 7));
    expect_reference(column(mean));
}

/* --- Schedules --- */

TEST(step_decay, of_the_worked_example, 1,
     "How often has it been lowered before step 25?")
{
    expect(step_decay(0.1, 25, 10, 0.5), 0.025);
    expect(step_decay(0.1, 9, 10, 0.5), 0.1);
    expect(step_decay(0.1, 10, 10, 0.5), 0.05);
}

TEST(step_decay, of_any_rate, 1, "Every step of it multiplies once more.")
{
    real rate = any_number("rate", 0.1, 2);
    real factor = any_number("factor", 0.2, 0.9);
    expect_reference(step_decay(rate, 0, 3, factor));
    expect_reference(step_decay(rate, 17, 3, factor));
    expect_reference(step_decay(rate, 4, 1, factor));
}

TEST(cosine_warmup, of_the_worked_example, 1,
     "Which share of the way down has been gone?")
{
    expect_within(1e-4, cosine_warmup(1, 30, 100, 0), 0.793893);
    expect(cosine_warmup(1, 50, 100, 0), 0.5);
    expect(cosine_warmup(1, 0, 100, 0), 1);
    expect(cosine_warmup(1, 100, 100, 0), 0);
}

TEST(cosine_warmup, while_it_warms_up, 1,
     "The first step is not 0, and the last of the warm-up is the rate.")
{
    real rate = any_number("rate", 0.1, 2);
    expect_reference(cosine_warmup(rate, 0, 50, 8));
    expect_reference(cosine_warmup(rate, 5, 50, 8));
    expect_reference(cosine_warmup(rate, 7, 50, 8));
}

TEST(cosine_warmup, after_it, 1,
     "The wave begins when the warm-up has ended.")
{
    real rate = any_number("rate", 0.1, 2);
    expect_reference(cosine_warmup(rate, 8, 50, 8));
    expect_reference(cosine_warmup(rate, 20, 50, 8));
    expect_reference(cosine_warmup(rate, 50, 50, 8));
}

/* --- clip_by_norm --- */

TEST(clip_by_norm, of_the_worked_example, 1, "How long is (3, 4)?")
{
    matrix g = used("grad", MATRIX(2, 1, 3, 4));
    blocks grad = { .count = 1, .of = &g, .borrow = true };
    expect(clip_by_norm(grad, 1), 5);
    expect(g, MATRIX(2, 1, 0.6, 0.8));
}

TEST(clip_by_norm, of_a_short_gradient, 1,
     "What is not too long stays as it is.")
{
    matrix g = used("grad", MATRIX(2, 1, 0.3, -0.4));
    blocks grad = { .count = 1, .of = &g, .borrow = true };
    expect(clip_by_norm(grad, 1), 0.5);
    expect(g, MATRIX(2, 1, 0.3, -0.4));
}

TEST(clip_by_norm, of_several_blocks, 2,
     "All blocks make one vector.  How long is that?")
{
    matrix of[COUNT];
    blocks grad = used_blocks(of, grad_names, false);
    expect_reference(clip_by_norm(grad, 2.5));
    for (int k = 0; k < COUNT; k++)
        expect_reference(grad.of[k]);
}

TEST(clip_by_norm, of_no_gradient, 1, "Its length is 0, and that is fine.")
{
    matrix g = used("grad", MATRIX(2, 1, 0, 0));
    blocks grad = { .count = 1, .of = &g, .borrow = true };
    expect(clip_by_norm(grad, 1), 0);
    expect(g, MATRIX(2, 1, 0, 0));
}

/* --- online_fit --- */

typedef struct {
    matrix X, y;
    size_t next;
} examples_in_order;

static bool next_example(void *source, matrix x, real *y)
{
    examples_in_order *all = source;
    if (all->next == all->X.rows)
        return false;
    for (size_t j = 0; j < all->X.cols; j++)
        at(x, 0, j) = at(all->X, all->next, j);
    *y = at(all->y, all->next++, 0);
    return true;
}

TEST(online_fit, of_the_worked_example, 1,
     "Predict, be told, step: which weights predict the second example?")
{
    examples_in_order all = { given("X", MATRIX(2, 1, 1, 2)),
                              given("y", MATRIX(2, 1, 3, 5)), 0 };
    linreg model = { used("model.w", MATRIX(1, 1, 0)), 0 };
    size_t seen = 9;
    expect(online_fit(&model, &seen, next_example, &all, 0.1), 6.4525);
    expect(model.w, MATRIX(1, 1, 1.12));
    expect(model.b, 0.71);
    expect(seen, 2);
}

TEST(online_fit, of_any_stream, 2,
     "The bias is moved too, and the loss is taken before the step.")
{
    matrix X = any_matrix("X", 9, 3), y = any_matrix("y", 9, 1);
    examples_in_order all = { X, y, 0 };
    linreg model = { used("model.w", MATRIX(3, 1, 0.5, -1, 2)), 0.25 };
    size_t seen = 0;
    expect_reference(online_fit(&model, &seen, next_example, &all, 0.05));
    expect_reference(model.w);
    expect_reference(model.b);
    expect(seen, 9);
}

TEST(online_fit, of_an_empty_stream, 1, "The mean of nothing is 0 here.")
{
    matrix X = any_matrix("X", 2, 3), y = any_matrix("y", 2, 1);
    examples_in_order all = { X, y, 2 };
    linreg model = { used("model.w", MATRIX(3, 1, 1, 2, 3)), 1 };
    size_t seen = 7;
    expect(online_fit(&model, &seen, next_example, &all, 0.1), 0);
    expect(model.w, MATRIX(3, 1, 1, 2, 3));
    expect(seen, 0);
}
