/* frame.h - what a worker sends to the judge
 *
 * A stream of frames, each a head and its bytes.  The judge believes
 * nothing of it: every frame is data, and a stream that breaks the form
 * says so.
 */
#ifndef FRAME_H
#define FRAME_H

#include "require.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum {
    READY = 1, /* about to load and run test a; locked, if b is 1         */
    ARRAY,    /* an array was made: address in a, size in b; its name     */
    ANSWER,   /* a x b numbers                                            */
    STOPPED,  /* stop() was called: trouble in a, line in b; three texts  */
    MISSING,  /* the function of this test is not in the student's file   */
    ENDED,    /* exit() was called inside the test                        */
    TOO_LONG, /* the time limit passed                                    */
    FAULT,    /* a bad memory access, at address a                        */
    DONE      /* the test ran to its end                                  */
} frame_kind;

typedef struct {
    uint32_t magic, kind;
    uint64_t a, b, bytes;
} frame_head;

typedef struct {
    frame_kind kind;
    uint64_t a, b;
    const unsigned char *bytes;
    size_t size;
} frame;

/* Send one frame to descriptor fd; a worker that cannot send ends. */
void frame_send(int fd, frame_kind kind, uint64_t a, uint64_t b,
                const void *bytes, size_t size);

/* The next frame of a stream of size bytes, from *position on.  false at
 * the end; *broken is set if what follows is no frame. */
bool frame_next(frame *next, const unsigned char *stream, size_t size,
                size_t *position, bool *broken);

#endif
