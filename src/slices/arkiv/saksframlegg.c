/* saksframlegg.c - case papers: their versions, their approval, and what a new one begins as.
 *
 * A version is never changed. Whoever stores makes the next one; the chief executive approves the
 * newest; when the case has gone to the body, the approved one is what everybody reads, and nothing
 * more is stored.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "arkiv-inside.h"
#include "eier.h"
#include "tilgang.h"
#include "saksframlegg.sql.h"

ArkivSpeaking arkiv_speak(Lang lang)
{
    ArkivSpeaking speaking = { i18n_current(), true };

    i18n_use(lang);
    return speaking;
}

void arkiv_speak_end(ArkivSpeaking *speaking)
{
    if (speaking->changed)
        i18n_use(speaking->before);
    speaking->changed = false;
}

const char *const *arkiv_lines(Arena *arena, const char *text, size_t *ret_n)
{
    g_auto(GStrv) all = g_strsplit(text, "\n", -1);
    const char **lines = arena_alloc(arena, (g_strv_length(all) + 1) * sizeof(char *));
    size_t n = 0;

    for (char **line = all; *line; line++)
        if (*g_strstrip(*line))
            lines[n++] = arena_dup(arena, *line);
    if (ret_n)
        *ret_n = n;
    return lines;
}

/* --- versions --- */

/* The owner's day; of before 0066 the server's. */
static const char *day_of(Arena *arena, const char *day, int64_t at)
{
    char iso[DATE_TEXT];

    return arena_dup(arena, day ? day : time_date(at, iso));
}

static bool read_versions(Db *db, Arena *arena, const Report *report, int step, PaperVersions *ret,
                          GError **error)
{
    g_auto(SaksframleggVersionsRows) rows = { 0 };

    if (!saksframlegg_versions(db, report->owner, report->id, step, &rows, error))
        return false;
    *ret = (PaperVersions){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(PaperVersion)), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        ret->v[i] = (PaperVersion){
            .id = rows.v[i].id,
            .nr = (int)rows.v[i].nr,
            .title = arena_dup(arena, rows.v[i].title),
            .made_at = rows.v[i].made_at,
            .made_by = rows.v[i].made_by == NO_INT ? 0 : rows.v[i].made_by,
            .approved_at = rows.v[i].approved_at == NO_INT ? 0 : rows.v[i].approved_at,
            .approved_by = rows.v[i].approved_by == NO_INT ? 0 : rows.v[i].approved_by,
        };
        ret->v[i].made_on = day_of(arena, rows.v[i].made_on, rows.v[i].made_at);
        if (ret->v[i].approved_at)
            ret->v[i].approved_on = day_of(arena, rows.v[i].approved_on, rows.v[i].approved_at);
    }
    return true;
}

static const PaperVersion *approved_before(const PaperVersions *versions, int64_t at)
{
    for (size_t i = versions->n; i > 0; i--)
        if (versions->v[i - 1].approved_at && versions->v[i - 1].approved_at <= at)
            return &versions->v[i - 1];
    return NULL;
}

static int64_t last_at(const StepEventList *events, const char *action)
{
    for (size_t i = events->n; i > 0; i--)
        if (!events->v[i - 1].withdrawn && !strcmp(events->v[i - 1].action, action))
            return events->v[i - 1].recorded_at;
    return 0;
}

/* The council's paper goes when the executive committee has acted. */
static bool has_gone(const Report *report, int step)
{
    return report->state >= (step == 3 ? STATE_SENDT_FORMANNSKAP : STATE_INNSTILT);
}

bool arkiv_paper_file(Db *db, Arena *arena, const Report *report, int step, PaperFile *ret,
                      GError **error)
{
    PaperFile file = { .step = step, .sent = has_gone(report, step) };
    StepEventList events;

    if (!read_versions(db, arena, report, step, &file.versions, error) ||
        !tilstandsrapport_events(db, arena, report->owner, report->id, &events, error))
        return false;
    file.newest = file.versions.n ? &file.versions.v[file.versions.n - 1] : NULL;
    if (file.sent)
        file.open = approved_before(&file.versions, G_MAXINT64);
    else if (report->published && (step == 3 || last_at(&events, "innstilling")))
        file.open = approved_before(&file.versions, last_at(&events, "send_tilbake"));
    file.locked = file.sent && file.newest && file.newest->approved_at;
    *ret = file;
    return true;
}

