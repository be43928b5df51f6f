/* verify.h - whether everything in a database still is what it was: for the command, and after a restore.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include <jansson.h>
#include "cli.h"

typedef struct {
    GString *text; /* for people: a line for each thing looked at, and what is wrong under it */
    json_t *json;  /* {"sound":bool,"checks":[...],"ends":[...]} */
    int n_wrong;
} Verdict;
void verdict_clear(Verdict *verdict);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Verdict, verdict_clear)

/**
 * Look at everything: the engine's own view, the migrations, and each slice's seals for each owner and the
 * installation.
 * Errors: APP_ERROR_DB when it cannot be looked at; what is wrong is no error but in the verdict.
 */
bool verify_all(Cli *cli, Verdict *ret, GError **error);
