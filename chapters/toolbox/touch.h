/* touch.h - a figure that answers
 *
 * A figure of the book may have knobs.  The page runs the chapter's own C,
 * compiled to WebAssembly: a touch function of the demo takes the knobs and
 * draws again, in the figure's coordinates, and gives the numbers of the
 * sentence below it.  FIGURE.json beside FIGURE.gp names the knobs and the
 * sentence.  The demo gives the same numbers:
 *
 *     build/demo/01-linear-regression surface 0.03 5 1
 *
 * Nothing here allocates: what has no room is left out.
 */
#ifndef TOUCH_H
#define TOUCH_H

enum { TOUCH_KNOBS = 6, TOUCH_ROOM = 1 << 16 };

typedef void touch(const double *knob);

/* How a curve looks: a line in one of five colours, a thin one, points, or
 * points joined by a line; style + colour, colour from 1 to 5, or INK. */
enum {
    TOUCH_LINE = 0,
    TOUCH_THIN = 10,
    TOUCH_POINTS = 20,
    TOUCH_JOINED = 30,
    TOUCH_RINGS = 40,
    TOUCH_INK = 6
};

/* Begin a curve, and go on with it; a number that is none breaks it. */
void touch_curve(int style);
void touch_point(double x, double y);

/* The next number of the sentence, {0}, {1}, ... */
void touch_number(double value);

/* Where height, given at columns x rows places, row after row, is 0. */
void touch_contour(const double *height, int columns, int rows, double left,
                   double right, double low, double high);

/* For who runs a touch: where the knobs lie; what was drawn, its length
 * first, then for each curve its style, its number of points, and x and y
 * of each; and the numbers, their count first. */
double *touch_knobs(void);
const double *touch_drawn(void);
const double *touch_numbers(void);
void touch_clear(void);

#endif
