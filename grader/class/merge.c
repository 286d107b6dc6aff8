/* merge.c - the results of several machines as if of one
 *
 * Doing it again, with the same parts or with one that has grown, gives the
 * same rows.
 */
#define _GNU_SOURCE
#include "class.h"
#include "store.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* In order.  A grade is the same wherever it was made, but one that is
 * there is better than our failure. */
static const char *const steps[] = {
    "INSERT OR REPLACE INTO run SELECT * FROM part.run",
    "INSERT OR IGNORE INTO content SELECT * FROM part.content",
    "DELETE FROM grade WHERE state = 'not graded'"
    " AND key IN (SELECT key FROM part.grade)",
    "INSERT OR IGNORE INTO grade SELECT * FROM part.grade",
    "INSERT OR IGNORE INTO test SELECT * FROM part.test",
    "INSERT INTO submission(name, shown, student, note, graded_by)"
    " SELECT name, shown, student, note, graded_by FROM part.submission "
    "WHERE true"
    " ON CONFLICT(name) DO UPDATE SET note = excluded.note,"
    " graded_by = excluded.graded_by",
    "DELETE FROM file WHERE submission IN (SELECT id FROM submission"
    " WHERE name IN (SELECT name FROM part.submission))",
    "INSERT INTO file SELECT s.id, f.chapter, f.hash, f.refused, f.key"
    " FROM part.file f JOIN part.submission p ON p.id = f.submission"
    " JOIN submission s ON s.name = p.name",
};

int merge(void)
{
    if (!options.more[0])
        fail(USAGE, "merge needs the results of the parts");
    sqlite3 *db = store_open(options.results);
    for (char **part = options.more; *part; part++) {
        if (access(*part, R_OK) != 0)
            fail(USAGE, "%s: %s", *part, strerror(errno));
        sqlite3_close(store_open(*part)); /* its tables are those of now */
        store_do(db, "ATTACH ? AS part", "t", *part);
        store_do(db, "BEGIN IMMEDIATE", "");
        for (size_t k = 0; k < sizeof steps / sizeof *steps; k++)
            store_do(db, steps[k], "");
        store_do(db, "COMMIT", "");
        store_do(db, "DETACH part", "");
    }
    printf("%ld submissions, %ld graded files\n",
           store_number(db, 0, "SELECT count(*) FROM submission", ""),
           store_number(db, 0,
                        "SELECT count(*) FROM file JOIN grade USING (key)"
                        " WHERE state <> 'not graded'",
                        ""));
    sqlite3_close(db);
    return FINE;
}
