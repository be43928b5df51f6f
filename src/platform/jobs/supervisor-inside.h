/* supervisor-inside.h - what the supervisor knows, for its own three files only.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <signal.h>
#include "supervisor.h"

enum { CHILDREN = 16 /* with those that retire */, PROGRAMS = 4 };

typedef enum { RUNNING, RETIRING, STOPPING } Phase;

typedef struct {
    size_t program;
    pid_t pid;
    int alive_fd; /* -1: closed */
    bool ready;
    Phase phase;
    int64_t started, since, heard, kill_at; /* monotonic; since: ready; kill_at 0: never */
} Child;

typedef struct {
    int crashes; /* in a row */
    int64_t due; /* start it then; 0: it runs, or is not wanted */
    bool ever;   /* it has been ready once */
} State;

typedef struct {
    Supervised *what;
    State state[PROGRAMS];
    Child children[CHILDREN];
    size_t n;
    char *path;    /* of the binary, for the next one */
    int exe, wake; /* the binary that children are started from; the eventfd */
    int next_exe;  /* of an upgrade under way; -1: none */
    int signals;
    bool stopping;
    bool renew;  /* the children run another binary than we, perhaps */
    pid_t probe; /* of takeover_probe; 0: none */
    int status;  /* of the program that could not start */
    int64_t watchdog, barked;
} Supervisor;

/* The signals that are read, blocked otherwise; children get them back. */
void supervisor_signals(sigset_t *ret);

/* supervisor-child.c: from that binary. false: no room, or no process, just now. */
bool supervisor_start(Supervisor *s, size_t program, int exe);

/* --- takeover.c: this process becomes the new binary, and goes on where the old one was --- */

/* Ask the new binary, in a child, whether it understands what would be handed over. false: no child. */
bool takeover_probe(Supervisor *s);
/* Become it; returns only when that failed. */
void takeover_exec(Supervisor *s);
/* Everything but `what->programs` is read from what the old one left. `dry`: only looked at.
 * Errors: APP_ERROR_INVALID, it was written by a version that differs too much. */
bool takeover_read(Supervisor *s, int from, bool dry, GError **error);
