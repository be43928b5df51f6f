/* sok.c - the index brought up to date: what the slices say can be found, held against what is there.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>
#include "sok.h"
#include "jobb.h"
#include "stem.h"
#include "sok-sider.h"
#include "sok.sql.h"

#define BODY_SHOWN 4000   /* characters kept for the excerpt */
#define BODY_FOUND 100000 /* bytes that are searched */
#define BATCH 200         /* documents a transaction */
#define TITLE_MOST 300
#define SOON (3 * G_TIME_SPAN_SECOND)

typedef struct {
    int64_t id;
    char digest[65];
    bool seen;
} Known;

typedef struct {
    Db *db;
    int64_t owner;
    GHashTable *known; /* "kind object part" -> Known */
    GPtrArray *rows;   /* SokInsertArgs that wait; their texts in `arena` */
    GArray *gone;      /* ids that wait to be taken out */
    Arena *arena;
    int64_t changed;
} Build;

static char *key_of(const char *kind, int64_t object, const char *part)
{
    return g_strdup_printf("%s %" G_GINT64_FORMAT " %s", kind, object, part);
}

/* --- writing --- */

static bool write_work(Db *db, void *arg, GError **error)
{
    const Build *b = arg;

    for (guint i = 0; i < b->gone->len; i++) {
        int64_t id = g_array_index(b->gone, int64_t, i);

        if (!sok_unindex(db, b->owner, id, error) || !sok_delete(db, b->owner, id, error))
            return false;
    }
    for (guint i = 0; i < b->rows->len; i++) {
        const SokInsertArgs *row = g_ptr_array_index(b->rows, i);

        if (!sok_insert(db, row, error) || !sok_index(db, b->owner, row->id, error))
            return false;
    }
    return true;
}

static bool flush(Build *b, GError **error)
{
    if (!b->rows->len && !b->gone->len)
        return true;
    if (!db_transaction(b->db, write_work, b, error))
        return false;
    g_ptr_array_set_size(b->rows, 0);
    g_array_set_size(b->gone, 0);
    arena_free(b->arena);
    b->arena = arena_new();
    return true;
}

/* --- one document --- */

static char *digest_of(const SearchDoc *doc)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *numbers =
        g_strdup_printf("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, doc->object, doc->unit);
    const char *const texts[] = {
        doc->kind,  doc->part, doc->language, numbers, perm_info(doc->gate)->name,
        doc->title, doc->body, doc->path,     doc->at
    };

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) /* each with its NUL, so that none runs on */
        g_checksum_update(sum, (const guchar *)texts[i], (gssize)strlen(texts[i]) + 1);
    return g_strdup(g_checksum_get_string(sum));
}

/* At most n characters of a text. */
static const char *first(Arena *arena, const char *text, glong n)
{
    return g_utf8_strlen(text, -1) <= n
               ? arena_dup(arena, text)
               : arena_ndup(arena, text, (size_t)(g_utf8_offset_to_pointer(text, n) - text));
}

/* At most n bytes, whole characters. */
static char *cut(const char *text, size_t n)
{
    const char *end;

    if (strlen(text) <= n)
        return g_strdup(text);
    end = g_utf8_find_prev_char(text, text + n + 1);
    return g_strndup(text, (gsize)(end - text));
}

static SokInsertArgs *row_of(Build *b, const SearchDoc *doc, const char *digest)
{
    Arena *a = b->arena;
    SokInsertArgs *row = arena_alloc(a, sizeof *row);
    g_autofree char *found = cut(doc->body, BODY_FOUND);
    g_autofree char *title_words = stem_text(doc->title), *words = stem_text(found);

    *row = (SokInsertArgs){
        .owner = b->owner,
        .id = id_new(),
        .kind = arena_dup(a, doc->kind),
        .object = doc->object,
        .part = arena_dup(a, doc->part),
        .language = arena_dup(a, doc->language),
        .gate = perm_info(doc->gate)->name,
        .unit = doc->unit ? doc->unit : NO_INT,
        .title = first(a, doc->title, TITLE_MOST),
        .body = first(a, doc->body, BODY_SHOWN),
        .path = arena_dup(a, doc->path),
        .at = arena_dup(a, doc->at),
        .digest = arena_dup(a, digest),
        .title_words = arena_dup(a, title_words),
        .words = arena_dup(a, words),
    };
    return row;
}

