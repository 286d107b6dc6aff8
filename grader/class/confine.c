/* confine.c - gives up rights for good, then becomes another program
 *
 *     confine [OPTION]... -- PROGRAM [ARGUMENT]...
 *     confine --guard -- PROGRAM [ARGUMENT]...
 *
 *     --uid N            become this user and group first (root only)
 *     --start PATH       start the program there
 *     --read PATH        what lies there may be read and run, and
 *     --write PATH       this written as well; nothing else may be opened
 *     --cpu SECONDS --memory MIB --file MIB --processes N
 *     --need landlock    as much as that must work, or nothing is run
 *     --need seccomp
 *     --tell             say on descriptor 3 that all is done, then go on
 *
 * Used before the compiler and before a worker, inside bubblewrap or
 * instead of it.  What it cannot do, it says, and ends with status 125: our
 * failure, not that of the program.
 *
 * As a guard it stays, with all its rights, and ends its process group when
 * whoever started it has ended: bubblewrap that is killed before it is
 * ready leaves a process behind which waits for it for ever.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <grp.h>
#include <seccomp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OUR_FAILURE = 125 };

static void fail(const char *format, ...)
    __attribute__((noreturn, format(printf, 1, 2)));

static void fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("confine: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(OUR_FAILURE);
}

/* --- Landlock: newer kernels know more than the headers do --- */

typedef struct {
    uint64_t files, network, scopes;
} ruleset;

typedef struct {
    uint64_t files;
    int32_t place;
} __attribute__((packed)) beneath;

enum {
    EXECUTE = 1 << 0,
    WRITE_FILE = 1 << 1,
    READ_FILE = 1 << 2,
    READ_DIR = 1 << 3,
    REFER = 1 << 13,
    TRUNCATE = 1 << 14,
    IOCTL_DEV = 1 << 15,
    OF_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV,
    READING = EXECUTE | READ_FILE | READ_DIR
};

static int landlock_version(void)
{
    return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, 1);
}

static ruleset landlock_all(int version)
{
    ruleset all = { .files = (1 << 13) - 1 };
    if (version >= 2)
        all.files |= REFER;
    if (version >= 3)
        all.files |= TRUNCATE;
    if (version >= 4)
        all.network = 3; /* bind and connect */
    if (version >= 5)
        all.files |= IOCTL_DEV;
    if (version >= 6)
        all.scopes = 3; /* abstract sockets and signals */
    return all;
}

static void allow(int rules, const char *path, uint64_t rights)
{
    beneath one = { rights, open(path, O_PATH | O_CLOEXEC) };
    struct stat status;
    if (one.place < 0 && errno == ENOENT)
        return; /* not every system has each of its folders */
    if (one.place < 0 || fstat(one.place, &status) != 0)
        fail("%s: %s", path, strerror(errno));
    if (!S_ISDIR(status.st_mode))
        one.files &= OF_A_FILE;
    if (syscall(SYS_landlock_add_rule, rules, 1, &one, 0) != 0)
        fail("landlock: %s: %s", path, strerror(errno));
    close(one.place);
}

static void lock_files(char *const *read, char *const *written)
{
    int version = landlock_version();
    ruleset all = landlock_all(version);
    size_t size = version >= 6   ? sizeof all
                  : version >= 4 ? offsetof(ruleset, scopes)
                                 : offsetof(ruleset, network);
    int rules = (int)syscall(SYS_landlock_create_ruleset, &all, size, 0);
    if (rules < 0)
        fail("landlock: %s", strerror(errno));
    for (; *read; read++)
        allow(rules, *read, READING);
    for (; *written; written++)
        allow(rules, *written, all.files);
    if (syscall(SYS_landlock_restrict_self, rules, 0) != 0)
        fail("landlock: %s", strerror(errno));
    close(rules);
}

/* --- Seccomp: what neither a compiler nor an exercise needs --- */

