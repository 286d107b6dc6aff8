/* trace.h - the word "trace" of this chapter's demo */
#ifndef TRACE_H
#define TRACE_H

void show_trace(void);

#endif
