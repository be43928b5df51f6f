/* rettelse-sider.c - the versions of a report for everyone, and the form that corrects one.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "rettelse-sider.h"
#include "rettelse.html.h"

enum { F_KIND, F_CHAPTER, F_WAS, F_NOW, F_CONFIRM, N_FIELDS };
static const Field fields[N_FIELDS] = {
    [F_KIND] = { "slag", FIELD_RADIO, N_("What is to be corrected"), .required = true },
    [F_CHAPTER] = { "kapittel", FIELD_CHOICE, N_("Chapter"),
                    .help = N_("Figures may concern several chapters: then choose none") },
    [F_WAS] = { "feil", FIELD_TEXT, N_("What was wrong"), .required = true, .max = 4000,
                .help = N_("Of a text: exactly the words that stand there") },
    [F_NOW] = { "rett", FIELD_TEXT, N_("What is right"), .required = true, .max = 4000,
                .help = N_("Of a text: the words that take their place") },
    [F_CONFIRM] = { "bekreft", FIELD_CHECK, N_("I have checked this, and it is to be public now"),
                    .required = true },
};

typedef struct {
    Report report;
    VersionList versions;
    CorrectionList corrections;
    StepEventList events;
    ChapterList chapters;
} Room;

static bool load(Req *req, Room *room, GError **error)
{
    return tilstandsrapport_open(req, &room->report, error) &&
           tilstandsrapport_readable_versions(req, &room->report, &room->versions, error) &&
           tilstandsrapport_corrections(req->db, req->arena, room->report.owner, room->report.id,
                                        &room->corrections, error) &&
           tilstandsrapport_events(req->db, req->arena, room->report.owner, room->report.id,
                                   &room->events, error) &&
           tilstandsrapport_chapters(req->db, req->arena, room->report.owner, room->report.id,
                                     &room->chapters, error);
}

static bool may_correct(const Req *req, const Room *room)
{
    return req->user && req->user->owner == room->report.owner &&
           tilstandsrapport_may_all(req, PERM_REPORT_CORRECT) && room->report.published &&
           !tilstandsrapport_writable(room->report.state);
}

static void give_options(Req *req, const Room *room, Form *form)
{
    Option *kinds = arena_alloc(req->arena, 3 * sizeof(Option));
    Option *chapters = arena_alloc(req->arena, (room->chapters.n + 1) * sizeof(Option));

    kinds[0] = (Option){ "tekst", _("Words in a text") };
    kinds[1] = (Option){ "tall", _("Figures: the right ones have been imported") };
    for (size_t i = 0; i < room->chapters.n; i++)
        chapters[i] = (Option){ arena_printf(req->arena, "%d", room->chapters.v[i].nr),
                                arena_printf(req->arena, "%d %s", room->chapters.v[i].nr,
                                             room->chapters.v[i].title) };
    form_options(form, F_KIND, kinds);
    form_options(form, F_CHAPTER, chapters);
}

static void fill_versions(Req *req, const Room *room, VersionsView *view)
{
    const VersionList *all = &room->versions;

    view->versions.v = arena_alloc(req->arena, MAX(all->n, 1) * sizeof(VersionView));
    for (size_t i = all->n; i > 0; i--) {
        const Version *v = &all->v[i - 1];
        char id[ID_TEXT], before[ID_TEXT];
        VersionView *to = &view->versions.v[view->versions.n++];

        *to = (VersionView){ .nr = arena_printf(req->arena, "%d", v->nr),
                             .made = tilstandsrapport_day(req, v->made_on),
                             .why = v->why,
                             .hash = v->sha256,
                             .holds = v->holds,
                             .voted = v->voted,
                             .has_changes = i > 1,
                             .url = tilstandsrapport_url(req, &room->report, "") };
        if (!v->holds)
            to->url = url_with(req->arena, to->url, "versjon", id_text(v->id, id));
        if (i > 1)
            to->changes = url_with(req->arena,
                                   url_with(req->arena,
                                            tilstandsrapport_url(req, &room->report, "/endringer"),
                                            "fra", id_text(all->v[i - 2].id, before)),
                                   "til", id_text(v->id, id));
    }
}

typedef struct {
    int status;
    const Form *form;
    const char *trouble, *kept;
} Retried;

/* The newest one says just this: the form was sent twice. */
static bool is_corrected(const Room *room, const CorrectionNew *c)
{
    if (room->corrections.n == 0)
        return false;
    const CorrectionNote *n = &room->corrections.v[room->corrections.n - 1].note;

    return n->figures == c->figures && !strcmp(n->was, c->was) && !strcmp(n->now, c->now) &&
           (c->figures || n->chapter == c->chapter) && !strcmp(n->day, c->today);
}

