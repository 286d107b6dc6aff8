/* main.c - the student's desk
 *
 *     desk BUILD STATE CHAPTER...                  shows it
 *     desk --watch MAKE [--poll] BUILD STATE CHAPTER...
 */
#define _GNU_SOURCE
#include "watch.h"

#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    static const struct option known[] = {
        { "watch", required_argument, 0, 'w' },
        { "poll", no_argument, 0, 'p' },
        { 0 },
    };
    char *make = NULL;
    bool only_poll = false;
    int status = 0, fd;
    while ((fd = open("/dev/null", O_RDWR)) >= 0 && fd < 3)
        ; /* what is closed must not become a file of ours */
    close(fd);
    for (int o; (o = getopt_long(argc, argv, "", known, NULL)) != -1;)
        switch (o) {
        case 'w':
            make = optarg;
            break;
        case 'p':
            only_poll = true;
            break;
        default:
            return 2;
        }
    if (argc - optind < 3) {
        fprintf(
            stderr,
            "usage: %s [--watch MAKE [--poll]] BUILD STATE CHAPTER...\n",
            argv[0]);
        return 2;
    }
    desk d = desk_new(argv[optind], argv[optind + 1],
                      (size_t)(argc - optind - 2), argv + optind + 2);
    if (make)
        status = watch(&d, make, only_poll);
    else
        desk_show(&d);
    desk_free(&d);
    return status || ferror(stdout);
}
