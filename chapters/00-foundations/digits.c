/* digits.c - the nearest mean: a first machine that reads digits */
#include "show.h"

#include "demo.h"
#include "examples.h"
#include "foundations.h"

#include <math.h>
#include <stdio.h>

/* Of 1,797 digits, the last 360 of a shuffled order are held out. */
enum { ALL = 1797, TRAIN = 1437, TEST = 360, CLASSES = 10, PIXELS = 64 };

typedef struct {
    examples train, test;
    matrix means;
    matrix yhat; /* for the test examples */
} reading;

static reading read_digits(uint64_t seed)
{
    examples all = examples_digits();
    reading r = { .train = { matrix_new(TRAIN, PIXELS),
                             matrix_new(TRAIN, 1) },
                  .test = { matrix_new(TEST, PIXELS), matrix_new(TEST, 1) },
                  .means = matrix_new(CLASSES, PIXELS),
                  .yhat = matrix_new(TEST, 1) };
    matrix no_X = { 0, PIXELS, NULL }, no_y = { 0, 1, NULL };
    size_t order[ALL];
    for (size_t i = 0; i < ALL; i++)
        order[i] = i;
    random_state state = random_seed(seed);
    shuffle(order, ALL, &state);
    split(r.train.X, no_X, r.test.X, all.X, order);
    split(r.train.y, no_y, r.test.y, all.y, order);
    examples_free(&all);

    class_means(r.means, r.train.X, r.train.y);
    nearest_mean(r.yhat, r.means, r.test.X);
    return r;
}

static void reading_free(reading *r)
{
    examples_free(&r->train);
    examples_free(&r->test);
    matrix_free(&r->means);
    matrix_free(&r->yhat);
}

/* An image as squares: x, y downwards, half the side of the square. */
static void print_image(matrix X, size_t row)
{
    for (size_t k = 0; k < PIXELS; k++)
        if (at(X, row, k) > 0.02)
            printf("%zu\t%d\t%.3f\n", k % 8, -(int)(k / 8),
                   (double)sqrt(at(X, row, k)) / 2);
    printf("\n\n");
}

void show_means(void)
{
    reading r = read_digits(1);
    for (size_t k = 0; k < CLASSES; k++)
        print_image(r.means, k);
    reading_free(&r);
}

static real distance(matrix means, size_t k, matrix X, size_t i)
{
    real squares = 0;
    for (size_t j = 0; j < X.cols; j++)
        squares += pow(at(X, i, j) - at(means, k, j), 2);
    return sqrt(squares);
}

/* The ten test digits for which the right mean is much farther away than
 * the one that was taken. */
void show_wrong(void)
{
    reading r = read_digits(1);
    bool shown[TEST] = { false };
    for (int picture = 0; picture < 10; picture++) {
        size_t worst = 0;
        real most = -1;
        for (size_t i = 0; i < TEST; i++) {
            real far =
                distance(r.means, (size_t)at(r.test.y, i, 0), r.test.X, i);
            real near =
                distance(r.means, (size_t)at(r.yhat, i, 0), r.test.X, i);
            if (!shown[i] && far - near > most) {
                most = far - near;
                worst = i;
            }
        }
        shown[worst] = true;
        printf("\"%d, read as %d\"\n", (int)at(r.test.y, worst, 0),
               (int)at(r.yhat, worst, 0));
        print_image(r.test.X, worst);
    }
    reading_free(&r);
}

/* The share of the commonest class: what guessing can reach. */
static real guessing(reading r)
{
    int counts[CLASSES] = { 0 }, commonest = 0;
    for (size_t i = 0; i < TRAIN; i++)
        counts[(int)at(r.train.y, i, 0)]++;
    for (int k = 1; k < CLASSES; k++)
        commonest = counts[k] > counts[commonest] ? k : commonest;
    real right = 0;
    for (size_t i = 0; i < TEST; i++)
        right += at(r.test.y, i, 0) == commonest;
    return right / TEST;
}

void show_milestone(void)
{
    reading r = read_digits(1);
    printf("# way             \tright of %d\n", TEST);
    printf("always the same   \t%6.1f %%\n", 100 * (double)guessing(r));
    printf("the nearest mean  \t%6.1f %%\n",
           100 * (double)accuracy(r.yhat, r.test.y));
    reading_free(&r);
}

/* How many of the test examples had a twin among those it learned from. */
void show_leak(void)
{
    reading r = read_digits(1);
    matrix yhat = matrix_new(TRAIN, 1);
    nearest_mean(yhat, r.means, r.train.X);
    printf("# tested on             \tright\n");
    printf("what it learned from    \t%.1f %%\n",
           100 * (double)accuracy(yhat, r.train.y));
    printf("what it never saw       \t%.1f %%\n",
           100 * (double)accuracy(r.yhat, r.test.y));
    matrix_free(&yhat);
    reading_free(&r);
}

void show_claims(void)
{
    enum { SEEDS = 20 };
    real sum = 0, worst = 1, best = 0, guess = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        reading r = read_digits(seed);
        real share = accuracy(r.yhat, r.test.y);
        sum += share / SEEDS;
        worst = fmin(worst, share);
        best = fmax(best, share);
        guess = fmax(guess, guessing(r));
        reading_free(&r);
    }
    claim(worst >= 0.85,
          "the nearest mean reads %.1f to %.1f %% of held-out digits, "
          "%.1f %% on average over %d splits",
          100 * (double)worst, 100 * (double)best, 100 * (double)sum,
          SEEDS);
    claim(guess <= 0.15, "guessing reaches at most %.1f %%",
          100 * (double)guess);
}