static void lock_calls(void)
{
    static const char *const never[] = { "socket",
                                         "socketpair",
                                         "connect",
                                         "bind",
                                         "listen",
                                         "accept",
                                         "accept4",
                                         "sendmsg",
                                         "sendto",
                                         "ptrace",
                                         "process_vm_readv",
                                         "process_vm_writev",
                                         "process_madvise",
                                         "pidfd_open",
                                         "pidfd_getfd",
                                         "pidfd_send_signal",
                                         "kcmp",
                                         "mount",
                                         "umount",
                                         "umount2",
                                         "move_mount",
                                         "open_tree",
                                         "fsopen",
                                         "fsconfig",
                                         "fsmount",
                                         "fspick",
                                         "mount_setattr",
                                         "pivot_root",
                                         "chroot",
                                         "unshare",
                                         "setns",
                                         "keyctl",
                                         "add_key",
                                         "request_key",
                                         "bpf",
                                         "perf_event_open",
                                         "userfaultfd",
                                         "init_module",
                                         "finit_module",
                                         "delete_module",
                                         "kexec_load",
                                         "kexec_file_load",
                                         "reboot",
                                         "swapon",
                                         "swapoff",
                                         "acct",
                                         "settimeofday",
                                         "clock_settime",
                                         "clock_adjtime",
                                         "adjtimex",
                                         "sethostname",
                                         "setdomainname",
                                         "io_uring_setup",
                                         "io_uring_enter",
                                         "io_uring_register",
                                         "open_by_handle_at",
                                         "name_to_handle_at",
                                         "quotactl",
                                         "quotactl_fd",
                                         "syslog",
                                         "iopl",
                                         "ioperm",
                                         "fanotify_init",
                                         "lookup_dcookie",
                                         "vhangup",
                                         "nfsservctl",
                                         "msgget",
                                         "msgsnd",
                                         "semget",
                                         "semop",
                                         "shmget",
                                         "shmat",
                                         "mq_open",
                                         "setuid",
                                         "setgid",
                                         "setreuid",
                                         "setregid",
                                         "setresuid",
                                         "setresgid",
                                         "setgroups",
                                         "setpgid",
                                         "setsid",
                                         NULL };
    scmp_filter_ctx calls = seccomp_init(SCMP_ACT_ALLOW);
    if (!calls)
        fail("seccomp: no filter");
    for (size_t k = 0; never[k]; k++) {
        int number = seccomp_syscall_resolve_name(never[k]);
        if (number >= 0)
            seccomp_rule_add(calls, SCMP_ACT_ERRNO(EPERM), number, 0);
    }
    seccomp_rule_add(calls, SCMP_ACT_ERRNO(ENOTTY), SCMP_SYS(ioctl), 1,
                     SCMP_A1(SCMP_CMP_EQ, 0x5412)); /* TIOCSTI */
    int error = seccomp_load(calls);
    if (error)
        fail("seccomp: %s", strerror(-error));
    seccomp_release(calls);
}

/* --- Limits and identity --- */

static void limit(int which, const char *name, rlim_t most)
{
    struct rlimit both = { most, most };
    if (setrlimit(which, &both) != 0)
        fail("limit of %s: %s", name, strerror(errno));
}

static rlim_t number(const char *text, const char *option)
{
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (errno || *end || end == text)
        fail("--%s needs a number, not %s", option, text);
    return (rlim_t)value;
}

static void become(uid_t uid)
{
    if (setgroups(0, NULL) != 0 || setresgid(uid, uid, uid) != 0 ||
        setresuid(uid, uid, uid) != 0)
        fail("user %u: %s", uid, strerror(errno));
    if (setuid(0) == 0)
        fail("user %u is still root", uid);
}

