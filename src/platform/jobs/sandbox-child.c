/* sandbox-child.c - the child: takes its limits, shuts the last door, works, writes frames.
 *
 * Only what parsing needs is allowed: memory, the clock, and the pipe it has. A library that tries to
 * open a file gets EPERM and may go on without; what no parser ever wants (another program, a socket,
 * a process) ends the child at once, so that the caller learns of it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>
#include "confine.h"
#include "sandbox-inside.h"

#define FRAMES_FD 3
#define FRAME_MAX ((size_t)1 << 30)

struct SandboxOut {
    size_t left; /* bytes of frames that may still be written */
};

static const char *const allowed[] = {
    "read",
    "write",
    "writev",
    "close",
    "fstat",
    "lseek",
    "brk",
    "mmap",
    "munmap",
    "mremap",
    "madvise",
    "mprotect",
    "futex",
    "exit",
    "exit_group",
    "rt_sigaction",
    "rt_sigprocmask",
    "rt_sigreturn",
    "sigaltstack",
    "clock_gettime",
    "clock_getres",
    "gettimeofday",
    "time",
    "getrandom",
    "getpid",
    "gettid",
    "tgkill",
    "sched_yield",
    "restart_syscall",
    "nanosleep",
    "clock_nanosleep",
    "getrusage",
    "sched_getaffinity",
    "uname",
};
static const ConfineCall crimes[] = {
    { "execve", true },
    { "execveat", true },
    { "fork", true },
    { "vfork", true },
    { "clone", true },
    { "clone3", true },
    { "socket", true },
    { "socketpair", true },
    { "connect", true },
    { "bind", true },
    { "listen", true },
    { "accept", true },
    { "accept4", true },
    { "ptrace", true },
    { "process_vm_readv", true },
    { "process_vm_writev", true },
    { "kill", true },
    { "tkill", true },
    { "bpf", true },
    { "mount", true },
    { "unshare", true },
    { "setns", true },
    { "io_uring_setup", true },
    { "keyctl", true },
    { "userfaultfd", true },
    { "perf_event_open", true },
};

ConfineFilter *sandbox_child_filter(void)
{
    return confine_filter_allow(allowed, G_N_ELEMENTS(allowed), crimes, G_N_ELEMENTS(crimes));
}

static void limit(__rlimit_resource_t what, rlim_t soft, rlim_t hard)
{
    const struct rlimit value = { soft, hard };

    setrlimit(what, &value);
}

/* AddressSanitizer has terabytes of address space for itself: there allocations are counted. */
#if defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN 1
#endif
#endif
#ifdef WITH_ASAN
/* Of libasan; its header comes with clang, not with Debian's gcc. */
int __sanitizer_install_malloc_and_free_hooks(void (*)(const volatile void *, size_t),
                                              void (*)(const volatile void *));
size_t __sanitizer_get_allocated_size(const volatile void *block);

/* lint: state — what is allocated in a child that counts it, having no other limit */
static size_t memory_left;

static void on_malloc(const volatile void *block, size_t size)
{
    (void)block;
    if (size > memory_left)
        _exit(EXIT_FAILURE);
    memory_left -= size;
}

static void on_free(const volatile void *block)
{
    if (block)
        memory_left += __sanitizer_get_allocated_size((void *)(uintptr_t)block);
}

static void limit_memory(size_t own, size_t more)
{
    (void)own;
    memory_left = more;
    __sanitizer_install_malloc_and_free_hooks(on_malloc, on_free);
}
#else
static void limit_memory(size_t own, size_t more)
{
    limit(RLIMIT_AS, own + more, own + more);
}
#endif

static void take_limits(const SandboxLimits *l, size_t own_memory)
{
    limit(RLIMIT_CPU, (rlim_t)l->cpu, (rlim_t)l->cpu + 1);
    limit(RLIMIT_FSIZE, 0, 0);
    limit(RLIMIT_NOFILE, 0, 0);
    limit(RLIMIT_NPROC, 0, 0);
    limit(RLIMIT_CORE, 0, 0);
    limit_memory(own_memory, l->memory);
}

static void write_all(const void *data, size_t size)
{
    for (size_t at = 0; at < size;) {
        ssize_t n = write(FRAMES_FD, (const char *)data + at, size - at);

        if (n < 0 && errno != EINTR)
            _exit(EXIT_FAILURE); /* nobody listens any more */
        at += n > 0 ? (size_t)n : 0;
    }
}

static void write_frame(FrameKind kind, const void *data, size_t size)
{
    const FrameHead head = { kind, (uint32_t)size };

    write_all(&head, sizeof head);
    write_all(data, size);
}

void sandbox_write(SandboxOut *out, const void *data, size_t size)
{
    if (size > out->left || size > FRAME_MAX) {
        write_frame(FRAME_TOO_MUCH, NULL, 0);
        _exit(EXIT_FAILURE);
    }
    out->left -= size;
    write_frame(FRAME_DATA, data, size);
}

static void write_error(const GError *why)
{
    g_autoptr(GString) text = g_string_new(g_quark_to_string(why->domain));

    g_string_append_c(text, '\0');
    g_string_append_printf(text, "%d", why->code);
    g_string_append_c(text, '\0');
    g_string_append(text, why->message);
    write_frame(FRAME_ERROR, text->str, text->len);
}

/* The input, mapped; the descriptor is not kept. */
static const char *take_input(int fd, size_t size)
{
    void *data = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);

    return data == MAP_FAILED ? NULL : data;
}

void sandbox_child(const SandboxAsk *ask, const int fds[N_ASK_FDS], size_t own_memory,
                   const ConfineFilter *filter)
{
    const char *input = take_input(fds[ASK_INPUT], ask->args_size + ask->size + 2);
    SandboxOut out = { ask->limits.output };
    g_autoptr(GError) why = NULL;

    prctl(PR_SET_NAME, "oppvekst-parse");
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* with the helper */
    signal(SIGXFSZ, SIG_DFL);
    if (!input || dup2(fds[ASK_FRAMES], FRAMES_FD) < 0 || close_range(FRAMES_FD + 1, ~0U, 0))
        _exit(EXIT_FAILURE);
    i18n_use(ask->lang);
    take_limits(&ask->limits, own_memory + ask->args_size + ask->size);
    if (filter && !confine_filter_load(filter))
        _exit(EXIT_FAILURE);
    if (ask->work(input, ask->args_size, input + ask->args_size + 1, ask->size, &out, &why))
        write_frame(FRAME_FINE, NULL, 0);
    else if (why)
        write_error(why);
    _exit(EXIT_SUCCESS);
}
