/* submission.h - what one student handed in
 *
 * A folder or an archive of which only the files of the course are taken:
 * opened without following links, regular, small, each under our own name
 * in a fresh folder.  Everything else is left where it is.
 */
#ifndef SUBMISSION_H
#define SUBMISSION_H

#include "sandbox.h"

#include <stdbool.h>
#include <stddef.h>

enum { MOST_CHAPTERS = 64 };

typedef struct {
    char hash[65];     /* SHA-256 of the bytes, empty if there is no file */
    char *bytes;       /* those bytes, and how many; freed by nobody: a */
    size_t size;       /* process takes one submission */
    char refused[400]; /* why it was not taken, or empty */
} handed;

typedef struct {
    handed file[MOST_CHAPTERS]; /* as chapters are */
    char note[2000];            /* what was ignored or refused, in lines */
    bool ours;                  /* what failed was ours: note says what */
} submission;

/* The stems of all chapters, in order, up to a NULL. */
char **chapters_of(const char *course);

/* Take the submission called name out of the folder root into the fresh
 * folder to.  unpack and box are for archives; uid as in a jail. */
void submission_take(submission *s, int root, const char *root_path,
                     const char *name, const char *to, char **chapters,
                     const sandbox *box, const char *unpack, uid_t uid);

/* The SHA-256 of some texts, one after another up to a NULL, as 64 digits.
 */
void digest(char hex[65], const char *text, ...);

/* The same of a file; false if it cannot be read. */
bool digest_file(char hex[65], const char *path);

/* A name of whatever bytes as text: what is no UTF-8 or no letter is \\x41.
 * The caller frees it. */
char *shown(const char *name);

#endif
