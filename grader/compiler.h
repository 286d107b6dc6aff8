/* compiler.h - what the compiler and the linker say, in plain words */
#ifndef COMPILER_H
#define COMPILER_H

#include "report.h"

/* Print why file does not compile: the first error, its line and the line
 * itself, and plain words if it is a common one.  FULL shows them all,
 * BRIEF one line. */
void explain_errors(const char *messages, const char *file,
                    const char *chapter, amount how_much);

/* Print the warnings, if there are any, apart from all results. */
void explain_warnings(const char *messages, const char *file,
                      const char *chapter, amount how_much);

#endif
