/* contender.c - the course's solutions, doing what bench/run asks for
 *
 *     contender store FOLDER NAME...      write the data of workloads
 *     contender FOLDER            answer, as bench.h says; the variable
 *                                 THREADS says how many to use
 */
#include "bench.h"
#include "threads.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const workload *const all[] = { linear_workloads, network_workloads,
                                       scalar_workloads };
enum { GROUPS = sizeof all / sizeof *all };

static const workload *workload_of(const char *name)
{
    for (int group = 0; group < GROUPS; group++)
        for (const workload *w = all[group]; w->name; w++)
            if (!strcmp(w->name, name))
                return w;
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc > 3 && !strcmp(argv[1], "store")) {
        bench_folder = argv[2];
        for (int k = 3; k < argc; k++) {
            const workload *w = workload_of(argv[k]);
            if (w && w->store)
                w->store(w->name);
        }
        return 0;
    }
    if (argc != 2) {
        fprintf(stderr, "usage: contender [store] FOLDER\n");
        return 2;
    }
    bench_folder = argv[1];
    setvbuf(stdout, NULL, _IOLBF, 1 << 12);
    const char *threads = getenv("THREADS");
    if (threads)
        threads_use(strtoul(threads, NULL, 10));
    printf("%s\n", __VERSION__);

    const workload *now = NULL;
    char line[100];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        if (!strcmp(line, "go") && now) {
            outcome o = now->run();
            printf("%.9f %.12g %.6g\n", o.seconds, o.loss, o.accuracy);
            continue;
        }
        if (now)
            now->forget();
        now = workload_of(line);
        if (now) {
            now->prepare(now->name);
            printf("ready\n");
        } else
            printf("no such workload: %s\n", line);
    }
    if (now)
        now->forget();
    return 0;
}
