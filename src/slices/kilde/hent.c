/* hent.c - one source asked: its turn waited for, its answer kept and judged, and handed to the import.
 *
 * The next time is set before anything is asked, so that a machine that dies in the middle neither asks
 * again at once nor never.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>
#include "fetch.h"
#include "indikator.h"
#include "kilde-inside.h"
#include "revisjon.h"
#include "hent.sql.h"

#define HOUR (INT64_C(3600) * G_USEC_PER_SEC)
#define BUSY (11 * 60 * G_USEC_PER_SEC) /* longer than an answer may take */
#define TURN_LONGEST (120 * G_USEC_PER_SEC)
#define TURN_LOOK 50000
#define FIRST_WAIT (60 * G_USEC_PER_SEC)
#define KEPT_BODIES 12
#define KEPT_DAYS (400 * 24 * HOUR)

typedef struct {
    Db *db;
    Arena *arena;
    const KildeTurn *turn;
    Kilde kilde;
    const char *url, *body;
    FetchResult result;
    const char *text, *structure, *note, *state;
    char sha256[65];
    int64_t answer; /* 0: nothing new */
    int64_t at;
} Hent;

static void hent_clear(Hent *h)
{
    fetch_result_clear(&h->result);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Hent, hent_clear)

/* --- whose turn --- */

static bool say(const Hent *h, size_t got, size_t total, GError **error)
{
    return !h->turn->going || h->turn->going(h->turn->arg, got, total, error);
}

static bool claim(Hent *h, GError **error)
{
    g_auto(KildeClaimRows) rows = { 0 };

    if (!kilde_claim(h->db, h->kilde.id, h->at, h->at + BUSY, h->at + h->kilde.hours * HOUR, &rows,
                     error))
        return false;
    return rows.n > 0 || app_fail(error, APP_ERROR_BUSY, "%s", _("It is being fetched already."));
}

/* Hosts are spaced by the real clock, for all nodes that share the database. */
static bool await_turn(Hent *h, GError **error)
{
    g_autofree char *origin = fetch_origin(h->url);
    int64_t pause = (int64_t)fetch_defaults()->pause_ms * 1000;
    int64_t until = g_get_real_time() + TURN_LONGEST;

    while (origin && pause && g_get_real_time() < until) {
        g_auto(KildeTurnRows) rows = { 0 };
        int64_t now = g_get_real_time();

        if (!kilde_turn(h->db, origin, now, now + pause, &rows, error))
            return false;
        if (rows.n)
            return true;
        if (!say(h, 0, 0, error))
            return false;
        g_usleep(TURN_LOOK);
    }
    return !pause || !origin ||
           app_fail(error, APP_ERROR_BUSY, "%s", _("Others are asking there."));
}

/* --- asking --- */

typedef struct {
    const Hent *h;
    GError *why;
} Listening;

static bool listen_on(void *arg, size_t got, size_t total)
{
    Listening *l = arg;

    return !l->why && say(l->h, got, total, &l->why);
}

static bool ask(Hent *h, GError **error)
{
    const Kilde *k = &h->kilde;
    bool same_question = !g_strcmp0(k->asked_url, h->url);
    g_auto(KildePartRows) part = { 0 };
    Listening listening = { h, NULL };
    FetchSpec spec = { .url = h->url,
                       .body = *h->body ? h->body : NULL,
                       .types = kilde_types(k->kind),
                       .etag = same_question ? k->etag : NULL,
                       .modified = same_question ? k->modified : NULL,
                       .slow_seconds = fetch_defaults()->slow_seconds,
                       .going = listen_on,
                       .arg = &listening };

    if (!kilde_part(h->db, k->id, &part, error))
        return false;
    if (part.n && !strcmp(part.v[0].url, h->url)) {
        spec.part = part.v[0].data.data;
        spec.part_size = part.v[0].data.size;
        spec.part_mark = part.v[0].mark;
        spec.part_packing = part.v[0].packing;
    }
    bool fine = fetch_get(&spec, &h->result, error);

    if (listening.why) {
        g_clear_error(error);
        return app_pass(error, &listening.why);
    }
    return fine;
}

