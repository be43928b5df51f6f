/* lager.c - the two tables of the archive: packages made, and what is known of each document.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "arkiv-inside.h"
#include "arkiv.sql.h"

/* --- what is known of each document --- */

static void fill(Arena *arena, ArchiveDoc *d, const ArkivRowsRow *row)
{
    d->sha256 = arena_dup(arena, row->sha256);
    d->exported_at = row->exported_at == NO_INT ? 0 : row->exported_at;
    d->hjemmel = arena_dup(arena, row->hjemmel);
    d->public_title = arena_dup(arena, row->public_title);
    d->until = arena_dup(arena, row->until);
    d->number = arena_dup(arena, row->number);
    d->archive_id = arena_dup(arena, row->archive_id);
    d->receipt_on = arena_dup(arena, row->receipt_on);
}

static void fill_folder(Arena *arena, ArchiveDocs *docs, const ArkivRowsRow *row)
{
    if (*row->number)
        docs->archive_case = arena_dup(arena, row->number);
    docs->folder_id = arena_dup(arena, row->archive_id);
    docs->folder_at = row->exported_at == NO_INT ? 0 : row->exported_at;
}

bool arkiv_fill_rows(Db *db, Arena *arena, const Report *report, ArchiveDocs *docs, GError **error)
{
    g_auto(ArkivRowsRows) rows = { 0 };

    if (!arkiv_rows(db, report->owner, report->id, &rows, error))
        return false;
    for (size_t r = 0; r < rows.n; r++) {
        if (!strcmp(rows.v[r].part, ARKIV_FOLDER))
            fill_folder(arena, docs, &rows.v[r]);
        for (size_t i = 0; i < docs->n; i++)
            if (!strcmp(docs->v[i].part, rows.v[r].part))
                fill(arena, &docs->v[i], &rows.v[r]);
    }
    return true;
}

static int64_t by(int64_t person)
{
    return person ? person : NO_INT;
}

typedef struct {
    const Report *report;
    const ReceiptList *receipts;
    int64_t person;
} Receiving;

static bool receive_work(Db *db, void *arg, GError **error)
{
    const Receiving *r = arg;

    for (size_t i = 0; i < r->receipts->n; i++) {
        const Receipt *one = &r->receipts->v[i];

        if (!arkiv_put_receipt(db, r->report->owner, r->report->id, one->part, one->number,
                               one->archive_id, one->on, by(r->person), error))
            return false;
    }
    return true;
}

bool arkiv_receipts_store(Db *db, const Report *report, const ReceiptList *receipts, int64_t person,
                          GError **error)
{
    Receiving r = { report, receipts, person };

    return db_transaction(db, receive_work, &r, error);
}

bool arkiv_access_store(Db *db, const Report *report, const ArchiveDoc *doc, int64_t person,
                        GError **error)
{
    return arkiv_put_access(db, report->owner, report->id, doc->part, doc->hjemmel,
                            doc->public_title, doc->until, by(person), error);
}

/* --- packages --- */

bool arkiv_package_list(Db *db, Arena *arena, const Report *report, PackageList *ret,
                        GError **error)
{
    g_auto(ArkivPackagesRows) rows = { 0 };

    if (!arkiv_packages(db, report->owner, report->id, &rows, error))
        return false;
    *ret = (PackageList){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Package)), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        ret->v[i] = (Package){ .id = rows.v[i].id,
                               .generation = (int)rows.v[i].generation,
                               .files = (int)rows.v[i].files,
                               .size = rows.v[i].size,
                               .made_at = rows.v[i].made_at,
                               .made_by = rows.v[i].made_by == NO_INT ? 0 : rows.v[i].made_by,
                               .sha256 = arena_dup(arena, rows.v[i].sha256),
                               .kept = rows.v[i].kept == 1 };
    return true;
}

bool arkiv_package_file(Db *db, const Report *report, int64_t id, GBytes **ret, GError **error)
{
    g_auto(ArkivPackageDataRows) rows = { 0 };

    if (!arkiv_package_data(db, report->owner, report->id, id, &rows, error))
        return false;
    if (!rows.n)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no such package");
    *ret = g_bytes_new(rows.v[0].data.data, rows.v[0].data.size);
    return true;
}

typedef struct {
    const Report *report;
    const ArchiveDocs *docs;
    const PackageNew *package;
    const ArkivWish *wish;
} Storing;

static bool store_work(Db *db, void *arg, GError **error)
{
    const Storing *s = arg;
    const int64_t person = by(s->wish->person);
    size_t size;
    const void *data = g_bytes_get_data(s->package->zip, &size);
    g_autofree char *hash = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, s->package->zip);
    const ArkivPackageInsertArgs args = { .owner = s->report->owner,
                                          .id = s->package->id,
                                          .rapport = s->report->id,
                                          .message = s->package->message,
                                          .generation = s->wish->generation,
                                          .files = s->package->files,
                                          .size = (int64_t)size,
                                          .sha256 = hash,
                                          .data = { data, size },
                                          .made_at = s->wish->now,
                                          .made_by = person };

    if (!arkiv_package_insert(db, &args, error) ||
        !arkiv_put_export(db, s->report->owner, s->report->id, ARKIV_FOLDER, NULL, s->wish->now,
                          person, error))
        return false;
    for (size_t i = 0; i < s->docs->n; i++)
        if (s->package->hashes[i] &&
            !arkiv_put_export(db, s->report->owner, s->report->id, s->docs->v[i].part,
                              s->package->hashes[i], s->wish->now, person, error))
            return false;
    return true;
}

bool arkiv_package_store(Db *db, const Report *report, const ArchiveDocs *docs,
                         const PackageNew *package, const ArkivWish *wish, GError **error)
{
    Storing s = { report, docs, package, wish };

    return db_transaction(db, store_work, &s, error);
}

bool arkiv_retention(Db *db, int64_t owner, int64_t before, bool dry, int64_t *ret_n,
                     GError **error)
{
    g_auto(ArkivPackagesOldRows) rows = { 0 };

    if (!arkiv_packages_old(db, owner, before, &rows, error))
        return false;
    *ret_n = rows.v[0].n;
    return dry || !*ret_n || arkiv_packages_empty(db, owner, before, error);
}
