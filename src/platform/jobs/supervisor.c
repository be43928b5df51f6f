/* supervisor.c - watch, start again, replace.
 *
 * A program that dies is started at once from the same binary, which is held open, so that an upgrade
 * half-way on disk does no harm; only SIGHUP takes the new one, and if that never says that it is
 * ready, the old goes on. When its programs run the new one the supervisor becomes it too, in place
 * (takeover.c). A program that dies again and again is started ever more slowly.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>
#include "log.h"
#include "notify.h"
#include "supervisor-inside.h"

#define SECOND G_USEC_PER_SEC
#define IN_A_ROW SECOND /* a crash sooner after it was ready than this counts in a row */
#define FREE_CRASHES 3  /* in a row, before the brake */
#define LONGEST_BRAKE (30 * SECOND)
#define STOP_TIME (15 * SECOND)   /* then SIGKILL */
#define RETIRE_TIME (90 * SECOND) /* for open connections, then SIGKILL */
#define START_TIME (30 * SECOND)  /* to say that it is ready */
#define SILENCE (30 * SECOND)     /* of a ready program, then it is taken for hung */

/* --- starting --- */

static void start_due(Supervisor *s, int64_t now)
{
    for (size_t i = 0; i < s->what->n; i++)
        if (s->state[i].due && s->state[i].due <= now && !s->stopping &&
            !supervisor_start(s, i, s->exe))
            s->state[i].due = now + SECOND; /* no room for a process just now */
}

/* --- ending one --- */

static void end_child(Child *child, int number, Phase phase, int64_t within)
{
    child->phase = phase;
    child->kill_at = g_get_monotonic_time() + within;
    kill(child->pid, number);
}

static void stop_all(Supervisor *s)
{
    if (!s->stopping)
        notify_manager("STOPPING=1");
    s->stopping = true;
    for (size_t i = 0; i < s->n; i++)
        end_child(&s->children[i], SIGTERM, STOPPING, STOP_TIME);
}

static Child *other_running(Supervisor *s, const Child *than)
{
    for (size_t i = 0; i < s->n; i++) {
        Child *c = &s->children[i];

        if (c != than && c->program == than->program && c->phase == RUNNING)
            return c;
    }
    return NULL;
}

/* --- what a program says --- */

static void all_ready(Supervisor *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->children[i].phase == RUNNING && !s->children[i].ready)
            return;
    notify_manager("READY=1");
}

static void take_next_exe(Supervisor *s)
{
    if (s->next_exe < 0)
        return;
    close(s->exe);
    s->exe = s->next_exe;
    s->next_exe = -1;
    s->renew = true;
}

/* The newest of a kind is ready: the binary it came from is the one to start from, its elder goes,
 * and the programs that do not listen are started anew. */
static void on_ready(Supervisor *s, Child *child)
{
    Child *elder = other_running(s, child);

    child->ready = true;
    child->since = g_get_monotonic_time();
    s->state[child->program].ever = true;
    log_event(LOG_LEVEL_INFO, "ready", log_text("program", s->what->programs[child->program].name),
              log_number("pid", child->pid),
              log_number("ms", (g_get_monotonic_time() - child->started) / 1000));
    if (elder && elder->started <= child->started) {
        end_child(elder, SIGUSR2, RETIRING, RETIRE_TIME);
        take_next_exe(s);
        for (size_t i = 0; i < s->n; i++)
            if (s->children[i].phase == RUNNING &&
                !s->what->programs[s->children[i].program].listens)
                end_child(&s->children[i], SIGTERM, STOPPING, STOP_TIME);
    }
    all_ready(s);
}

static void hear(Supervisor *s, Child *child)
{
    char said[64];
    ssize_t n = read(child->alive_fd, said, sizeof said);

    if (n == 0) { /* closed: it is ending, and SIGCHLD will say how */
        close(child->alive_fd);
        child->alive_fd = -1;
    }
    if (n <= 0)
        return;
    child->heard = g_get_monotonic_time();
    if (!child->ready && memchr(said, 'r', (size_t)n))
        on_ready(s, child);
}

/* --- how a program ended --- */

static int64_t brake(int crashes)
{
    return crashes <= FREE_CRASHES
               ? 0
               : MIN(SECOND << MIN(crashes - FREE_CRASHES - 1, 20), LONGEST_BRAKE);
}

static void log_crash(const Supervisor *s, const Child *child, int status)
{
    log_event(LOG_LEVEL_ERROR, "crashed",
              log_text("program", s->what->programs[child->program].name),
              log_number("pid", child->pid),
              log_number(WIFSIGNALED(status) ? "signal" : "status",
                         WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status)),
              log_number("ran_ms", (g_get_monotonic_time() - child->started) / 1000));
}

