/* watch.h - grades each exercise when it is saved, and answers to keys
 */
#ifndef WATCH_H
#define WATCH_H

#include "desk.h"

/* Until q, ^C, or the end of an input that is no terminal.  make is the
 * command that grades; only_poll does without inotify.  Returns what to
 * exit with. */
int watch(desk *d, char *make, bool only_poll);

#endif
