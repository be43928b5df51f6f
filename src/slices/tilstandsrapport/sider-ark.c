/* sider-ark.c - the summary on one page, and the schools' sheets, as pages and as PDF.
 *
 * They follow the report: who may read an edition may read these of it. A school's own people may also
 * see its sheet with the internal figures of that school, where the role matrix lets them.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "ark.h"
#include "ark.html.h"
#include "enhet.h"
#include "innhold-ark.h"
#include "innhold-sprak.h"
#include "mal.h"

enum { MAX_AHEAD = 3 };

/* --- the summary --- */

/* The steps that are left, with the dates they are planned to. */
static bool find_ahead(Req *req, const Edition *e, Ahead ret[MAX_AHEAD], size_t *ret_n,
                       GError **error)
{
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(e->content.language);
    int done = tilstandsrapport_steps_done(e->report.state);
    Step steps[6];

    *ret_n = 0;
    if (e->report.state == STATE_AVVIST || e->report.state == STATE_AVSLUTTET)
        return true;
    if (!tilstandsrapport_steps(req->db, req->arena, e->report.owner, e->report.id, steps, error))
        return false;
    for (int i = done; i < 6 && *ret_n < MAX_AHEAD; i++)
        ret[(*ret_n)++] = (Ahead){ *steps[i].body ? arena_printf(req->arena, "%s (%s)",
                                                                 steps[i].name, steps[i].body)
                                                  : steps[i].name,
                                   tilstandsrapport_day(req, steps[i].planned) };
    return true;
}

typedef struct {
    Edition edition;
    Face face;
    Ahead ahead[MAX_AHEAD];
    size_t n_ahead;
} Summary;

static bool open_summary(Req *req, Summary *s, GError **error)
{
    return tilstandsrapport_edition(req, &s->edition, error) &&
           tilstandsrapport_file_face(req, &s->edition, &s->face, error) &&
           find_ahead(req, &s->edition, s->ahead, &s->n_ahead, error);
}

static const char *private_note(const Edition *e)
{
    return e->audience == AUDIENCE_INTERNAL
               ? _("This holds figures that are not public. Do not pass it on.")
               : NULL;
}

bool tilstandsrapport_show_summary(Req *req, GError **error)
{
    Summary s = { 0 };

    if (!open_summary(req, &s, error) || !req_about(req, s.edition.report.owner, error))
        return false;
    const Content *c = &s.edition.content;
    g_autoptr(Doc) doc = tilstandsrapport_summary_doc(c, &s.face, s.ahead, s.n_ahead, 0);
    SheetView view = { .owner = c->owner_name,
                       .title = doc_title(doc),
                       .lang = i18n_tag(c->language),
                       .language = c->language,
                       .note = private_note(&s.edition),
                       .doc = doc,
                       .pdf = tilstandsrapport_edition_url(req, &s.edition, "/kort/pdf"),
                       .report = tilstandsrapport_url(req, &s.edition.report, "") };

    ark_vis(req_page(req, 200, view.title), &view);
    if (!tilstandsrapport_is_private(&s.edition))
        req_cacheable(req);
    return true;
}

bool tilstandsrapport_send_summary(Req *req, GError **error)
{
    g_autoptr(GBytes) pdf = NULL;
    Summary s = { 0 };
    int terse;

    return open_summary(req, &s, error) &&
           tilstandsrapport_note_file(req, &s.edition, "pdf", error) &&
           tilstandsrapport_summary_pdf(&s.edition.content, &s.face, s.ahead, s.n_ahead, &pdf,
                                        &terse, error) &&
           tilstandsrapport_send_bytes(req, &s.edition, pdf,
                                       &(FileReply){ "-kort", "pdf", "application/pdf" });
}

/* --- the schools --- */

bool tilstandsrapport_show_schools(Req *req, GError **error)
{
    SheetSchools schools;
    Edition e;

    if (!tilstandsrapport_edition(req, &e, error) || !req_about(req, e.report.owner, error))
        return false;
    schools = tilstandsrapport_sheet_schools(req->arena, &e.content);
    SchoolsView view = { .owner = e.content.owner_name,
                         .title = e.content.title,
                         .lang = i18n_tag(e.content.language),
                         .all = tilstandsrapport_edition_url(req, &e, "/skoler/pdf"),
                         .report = tilstandsrapport_url(req, &e.report, ""),
                         .v = arena_alloc(req->arena, MAX(schools.n, 1) * sizeof(SchoolLine)),
                         .n = schools.n };

    for (size_t i = 0; i < schools.n; i++) {
        const char *rest = arena_printf(req->arena, "/skole/%s", schools.v[i].code);

        view.v[i] = (SchoolLine){ schools.v[i].name, tilstandsrapport_edition_url(req, &e, rest),
                                  tilstandsrapport_edition_url(
                                      req, &e, arena_printf(req->arena, "%s/pdf", rest)) };
    }
    ark_skoler(req_page(req, 200, _("A sheet for each school")), &view);
    if (!tilstandsrapport_is_private(&e))
        req_cacheable(req);
    return true;
}

static bool send_doc(Req *req, const Edition *e, const Doc *doc, const char *part, GError **error)
{
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(e->content.language);
    g_autoptr(GBytes) pdf = NULL;

    return doc_pdf(doc, &pdf, error) &&
           tilstandsrapport_send_bytes(req, e, pdf, &(FileReply){ part, "pdf", "application/pdf" });
}

