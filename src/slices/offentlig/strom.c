/* strom.c - the published reports as feeds: Atom (RFC 4287) and JSON Feed 1.1, of all owners or of one.
 *
 * A report's id in a feed never changes, whatever address the installation gets: a name-based UUID of
 * its own id. It is updated when a body has acted on it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include "eier.h"
#include "offentlig-sider.h"
#include "tilstandsrapport.h"

typedef struct {
    const Report *report;
    const char *owner, *id, *url, *summary;
    const char *published, *updated; /* RFC 3339 */
    const char *cases;               /* "PS 45/13, KO 12/13"; "" */
} Entry;

typedef struct {
    Req *req;
    int64_t owner;           /* 0: of all */
    const char *name, *self; /* whose, and the path of the feed without its ending */
    EierList owners;
    Entry *v;
    size_t n;
    const char *updated;
} Feed;

/* RFC 4122, 4.3: a UUID of a name, version 5, in the name space of this program. */
static const char *urn(Arena *arena, const char *kind, const char *name)
{
    g_autofree char *text = g_strdup_printf("no.oppvekst:%s:%s", kind, name);
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA1, text, -1);
    static const char variants[] = "89ab";

    return arena_printf(arena, "urn:uuid:%.8s-%.4s-5%.3s-%c%.3s-%.12s", sum, sum + 8, sum + 13,
                        variants[g_ascii_xdigit_value(sum[16]) & 3], sum + 17, sum + 20);
}

static const char *moment(Arena *arena, int64_t micros)
{
    g_autoptr(GDateTime) when = g_date_time_new_from_unix_utc(micros / G_USEC_PER_SEC);
    g_autofree char *text = when ? g_date_time_format(when, "%Y-%m-%dT%H:%M:%SZ") : NULL;

    return arena_dup(arena, text ? text : "2020-01-01T00:00:00Z");
}

/* --- gathering --- */

static const char *owner_name(const Feed *feed, int64_t id)
{
    for (size_t i = 0; i < feed->owners.n; i++)
        if (feed->owners.v[i].id == id)
            return feed->owners.v[i].name;
    return "";
}

/* When it last changed for a reader: what a body has said, or that it came. */
static bool find_events(Feed *feed, Entry *entry, GError **error)
{
    Arena *arena = feed->req->arena;
    StepEventList events;
    int64_t newest = 0;

    entry->cases = "";
    if (!tilstandsrapport_events(feed->req->db, arena, entry->report->owner, entry->report->id,
                                 &events, error))
        return false;
    for (size_t i = 0; i < events.n; i++) {
        const StepEvent *e = &events.v[i];

        if (e->withdrawn)
            continue;
        newest = MAX(newest, e->recorded_at);
        if (*e->case_number)
            entry->cases = arena_printf(arena, "%s%s%s", entry->cases, *entry->cases ? ", " : "",
                                        e->case_number);
    }
    entry->updated = newest ? moment(arena, newest) : entry->published;
    return true;
}

static bool add_entry(Feed *feed, const Report *report, GError **error)
{
    Arena *arena = feed->req->arena;
    Entry *entry = &feed->v[feed->n++];
    char id[ID_TEXT];

    *entry = (Entry){ .report = report, .owner = owner_name(feed, report->owner) };
    entry->id = urn(arena, "rapport", id_text(report->id, id));
    entry->url = arena_printf(arena, "%s%s", req_base(feed->req),
                              url_for(arena, "/tilstandsrapport/%I", report->id).text);
    entry->published = arena_printf(arena, "%sT00:00:00Z",
                                    report->published_on ? report->published_on : "2020-01-01");
    entry->summary =
        arena_printf(arena, "%s: %s", entry->owner, tilstandsrapport_state_name(report->state));
    if (!find_events(feed, entry, error))
        return false;
    if (strcmp(entry->updated, feed->updated) > 0)
        feed->updated = entry->updated;
    return true;
}

static bool find_owner(Feed *feed, GError **error)
{
    const char *number = req_param(feed->req, "kommune");
    Eier eier;

    feed->owner = feed->req->user ? 0 : feed->req->owner; /* a host name's own front page */
    if (!*number)
        return true;
    if (!eier_get_number(feed->req->db, feed->req->arena, number, &eier, error))
        return false;
    feed->owner = eier.id;
    feed->name = eier.name;
    return true;
}

