/* level.c - which sandbox works here, for make doctor: level CONFINE */
#include "sandbox.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    sandbox box = sandbox_find(argv[1], STRONG);
    printf("%s\n%s\n", level_names[box.level], box.why);
    return 0;
}
