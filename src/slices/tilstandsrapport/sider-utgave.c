/* sider-utgave.c - which edition of a report an asker gets: a frozen one, or what is being written.
 *
 * Page, PDF and figures all ask here, so none of them can show what the others may not.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "innhold-sprak.h"
#include "mal.h"
#include "tilstandsrapport-sider.h"

bool tilstandsrapport_was_public(const Report *report, const StepEventList *events, int64_t version)
{
    if (version && version == report->published)
        return true;
    for (size_t i = 0; i < events->n; i++) {
        const StepEvent *e = &events->v[i];

        if (version && e->version == version && !e->withdrawn && e->from >= STATE_SENDT_FORMANNSKAP)
            return true;
    }
    return false;
}

/* A body has had it on its table; those who write may read it again. */
static bool is_version_of(const StepEventList *events, int64_t version)
{
    for (size_t i = 0; i < events->n; i++)
        if (version && events->v[i].version == version)
            return true;
    return false;
}

/* The version asked for by ?versjon=, else the published one. */
static bool pick_version(Req *req, Edition *e, GError **error)
{
    const char *wish = req_query(req, "versjon");
    StepEventList events;

    e->version = e->report.published;
    if (!wish)
        return true;
    e->version = id_parse(wish);
    e->chosen = true;
    if (!tilstandsrapport_events(req->db, req->arena, e->report.owner, e->report.id, &events,
                                 error))
        return false;
    return tilstandsrapport_was_public(&e->report, &events, e->version) ||
           (tilstandsrapport_sees_draft(req, &e->report) && is_version_of(&events, e->version)) ||
           req_not_found(req, error);
}

/* ?for= shows what is being written: to those who may, for the audience they may see. */
static bool pick_audience(Req *req, Edition *e, GError **error)
{
    const char *wish = req_query(req, "for");
    bool intern = !g_strcmp0(wish, "intern"), open = !g_strcmp0(wish, "offentlig");

    e->audience = intern ? AUDIENCE_INTERNAL : AUDIENCE_PUBLIC;
    if (!wish)
        return true;
    if (!intern && !open)
        return req_not_found(req, error);
    if (intern ? !tilstandsrapport_sees_internal(req, &e->report)
               : !tilstandsrapport_sees_draft(req, &e->report))
        return req_not_found(req, error);
    if (tilstandsrapport_writable(e->report.state) && !e->chosen)
        e->version = 0;
    return true;
}

/* ?sprak=nn: what the program words, in the other language form. */
static bool turn(Req *req, Edition *e, GError **error)
{
    const char *wish = req_query(req, "sprak");
    Lang to = i18n_lang(wish);

    if (wish && strcmp(wish, i18n_tag(to)))
        return req_not_found(req, error);
    if (!wish || to == e->content.language)
        return true;
    e->turned = true;
    e->report.language = to;
    return tilstandsrapport_turn(req->db, req->arena, &e->report, &e->content, to, &e->content,
                                 error);
}

bool tilstandsrapport_edition(Req *req, Edition *ret, GError **error)
{
    *ret = (Edition){ 0 };
    if (!tilstandsrapport_open(req, &ret->report, error) || !pick_version(req, ret, error) ||
        !pick_audience(req, ret, error))
        return false;
    if (ret->version ? !tilstandsrapport_load(req->db, req->arena, ret->report.owner, ret->version,
                                              ret->audience, &ret->content, NULL, error)
                     : !tilstandsrapport_compose(req->db, req->arena, &ret->report, ret->audience,
                                                 req->today, &ret->content, error))
        return false;
    return turn(req, ret, error);
}

void tilstandsrapport_draw(Html *html, const Doc *doc, Lang lang)
{
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(lang);

    html_doc(html, doc);
}

/* "Eide kommune" -> "eide", "Ørsta kommune" -> "orsta": the part of a file name. */
static char *slug_of(const char *name)
{
    g_autofree char *low = g_utf8_strdown(name, -1);
    g_autofree char *short_name = g_strndup(low, strcspn(low, " "));
    GString *out = g_string_new(NULL);

    for (const char *p = short_name; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (c < 128 && g_ascii_isalnum((char)c))
            g_string_append_c(out, (char)c);
        else if (c == 0xe6)
            g_string_append(out, "ae");
        else if (c == 0xf8)
            g_string_append(out, "o");
        else if (c == 0xe5)
            g_string_append(out, "a");
        else if (c == '-')
            g_string_append_c(out, '-');
    }
    return g_string_free(out, FALSE);
}

const char *tilstandsrapport_filename(Arena *arena, const Content *content, const char *ending)
{
    g_autofree char *slug = slug_of(content->owner_name);
    g_autofree char *year = g_strdelimit(g_strdup(content->year), "/", '-');

    return arena_printf(arena, "tilstandsrapport-%s-%s%s", slug, year, ending);
}
