/* digits.c - the optimizers on handwritten digits */
#include "demo.h"
#include "parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { BATCH = 32, SEEDS = 20, MOST_EPOCHS = 40 };
static const size_t sizes[] = { 64, 64, 10 };

/* The best of a grid of rates, on seeds that the claims do not use. */
static const real rates[OPTIMIZERS] = {
    [SGD] = 0.5,    [MOMENTUM] = 0.1, [NESTEROV] = 0.1, [ADAGRAD] = 0.1,
    [ADADELTA] = 3, [RMSPROP] = 0.02, [ADAM] = 0.02,    [ADAMW] = 0.02
};

typedef struct {
    mlp net;
    mlp_memory work;
    blocks theta, grad;
    memory m;
    random_state state;
} learner;

static learner learner_new(size_t examples_in_all, uint64_t seed)
{
    learner l = { .state = random_seed(seed) };
    l.net = mlp_new(2, sizes, RELU, CLASSIFICATION);
    mlp_init(&l.net, HE, &l.state);
    l.work = mlp_memory_new(l.net, examples_in_all, BATCH, 1);
    l.theta = blocks_of(l.net);
    l.grad = blocks_of(l.work.grad);
    l.m = memory_new(l.theta);
    return l;
}

static void learner_free(learner *l)
{
    blocks_free(&l->theta);
    blocks_free(&l->grad);
    memory_free(&l->m);
    mlp_memory_free(&l->work);
    mlp_free(&l->net);
}

//> epoch
/* mlp_train_epoch of chapter 04 with any optimizer; returns the loss. */
static real epoch_with(optimizer which, learner *l, examples data,
                       real learning_rate)
{
    mlp_memory *w = &l->work;
    real sum = 0;
    shuffle(w->order, w->N, &l->state);
    for (size_t k = 0;
         mlp_batch(&w->X, &w->y, BATCH, k, data.X, data.y, w->order); k++) {
        mlp_forward(&w->cache, l->net, w->X);
        sum += w->X.rows * mlp_loss(l->net, w->cache.A[2], w->y);
        mlp_backward(&w->grad, &w->cache, l->net, w->y);
        optimizer_step(which, l->theta, &l->m, l->grad, learning_rate);
    }
    return sum / w->N;
}
//< epoch

static mlp_score score_of(learner *l, examples data)
{
    return mlp_evaluate(l->net, &l->work.cache, data.X, data.y);
}

void show_digits(void)
{
    static const optimizer drawn[] = { SGD, MOMENTUM, ADAGRAD, RMSPROP,
                                       ADAM };
    for (int k = 0; k < 5; k++) {
        real mean[15] = { 0 };
        for (int seed = 1; seed <= 5; seed++) {
            parts digits = parts_of_digits(seed);
            learner l = learner_new(digits.train.X.rows, seed);
            for (int e = 0; e < 15; e++)
                mean[e] += epoch_with(drawn[k], &l, digits.train,
                                      rates[drawn[k]]) /
                           5;
            learner_free(&l);
            parts_free(&digits);
        }
        printf("# epoch, loss in it: %s\n", optimizer_names[drawn[k]]);
        for (int e = 0; e < 15; e++)
            printf("%d\t%.5f\n", e + 1, (double)mean[e]);
        printf("\n\n");
    }
}

/* The share of the 540 digits it does not learn from that are right. */
static real right_of(learner *l, parts digits)
{
    real v = digits.validation.X.rows, t = digits.test.X.rows;
    return (v * score_of(l, digits.validation).accuracy +
            t * score_of(l, digits.test).accuracy) /
           (v + t);
}

/* Epochs until 97 % of them are. */
static int epochs_needed(optimizer which, uint64_t seed, real learning_rate)
{
    parts digits = parts_of_digits(seed);
    learner l = learner_new(digits.train.X.rows, seed);
    int epoch = 0;
    while (epoch < MOST_EPOCHS) {
        epoch_with(which, &l, digits.train, learning_rate);
        epoch++;
        if (right_of(&l, digits) >= 0.97)
            break;
    }
    learner_free(&l);
    parts_free(&digits);
    return epoch;
}

