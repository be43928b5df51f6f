/* sandbox.h - work on bytes from outside in a child process that can do nothing else.
 *
 * A small helper process is forked when the program starts, before there is any thread, and shuts
 * itself in: no files (Landlock), no network and no new programs (seccomp). For each piece of work it
 * forks a child with limits on memory, time and output, which reads its input and writes frames back.
 * A child that crashes, hangs or grows takes nothing with it: the caller gets an error in words.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

typedef struct SandboxOut SandboxOut;

/**
 * Runs in the child. Only arena, base and parsing libraries: no database, no threads, no files.
 *   args   as given to sandbox_run; NUL-terminated after `args_size` bytes.
 *   input  NUL-terminated after `size` bytes.
 * Returns false with an error that is carried back to the caller as it is.
 */
typedef bool (*SandboxWork)(const char *args, size_t args_size, const char *input, size_t size,
                            SandboxOut *out, GError **error);
/* One frame back; frames arrive whole and in order. Ends the child when the limit is passed. */
void sandbox_write(SandboxOut *out, const void *data, size_t size);

/* Runs in the caller for each frame; false stops the work. */
typedef bool (*SandboxSink)(void *arg, const char *data, size_t size, GError **error);

typedef struct {
    size_t memory; /* bytes of address space beside the program's own and the input; 0: 512 MiB */
    int cpu;       /* seconds; 0: 20 */
    int wall;      /* seconds; 0: 60 */
    size_t output; /* bytes of all frames; 0: 256 MiB */
} SandboxLimits;

/* Fork the helper, unless there is one. Called first in main, before any thread. Without the kernel's Landlock (or seccomp)
 * the rest holds, and the log says so once. Errors: APP_ERROR_DB. */
bool sandbox_start(GError **error);
void sandbox_stop(void); /* end the helper; at exit it ends by itself */
bool sandbox_alive(
    void); /* false: started and gone, or never started; a new start needs a new process */
/* Runs since the start, and those that failed; for the figures of operation. */
void sandbox_count(int64_t *ret_runs, int64_t *ret_failed);

/**
 * Do `work` in a child.
 *   limits  NULL: the defaults.
 * Errors: what `work` set; APP_ERROR_INVALID when the child crashed or passed a limit (worded for
 * people: the file may be damaged, or made to do harm); APP_ERROR_DB.
 */
bool sandbox_run(SandboxWork work, const char *args, size_t args_size, const char *input,
                 size_t size, const SandboxLimits *limits, SandboxSink sink, void *arg,
                 GError **error);
