/* sandbox.c - the caller's side: asks the helper, hands each frame on, words what went wrong.
 *
 * Nothing that comes back is trusted: sizes are held to the limit, and an error is taken apart with
 * care. Any thread may ask; each run has channels of its own.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include "log.h"
#include "sandbox-inside.h"

#define MEMORY ((size_t)512 * 1024 * 1024)
#define OUTPUT ((size_t)256 * 1024 * 1024)
#define CPU 20
#define WALL 60
#define PIECE ((size_t)64 * 1024)
#define ERROR_MAX ((size_t)64 * 1024)

/* lint: state — the helper of this process: its pid and the socket it hears, set once at start */
static struct {
    pid_t pid;
    int fd;
    gint runs, failed;
} helper = { 0, -1, 0, 0 };

bool sandbox_start(GError **error)
{
    int pair[2];
    pid_t pid;

    if (helper.pid)
        return true;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair))
        return app_fail(error, APP_ERROR_DB, "sandbox: %s", g_strerror(errno));
    pid = fork();
    if (pid == 0)
        sandbox_helper(pair[1]);
    close(pair[1]);
    if (pid < 0) {
        close(pair[0]);
        return app_fail(error, APP_ERROR_DB, "sandbox: %s", g_strerror(errno));
    }
    helper.pid = pid;
    helper.fd = pair[0];
    return true;
}

void sandbox_stop(void)
{
    if (!helper.pid)
        return;
    close(helper.fd);
    waitpid(helper.pid, NULL, 0);
    helper.pid = 0;
    helper.fd = -1;
}

bool sandbox_alive(void)
{
    struct pollfd watch = { .fd = helper.fd };

    return helper.pid && poll(&watch, 1, 0) >= 0 && !(watch.revents & (POLLHUP | POLLERR));
}

void sandbox_count(int64_t *ret_runs, int64_t *ret_failed)
{
    *ret_runs = g_atomic_int_get(&helper.runs);
    *ret_failed = g_atomic_int_get(&helper.failed);
}

/* --- asking --- */

typedef struct {
    int frames, socket; /* our ends */
    SandboxLimits limits;
    GByteArray *held; /* what has come of frames that are not whole */
    size_t output;
    bool fine, too_much;
    GError *error; /* what the work said */
    SandboxSink sink;
    void *arg;
} Reading;

static bool write_whole(int fd, const void *data, size_t size)
{
    for (size_t at = 0; at < size;) {
        ssize_t n = write(fd, (const char *)data + at, size - at);

        if (n < 0 && errno != EINTR)
            return false;
        at += n > 0 ? (size_t)n : 0;
    }
    return true;
}

static int make_input(const char *args, size_t args_size, const char *input, size_t size)
{
    int fd = memfd_create("input", MFD_CLOEXEC);

    if (fd >= 0 && write_whole(fd, args, args_size) && write_whole(fd, "", 1) &&
        write_whole(fd, input, size) && write_whole(fd, "", 1))
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

static bool send_ask(const SandboxAsk *ask, const int fds[N_ASK_FDS])
{
    char space[CMSG_SPACE(sizeof(int) * N_ASK_FDS)] = { 0 };
    struct iovec part = { (void *)(uintptr_t)ask, sizeof *ask };
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space
    };
    struct cmsghdr *with = CMSG_FIRSTHDR(&message);

    with->cmsg_level = SOL_SOCKET;
    with->cmsg_type = SCM_RIGHTS;
    with->cmsg_len = CMSG_LEN(sizeof(int) * N_ASK_FDS);
    memcpy(CMSG_DATA(with), fds, sizeof(int) * N_ASK_FDS);
    while (sendmsg(helper.fd, &message, MSG_NOSIGNAL) < 0)
        if (errno != EINTR)
            return false;
    return true;
}

static void close_all(const int *fds, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (fds[i] >= 0)
            close(fds[i]);
}

/* Sends the ask with its three descriptors, and keeps our ends. */
static bool ask_helper(const SandboxAsk *ask, int input, Reading *r, GError **error)
{
    int frames[2] = { -1, -1 }, pair[2] = { -1, -1 };
    bool sent = input >= 0 && !pipe2(frames, O_CLOEXEC) &&
                !socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) &&
                send_ask(ask, (int[N_ASK_FDS]){ input, frames[1], pair[1] });
    int code = errno;

    close_all((int[]){ input, frames[1], pair[1] }, 3);
    r->frames = frames[0];
    r->socket = pair[0];
    return sent || app_fail(error, APP_ERROR_DB, "sandbox: %s", g_strerror(code));
}

/* --- hearing --- */

static void take_error(Reading *r, const char *text, size_t size)
{
    g_autofree char *held = g_strndup(text, MIN(size, ERROR_MAX)); /* stops at the first NUL */
    const char *end = text + size;
    const char *code = memchr(text, '\0', size);
    const char *message = code ? memchr(code + 1, '\0', (size_t)(end - code - 1)) : NULL;
    int64_t number = code ? g_ascii_strtoll(code + 1, NULL, 10) : 0;
    bool ours = !strcmp(held, g_quark_to_string(APP_ERROR)) && number >= APP_ERROR_INVALID &&
                number <= APP_ERROR_DB;
    g_autofree char *words =
        message
            ? g_utf8_make_valid(message + 1, (gssize)MIN((size_t)(end - message - 1), ERROR_MAX))
            : g_strdup("");

    g_clear_error(&r->error);
    r->error = g_error_new_literal(APP_ERROR, ours ? (int)number : APP_ERROR_INVALID, words);
}

