/* touch.c - a figure that answers */
#include "touch.h"

#include <stddef.h>

enum { NUMBERS = 32 };

static double knobs[TOUCH_KNOBS];
static double drawn[TOUCH_ROOM], numbers[NUMBERS];
static size_t curve; /* where the one that is being drawn begins, or 0 */

double *touch_knobs(void)
{
    return knobs;
}

const double *touch_drawn(void)
{
    return drawn;
}

const double *touch_numbers(void)
{
    return numbers;
}

void touch_clear(void)
{
    drawn[0] = numbers[0] = 0;
    curve = 0;
}

static size_t room(void)
{
    return TOUCH_ROOM - 1 - (size_t)drawn[0];
}

void touch_curve(int style)
{
    curve = 0;
    if (room() < 2)
        return;
    curve = (size_t)drawn[0] + 1;
    drawn[curve] = style;
    drawn[curve + 1] = 0;
    drawn[0] += 2;
}

void touch_point(double x, double y)
{
    if (!curve || room() < 2)
        return;
    size_t end = (size_t)drawn[0];
    drawn[end + 1] = x;
    drawn[end + 2] = y;
    drawn[curve + 1]++;
    drawn[0] += 2;
}

void touch_number(double value)
{
    size_t count = (size_t)numbers[0];
    if (count < NUMBERS - 1) {
        numbers[count + 1] = value;
        numbers[0]++;
    }
}

/* Where the line from a to b crosses zero, as a share of the way. */
static double crossing(double a, double b)
{
    return a / (a - b);
}

void touch_contour(const double *height, int columns, int rows, double left,
                   double right, double low, double high)
{
    double dx = (right - left) / (columns - 1);
    double dy = (high - low) / (rows - 1);
    for (int i = 0; i + 1 < rows; i++)
        for (int j = 0; j + 1 < columns; j++) {
            double x = left + j * dx, y = low + i * dy;
            const double *here = height + i * columns + j;
            double h[4] = { here[0], here[1], here[columns + 1],
                            here[columns] };
            /* corners in a round, and the sides between them */
            const double cx[4] = { x, x + dx, x + dx, x };
            const double cy[4] = { y, y, y + dy, y + dy };
            int crossings = 0;
            for (int k = 0; k < 4; k++) {
                int next = (k + 1) % 4;
                if ((h[k] > 0) == (h[next] > 0))
                    continue;
                double t = crossing(h[k], h[next]);
                if (crossings++ % 2 == 0)
                    touch_curve(TOUCH_LINE + TOUCH_INK);
                touch_point(cx[k] + t * (cx[next] - cx[k]),
                            cy[k] + t * (cy[next] - cy[k]));
            }
        }
}