static bool put(void *sink, const SearchDoc *doc, GError **error)
{
    Build *b = sink;
    SearchDoc whole = *doc;

    whole.part = doc->part ? doc->part : "";
    whole.language = doc->language ? doc->language : "";
    whole.at = doc->at ? doc->at : "";
    whole.body = doc->body ? doc->body : "";
    if (!doc->title || !*doc->title)
        return true;
    g_autofree char *digest = digest_of(&whole), *key = key_of(doc->kind, doc->object, whole.part);
    Known *known = g_hash_table_lookup(b->known, key);

    if (known && known->seen)
        return app_fail(error, APP_ERROR_CONFLICT, "two documents of search are %s", key);
    if (known) {
        known->seen = true;
        if (!strcmp(known->digest, digest))
            return true;
        g_array_append_val(b->gone, known->id);
    } else {
        known = g_new0(Known, 1);
        known->seen = true;
        g_hash_table_insert(b->known, g_steal_pointer(&key), known);
    }
    g_ptr_array_add(b->rows, row_of(b, &whole, digest));
    b->changed++;
    return b->rows->len < BATCH || flush(b, error);
}

/* --- all of them --- */

static bool read_known(Build *b, GError **error)
{
    g_auto(SokDigestsRows) rows = { 0 };

    if (!sok_digests(b->db, b->owner, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        const SokDigestsRow *r = &rows.v[i];
        Known *known = g_new0(Known, 1);

        known->id = r->id;
        g_strlcpy(known->digest, r->digest, sizeof known->digest);
        g_hash_table_insert(b->known, key_of(r->kind, r->object, r->part), known);
    }
    return true;
}

static bool remove_rest(Build *b, GError **error)
{
    GHashTableIter iter;
    void *value;

    g_hash_table_iter_init(&iter, b->known);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const Known *known = value;

        if (known->seen)
            continue;
        g_array_append_val(b->gone, known->id);
        b->changed++;
        if (b->gone->len >= BATCH && !flush(b, error))
            return false;
    }
    return flush(b, error);
}

static bool ask_slices(Build *b, const Slice *const *slices, GError **error)
{
    for (const Slice *const *s = slices; *s; s++) {
        g_autoptr(Arena) arena = arena_new();

        if ((*s)->search && !(*s)->search(b->db, arena, b->owner, put, b, error))
            return false;
    }
    return true;
}

bool sok_build(Db *db, int64_t owner, const Slice *const *slices, int64_t *ret_changed,
               GError **error)
{
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GPtrArray) rows = g_ptr_array_new();
    g_autoptr(GArray) gone = g_array_new(FALSE, FALSE, sizeof(int64_t));
    Build b = { db, owner, known, rows, gone, arena_new(), 0 };

    bool done = read_known(&b, error) && ask_slices(&b, slices, error) && remove_rest(&b, error);

    arena_free(b.arena);
    if (done && ret_changed)
        *ret_changed = b.changed;
    return done;
}

/* --- as a job --- */

bool sok_changed(Db *db, int64_t owner, int64_t now, GError **error)
{
    g_autofree char *key = g_strdup_printf("sok %" G_GINT64_FORMAT, now / SOON);
    const JobNew job = { .owner = owner,
                         .kind = "sok",
                         .title = _("Bringing the search up to date"),
                         .not_before = now + SOON,
                         .key = key };
    int64_t id;

    return jobb_add(db, &job, now, &id, error);
}

bool sok_job(Job *job, GError **error)
{
    return sok_build(job->db, job->owner, app_slices, NULL, error);
}