static bool show_with(Req *req, const Room *room, const Retried *again)
{
    const Report *r = &room->report;
    g_auto(Form) blank = form_blank(req, fields, N_FIELDS);
    char id[ID_TEXT];
    VersionsView view = { .title = r->title,
                          .lang = i18n_tag(r->language),
                          .trouble = again->trouble,
                          .kept = again->kept,
                          .status = tilstandsrapport_status(req->arena, r, &room->events),
                          .up = tilstandsrapport_url(req, r, ""),
                          .correct = tilstandsrapport_url(req, r, "/rettelse"),
                          .seen = arena_dup(req->arena, id_text(r->published, id)),
                          .open = again->form != NULL };

    fill_versions(req, room, &view);
    view.corrections.v =
        arena_alloc(req->arena, MAX(room->corrections.n, 1) * sizeof(CorrectionView));
    for (size_t i = 0; i < room->corrections.n; i++) {
        const CorrectionNote *n = &room->corrections.v[i].note;

        view.corrections.v[view.corrections.n++] =
            (CorrectionView){ tilstandsrapport_day(req, n->day), n->title, n->was, n->now,
                              n->figures };
    }
    give_options(req, room, &blank);
    form_set(&blank, F_KIND, "tekst");
    if (may_correct(req, room))
        view.form = again->form ? again->form : &blank;
    rettelse_vis(req_page(req, again->status, _("Versions and corrections")), &view);
    return true;
}

bool tilstandsrapport_show_versions(Req *req, GError **error)
{
    Room room;

    return load(req, &room, error) && show_with(req, &room, &(Retried){ .status = 200 });
}

bool tilstandsrapport_post_correction(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, fields, N_FIELDS);
    const char *seen = req_posted(req, "sett");
    g_autoptr(GError) why = NULL;
    Retried again = { .status = 422, .form = &form };
    Room room;

    if (!load(req, &room, error))
        return false;
    if (req->user->owner != room.report.owner)
        return req_not_found(req, error);
    if (!tilstandsrapport_may_all(req, PERM_REPORT_CORRECT))
        return app_fail(error, APP_ERROR_FORBIDDEN, "the role does not correct reports");
    give_options(req, &room, &form);
    if (!form_ok(&form))
        return show_with(req, &room, &again);
    const CorrectionNew correction = { .figures = !strcmp(form.value[F_KIND], "tall"),
                                       .chapter =
                                           (int)g_ascii_strtoll(form.value[F_CHAPTER], NULL, 10),
                                       .was = form.value[F_WAS],
                                       .now = form.value[F_NOW],
                                       .seen = seen ? id_parse(seen) : 0,
                                       .person = req->user->id,
                                       .today = req->today,
                                       .at = req->now };

    req_note(req, "rapport.rettelse", room.report.id, 0, NULL);
    if ((correction.seen != room.report.published && is_corrected(&room, &correction)) ||
        tilstandsrapport_correct(req->db, room.report.owner, room.report.id, &correction, &why))
        return req_redirect_saying(req, tilstandsrapport_url(req, &room.report, "/versjoner").text,
                                   _("The correction is published."));
    if (g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT)) {
        again.status = 409;
        again.trouble = arena_dup(req->arena, why->message);
        again.kept = arena_printf(req->arena, "%s\n→ %s", correction.was, correction.now);
    } else if (!g_error_matches(why, APP_ERROR, APP_ERROR_INVALID)) {
        return app_pass(error, &why);
    } else {
        form.trouble = arena_dup(req->arena, why->message);
    }
    return show_with(req, &room, &again);
}
