/* takeover.c - the supervisor becomes its next version: the same process, sockets and children.
 *
 * What it knows is written as a key file into memory that the new binary inherits, with the numbers of
 * the descriptors that stay open. A child runs the new binary first and only reads that text: what
 * cannot take over is thus found out while the old one still can go on. Signals stay blocked across
 * the exec, so one that comes meanwhile waits for the new one.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "supervisor-inside.h"

#define FORMAT 1
#define SELF "supervisor"
#define PROBE_SECONDS 10
#define LONGEST 65536

/* --- written --- */

static void write_child(GKeyFile *file, const Supervisor *s, const Child *c)
{
    g_autofree char *group = g_strdup_printf("child %d", c->pid);

    g_key_file_set_string(file, group, "program", s->what->programs[c->program].name);
    g_key_file_set_integer(file, group, "pid", c->pid);
    g_key_file_set_integer(file, group, "alive", c->alive_fd);
    g_key_file_set_boolean(file, group, "ready", c->ready);
    g_key_file_set_integer(file, group, "phase", (int)c->phase);
    g_key_file_set_int64(file, group, "started", c->started);
    g_key_file_set_int64(file, group, "since", c->since);
    g_key_file_set_int64(file, group, "heard", c->heard);
    g_key_file_set_int64(file, group, "kill_at", c->kill_at);
}

static char *written(const Supervisor *s, size_t *ret_len)
{
    const Supervised *what = s->what;
    g_autoptr(GKeyFile) file = g_key_file_new();

    g_key_file_set_integer(file, SELF, "format", FORMAT);
    g_key_file_set_string(file, SELF, "path", s->path);
    if (what->socket_path)
        g_key_file_set_string(file, SELF, "socket", what->socket_path);
    g_key_file_set_integer_list(file, SELF, "listen", (int *)(uintptr_t)what->listen_fds,
                                what->n_listen);
    g_key_file_set_integer(file, SELF, "metrics", what->metrics_fd);
    g_key_file_set_integer(file, SELF, "wake", s->wake);
    g_key_file_set_int64(file, SELF, "barked", s->barked);
    for (size_t i = 0; i < what->n; i++) {
        g_autofree char *group = g_strdup_printf("program %s", what->programs[i].name);

        g_key_file_set_integer(file, group, "crashes", s->state[i].crashes);
        g_key_file_set_int64(file, group, "due", s->state[i].due);
        g_key_file_set_boolean(file, group, "ever", s->state[i].ever);
    }
    for (size_t i = 0; i < s->n; i++)
        write_child(file, s, &s->children[i]);
    return g_key_file_to_data(file, ret_len, NULL);
}

