/* terminal.h - a keyboard that answers to single keys, and is given back
 *
 * Three things are changed: keys come at once, they are not echoed, and ^Z
 * is a key.  As a signal it would stop make before us, and the shell would
 * go on with a terminal that is not yet given back.
 */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <stdbool.h>

enum { SUSPEND = 26 }; /* the key ^Z */

/* Single keys from now on.  false if standard input is no terminal, or
 * belongs to another job now. */
bool terminal_take(void);

/* As it was.  May be called at any time, also by a signal handler. */
void terminal_give_back(void);

/* Whether keys are for us now. */
bool terminal_is_ours(void);

#endif
