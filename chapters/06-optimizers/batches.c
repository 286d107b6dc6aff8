/* batches.c - what an update sees: all, some, or one */
#include "demo.h"
#include "parts.h"

#include <math.h>
#include <stdio.h>

/* --- A line through a hundred points --- */

enum { N = 100 };

static examples hundred_points(random_state *state)
{
    examples data = { matrix_new(N, 1), matrix_new(N, 1) };
    for (size_t i = 0; i < N; i++) {
        real x = 2 * random_uniform(state) - 0.6;
        at(data.X, i, 0) = x;
        at(data.y, i, 0) = 1 + 1.5 * x + 0.5 * random_normal(state);
    }
    return data;
}

static real loss_at(examples data, real w, real b)
{
    real sum = 0;
    for (size_t i = 0; i < N; i++) {
        real e = w * at(data.X, i, 0) + b - at(data.y, i, 0);
        sum += e * e / 2;
    }
    return sum / N;
}

/* One step on examples first ... first + B - 1 of an order. */
static void update(examples data, const size_t *order, size_t first,
                   size_t B, real learning_rate, real *w, real *b)
{
    real dw = 0, db = 0;
    for (size_t r = 0; r < B; r++) {
        size_t i = order[first + r];
        real e = *w * at(data.X, i, 0) + *b - at(data.y, i, 0);
        dw += e * at(data.X, i, 0) / B;
        db += e / B;
    }
    *w -= learning_rate * dw;
    *b -= learning_rate * db;
}

void show_paths(void)
{
    random_state state = random_seed(4);
    examples data = hundred_points(&state);
    printf("# w, b, loss\n");
    for (int i = 0; i <= 60; i++) {
        for (int j = 0; j <= 60; j++) {
            real w = -1.2 + 3.6 * i / 60, b = -0.4 + 2.2 * j / 60;
            printf("%.3f\t%.3f\t%.5f\n", (double)w, (double)b,
                   (double)loss_at(data, w, b));
        }
        printf("\n");
    }
    printf("\n");
    static const size_t sizes[] = { N, 10, 1 };
    for (int k = 0; k < 3; k++) {
        size_t order[N];
        real w = -0.8, b = 0;
        for (size_t i = 0; i < N; i++)
            order[i] = i;
        printf("# the path with batches of %zu\n%.4f\t%.4f\n", sizes[k],
               (double)w, (double)b);
        int epochs = k == 0 ? 40 : k == 1 ? 6 : 1;
        for (int epoch = 0; epoch < epochs; epoch++) {
            shuffle(order, N, &state);
            for (size_t first = 0; first < N; first += sizes[k]) {
                update(data, order, first, sizes[k], k == 2 ? 0.2 : 0.4, &w,
                       &b);
                printf("%.4f\t%.4f\n", (double)w, (double)b);
            }
        }
        printf("\n\n");
    }
    examples_free(&data);
}

/* How far the slope of a batch is from that of all, on average. */
void show_updates(void)
{
    random_state state = random_seed(4);
    examples data = hundred_points(&state);
    size_t order[N];
    for (size_t i = 0; i < N; i++)
        order[i] = i;
    real w0 = -0.8, b0 = 0, w = w0, b = b0;
    update(data, order, 0, N, 1, &w, &b);
    real dw = w0 - w, db = b0 - b;
    printf("# B\texamples read\terror of its slope\n");
    static const size_t sizes[] = { 1, 4, 25, 100 };
    for (int k = 0; k < 4; k++) {
        real sum = 0;
        for (int trial = 0; trial < 1000; trial++) {
            shuffle(order, N, &state);
            w = w0;
            b = b0;
            update(data, order, 0, sizes[k], 1, &w, &b);
            sum += pow(w0 - w - dw, 2) + pow(b0 - b - db, 2);
        }
        printf("%3zu\t%13zu\t%17.1f%%\n", sizes[k], sizes[k],
               100 * sqrt((double)sum / 1000) /
                   sqrt((double)(dw * dw + db * db)));
    }
    examples_free(&data);
}

