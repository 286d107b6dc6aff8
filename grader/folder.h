/* folder.h - a folder that goes with all that is in it */
#ifndef FOLDER_H
#define FOLDER_H

/* Remove a folder, without following links.  What cannot be removed stays,
 * and nothing is said of it. */
void remove_folder(const char *path);

#endif
