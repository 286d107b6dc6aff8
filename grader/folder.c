/* folder.c - a folder that goes with all that is in it */
#define _GNU_SOURCE
#include "folder.h"

#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>

static int remove_one(const char *path, const struct stat *status, int kind,
                      struct FTW *place)
{
    (void)status, (void)kind, (void)place;
    remove(path); /* what stays, keeps its folder */
    return 0;
}

void remove_folder(const char *path)
{
    enum { OPEN = 16 };
    nftw(path, remove_one, OPEN, FTW_DEPTH | FTW_PHYS);
}
