/* testing.c - the test client: a slice through its routes, in process, on a fresh database.
 *
 * A request goes through web_dispatch exactly as from a socket: the same router, session, permission
 * and CSRF code. Only who is behind the session token, and what day it is, comes from the TestApp.
 * Linked into tests alone.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <glib/gstdio.h>
#include "replies.h"
#include "dispatch.h"
#include "migrations.h"
#include "sandbox.h"
#include "testing-db.h"

#define SESSION "testsession0123456789"
#define VISITOR "testvisitor0123456789"
#define MAX_HEADERS 16

struct TestState {
    TestDb *db;
    Web *web;
    const Slice *slices[2];
    Replies *replies;
};

/* --- the database --- */

static bool has_migration(const char *name)
{
    for (size_t i = 0; i < app_n_migrations; i++) {
        if (!strcmp(app_migrations[i].name, name))
            return true;
    }
    return false;
}

static void fill_database(Db *db)
{
    static const char *const rows[] = {
        "INSERT INTO eier (id, number, name, language, demo, created_at) "
        "VALUES (1, '9999', 'Prøve kommune', 'nb', 0, 1)",
        "INSERT INTO enhet (owner, id, kind, parent, origin) "
        "VALUES (1, 2, 'kommune', NULL, 'syntetisk')",
        "INSERT INTO enhet (owner, id, kind, parent, origin) VALUES (1, 1, 'skole', 2, "
        "'syntetisk')",
        "INSERT INTO enhet_navn (owner, enhet, valid_from, name) "
        "VALUES (1, 2, '0001-01-01', 'Prøve kommune')",
        "INSERT INTO enhet_navn (owner, enhet, valid_from, name) "
        "VALUES (1, 1, '0001-01-01', 'Bakken skole')",
        "INSERT INTO enhet_identitet (owner, enhet, kind, value, valid_from) "
        "VALUES (1, 2, 'kommunenr', '9999', '0001-01-01')",
        "INSERT INTO person (owner, id, name, origin, created_at) "
        "VALUES (1, 1, 'Åse <rektor>', 'syntetisk', 1)",
    };

    if (!has_migration("0003-person"))
        return; /* the platform tested alone */
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        test_db_exec(db, rows[i], NULL);
}

/* --- who asks --- */

static bool session_user(const void *data, Db *db, Arena *arena, const char *token, int64_t now,
                         User *ret_user, SessionInfo *ret_session, GError **error)
{
    const TestApp *app = data;

    (void)db;
    (void)arena;
    (void)now;
    if (app->signed_out || strcmp(token, SESSION))
        return app_fail(error, APP_ERROR_NOT_FOUND, "no such session");
    *ret_user = app->user;
    *ret_session = (SessionInfo){ .role_label = app->user.role };
    return true;
}

static bool owner_info(const void *data, Db *db, Arena *arena, int64_t owner, OwnerInfo *ret_owner,
                       GError **error)
{
    const TestApp *app = data;

    (void)db;
    (void)arena;
    (void)owner;
    (void)error;
    *ret_owner = (OwnerInfo){ .name = "Prøve kommune", .language = "nb", .today = app->today };
    return true;
}

static bool owner_of_host(const void *data, Db *db, const char *host, int64_t *ret_owner,
                          GError **error)
{
    (void)data;
    (void)db;
    (void)error;
    *ret_owner = !strcmp(host, "prove.example") ? 1 : 0;
    return true;
}

/* Of the slice revisjon: what any slice changes is written down in its tests as it is in earnest. */
bool revisjon_note(const void *data, Db *db, const AuditNote *note, GError **error);

/* --- the app --- */

TestApp *test_app(const Slice *slice, Perm a, Perm b)
{
    TestApp *app = g_new0(TestApp, 1);
    g_autoptr(GError) why = NULL;
    WebHooks hooks = { .data = app,
                       .session_user = session_user,
                       .owner_info = owner_info,
                       .owner_of_host = owner_of_host,
                       .note = revisjon_note };

    sandbox_start(&why);
    g_assert_no_error(why);
    app->dir = g_dir_make_tmp("oppvekst-test-XXXXXX", &why);
    g_assert_no_error(why);
    app->state = g_new0(struct TestState, 1);
    app->state->replies = replies_new(4 * 1024 * 1024);
    app->state->db = test_db_new(app_migrations, app_n_migrations);
    app->store = app->state->db->store;
    app->db = app->state->db->db;
    fill_database(app->db);
    app->slice = slice;
    app->today = "2026-11-23";
    app->lang = LANG_EN;
    app->user = (User){ .owner = 1, .id = 1, .unit = 1, .name = "Åse <rektor>", .role = "RK" };
    app->state->slices[0] = slice;
    app->state->web = web_new(slice ? app->state->slices : app_slices, &hooks, &why);
    g_assert_no_error(why);
    test_app_grant(app, a);
    test_app_grant(app, b);
    return app;
}

