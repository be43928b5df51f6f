/* sandbox-inside.h - what the caller, the helper and the child of a sandboxed run say to each other.
 *
 * A run has two channels of its own: a pipe on which the child writes frames, and a socket on which the
 * helper says how the child ended; when the caller closes that one, the child is ended.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "i18n.h"
#include "sandbox.h"

/* What the caller asks; with it go three descriptors: the input, the frames' pipe, the socket. The
 * address of the work is the same in the helper, which is a copy of the caller. */
typedef struct {
    SandboxWork work;
    size_t args_size, size; /* in the input: the arguments, NUL, the bytes, NUL */
    SandboxLimits limits;   /* none is 0 */
    Lang lang;
} SandboxAsk;
enum { ASK_INPUT, ASK_FRAMES, ASK_SOCKET, N_ASK_FDS };

typedef struct {
    int status; /* as waitpid gives it */
    bool late;  /* ended by the helper, for the clock */
} SandboxEnd;

typedef enum { FRAME_DATA = 1, FRAME_FINE, FRAME_ERROR, FRAME_TOO_MUCH } FrameKind;
typedef struct {
    uint32_t kind, size;
} FrameHead;
/* FRAME_ERROR: the domain's name, NUL, the code as a number in words, NUL, the message. */

/* sandbox-helper.c: never returns */
void sandbox_helper(int control) G_GNUC_NORETURN;
/* sandbox-child.c: in the fresh child; never returns */
typedef struct ConfineFilter ConfineFilter;
void sandbox_child(const SandboxAsk *ask, const int fds[N_ASK_FDS], size_t own_memory,
                   const ConfineFilter *filter) G_GNUC_NORETURN;
ConfineFilter *sandbox_child_filter(void);
