/* serving.h - serving with the slices' answers to the platform's questions; for serve and demo.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "conf.h"
#include "server.h"

#define OPPVEKST_VERSION "0.1"

/* Defaults, file, environment, then what the command line gives (NULL: nothing). Yours. */
Conf *serving_settings(const char *path, const char *db_url, const char *listen,
                       const char *workers, GError **error);
WebHooks serving_hooks(const Conf *conf); /* conf is borrowed for as long as the hooks are used */
/* The jobs program, until it is stopped, or what is due `once`. Returns the exit status. */
int serving_jobs(const Conf *conf, bool supervised, bool once);