static bool gather(Req *req, Feed *feed, GError **error)
{
    const char *number = req_param(req, "kommune");
    ReportList all;

    *feed = (Feed){ .req = req, .updated = "2020-01-01T00:00:00Z" };
    feed->self = *number ? arena_printf(req->arena, "%s/rapporter/%s", req_base(req), number)
                         : arena_printf(req->arena, "%s/rapporter", req_base(req));
    if (!find_owner(feed, error) || !eier_list(req->db, req->arena, &feed->owners, error) ||
        !tilstandsrapport_published(req->db, req->arena, feed->owner, &all, error))
        return false;
    if (feed->owner && !feed->name)
        feed->name = owner_name(feed, feed->owner);
    feed->v = arena_alloc(req->arena, MAX(all.n, 1) * sizeof(Entry));
    for (size_t i = 0; i < all.n; i++)
        if (!add_entry(feed, &all.v[i], error))
            return false;
    return true;
}

static const char *feed_title(const Feed *feed)
{
    return feed->name ? arena_printf(feed->req->arena,
                                     _("Reports on the state of the schools in %s"), feed->name)
                      : _("Reports on the state of the schools");
}

static const char *feed_id(const Feed *feed)
{
    char id[ID_TEXT];

    return urn(feed->req->arena, "rapporter", feed->owner ? id_text(feed->owner, id) : "alle");
}

/* --- Atom --- */

static void G_GNUC_PRINTF(2, 3) put(GString *out, const char *format, ...)
{
    va_list args;
    g_autofree char *text = NULL;

    va_start(args, format);
    text = g_markup_vprintf_escaped(format, args);
    va_end(args);
    g_string_append(out, text);
}

static void put_entry(GString *out, const Entry *entry)
{
    const char *lang = i18n_tag(entry->report->language);

    put(out, "<entry><id>%s</id><title xml:lang=\"%s\">%s – %s</title>", entry->id, lang,
        entry->report->title, entry->owner);
    put(out, "<link rel=\"alternate\" type=\"text/html\" hreflang=\"%s\" href=\"%s\"/>", lang,
        entry->url);
    put(out, "<link rel=\"enclosure\" type=\"application/pdf\" hreflang=\"%s\" href=\"%s/pdf\"/>",
        lang, entry->url);
    put(out, "<published>%s</published><updated>%s</updated>", entry->published, entry->updated);
    put(out, "<author><name>%s</name></author><summary>%s</summary></entry>\n", entry->owner,
        entry->summary);
}

bool offentlig_send_atom(Req *req, GError **error)
{
    g_autoptr(GString) out = g_string_new("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    Feed feed;

    if (!gather(req, &feed, error))
        return false;
    put(out, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"%s\"><id>%s</id>",
        i18n_tag(req->lang), feed_id(&feed));
    put(out, "<title>%s</title><updated>%s</updated>", feed_title(&feed), feed.updated);
    put(out, "<author><name>%s</name></author><generator>oppvekst</generator>",
        feed.name ? feed.name : "oppvekst");
    put(out, "<link rel=\"self\" type=\"application/atom+xml\" href=\"%s.atom\"/>", feed.self);
    put(out, "<link rel=\"alternate\" type=\"text/html\" href=\"%s/rapporter\"/>\n", req_base(req));
    for (size_t i = 0; i < feed.n; i++)
        put_entry(out, &feed.v[i]);
    g_string_append(out, "</feed>\n");
    req_cacheable(req);
    return req_send(req, 200, "application/atom+xml; charset=utf-8", out->str, out->len);
}

/* --- JSON Feed 1.1 --- */

static json_t *item(Arena *arena, const Entry *entry)
{
    const Report *r = entry->report;

    return json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:[{s:s}], s:[{s:s, s:s}], s:{s:s, s:s, s:s}}", "id",
        entry->id, "url", entry->url, "title", r->title, "summary", entry->summary, "content_text",
        entry->summary, "date_published", entry->published, "date_modified", entry->updated,
        "authors", "name", entry->owner, "attachments", "url",
        arena_printf(arena, "%s/pdf", entry->url), "mime_type", "application/pdf", "_oppvekst",
        "year", r->year, "state", tilstandsrapport_state_code(r->state), "cases", entry->cases);
}

bool offentlig_send_json(Req *req, GError **error)
{
    json_t *items = json_array(), *all;
    Feed feed;
    char *text;

    if (!gather(req, &feed, error)) {
        json_decref(items);
        return false;
    }
    for (size_t i = 0; i < feed.n; i++) {
        json_t *one = item(req->arena, &feed.v[i]);

        json_object_set_new(one, "language", json_string(i18n_tag(feed.v[i].report->language)));
        json_array_append_new(items, one);
    }
    all = json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "version", "https://jsonfeed.org/version/1.1",
                    "title", feed_title(&feed), "language", i18n_tag(req->lang), "home_page_url",
                    arena_printf(req->arena, "%s/rapporter", req_base(req)), "feed_url",
                    arena_printf(req->arena, "%s.json", feed.self), "items", items);
    text = json_dumps(all, JSON_COMPACT);
    json_decref(all);
    req_cacheable(req);
    req_send(req, 200, "application/feed+json; charset=utf-8", text, strlen(text));
    free(text);
    return true;
}
