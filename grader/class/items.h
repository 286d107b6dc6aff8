/* items.h - what a class tells of the tests: mistakes, items, clusters */
#ifndef ITEMS_H
#define ITEMS_H

#include "sheet.h"

/* Tables for the questions below, in memory: they read page (id, name,
 * shown), handed (id, chapter, hash, key, state, points) and chapter (name,
 * title, possible).  What make class built in build says what a mistake is
 * and where the lesson speaks of it. */
void items_prepare(sqlite3 *db, const char *build);

/* One section of the class page each, without its head. */
void items_mistakes(sheet *s);
void items_analysis(sheet *s);
void items_clusters(sheet *s);
void items_unstable(sheet *s);

/* Has this table of the results a row? */
bool has_rows(sqlite3 *db, const char *table);

#endif
