/* fuzz-foresporsel.c - any bytes as the head of a request, all the way through the program: router, cookies,
 * languages, permissions, every page that can be read. No request makes it answer that it failed.
 *
 * Bytes: one that chooses who asks, then lines "GET /path?query" and "Header: value", an empty one, a body.
 * Nothing can be changed, for nobody knows the token of a form: so each request finds the same database,
 * an owner with one school.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "dispatch.h"
#include "migrations.h"
#include "testing-db.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#define MAX_HEADERS 16

typedef struct {
    TestDb *db;
    Web *web;
} Place;

static bool session_user(const void *data, Db *db, Arena *arena, const char *token, int64_t now,
                         User *ret_user, SessionInfo *ret_session, GError **error)
{
    (void)data, (void)db, (void)arena, (void)token, (void)now, (void)error;
    *ret_user = (User){ .owner = 1, .id = 1, .position = 1, .name = "Åse", .role = "FS" };
    memset(ret_user->perms, 0xff, sizeof ret_user->perms);
    *ret_session = (SessionInfo){ .role_label = "FS" };
    return true;
}

static bool owner_info(const void *data, Db *db, Arena *arena, int64_t owner, OwnerInfo *ret_owner,
                       GError **error)
{
    (void)data, (void)db, (void)arena, (void)owner, (void)error;
    *ret_owner = (OwnerInfo){ .name = "Prøve kommune", .language = "nb", .today = "2026-11-23" };
    return true;
}

static bool owner_of_host(const void *data, Db *db, const char *host, int64_t *ret_owner,
                          GError **error)
{
    (void)data, (void)db, (void)error;
    *ret_owner = !strcmp(host, "prove.example") ? 1 : 0;
    return true;
}

static Place *place_new(void)
{
    static const char *const rows[] = {
        "INSERT INTO eier (id, number, name, language, demo, created_at) "
        "VALUES (1, '9999', 'Prøve kommune', 'nb', 0, 1)",
        "INSERT INTO enhet (owner, id, kind, parent, origin) VALUES "
        "(1, 2, 'kommune', NULL, 'syntetisk'), (1, 1, 'skole', 2, 'syntetisk')",
        "INSERT INTO enhet_navn (owner, enhet, valid_from, name) VALUES "
        "(1, 2, '0001-01-01', 'Prøve kommune'), (1, 1, '0001-01-01', 'Bakken skole')",
        "INSERT INTO person (owner, id, name, origin, created_at) "
        "VALUES (1, 1, 'Åse', 'syntetisk', 1)",
    };
    const WebHooks hooks = { .session_user = session_user,
                             .owner_info = owner_info,
                             .owner_of_host = owner_of_host };
    Place *place = g_new0(Place, 1);

    place->db = test_db_new(app_migrations, app_n_migrations);
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        test_db_exec(place->db->db, rows[i], NULL);
    place->web = web_new(app_slices, &hooks, NULL);
    g_assert(place->web);
    return place;
}

/* "Name: value" into a pair; false when it is no header, which the server's library refuses. */
static bool read_header(Arena *arena, const char *line, Pair *ret)
{
    const char *colon = strchr(line, ':');

    if (!colon || colon == line)
        return false;
    *ret = (Pair){ arena_ndup(arena, line, (size_t)(colon - line)),
                   g_strchug(arena_dup(arena, colon + 1)) };
    return true;
}

static void ask(const Place *place, Arena *arena, char *text, bool signed_in)
{
    char *body = strstr(text, "\n\n");
    Pair headers[MAX_HEADERS + 1] = { { "Cookie", COOKIE_SESSION "=testsession0123456789" } };
    Incoming in = { .headers = headers,
                    .n_headers = signed_in ? 1 : 0,
                    .body = body ? body + 2 : "",
                    .body_size = body ? strlen(body + 2) : 0,
                    .client = "127.0.0.1",
                    .now = INT64_C(1795435200) * G_USEC_PER_SEC,
                    .id = "fuzz" };
    g_auto(Outgoing) out = { 0 };

    if (body)
        *body = '\0';
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    char *space = lines[0] ? strchr(lines[0], ' ') : NULL;
    char *mark;

    if (!space || space[1] != '/')
        return;
    *space = '\0';
    in.method = lines[0];
    in.path = space + 1;
    mark = strchr(space + 1, '?');
    in.query = mark ? mark + 1 : "";
    if (mark)
        *mark = '\0';
    for (char **line = lines + 1; *line && in.n_headers < MAX_HEADERS; line++)
        in.n_headers += read_header(arena, *line, &headers[in.n_headers]);
    web_dispatch(place->web, place->db->db, &in, &out);
    if (out.status == 500)
        g_printerr("%s %s?%s: %s\n", in.method, in.path, in.query, out.trouble);
    g_assert(out.status >= 200 && out.status < 500);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static Place *place; /* lint: state — made once for all inputs */
    g_autoptr(Arena) arena = arena_new();

    if (len == 0)
        return 0;
    if (!place)
        place = place_new();
    g_autofree char *text = g_strndup((const char *)bytes + 1, len - 1);

    ask(place, arena, text, bytes[0] % 2);
    return 0;
}
