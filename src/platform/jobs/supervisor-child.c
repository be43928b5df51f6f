/* supervisor-child.c - fork and exec of one program, with its descriptors where it looks for them.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>
#include "log.h"
#include "supervisor-inside.h"

#define SOCKETS "SUPERVISED_SOCKETS" /* in a program's environment: how many it has got */

enum { PLACES = 3 + SUPERVISED_SOCKETS };

/* Where a program finds the socket with this number, counted from 0. */
static int place_of_socket(size_t i)
{
    return i ? SUPERVISED_MORE + (int)i - 1 : SUPERVISED_LISTEN;
}

size_t supervised_sockets(int ret[SUPERVISED_SOCKETS])
{
    const char *said = g_getenv(SOCKETS);
    size_t n = said ? (size_t)CLAMP(g_ascii_strtoll(said, NULL, 10), 1, SUPERVISED_SOCKETS) : 1;

    for (size_t i = 0; i < n; i++)
        ret[i] = place_of_socket(i);
    return n;
}

/* In the child. Descriptors are moved up first, so that none is in the way of another's place. */
static bool take_places(const int from[], const int to[], size_t n)
{
    int high[PLACES];

    for (size_t i = 0; i < n; i++)
        high[i] = from[i] < 0 ? -1 : fcntl(from[i], F_DUPFD_CLOEXEC, 20);
    for (size_t i = 0; i < n; i++) {
        close(to[i]);
        if (high[i] >= 0 && dup2(high[i], to[i]) < 0)
            return false;
    }
    return true;
}

G_GNUC_NORETURN
static void become(const Supervisor *s, const SupervisedProgram *program, int exe, int alive)
{
    const Supervised *what = s->what;
    size_t n = 3, sockets = program->listens ? MAX(what->n_listen, 1) : 1;
    int from[PLACES] = { program->listens ? what->metrics_fd : -1, s->wake, alive };
    int to[PLACES] = { SUPERVISED_METRICS, SUPERVISED_WAKE, SUPERVISED_ALIVE };
    char count[8];
    sigset_t ours;
    int binary = fcntl(exe, F_DUPFD_CLOEXEC, 20);

    for (size_t i = 0; i < sockets; i++, n++) {
        from[n] = program->listens && what->n_listen ? what->listen_fds[i] : -1;
        to[n] = place_of_socket(i);
    }
    g_snprintf(count, sizeof count, "%zu", sockets);
    setenv(SOCKETS, count, 1);
    supervisor_signals(&ours);
    sigprocmask(SIG_UNBLOCK, &ours, NULL);
    signal(SIGHUP, SIG_IGN);          /* a terminal's word is for the supervisor alone */
    prctl(PR_SET_PDEATHSIG, SIGTERM); /* with the supervisor */
    if (binary >= 0 && take_places(from, to, n))
        execveat(binary, "", (char *const *)(uintptr_t)program->argv, environ, AT_EMPTY_PATH);
    _exit(127);
}

bool supervisor_start(Supervisor *s, size_t program, int exe)
{
    const SupervisedProgram *p = &s->what->programs[program];
    int alive[2];
    pid_t pid;

    s->state[program].due = 0;
    if (s->n == CHILDREN || pipe2(alive, O_CLOEXEC | O_NONBLOCK))
        return false;
    pid = fork();
    if (pid == 0)
        become(s, p, exe, alive[1]);
    close(alive[1]);
    if (pid < 0) {
        close(alive[0]);
        return false;
    }
    s->children[s->n++] = (Child){ .program = program,
                                   .pid = pid,
                                   .alive_fd = alive[0],
                                   .started = g_get_monotonic_time(),
                                   .heard = g_get_monotonic_time() };
    log_event(LOG_LEVEL_INFO, "started", log_text("program", p->name), log_number("pid", pid));
    return true;
}
