/* files.h - which of some files were saved
 *
 * A file was saved when its time, size or place on the disk is another: an
 * editor may rename, truncate, or write several times.  inotify only says
 * when to look at once; whoever watches looks once a second as well, since
 * on network mounts and under WSL nothing is said, or not all.
 */
#ifndef FILES_H
#define FILES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct files files;

/* Watch files of one folder.  The paths must outlive it. */
files *files_watch(const char *folder, const char *const *paths,
                   size_t count, bool only_poll);
void files_free(files *f);

/* Readable when it is time to look; -1 if nobody will say. */
int files_descriptor(const files *f);

/* Look: sets saved[k] of each file that was saved since the last look, and
 * leaves the others.  Whether there was any. */
bool files_look(files *f, bool *saved);

#endif
