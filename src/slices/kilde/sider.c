/* sider.c - the pages of the sources: how they are, what came, what waits for a yes, and how they are set up.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>
#include "eier.h"
#include "fetch.h"
#include "indikator.h"
#include "kilde-inside.h"
#include "kilder.html.h"
#include "sider.sql.h"

#define SHOWN_ANSWERS 24
#define CONFIRM "sikker"

enum { F_NAME, F_URL, F_BODY, F_KIND, F_HOURS, F_STRAIGHT, F_ACTIVE, N_FIELDS };
static const Field fields[N_FIELDS] = {
    [F_NAME] = { "navn", FIELD_LINE, N_("Name"), .required = true, .max = 120 },
    [F_URL] = { "adresse", FIELD_LINE, N_("Address"), .required = true, .max = 2000,
                .help = N_("With https://. {dato}, {aar} and {fjoraar} become today’s date, this "
                           "year and last year each time it is asked.") },
    [F_BODY] = { "sporring", FIELD_TEXT, N_("Query"), .max = 8000,
                 .help = N_("JSON that is sent along, for the sources that want it. Empty: the "
                            "address says it all.") },
    [F_KIND] = { "slag", FIELD_RADIO, N_("Kind of answer"), .required = true },
    [F_HOURS] = { "timer", FIELD_INT, N_("Hours between each time"), .required = true, .low = 1,
                  .high = 8760, .help = N_("24 is every day, 168 every week, 720 every month") },
    [F_STRAIGHT] = { "rett", FIELD_CHECK, N_("Import without asking me"),
                     .help = N_("Else each new answer waits until somebody has seen what it would "
                                "change and said yes.") },
    [F_ACTIVE] = { "paa", FIELD_CHECK, N_("Fetch by itself") },
};

/* --- the form --- */

static void set_options(Form *form)
{
    static const Option kinds[] = {
        { "json", "JSON" }, { "csv", "CSV" }, { "px", "PX" }, { "xlsx", "Excel" }, { NULL }
    };

    form_options(form, F_KIND, kinds);
}

static void fill_form(Form *form, const Kilde *k)
{
    set_options(form);
    form_set(form, F_NAME, k->name);
    form_set(form, F_URL, k->url);
    form_set(form, F_BODY, k->body);
    form_set(form, F_KIND, k->kind);
    form_set(form, F_HOURS, arena_printf(form->req->arena, "%d", (int)k->hours));
    form_set(form, F_STRAIGHT, k->straight ? "1" : "");
    form_set(form, F_ACTIVE, k->active ? "1" : "");
}

/* A name that another source has, and an address that could never be asked. */
static bool check_form(Req *req, Form *form, int64_t id, int64_t *ret_same, GError **error)
{
    g_auto(KildeNamedRows) rows = { 0 };
    g_autofree char *origin = fetch_origin(form->value[F_URL]);

    set_options(form);
    *ret_same = 0;
    if (!form->problem[F_URL] && !origin)
        form->problem[F_URL] = _("Write a whole address that begins with https://");
    if (!kilde_named(req->db, form->value[F_NAME], &rows, error))
        return false;
    if (rows.n && rows.v[0].id != id) {
        *ret_same = !strcmp(rows.v[0].url, form->value[F_URL]) &&
                            !strcmp(rows.v[0].body, form->value[F_BODY])
                        ? rows.v[0].id
                        : 0;
        form->problem[F_NAME] = _("There is a source of that name already");
    }
    return true;
}

/* --- what is shown --- */

static const char *when_text(Req *req, int64_t at)
{
    char text[DATE_TEXT];

    return at ? arena_dup(req->arena, time_text(at, text)) : "";
}

static const char *size_text(Req *req, int64_t size)
{
    char text[NUM_TEXT];

    return arena_printf(req->arena, "%s kB",
                        num_text((double)MAX((size + 999) / 1000, 1), 0, text));
}

