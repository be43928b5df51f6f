/* sider-saerutskrift.c - an excerpt of the minutes as page and file, and its certification.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "arkiv-sider.h"
#include "tilgang.h"
#include "saerutskrift.html.h"

enum { F_RECIPIENTS, F_OUTSIDE, F_CERTIFIER, F_DAY, F_CONFIRM, F_SEEN, N_FIELDS };
static const Field fields[N_FIELDS] = {
    [F_RECIPIENTS] = { "mottakere", FIELD_TEXT, N_("Sent to"), .required = true, .max = 4000,
                       .help = N_("Bodies, units and positions, one a line") },
    [F_OUTSIDE] = { "eksternt", FIELD_CHECK, N_("Somebody outside the municipality gets it"),
                    .help = N_("Then it is registered as an outgoing document") },
    [F_CERTIFIER] = { "bekrefter", FIELD_LINE, N_("Certified by (position)"), .max = 120,
                      .required = true },
    [F_DAY] = { "dato", FIELD_DATE, N_("Certified on"), .required = true, .not_after = "today" },
    [F_CONFIRM] = { "rett_utskrift", FIELD_CHECK,
                    N_("I have held the excerpt against the minutes, and it is right"),
                    .required = true },
    [F_SEEN] = { "sett", FIELD_HIDDEN, N_("Version"), .max = 20 },
};

typedef struct {
    Report report;
    Decision decision;
    Excerpt excerpt;
    PaperLook look;
    bool writer;
} Room;

static bool read_decision(Req *req, Room *room, int64_t event, GError **error)
{
    g_auto(ArkivSpeaking) speaking = arkiv_speak(room->report.language);

    return tilstandsrapport_decision(req->db, req->arena, room->report.owner, room->report.id,
                                     event, &room->decision, error);
}

/* Before it is certified, it is for those who make case papers, and for nobody else. */
static bool load(Req *req, Room *room, GError **error)
{
    int64_t event = req_id(req, "hendelse");

    if (!event)
        return req_not_found(req, error);
    if (!arkiv_open(req, &room->report, error) || !read_decision(req, room, event, error) ||
        !arkiv_excerpt(req->db, req->arena, &room->decision, &room->excerpt, error) ||
        !arkiv_look(req->db, req->arena, room->report.owner, &room->look, error))
        return false;
    room->writer = arkiv_may(req, &room->report, PERM_EXCERPT_WRITE);
    return arkiv_excerpt_ready(&room->excerpt) || room->writer ||
           arkiv_may(req, &room->report, PERM_CASE_WRITE) || req_not_found(req, error);
}

static Url self_url(Req *req, const Room *room, const char *rest)
{
    char id[ID_TEXT];

    return arkiv_url(
        req, &room->report,
        arena_printf(req->arena, "/saerutskrift/%s%s", id_text(room->decision.event.id, id), rest));
}

static void fill(Req *req, const Room *room, Form *form)
{
    const Excerpt *e = &room->excerpt;

    form_set(form, F_RECIPIENTS, e->recipients);
    form_set(form, F_OUTSIDE, e->outside ? "1" : "");
    form_set(form, F_CERTIFIER, *e->certifier ? e->certifier : tilgang_role_name("AR"));
    form_set(form, F_DAY, e->certified_on ? e->certified_on : req->today);
    form_set(form, F_SEEN, arena_printf(req->arena, "%" G_GINT64_FORMAT, e->version));
}

typedef struct {
    int status;
    const Form *form;
    const char *trouble;
} Retried;

static bool show_with(Req *req, const Room *room, const Retried *again)
{
    g_autoptr(Doc) doc =
        arkiv_excerpt_doc(req->arena, &room->decision, &room->excerpt, &room->look);
    g_auto(Form) blank = form_blank(req, fields, N_FIELDS);
    Lang lang = room->report.language;
    ExcerptView view = { .owner = room->look.owner,
                         .title = room->report.title,
                         .heading = *room->decision.body ? room->decision.body
                                                         : room->decision.event.action_name,
                         .lang = i18n_tag(lang),
                         .language = lang,
                         .trouble = again->trouble,
                         .doc = doc,
                         .up = arkiv_url(req, &room->report, "/saksframlegg"),
                         .pdf = self_url(req, room, "/pdf"),
                         .docx = self_url(req, room, "/docx"),
                         .self = self_url(req, room, ""),
                         .open = again->form || !arkiv_excerpt_ready(&room->excerpt) };

    fill(req, room, &blank);
    if (room->writer)
        view.form = again->form ? again->form : &blank;
    saerutskrift_vis(req_page(req, again->status, _("Excerpt of the minutes")), &view);
    return true;
}

bool arkiv_show_excerpt(Req *req, GError **error)
{
    Room room;

    return load(req, &room, error) && req_about(req, room.report.owner, error) &&
           show_with(req, &room, &(Retried){ .status = 200 });
}

bool arkiv_send_excerpt(Req *req, GError **error)
{
    const char *form = strrchr(req->path, '/') + 1;
    Room room;

    if (!load(req, &room, error))
        return false;
    room.look.base = *req_base(req) ? req_base(req) : NULL;
    g_autoptr(Doc) doc = arkiv_excerpt_doc(req->arena, &room.decision, &room.excerpt, &room.look);

    return arkiv_send_doc(req, doc, room.report.language, form,
                          room.decision.event.step == 3 ? "saerutskrift-formannskap"
                                                        : "saerutskrift-kommunestyre",
                          error);
}

bool arkiv_post_excerpt(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, fields, N_FIELDS);
    g_autoptr(GError) why = NULL;
    Room room;

    if (!load(req, &room, error))
        return false;
    if (!room.writer)
        return req->user->owner == room.report.owner
                   ? app_fail(error, APP_ERROR_FORBIDDEN, "the role does not certify excerpts")
                   : req_not_found(req, error);
    if (form_ok(&form) && strcmp(form.value[F_DAY], room.decision.event.on) < 0)
        form.problem[F_DAY] = _("It cannot be certified before the meeting.");
    if (!form_ok(&form))
        return show_with(req, &room, &(Retried){ 422, &form, NULL });
    const Excerpt excerpt = { .recipients = form.value[F_RECIPIENTS],
                              .outside = *form.value[F_OUTSIDE],
                              .certifier = form.value[F_CERTIFIER],
                              .certified_on = form.value[F_DAY],
                              .version = g_ascii_strtoll(form.value[F_SEEN], NULL, 10) };

    req_note(req, "saerutskrift.bekreft", room.report.id, 0, room.decision.event.case_number);
    if (arkiv_excerpt_store(req->db, room.report.owner, room.decision.event.id, &excerpt,
                            req->user->id, req->now, &why))
        return req_redirect_saying(req, self_url(req, &room, "").text,
                                   _("The excerpt is certified."));
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        return app_pass(error, &why);
    return show_with(req, &room, &(Retried){ 409, &form, arena_dup(req->arena, why->message) });
}