/* --- The mean of the places --- */

typedef struct {
    real last, mean; /* distances from the bottom */
} distances;

/* 20 epochs, one example at a time, at a constant rate. */
static distances wander(uint64_t seed)
{
    random_state state = random_seed(seed);
    examples data = hundred_points(&state);
    size_t order[N], t = 0;
    for (size_t i = 0; i < N; i++)
        order[i] = i;

    linreg best = linreg_new(1);
    linreg_fit_normal(&best, data.X, data.y);

    matrix spot = matrix_new(1, 2), middle = matrix_new(1, 2);
    blocks theta = { .count = 1, .of = &spot, .borrow = true };
    blocks mean = { .count = 1, .of = &middle, .borrow = true };
    for (int epoch = 0; epoch < 20; epoch++) {
        shuffle(order, N, &state);
        for (size_t k = 0; k < N; k++) {
            update(data, order, k, 1, 0.1, &at(spot, 0, 0),
                   &at(spot, 0, 1));
            if (epoch >= 5) /* from where it only wanders about */
                average(mean, theta, ++t);
        }
    }
    distances d = { hypot(at(spot, 0, 0) - at(best.w, 0, 0),
                          at(spot, 0, 1) - best.b),
                    hypot(at(middle, 0, 0) - at(best.w, 0, 0),
                          at(middle, 0, 1) - best.b) };
    linreg_free(&best);
    matrix_free(&spot);
    matrix_free(&middle);
    examples_free(&data);
    return d;
}

void show_averages(void)
{
    printf("# seed\tlast place\tmean of places\n");
    for (uint64_t seed = 1; seed <= 4; seed++) {
        distances d = wander(seed);
        printf("%6d\t%10.3f\t%14.3f\n", (int)seed, (double)d.last,
               (double)d.mean);
    }
}

/* --- A stream whose rule changes half-way --- */

typedef struct {
    random_state state;
    size_t next, end;
} source;

static bool next_of_stream(void *from, matrix x, real *y)
{
    source *s = from;
    if (s->next == s->end)
        return false;
    bool later = s->next++ >= 1000;
    at(x, 0, 0) = random_normal(&s->state);
    at(x, 0, 1) = random_normal(&s->state);
    *y = (later ? -1 : 2) * at(x, 0, 0) + at(x, 0, 1) + 0.5 +
         0.1 * random_normal(&s->state);
    return true;
}

void show_stream(void)
{
    source from = { random_seed(9), 0, 0 }, again = from;
    linreg model = linreg_new(2), kept = linreg_new(2);
    printf("# examples\tlearning on\tstopped at 500\n");
    for (size_t end = 100; end <= 2000; end += 100) {
        size_t seen;
        from.end = again.end = end;
        real on = online_fit(&model, &seen, next_of_stream, &from, 0.05);
        real off = online_fit(&kept, &seen, next_of_stream, &again,
                              end <= 500 ? 0.05 : 0);
        if (end <= 200 || end == 1000 || end == 1100 || end == 1200 ||
            end == 2000)
            printf("%4zu - %4zu\t%11.3f\t%14.3f\n", end - 99, end,
                   (double)on, (double)off);
    }
    linreg_free(&model);
    linreg_free(&kept);
}

void claims_of_batches(void)
{
    int nearer = 0, seeds = 40;
    real last = 0, mean = 0;
    for (int seed = 1; seed <= seeds; seed++) {
        distances d = wander(seed);
        nearer += d.mean < d.last;
        last += d.last / seeds;
        mean += d.mean / seeds;
    }
    claim(mean < last / 3 && nearer >= seeds * 8 / 10,
          "one at a time: the mean of the places is %.1f times nearer (%d "
          "of %d)",
          (double)(last / mean), nearer, seeds);
}