static bool fill_answers(Req *req, const Kilde *k, KildeLine *line, GError **error)
{
    g_auto(KildeAnswersRows) rows = { 0 };
    g_auto(KildeAnswersCountRows) counts = { 0 };
    int64_t dataset = 0;

    if (!kilde_answers(req->db, k->id, 1, &rows, error) ||
        !kilde_answers_count(req->db, k->id, &counts, error))
        return false;
    line->answers =
        arena_printf(req->arena, ngettext("%d answer stored", "%d answers stored", counts.v[0].n),
                     (int)counts.v[0].n);
    if (rows.n == 0)
        return true;
    const KildeAnswersRow *r = &rows.v[0];

    line->size = size_text(req, r->size);
    line->waits = !strcmp(r->state, "venter") || !strcmp(r->state, "ny_form");
    if (r->kept)
        line->newest = url_for(req->arena, "/kilder/%I/svar/%I", k->id, r->id);
    if (!indikator_public_dataset(req->db, r->sha256, &dataset, error))
        return false;
    line->waits = line->waits && !dataset;
    if (dataset)
        line->dataset = url_for(req->arena, "/import/historikk/%I", dataset);
    return true;
}

static void fill_state(const Kilde *k, KildeLine *line)
{
    line->state = !k->active       ? _("turned off")
                  : line->troubled ? _("in trouble")
                  : line->waits    ? _("waits for a yes")
                  : !k->last_ok_at ? _("not asked yet")
                                   : _("fine");
    line->colour = !k->active       ? "neutral"
                   : line->troubled ? "danger"
                   : line->waits    ? "warning"
                   : k->last_ok_at  ? "success"
                                    : "neutral";
}

bool kilde_fill_line(Req *req, const Kilde *k, KildeLine *line, GError **error)
{
    bool import = !strcmp(k->trouble, "import");

    *line = (KildeLine){
        .name = k->name,
        .url = url_for(req->arena, "/kilder/%I", k->id),
        .ask = url_for(req->arena, "/kilder/%I/hent", k->id),
        .last_ok = when_text(req, k->last_ok_at),
        .next = k->active && fetch_defaults()->on ? when_text(req, MAX(k->due_at, req->now)) : "",
        .trouble = !*k->trouble ? ""
                   : import     ? _("What came could not be imported.")
                                : fetch_trouble_text(fetch_trouble_of(k->trouble)),
        .trouble_when = when_text(req, k->trouble_at),
        .words = k->words,
        .size = "",
        .troubled = k->failures > 0,
        .may_ask = fetch_defaults()->on,
    };
    if (!fill_answers(req, k, line, error))
        return false;
    fill_state(k, line);
    return true;
}

static void fill_known(Req *req, KjentLines *known)
{
    *known = (KjentLines){ arena_alloc(req->arena, 40 * sizeof(KjentLine)), 0 };
    for (const KjentKilde *k = kilde_known; k->code; k++) {
        g_autoptr(GUri) uri =
            g_uri_parse(k->url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL);

        known->v[known->n++] =
            (KjentLine){ _(k->name), _(k->about),
                         arena_dup(req->arena, uri ? g_uri_get_host(uri) : ""),
                         url_with(req->arena, url_for(req->arena, "/kilder/ny"), "fra", k->code) };
    }
}

bool kilde_show_all(Req *req, GError **error)
{
    KilderView view = { .csrf = req->csrf, .on = fetch_defaults()->on };
    KildeInfos all;

    if (!kilde_infos(req->db, req->arena, &all, error))
        return false;
    view.lines.v = arena_alloc(req->arena, MAX(all.n, 1) * sizeof(KildeLine));
    for (size_t i = 0; i < all.n; i++) {
        Kilde k;

        if (!kilde_get(req->db, req->arena, all.v[i].id, &k, error) ||
            !kilde_fill_line(req, &k, &view.lines.v[view.lines.n++], error))
            return false;
    }
    fill_known(req, &view.known);
    kilder_alle(req_page(req, 200, _("Sources on the net")), &view);
    return true;
}

/* --- one --- */

