/* statics.c - finding an embedded file and choosing the form a browser accepts.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "statics.h"
#include "web.h"

const StaticFile *static_named(const char *name)
{
    for (size_t i = 0; i < app_n_static; i++) {
        if (!strcmp(app_static[i].name, name))
            return &app_static[i];
    }
    return NULL;
}

const StaticFile *static_hashed(const char *hashed)
{
    for (size_t i = 0; i < app_n_static; i++) {
        if (!strcmp(app_static[i].hashed, hashed))
            return &app_static[i];
    }
    return NULL;
}

static GHashTable *address_table(void)
{
    GHashTable *table = g_hash_table_new(g_str_hash, g_str_equal);

    for (size_t i = 0; i < app_n_static; i++)
        g_hash_table_insert(table, (void *)app_static[i].name,
                            g_strconcat("/static/", app_static[i].hashed, NULL));
    return table;
}

Url url_static(const char *name)
{
    /* lint: state — made once, then read only */
    static gsize addresses;
    const char *found;

    if (g_once_init_enter(&addresses))
        g_once_init_leave(&addresses, (gsize)address_table());
    found = g_hash_table_lookup((GHashTable *)addresses, name);
    g_assert(found); /* a page names a file that is not in static/ */
    return (Url){ found };
}

/* "q=0", "q=0.0"... after a coding's name refuses it. */
static bool refused(const char *parameters)
{
    const char *q = strstr(parameters, "q=");

    return q && strspn(q + 2, "0.") == strcspn(q + 2, " ;");
}

bool accepts_encoding(const char *header, const char *coding)
{
    g_auto(GStrv) parts = g_strsplit(header ? header : "", ",", 20);
    size_t len = strlen(coding);

    for (char **part = parts; *part; part++) {
        const char *p = g_strstrip(*part);

        if (!g_ascii_strncasecmp(p, coding, len) && (!p[len] || p[len] == ';' || p[len] == ' '))
            return !refused(p + len);
    }
    return false;
}

StaticBody static_body(const StaticFile *file, const char *accept)
{
    if (file->brotli && accepts_encoding(accept, "br"))
        return (StaticBody){ file->brotli, file->brotli_size, "br" };
    if (file->gzip && accepts_encoding(accept, "gzip"))
        return (StaticBody){ file->gzip, file->gzip_size, "gzip" };
    return (StaticBody){ file->data, file->size, NULL };
}

bool etag_matches(const char *sent, const char *etag)
{
    g_auto(GStrv) tags = g_strsplit(sent ? sent : "", ",", 50);

    for (char **tag = tags; *tag; tag++) {
        const char *p = g_strstrip(*tag);

        if (!strcmp(p, "*") || !strcmp(g_str_has_prefix(p, "W/") ? p + 2 : p, etag))
            return true;
    }
    return false;
}