/* --- judging --- */

/* Udir gives so many rows a page as it was asked for: a page that is full is not all there is. */
static bool is_full_page(const char *url, size_t rows)
{
    const char *asked = strstr(url, "antallRader=");
    guint64 most = asked ? g_ascii_strtoull(asked + strlen("antallRader="), NULL, 10) : 0;

    return most && rows >= most;
}

/* The answer before this one; *ret_same: it was the very same. */
static bool compare(Hent *h, bool *ret_same, GError **error)
{
    const GByteArray *bytes = h->result.bytes;
    g_autofree char *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes->data, bytes->len);
    g_autofree char *structure = NULL, *differs = NULL;
    g_auto(KildeNewestRows) last = { 0 };
    size_t rows;

    g_strlcpy(h->sha256, sum, sizeof h->sha256);
    if (!kilde_newest(h->db, h->kilde.id, &last, error))
        return false;
    *ret_same = last.n && !strcmp(last.v[0].sha256, sum);
    if (*ret_same)
        return true;
    if (!kilde_structure_safely((const char *)bytes->data, bytes->len, &structure, &rows, error))
        return false;
    h->structure = arena_dup(h->arena, structure);
    differs = h->kilde.structure ? kilde_structure_differs(h->kilde.structure, structure) : NULL;
    h->state = differs ? "ny_form" : "venter";
    if (is_full_page(h->url, rows)) {
        h->state = "avvist";
        h->note = _("The answer is a full page, so there is more than what came. Ask for less at "
                    "once: one year, or one grade.");
        return true;
    }
    h->note = ""; /* the difference is told in the reader's language */
    return true;
}

/* --- keeping --- */

static bool keep_answer(Db *db, Hent *h, GError **error)
{
    const FetchResult *r = &h->result;
    const KildeAnswerInsertArgs args = { .id = h->answer,
                                         .kilde = h->kilde.id,
                                         .fetched_at = h->at,
                                         .url = h->url,
                                         .status = r->status,
                                         .type = r->type ? r->type : "",
                                         .headers = r->headers,
                                         .sha256 = h->sha256,
                                         .size = r->bytes->len,
                                         .data = { r->bytes->data, r->bytes->len },
                                         .state = h->state,
                                         .note = h->note,
                                         .structure = h->structure };

    return kilde_answer_insert(db, &args, error) &&
           kilde_supersede(db, h->kilde.id, h->answer, error) &&
           kilde_let_go(db, h->kilde.id, KEPT_BODIES, h->at - KEPT_DAYS, error);
}

static bool keep_work(Db *db, void *arg, GError **error)
{
    Hent *h = arg;
    const FetchResult *r = &h->result;
    bool first = h->answer && !strcmp(h->state, "venter");
    const char *etag = r->same && !r->etag ? h->kilde.etag : r->etag;
    const char *modified = r->same && !r->modified ? h->kilde.modified : r->modified;

    return (!h->answer || keep_answer(db, h, error)) && kilde_part_drop(db, h->kilde.id, error) &&
           kilde_went_well(db, h->kilde.id, h->at, h->url, etag, modified,
                           first ? h->structure : NULL, error);
}

static bool part_work(Db *db, void *arg, GError **error)
{
    Hent *h = arg;
    const FetchResult *r = &h->result;
    FetchTrouble t = r->trouble;
    int64_t wait =
        MAX(r->retry_after * G_USEC_PER_SEC, (int64_t)FIRST_WAIT << MIN(h->kilde.failures, 10));
    int64_t due = t == FETCH_WAIT ? h->at + MIN(wait, h->kilde.hours * HOUR + HOUR) : NO_INT;

    if (r->part && r->part_mark) {
        const DbBlob data = { r->part->data, r->part->len };

        if (!kilde_part_put(db, h->kilde.id, h->url, r->part_mark,
                            r->part_packing ? r->part_packing : "", data, error))
            return false;
    } else if (!kilde_part_drop(db, h->kilde.id, error)) {
        return false;
    }
    return kilde_went_wrong(db, h->kilde.id, h->at, fetch_trouble_code(t), r->answer, due, error);
}

