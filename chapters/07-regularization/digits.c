/* digits.c - a network that learns two hundred digits by heart, and what
 * helps */
#include "demo.h"
#include "parts.h"

#include <math.h>
#include <stdio.h>

enum { FEW = 200, BATCH = 20, EPOCHS = 100, HIDDEN = 100, WIDTH = 8 };
#define RATE 0.05
#define WRONG 0.2 /* share of labels that are wrong */

/* What is done about overfitting; all 0 is nothing. */
typedef struct {
    real l2, dropout, smoothing;
    bool shifts, stopping;
    bool right_labels; /* the best remedy of all */
} remedy;

static const remedy nothing;

/* A network of two layers and all it needs to learn. */
typedef struct {
    mlp net, grad;
    mlp_cache cache;
    blocks theta, slopes;
    memory m;
    matrix mask, X, y, Y;
    random_state state;
} learner_of;

static learner_of learner_new(size_t classes, uint64_t seed)
{
    learner_of l = { .state = random_seed(seed) };
    l.net =
        mlp_new(2, (size_t[]){ 64, HIDDEN, classes }, RELU, CLASSIFICATION);
    mlp_init(&l.net, HE, &l.state);
    l.grad = mlp_copy(l.net);
    l.cache = mlp_cache_new(l.net, 256);
    l.theta = blocks_of(l.net);
    l.slopes = blocks_of(l.grad);
    l.m = memory_new(l.theta);
    l.mask = matrix_new(BATCH, HIDDEN);
    l.X = matrix_new(BATCH, 64);
    l.y = matrix_new(BATCH, 1);
    l.Y = matrix_new(BATCH, classes);
    return l;
}

static void learner_free(learner_of *l)
{
    mlp_free(&l->net);
    mlp_free(&l->grad);
    mlp_cache_free(&l->cache);
    blocks_free(&l->theta);
    blocks_free(&l->slopes);
    memory_free(&l->m);
    matrix_free(&l->mask);
    matrix_free(&l->X);
    matrix_free(&l->y);
    matrix_free(&l->Y);
}

/* Each image by up to one pixel, at random. */
static void shift_batch(learner_of *l)
{
    for (size_t i = 0; i < l->X.rows; i++) {
        matrix one = matrix_rows(l->X, i, 1), kept = matrix_copy(one);
        int down = (int)random_below(&l->state, 3) - 1;
        int right = (int)random_below(&l->state, 3) - 1;
        augment_shift(one, kept, WIDTH, down, right);
        matrix_free(&kept);
    }
}

//> step
/* Forward with dropout, backward, penalty, step. */
static void learn_batch(learner_of *l, remedy r, bool last_layer_only)
{
    layer *W = l->net.layers, *dW = l->grad.layers;
    matrix A = l->cache.A[1], Z = l->cache.A[2];
    matrix dA = l->cache.dZ[1], dZ = l->cache.dZ[2];
    A.rows = Z.rows = dA.rows = dZ.rows = l->X.rows;
    l->mask.rows = l->Y.rows = l->X.rows;

    layer_forward(A, W[0], l->X);
    relu_forward(A, A);
    dropout_forward(A, l->mask, A, r.dropout, true, &l->state);
    layer_forward(Z, W[1], A);

    one_hot(l->Y, l->y);
    smooth_labels(l->Y, r.smoothing);
    softmax(dZ, Z);
    for (size_t k = 0; k < dZ.rows * dZ.cols; k++)
        dZ.data[k] = (dZ.data[k] - l->Y.data[k]) / dZ.rows;

    layer_backward(dA, &dW[1], W[1], A, dZ);
    dropout_backward(dA, dA, l->mask);
    relu_backward(dA, dA, A);
    layer_backward((matrix){ 0 }, &dW[0], W[0], l->X, dA);

    l2_gradient(l->slopes, l->theta, r.l2);
    if (last_layer_only) {
        matrix_fill(dW[0].W, 0);
        matrix_fill(dW[0].b, 0);
    }
    momentum(l->theta, &l->m, l->slopes, RATE, 0.9);
}
//< step

static void learn_epoch(learner_of *l, remedy r, examples data,
                        bool last_layer_only)
{
    size_t N = data.X.rows, order[2000];
    for (size_t i = 0; i < N; i++)
        order[i] = i;
    shuffle(order, N, &l->state);
    for (size_t k = 0;
         mlp_batch(&l->X, &l->y, BATCH, k, data.X, data.y, order); k++) {
        if (r.shifts)
            shift_batch(l);
        learn_batch(l, r, last_layer_only);
    }
}

