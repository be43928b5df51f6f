/* sider-saksframlegg.c - case papers as pages and files: the list, one paper, writing, approving.
 *
 * Whoever may write sees every version; everybody else the approved one, from the day the case has gone
 * to the body. Source: offentleglova §§ 14 and 16.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "arkiv-sider.h"
#include "saksframlegg.html.h"

static const Field fields[N_PAPER + 1] = {
    [PAPER_TITLE] = { "tittel", FIELD_LINE, N_("Title"), .required = true, .max = 200 },
    [PAPER_HANDLER] = { "saksbehandler", FIELD_LINE, N_("Case officer (position)"), .max = 120,
                        .help = N_("The title of the position, not the name") },
    [PAPER_CASE] = { "arkivsak", FIELD_LINE, N_("Archive case"), .max = 40,
                     .help = N_("The number in the archive system, for example 2026/456") },
    [PAPER_CODE] = { "arkivkode", FIELD_LINE, N_("Archive code"), .max = 40 },
    [PAPER_RECOMMENDATION] = { "innstilling", FIELD_TEXT,
                               N_("The chief executive’s recommendation"), .max = 8000,
                               .help = N_("What the body is asked to decide, in numbered points") },
    [PAPER_ATTACHMENTS] = { "vedlegg", FIELD_TEXT, N_("Attachments"), .max = 4000,
                            .help = N_("One a line. The report itself is always the first") },
    [PAPER_FACTS] = { "saksopplysninger", FIELD_MARKDOWN, N_("Facts of the case"), .max = 60000 },
    [PAPER_ASSESSMENT] = { "vurdering", FIELD_MARKDOWN, N_("Assessment"), .max = 30000 },
    [PAPER_ECONOMY] = { "okonomi", FIELD_MARKDOWN, N_("Economic consequences"), .max = 10000,
                        .help = N_("Also say it when there are none") },
    [PAPER_CHILDREN] = { "barnas_beste", FIELD_MARKDOWN, N_("The best interests of the child"),
                         .max = 10000,
                         .help =
                             N_("What the case means for children, and how they have been heard "
                                "(Grunnlova § 104)") },
    [PAPER_CLIMATE] = { "klima", FIELD_MARKDOWN, N_("Climate, environment and universal design"),
                        .max = 10000, .help = N_("Left out of the paper when it is empty") },
    [PAPER_CONCLUSION] = { "konklusjon", FIELD_MARKDOWN, N_("Conclusion"), .max = 10000 },
    [N_PAPER] = { "sett", FIELD_HIDDEN, N_("Version"), .max = 12 },
};

enum { A_CONFIRM, A_SEEN, N_APPROVING };
static const Field approving[N_APPROVING] = {
    [A_CONFIRM] = { "bekreft", FIELD_CHECK,
                    N_("I have read the paper, and this is my recommendation"), .required = true },
    [A_SEEN] = { "lest", FIELD_HIDDEN, N_("Version"), .max = 12 },
};

typedef struct {
    Report report;
    int step;
    Step steps[6];
    PaperFile file;
} Room;

static bool load_step(Req *req, Room *room, int step, GError **error)
{
    room->step = step;
    return tilstandsrapport_steps(req->db, req->arena, room->report.owner, room->report.id,
                                  room->steps, error) &&
           arkiv_paper_file(req->db, req->arena, &room->report, step, &room->file, error);
}

/* The step is a word of the address: 3 or 4. */
static bool load(Req *req, Room *room, GError **error)
{
    const char *step = req_param(req, "steg");

    if (strcmp(step, "3") && strcmp(step, "4"))
        return req_not_found(req, error);
    return arkiv_open(req, &room->report, error) && load_step(req, room, *step - '0', error);
}

static bool may_write(const Req *req, const Room *room)
{
    return arkiv_may(req, &room->report, PERM_CASE_WRITE);
}

static const char *body_of(const Room *room)
{
    const Step *s = &room->steps[room->step - 1];

    return *s->body ? s->body : s->name;
}

static const char *state_of(Req *req, const Room *room)
{
    const PaperFile *f = &room->file;

    if (!f->newest)
        return _("Not begun.");
    if (f->sent && f->newest->approved_at)
        return arena_printf(req->arena, _("Approved %s, and sent to the body."),
                            arkiv_day(req, f->newest->approved_on));
    if (f->newest->approved_at)
        return arena_printf(req->arena, _("Approved %s. It is public when the case is sent."),
                            arkiv_day(req, f->newest->approved_on));
    return f->sent ? _("The case has been sent, but this paper is not approved.")
                   : _("Draft. Not approved.");
}