/* Ends as the program does, or with it. */
static void guard(char **argv)
{
    sigset_t news, before;
    int status = 0;
    sigemptyset(&news);
    sigaddset(&news, SIGCHLD);
    sigaddset(&news, SIGTERM);
    sigprocmask(SIG_BLOCK, &news, &before);
    prctl(PR_SET_PDEATHSIG, SIGTERM); /* it was SIGKILL until now */
    pid_t child = fork();
    if (child < 0)
        fail("%s", strerror(errno));
    if (child == 0) {
        sigprocmask(SIG_SETMASK, &before, NULL);
        execvp(argv[0], argv);
        _exit(127);
    }
    for (int k = 0; k < 10; k++) /* the program's, not ours */
        close(k);
    while (waitpid(child, &status, WNOHANG) != child)
        if (sigwaitinfo(&news, NULL) == SIGTERM)
            kill(0, SIGKILL);
    if (WIFEXITED(status))
        exit(WEXITSTATUS(status));
    signal(WTERMSIG(status), SIG_DFL);
    raise(WTERMSIG(status));
    exit(OUR_FAILURE);
}

int main(int argc, char **argv)
{
    enum {
        READ,
        WRITE,
        UID,
        CPU,
        MEMORY,
        FILE_SIZE,
        PROCESSES,
        NEED,
        TELL,
        GUARD,
        START
    };
    static const struct option known[] = {
        { "read", required_argument, 0, READ },
        { "write", required_argument, 0, WRITE },
        { "uid", required_argument, 0, UID },
        { "cpu", required_argument, 0, CPU },
        { "memory", required_argument, 0, MEMORY },
        { "file", required_argument, 0, FILE_SIZE },
        { "processes", required_argument, 0, PROCESSES },
        { "need", required_argument, 0, NEED },
        { "tell", no_argument, 0, TELL },
        { "guard", no_argument, 0, GUARD },
        { "start", required_argument, 0, START },
        { 0 },
    };
    char **read = calloc((size_t)argc + 1, sizeof *read);
    char **written = calloc((size_t)argc + 1, sizeof *written);
    size_t reads = 0, writes = 0;
    bool landlock = false, seccomp = false, tell = false, guards = false;
    rlim_t uid = 0, processes = 0;
    if (!read || !written)
        fail("out of memory");

    for (int o; (o = getopt_long(argc, argv, "+", known, NULL)) != -1;)
        switch (o) {
        case READ:
            read[reads++] = optarg;
            break;
        case WRITE:
            written[writes++] = optarg;
            break;
        case UID:
            uid = number(optarg, "uid");
            break;
        case CPU:
            limit(RLIMIT_CPU, "time", number(optarg, "cpu"));
            break;
        case MEMORY:
            limit(RLIMIT_AS, "memory", number(optarg, "memory") << 20);
            break;
        case FILE_SIZE:
            limit(RLIMIT_FSIZE, "files", number(optarg, "file") << 20);
            break;
        case PROCESSES:
            processes = number(optarg, "processes");
            break;
        case NEED:
            landlock = landlock || !strcmp(optarg, "landlock");
            seccomp = seccomp || !strcmp(optarg, "seccomp");
            break;
        case TELL:
            tell = true;
            break;
        case START:
            if (chdir(optarg) != 0)
                fail("%s: %s", optarg, strerror(errno));
            break;
        case GUARD:
            guards = true;
            break;
        default:
            return OUR_FAILURE;
        }
    if (optind == argc)
        fail("which program?");
    if (guards)
        guard(argv + optind);

    limit(RLIMIT_CORE, "cores", 0);
    if (uid)
        become((uid_t)uid);
    if (processes) /* counted for the new user */
        limit(RLIMIT_NPROC, "processes", processes);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        fail("no_new_privs: %s", strerror(errno));
    if (landlock)
        lock_files(read, written);
    if (seccomp)
        lock_calls();
    if (tell && write(3, "ready", 5) != 5)
        fail("descriptor 3: %s", strerror(errno));
    execvp(argv[optind], argv + optind);
    fail("%s: %s", argv[optind], strerror(errno));
}
