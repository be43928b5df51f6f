/* conf.h - the settings: one table (src/app/settings.def), an INI file, then the environment.
 *
 * A key that is in no table stops the start: a misspelt setting must never be silently ignored.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

#define CONF_FILE "/etc/oppvekst/oppvekst.conf"

typedef enum {
#define SETTING(name, kind, value, help) CONF_##name,
#include "settings.def"
#undef SETTING
    N_CONF
} ConfKey;

typedef struct Conf Conf;

/**
 * Read the settings: defaults, then the file, then OPPVEKST_NAME of the environment.
 *   path  the INI file, group [oppvekst]; NULL: CONF_FILE, which may be absent.
 *   environment  "NAME=value", NULL-terminated, as g_get_environ gives it; borrowed.
 * Returns the settings, yours; or NULL with APP_ERROR_INVALID (an unknown key or group, a value of
 * the wrong kind; the message names file and key) or APP_ERROR_NOT_FOUND (no such file).
 */
Conf *conf_read(const char *path, const char *const *environment, GError **error);
void conf_free(Conf *conf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Conf, conf_free)

const char *conf_text(const Conf *conf, ConfKey key); /* never NULL; "" when unset */
int64_t conf_number(const Conf *conf, ConfKey key);   /* COUNT and BYTES */
/* Set one from the command line. Errors: APP_ERROR_INVALID. */
bool conf_set(Conf *conf, ConfKey key, const char *value, GError **error);
/* A file with every setting, its help and its default, which conf_read accepts. */
void conf_print_annotated(FILE *out);