/* --- the list --- */

static bool add_paper(Req *req, Room *room, int step, PapersView *view, GError **error)
{
    if (!load_step(req, room, step, error))
        return false;
    const PaperFile *f = &room->file;
    bool writer = may_write(req, room);

    view->papers.v[view->papers.n++] =
        (PaperLine){ .body = body_of(room),
                     .state = writer || f->open ? state_of(req, room) : _("Not public yet."),
                     .day = arkiv_day(req, room->steps[step - 1].planned),
                     .readable = f->open || (writer && f->newest),
                     .writable = writer && !f->locked,
                     .exists = f->newest != NULL,
                     .read = arkiv_step_url(req, &room->report, step, ""),
                     .edit = arkiv_step_url(req, &room->report, step, "/rediger") };
    return true;
}

static bool add_excerpts(Req *req, const Report *report, PapersView *view, GError **error)
{
    bool own = arkiv_may(req, report, PERM_CASE_WRITE);
    DecisionList all;

    if (!arkiv_decisions(req->db, req->arena, report, &all, error))
        return false;
    view->excerpts.v = arena_alloc(req->arena, MAX(all.n, 1) * sizeof(ExcerptLine));
    for (size_t i = 0; i < all.n; i++) {
        const Decision *d = &all.v[i];
        Excerpt excerpt;
        char id[ID_TEXT];

        if (!arkiv_excerpt(req->db, req->arena, d, &excerpt, error))
            return false;
        bool ready = arkiv_excerpt_ready(&excerpt);

        view->excerpts.v[view->excerpts.n++] = (ExcerptLine){
            .body = *d->body ? d->body : d->event.action_name,
            .number = d->event.case_number,
            .day = arkiv_day(req, d->event.on),
            .state = ready ? arena_printf(req->arena, _("Certified %s"),
                                          arkiv_day(req, excerpt.certified_on))
                           : _("Not certified yet."),
            .readable = ready || own,
            .url =
                arkiv_url(req, report,
                          arena_printf(req->arena, "/saerutskrift/%s", id_text(d->event.id, id))),
        };
    }
    return true;
}

bool arkiv_show_papers(Req *req, GError **error)
{
    Room room;
    PapersView view = { .papers = { arena_alloc(req->arena, 2 * sizeof(PaperLine)), 0 } };

    if (!arkiv_open(req, &room.report, error) || !req_about(req, room.report.owner, error) ||
        !add_paper(req, &room, 3, &view, error) || !add_paper(req, &room, 4, &view, error) ||
        !add_excerpts(req, &room.report, &view, error))
        return false;
    view.title = room.report.title;
    view.lang = i18n_tag(room.report.language);
    view.up = arkiv_url(req, &room.report, "");
    view.archive = url_for(req->arena, "/arkiv/%I", room.report.id);
    view.sees_archive = arkiv_may(req, &room.report, PERM_ARCHIVE_READ);
    view.sees_report = room.report.published || arkiv_may(req, &room.report, PERM_REPORT_DRAFT);
    saksframlegg_liste(req_page(req, 200, _("Case papers")), &view);
    return true;
}

/* --- one paper --- */

/* ?versjon= is for those who write; without it they see the newest, others the open one. */
static const PaperVersion *pick(Req *req, const Room *room)
{
    const char *wanted = req_query(req, "versjon");

    if (!may_write(req, room))
        return room->file.open;
    for (size_t i = 0; wanted && i < room->file.versions.n; i++)
        if (room->file.versions.v[i].id == id_parse(wanted))
            return &room->file.versions.v[i];
    return wanted ? NULL : room->file.newest;
}

static bool load_paper(Req *req, Room *room, CasePaper *paper, GError **error)
{
    const PaperVersion *version;

    if (!load(req, room, error))
        return false;
    version = pick(req, room);
    if (!version)
        return req_not_found(req, error);
    return arkiv_case_paper(req->db, req->arena, &room->report, room->step, version, paper, error);
}

static Url version_url(Req *req, const Room *room, const PaperVersion *v, const char *rest)
{
    Url url = arkiv_step_url(req, &room->report, room->step, rest);
    char id[ID_TEXT];

    return v == room->file.newest || !may_write(req, room)
               ? url
               : url_with(req->arena, url, "versjon", id_text(v->id, id));
}