static mlp_score score_of(learner_of *l, examples data)
{
    return mlp_evaluate(l->net, &l->cache, data.X, data.y);
}

/* The first so many digits, as somebody tired has labelled them, who gets
 * so many wrong. */
static examples first_rows(examples data, size_t count, real wrong,
                           uint64_t seed)
{
    random_state state = random_seed(seed);
    examples some = { matrix_rows(data.X, 0, count),
                      matrix_rows(data.y, 0, count) };
    for (size_t i = 0; i < count; i++)
        if (random_uniform(&state) < wrong)
            at(some.y, i, 0) =
                (size_t)(at(some.y, i, 0) + 1 + random_below(&state, 9)) %
                10;
    return some;
}

/* How a network does after training: on its own digits and on others. */
typedef struct {
    mlp_score own, others;
    size_t epochs;
} outcome;

static outcome trained(remedy r, size_t count, uint64_t seed)
{
    parts digits = parts_of_digits(seed);
    examples own =
        first_rows(digits.train, count, r.right_labels ? 0 : WRONG, seed);
    learner_of l = learner_new(10, seed);
    stopper s = stopper_new(l.theta, 8);
    outcome o = { .epochs = 0 };
    size_t most = EPOCHS;
    while (o.epochs < most) {
        learn_epoch(&l, r, own, false);
        o.epochs++;
        if (r.stopping &&
            !early_stopping(&s, l.theta,
                            score_of(&l, digits.validation).loss))
            break;
    }
    o.own = score_of(&l, own);
    o.others = score_of(&l, digits.test);
    stopper_free(&s);
    learner_free(&l);
    parts_free(&digits);
    return o;
}

static outcome mean_of(remedy r, size_t count, int seeds)
{
    outcome mean = { .epochs = 0 };
    for (int seed = 1; seed <= seeds; seed++) {
        outcome o = trained(r, count, seed);
        mean.own.loss += o.own.loss / seeds;
        mean.own.accuracy += o.own.accuracy / seeds;
        mean.others.loss += o.others.loss / seeds;
        mean.others.accuracy += o.others.accuracy / seeds;
        mean.epochs += o.epochs;
    }
    mean.epochs /= seeds;
    return mean;
}

/* --- Where to stop --- */

void show_stopping(void)
{
    parts digits = parts_of_digits(2);
    examples own = first_rows(digits.train, FEW, WRONG, 2);
    learner_of l = learner_new(10, 2);
    printf("# epoch, loss on its own 200, on 180 others\n");
    for (int epoch = 1; epoch <= 100; epoch++) {
        learn_epoch(&l, nothing, own, false);
        printf("%d\t%.5f\t%.5f\n", epoch, (double)score_of(&l, own).loss,
               (double)score_of(&l, digits.validation).loss);
    }
    learner_free(&l);
    parts_free(&digits);
}

void show_stopped(void)
{
    parts digits = parts_of_digits(2);
    examples own = first_rows(digits.train, FEW, WRONG, 2);
    learner_of l = learner_new(10, 2);
    stopper s = stopper_new(l.theta, 8);
    printf("# epoch\tvalidation loss\twaited\n");
    for (int epoch = 1;; epoch++) {
        learn_epoch(&l, nothing, own, false);
        real loss = score_of(&l, digits.validation).loss;
        bool on = early_stopping(&s, l.theta, loss);
        if (epoch == 1 || epoch == 10 || epoch == 20 || s.waited > 5 || !on)
            printf("%7d\t%15.4f\t%6zu\n", epoch, (double)loss, s.waited);
        if (!on)
            break;
    }
    printf("# loss of what is returned: %.4f\n",
           (double)score_of(&l, digits.validation).loss);
    stopper_free(&s);
    learner_free(&l);
    parts_free(&digits);
}

/* --- Dropout on and off --- */