static void remove_tree(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);

    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *child = g_build_filename(path, name, NULL);

        if (g_file_test(child, G_FILE_TEST_IS_DIR) && !g_file_test(child, G_FILE_TEST_IS_SYMLINK))
            remove_tree(child);
        else
            g_unlink(child);
    }
    g_rmdir(path);
}

void test_app_free(TestApp *app)
{
    if (!app)
        return;
    web_free(app->state->web);
    replies_free(app->state->replies);
    test_db_free(app->state->db);
    g_free(app->state);
    remove_tree(app->dir);
    g_free(app->dir);
    g_free(app);
}

void test_app_grant(TestApp *app, Perm perm)
{
    app->user.perms[perm / 64] |= UINT64_C(1) << (perm % 64);
}

/* --- requests --- */

static const char *header_of(const Outgoing *out, const char *name)
{
    for (guint i = 0; i + 1 < out->headers->len; i += 2) {
        if (!strcmp(out->headers->pdata[i], name))
            return out->headers->pdata[i + 1];
    }
    return NULL;
}

static Reply *reply_of(Outgoing *out)
{
    Reply *reply = g_new0(Reply, 1);
    g_autoptr(GString) all = g_string_new(NULL);

    for (guint i = 0; i + 1 < out->headers->len; i += 2)
        g_string_append_printf(all, "%s: %s\n", (char *)out->headers->pdata[i],
                               (char *)out->headers->pdata[i + 1]);
    reply->status = out->status;
    reply->location = g_strdup(header_of(out, "Location"));
    reply->type = g_strdup(header_of(out, "Content-Type"));
    reply->headers = g_strdup(all->str);
    reply->size = out->size;
    reply->body = g_malloc(out->size + 1);
    if (out->size)
        memcpy(reply->body, out->shared ? g_bytes_get_data(out->shared, NULL) : out->data,
               out->size);
    reply->body[out->size] = '\0';
    return reply;
}

/* Noon UTC of the app's day. */
static int64_t clock_of(const TestApp *app)
{
    g_autofree char *text = g_strconcat(app->today, "T12:00:00Z", NULL);
    g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(text, NULL);

    g_assert_nonnull(time);
    return g_date_time_to_unix(time) * G_USEC_PER_SEC;
}

Reply *test_send(TestApp *app, const char *method, const char *path, const char *type,
                 const char *body, size_t size)
{
    g_auto(Outgoing) out = { 0 };
    g_autofree char *cookie = g_strdup_printf(
        COOKIE_SESSION "=" SESSION "; " COOKIE_VISITOR "=" VISITOR "; " COOKIE_LANGUAGE "=%s%s%s",
        i18n_tag(app->lang), app->cookies ? "; " : "", app->cookies ? app->cookies : "");
    g_autofree char *copy = g_strndup(path, strcspn(path, "?#"));
    g_autofree char *held = g_malloc(size + 1);
    const Pair headers[] = { { "Host", "localhost:8080" },
                             { "Cookie", cookie },
                             { "Content-Type", type } };
    Incoming in = { .method = method,
                    .path = copy,
                    .headers = headers,
                    .n_headers = type ? 3 : 2,
                    .body = held,
                    .body_size = size,
                    .client = "127.0.0.1",
                    .now = clock_of(app),
                    .id = "test",
                    .replies = app->state->replies };

    if (size)
        memcpy(held, body, size);
    held[size] = '\0';
    in.query = strchr(path, '?') ? strchr(path, '?') + 1 : "";
    web_dispatch(app->state->web, app->db, &in, &out);
    if (out.trouble)
        g_test_message("%s %s -> %d: %s", method, path, out.status, out.trouble);
    return reply_of(&out);
}

Reply *test_get(TestApp *app, const char *path)
{
    return test_send(app, "GET", path, NULL, NULL, 0);
}

Reply *test_post(TestApp *app, const char *path, const char *body)
{
    char token[CSRF_TEXT];

    if (app->signed_out)
        web_csrf(app->state->web, "visitor", VISITOR, token);
    else
        web_csrf(app->state->web, "session", SESSION, token);
    g_autofree char *full = g_strdup_printf("%s%scsrf=%s", body, *body ? "&" : "", token);

    return test_send(app, "POST", path, "application/x-www-form-urlencoded", full, strlen(full));
}

void reply_free(Reply *reply)
{
    if (!reply)
        return;
    g_free(reply->body);
    g_free(reply->location);
    g_free(reply->type);
    g_free(reply->headers);
    g_free(reply);
}
