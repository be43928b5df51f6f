/* supervisor.h - starts the programs of the service, restarts them, replaces them without a gap.
 *
 * The supervisor has one thread, no database and no library at work, so that there is little in it that
 * can fail. It holds the listening sockets: while a program is away, the kernel keeps who connects.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

/* The descriptors a program finds; one it does not get is closed. */
enum {
    SUPERVISED_LISTEN = 3,  /* the listening socket */
    SUPERVISED_METRICS = 4, /* another one, on loopback */
    SUPERVISED_WAKE = 5,    /* an eventfd that all programs share */
    SUPERVISED_ALIVE = 6, /* to be written to: 'r' when ready, '.' at least each 10 s after that */
};

typedef struct {
    const char *name;        /* for the log: "server" */
    const char *const *argv; /* with the program's name first; NULL-terminated */
    /* Listens and tells when it is ready. A new one is started beside the old one, which is then told
     * to retire (SIGUSR2): take nothing new, end when what is open is done. */
    bool listens;
} SupervisedProgram;

typedef struct {
    const SupervisedProgram *programs;
    size_t n;       /* at most 4 */
    int listen_fd;  /* -1: none */
    int metrics_fd; /* -1: none */
} Supervised;

/**
 * Run the programs until SIGTERM or SIGINT; SIGHUP replaces them by the binary that then is on disk.
 * Call it before there is any thread.
 *   ret_status  the exit status: 0 after an orderly stop; that of a program which could not be started
 *               at all, and has said why.
 */
bool supervise(const Supervised *what, int *ret_status, GError **error);