static int by_size(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static int median_needed(optimizer which, int *each)
{
    int sorted[SEEDS];
    for (int s = 0; s < SEEDS; s++)
        sorted[s] = each[s] = epochs_needed(which, s + 1, rates[which]);
    qsort(sorted, SEEDS, sizeof *sorted, by_size);
    return sorted[SEEDS / 2];
}

void show_milestone(void)
{
    printf("# optimizer\trate\tepochs, median\tfastest\tarrived, of 20\n");
    for (optimizer which = SGD; which < OPTIMIZERS; which++) {
        int each[SEEDS], least = MOST_EPOCHS, arrived = 0;
        int middle = median_needed(which, each);
        for (int s = 0; s < SEEDS; s++) {
            least = each[s] < least ? each[s] : least;
            arrived += each[s] < MOST_EPOCHS;
        }
        printf("%-11s\t%4g\t%14d\t%7d\t%14d\n", optimizer_names[which],
               (double)rates[which], middle, least, arrived);
    }
}

/* --- A schedule --- */

typedef enum { CONSTANT, IN_STEPS, COSINE, SCHEDULES } schedule;

static mlp_score scheduled(schedule how, uint64_t seed)
{
    enum { EPOCHS = 20 };
    parts digits = parts_of_digits(seed);
    learner l = learner_new(digits.train.X.rows, seed);
    for (size_t e = 0; e < EPOCHS; e++) {
        real rate = how == CONSTANT   ? 0.3
                    : how == IN_STEPS ? step_decay(0.3, e, 7, 0.2)
                                      : cosine_warmup(0.3, e, EPOCHS, 2);
        epoch_with(MOMENTUM, &l, digits.train, rate);
    }
    mlp_score score = score_of(&l, digits.validation);
    learner_free(&l);
    parts_free(&digits);
    return score;
}

void show_decay(void)
{
    static const char *const names[] = { "constant", "in steps",
                                         "cosine with warm-up" };
    printf("# momentum, rate 0.3  \tvalidation loss\taccuracy\n");
    for (schedule how = CONSTANT; how < SCHEDULES; how++) {
        real loss = 0, accuracy = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            mlp_score score = scheduled(how, seed);
            loss += score.loss / SEEDS;
            accuracy += score.accuracy / SEEDS;
        }
        printf("%-22s\t%15.3f\t%8.4f\n", names[how], (double)loss,
               (double)accuracy);
    }
}

void claims_of_digits(void)
{
    int each[SEEDS], most = 0, middle[OPTIMIZERS], arrived = SEEDS;
    for (optimizer which = SGD; which < OPTIMIZERS; which++) {
        int there = 0;
        middle[which] = median_needed(which, each);
        for (int s = 0; s < SEEDS; s++)
            there += each[s] < MOST_EPOCHS;
        arrived = there < arrived ? there : arrived;
        most = middle[which] > most ? middle[which] : most;
    }
    claim(arrived >= 15,
          "digits: each reaches 97 %% for at least %d of %d seeds", arrived,
          SEEDS);
    claim(middle[ADAM] < middle[SGD] && middle[MOMENTUM] < middle[SGD],
          "digits: median epochs %d for Adam, %d for momentum, %d for sgd",
          middle[ADAM], middle[MOMENTUM], middle[SGD]);

    real constant = 0, cosine = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
        constant += scheduled(CONSTANT, seed).loss / SEEDS;
        cosine += scheduled(COSINE, seed).loss / SEEDS;
    }
    claim(cosine < 0.9 * constant,
          "digits: %.3f of loss with a cosine, %.3f at a constant rate, %d "
          "seeds",
          (double)cosine, (double)constant, SEEDS);
}
