/* level.c - which sandbox works here, and why no stronger one does
 *
 *     level CONFINE            the strongest that works, for make doctor
 *     level CONFINE LEVEL      whether that one does (status 0), or why not
 */
#include "sandbox.h"

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    level wanted = argc == 3 ? level_of(argv[2]) : STRONG;
    if (argc < 2 || argc > 3 || wanted == LEVELS)
        return 2;
    sandbox box = sandbox_find(argv[1], wanted);
    if (argc == 2)
        printf("%s\n%s\n", level_names[box.level], box.why);
    else if (box.level != wanted) /* of the weaker ones nobody asked */
        printf("%.*s\n", (int)strcspn(box.why, ";"), box.why);
    return box.level != wanted && argc == 3;
}
