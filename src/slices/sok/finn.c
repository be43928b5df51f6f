/* finn.c - the page of search: what was asked, in the database's own language, and what to show of hits.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>
#include "eier.h"
#include "sok-sider.h"
#include "stem.h"
#include "sok.html.h"
#include "finn.sql.h"

#define WORDS 8     /* of a query; more are left out */
#define PAGE 20     /* hits */
#define MOST 200    /* hits that can be leafed through */
#define EXCERPT 260 /* bytes, about */

static const struct {
    const char *code, *one, *many;
} kinds[] = {
    { "rapport", N_("Report"), N_("Reports") },
    { "kapittel", N_("Chapter"), N_("Chapters") },
    { "vedtak", N_("Decision"), N_("Decisions") },
    { "saksframlegg", N_("Case paper"), N_("Case papers") },
    { "saerutskrift", N_("Excerpt of the minutes"), N_("Excerpts of the minutes") },
    { "oppfolging", N_("Follow-up item"), N_("Follow-up") },
    { "tiltak", N_("Measure"), N_("Measures") },
    { "innspill", N_("Input"), N_("Input") },
    { "indikator", N_("Indicator"), N_("Indicators") },
    { "enhet", N_("Unit"), N_("Units") },
    { "organ", N_("Body"), N_("Bodies") },
    { "stilling", N_("Position"), N_("Positions") },
    { "person", N_("Person"), N_("People") },
    { "hjelp", N_("Handbook"), N_("Handbook") },
};

static const char *kind_name(const char *code)
{
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (!strcmp(kinds[i].code, code))
            return _(kinds[i].one);
    return code;
}

/* --- the question --- */

typedef struct {
    char **stems;
    char *open;
} Words;

static void words_clear(Words *words)
{
    g_strfreev(words->stems);
    g_free(words->open);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Words, words_clear)

/* Stems are letters and digits alone, so nothing in them can be read as a sign of the language. */
static const char *fts5(Arena *arena, const Words *words, bool titles)
{
    GString *text = g_string_new(titles ? "{title_words} : (" : "(");

    for (char **s = words->stems; *s; s++) {
        g_string_append_printf(text, "%s(\"%s\"", s > words->stems ? " AND " : "", *s);
        if (!s[1] && words->open)
            g_string_append_printf(text, " OR \"%s\" *", words->open);
        g_string_append_c(text, ')');
    }
    g_string_append_c(text, ')');
    const char *kept = arena_dup(arena, text->str);

    g_string_free(text, TRUE);
    return kept;
}

static const char *tsquery(Arena *arena, const Words *words, bool titles)
{
    GString *text = g_string_new(NULL);

    for (char **s = words->stems; *s; s++) {
        g_string_append_printf(text, "%s('%s'%s", s > words->stems ? " & " : "", *s,
                               titles ? ":A" : "");
        if (!s[1] && words->open)
            g_string_append_printf(text, " | '%s':*%s", words->open, titles ? "A" : "");
        g_string_append_c(text, ')');
    }
    const char *kept = arena_dup(arena, text->str);

    g_string_free(text, TRUE);
    return kept;
}

/* "|PUBLIC|USER|REPORT_DRAFT|": the gates open to who asks, on the whole owner or on the own unit. */
static const char *gates(const Req *req, bool whole)
{
    GString *text = g_string_new("|");

    for (Perm p = PERM_PUBLIC; p < N_PERM; p++) {
        bool own = req->user && p > PERM_USER && (req->user->unit_only[p / 64] >> (p % 64) & 1);

        if (req_may(req, p) && own != whole)
            g_string_append_printf(text, "%s|", perm_info(p)->name);
    }
    const char *kept = arena_dup(req->arena, text->str);

    g_string_free(text, TRUE);
    return kept;
}

static bool ask(Req *req, const Words *words, const char *kind, bool titles, SokFindRows *ret,
                GError **error)
{
    bool postgresql = store_is_postgresql(db_store(req->db));
    const SokFindArgs question = {
        .query = postgresql ? tsquery(req->arena, words, titles) : fts5(req->arena, words, titles),
        .owner = req->owner,
        .everyone = !req->user && !req->owner,
        .language = i18n_tag(req->lang),
        .whole = gates(req, true),
        .own = gates(req, false),
        .unit = req->user ? req->user->unit : 0,
        .kind = kind,
        .titles = titles,
        .most = MOST,
    };

    return sok_find(req->db, &question, ret, error);
}

/* --- the answer --- */

static void add_piece(GArray *pieces, Arena *arena, const char *from, const char *to, bool marked)
{
    SokPiece piece = { arena_ndup(arena, from, (size_t)(to - from)), marked };

    if (to > from)
        g_array_append_val(pieces, piece);
}

/* The text from `from` to `to` in pieces, what was found in its own. */
static SokPieces marked(Arena *arena, const char *text, size_t from, size_t to, const GArray *hits)
{
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(SokPiece));
    size_t at = from;

    for (guint i = 0; i < hits->len; i++) {
        StemHit hit = g_array_index(hits, StemHit, i);

        if (hit.from < at || hit.to > to)
            continue;
        add_piece(pieces, arena, text + at, text + hit.from, false);
        add_piece(pieces, arena, text + hit.from, text + hit.to, true);
        at = hit.to;
    }
    add_piece(pieces, arena, text + at, text + to, false);
    SokPieces out = { arena_alloc(arena, (pieces->len + 1) * sizeof(SokPiece)), pieces->len };

    if (pieces->len)
        memcpy(out.v, pieces->data, pieces->len * sizeof(SokPiece));
    return out;
}