static void on_crash(Supervisor *s, const Child *child, int status)
{
    State *state = &s->state[child->program];
    int64_t now = g_get_monotonic_time(), pause;

    log_crash(s, child, status);
    if (!state->ever && WIFEXITED(status)) { /* it has said why, and will say so again */
        s->status = WEXITSTATUS(status);
        stop_all(s);
        return;
    }
    state->crashes = !child->ready || now - child->since < IN_A_ROW ? state->crashes + 1 : 1;
    pause = brake(state->crashes);
    state->due = now + pause;
    if (pause)
        log_event(LOG_LEVEL_ERROR, "braked",
                  log_text("program", s->what->programs[child->program].name),
                  log_number("crashes_in_a_row", state->crashes),
                  log_number("restart_in_ms", pause / 1000));
}

/* `child` is a copy: it is in the list no more. */
static void on_end(Supervisor *s, const Child *child, int status)
{
    const char *name = s->what->programs[child->program].name;

    if (child->phase == STOPPING && !s->stopping) /* to make room for a new one */
        s->state[child->program].due = g_get_monotonic_time();
    if (child->phase != RUNNING) {
        log_event(LOG_LEVEL_INFO, "ended", log_text("program", name),
                  log_number("pid", child->pid));
        return;
    }
    if (!other_running(s, child)) {
        on_crash(s, child, status);
        return;
    }
    log_crash(s, child, status);
    if (!child->ready) { /* a new version that does not start: the old one goes on */
        log_event(LOG_LEVEL_ERROR, "not_replaced", log_text("program", name));
        if (s->next_exe >= 0)
            close(s->next_exe);
        s->next_exe = -1;
        notify_manager("READY=1");
    }
}

/* --- its own renewal --- */

/* Each program runs, from the binary that was taken, and nothing is about to change. */
static bool settled(const Supervisor *s)
{
    size_t ready = 0;

    for (size_t i = 0; i < s->n; i++) {
        if (s->children[i].phase == STOPPING ||
            (s->children[i].phase == RUNNING && !s->children[i].ready))
            return false;
        ready += s->children[i].phase == RUNNING;
    }
    return !s->stopping && s->next_exe < 0 && ready == s->what->n;
}

static void not_renewed(const Supervisor *s, const char *reason)
{
    log_event(LOG_LEVEL_ERROR, "not_renewed", log_text("program", "supervisor"),
              log_text("binary", s->path), log_text("reason", reason));
}

static void renew_when_settled(Supervisor *s)
{
    if (!s->renew || s->probe || !s->what->argv || !settled(s))
        return;
    s->renew = false;
    if (!takeover_probe(s))
        not_renewed(s, "no process for a trial");
}

/* The new binary has looked at what it would take over. */
static void on_probe(Supervisor *s, int status)
{
    s->probe = 0;
    if (!WIFEXITED(status) || WEXITSTATUS(status)) {
        not_renewed(s, "it cannot take over");
        return;
    }
    if (!settled(s)) { /* something has come between */
        s->renew = true;
        return;
    }
    takeover_exec(s);
    not_renewed(s, g_strerror(errno));
}

static void reap(Supervisor *s)
{
    int status;

    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
        if (pid == s->probe)
            on_probe(s, status);
        for (size_t i = 0; i < s->n; i++) {
            Child child = s->children[i];

            if (child.pid != pid)
                continue;
            if (child.alive_fd >= 0)
                hear(s, &s->children[i]); /* its last word */
            child = s->children[i];
            if (child.alive_fd >= 0)
                close(child.alive_fd);
            s->children[i] = s->children[--s->n];
            on_end(s, &child, status);
            break;
        }
    }
}

/* --- signals --- */

static void replace(Supervisor *s)
{
    size_t n = s->n;
    int next = open(s->path, O_PATH | O_CLOEXEC);
    bool any = false;

    log_event(LOG_LEVEL_INFO, "reloading", log_text("binary", s->path));
    notify_reloading();
    if (s->next_exe >= 0)
        close(s->next_exe);
    s->next_exe = next >= 0 ? next : fcntl(s->exe, F_DUPFD_CLOEXEC, 3);
    for (size_t i = 0; i < n; i++) {
        const Child *c = &s->children[i];

        if (c->phase == RUNNING && c->ready && s->what->programs[c->program].listens)
            any = supervisor_start(s, c->program, s->next_exe) || any;
    }
    if (any)
        return;
    take_next_exe(s); /* for whatever is started next */
    all_ready(s);
}

