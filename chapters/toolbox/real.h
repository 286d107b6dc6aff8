/* real.h - the one floating-point type of this course
 *
 * A double has 53 bits, about 16 decimal digits; a float has 24 bits, about
 * 7, and is twice as fast.  Lessons, figures and grading use double.
 *
 *     make REAL=float ...    builds everything with float instead
 */
#ifndef REAL_H
#define REAL_H

#ifndef REAL
#define REAL double
#endif

typedef REAL real;

#endif