void show_dropout(void)
{
    static const real shares[] = { 0, 0.5 };
    for (int k = 0; k < 2; k++) {
        real own_loss[150] = { 0 }, loss[150] = { 0 };
        for (int seed = 1; seed <= 5; seed++) {
            parts digits = parts_of_digits(seed);
            examples own = first_rows(digits.train, FEW, WRONG, seed);
            learner_of l = learner_new(10, seed);
            for (int e = 0; e < 150; e++) {
                learn_epoch(&l, (remedy){ .dropout = shares[k] }, own,
                            false);
                own_loss[e] += score_of(&l, own).loss / 5;
                loss[e] += score_of(&l, digits.validation).loss / 5;
            }
            learner_free(&l);
            parts_free(&digits);
        }
        printf("# epoch, own loss, others', p = %g\n", (double)shares[k]);
        for (int e = 0; e < 150; e++)
            printf("%d\t%.5f\t%.5f\n", e + 1, (double)own_loss[e],
                   (double)loss[e]);
        printf("\n\n");
    }
}

/* --- More examples --- */

void show_data(void)
{
    static const size_t counts_of[] = { 25, 50, 100, 200, 400, 800, 1257 };
    const remedy right = { .right_labels = true };
    printf("# examples, share right of its own, of others\n");
    for (int k = 0; k < 7; k++) {
        outcome o = mean_of(right, counts_of[k], 5);
        printf("%zu\t%.5f\t%.5f\n", counts_of[k], (double)o.own.accuracy,
               (double)o.others.accuracy);
    }
}

/* --- A digit, moved --- */

void show_shifted(void)
{
    examples all = examples_digits();
    matrix one = matrix_rows(all.X, 4, 1), moved = matrix_new(1, 64);
    augment_shift(moved, one, WIDTH, 0, -1);
    for (size_t r = 0; r < WIDTH; r++) {
        for (int which = 0; which < 2; which++) {
            for (size_t c = 0; c < WIDTH; c++) {
                real ink = at(which ? moved : one, 0, r * WIDTH + c);
                putchar(" .:oO#"[(int)(5 * ink + 0.5)]);
                putchar(' ');
            }
            printf("%s", which ? "\n" : "    ");
        }
    }
    matrix_free(&moved);
    examples_free(&all);
}

/* --- Together, and for others --- */

void show_ensemble(void)
{
    enum { NETS = 5, SPLITS = 10 };
    real single = 0, together = 0;
    for (int split_seed = 1; split_seed <= SPLITS; split_seed++) {
        parts digits = parts_of_digits(split_seed);
        examples own = first_rows(digits.train, FEW, WRONG, split_seed);
        matrix sum = matrix_new(digits.test.X.rows, 10);
        matrix guess = matrix_new(digits.test.X.rows, 1);
        for (int n = 0; n < NETS; n++) {
            learner_of l = learner_new(10, 100 * split_seed + n);
            mlp_cache cache = mlp_cache_new(l.net, digits.test.X.rows);
            for (int e = 0; e < EPOCHS; e++)
                learn_epoch(&l, nothing, own, false);
            mlp_forward(&cache, l.net, digits.test.X);
            softmax(cache.A[2], cache.A[2]);
            for (size_t k = 0; k < sum.rows * sum.cols; k++)
                sum.data[k] += cache.A[2].data[k];
            argmax(guess, cache.A[2]);
            single += accuracy(guess, digits.test.y) / (NETS * SPLITS);
            mlp_cache_free(&cache);
            learner_free(&l);
        }
        argmax(guess, sum);
        together += accuracy(guess, digits.test.y) / SPLITS;
        matrix_free(&sum);
        matrix_free(&guess);
        parts_free(&digits);
    }
    printf("# of unseen digits right, after 200 examples\n"
           "one network\t%.1f%%\nfive, asked together\t%.1f%%\n",
           100 * (double)single, 100 * (double)together);
}

/* The first so many, asked whether they are odd. */
static examples odd_or_even(examples data, size_t count)
{
    examples some = { matrix_copy(matrix_rows(data.X, 0, count)),
                      matrix_new(count, 1) };
    for (size_t i = 0; i < count; i++)
        at(some.y, i, 0) = (size_t)at(data.y, i, 0) % 2;
    return some;
}

typedef enum { FROM_SCRATCH, LAST_LAYER, FINE_TUNED } way;

