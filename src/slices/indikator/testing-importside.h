/* testing-importside.h - files sent by the browser, for the tests of the import's pages.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "testing-db.h"
#include "testing-indikator.h"

typedef struct {
    TestApp *app;
    Arena *arena;
    int64_t owner; /* Hustadvika */
    char *path;    /* of the files sent last */
} Fixture;

static inline Fixture fixture_new(void)
{
    Fixture f = { test_app(NULL, PERM_UNIT_READ, PERM_INDICATOR_READ), arena_new(), 0, NULL };
    ImportResult r;

    indikator_test_file(f.app->db, f.arena, 0, indikator_test_files[5], &r);
    f.owner = indikator_test_hustadvika(f.app->db);
    f.app->user.owner = f.owner;
    f.app->user.id = 7; /* a person of this owner, so that what it sends can be kept */
    f.app->user.unit = 0;
    f.app->user.role = "FS";
    g_autofree char *sql =
        g_strdup_printf("INSERT INTO person (owner, id, name, origin, created_at) VALUES "
                        "(%" G_GINT64_FORMAT ", 7, 'Prøve Person', 'syntetisk', 1)",
                        f.owner);
    test_db_exec(f.app->db, g_intern_string(sql), NULL);
    return f;
}

static inline void fixture_clear(Fixture *f)
{
    test_app_free(f->app);
    arena_free(f->arena);
    g_free(f->path);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fixture, fixture_clear)

static inline bool holds(const Reply *reply, const char *text)
{
    return memmem(reply->body, reply->size, text, strlen(text)) != NULL;
}

/* --- import --- */

/* Posts files as a browser does; each is name, content. */
static inline Reply *send_files(Fixture *f, const char *where, const char *const *files)
{
    g_autoptr(Reply) page = test_get(f->app, "/import");
    g_autofree char *csrf = g_strndup(strstr(page->body, "name=\"csrf\" value=\"") + 19, 64);
    g_autoptr(GString) body = g_string_new(NULL);

    csrf[strcspn(csrf, "\"")] = '\0';
    g_string_append_printf(body,
                           "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n"
                           "--x\r\nContent-Disposition: form-data; name=\"hvor\"\r\n\r\n%s\r\n",
                           csrf, where);
    for (; files[0]; files += 2)
        g_string_append_printf(
            body,
            "--x\r\nContent-Disposition: form-data; name=\"filer\"; filename=\"%s\"\r\n"
            "Content-Type: text/csv\r\n\r\n%s\r\n",
            files[0], files[1]);
    g_string_append(body, "--x--\r\n");
    Reply *sent = test_send(f->app, "POST", "/import", "multipart/form-data; boundary=x", body->str,
                            body->len);

    if (sent->status != 303)
        return sent;
    g_free(f->path);
    f->path = g_strdup(sent->location);
    reply_free(sent);
    return test_get(f->app, f->path);
}

static inline void grant_import(Fixture *f)
{
    test_app_grant(f->app, PERM_DATASET_READ);
    test_app_grant(f->app, PERM_DATASET_IMPORT);
}

static inline char *key_of(const Reply *reply)
{
    const char *at = strstr(reply->body, "name=\"fil\" value=\"");

    g_assert_nonnull(at);
    return g_strndup(at + 18, ID_TEXT - 1);
}

#define GOOD "enhet;indikator;periode;verdi\n975283518;ANSATTE;2025;34\n"
