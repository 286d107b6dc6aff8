/* intake.h - whether a file can be a submission at all */
#ifndef INTAKE_H
#define INTAKE_H

/* A sentence that says why the file is refused, or NULL. */
const char *intake(const char *path);

/* A remark on a file that was taken, or NULL. */
const char *intake_note(const char *path);

#endif