static const char *state_text(const char *state)
{
    static const struct {
        const char *code, *text;
    } all[] = { { "venter", N_("waits for a yes") },
                { "ny_form", N_("another structure") },
                { "avvist", N_("could not be imported") },
                { "droppet", N_("not imported") } };

    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        if (!strcmp(state, all[i].code))
            return _(all[i].text);
    return _("imported");
}

static bool fill_answer(Req *req, const Kilde *k, const KildeAnswersRow *r, SvarLine *line,
                        GError **error)
{
    int64_t dataset = 0;

    if (!indikator_public_dataset(req->db, r->sha256, &dataset, error))
        return false;
    *line = (SvarLine){ .when = when_text(req, r->fetched_at),
                        .state = state_text(dataset ? "lagret" : r->state),
                        .size = size_text(req, r->size),
                        .sha256 = arena_dup(req->arena, r->sha256),
                        .note = arena_dup(req->arena, r->note),
                        .headers = arena_dup(req->arena, r->headers),
                        .url = arena_dup(req->arena, r->url),
                        .kept = r->kept != 0 };
    line->new_structure = !dataset && line->kept && !strcmp(r->state, "ny_form");
    g_autofree char *differs =
        line->new_structure
            ? kilde_structure_differs(k->structure ? k->structure : "", r->structure)
            : NULL;

    if (differs)
        line->note = arena_dup(req->arena, differs);
    line->waits =
        !dataset && line->kept && (!strcmp(r->state, "venter") || !strcmp(r->state, "avvist"));
    line->colour = dataset ? "success" : line->waits || line->new_structure ? "warning" : "neutral";
    line->file = url_for(req->arena, "/kilder/%I/svar/%I", k->id, r->id);
    line->action = line->file;
    if (dataset)
        line->dataset = url_for(req->arena, "/import/historikk/%I", dataset);
    return true;
}

bool kilde_show_with(Req *req, int status, const Kilde *k, const Form *form,
                     const char *remove_problem, GError **error)
{
    KildeView view = { .csrf = req->csrf,
                       .name = k->name,
                       .on = fetch_defaults()->on,
                       .fresh = k->id == 0,
                       .form = form,
                       .action = url_for(req->arena, "/kilder/ny"),
                       .remove_problem = remove_problem };
    g_auto(KildeAnswersRows) rows = { 0 };

    if (!view.fresh) {
        view.action = url_for(req->arena, "/kilder/%I", k->id);
        view.remove = url_for(req->arena, "/kilder/%I/slett", k->id);
        if (!kilde_fill_line(req, k, &view.about, error) ||
            !kilde_answers(req->db, k->id, SHOWN_ANSWERS, &rows, error))
            return false;
    }
    view.answers.v = arena_alloc(req->arena, MAX(rows.n, 1) * sizeof(SvarLine));
    for (size_t i = 0; i < rows.n; i++)
        if (!fill_answer(req, k, &rows.v[i], &view.answers.v[view.answers.n++], error))
            return false;
    kilder_en(req_page(req, status, view.fresh ? _("A new source") : k->name), &view);
    return true;
}

bool kilde_show_one(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, fields, N_FIELDS);
    Kilde k;

    if (!kilde_get(req->db, req->arena, req_id(req, "id"), &k, error))
        return false;
    fill_form(&form, &k);
    form_mark(&form);
    return kilde_show_with(req, 200, &k, &form, NULL, error);
}

/* --- setting up --- */

static const char *for_municipality(Req *req, const char *pattern, const char *number)
{
    g_autoptr(GString) text = g_string_new(pattern);

    g_string_replace(text, "{kommune}", number, 0);
    return arena_dup(req->arena, text->str);
}

bool kilde_show_new(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, fields, N_FIELDS);
    const char *code = req_query(req, "fra");
    Kilde k = { .kind = "json", .hours = 168, .active = true, .name = "", .url = "", .body = "" };
    Eier eier;

    if (!eier_get(req->db, req->arena, req->user->owner, &eier, error))
        return false;
    for (const KjentKilde *known = kilde_known; code && known->code; known++)
        if (!strcmp(known->code, code)) {
            k.name = _(known->name);
            k.url = for_municipality(req, known->url, eier.number);
            k.body = for_municipality(req, known->body, eier.number);
            k.kind = known->kind;
            k.hours = known->hours;
        }
    fill_form(&form, &k);
    return kilde_show_with(req, 200, &k, &form, NULL, error);
}

