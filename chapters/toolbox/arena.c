/* arena.c - memory that is given back all at once */
#include "arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { SMALLEST = 1 << 14 };

struct arena_block {
    arena_block *next;
    size_t room;
    real data[];
};

static arena_block *block_new(size_t room)
{
    require(room <= (SIZE_MAX - sizeof(arena_block)) / sizeof(real));
    arena_block *block = malloc(sizeof *block + room * sizeof(real));
    if (block == NULL)
        stop(NO_MEMORY, HERE, "out of memory");
    block->next = NULL;
    block->room = room;
    return block;
}

matrix arena_matrix(arena *memory, size_t rows, size_t cols)
{
    require(cols == 0 || rows <= SIZE_MAX / sizeof(real) / cols);
    size_t count = rows * cols;

    /* the next block that is large enough; what is left of others rests */
    while (memory->now == NULL ||
           memory->now->room - memory->used < count) {
        arena_block **next =
            memory->now == NULL ? &memory->first : &memory->now->next;
        if (*next == NULL)
            *next = block_new(count > SMALLEST ? count : SMALLEST);
        memory->now = *next;
        memory->used = 0;
    }
    matrix a = { rows, cols, memory->now->data + memory->used };
    memory->used += count;
    if (count > 0)
        memset(a.data, 0, count * sizeof *a.data);
    return a;
}

void arena_back(arena *memory, arena before)
{
    memory->now = before.now;
    memory->used = before.used;
}

void arena_reset(arena *memory)
{
    memory->now = NULL;
    memory->used = 0;
}

size_t arena_size(arena memory)
{
    size_t size = 0;
    for (arena_block *b = memory.first; b != NULL; b = b->next)
        size += sizeof *b + b->room * sizeof(real);
    return size;
}

void arena_free(arena *memory)
{
    while (memory->first != NULL) {
        arena_block *next = memory->first->next;
        free(memory->first);
        memory->first = next;
    }
    *memory = (arena){ 0 };
}