/* The memory with the text, from its beginning; -1: none. */
static int leave(const Supervisor *s)
{
    size_t len;
    g_autofree char *text = written(s, &len);
    int fd = memfd_create("takeover", MFD_CLOEXEC);

    if (fd >= 0 && write(fd, text, len) == (ssize_t)len && !lseek(fd, 0, SEEK_SET))
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

/* --- read --- */

/* A number that must be there. */
static int64_t number(GKeyFile *file, const char *group, const char *key, GError **why)
{
    return *why ? 0 : g_key_file_get_int64(file, group, key, why);
}

static bool truth(GKeyFile *file, const char *group, const char *key, GError **why)
{
    return !*why && g_key_file_get_boolean(file, group, key, why);
}

static bool find_program(const Supervised *what, const char *name, size_t *ret)
{
    for (size_t i = 0; i < what->n; i++)
        if (!g_strcmp0(what->programs[i].name, name)) {
            *ret = i;
            return true;
        }
    return false;
}

static void read_child(Supervisor *s, GKeyFile *file, const char *group, GError **why)
{
    g_autofree char *name = g_key_file_get_string(file, group, "program", why);
    Child c = { 0 };

    if (!name)
        return;
    if (s->n == CHILDREN || !find_program(s->what, name, &c.program)) {
        app_fail(why, APP_ERROR_INVALID, "no place for %s of %s", group, name);
        return;
    }
    c.pid = (pid_t)number(file, group, "pid", why);
    c.alive_fd = (int)number(file, group, "alive", why);
    c.ready = truth(file, group, "ready", why);
    c.phase = (Phase)CLAMP(number(file, group, "phase", why), RUNNING, STOPPING);
    c.started = number(file, group, "started", why);
    c.since = number(file, group, "since", why);
    c.heard = number(file, group, "heard", why);
    c.kill_at = number(file, group, "kill_at", why);
    s->children[s->n++] = c;
}

/* A program the old version did not have is started now. */
static void read_state(Supervisor *s, GKeyFile *file, size_t program, GError **why)
{
    g_autofree char *group = g_strdup_printf("program %s", s->what->programs[program].name);
    State *state = &s->state[program];

    if (!g_key_file_has_group(file, group)) {
        state->due = g_get_monotonic_time();
        return;
    }
    state->crashes = (int)number(file, group, "crashes", why);
    state->due = number(file, group, "due", why);
    state->ever = truth(file, group, "ever", why);
}

static void read_self(Supervisor *s, GKeyFile *file, GError **why)
{
    Supervised *what = s->what;
    g_autofree int *sockets =
        g_key_file_get_integer_list(file, SELF, "listen", &what->n_listen, why);

    if (what->n_listen > SUPERVISED_SOCKETS)
        what->n_listen = 0;
    for (size_t i = 0; i < what->n_listen; i++)
        what->listen_fds[i] = sockets[i];
    what->socket_path = g_key_file_get_string(file, SELF, "socket", NULL); /* there may be none */
    what->metrics_fd = (int)number(file, SELF, "metrics", why);
    s->wake = (int)number(file, SELF, "wake", why);
    s->barked = number(file, SELF, "barked", why);
    s->path = *why ? NULL : g_key_file_get_string(file, SELF, "path", why);
}

/* After exec they are open in whatever is started next, unless this is said again. */
static bool set_inherited(const Supervisor *s, bool inherited)
{
    int flag = inherited ? 0 : FD_CLOEXEC;
    bool fine = !fcntl(s->wake, F_SETFD, flag);

    for (size_t i = 0; i < s->what->n_listen; i++)
        fine = !fcntl(s->what->listen_fds[i], F_SETFD, flag) && fine;
    if (s->what->metrics_fd >= 0)
        fine = !fcntl(s->what->metrics_fd, F_SETFD, flag) && fine;
    for (size_t i = 0; i < s->n; i++)
        if (s->children[i].alive_fd >= 0)
            fine = !fcntl(s->children[i].alive_fd, F_SETFD, flag) && fine;
    return fine;
}

bool takeover_read(Supervisor *s, int from, bool dry, GError **error)
{
    g_autofree char *text = g_malloc0(LONGEST);
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_auto(GStrv) groups = NULL;
    g_autoptr(GError) why = NULL;
    ssize_t len = read(from, text, LONGEST - 1);

    close(from);
    if (len <= 0 || !g_key_file_load_from_data(file, text, (gsize)len, G_KEY_FILE_NONE, NULL) ||
        g_key_file_get_integer(file, SELF, "format", NULL) != FORMAT)
        return app_fail(error, APP_ERROR_INVALID, "nothing to take over that this version knows");
    read_self(s, file, &why);
    for (size_t i = 0; i < s->what->n; i++)
        read_state(s, file, i, &why);
    groups = g_key_file_get_groups(file, NULL);
    for (char **g = groups; *g && !why; g++)
        if (g_str_has_prefix(*g, "child "))
            read_child(s, file, *g, &why);
    if (why)
        return app_fail(error, APP_ERROR_INVALID, "cannot take over: %s", why->message);
    return dry || set_inherited(s, false) ||
           app_fail(error, APP_ERROR_INVALID, "cannot take over: %s", g_strerror(errno));
}

/* --- handed over --- */

/* Runs the binary as ourselves, with what it is to read; returns when it could not. */
static void become(const Supervisor *s, int left, const char *as)
{
    g_autofree char *from = g_strdup_printf("--take-over=%d", left);
    g_autoptr(GStrvBuilder) words = g_strv_builder_new();

    g_strv_builder_addv(words, (const char **)(uintptr_t)s->what->argv);
    g_strv_builder_add(words, from);
    if (as)
        g_strv_builder_add(words, as);
    g_auto(GStrv) argv = g_strv_builder_end(words);

    if (!fcntl(left, F_SETFD, 0))
        execveat(s->exe, "", argv, environ, AT_EMPTY_PATH);
}

bool takeover_probe(Supervisor *s)
{
    int left = leave(s);

    s->probe = left >= 0 ? fork() : -1;
    if (s->probe == 0) {
        sigset_t ours;

        supervisor_signals(&ours);
        sigprocmask(SIG_UNBLOCK, &ours, NULL);
        alarm(PROBE_SECONDS); /* it is not to think for long */
        become(s, left, "--as=probe");
        _exit(127);
    }
    if (left >= 0)
        close(left);
    s->probe = MAX(s->probe, 0);
    return s->probe > 0;
}

void takeover_exec(Supervisor *s)
{
    int left = leave(s);

    if (left < 0)
        return;
    if (set_inherited(s, true))
        become(s, left, NULL);
    set_inherited(s, false);
    close(left);
}