static void on_signal(Supervisor *s)
{
    struct signalfd_siginfo news;

    while (read(s->signals, &news, sizeof news) == sizeof news) {
        bool hung_up = news.ssi_signo == SIGHUP && news.ssi_code == SI_KERNEL; /* the terminal */

        if (news.ssi_signo == SIGTERM || news.ssi_signo == SIGINT || hung_up)
            stop_all(s);
        else if (news.ssi_signo == SIGHUP && !s->stopping)
            replace(s);
    }
    reap(s);
}

/* --- the loop --- */

static void end_hung(Supervisor *s, int64_t now)
{
    for (size_t i = 0; i < s->n; i++) {
        Child *c = &s->children[i];
        int64_t silence = c->ready ? SILENCE : START_TIME;
        bool hung = c->phase == RUNNING && now - c->heard > silence;

        if (hung)
            log_event(LOG_LEVEL_ERROR, "hung",
                      log_text("program", s->what->programs[c->program].name),
                      log_number("pid", c->pid));
        if (hung || (c->kill_at && c->kill_at <= now)) {
            kill(c->pid, SIGKILL);
            c->heard = now;
            c->kill_at = 0;
        }
    }
}

static int wait_ms(const Supervisor *s, int64_t now)
{
    int64_t first = now + 5 * SECOND;

    for (size_t i = 0; i < s->what->n; i++)
        if (s->state[i].due)
            first = MIN(first, s->state[i].due);
    if (s->watchdog)
        first = MIN(first, s->barked + s->watchdog);
    return (int)MAX((first - now + 999) / 1000, 0);
}

static void look(Supervisor *s)
{
    struct pollfd watch[1 + CHILDREN] = { { .fd = s->signals, .events = POLLIN } };
    int64_t now = g_get_monotonic_time();
    size_t n = s->n;

    for (size_t i = 0; i < n; i++)
        watch[1 + i] = (struct pollfd){ .fd = s->children[i].alive_fd, .events = POLLIN };
    if (poll(watch, 1 + n, wait_ms(s, now)) > 0) {
        for (size_t i = 0; i < n; i++)
            if (watch[1 + i].revents)
                hear(s, &s->children[i]);
        if (watch[0].revents)
            on_signal(s);
    }
    now = g_get_monotonic_time();
    end_hung(s, now);
    start_due(s, now);
    renew_when_settled(s);
    if (s->watchdog && now >= s->barked + s->watchdog) {
        s->barked = now;
        notify_manager("WATCHDOG=1");
    }
}

void supervisor_signals(sigset_t *ret)
{
    sigemptyset(ret);
    sigaddset(ret, SIGCHLD);
    sigaddset(ret, SIGTERM);
    sigaddset(ret, SIGINT);
    sigaddset(ret, SIGHUP);
}

static bool prepare(Supervisor *s, GError **error)
{
    sigset_t ours;

    supervisor_signals(&ours);
    sigprocmask(SIG_BLOCK, &ours, NULL);
    s->exe = open("/proc/self/exe", O_PATH | O_CLOEXEC);
    s->signals = signalfd(-1, &ours, SFD_CLOEXEC | SFD_NONBLOCK);
    s->watchdog = notify_watchdog();
    prctl(PR_SET_NAME, "oppvekst");
    return (s->path && s->exe >= 0 && s->wake >= 0 && s->signals >= 0) ||
           app_fail(error, APP_ERROR_DB, "supervisor: %s", g_strerror(errno));
}

static bool begin(Supervisor *s, GError **error)
{
    s->path = g_file_read_link("/proc/self/exe", NULL);
    s->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (!prepare(s, error))
        return false;
    for (size_t i = 0; i < s->what->n; i++)
        if (!supervisor_start(s, i, s->exe))
            s->state[i].due = g_get_monotonic_time();
    return true;
}

static bool go_on(Supervisor *s, int from, GError **error)
{
    if (!takeover_read(s, from, false, error) || !prepare(s, error))
        return false;
    log_event(LOG_LEVEL_INFO, "renewed", log_text("program", "supervisor"),
              log_text("binary", s->path));
    reap(s); /* whoever ended meanwhile */
    return true;
}

bool supervise(Supervised *what, int from, int *ret_status, GError **error)
{
    Supervisor s = { .what = what, .next_exe = -1 };

    g_assert(what->n <= PROGRAMS);
    if (!(from >= 0 ? go_on(&s, from, error) : begin(&s, error)))
        return false;
    while (s.n || !s.stopping)
        look(&s);
    close(s.signals);
    close(s.wake);
    close(s.exe);
    g_free(s.path);
    *ret_status = s.status;
    return true;
}

bool supervise_can_take_over(Supervised *what, int from, GError **error)
{
    Supervisor s = { .what = what };
    bool fine = takeover_read(&s, from, true, error);

    g_free(s.path);
    return fine;
}
