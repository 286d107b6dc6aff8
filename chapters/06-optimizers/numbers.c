/* numbers.c - one parameter, a few gradients */
#include "demo.h"
#include "parts.h"

#include <math.h>
#include <stdio.h>

/* One parameter that begins at 0, and what is remembered of it. */
typedef struct {
    matrix theta, grad;
    blocks all, slopes;
    memory m;
} one;

static void one_new(one *o)
{
    o->theta = matrix_new(1, 1);
    o->grad = matrix_new(1, 1);
    o->all = (blocks){ .count = 1, .of = &o->theta, .borrow = true };
    o->slopes = (blocks){ .count = 1, .of = &o->grad, .borrow = true };
    o->m = memory_new(o->all);
}

static void one_free(one *o)
{
    matrix_free(&o->theta);
    matrix_free(&o->grad);
    memory_free(&o->m);
}

static real one_step(one *o, optimizer which, real g, real learning_rate)
{
    at(o->grad, 0, 0) = g;
    optimizer_step(which, o->all, &o->m, o->slopes, learning_rate);
    return at(o->theta, 0, 0);
}

void show_hand(void)
{
    static const real g[] = { 1, -0.5, 0.25 };
    printf("# g      \t%9g\t%9g\t%9g\n", (double)g[0], (double)g[1],
           (double)g[2]);
    for (optimizer which = SGD; which <= ADAM; which++) {
        one o;
        one_new(&o);
        printf("%-9s", optimizer_names[which]);
        for (int t = 0; t < 3; t++)
            printf("\t%9.7f", (double)one_step(&o, which, g[t], 0.1));
        printf("\n");
        one_free(&o);
    }
}

/* The share of a step that each of the last gradients has. */
void show_remembered(void)
{
    printf("# gradient of\tnow \t1 ago\t2 ago\t5 ago\t10 ago\t20 ago\n");
    static const int ago[] = { 0, 1, 2, 5, 10, 20 };
    printf("momentum 0.9 ");
    for (int k = 0; k < 6; k++)
        printf("\t%4.2f", pow(0.9, ago[k]));
    printf("\nits square in rmsprop 0.9");
    for (int k = 0; k < 6; k++)
        printf("\t%4.2f", 0.1 * pow(0.9, ago[k]));
    printf("\n");
}

/* Adam as it would be without the corrections. */
static real raw_step(real *p, real *s, real g)
{
    *p = 0.9 * *p + 0.1 * g;
    *s = 0.999 * *s + 0.001 * g * g;
    return *p / (sqrt(*s) + EPSILON);
}

void show_beginning(void)
{
    for (int raw = 0; raw < 2; raw++) {
        one o;
        real p = 0, s = 0, before = 0;
        one_new(&o);
        printf("# step, length by rate: %s\n",
               raw ? "without correction" : "with");
        for (int t = 1; t <= 20; t++) {
            real after = one_step(&o, ADAM, 1, 1);
            printf("%d\t%.5f\n", t,
                   (double)(raw ? raw_step(&p, &s, 1) : before - after));
            before = after;
        }
        printf("\n\n");
        one_free(&o);
    }
}

void show_begun(void)
{
    static const int shown[] = { 1, 2, 5, 10, 12, 20, 100, 1000 };
    one o;
    real p = 0, s = 0, before = 0;
    int k = 0;
    one_new(&o);
    printf("# t  \twithout correction\twith\n");
    for (int t = 1; t <= 1000; t++) {
        real after = one_step(&o, ADAM, 1, 1);
        real raw = raw_step(&p, &s, 1);
        if (t == shown[k]) {
            printf("%5d\t%18.4f\t%.4f\n", t, (double)raw,
                   (double)(before - after));
            k++;
        }
        before = after;
    }
    one_free(&o);
}

void show_schedules(void)
{
    printf("# step, rate: in steps\n");
    for (size_t t = 0; t <= 100; t++)
        printf("%zu\t%.4f\n", t, (double)step_decay(1, t, 25, 0.5));
    printf("\n\n# exponential\n");
    for (size_t t = 0; t <= 100; t++)
        printf("%zu\t%.4f\n", t, (double)step_decay(1, t, 1, 0.97));
    printf("\n\n# cosine with warm-up\n");
    for (size_t t = 0; t <= 100; t++)
        printf("%zu\t%.4f\n", t, (double)cosine_warmup(1, t, 100, 10));
}
