/* pakke.c - the package for the archive: every file that is ready, the message, and a manifest; made
 * by a job, or by the command line.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "arkiv-inside.h"
#include "doc-zip.h"
#include "eier.h"
#include "revisjon.h"

enum { DEFAULT_GENERATION = 2 };

typedef struct {
    Db *db;
    Arena *arena;
    const Report *report;
    const ArkivWish *wish;
    ArchiveDocs docs;
    ArchiveFile *files, *attached; /* by document */
    const char **hashes;           /* by document */
    int n_files, total, done;
    DocZip *zip;
    GString *manifest;
} Packing;

static void packing_clear(Packing *p)
{
    g_clear_pointer(&p->zip, doc_zip_free);
    if (p->manifest)
        g_string_free(g_steal_pointer(&p->manifest), TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Packing, packing_clear)

static void put(Packing *p, const char *name, GBytes *data, const char *hash)
{
    g_string_append_printf(p->manifest, "%s  %s\n", hash, name);
    doc_zip_add(p->zip, name, data, false);
}

static bool make_file(Packing *p, size_t i, bool attached, GError **error)
{
    const ArchiveDoc *d = &p->docs.v[i];
    ArchiveFile *file = attached ? &p->attached[i] : &p->files[i];
    const ArkivWish *w = p->wish;
    GBytes *pdf = NULL;

    if (w->progress && !w->progress(w->arg, p->done, p->total, d->title, error))
        return false;
    if (!arkiv_document_pdf(p->db, p->arena, p->report, &p->docs, d, attached, &pdf, error))
        return false;
    g_autofree char *hash = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, pdf);

    *file = (ArchiveFile){ attached ? d->attached_file : d->file, arena_dup(p->arena, hash),
                           g_bytes_get_size(pdf) };
    put(p, file->name, pdf, hash);
    p->n_files++;
    p->done++;
    return true;
}

static bool make_files(Packing *p, GError **error)
{
    for (size_t i = 0; i < p->docs.n; i++)
        if (!p->docs.v[i].waits)
            p->total += p->docs.v[i].attached_file ? 2 : 1;
    if (!p->total)
        return app_fail(error, APP_ERROR_CONFLICT, "%s",
                        _("Nothing of this report is ready to be archived yet."));
    for (size_t i = 0; i < p->docs.n; i++) {
        const ArchiveDoc *d = &p->docs.v[i];

        if (d->waits)
            continue;
        if (!make_file(p, i, false, error) || (d->attached_file && !make_file(p, i, true, error)))
            return false;
        p->hashes[i] = p->files[i].sha256;
    }
    return true;
}

static void put_message(Packing *p, const char *id)
{
    const Message message = { .report = p->report,
                              .docs = &p->docs,
                              .files = p->files,
                              .attached = p->attached,
                              .n_files = p->n_files,
                              .message = id,
                              .generation = p->wish->generation,
                              .today = p->wish->today,
                              .now = p->wish->now };
    size_t len;
    char *xml = arkiv_message_xml(&message, &len);
    GBytes *bytes = g_bytes_new_take(xml, len);
    g_autofree char *hash = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);

    put(p, "arkivmelding.xml", bytes, hash);
}

static void put_manifest(Packing *p)
{
    size_t len = p->manifest->len;
    char *text = g_string_free(g_steal_pointer(&p->manifest), FALSE);

    doc_zip_add(p->zip, "manifest-sha256.txt", g_bytes_new_take(text, len), false);
}

/* Delivered to another system is read by others: a line in the log says who, what and how. */
static bool note(Packing *p, GError **error)
{
    g_autofree char *detail = g_strdup_printf("%s, arkivmelding %d, %d filer", p->report->title,
                                              p->wish->generation, p->n_files);
    const AuditNote line = { .owner = p->report->owner,
                             .at = p->wish->now,
                             .person = p->wish->person,
                             .role = p->wish->role,
                             .act = "eksport.arkiv",
                             .object = p->report->id,
                             .detail = detail };

    return revisjon_add(p->db, &line, error);
}

