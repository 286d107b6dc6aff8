/* terminal.h - a keyboard that answers to single keys, and is given back
 *
 * Only two things are changed: keys come at once, and are not echoed.  ^C,
 * ^Z and everything else stay what they were.
 */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <stdbool.h>

/* Single keys from now on.  false if standard input is no terminal, or
 * belongs to another job now. */
bool terminal_take(void);

/* As it was.  May be called at any time, also by a signal handler. */
void terminal_give_back(void);

/* Whether keys are for us now. */
bool terminal_is_ours(void);

#endif
