/* demo.c - what the lesson shows, computed
 *
 *     build/demo/05-autodiff           lists its words
 *
 * Run it from the top folder of the course: it reads datasets/.  All of it
 * is the same on every machine, except what measures time: times and race.
 */
#include "demo.h"
#include "parts.h"

static void show_claims(void)
{
    claims_of_tapes();
    claims_of_moons();
    claims_of_matrices();
}

static const demo_word words[] = {
    { "symbolic", "how a written-out derivative grows", show_symbolic },
    { "rules", "the dual numbers worked by hand", show_rules },
    { "jacobian", "one forward pass for each column", show_jacobian },
    { "newton", "the slope of a loop", show_newton },
    { "worked", "a tape and its gradients", show_worked },
    { "graph", "figure: the same as a graph", show_graph },
    { "flow", "figure: what each operation hands back", show_flow },
    { "diamond", "ways that meet again, done wrong", show_diamond },
    { "dot", "a graph as text for Graphviz", show_dot },
    { "chain", "a million nodes", show_chain },
    { "cost", "figure: operations by number of inputs", show_cost },
    { "costs", "the same as a table", show_costs },
    { "times", "time: the same with a clock", show_times },
    { "kinks", "checks at a kink", show_kinks },
    { "moons", "figure: two moons, told apart", show_moons },
    { "training", "their network, number by number", show_training },
    { "two-layers", "an example of matrices", show_two_layers },
    { "memory", "what the arena holds, step by step", show_memory },
    { "equal", "gradients of tape and chapter 04", show_equal },
    { "milestone", "digits, trained twice", show_milestone },
    { "race", "time: tape and chapter 04", show_race },
    { "claims", "what the lesson claims, over seeds", show_claims },
    { "trace", "numbers for another program to compute", show_trace },
};

static const demo_touch touches[] = {
    { "moons", touch_moons },
};

int main(int argc, char **argv)
{
    if (argc > 2)
        return demo_touched(argc, argv, touches, DEMO_WORDS(touches));
    return demo_main(argc, argv, words, DEMO_WORDS(words));
}