static bool prepare(Packing *p, GError **error)
{
    size_t n;

    if (!arkiv_documents(p->db, p->arena, p->report, &p->docs, error))
        return false;
    n = MAX(p->docs.n, 1);
    p->files = arena_alloc(p->arena, n * sizeof(ArchiveFile));
    p->attached = arena_alloc(p->arena, n * sizeof(ArchiveFile));
    p->hashes = arena_alloc(p->arena, n * sizeof(char *));
    p->zip = doc_zip_new();
    p->manifest = g_string_new(NULL);
    return true;
}

/* Everything but storing it. */
static bool pack(Packing *p, PackageNew *ret, GError **error)
{
    g_autofree char *id = g_uuid_string_random();

    if (!prepare(p, error) || !make_files(p, error))
        return false;
    put_message(p, id);
    put_manifest(p);
    *ret = (PackageNew){
        .id = id_new(), .message = arena_dup(p->arena, id), .files = p->n_files, .hashes = p->hashes
    };
    return doc_zip_finish(p->zip, &ret->zip, error);
}

bool arkiv_package(Db *db, Arena *arena, const Report *report, const ArkivWish *wish,
                   GBytes **ret_zip, int *ret_files, GError **error)
{
    g_auto(Packing) p = { .db = db, .arena = arena, .report = report, .wish = wish };
    PackageNew package = { 0 };

    if (!pack(&p, &package, error))
        return false;
    if (!arkiv_package_store(db, report, &p.docs, &package, wish, error) || !note(&p, error)) {
        g_bytes_unref(package.zip);
        return false;
    }
    *ret_zip = package.zip;
    if (ret_files)
        *ret_files = package.files;
    return true;
}

/* --- the job --- */

static bool tell(void *arg, int done, int total, const char *title, GError **error)
{
    Job *job = arg;
    g_autofree char *text = g_strdup_printf(_("Makes %s"), title);

    return job_progress(job, done, total, text, error);
}

typedef struct {
    Packing *p;
    PackageNew *package;
} Finishing;

static bool finish_work(Db *db, void *arg, GError **error)
{
    const Finishing *f = arg;

    f->p->db = db;
    return arkiv_package_store(db, f->p->report, &f->p->docs, f->package, f->p->wish, error) &&
           note(f->p, error);
}

static bool finish(Job *job, Packing *p, PackageNew *package, GError **error)
{
    Finishing f = { p, package };
    g_autofree char *text =
        g_strdup_printf(ngettext("The package with %d file is ready.",
                                 "The package with %d files is ready.", package->files),
                        package->files);
    char report[ID_TEXT];
    g_autofree char *path = g_strdup_printf("/arkiv/%s#pakker", id_text(p->report->id, report));

    job_result(job, text, path);
    return job_finish(job, finish_work, &f, error);
}

/* args: "REPORT GENERATION ROLE" */
static bool run(Job *job, GError **error)
{
    g_auto(GStrv) args = g_strsplit(job->args, " ", 3);
    Report report;
    PackageNew package = { 0 };

    if (g_strv_length(args) != 3)
        return app_fail(error, APP_ERROR_INVALID, "the job says nothing");
    if (!tilstandsrapport_get(job->db, job->arena, job->owner, id_parse(args[0]), &report, error))
        return false;
    const ArkivWish wish = { .generation = strcmp(args[1], "1") ? DEFAULT_GENERATION : 1,
                             .person = job->person,
                             .role = args[2],
                             .today = job->today,
                             .now = job->now,
                             .progress = tell,
                             .arg = job };
    g_auto(Packing) p = { .db = job->db, .arena = job->arena, .report = &report, .wish = &wish };

    if (!pack(&p, &package, error))
        return false;
    bool done = finish(job, &p, &package, error);

    g_bytes_unref(package.zip);
    return done;
}

const JobKind arkiv_jobs[] = { { .kind = "arkivpakke",
                                 .label = N_("Making a package for the archive"),
                                 .run = run,
                                 .attempts = 3,
                                 .lease = 300 },
                               { 0 } };
