#define _GNU_SOURCE
#include "mistake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t mistakes_read(mistake **list, const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file)
        stop(BROKEN_RULE, HERE, "the list of mistakes cannot be read");

    char *line = NULL;
    size_t room = 0, count = 0;
    *list = NULL;
    while (getline(&line, &room, file) > 0) {
        line[strcspn(line, "\n")] = '\0';
        *list = realloc(*list, (count + 1) * sizeof **list);
        char *rest = line;
        if (!*list)
            stop(NO_MEMORY, HERE, "out of memory");
        mistake *one = &(*list)[count++];
        one->name = shared_text("%s", strsep(&rest, "\t"));
        one->function = shared_text("%s", rest ? strsep(&rest, "\t") : "");
        one->program = shared_text("%s", rest ? strsep(&rest, "\t") : "");
        one->advice = shared_text("%s", rest ? rest : "");
    }
    free(line);
    fclose(file);
    return count;
}

const mistake *mistake_find(const mistake *list, size_t count,
                            const char *function, const result *results,
                            size_t test_count, mistake_runner *run)
{
    const mistake *found = NULL;

    for (size_t k = 0; k < count; k++) {
        if (strcmp(list[k].function, function) != 0)
            continue;
        result *variant = shared_new(test_count * sizeof *variant);
        run(variant, &list[k]);

        bool fits = true;
        for (size_t i = 0; fits && i < test_count; i++)
            if (!strcmp(results[i].of->function, function))
                fits = result_same(&results[i], &variant[i]);
        if (fits && found)
            return NULL;
        if (fits)
            found = &list[k];
    }
    return found;
}