static void fill_versions(Req *req, const Room *room, const PaperVersion *shown, PaperView *view)
{
    const PaperVersions *all = &room->file.versions;

    if (!may_write(req, room))
        return;
    view->versions.v = arena_alloc(req->arena, MAX(all->n, 1) * sizeof(PaperVersionView));
    for (size_t i = all->n; i > 0; i--) {
        const PaperVersion *v = &all->v[i - 1];

        view->versions.v[view->versions.n++] =
            (PaperVersionView){ .nr = arena_printf(req->arena, "%d", v->nr),
                                .made = arkiv_day(req, v->made_on),
                                .by = arkiv_who(req, room->report.owner, v->made_by),
                                .approved = arkiv_day(req, v->approved_on),
                                .shown = v == shown,
                                .url = version_url(req, room, v, "") };
    }
}

static void fill_rights(Req *req, const Room *room, const CasePaper *paper, const Form *form,
                        PaperView *view)
{
    const PaperFile *f = &room->file;
    bool newest = paper->version == f->newest;
    bool approver = arkiv_may(req, &room->report, PERM_CASE_APPROVE) && newest;

    view->may_edit = may_write(req, room) && !f->locked && newest;
    view->may_reopen = approver && f->newest->approved_at && !f->locked && f->open != f->newest;
    if (!approver || f->newest->approved_at)
        return;
    view->approving = form;
    view->missing = arkiv_paper_missing(req->arena, &paper->paper);
}

typedef struct {
    int status;
    const Form *form; /* NULL: blank */
    const char *trouble;
} Retried;

static bool show_with(Req *req, const Room *room, const CasePaper *paper, const Retried *again)
{
    g_autoptr(Doc) doc = arkiv_paper_doc(req->arena, paper);
    g_auto(Form) blank = form_blank(req, approving, N_APPROVING);
    Lang lang = room->report.language;
    PaperView view = { .owner = paper->look.owner,
                       .title = paper->paper.text[PAPER_TITLE],
                       .heading = arena_printf(req->arena, "%s", body_of(room)),
                       .lang = i18n_tag(lang),
                       .language = lang,
                       .state = state_of(req, room),
                       .trouble = again->trouble,
                       .doc = doc,
                       .up = arkiv_url(req, &room->report, "/saksframlegg"),
                       .pdf = version_url(req, room, paper->version, "/pdf"),
                       .docx = version_url(req, room, paper->version, "/docx"),
                       .edit = arkiv_step_url(req, &room->report, room->step, "/rediger"),
                       .approve = arkiv_step_url(req, &room->report, room->step, "/godkjenn"),
                       .reopen = arkiv_step_url(req, &room->report, room->step, "/angre"),
                       .report = arkiv_url(req, &room->report, ""),
                       .csrf = req->csrf };

    form_set(&blank, A_SEEN, arena_printf(req->arena, "%d", paper->version->nr));
    fill_rights(req, room, paper, again->form ? again->form : &blank, &view);
    fill_versions(req, room, paper->version, &view);
    saksframlegg_vis(req_page(req, again->status, view.title), &view);
    return true;
}

bool arkiv_show_paper(Req *req, GError **error)
{
    CasePaper paper;
    Room room;

    return load_paper(req, &room, &paper, error) && req_about(req, room.report.owner, error) &&
           show_with(req, &room, &paper, &(Retried){ .status = 200 });
}

bool arkiv_send_paper(Req *req, GError **error)
{
    const char *form = strrchr(req->path, '/') + 1;
    CasePaper paper;
    Room room;

    if (!load_paper(req, &room, &paper, error))
        return false;
    if (paper.version != room.file.open &&
        !req_note_read(req, "eksport.saksframlegg", room.report.id, 0, room.report.title, error))
        return false;
    paper.look.base = *req_base(req) ? req_base(req) : NULL;
    g_autoptr(Doc) doc = arkiv_paper_doc(req->arena, &paper);

    return arkiv_send_doc(req, doc, room.report.language, form,
                          room.step == 3 ? "saksframlegg-formannskap" : "saksframlegg-kommunestyre",
                          error);
}

/* --- writing --- */

static bool open_writing(Req *req, Room *room, GError **error)
{
    if (!load(req, room, error))
        return false;
    if (!may_write(req, room))
        return req->user->owner == room->report.owner
                   ? app_fail(error, APP_ERROR_FORBIDDEN, "the role does not write case papers")
                   : req_not_found(req, error);
    return true;
}

static bool show_form(Req *req, const Room *room, const Retried *again, const char *note)
{
    PaperEditView view = { .title = room->report.title,
                           .lang = i18n_tag(room->report.language),
                           .heading =
                               arena_printf(req->arena, _("Case paper for %s"), body_of(room)),
                           .trouble = again->trouble,
                           .note = note,
                           .up = arkiv_url(req, &room->report, "/saksframlegg"),
                           .self = arkiv_step_url(req, &room->report, room->step, "/rediger"),
                           .form = again->form };

    saksframlegg_rediger(req_page(req, again->status, view.heading), &view);
    return true;
}

