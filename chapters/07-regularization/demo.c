/* demo.c - what the lesson shows, computed
 *
 *     build/demo/07-regularization           lists its words
 *
 * Run it from the top folder of the course: it reads datasets/.  All of it
 * is the same on every machine.
 */
#include "demo.h"
#include "parts.h"

static void show_claims(void)
{
    claims_of_polynomials();
    claims_of_weights();
    claims_of_norms();
    claims_of_digits();
}

static const demo_word words[] = {
    { "fits", "figure: too stiff, about right, too supple", show_fits },
    { "degrees", "errors by degree", show_degrees },
    { "split", "the error, split in two", show_split },
    { "luck", "the best of many guessers", show_luck },
    { "hand", "penalties worked by hand", show_hand },
    { "shrink", "figure: weights by lambda, L2 and L1", show_shrink },
    { "zeros", "who becomes 0", show_zeros },
    { "folds", "lambda chosen by cross-validation", show_folds },
    { "stopping", "figure: where to stop", show_stopping },
    { "stopped", "the same as a table", show_stopped },
    { "dropout", "figure: dropout on and off", show_dropout },
    { "histograms", "figure: scores with batch norm and without",
      show_histograms },
    { "deep", "ten layers from a bad start", show_deep },
    { "alone", "a single example", show_alone },
    { "shifted", "a digit, moved", show_shifted },
    { "data", "figure: more examples", show_data },
    { "ensemble", "five networks, asked together", show_ensemble },
    { "transfer", "what was learned for others", show_transfer },
    { "remedies", "one remedy at a time", show_remedies },
    { "milestone", "overfitted, and repaired", show_milestone },
    { "claims", "what the lesson claims, over seeds", show_claims },
    { "trace", "numbers for another program to compute", show_trace },
};

static const demo_touch touches[] = {
    { "fits", touch_fits },
};

int main(int argc, char **argv)
{
    if (argc > 2)
        return demo_touched(argc, argv, touches, DEMO_WORDS(touches));
    return demo_main(argc, argv, words, DEMO_WORDS(words));
}
