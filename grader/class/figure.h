/* figure.h - how the points of a chapter are spread, drawn */
#ifndef FIGURE_H
#define FIGURE_H

#include "sheet.h"

/* The figure of a chapter: a histogram by gnuplot, its numbers in words.
 * Where gnuplot is missing, the words alone. */
void figure_of_points(sheet *s, const char *chapter, const char *title,
                      long possible);

#endif