bool arkiv_show_edit(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, fields, N_PAPER + 1);
    Room room;
    Paper paper;
    bool found;

    if (!open_writing(req, &room, error))
        return false;
    if (room.file.locked)
        return req_redirect_saying(req, arkiv_step_url(req, &room.report, room.step, "").text,
                                   _("The case has gone to the body with this paper; it can no "
                                     "longer be changed."));
    found = room.file.newest ? arkiv_paper_read(req->db, req->arena, room.report.owner,
                                                room.file.newest->id, &paper, error)
                             : arkiv_paper_begin(req->db, req->arena, &room.report, room.step,
                                                 req->today, &paper, error);
    if (!found)
        return false;
    for (int i = 0; i < N_PAPER; i++)
        form_set(&form, i, paper.text[i]);
    form_set(&form, N_PAPER,
             arena_printf(req->arena, "%d", room.file.newest ? room.file.newest->nr : 0));
    return show_form(req, &room, &(Retried){ 200, &form, NULL },
                     room.file.newest ? NULL
                                      : _("The paper begins with what the report says. Nothing is "
                                          "stored before you store it."));
}

/* A number the page was drawn with; -1 for anything else. */
static int seen_of(const char *text)
{
    guint64 n;

    return g_ascii_string_to_unsigned(text, 10, 0, 999999, &n, NULL) ? (int)n : -1;
}

bool arkiv_post_edit(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, fields, N_PAPER + 1);
    g_autoptr(GError) why = NULL;
    Paper paper;
    Room room;

    if (!open_writing(req, &room, error))
        return false;
    if (!form_ok(&form))
        return show_form(req, &room, &(Retried){ 422, &form, NULL }, NULL);
    for (int i = 0; i < N_PAPER; i++)
        paper.text[i] = form.value[i];
    req_note(req, "saksframlegg.lagre", room.report.id, 0, NULL);
    if (arkiv_paper_store(req->db, &room.report, room.step, &paper, seen_of(form.value[N_PAPER]),
                          &(PaperAct){ req->user->id, req->now, req->today }, &why))
        return req_redirect_saying(req, arkiv_step_url(req, &room.report, room.step, "").text,
                                   _("The case paper is stored."));
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        return app_pass(error, &why);
    return show_form(req, &room, &(Retried){ 409, &form, arena_dup(req->arena, why->message) },
                     NULL);
}

/* --- approving --- */

bool arkiv_post_approve(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, approving, N_APPROVING);
    g_autoptr(GError) why = NULL;
    CasePaper paper;
    Room room;

    if (!load_paper(req, &room, &paper, error))
        return false;
    if (!arkiv_may(req, &room.report, PERM_CASE_APPROVE))
        return req_not_found(req, error);
    if (!form_ok(&form))
        return show_with(req, &room, &paper, &(Retried){ 422, &form, NULL });
    req_note(req, "saksframlegg.godkjenn", room.report.id, 0, NULL);
    if (arkiv_paper_approve(req->db, req->arena, &room.report, room.step,
                            seen_of(form.value[A_SEEN]),
                            &(PaperAct){ req->user->id, req->now, req->today }, &why))
        return req_redirect_saying(req, arkiv_step_url(req, &room.report, room.step, "").text,
                                   _("The recommendation is approved."));
    if (g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT) ||
        g_error_matches(why, APP_ERROR, APP_ERROR_INVALID))
        return show_with(req, &room, &paper,
                         &(Retried){ why->code == APP_ERROR_CONFLICT ? 409 : 422, NULL,
                                     arena_dup(req->arena, why->message) });
    return app_pass(error, &why);
}

bool arkiv_post_reopen(Req *req, GError **error)
{
    g_autoptr(GError) why = NULL;
    CasePaper paper;
    Room room;

    if (!load_paper(req, &room, &paper, error))
        return false;
    if (!arkiv_may(req, &room.report, PERM_CASE_APPROVE))
        return req_not_found(req, error);
    req_note(req, "saksframlegg.angre", room.report.id, 0, NULL);
    if (arkiv_paper_reopen(req->db, req->arena, &room.report, room.step, &why))
        return req_redirect_saying(req, arkiv_step_url(req, &room.report, room.step, "").text,
                                   _("The approval is taken back."));
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        return app_pass(error, &why);
    return show_with(req, &room, &paper,
                     &(Retried){ 409, NULL, arena_dup(req->arena, why->message) });
}