static bool take_frame(Reading *r, const FrameHead *head, const char *data, GError **error)
{
    switch (head->kind) {
    case FRAME_DATA:
        r->output += head->size;
        return r->sink(r->arg, data, head->size, error);
    case FRAME_FINE:
        r->fine = true;
        return true;
    case FRAME_ERROR:
        take_error(r, data, head->size);
        return true;
    default:
        r->too_much = true;
        return true;
    }
}

static bool is_too_much(const Reading *r, const FrameHead *head)
{
    return head->size > (head->kind == FRAME_DATA ? r->limits.output - r->output : ERROR_MAX * 2);
}

/* Every frame that is whole; what is left of the next stays. */
static bool take_frames(Reading *r, GError **error)
{
    size_t at = 0;
    FrameHead head;

    while (!r->too_much && r->held->len - at >= sizeof head) {
        memcpy(&head, r->held->data + at, sizeof head);
        r->too_much = is_too_much(r, &head);
        if (r->too_much || r->held->len - at - sizeof head < head.size)
            break;
        if (!take_frame(r, &head, (const char *)r->held->data + at + sizeof head, error))
            return false;
        at += sizeof head + head.size;
    }
    if (at)
        g_byte_array_remove_range(r->held, 0, (guint)at);
    return true;
}

/* Until the child is done writing, or has written more than it may. */
static bool read_frames(Reading *r, GError **error)
{
    g_autofree guint8 *piece = g_malloc(PIECE);

    while (!r->too_much) {
        ssize_t n = read(r->frames, piece, PIECE);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return true;
        g_byte_array_append(r->held, piece, (guint)n);
        if (!take_frames(r, error))
            return false;
    }
    return true;
}

/* --- what went wrong, in words --- */

static bool fail_ended(const Reading *r, const SandboxEnd *end, GError **error)
{
    int number = WIFSIGNALED(end->status) ? WTERMSIG(end->status) : 0;

    if (end->late)
        return app_fail(error, APP_ERROR_INVALID,
                        _("Reading the file took longer than is allowed (%d s) and was stopped. "
                          "It may be damaged, or made to do harm."),
                        r->limits.wall);
    if (number == SIGXCPU || (number == SIGKILL && r->limits.cpu))
        return app_fail(error, APP_ERROR_INVALID,
                        _("Reading the file took more work than is allowed and was stopped. It "
                          "may be damaged, or made to do harm."));
    if (number == SIGSYS)
        return app_fail(error, APP_ERROR_INVALID,
                        _("Reading the file was stopped when it tried to do what reading never "
                          "needs. It may be made to do harm."));
    return app_fail(error, APP_ERROR_INVALID,
                    _("The file could not be read: the reader broke down or ran out of memory. "
                      "The file may be damaged, or made to do harm."));
}

static bool conclude(Reading *r, GError **error)
{
    SandboxEnd end;
    ssize_t n;

    if (r->too_much)
        return app_fail(error, APP_ERROR_INVALID,
                        _("The file holds more than can be read at once. It may be damaged, or "
                          "made to do harm."));
    while ((n = recv(r->socket, &end, sizeof end, 0)) < 0 && errno == EINTR)
        continue;
    if (n != sizeof end)
        return app_fail(error, APP_ERROR_DB, "sandbox: the helper gave no answer");
    if (r->error)
        return app_pass(error, &r->error);
    return (r->fine && WIFEXITED(end.status)) || fail_ended(r, &end, error);
}

static SandboxLimits limits_of(const SandboxLimits *given)
{
    SandboxLimits l = given ? *given : (SandboxLimits){ 0 };

    l.memory = l.memory ? l.memory : MEMORY;
    l.output = l.output ? l.output : OUTPUT;
    l.cpu = l.cpu > 0 ? l.cpu : CPU;
    l.wall = l.wall > 0 ? l.wall : WALL;
    return l;
}

/* lint: inputs — the work, its two inputs with their sizes, its limits, and who takes the frames */
bool sandbox_run(SandboxWork work, const char *args, size_t args_size, const char *input,
                 size_t size, const SandboxLimits *limits, SandboxSink sink, void *arg,
                 GError **error)
{
    const SandboxAsk ask = { work, args_size, size, limits_of(limits), i18n_current() };
    Reading r = { .limits = ask.limits, .sink = sink, .arg = arg, .frames = -1, .socket = -1 };
    bool ok;

    if (!helper.pid)
        return app_fail(error, APP_ERROR_DB, "sandbox: it has not been started");
    g_atomic_int_inc(&helper.runs);
    r.held = g_byte_array_new();
    ok = ask_helper(&ask, make_input(args, args_size, input, size), &r, error) &&
         read_frames(&r, error) && conclude(&r, error);
    close_all((int[]){ r.frames, r.socket }, 2);
    g_byte_array_unref(r.held);
    g_clear_error(&r.error);
    if (!ok)
        g_atomic_int_inc(&helper.failed);
    return ok;
}
