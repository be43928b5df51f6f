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
    SUPERVISED_MORE = 7,  /* and upwards: the listening sockets after the first */
};
#define SUPERVISED_SOCKETS 8 /* listening, at most */
/* In a program that listens: the descriptors of its sockets. Returns how many, at least 1. */
size_t supervised_sockets(int ret[SUPERVISED_SOCKETS]);

typedef struct {
    const char *name;        /* for the log: "server" */
    const char *const *argv; /* with the program's name first; NULL-terminated */
    /* Listens and tells when it is ready. A new one is started beside the old one, which is then told
     * to retire (SIGUSR2): take nothing new, end when what is open is done. */
    bool listens;
} SupervisedProgram;

typedef struct {
    const SupervisedProgram *programs;
    size_t n; /* at most 4 */
    int listen_fds[SUPERVISED_SOCKETS];
    size_t n_listen;
    int metrics_fd;    /* -1: none */
    char *socket_path; /* for the caller to remove at the end and free; kept across a renewal */
    /* The supervisor's own arguments, for its next version to go on with; NULL: it is not renewed. The
     * new binary is run with "--take-over=FD" behind them: supervise(…, FD, …); and before that, as
     * a trial, with "--take-over=FD --as=probe": supervise_can_take_over() decides its exit status. */
    const char *const *argv;
} Supervised;

/**
 * Run the programs until SIGTERM or SIGINT; SIGHUP replaces them, and then the supervisor, by the binary
 * that then is on disk. Call it before there is any thread.
 *   from        -1; or the FD of --take-over: sockets and children come from there, not from `what`.
 *   ret_status  the exit status: 0 after an orderly stop; that of a program which could not be started
 *               at all, and has said why.
 */
bool supervise(Supervised *what, int from, int *ret_status, GError **error);
/* Reads what supervise() would take over, and takes nothing. Errors: APP_ERROR_INVALID. */
bool supervise_can_take_over(Supervised *what, int from, GError **error);
