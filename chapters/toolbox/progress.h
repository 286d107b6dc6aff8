/* progress.h - how far a long training is, and a clean way to end it
 *
 *     progress bar = progress_start("digits", epochs);
 *     while (progress_next(&bar)) {
 *         ... one epoch ...
 *         progress_report(&bar, loss);
 *     }
 *     progress_end(&bar);
 *
 * On a terminal one line is drawn again and again:
 *
 *     digits  [########............]  12 of 30  loss 0.0831  left 0:41
 *
 * Elsewhere (a file, a pipe) nothing is printed but the last line.  The
 * first ^C ends the loop after the epoch in hand; a second one ends the
 * program at once.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "real.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    const char *label;
    size_t done, total;
    double started; /* seconds on a clock that never goes back */
    real loss;
    bool interrupted; /* ^C was pressed */
    bool terminal;
} progress;

/* Start the clock, and listen for ^C.  With the label NULL nothing is ever
 * printed. */
progress progress_start(const char *label, size_t total);

/* Whether to do another of the total; false after ^C. */
bool progress_next(progress *bar);

/* One more is done, and the loss is now this. */
void progress_report(progress *bar, real loss);

/* Say how it ended; ^C does again what it did before. */
void progress_end(progress *bar);

/* The line, without control characters, for width columns of text.  Here
 * for the tests; seconds is the time since the start. */
void progress_line(char *line, size_t room, const progress *bar,
                   double seconds, size_t width);

#endif