bool arkiv_paper_read(Db *db, Arena *arena, int64_t owner, int64_t version, Paper *ret,
                      GError **error)
{
    g_auto(SaksframleggReadRows) rows = { 0 };

    if (!saksframlegg_read(db, owner, version, &rows, error))
        return false;
    const SaksframleggReadRow *r = &rows.v[0];
    const char *const texts[N_PAPER] = { r->title,        r->handler,        r->archive_case,
                                         r->archive_code, r->recommendation, r->attachments,
                                         r->facts,        r->assessment,     r->economy,
                                         r->children,     r->climate,        r->conclusion };

    for (int i = 0; i < N_PAPER; i++)
        ret->text[i] = arena_dup(arena, texts[i]);
    return true;
}

/* --- storing --- */

typedef struct {
    const Report *report;
    int step, seen;
    const Paper *paper;
    const PaperAct *act;
} Storing;

static bool is_same(const Paper *a, const Paper *b)
{
    for (int i = 0; i < N_PAPER; i++)
        if (strcmp(a->text[i], b->text[i]))
            return false;
    return true;
}

/* The row that its versions hang on; made by the first of them. */
static bool find_or_make(Db *db, const Storing *s, int64_t *ret_id, GError **error)
{
    g_auto(SaksframleggFindRows) rows = { 0 };

    if (!saksframlegg_find(db, s->report->owner, s->report->id, s->step, &rows, error))
        return false;
    *ret_id = rows.n ? rows.v[0].id : id_new();
    return rows.n ||
           saksframlegg_insert(db, s->report->owner, *ret_id, s->report->id, s->step, error);
}

static int64_t or_none(int64_t person)
{
    return person ? person : NO_INT;
}

static bool insert_version(Db *db, const Storing *s, int64_t paper, GError **error)
{
    const char *const *t = s->paper->text;
    const SaksframleggVersionInsertArgs args = { .owner = s->report->owner,
                                                 .id = id_new(),
                                                 .saksframlegg = paper,
                                                 .nr = s->seen + 1,
                                                 .title = t[PAPER_TITLE],
                                                 .handler = t[PAPER_HANDLER],
                                                 .archive_case = t[PAPER_CASE],
                                                 .archive_code = t[PAPER_CODE],
                                                 .recommendation = t[PAPER_RECOMMENDATION],
                                                 .attachments = t[PAPER_ATTACHMENTS],
                                                 .facts = t[PAPER_FACTS],
                                                 .assessment = t[PAPER_ASSESSMENT],
                                                 .economy = t[PAPER_ECONOMY],
                                                 .children = t[PAPER_CHILDREN],
                                                 .climate = t[PAPER_CLIMATE],
                                                 .conclusion = t[PAPER_CONCLUSION],
                                                 .made_at = s->act->now,
                                                 .made_on = s->act->today,
                                                 .made_by = or_none(s->act->person) };

    return saksframlegg_version_insert(db, &args, error);
}

static bool changed_meanwhile(GError **error)
{
    return app_fail(error, APP_ERROR_CONFLICT, "%s",
                    _("Somebody else has stored this case paper meanwhile. What you wrote is kept "
                      "below; read the newest version and put it in there."));
}

/* The state as it is now: the report may have gone since the page was drawn. */
static bool file_now(Db *db, Arena *arena, const Report *report, int step, PaperFile *ret,
                     GError **error)
{
    Report now;

    return tilstandsrapport_get(db, arena, report->owner, report->id, &now, error) &&
           arkiv_paper_file(db, arena, &now, step, ret, error);
}

static bool store_work(Db *db, void *arg, GError **error)
{
    g_autoptr(Arena) arena = arena_new();
    const Storing *s = arg;
    Paper before;
    PaperFile file;
    int64_t id;

    if (!file_now(db, arena, s->report, s->step, &file, error))
        return false;
    if (file.locked)
        return app_fail(error, APP_ERROR_CONFLICT, "%s",
                        _("The case has gone to the body with this paper; it can no longer be "
                          "changed."));
    if (file.newest) {
        if (!arkiv_paper_read(db, arena, s->report->owner, file.newest->id, &before, error))
            return false;
        if (is_same(&before, s->paper))
            return true;
    }
    if ((file.newest ? file.newest->nr : 0) != s->seen)
        return changed_meanwhile(error);
    return find_or_make(db, s, &id, error) && insert_version(db, s, id, error);
}