static real transferred(way how, uint64_t seed)
{
    parts digits = parts_of_digits(seed);
    examples few = odd_or_even(digits.validation, 20);
    examples asked = odd_or_even(digits.test, digits.test.X.rows);
    learner_of l = learner_new(10, seed), next = learner_new(2, seed + 99);
    if (how != FROM_SCRATCH) {
        for (int e = 0; e < 20; e++)
            learn_epoch(&l, nothing, digits.train, false);
        layer from = l.net.layers[0], to = next.net.layers[0];
        for (size_t k = 0; k < from.W.rows * from.W.cols; k++)
            to.W.data[k] = from.W.data[k];
        for (size_t k = 0; k < from.b.rows; k++)
            to.b.data[k] = from.b.data[k];
    }
    for (int e = 0; e < 100; e++)
        learn_epoch(&next, nothing, few, how == LAST_LAYER);
    real right = score_of(&next, asked).accuracy;
    learner_free(&l);
    learner_free(&next);
    examples_free(&few);
    examples_free(&asked);
    parts_free(&digits);
    return right;
}

static const char *const way_names[] = { "from scratch",
                                         "its last layer alone",
                                         "all of it, fine-tuned" };

void show_transfer(void)
{
    printf("# odd or even, 20 examples\tright\n");
    for (way how = FROM_SCRATCH; how <= FINE_TUNED; how++) {
        real right = 0;
        for (int seed = 1; seed <= 10; seed++)
            right += transferred(how, seed) / 10;
        printf("%-26s\t%4.1f%%\n", way_names[how], 100 * (double)right);
    }
}

/* --- Repairs --- */

static const remedy all_together = { .l2 = 0.01,
                                     .dropout = 0.5,
                                     .stopping = true };

void show_remedies(void)
{
    static const char *const names[] = {
        "nothing",  "L2, lambda 0.01", "L2, lambda 0.03", "dropout 0.5",
        "stopping", "smoothing 0.2",   "shifted digits",  "three together"
    };
    const remedy tried[] = { nothing,
                             { .l2 = 0.01 },
                             { .l2 = 0.03 },
                             { .dropout = 0.5 },
                             { .stopping = true },
                             { .smoothing = 0.2 },
                             { .shifts = true },
                             all_together };
    printf("# 200 digits      \tloss: own\tothers\tright: own\tothers\n");
    for (int k = 0; k < 8; k++) {
        outcome o = mean_of(tried[k], FEW, 5);
        printf("%-18s\t%9.4f\t%6.3f\t%10.3f\t%6.3f\n", names[k],
               (double)o.own.loss, (double)o.others.loss,
               (double)o.own.accuracy, (double)o.others.accuracy);
    }
}

enum { SEEDS = 20 };

typedef struct {
    outcome before[SEEDS], after[SEEDS];
} repair;

static repair repaired(void)
{
    repair all;
    for (int s = 0; s < SEEDS; s++) {
        all.before[s] = trained(nothing, FEW, s + 1);
        all.after[s] = trained(all_together, FEW, s + 1);
    }
    return all;
}

void show_milestone(void)
{
    repair all = repaired();
    printf("# mean over %d seeds\town loss\tothers\tgap   \tothers right\n",
           SEEDS);
    for (int k = 0; k < 2; k++) {
        real own = 0, others = 0, right = 0;
        for (int s = 0; s < SEEDS; s++) {
            outcome o = k ? all.after[s] : all.before[s];
            own += o.own.loss / SEEDS;
            others += o.others.loss / SEEDS;
            right += o.others.accuracy / SEEDS;
        }
        printf("%-20s\t%8.4f\t%6.4f\t%6.4f\t%11.1f%%\n",
               k ? "repaired" : "overfitted", (double)own, (double)others,
               (double)(others - own), 100 * (double)right);
    }
}

void claims_of_digits(void)
{
    repair all = repaired();
    int by_heart = 0, nearer = 0, better = 0;
    for (int s = 0; s < SEEDS; s++) {
        outcome b = all.before[s], a = all.after[s];
        by_heart += b.own.accuracy == 1 && b.own.loss < 0.05;
        nearer +=
            a.others.loss - a.own.loss < (b.others.loss - b.own.loss) / 2;
        better += a.others.loss < b.others.loss &&
                  a.others.accuracy >= b.others.accuracy;
    }
    claim(
        by_heart == SEEDS,
        "200 labels, wrong ones and all, learned by heart, %d of %d seeds",
        by_heart, SEEDS);
    claim(nearer == SEEDS,
          "repaired, the gap is less than half of it, %d of %d seeds",
          nearer, SEEDS);
    claim(better == SEEDS,
          "and more of the others are right, at less loss, %d of %d seeds",
          better, SEEDS);
}
