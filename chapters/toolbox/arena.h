/* arena.h - memory that is given back all at once
 *
 * A computation makes hundreds of matrices that live exactly as long as it
 * does.  Instead of freeing each, take them all from an arena and reset it:
 *
 *     arena memory = { 0 };
 *     matrix Z = arena_matrix(&memory, 64, 128);
 *     ...
 *     arena_reset(&memory);     Z is gone; its memory serves the next round
 *     arena_free(&memory);      once, at the very end
 *
 * What was given out never moves: a full arena takes another block instead
 * of enlarging the one it has.
 */
#ifndef ARENA_H
#define ARENA_H

#include "matrix.h"

typedef struct arena_block arena_block;

typedef struct {
    arena_block *first; /* of all blocks, a list                   */
    arena_block *now;   /* the block that gives; NULL: none is begun */
    size_t used;        /* numbers of it that are given out        */
} arena;

/* A rows x cols matrix of zeros.  Never free it. */
matrix arena_matrix(arena *memory, size_t rows, size_t cols);

/* Take back everything that was given out since before was kept:
 *
 *     arena before = memory;
 *     ...
 *     arena_back(&memory, before);
 */
void arena_back(arena *memory, arena before);

/* Take everything back, and keep the blocks for the next round. */
void arena_reset(arena *memory);

/* How many bytes it holds, given out or not. */
size_t arena_size(arena memory);

/* Give the blocks back to the system. */
void arena_free(arena *memory);

#endif
