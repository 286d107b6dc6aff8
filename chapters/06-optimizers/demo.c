/* demo.c - what the lesson shows, computed
 *
 *     build/demo/06-optimizers           lists its words
 *
 * Run it from the top folder of the course: it reads datasets/.  All of it
 * is the same on every machine.
 */
#include "demo.h"
#include "parts.h"

const char *const optimizer_names[OPTIMIZERS] = { "sgd",      "momentum",
                                                  "nesterov", "adagrad",
                                                  "adadelta", "rmsprop",
                                                  "adam",     "adamw" };

void optimizer_step(optimizer which, blocks theta, memory *m, blocks grad,
                    real learning_rate)
{
    switch (which) {
    case SGD:
        sgd(theta, grad, learning_rate);
        return;
    case MOMENTUM:
        momentum(theta, m, grad, learning_rate, 0.9);
        return;
    case NESTEROV:
        nesterov(theta, m, grad, learning_rate, 0.9);
        return;
    case ADAGRAD:
        adagrad(theta, m, grad, learning_rate);
        return;
    case ADADELTA:
        adadelta(theta, m, grad, learning_rate, 0.95);
        return;
    case RMSPROP:
        rmsprop(theta, m, grad, learning_rate, 0.9);
        return;
    case ADAMW:
        adamw(theta, m, grad, learning_rate, 0.9, 0.999, 0.01);
        return;
    default:
        adam(theta, m, grad, learning_rate, 0.9, 0.999);
    }
}

static void show_claims(void)
{
    claims_of_search();
    claims_of_walks();
    claims_of_batches();
    claims_of_digits();
}

static const demo_word words[] = {
    { "budget", "three ways to search, 2,000 questions", show_budget },
    { "chance", "figure: the same by dimension", show_chance },
    { "paths", "figure: batch, mini-batch, stochastic", show_paths },
    { "updates", "what one update sees and costs", show_updates },
    { "stream", "learning on the fly", show_stream },
    { "hand", "the steps worked by hand", show_hand },
    { "remembered", "what each keeps for a parameter", show_remembered },
    { "race", "figure: down a ravine and a valley", show_race },
    { "bottom", "steps to the bottom, tuned", show_bottom },
    { "beginning", "figure: Adam's first steps", show_beginning },
    { "begun", "the same as a table", show_begun },
    { "averages", "the mean of the places", show_averages },
    { "schedules", "figure: rates that change", show_schedules },
    { "decay", "digits, with and without a schedule", show_decay },
    { "cliff", "a step off a cliff", show_cliff },
    { "saddle", "away from a saddle", show_saddle },
    { "hessians", "how often all ways lead up", show_hessians },
    { "newton", "the second order", show_newton },
    { "digits", "figure: loss on digits by optimizer", show_digits },
    { "milestone", "epochs to 97 %", show_milestone },
    { "workers", "four machines, one network", show_workers },
    { "quarters", "four gradients and their mean", show_quarters },
    { "claims", "what the lesson claims, over seeds", show_claims },
    { "trace", "numbers for another program to compute", show_trace },
};

static const demo_touch touches[] = {
    { "race", touch_race },
};

int main(int argc, char **argv)
{
    if (argc > 2)
        return demo_touched(argc, argv, touches, DEMO_WORDS(touches));
    return demo_main(argc, argv, words, DEMO_WORDS(words));
}
