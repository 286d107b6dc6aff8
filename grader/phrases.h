/* phrases.h - what the commonest messages of gcc and clang mean */
#ifndef PHRASES_H
#define PHRASES_H

/* What may be said beyond the words, from the names in the message or from
 * the source. */
typedef enum {
    NOTHING,
    NEAREST,   /* the name that is perhaps meant */
    SEMICOLON, /* where it is missing */
    LEVEL,     /* & or * in front */
    SOURCE,    /* what stands at the place decides */
} more;

typedef struct {
    const char *messages; /* parts of them, with | between */
    const char *words;
    more more;
} phrase;

/* The last one has no words. */
extern const phrase phrases[];

#endif
