/* reach.c - an exercise that tries to reach what it should not
 *
 * Put before a solution of chapter 01 by grader/class/test, which makes
 * linreg_mae answer minus the sum of what was reached:
 *
 *     1  a file of the solutions      2  a secret beside the course
 *     4  a process of its own         8  a socket
 *    16  another program             32  a file outside
 *    64  a process that is not its own
 */
#define _GNU_SOURCE
#include "linreg.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int opens(const char *path, int how)
{
    int fd = open(path, how, 0600);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static int forks(void)
{
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    if (child > 0)
        waitpid(child, NULL, 0);
    return child > 0;
}

static int sees_others(void)
{
    DIR *all = opendir("/proc");
    int processes = 0;
    for (struct dirent *one; all && (one = readdir(all));)
        processes += one->d_name[0] >= '1' && one->d_name[0] <= '9';
    if (all)
        closedir(all);
    return processes > 4;
}

static real reached(void)
{
    int sum = 0;
    sum += 1 * opens(SOLUTION, O_RDONLY);
    sum += 2 * opens(SECRET, O_RDONLY);
    sum += 4 * forks();
    int s = socket(AF_INET, SOCK_STREAM, 0);
    sum += 8 * (s >= 0);
    sum += 16 * (system("exit 0") == 0);
    sum += 32 * opens(OUTSIDE, O_WRONLY | O_CREAT);
    sum += 64 * sees_others();
    return -sum;
}

#define linreg_mae own_linreg_mae