static bool went_wrong(Hent *h, GError **error)
{
    FetchTrouble t = h->result.trouble;

    if (!db_transaction(h->db, part_work, h, error))
        return false;
    h->text = fetch_trouble_text(t);
    if (t == FETCH_WAIT)
        return true; /* the source has said when; nothing is wrong with us */
    return app_fail(error, fetch_passes(t) ? APP_ERROR_BUSY : APP_ERROR_INVALID, "%s", h->text);
}

/* --- handing over --- */

static bool refuse(Hent *h, const char *why, GError **error)
{
    h->text = arena_printf(h->arena, _("What came could not be imported: %s"), why);
    return kilde_answer_state(h->db, h->kilde.id, h->answer, "avvist", why, error) &&
           kilde_went_wrong(h->db, h->kilde.id, h->at, "import", why, NO_INT, error) &&
           app_fail(error, APP_ERROR_INVALID, "%s", h->text);
}

static bool import(Hent *h, GError **error)
{
    const ImportSpec spec = { .filename = kilde_filename(h->arena, &h->kilde, h->at),
                              .data = (const char *)h->result.bytes->data,
                              .size = h->result.bytes->len,
                              .format = "auto",
                              .now = h->at,
                              .today = h->turn->today };
    ImportResult r = { 0 };

    if (!indikator_import(h->db, h->arena, &spec, &r, error))
        return false;
    if (r.n_errors)
        return refuse(h, r.errors[0].message, error);
    const AuditNote note = { .at = h->at,
                             .act = "import.lagret",
                             .object = r.dataset,
                             .role = "",
                             .client = "",
                             .detail = spec.filename };

    h->text = _("It is fetched and imported.");
    return kilde_answer_state(h->db, h->kilde.id, h->answer, "lagret", "", error) &&
           revisjon_add(h->db, &note, error);
}

static bool went_well(Hent *h, GError **error)
{
    bool same = h->result.same;

    if (!same && !compare(h, &same, error))
        return false;
    h->answer = same ? 0 : id_new();
    if (!db_transaction(h->db, keep_work, h, error))
        return false;
    if (!same && !strcmp(h->state, "avvist"))
        return refuse(h, h->note, error);
    h->text = same ? _("The answer is the same as last time: nothing new.")
              : !strcmp(h->state, "ny_form")
                  ? _("The answer has another structure than before. Nothing is imported before "
                      "somebody has looked at it.")
                  : _("It is fetched, and waits for a yes.");
    return same || !h->kilde.straight || strcmp(h->state, "venter") || import(h, error);
}

bool kilde_fetch(Db *db, Arena *arena, int64_t id, const KildeTurn *turn, const char **ret_text,
                 GError **error)
{
    g_auto(Hent) h = { .db = db, .arena = arena, .turn = turn, .at = turn->now };
    g_autoptr(GError) why = NULL;

    if (!kilde_get(db, arena, id, &h.kilde, error) || !claim(&h, error))
        return false;
    h.url = kilde_filled(arena, h.kilde.url, turn->today);
    h.body = kilde_filled(arena, h.kilde.body, turn->today);
    bool fine = await_turn(&h, &why) && ask(&h, &why) &&
                (h.result.trouble == FETCH_FINE ? went_well(&h, &why) : went_wrong(&h, &why));

    if (!fine) {
        if (!kilde_release(db, id, NULL))
            g_debug("a source stays busy until its claim runs out");
        return app_pass(error, &why);
    }
    *ret_text = h.text;
    return true;
}
