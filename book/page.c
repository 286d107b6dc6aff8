/* page.c - what the C library and require.c are when the C runs on a page
 *
 * One call draws one figure, and then everything it took is given back at
 * once; nobody reads what is printed; a broken rule ends the figure.
 */
#include "require.h"
#include "threads.h"
#include "touch.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 65536, ALIGN = 16 };
extern unsigned char __heap_base;
static uintptr_t top;

/* Before each drawing. */
void page_begin(void)
{
    top = (uintptr_t)&__heap_base;
    touch_clear();
}

/* A page has one thread. */
size_t threads_in_use(void)
{
    return 1;
}

void threads_run(void (*work)(void *what, size_t part, size_t parts),
                 void *what)
{
    work(what, 0, 1);
}

/* Each piece has its size before it. */
void *malloc(size_t size)
{
    uintptr_t at = (top + sizeof size + ALIGN - 1) / ALIGN * ALIGN;
    if (size > SIZE_MAX / 2)
        return NULL;
    size_t have = __builtin_wasm_memory_size(0) * PAGE;
    if (at + size > have &&
        __builtin_wasm_memory_grow(0, (at + size - have) / PAGE + 1) ==
            SIZE_MAX)
        return NULL;
    memcpy((char *)at - sizeof size, &size, sizeof size);
    top = at + size;
    return (void *)at;
}

void free(void *piece)
{
    (void)piece;
}

void *calloc(size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return NULL;
    void *piece = malloc(count * size);
    return piece ? memset(piece, 0, count * size) : NULL;
}

/* No vectors here: what malloc gives will do. */
int posix_memalign(void **piece, size_t border, size_t size)
{
    (void)border;
    *piece = malloc(size);
    return !*piece;
}

void *realloc(void *piece, size_t size)
{
    void *larger = malloc(size);
    if (!larger || !piece)
        return larger;
    size_t old;
    memcpy(&old, (char *)piece - sizeof old, sizeof old);
    return memcpy(larger, piece, old < size ? old : size);
}

int snprintf(char *text, size_t size, const char *format, ...)
{
    (void)format;
    if (size > 0)
        *text = 0;
    return 0;
}

void stop(trouble kind, place where, const char *why)
{
    (void)kind, (void)where, (void)why;
    __builtin_trap();
}

void broken_rule(place where, const char *text, matrix *shapes)
{
    (void)where, (void)text, (void)shapes;
    __builtin_trap();
}

/* For sines of angles beyond a million, which no figure takes. */
__attribute__((used)) int __rem_pio2_large(double *x, double *y, int e0,
                                           int nx, int prec)
{
    (void)x, (void)y, (void)e0, (void)nx, (void)prec;
    __builtin_trap();
}
