/* write.h - text that is no markup, and files that are whole or not there
 */
#ifndef WRITE_H
#define WRITE_H

#include <stdbool.h>
#include <stdio.h>

/* Text for HTML and XML, in quotes too.  Whatever bytes it has: what is no
 * character, or what would turn the line round, becomes U+FFFD. */
void write_text(FILE *out, const char *text);

/* The file of that path, and a newline after the text: written under
 * another name, then renamed.  false, and why is said, if it cannot be. */
bool write_whole(const char *path, const char *text);

/* All bytes of a file and a 0, to be freed; NULL, and errno says why, if it
 * cannot be read. */
char *read_whole(const char *path);

/* Make a folder, unless it is there.  false, and why is said, if not. */
bool write_folder(const char *path);

#endif
