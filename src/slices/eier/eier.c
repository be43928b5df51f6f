/* eier.c - owners: looked up, listed, added; and the one page that moves a demo owner's clock.
 *
 * The owner's date decides what "today" means for steps and deadlines; sessions, logs and TLS follow
 * the server's clock alone.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "eier.h"
#include "eier-sider.h"
#include "eier.sql.h"
#include "dato.html.h"
#include "colour.h"

#define EIER_FROM(row, arena)                                                                      \
    {                                                                                              \
        .id = (row).id, .number = arena_dup(arena, (row).number),                                  \
        .name = arena_dup(arena, (row).name), .language = i18n_lang((row).language),               \
        .demo = (row).demo != 0, .date = arena_dup(arena, (row).demo_date)                         \
    }

bool eier_get(Db *db, Arena *arena, int64_t id, Eier *ret, GError **error)
{
    g_auto(EierSelectRows) found = { 0 };

    if (!eier_select(db, id, &found, error))
        return false;
    if (found.n == 0)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no such owner");
    *ret = (Eier)EIER_FROM(found.v[0], arena);
    return true;
}

bool eier_get_number(Db *db, Arena *arena, const char *number, Eier *ret, GError **error)
{
    g_auto(EierSelectNumberRows) found = { 0 };

    if (!eier_select_number(db, number, &found, error))
        return false;
    if (found.n == 0)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no owner has the municipality number %s",
                        number);
    return eier_get(db, arena, found.v[0].id, ret, error);
}

bool eier_of_host(Db *db, const char *host, int64_t *ret_id, GError **error)
{
    g_auto(EierSelectHostRows) found = { 0 };

    if (!eier_select_host(db, host, &found, error))
        return false;
    *ret_id = found.n ? found.v[0].id : 0;
    return true;
}

bool eier_list(Db *db, Arena *arena, EierList *ret, GError **error)
{
    g_auto(EierSelectAllRows) found = { 0 };

    if (!eier_select_all(db, &found, error))
        return false;
    ret->v = arena_alloc(arena, MAX(found.n, 1) * sizeof(Eier));
    ret->n = found.n;
    for (size_t i = 0; i < found.n; i++)
        ret->v[i] = (Eier)EIER_FROM(found.v[i], arena);
    return true;
}

static bool number_valid(const char *number)
{
    return number && strlen(number) == 4 && strspn(number, "0123456789") == 4;
}

bool eier_add(Db *db, const Eier *eier, int64_t now, int64_t *ret_id, GError **error)
{
    int64_t id = id_new();

    if (!number_valid(eier->number))
        return app_fail(error, APP_ERROR_INVALID,
                        "a municipality number has four digits, not \"%s\"",
                        eier->number ? eier->number : "");
    if (eier->date && !date_valid(eier->date))
        return app_fail(error, APP_ERROR_INVALID, "\"%s\" is not a date, write YYYY-MM-DD",
                        eier->date);
    const EierInsertArgs args = {
        .id = id,
        .number = eier->number,
        .name = eier->name,
        .language = i18n_tag(eier->language),
        .demo = eier->demo,
        .demo_date = eier->date,
        .created_at = now,
    };
    if (!eier_insert(db, &args, error))
        return false;
    *ret_id = id;
    return true;
}

bool eier_set_date(Db *db, int64_t id, const char *date, GError **error)
{
    g_auto(EierUpdateDateRows) changed = { 0 };

    if (date && !date_valid(date))
        return app_fail(error, APP_ERROR_INVALID, "\"%s\" is not a date, write YYYY-MM-DD", date);
    if (!eier_update_date(db, id, date, &changed, error))
        return false;
    if (changed.n == 0)
        return app_fail(error, APP_ERROR_FORBIDDEN, "only a demo owner's date can be moved");
    return true;
}

bool eier_today(Db *db, Arena *arena, int64_t id, int64_t now, const char **ret_date,
                GError **error)
{
    Eier eier = { 0 };

    if (id != 0 && !eier_get(db, arena, id, &eier, error))
        return false;
    *ret_date = eier.date ? eier.date : arena_dup(arena, time_date(now, (char[DATE_TEXT]){ 0 }));
    return true;
}

bool eier_setting(Db *db, Arena *arena, const char *key, const char **ret, GError **error)
{
    g_auto(EierSettingSelectRows) found = { 0 };

    if (!eier_setting_select(db, key, &found, error))
        return false;
    *ret = found.n ? arena_dup(arena, found.v[0].value) : NULL;
    return true;
}

bool eier_setting_add(Db *db, const char *key, const char *value, GError **error)
{
    return eier_setting_insert(db, key, value, error);
}

/* --- the page that moves the clock --- */

