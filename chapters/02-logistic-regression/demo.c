/* demo.c - what the lesson shows, computed */
#include "logreg.h"

#include "demo.h"

static void show_claims(void)
{
    claim(sigmoid(0) == 0.5, "a score of 0 is a probability of one half");
}

static const demo_word words[] = {
    { "claims", "what the lesson claims, tried", show_claims },
};

int main(int argc, char **argv)
{
    return demo_main(argc, argv, words, DEMO_WORDS(words));
}
