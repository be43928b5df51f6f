/* confine.h - what the kernel is asked to refuse us: files (Landlock), system calls (seccomp).
 *
 * Both are asked for by ourselves, without privilege, and hold for every thread that starts afterwards
 * and for all children; neither can be taken back. Where a kernel lacks one, the other holds.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

typedef enum { CONFINE_READ, CONFINE_WRITE } ConfineRight;
typedef struct {
    const char *path; /* a folder or a file; passed over when it is not there */
    ConfineRight right;
} ConfinePath;

/**
 * No files from now on but those beneath `paths` (and what is open).
 *   paths  ends with { NULL }; an empty list: no files at all, and no TCP either.
 * Returns false, with the reason in words, where the kernel has no Landlock.
 */
bool confine_files(const ConfinePath *paths, const char **ret_why);

/* What a system call on a list meets. Killing names the crime in the exit status; refusing lets a
 * library that tries its luck go on without. */
typedef struct ConfineFilter ConfineFilter;
typedef struct {
    const char *call;
    bool kill; /* else EPERM */
} ConfineCall;

/* All calls but those listed go. Made beforehand, for loading it is cheap then. NULL: no seccomp here. */
ConfineFilter *confine_filter_deny(const ConfineCall *list, size_t n);
/* Only `allowed` go; those of `list` are met as it says, all others with EPERM. */
ConfineFilter *confine_filter_allow(const char *const *allowed, size_t n_allowed,
                                    const ConfineCall *list, size_t n);
/* For this process and all threads it has. */
bool confine_filter_load(const ConfineFilter *filter);
void confine_filter_free(ConfineFilter *filter);
