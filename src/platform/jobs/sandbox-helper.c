/* sandbox-helper.c - the helper: a copy of the program from before its first thread, which forks.
 *
 * It is single-threaded, holds no files and no database, and shuts itself in before it hears its
 * first word. It forks a child for each ask, watches the clock, and says how the child ended.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include "confine.h"
#include "log.h"
#include "sandbox-inside.h"

#define CHILDREN 64 /* at once; who asks beyond that waits */
#define CONTROL_FD 3
#define SIGNAL_FD 4

typedef struct {
    pid_t pid;
    int socket;
    int64_t deadline; /* monotonic */
    bool late;
} Child;

typedef struct {
    Child children[CHILDREN];
    size_t n;
    size_t own_memory; /* bytes of address space before any work */
    ConfineFilter *child_filter;
} Helper;

/* --- shutting in --- */

/* The helper forks, so it cannot be held as its children are; but it starts no program, opens no
 * socket, and Landlock keeps all files from it and from them. */
static const ConfineCall helper_crimes[] = {
    { "execve", true },
    { "execveat", true },
    { "socket", true },
    { "connect", true },
    { "ptrace", true },
    { "process_vm_readv", true },
    { "bpf", true },
    { "process_vm_writev", true },
    { "mount", true },
    { "unshare", true },
    { "setns", true },
    { "io_uring_setup", true },
    { "keyctl", true },
    { "userfaultfd", true },
    { "perf_event_open", true },
    { "open_by_handle_at", true },
};

static size_t address_space(void)
{
    g_autofree char *text = NULL;

    if (!g_file_get_contents("/proc/self/statm", &text, NULL, NULL))
        return 0;
    return (size_t)g_ascii_strtoull(text, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE);
}

/* Under a sanitizer its report is worth more than a silent log. */
static void silence(void)
{
    int null = open("/dev/null", O_RDWR);

    for (int fd = 0; null >= 0 && fd <= 2; fd++)
#if defined(__SANITIZE_ADDRESS__)
        if (fd != 2)
#endif
            dup2(null, fd);
    if (null > 2)
        close(null);
}

static bool keep_two(int control)
{
    sigset_t child;
    int signals;

    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, NULL);
    silence();
    if (dup2(control, CONTROL_FD) < 0)
        return false;
    close_range(CONTROL_FD + 1, ~0U, 0);
    signals = signalfd(-1, &child, SFD_NONBLOCK);
    return signals == SIGNAL_FD;
}

static void shut_in(Helper *helper)
{
    static const ConfinePath none[] = { { NULL, CONFINE_READ } };
    const char *why;
    ConfineFilter *own = confine_filter_deny(helper_crimes, G_N_ELEMENTS(helper_crimes));

    helper->child_filter = sandbox_child_filter();
    helper->own_memory = address_space();
    if (!confine_files(none, &why))
        log_event(LOG_LEVEL_WARNING, "sandbox", log_text("without", why));
    if (!own || !helper->child_filter || !confine_filter_load(own))
        log_event(LOG_LEVEL_WARNING, "sandbox", log_text("without", "seccomp"));
    confine_filter_free(own);
}

/* --- children --- */

static void say(const Child *child, int status)
{
    const SandboxEnd end = { status, child->late };

    send(child->socket, &end, sizeof end, MSG_NOSIGNAL);
    close(child->socket);
}

static void reap(Helper *helper)
{
    int status;

    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
        for (size_t i = 0; i < helper->n; i++) {
            if (helper->children[i].pid != pid)
                continue;
            say(&helper->children[i], status);
            helper->children[i] = helper->children[--helper->n];
            break;
        }
}

static void end_late(Helper *helper, int64_t now)
{
    for (size_t i = 0; i < helper->n; i++)
        if (helper->children[i].deadline <= now && !helper->children[i].late) {
            helper->children[i].late = true;
            kill(helper->children[i].pid, SIGKILL);
        }
}

static void begin(Helper *helper, const SandboxAsk *ask, const int fds[N_ASK_FDS])
{
    Child *child = &helper->children[helper->n];
    pid_t pid = fork();

    if (pid == 0)
        sandbox_child(ask, fds, helper->own_memory, helper->child_filter);
    close(fds[ASK_INPUT]);
    close(fds[ASK_FRAMES]);
    if (pid < 0) {
        close(fds[ASK_SOCKET]); /* the caller sees an end without a word */
        return;
    }
    *child = (Child){ .pid = pid,
                      .socket = fds[ASK_SOCKET],
                      .deadline = g_get_monotonic_time() + ask->limits.wall * G_USEC_PER_SEC };
    helper->n++;
}

/* --- hearing --- */

static void hear(Helper *helper)
{
    SandboxAsk ask;
    int fds[N_ASK_FDS];
    char space[CMSG_SPACE(sizeof fds)];
    struct iovec part = { &ask, sizeof ask };
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space
    };
    ssize_t got = recvmsg(CONTROL_FD, &message, MSG_CMSG_CLOEXEC);
    const struct cmsghdr *with = got > 0 ? CMSG_FIRSTHDR(&message) : NULL;

    if (got == 0)
        _exit(EXIT_SUCCESS); /* the program is gone, and its children go with us */
    if (got != sizeof ask || !with || with->cmsg_len != CMSG_LEN(sizeof fds))
        return;
    memcpy(fds, CMSG_DATA(with), sizeof fds);
    begin(helper, &ask, fds);
}

static int wait_time(const Helper *helper)
{
    int64_t first = INT64_MAX, now = g_get_monotonic_time();

    for (size_t i = 0; i < helper->n; i++)
        if (!helper->children[i].late)
            first = MIN(first, helper->children[i].deadline);
    return first == INT64_MAX ? -1 : (int)CLAMP((first - now) / 1000 + 1, 0, 60000);
}

static void listen_once(Helper *helper)
{
    struct pollfd watch[2 + CHILDREN] = {
        { .fd = helper->n < CHILDREN ? CONTROL_FD : -1, .events = POLLIN },
        { .fd = SIGNAL_FD, .events = POLLIN },
    };
    struct signalfd_siginfo news;
    size_t n = helper->n;

    for (size_t i = 0; i < n; i++)
        watch[2 + i] = (struct pollfd){ .fd = helper->children[i].socket };
    if (poll(watch, 2 + n, wait_time(helper)) < 0 && errno != EINTR)
        _exit(EXIT_FAILURE);
    for (size_t i = 0; i < n; i++)
        if (watch[2 + i].revents & (POLLHUP | POLLERR)) /* nobody waits for it any more */
            helper->children[i].deadline = 0;
    end_late(helper, g_get_monotonic_time());
    while (read(SIGNAL_FD, &news, sizeof news) > 0)
        continue;
    reap(helper);
    if (watch[0].revents && helper->n < CHILDREN)
        hear(helper);
}

void sandbox_helper(int control)
{
    Helper helper = { .n = 0 };

    prctl(PR_SET_NAME, "oppvekst-box");
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (!keep_two(control))
        _exit(EXIT_FAILURE);
    shut_in(&helper);
    for (;;)
        listen_once(&helper);
}
