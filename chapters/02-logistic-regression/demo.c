/* demo.c - the words of this chapter's demo, and what its files share
 *
 *     build/demo/02-logistic-regression           lists the words
 *     build/demo/02-logistic-regression titanic   prints that table
 */
#include "show.h"

#include "demo.h"
#include "foundations.h"

#include <math.h>
#include <stdlib.h>

examples hours(void)
{
    return (examples){ .X = matrix_copy(MATRIX(4, 1, 1, 3, 6, 5)),
                       .y = matrix_copy(MATRIX(4, 1, 0, 1, 1, 1)) };
}

void zero_or_one(matrix y)
{
    for (size_t i = 0; i < y.rows; i++)
        at(y, i, 0) = at(y, i, 0) > 0;
}

real share_right(linreg model, examples data)
{
    size_t right = 0;
    matrix z = matrix_new(data.X.rows, 1);
    linreg_predict(z, model, data.X);
    for (size_t i = 0; i < z.rows; i++)
        right += (at(z, i, 0) > 0) == (at(data.y, i, 0) > 0);
    matrix_free(&z);
    return (real)right / data.y.rows;
}

real loss_of(linreg model, examples data)
{
    matrix z = matrix_new(data.X.rows, 1);
    linreg_predict(z, model, data.X);
    real loss = bce_from_logits(z, data.y);
    matrix_free(&z);
    return loss;
}

void walk(linreg *model, examples data, size_t steps, real rate)
{
    matrix losses = matrix_new(steps, 1);
    logreg_fit(model, losses, data.X, data.y, rate);
    matrix_free(&losses);
}

void deal(examples *train, examples *test, examples data, size_t training,
          uint64_t seed)
{
    size_t N = data.X.rows, n = data.X.cols;
    size_t *order = malloc(N * sizeof *order);
    random_state state = random_seed(seed);
    matrix none = matrix_new(0, n), no_label = matrix_new(0, 1);

    for (size_t i = 0; order && i < N; i++)
        order[i] = i;
    *train = (examples){ matrix_new(training, n), matrix_new(training, 1) };
    *test = (examples){ matrix_new(N - training, n),
                        matrix_new(N - training, 1) };
    shuffle(order, N, &state);
    split(train->X, none, test->X, data.X, order);
    split(train->y, no_label, test->y, data.y, order);

    matrix_free(&none);
    matrix_free(&no_label);
    free(order);
}

static void show_claims(void)
{
    claim_loans();
    claim_costs();
    claim_digits();
}

static const demo_word words[] = {
    { "perceptron", "the perceptron, worked by hand", show_perceptron },
    { "passes", "loans that a line separates, and others", show_passes },
    { "updates", "figure: accuracy by update", show_updates },
    { "pushes", "figure: the line of the perceptron", show_pushes },
    { "odds", "scores, odds and probabilities", show_odds },
    { "sigmoid", "figure: the sigmoid and its derivative", show_sigmoid },
    { "ways", "one neuron in three ways, the same answers", show_ways },
    { "timing", "the three ways by the clock", show_timing },
    { "wrong", "what it costs to be wrong", show_wrong },
    { "bce", "three costs, worked by hand", show_bce },
    { "cost", "figure: cross-entropy and squared error", show_cost },
    { "extremes", "the loss of huge scores, four ways", show_extremes },
    { "gradient", "the gradient, worked by hand and measured",
      show_gradient },
    { "step", "one step, worked by hand", show_step },
    { "stuck", "two losses, sure and wrong", show_stuck },
    { "turning", "figure: the boundary as it turns", show_turning },
    { "counter", "the one at the counter", show_counter },
    { "forever", "separable loans and weights that grow", show_forever },
    { "people", "who survived, group by group", show_people },
    { "titanic", "weights and odds of the Titanic", show_titanic },
    { "two", "two people of the Titanic", show_two },
    { "counted", "ten decisions, counted by hand", show_counted },
    { "thresholds", "three thresholds, counted", show_thresholds },
    { "roc", "figure: the ROC curve", show_roc },
    { "auc", "the area under it", show_auc },
    { "margins", "figure: five losses against the margin", show_margins },
    { "hinge", "the hinge loss, worked by hand", show_hinge },
    { "digits", "milestone: one neuron tells 1 from 7", show_digits },
    { "mnist", "the same on MNIST, if it was fetched", show_mnist },
    { "trace", "numbers for against_torch.py", show_trace },
    { "claims", "what the lesson claims, tried", show_claims },
};

static const demo_touch touches[] = {
    { "pushes", touch_pushes },
    { "turning", touch_turning },
};

int main(int argc, char **argv)
{
    if (argc > 2)
        return demo_touched(argc, argv, touches, DEMO_WORDS(touches));
    return demo_main(argc, argv, words, DEMO_WORDS(words));
}
