/* NUMBER - Title.  Lesson: chapters/STEM/lesson.md
 * Contract: chapters/STEM/NAME.h
 */
#include "NAME.h"

void NAME_double(matrix y, matrix x)
{
    require(x.cols == 1 && y.cols == 1 && y.rows == x.rows, y, x);

    //> double: Fill in y, equation (PLAIN.1).
    for (size_t i = 0; i < x.rows; i++)
        at(y, i, 0) = 2 * at(x, i, 0);
    //< double
}
