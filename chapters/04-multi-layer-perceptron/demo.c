/* demo.c - what the lesson shows, computed
 *
 *     build/demo/04-multi-layer-perceptron           lists its words
 *
 * Run it from the top folder of the course: it reads datasets/.  All of it
 * is the same on every machine, except what measures time: orders,
 * throughput, threads and mnist.
 */
#include "demo.h"
#include "parts.h"

static void show_claims(void)
{
    claims_of_saved();
    claims_of_functions();
    claims_of_digits();
}

static const demo_word words[] = {
    { "shapes", "every matrix of a network for digits", show_shapes },
    { "forward", "the worked example, forwards", show_forward },
    { "backward", "the worked example, backwards", show_backward },
    { "step", "its loss before and after one step", show_step },
    { "check", "gradients against measured slopes", show_check },
    { "signal", "how large a signal is, layer by layer", show_signal },
    { "slopes", "figure: slopes by layer, three beginnings", show_slopes },
    { "epochs", "training on digits, some epochs", show_epochs },
    { "curves", "figure: loss and accuracy by epoch", show_curves },
    { "batches", "the same with other batch sizes", show_batches },
    { "weights", "figure: what the first layer looks at", show_weights },
    { "spirals", "figure: two spirals and the boundary", show_spirals },
    { "spiral", "with and without activation", show_spiral },
    { "approximation", "figure: one function, three widths",
      show_approximation },
    { "bumps", "its largest error by width", show_bumps },
    { "memory", "figure: learning noise by heart", show_memory },
    { "learned", "and what it is worth", show_learned },
    { "bytes", "the first bytes of a saved network", show_bytes },
    { "damage", "what is said about damaged ones", show_damage },
    { "flops", "operations of one pass", show_flops },
    { "orders", "time: four ways to multiply", show_orders },
    { "throughput", "figure, time: examples per second by batch",
      show_throughput },
    { "threads", "time: one thread and two", show_threads },
    { "milestone", "held-out digits", show_milestone },
    { "claims", "what the lesson claims, over seeds", show_claims },
    { "train", "train on digits, save the best to $WEIGHTS", show_train },
    { "ask", "load $WEIGHTS and ask it", show_ask },
    { "mnist", "one epoch of MNIST, if it is there", show_mnist },
    { "trace", "numbers for another program to compute", show_trace },
    { "frameworks", "a training for others to repeat", show_frameworks },
};

int main(int argc, char **argv)
{
    return demo_main(argc, argv, words, DEMO_WORDS(words));
}
