/* people.c - looking at data before learning from it */
#include "show.h"

#include "examples.h"

#include <math.h>
#include <stdio.h>

void show_titanic(void)
{
    static const char *const names[] = { "crew", "first", "second",
                                         "third" };
    examples people = examples_from_csv("datasets/titanic.csv", "survived");
    printf("# class \ton board\tsurvived\tof the women\tof the men\n");
    for (int c = 0; c < 5; c++) { /* 4 is everybody */
        int class = (c + 1) % 4, all[2] = { 0 }, alive[2] = { 0 };
        for (size_t i = 0; i < people.X.rows; i++)
            if (c == 4 || at(people.X, i, 0) == class) {
                int female = at(people.X, i, 1);
                all[female]++;
                alive[female] += at(people.y, i, 0);
            }
        printf("%-8s\t%8d\t%7.0f%%\t%11.0f%%\t%9.0f%%\n",
               c == 4 ? "all" : names[class], all[0] + all[1],
               100.0 * (alive[0] + alive[1]) / (all[0] + all[1]),
               100.0 * alive[1] / all[1], 100.0 * alive[0] / all[0]);
    }
    examples_free(&people);
}

/* If 97 % are right in truth: how far a test of so many may be off. */
void show_shares(void)
{
    printf("# examples tested\tgives or takes\n");
    for (int count = 100; count <= 1000000; count *= 100)
        printf("%17d\t%12.2f %%\n", count,
               100 * 2 * sqrt(0.97 * 0.03 / count));
}
