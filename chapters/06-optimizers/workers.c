/* workers.c - one network, taught by several machines at once */
#include "demo.h"
#include "parts.h"

#include <math.h>
#include <stdio.h>

enum { WORKERS = 4, BATCH = 16, EPOCHS = 5, MOST = 1257 };
static const size_t sizes[] = { 64, 64, 10 };
#define RATE 0.2

/* A worker has a copy of the network and a quarter of the digits. */
typedef struct {
    mlp net;
    mlp_memory work;
    random_state state;
    examples own;
} worker;

static worker worker_new(examples all, int k, uint64_t seed)
{
    worker w = { .state = random_seed(seed) };
    size_t share = all.X.rows / WORKERS;
    w.own = (examples){ matrix_rows(all.X, k * share, share),
                        matrix_rows(all.y, k * share, share) };
    w.net = mlp_new(2, sizes, RELU, CLASSIFICATION);
    mlp_init(&w.net, HE, &w.state); /* the same for all */
    w.work = mlp_memory_new(w.net, share, BATCH, 1);
    w.state = random_seed(100 * seed + k);
    return w;
}

static void worker_free(worker *w)
{
    mlp_memory_free(&w->work);
    mlp_free(&w->net);
}

/* One step on the worker's k-th batch. */
static void worker_step(worker *w, size_t k)
{
    mlp_memory *m = &w->work;
    size_t batches = m->N / BATCH;
    if (k % batches == 0)
        shuffle(m->order, m->N, &w->state);
    mlp_batch(&m->X, &m->y, BATCH, k % batches, w->own.X, w->own.y,
              m->order);
    mlp_forward(&m->cache, w->net, m->X);
    mlp_backward(&m->grad, &m->cache, w->net, m->y);
    mlp_update(&w->net, m->grad, RATE);
}

//> meet
/* All workers take the mean of their parameters. */
static void meet(worker *all)
{
    blocks mean = blocks_of(all[0].net);
    for (int k = 1; k < WORKERS; k++) {
        blocks theirs = blocks_of(all[k].net);
        average(mean, theirs, k + 1);
        blocks_free(&theirs);
    }
    for (int k = 1; k < WORKERS; k++) {
        blocks theirs = blocks_of(all[k].net);
        for (size_t b = 0; b < mean.count; b++)
            for (size_t e = 0; e < mean.of[b].rows * mean.of[b].cols; e++)
                theirs.of[b].data[e] = mean.of[b].data[e];
        blocks_free(&theirs);
    }
    blocks_free(&mean);
}
//< meet

/* Share of unseen digits right, if the workers meet so often; 0: never. */
static real together(size_t every, uint64_t seed, size_t *meetings)
{
    parts digits = parts_of_digits(seed);
    worker all[WORKERS];
    for (int k = 0; k < WORKERS; k++)
        all[k] = worker_new(digits.train, k, seed);
    size_t steps = EPOCHS * (MOST / WORKERS / BATCH) * 2;
    *meetings = 0;
    for (size_t step = 0; step < steps; step++) {
        for (int k = 0; k < WORKERS; k++)
            worker_step(&all[k], step);
        if (every > 0 && (step + 1) % every == 0) {
            meet(all);
            ++*meetings;
        }
    }
    real right = 0;
    for (int k = 0; k < WORKERS; k++)
        right += mlp_evaluate(all[k].net, &all[k].work.cache, digits.test.X,
                              digits.test.y)
                     .accuracy /
                 WORKERS;
    for (int k = 0; k < WORKERS; k++)
        worker_free(&all[k]);
    parts_free(&digits);
    return right;
}

void show_workers(void)
{
    static const size_t often[] = { 1, 10, 95, 0 };
    printf("# four workers meet  \tmeetings\tright\n");
    for (int k = 0; k < 4; k++) {
        real right = 0;
        size_t meetings = 0;
        for (int seed = 1; seed <= 10; seed++)
            right += together(often[k], seed, &meetings) / 10;
        char name[40];
        snprintf(name, sizeof name, "every %zu steps", often[k]);
        printf("%-20s\t%8zu\t%.1f%%\n",
               often[k] == 0   ? "never"
               : often[k] == 1 ? "after every step"
                               : name,
               meetings, 100 * (double)right);
    }
}

/* The mean of the gradients of four quarters of a batch, and the gradient
 * of the whole: the largest difference. */
void show_quarters(void)
{
    parts digits = parts_of_digits(1);
    random_state state = random_seed(1);
    mlp net = mlp_new(2, sizes, RELU, CLASSIFICATION);
    mlp_init(&net, HE, &state);
    mlp whole = mlp_copy(net), part = mlp_copy(net), mean = mlp_copy(net);
    mlp_cache cache = mlp_cache_new(net, 64);
    mlp_forward(&cache, net, matrix_rows(digits.train.X, 0, 64));
    mlp_backward(&whole, &cache, net, matrix_rows(digits.train.y, 0, 64));

    blocks of_mean = blocks_of(mean), of_part = blocks_of(part);
    blocks of_whole = blocks_of(whole);
    for (int k = 0; k < WORKERS; k++) {
        mlp_forward(&cache, net, matrix_rows(digits.train.X, 16 * k, 16));
        mlp_backward(&part, &cache, net,
                     matrix_rows(digits.train.y, 16 * k, 16));
        average(of_mean, of_part, k + 1);
    }
    real largest = 0;
    for (size_t b = 0; b < of_mean.count; b++)
        for (size_t e = 0; e < of_mean.of[b].rows * of_mean.of[b].cols; e++)
            largest = fmax(largest, fabs(of_mean.of[b].data[e] -
                                         of_whole.of[b].data[e]));
    printf("# largest difference in 4,810 slopes\n%.0e\n", (double)largest);
    blocks_free(&of_mean);
    blocks_free(&of_part);
    blocks_free(&of_whole);
    mlp_cache_free(&cache);
    mlp_free(&net);
    mlp_free(&whole);
    mlp_free(&part);
    mlp_free(&mean);
    parts_free(&digits);
}