/* Back or forth to the beginning of a word. */
static size_t word_start(const char *text, size_t at)
{
    while (at > 0 && text[at] != ' ' && text[at] != '\n')
        at--;
    return at;
}

/* About EXCERPT bytes around the first place that was found, or the beginning. */
static SokPieces excerpt(Arena *arena, const char *text, const Words *words)
{
    g_autoptr(GArray) hits = stem_hits(text, (const char *const *)words->stems, words->open);
    size_t len = strlen(text), first = hits->len ? g_array_index(hits, StemHit, 0).from : 0;
    size_t from = first > EXCERPT / 3 ? word_start(text, first - EXCERPT / 3) : 0;
    size_t to = from + EXCERPT < len ? word_start(text, from + EXCERPT) : len;

    if (to <= first)
        to = len;
    SokPieces pieces = marked(arena, text, from, to, hits);

    if (pieces.n && from)
        pieces.v[0].text =
            arena_printf(arena, "… %s", g_strchug(arena_dup(arena, pieces.v[0].text)));
    if (pieces.n && to < len)
        pieces.v[pieces.n - 1].text = arena_printf(arena, "%s …", pieces.v[pieces.n - 1].text);
    return pieces;
}

static bool hit_of(Req *req, const SokFindRow *row, const Words *words, SokHit *ret, GError **error)
{
    Arena *a = req->arena;
    const char *title = arena_dup(a, row->title), *body = arena_dup(a, row->body);
    g_autoptr(GArray) hits = stem_hits(title, (const char *const *)words->stems, words->open);
    Eier other = { .name = "" };
    char when[DATE_TEXT];

    if (row->owner && row->owner != req->owner && !eier_get(req->db, a, row->owner, &other, error))
        return false;
    *ret = (SokHit){
        .title = marked(a, title, 0, strlen(title), hits),
        .excerpt = excerpt(a, body, words),
        .kind = kind_name(row->kind),
        .when = *row->at ? arena_dup(a, date_text(row->at, when)) : "",
        .owner = other.name,
        .url = url_checked(a, row->path),
    };
    return true;
}

/* What was found in titles first; nothing twice. */
typedef struct {
    const SokFindRow *v[MOST * 2];
    size_t n;
} Found;

static void collect(Found *found, const SokFindRows *rows)
{
    for (size_t i = 0; i < rows->n && found->n < MOST; i++) {
        bool twice = false;

        for (size_t k = 0; !twice && k < found->n; k++)
            twice = found->v[k]->id == rows->v[i].id;
        if (!twice)
            found->v[found->n++] = &rows->v[i];
    }
}

static SokKinds kinds_of(Req *req, const char *chosen)
{
    SokKinds list = { arena_alloc(req->arena, (G_N_ELEMENTS(kinds) + 1) * sizeof(SokKind)), 0 };

    list.v[list.n++] = (SokKind){ "", _("Everything"), !*chosen };
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        list.v[list.n++] =
            (SokKind){ kinds[i].code, _(kinds[i].many), !strcmp(kinds[i].code, chosen) };
    return list;
}

static size_t page_asked(Req *req)
{
    const char *text = req_query(req, "side");
    guint64 n = 1;

    return text && g_ascii_string_to_unsigned(text, 10, 1, MOST / PAGE, &n, NULL) ? (size_t)n : 1;
}

static const char *summary(Req *req, const char *query, size_t n)
{
    if (n >= MOST)
        return arena_printf(req->arena,
                            _("More than %d hits for “%s”. One more word makes them fewer."), MOST,
                            query);
    return arena_printf(req->arena, ngettext("%d hit for “%s”", "%d hits for “%s”", n), (int)n,
                        query);
}

static bool find(Req *req, const char *query, const char *kind, SokView *view, GError **error)
{
    g_auto(Words) words = { 0 };
    g_auto(SokFindRows) titles = { 0 }, all = { 0 };
    Found found = { .n = 0 };
    size_t page = page_asked(req), from = (page - 1) * PAGE;

    words.stems = stem_query(query, WORDS, &words.open);
    if (!*words.stems)
        return true;
    if (!ask(req, &words, kind, true, &titles, error) ||
        !ask(req, &words, kind, false, &all, error))
        return false;
    collect(&found, &titles);
    collect(&found, &all);
    view->summary = summary(req, query, found.n);
    view->hits.v = arena_alloc(req->arena, PAGE * sizeof(SokHit));
    for (size_t i = from; i < found.n && i < from + PAGE; i++)
        if (!hit_of(req, found.v[i], &words, &view->hits.v[view->hits.n++], error))
            return false;
    view->none = !found.n;
    if (from + PAGE < found.n)
        view->more = url_with(
            req->arena,
            url_with(req->arena, url_with(req->arena, (Url){ "/sok" }, "q", query), "hva", kind),
            "side", arena_printf(req->arena, "%d", (int)page + 1));
    return true;
}

static bool show(Req *req, GError **error)
{
    const char *query = req_query(req, "q"), *kind = req_query(req, "hva");
    SokView view = { .query = query ? query : "", .kinds = kinds_of(req, kind ? kind : "") };

    view.asked = *view.query != '\0';
    if (view.asked && !find(req, view.query, kind ? kind : "", &view, error))
        return false;
    sok_side(req_page(req, 200, view.asked ? view.query : _("Search")), &view);
    return true;
}

/* --- the slice --- */

static const Route routes[] = { { "GET", "/sok", PERM_PUBLIC, show }, { 0 } };
static const JobKind jobs[] = {
    { "sok", N_("Bringing the search up to date"), sok_job, .attempts = 5, .every = 60 },
    { 0 },
};

const Slice sok_slice = { "sok", routes, .jobs = jobs };
