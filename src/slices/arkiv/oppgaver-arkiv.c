/* oppgaver-arkiv.c - what waits for someone here, and what of it can be searched for.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "arkiv-sider.h"

static void add(GArray *tasks, const char *text, Url url, const char *due)
{
    const Task task = { text, url, due };

    g_array_append_val(tasks, task);
}

/* The chief executive approves a paper that is whole; the date is when the body meets. */
static bool add_approvals(Req *req, const Report *r, GArray *tasks, GError **error)
{
    Step steps[6];

    if (!arkiv_may(req, r, PERM_CASE_APPROVE) || r->state >= STATE_GODKJENT)
        return true;
    if (!tilstandsrapport_steps(req->db, req->arena, r->owner, r->id, steps, error))
        return false;
    for (int step = 3; step <= 4; step++) {
        PaperFile file;
        Paper paper;

        if (!arkiv_paper_file(req->db, req->arena, r, step, &file, error))
            return false;
        if (!file.newest || file.newest->approved_at)
            continue;
        if (!arkiv_paper_read(req->db, req->arena, r->owner, file.newest->id, &paper, error))
            return false;
        if (!arkiv_paper_missing(req->arena, &paper))
            add(tasks,
                arena_printf(req->arena, _("Approve the recommendation to %1$s: %2$s"),
                             *steps[step - 1].body ? steps[step - 1].body : steps[step - 1].name,
                             r->title),
                arkiv_step_url(req, r, step, ""), steps[step - 1].planned);
    }
    return true;
}

/* When the council has voted: certify what is not, deliver what is ready. */
static bool add_archive(Req *req, const Report *r, GArray *tasks, GError **error)
{
    int certify = 0, deliver = 0;
    ArchiveDocs docs;

    if (!arkiv_may(req, r, PERM_ARCHIVE_RECEIPT) || r->state < STATE_GODKJENT)
        return true;
    if (!arkiv_documents(req->db, req->arena, r, &docs, error))
        return false;
    for (size_t i = 0; i < docs.n; i++) {
        certify += docs.v[i].kind == KIND_EXCERPT && docs.v[i].waits;
        deliver += !docs.v[i].waits && !docs.v[i].exported_at && !*docs.v[i].number;
    }
    if (certify)
        add(tasks,
            arena_printf(req->arena,
                         ngettext("%2$s: certify %1$d excerpt of the minutes",
                                  "%2$s: certify %1$d excerpts of the minutes", certify),
                         certify, r->title),
            arkiv_url(req, r, "/saksframlegg"), NULL);
    if (deliver)
        add(tasks,
            arena_printf(req->arena,
                         ngettext("%2$s: deliver %1$d document to the archive",
                                  "%2$s: deliver %1$d documents to the archive", deliver),
                         deliver, r->title),
            url_for(req->arena, "/arkiv/%I", r->id), NULL);
    return true;
}

