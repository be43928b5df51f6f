/* sider-liste.c - the owner's reports with their progress, and the form that begins a new one.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sider-liste.h"
#include "eier.h"
#include "rapporter.html.h"

static bool card_of(Req *req, const Report *report, ReportCard *ret, GError **error)
{
    Step steps[6];
    int at = MIN(tilstandsrapport_steps_done(report->state) + 1, 6);

    if (!tilstandsrapport_steps(req->db, req->arena, report->owner, report->id, steps, error))
        return false;
    *ret = (ReportCard){ .title = report->title,
                         .lang = i18n_tag(report->language),
                         .state = tilstandsrapport_state_name(report->state),
                         .url = tilstandsrapport_url(req, report, ""),
                         .line = tilstandsrapport_line(req, report, steps),
                         .next = tilstandsrapport_next(req, report, steps) };
    ret->progress = report->state == STATE_AVSLUTTET
                        ? _("All six steps are done")
                        : arena_printf(req->arena, _("Step %d of 6: %s"), at, steps[at - 1].name);
    return true;
}

bool tilstandsrapport_show_list(Req *req, GError **error)
{
    ListView view = { .may_create = req_may(req, PERM_REPORT_CREATE) };
    ReportList all;

    if (!tilstandsrapport_list(req->db, req->arena, req->user->owner, &all, error))
        return false;
    view.cards.v = arena_alloc(req->arena, MAX(all.n, 1) * sizeof(ReportCard));
    for (size_t i = 0; i < all.n; i++) {
        if (!all.v[i].published && !req_may(req, PERM_REPORT_DRAFT))
            continue;
        if (!card_of(req, &all.v[i], &view.cards.v[view.cards.n++], error))
            return false;
    }
    rapport_liste(req_page(req, 200, _("Reports")), &view);
    return true;
}

/* --- a new one --- */

#define HALF_A_YEAR 183 /* days */

enum { F_YEAR, F_LANGUAGE, F_COUNCIL, N_FIELDS };
static const Field fields[N_FIELDS] = {
    [F_YEAR] = { "skolear", FIELD_CHOICE, N_("School year"), .required = true,
                 .help = N_("The school year the report is about") },
    [F_LANGUAGE] = { "sprakform", FIELD_RADIO, N_("Language of the report"), .required = true },
    [F_COUNCIL] = { "kommunestyre", FIELD_DATE, N_("Meeting of the municipal council"),
                    .required = true, .not_before = "today",
                    .help =
                        N_("The other steps are planned backwards and forwards from this day") },
};

static const Option languages[] = {
    { "nb", "Bokmål" }, { "nn", "Nynorsk" }, { "en", "English" }, { 0 }
};

/* From the next school year back to five years ago, newest first. */
static const Option *years(Req *req)
{
    enum { N_YEARS = 7 };
    Option *options = arena_alloc(req->arena, (N_YEARS + 1) * sizeof(Option));
    char text[DATE_TEXT];
    int first = 0;

    date_school_year(req->today, text);
    first = (int)g_ascii_strtoll(text, NULL, 10) + 1;
    for (int i = 0; i < N_YEARS; i++) {
        const char *year = arena_printf(req->arena, "%d/%02d", first - i, (first - i + 1) % 100);

        options[i] = (Option){ year, year };
    }
    return options;
}

static void give_options(Req *req, Form *form)
{
    form_options(form, F_YEAR, years(req));
    form_options(form, F_LANGUAGE, languages);
}

static bool new_with(Req *req, int status, const Form *form)
{
    rapport_ny(req_page(req, status, _("New report")), form);
    return true;
}

/* The school year that a report begun today is most likely about, as far as figures go: the running one
 * from February, and until then the one that ended in summer. */
static const char *reported_year(Req *req, char buf[DATE_TEXT])
{
    char back[DATE_TEXT];

    return date_school_year(date_add(req->today, -HALF_A_YEAR, back), buf);
}

bool tilstandsrapport_show_new(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, fields, N_FIELDS);
    char year[DATE_TEXT];
    Eier owner;

    if (!eier_get(req->db, req->arena, req->user->owner, &owner, error))
        return false;
    give_options(req, &form);
    form_set(&form, F_YEAR, reported_year(req, year));
    form_set(&form, F_LANGUAGE, i18n_tag(owner.language));
    return new_with(req, 200, &form);
}

/* The same form sent twice begins one report: the id of one of that year in which nothing is written. */
static bool find_begun(Req *req, const ReportNew *wanted, int64_t *ret, GError **error)
{
    ReportList all;

    *ret = 0;
    if (!tilstandsrapport_list(req->db, req->arena, req->user->owner, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const Report *r = &all.v[i];
        bool empty = false;

        if (strcmp(r->year, wanted->year) || r->language != wanted->language)
            continue;
        if (!tilstandsrapport_deletable(req->db, req->arena, r, &empty, error))
            return false;
        *ret = empty ? r->id : *ret;
    }
    return true;
}

bool tilstandsrapport_create(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, fields, N_FIELDS);
    g_autoptr(GError) why = NULL;
    int64_t id;

    give_options(req, &form);
    if (!form_ok(&form))
        return new_with(req, 422, &form);
    const ReportNew report = { .year = form.value[F_YEAR],
                               .language = i18n_lang(form.value[F_LANGUAGE]),
                               .council = form.value[F_COUNCIL],
                               .person = req->user->id,
                               .today = req->today,
                               .now = req->now };
    if (!find_begun(req, &report, &id, error))
        return false;
    if (id || tilstandsrapport_begin(req->db, req->user->owner, &report, &id, &why))
        return req_redirect_saying(req, url_for(req->arena, "/tilstandsrapport/%I", id).text,
                                   _("The report is started. Begin with the chapters."));
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_INVALID))
        return app_pass(error, &why);
    form.trouble = arena_dup(req->arena, why->message);
    return new_with(req, 422, &form);
}