bool kilde_store_new(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, fields, N_FIELDS);
    const Kilde none = { .name = "" };
    int64_t id = id_new(), same;

    if (!check_form(req, &form, 0, &same, error))
        return false;
    if (same) /* sent twice */
        return req_redirect(req, url_for(req->arena, "/kilder/%I", same).text);
    if (!form_ok(&form))
        return kilde_show_with(req, 422, &none, &form, NULL, error);
    const KildeInsertArgs args = { .id = id,
                                   .name = form.value[F_NAME],
                                   .url = form.value[F_URL],
                                   .body = form.value[F_BODY],
                                   .kind = form.value[F_KIND],
                                   .hours = form_int(&form, F_HOURS),
                                   .straight = *form.value[F_STRAIGHT] != '\0',
                                   .active = *form.value[F_ACTIVE] != '\0',
                                   .now = req->now };

    req_note(req, "kilde.ny", id, 0, form.value[F_NAME]);
    if (!kilde_insert(req->db, &args, error))
        return false;
    return req_redirect_saying(req, url_for(req->arena, "/kilder/%I", id).text,
                               _("The source is stored."));
}

typedef struct {
    Req *req;
    Form *form;
    int64_t id;
    bool stale;
} Storing;

static bool store_work(Db *db, void *arg, GError **error)
{
    Storing *s = arg;
    g_auto(Form) now = form_blank(s->req, fields, N_FIELDS);
    Kilde k;

    if (!kilde_get(db, s->req->arena, s->id, &k, error))
        return false;
    fill_form(&now, &k);
    s->stale = form_stale(s->form, &now);
    if (s->stale)
        return true;
    const KildeUpdateArgs args = { .id = s->id,
                                   .name = s->form->value[F_NAME],
                                   .url = s->form->value[F_URL],
                                   .body = s->form->value[F_BODY],
                                   .kind = s->form->value[F_KIND],
                                   .hours = form_int(s->form, F_HOURS),
                                   .straight = *s->form->value[F_STRAIGHT] != '\0',
                                   .active = *s->form->value[F_ACTIVE] != '\0' };

    return kilde_update(db, &args, error);
}

bool kilde_store_one(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, fields, N_FIELDS);
    Storing s = { req, &form, req_id(req, "id"), false };
    int64_t same;
    Kilde k;

    if (!kilde_get(req->db, req->arena, s.id, &k, error) ||
        !check_form(req, &form, s.id, &same, error))
        return false;
    if (!form_ok(&form))
        return kilde_show_with(req, 422, &k, &form, NULL, error);
    req_note(req, "kilde.endret", s.id, 0, form.value[F_NAME]);
    if (!db_transaction(req->db, store_work, &s, error))
        return false;
    if (s.stale)
        return kilde_show_with(req, 409, &k, &form, NULL, error);
    return req_redirect_saying(req, url_for(req->arena, "/kilder/%I", s.id).text,
                               _("The source is stored."));
}

bool kilde_remove(Req *req, GError **error)
{
    const char *sure = req_posted(req, CONFIRM);
    g_auto(Form) form = form_blank(req, fields, N_FIELDS);
    Kilde k;

    if (!kilde_get(req->db, req->arena, req_id(req, "id"), &k, error))
        return false;
    if (!sure || strcmp(sure, "1")) {
        fill_form(&form, &k);
        form_mark(&form);
        return kilde_show_with(req, 422, &k, &form, _("Tick that you are sure"), error);
    }
    req_note(req, "kilde.slettet", k.id, 0, k.name);
    if (!kilde_delete(req->db, k.id, error))
        return false;
    return req_redirect_saying(req, "/kilder",
                               _("The source is removed. What was imported from it stays."));
}