bool tilstandsrapport_send_schools(Req *req, GError **error)
{
    SheetSchools schools;
    Edition e;
    Face face;

    if (!tilstandsrapport_edition(req, &e, error) ||
        !tilstandsrapport_note_file(req, &e, "pdf", error) ||
        !tilstandsrapport_file_face(req, &e, &face, error))
        return false;
    schools = tilstandsrapport_sheet_schools(req->arena, &e.content);
    if (!schools.n)
        return req_not_found(req, error);
    g_autoptr(Doc) doc = tilstandsrapport_sheet_doc(&e.content, NULL, &face, schools.v, schools.n);
    return send_doc(req, &e, doc, "-skoler", error);
}

typedef struct {
    Edition edition; /* of the public's figures */
    Content inside;  /* when internal */
    bool internal, may_internal;
    SheetSchool school;
    Face face;
} SchoolSheet;

/* Whether the asker may see this school's own, unsuppressed figures: by the role matrix, of this unit. */
static bool find_rights(Req *req, SchoolSheet *s, GError **error)
{
    const Report *r = &s->edition.report;
    int64_t unit = 0;

    if (!req->user || req->user->owner != r->owner || !req_may(req, PERM_INDICATOR_INTERN))
        return true;
    if (!enhet_find(req->db, r->owner, s->school.code, &unit, error))
        return false;
    s->may_internal = unit && req_may_unit(req, PERM_INDICATOR_INTERN, unit);
    return true;
}

/* The other audience's figures of the same version, in the same language. */
static bool read_inside(Req *req, SchoolSheet *s, GError **error)
{
    Edition *e = &s->edition;
    Content read;
    bool found = e->version
                     ? tilstandsrapport_load(req->db, req->arena, e->report.owner, e->version,
                                             AUDIENCE_INTERNAL, &read, NULL, error)
                     : tilstandsrapport_compose(req->db, req->arena, &e->report, AUDIENCE_INTERNAL,
                                                req->today, &read, error);

    return found && tilstandsrapport_turn(req->db, req->arena, &e->report, &read,
                                          e->content.language, &s->inside, error);
}

static bool pick_school(Req *req, SchoolSheet *s)
{
    SheetSchools all = tilstandsrapport_sheet_schools(req->arena, &s->edition.content);

    for (size_t i = 0; i < all.n; i++)
        if (!strcmp(all.v[i].code, req_param(req, "enhet"))) {
            s->school = all.v[i];
            return true;
        }
    return false;
}

/* ?skolens=1 asks for the school's own figures; ?for= is of the whole report. */
static bool open_school(Req *req, SchoolSheet *s, GError **error)
{
    s->internal = !g_strcmp0(req_query(req, "skolens"), "1");
    if (!tilstandsrapport_edition(req, &s->edition, error))
        return false;
    if (!pick_school(req, s))
        return req_not_found(req, error);
    if (!find_rights(req, s, error))
        return false;
    if (s->internal && !s->may_internal)
        return req_not_found(req, error);
    return tilstandsrapport_file_face(req, &s->edition, &s->face, error) &&
           (!s->internal || read_inside(req, s, error));
}

static Url school_url(Req *req, const SchoolSheet *s, const char *rest, bool internal)
{
    Url url = tilstandsrapport_edition_url(
        req, &s->edition, arena_printf(req->arena, "/skole/%s%s", s->school.code, rest));

    return internal ? url_with(req->arena, url, "skolens", "1") : url;
}

/* Written down whenever the school's own figures are shown or taken out. */
static bool note_school(Req *req, const SchoolSheet *s, const char *act, GError **error)
{
    return !s->internal || req_note_read(req, act, s->edition.report.id, 0, s->school.name, error);
}

bool tilstandsrapport_show_school(Req *req, GError **error)
{
    SchoolSheet s = { 0 };

    if (!open_school(req, &s, error) || !note_school(req, &s, "innsyn.skoleark", error) ||
        !req_about(req, s.edition.report.owner, error))
        return false;
    const Content *c = &s.edition.content;
    g_autoptr(Doc) doc =
        tilstandsrapport_sheet_doc(c, s.internal ? &s.inside : NULL, &s.face, &s.school, 1);
    SheetView view = { .owner = c->owner_name,
                       .title = s.school.name,
                       .subtitle = c->title,
                       .lang = i18n_tag(c->language),
                       .language = c->language,
                       .note = s.internal ? _("This holds figures that are not public. It is for "
                                              "the school’s own work.")
                                          : private_note(&s.edition),
                       .doc = doc,
                       .pdf = school_url(req, &s, "/pdf", s.internal),
                       .report = tilstandsrapport_url(req, &s.edition.report, ""),
                       .other = school_url(req, &s, "", !s.internal),
                       .other_text = !s.may_internal ? NULL
                                     : s.internal    ? _("Show what can be passed on")
                                                     : _("Show the school’s own figures") };

    ark_vis(req_page(req, 200, view.title), &view);
    if (!s.internal && !s.may_internal && !tilstandsrapport_is_private(&s.edition))
        req_cacheable(req);
    return true;
}

bool tilstandsrapport_send_school(Req *req, GError **error)
{
    SchoolSheet s = { 0 };

    if (!open_school(req, &s, error) || !note_school(req, &s, "eksport.skoleark", error) ||
        (!s.internal && !tilstandsrapport_note_file(req, &s.edition, "pdf", error)))
        return false;
    g_autoptr(Doc) doc = tilstandsrapport_sheet_doc(
        &s.edition.content, s.internal ? &s.inside : NULL, &s.face, &s.school, 1);
    Edition shown = s.edition;

    if (s.internal)
        shown.audience = AUDIENCE_INTERNAL; /* in the file's name, and no cache keeps it */
    return send_doc(req, &shown, doc, arena_printf(req->arena, "-skole-%s", s.school.code), error);
}
