/* confine.c - Landlock by its system calls, seccomp by libseccomp.
 *
 * Debian 12's headers know Landlock's first rights only; the kernel says how many it has, and newer
 * ones are named here by their numbers.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "confine.h"

/* --- files --- */

/* struct landlock_ruleset_attr of ABI 6; an older kernel is handed less of it. */
typedef struct {
    uint64_t fs, net, scoped;
} Ruleset;

#define RIGHT_REFER (UINT64_C(1) << 13)    /* ABI 2 */
#define RIGHT_TRUNCATE (UINT64_C(1) << 14) /* ABI 3 */
#define RIGHT_IOCTL (UINT64_C(1) << 15)    /* ABI 5 */
#define RIGHTS_FIRST ((UINT64_C(1) << 13) - 1)
#define NET_ALL UINT64_C(3)    /* ABI 4: bind and connect, TCP */
#define SCOPED_ALL UINT64_C(3) /* ABI 6: abstract unix sockets, signals */
#define OF_FILES                                                                                   \
    (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE |   \
     RIGHT_TRUNCATE | RIGHT_IOCTL)
#define TO_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)

static uint64_t rights_of(long abi)
{
    return RIGHTS_FIRST | (abi >= 2 ? RIGHT_REFER : 0) | (abi >= 3 ? RIGHT_TRUNCATE : 0) |
           (abi >= 5 ? RIGHT_IOCTL : 0);
}

static bool allow(int rules, const ConfinePath *path, uint64_t all)
{
    struct landlock_path_beneath_attr rule = { 0 };
    struct stat about;
    bool fine;
    int fd = open(path->path, O_PATH | O_CLOEXEC);

    if (fd < 0)
        return true; /* what is not there needs no right */
    rule.parent_fd = fd;
    rule.allowed_access = path->right == CONFINE_READ ? TO_READ : all;
    rule.allowed_access &= all & ~(uint64_t)LANDLOCK_ACCESS_FS_EXECUTE;
    if (!fstat(fd, &about) && !S_ISDIR(about.st_mode))
        rule.allowed_access &= OF_FILES;
    fine = !syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(fd);
    return fine;
}

bool confine_files(const ConfinePath *paths, const char **ret_why)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    bool none = !paths->path, fine = true;
    Ruleset ruleset = { .fs = rights_of(abi),
                        .net = none && abi >= 4 ? NET_ALL : 0,
                        .scoped = none && abi >= 6 ? SCOPED_ALL : 0 };
    size_t size = abi >= 6 ? sizeof ruleset : abi >= 4 ? 2 * sizeof(uint64_t) : sizeof(uint64_t);
    long rules = abi < 1 ? -1 : syscall(SYS_landlock_create_ruleset, &ruleset, size, 0);

    *ret_why = "the kernel has no Landlock";
    if (rules < 0)
        return false;
    for (const ConfinePath *p = paths; p->path; p++)
        fine = fine && allow((int)rules, p, ruleset.fs);
    fine = fine && !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) &&
           !syscall(SYS_landlock_restrict_self, rules, 0);
    *ret_why = "Landlock refused its rules";
    close((int)rules);
    return fine;
}

/* --- system calls --- */

struct ConfineFilter {
    struct sock_filter *code;
    unsigned short n;
};

/* libseccomp writes the program to a descriptor; it is kept, so that a child need not make it. */
static ConfineFilter *compiled(scmp_filter_ctx context)
{
    int fd = memfd_create("filter", MFD_CLOEXEC);
    struct stat about;
    ConfineFilter *filter = NULL;

    if (fd >= 0 && !seccomp_export_bpf(context, fd) && !fstat(fd, &about) && about.st_size > 0) {
        filter = g_new0(ConfineFilter, 1);
        filter->n = (unsigned short)((size_t)about.st_size / sizeof *filter->code);
        filter->code = g_malloc((size_t)about.st_size);
        if (pread(fd, filter->code, (size_t)about.st_size, 0) != about.st_size)
            g_clear_pointer(&filter, confine_filter_free);
    }
    if (fd >= 0)
        close(fd);
    seccomp_release(context);
    return filter;
}

static void add(scmp_filter_ctx context, const ConfineCall *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int call = seccomp_syscall_resolve_name(list[i].call);

        if (call != __NR_SCMP_ERROR) /* another machine may lack it */
            seccomp_rule_add(context, list[i].kill ? SCMP_ACT_KILL_PROCESS : SCMP_ACT_ERRNO(EPERM),
                             call, 0);
    }
}

ConfineFilter *confine_filter_deny(const ConfineCall *list, size_t n)
{
    scmp_filter_ctx context = seccomp_init(SCMP_ACT_ALLOW);

    if (!context)
        return NULL;
    add(context, list, n);
    return compiled(context);
}

ConfineFilter *confine_filter_allow(const char *const *allowed, size_t n_allowed,
                                    const ConfineCall *list, size_t n)
{
    scmp_filter_ctx context = seccomp_init(SCMP_ACT_ERRNO(EPERM));

    if (!context)
        return NULL;
    for (size_t i = 0; i < n_allowed; i++) {
        int call = seccomp_syscall_resolve_name(allowed[i]);

        if (call != __NR_SCMP_ERROR)
            seccomp_rule_add(context, SCMP_ACT_ALLOW, call, 0);
    }
    for (size_t i = 0; i < n; i++) {
        int call = list[i].kill ? seccomp_syscall_resolve_name(list[i].call) : __NR_SCMP_ERROR;

        if (call != __NR_SCMP_ERROR)
            seccomp_rule_add(context, SCMP_ACT_KILL_PROCESS, call, 0);
    }
    return compiled(context);
}

bool confine_filter_load(const ConfineFilter *filter)
{
    const struct sock_fprog program = { filter->n, filter->code };

    return !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) &&
           !syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
}

void confine_filter_free(ConfineFilter *filter)
{
    if (!filter)
        return;
    g_free(filter->code);
    g_free(filter);
}
