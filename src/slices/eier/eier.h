/* eier.h - owners (skoleeiere): the municipality as tenant, with its own language and clock.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "web.h"

extern const Slice eier_slice;

typedef struct {
    int64_t id;
    const char *number; /* municipality number, four digits: "1579" */
    const char *name;   /* "Hustadvika kommune" */
    Lang language;      /* of its reports: LANG_NB or LANG_NN */
    bool demo;          /* its date may be moved */
    const char *date;   /* "YYYY-MM-DD" where the demo's clock stands, or NULL: the real date */
} Eier;

typedef struct {
    Eier *v;
    size_t n;
} EierList;

/**
 * Find an owner.
 *   arena  keeps the strings of *ret.
 * Errors: APP_ERROR_NOT_FOUND, APP_ERROR_DB.
 */
bool eier_get(Db *db, Arena *arena, int64_t id, Eier *ret, GError **error);
bool eier_get_number(Db *db, Arena *arena, const char *number, Eier *ret, GError **error);
/* The owner tied to a host name; *ret_id is 0 when none is. `host` without port. */
bool eier_of_host(Db *db, const char *host, int64_t *ret_id, GError **error);
/* All owners of the installation, by name. */
bool eier_list(Db *db, Arena *arena, EierList *ret, GError **error);

/**
 * Add an owner.
 *   number    four digits.    name  1-120 characters.    date  "YYYY-MM-DD" for a demo, else NULL.
 * Errors: APP_ERROR_INVALID (number, date), APP_ERROR_CONFLICT (number taken), APP_ERROR_DB.
 */
bool eier_add(Db *db, const Eier *eier, int64_t now, int64_t *ret_id, GError **error);

/**
 * Move the clock of a demo owner.
 *   date  "YYYY-MM-DD", or NULL for the real date.
 * Errors: APP_ERROR_INVALID, APP_ERROR_FORBIDDEN (not a demo), APP_ERROR_DB.
 */
bool eier_set_date(Db *db, int64_t id, const char *date, GError **error);

/* What day it is for this owner: its demo date, or the server's date in Europe/Oslo at `now`. */
bool eier_today(Db *db, Arena *arena, int64_t id, int64_t now, const char **ret_date,
                GError **error);

/* Settings kept in the database, such as the secret of this installation. *ret is NULL when unset. */
bool eier_setting(Db *db, Arena *arena, const char *key, const char **ret, GError **error);
/* Keep a value unless the key has one already. */
bool eier_setting_add(Db *db, const char *key, const char *value, GError **error);

/* An owner's own settings, such as "farge" (colour, "#1e4d7b"). *ret is NULL when unset. */
bool eier_option(Db *db, Arena *arena, int64_t owner, const char *key, const char **ret,
                 GError **error);
#define EIER_COLOUR "farge"
/* The colour of an owner as 0xRRGGBB; 0 when it has chosen none. Errors: APP_ERROR_DB. */
bool eier_colour(Db *db, int64_t owner, uint32_t *ret, GError **error);
/* value NULL or "": unset. Errors: APP_ERROR_INVALID (key or value too long), APP_ERROR_DB. */
bool eier_option_set(Db *db, int64_t owner, const char *key, const char *value, GError **error);

/* --- secrets kept in the database under the installation's key ---
 * The key is the settings file's "secret", else one made once and kept in the database. What was sealed
 * before the file got its secret can still be opened; what was sealed under another one cannot. */
/* The installation's own key, kept in the database: made by the first node that needs it and read by all;
 * a lost race reads the winner's. 32 bytes. Errors: APP_ERROR_DB. */
bool eier_key(Db *db, Arena *arena, unsigned char ret[32], GError **error);
/* purpose: what it is ("epost"); *ret in the arena. Errors: APP_ERROR_DB. */
bool eier_seal(Db *db, Arena *arena, const char *purpose, const char *text, const char **ret,
               GError **error);
/* *ret NULL: it cannot be opened any more. Errors: APP_ERROR_DB. */
bool eier_unseal(Db *db, Arena *arena, const char *purpose, const char *sealed, const char **ret,
                 GError **error);
