#define _GNU_SOURCE
#include "sum.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>

bool sum_of(char sum[SUM], const char *path)
{
    enum { MOST = 1 << 24 };
    uint64_t h = 0xcbf29ce484222325;
    struct stat s;
    if (stat(path, &s) != 0 || !S_ISREG(s.st_mode) || s.st_size > MOST)
        return false;
    FILE *in = fopen(path, "r");
    if (!in)
        return false;
    for (int c; (c = getc(in)) != EOF;)
        h = (h ^ (unsigned)c) * 0x100000001b3;
    bool good = !ferror(in);
    fclose(in);
    snprintf(sum, SUM, "%016" PRIx64, h);
    return good;
}