bool arkiv_paper_store(Db *db, const Report *report, int step, const Paper *paper, int seen,
                       const PaperAct *act, GError **error)
{
    Storing s = { report, step, seen, paper, act };
    g_autoptr(GError) why = NULL;

    if (db_transaction(db, store_work, &s, &why))
        return true;
    /* Two at once: the version's number was taken by the other. */
    if (g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT) && strstr(why->message, "UNIQUE"))
        return changed_meanwhile(error);
    return app_pass(error, &why);
}

/* --- approving --- */

static const char *const part_names[N_PAPER] = {
    [PAPER_TITLE] = N_("Title"),
    [PAPER_HANDLER] = N_("Case officer (position)"),
    [PAPER_CASE] = N_("Archive case"),
    [PAPER_CODE] = N_("Archive code"),
    [PAPER_RECOMMENDATION] = N_("The chief executive’s recommendation"),
    [PAPER_ATTACHMENTS] = N_("Attachments"),
    [PAPER_FACTS] = N_("Facts of the case"),
    [PAPER_ASSESSMENT] = N_("Assessment"),
    [PAPER_ECONOMY] = N_("Economic consequences"),
    [PAPER_CHILDREN] = N_("The best interests of the child"),
    [PAPER_CLIMATE] = N_("Climate, environment and universal design"),
    [PAPER_CONCLUSION] = N_("Conclusion"),
};

const char *arkiv_part_msgid(PaperPart part)
{
    return part_names[part];
}

const char *arkiv_paper_missing(Arena *arena, const Paper *paper)
{
    static const PaperPart needed[] = { PAPER_HANDLER,    PAPER_RECOMMENDATION, PAPER_FACTS,
                                        PAPER_ASSESSMENT, PAPER_ECONOMY,        PAPER_CHILDREN };
    const char *all = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(needed); i++)
        if (!*paper->text[needed[i]])
            all = all ? arena_printf(arena, "%s, %s", all, _(part_names[needed[i]]))
                      : arena_dup(arena, _(part_names[needed[i]]));
    return all;
}

static bool check_whole(Db *db, Arena *arena, const Report *report, const PaperVersion *version,
                        GError **error)
{
    const char *missing;
    Paper paper;

    if (!arkiv_paper_read(db, arena, report->owner, version->id, &paper, error))
        return false;
    missing = arkiv_paper_missing(arena, &paper);
    return !missing || app_fail(error, APP_ERROR_INVALID,
                                _("Before it can be approved, this must be written: %s"), missing);
}

bool arkiv_paper_approve(Db *db, Arena *arena, const Report *report, int step, int seen,
                         const PaperAct *act, GError **error)
{
    g_auto(SaksframleggApproveRows) rows = { 0 };
    PaperFile file;

    if (!file_now(db, arena, report, step, &file, error))
        return false;
    if (!file.newest || file.newest->nr != seen)
        return app_fail(error, APP_ERROR_CONFLICT, "%s",
                        _("There is a newer version than the one you read. Read it first."));
    if (file.newest->approved_at)
        return true;
    return check_whole(db, arena, report, file.newest, error) &&
           saksframlegg_approve(db, report->owner, file.newest->id, act->now, act->today,
                                or_none(act->person), &rows, error);
}

bool arkiv_paper_reopen(Db *db, Arena *arena, const Report *report, int step, GError **error)
{
    g_auto(SaksframleggUnapproveRows) rows = { 0 };
    PaperFile file;

    if (!file_now(db, arena, report, step, &file, error))
        return false;
    if (file.locked || (file.open && file.open == file.newest))
        return app_fail(error, APP_ERROR_CONFLICT, "%s",
                        _("The case has gone to the body with this paper; it can no longer be "
                          "changed."));
    return !file.newest || !file.newest->approved_at ||
           saksframlegg_unapprove(db, report->owner, file.newest->id, &rows, error);
}
