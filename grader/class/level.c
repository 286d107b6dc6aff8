/* level.c - which sandbox works here, and why no stronger one does
 *
 *     level CONFINE            the strongest that works, for make doctor
 *     level CONFINE LEVEL      whether that one does (status 0), for tests
 */
#include "sandbox.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    level wanted = argc == 3 ? level_of(argv[2]) : STRONG;
    if (argc < 2 || argc > 3 || wanted == LEVELS)
        return 2;
    sandbox box = sandbox_find(argv[1], wanted);
    printf("%s\n%s\n", level_names[box.level], box.why);
    return argc == 3 && box.level != wanted;
}