enum { F_DATE, N_FIELDS };
static const Field fields[N_FIELDS] = {
    [F_DATE] = { "dato", FIELD_DATE, N_("The demo's date"),
                 .help = N_(
                     "Steps and deadlines follow this date. Leave it empty for the real date.") },
};

/* The page is a demo owner's; for others it is not there. */
static bool check_demo(Req *req, GError **error)
{
    Eier eier;

    return eier_get(req->db, req->arena, req->user->owner, &eier, error) &&
           (eier.demo || req_not_found(req, error));
}

static bool show_with(Req *req, int status, const Form *form)
{
    eier_dato(req_page(req, status, _("The demo's date")), form, url_for(req->arena, "/dato"));
    return true;
}

static bool show(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, fields, N_FIELDS);

    if (!check_demo(req, error))
        return false;
    form_set(&form, F_DATE, req->today);
    return show_with(req, 200, &form);
}

static bool store(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, fields, N_FIELDS);

    if (!check_demo(req, error))
        return false;
    if (!form_ok(&form))
        return show_with(req, 422, &form);
    if (!eier_set_date(req->db, req->user->owner, *form.value[F_DATE] ? form.value[F_DATE] : NULL,
                       error))
        return false;
    return req_redirect_saying(req, "/hjem", _("The date is moved."));
}

static const Route routes[] = {
    { "GET", "/dato", PERM_DATE_MOVE, show },
    { "POST", "/dato", PERM_DATE_MOVE, store },
    { "GET", "/farge/{farge}", PERM_PUBLIC, eier_send_colour },
    { "GET", "/innstillinger", PERM_USER, eier_show_settings },
    { "GET", "/innstillinger/kommune", PERM_OWNER_SETUP, eier_show_setup },
    { "POST", "/innstillinger/kommune", PERM_OWNER_SETUP, eier_post_setup },
    { 0 }
};

static const MenuItem menu[] = { { N_("Settings"), "/innstillinger", PERM_OWNER_SETUP, 900 },
                                 { 0 } };
static const MenuItem settings[] = { { N_("The municipality’s name, colour and language"),
                                       "/innstillinger/kommune", PERM_OWNER_SETUP, 10 },
                                     { 0 } };

const Slice eier_slice = { "eier", routes, menu, settings };

bool eier_option(Db *db, Arena *arena, int64_t owner, const char *key, const char **ret,
                 GError **error)
{
    g_auto(EierOptionSelectRows) rows = { 0 };

    if (!eier_option_select(db, owner, key, &rows, error))
        return false;
    *ret = rows.n ? arena_dup(arena, rows.v[0].value) : NULL;
    return true;
}

bool eier_option_set(Db *db, int64_t owner, const char *key, const char *value, GError **error)
{
    return value && *value ? eier_option_upsert(db, owner, key, value, error)
                           : eier_option_delete(db, owner, key, error);
}

bool eier_colour(Db *db, int64_t owner, uint32_t *ret, GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    const char *text;

    if (!eier_option(db, arena, owner, EIER_COLOUR, &text, error))
        return false;
    *ret = 0;
    colour_parse(text, ret);
    return true;
}