bool arkiv_tasks(Req *req, GArray *tasks, GError **error)
{
    ReportList all;

    if (!req->user || !req->user->owner ||
        (!req_may(req, PERM_CASE_APPROVE) && !req_may(req, PERM_ARCHIVE_RECEIPT)))
        return true;
    if (!tilstandsrapport_list(req->db, req->arena, req->user->owner, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (!add_approvals(req, &all.v[i], tasks, error) ||
            !add_archive(req, &all.v[i], tasks, error))
            return false;
    return true;
}

/* A municipality may write its case papers in its own case system, and what is sent is what the chief
 * executive sends (domain.md 1.4 asks for case number and minutes alone): so a paper that is missing here
 * is told, and stops nothing. */
bool arkiv_case_lacks(Req *req, int64_t report, int step, GPtrArray *lacks, GError **error)
{
    const char *what = NULL;
    PaperFile file;
    Report r;

    if (!req->user || (step != 3 && step != 4))
        return true;
    if (!tilstandsrapport_get(req->db, req->arena, req->user->owner, report, &r, error) ||
        !arkiv_paper_file(req->db, req->arena, &r, step, &file, error))
        return false;
    if (!file.newest)
        what =
            _("No case paper (saksframlegg) is written here for this meeting. Write it first, or "
              "be sure that it is in your case system.");
    else if (!file.newest->approved_at)
        what =
            _("The case paper (saksframlegg) is not approved by the chief municipal executive, so "
              "it does not become public with the report.");
    if (what)
        g_ptr_array_add(lacks, (char *)what);
    return true;
}

/* --- search: what everybody may read, and the newest version for those who write it --- */

typedef struct {
    SearchPut put;
    void *sink;
} Into;

/* The open one is for everybody, another for those who write. */
static bool put_paper(Db *db, Arena *arena, const Report *r, const PaperFile *file,
                      const PaperVersion *version, const Into *into, GError **error)
{
    Perm gate = version == file->open ? PERM_PUBLIC : PERM_CASE_WRITE;
    char report[ID_TEXT];
    CasePaper paper;

    if (!arkiv_case_paper(db, arena, r, file->step, version, &paper, error))
        return false;
    g_autoptr(Doc) doc = arkiv_paper_doc(arena, &paper);
    g_autofree char *body = doc_text(doc);
    const SearchDoc found = {
        .kind = "saksframlegg",
        .object = r->id,
        .part = arena_printf(arena, "%d-%s", file->step, gate == PERM_PUBLIC ? "apen" : "utkast"),
        .gate = gate,
        .title = paper.paper.text[PAPER_TITLE],
        .body = body,
        .path = arena_printf(arena, "/tilstandsrapport/%s/saksframlegg/%d", id_text(r->id, report),
                             file->step),
        .at = version->made_on,
    };

    return into->put(into->sink, &found, error);
}

static bool put_papers(Db *db, Arena *arena, const Report *r, SearchPut put, void *sink,
                       GError **error)
{
    const Into into = { put, sink };

    for (int step = 3; step <= 4; step++) {
        PaperFile file;

        if (!arkiv_paper_file(db, arena, r, step, &file, error))
            return false;
        if (file.open && !put_paper(db, arena, r, &file, file.open, &into, error))
            return false;
        if (file.newest && file.newest != file.open &&
            !put_paper(db, arena, r, &file, file.newest, &into, error))
            return false;
    }
    return true;
}

static bool put_excerpts(Db *db, Arena *arena, const Report *r, SearchPut put, void *sink,
                         GError **error)
{
    DecisionList all;
    PaperLook look;

    if (!r->published)
        return true;
    if (!arkiv_decisions(db, arena, r, &all, error) ||
        !arkiv_look(db, arena, r->owner, &look, error))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const Decision *d = &all.v[i];
        char report[ID_TEXT], event[ID_TEXT];
        Excerpt excerpt;

        if (!arkiv_excerpt(db, arena, d, &excerpt, error))
            return false;
        if (!arkiv_excerpt_ready(&excerpt))
            continue;
        g_autoptr(Doc) doc = arkiv_excerpt_doc(arena, d, &excerpt, &look);
        g_autofree char *body = doc_text(doc);
        const SearchDoc found = {
            .kind = "saerutskrift",
            .object = d->event.id,
            .gate = PERM_PUBLIC,
            .title = arena_printf(arena, "%s %s: %s", d->body, d->event.case_number, r->title),
            .body = body,
            .path = arena_printf(arena, "/tilstandsrapport/%s/saerutskrift/%s",
                                 id_text(r->id, report), id_text(d->event.id, event)),
            .at = d->event.on,
        };

        if (!put(sink, &found, error))
            return false;
    }
    return true;
}

bool arkiv_search(Db *db, Arena *arena, int64_t owner, SearchPut put, void *sink, GError **error)
{
    ReportList all;

    if (!owner)
        return true;
    if (!tilstandsrapport_list(db, arena, owner, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (!put_papers(db, arena, &all.v[i], put, sink, error) ||
            !put_excerpts(db, arena, &all.v[i], put, sink, error))
            return false;
    return true;
}
