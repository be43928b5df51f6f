/* lagring-felles.c - the public half of storing: units with dated names, values with provenance.
 *
 * A file that has numbers makes the units it names; one that has names alone must have been told their
 * numbers, as many schools of the country share a name.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "lagring.h"
#include "lagring-felles.sql.h"

static bool known(Storing *s, Db *db, GError **error)
{
    g_auto(LagringPublicKnownRows) rows = { 0 };

    if (!lagring_public_known(db, s->file->sha256, &rows, error))
        return false;
    s->result->known_before = rows.n > 0;
    s->result->dataset = rows.n ? rows.v[0].id : 0;
    s->result->undone_before = rows.n > 0 && rows.v[0].undone_at != NO_INT;
    if (s->result->undone_before)
        s->result->values = rows.v[0].n_values;
    return true;
}

static bool load(Storing *s, Db *db, const char *indicator, const char *period, GError **error)
{
    g_auto(LagringPublicCurrentRows) rows = { 0 };

    if (!lagring_public_current(db, indicator, period, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        const LagringPublicCurrentRow *r = &rows.v[i];
        const Word word = { r->value,
                            r->uncertainty,
                            r->n,
                            r->n_masked != 0,
                            r->preliminary != 0,
                            indikator_status_of(r->status),
                            NULL };

        const StoredRow row = { r->enhet, r->grade, r->sex, word };

        indikator_stored(s, indicator, period, &row);
    }
    return true;
}

static bool earlier(Storing *s, Db *db, const char *indicator, const char *period, GError **error)
{
    g_auto(LagringPublicEarlierRows) rows = { 0 };

    if (!lagring_public_earlier(db, indicator, period, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        indikator_earlier(s, rows.v[i].id, rows.v[i].filename, rows.v[i].imported_at, rows.v[i].n);
    return true;
}

/* --- units --- */

/* Level and code as one text; the code alone may be of two levels. */
static char *unit_key(int64_t level, const char *code)
{
    return g_strdup_printf("%d;%s", (int)level, code);
}

static GHashTable *by_key(const LagringUnitsRows *rows)
{
    GHashTable *table = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (size_t i = 0; i < rows->n; i++)
        g_hash_table_insert(table, unit_key(rows->v[i].level, rows->v[i].code), &rows->v[i].id);
    return table;
}

/* By the number somebody has said; the level follows from its length. */
static int64_t find_said(GHashTable *units, const char *number)
{
    static const int levels[] = { 1, 1, 2, 2, 3, 4 };
    size_t len = strlen(number);
    g_autofree char *key = unit_key(len < G_N_ELEMENTS(levels) ? levels[len] : 4, number);
    const int64_t *id = g_hash_table_lookup(units, key);

    return id ? *id : 0;
}

/* The number of a unit: what somebody has said of its name, or what the file has. */
static const char *code_of(const Storing *s, const ParsedUnit *u)
{
    const char *said = indikator_said_unit(s, u->code);

    return said ? said : u->code;
}

static void match_unit(Storing *s, GHashTable *units, const ParsedUnit *u, size_t i)
{
    const char *said = indikator_said_unit(s, u->code);
    g_autofree char *key = unit_key(u->level, u->code);
    const int64_t *id = u->by_name ? NULL : g_hash_table_lookup(units, key);

    s->unit_ids[i] = said ? find_said(units, said) : id ? *id : 0;
    s->unit_new[i] = false;
    if (s->unit_ids[i]) {
        s->result->units_matched++;
        return;
    }
    if (said && !strcmp(said, "-")) {
        s->result->units_unknown++;
        return;
    }
    if (u->by_name && !(said && enhet_orgnr_valid(said))) {
        s->result->units_unknown++;
        g_autofree char *message =
            g_strdup_printf(_("The file names %s without a number, and many units of the country "
                              "may be called so. Say which number it has."),
                            u->code);

        indikator_unknown_unit(s, u, message);
        return;
    }
    int64_t *fresh = arena_alloc(s->arena, sizeof *fresh); /* another name may mean it too */

    s->unit_ids[i] = *fresh = id_new();
    s->unit_new[i] = true;
    g_hash_table_insert(units, unit_key(u->level, code_of(s, u)), fresh);
    s->result->units_matched++;
}

static bool match(Storing *s, Db *db, const ParsedUnit *units, size_t n, GError **error)
{
    g_auto(LagringUnitsRows) rows = { 0 };
    g_autoptr(GHashTable) table = NULL;

    if (!lagring_units(db, &rows, error))
        return false;
    table = by_key(&rows);
    s->first_of_kind = s->problems->len;
    for (size_t i = 0; i < n; i++)
        match_unit(s, table, &units[i], i);
    return true;
}

typedef struct {
    GHashTable *newest; /* unit's id -> LagringUnitNamesRow */
} Names;

static bool is_cube(const ParsedFile *f)
{
    return !strcmp(f->format, "jsonstat") || !strcmp(f->format, "px");
}

/* Does the unit get a name, or another one than it has? */
static bool is_named_anew(const Storing *s, const Names *names, size_t i)
{
    const ParsedUnit *u = &s->file->units[i];
    const LagringUnitNamesRow *now = g_hash_table_lookup(names->newest, &s->unit_ids[i]);

    if (u->name == NULL || (u->by_name && !s->unit_new[i]) ||
        (is_cube(s->file) && !s->unit_new[i])) /* a table names regions in its own way */
        return false;
    return !now || strcmp(now->name, u->name) != 0 ||
           strcmp(now->kommune, u->municipality ? u->municipality : "") != 0 ||
           strcmp(now->fylke, u->county ? u->county : "") != 0;
}

/* A unit that the file has under two numbers has the later name: one statement names it once. */
static LagringUnitNameInsertArgs *place_of_name(GHashTable *named, int64_t *unit,
                                                LagringUnitNameInsertArgs *next)
{
    LagringUnitNameInsertArgs *place = g_hash_table_lookup(named, unit);

    if (place)
        return place;
    g_hash_table_insert(named, unit, next);
    return next;
}

static bool write_units(const Storing *s, Db *db, const Names *names, GError **error)
{
    const ParsedFile *f = s->file;
    g_autoptr(GHashTable) named_at = g_hash_table_new(g_int64_hash, g_int64_equal);
    g_autofree LagringUnitInsertArgs *units = g_new(LagringUnitInsertArgs, f->n_units + 1);
    g_autofree LagringUnitNameInsertArgs *named = g_new(LagringUnitNameInsertArgs, f->n_units + 1);
    size_t n = 0, n_named = 0;

    for (size_t i = 0; i < f->n_units; i++) {
        const ParsedUnit *u = &f->units[i];

        if (s->unit_ids[i] == 0)
            continue;
        if (s->unit_new[i])
            units[n++] = (LagringUnitInsertArgs){ s->unit_ids[i], u->level, code_of(s, u) };
        if (!is_named_anew(s, names, i))
            continue;
        LagringUnitNameInsertArgs *place =
            place_of_name(named_at, &s->unit_ids[i], &named[n_named]);

        n_named += place == &named[n_named];
        *place = (LagringUnitNameInsertArgs){ s->unit_ids[i], u->from ? u->from : f->first_period,
                                              u->name, u->municipality ? u->municipality : "",
                                              u->county ? u->county : "" };
    }
    return lagring_unit_insert(db, units, n, error) &&
           lagring_unit_name_insert(db, named, n_named, error);
}

/* The latest period a name of the file holds from; NULL when the file has neither. */
static const char *names_at(const ParsedFile *f)
{
    const char *at = f->first_period;

    for (size_t i = 0; i < f->n_units; i++)
        if (f->units[i].from && (!at || strcmp(f->units[i].from, at) > 0))
            at = f->units[i].from;
    return at;
}

/* Of a register: what became of municipalities, and units that have closed; each unit once. */
static bool store_register(const Storing *s, Db *db, GError **error)
{
    const ParsedFile *f = s->file;
    g_autofree LagringChangeArgs *changes = g_new0(LagringChangeArgs, f->n_changes + 1);
    g_autofree LagringUnitStatusArgs *status = g_new0(LagringUnitStatusArgs, f->n_units + 1);
    size_t n = 0, n_changes = 0;

    for (size_t i = 0; i < f->n_changes; i++) {
        const ParsedChange *c = &f->changes[i];

        changes[n_changes++] = (LagringChangeArgs){ c->old_code, c->new_code, c->date,
                                                    indikator_change_word(c->kind), s->dataset };
    }
    for (size_t i = 0; i < f->n_units; i++)
        if (f->units[i].closed && s->unit_ids[i])
            status[n++] = (LagringUnitStatusArgs){ s->unit_ids[i], f->units[i].closed, s->dataset };
    return lagring_change(db, changes, n_changes, error) &&
           lagring_unit_status(db, status, n, error);
}

static bool store_units(const Storing *s, Db *db, GError **error)
{
    g_auto(LagringUnitNamesRows) rows = { 0 };
    g_autoptr(GHashTable) newest = g_hash_table_new(g_int64_hash, g_int64_equal);
    const Names names = { newest };

    if (!names_at(s->file))
        return true;
    if (!lagring_unit_names(db, names_at(s->file), &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        g_hash_table_replace(newest, &rows.v[i].enhet, &rows.v[i]);
    return write_units(s, db, &names, error);
}

/* --- values --- */

static bool begin(Storing *s, Db *db, GError **error)
{
    const ImportResult *r = s->result;
    const LagringPublicDatasetArgs dataset = {
        .id = s->dataset,
        .format = s->file->format,
        .filename = s->spec->filename,
        .sha256 = s->file->sha256,
        .encoding = s->file->encoding,
        .n_rows = r->rows,
        .n_values = r->values,
        .imported_at = s->spec->now,
        .n_new = r->fresh,
        .n_changed = r->changed,
        .n_same = r->same,
        .n_masked = r->masked,
        .n_missing = r->missing,
        .title = s->file->title,
        .periods = r->periods,
    };

    return lagring_public_dataset(db, &dataset, error) && store_units(s, db, error) &&
           store_register(s, db, error);
}

static bool retire(Storing *s, Db *db, const ParsedValue *v, GError **error)
{
    return lagring_public_retire(db, s->unit_ids[v->unit], v->indicator, v->period, v->grade,
                                 v->sex, error);
}

static LagringPublicValueArgs row_of(const Storing *s, const ParsedValue *v, bool current)
{
    return (LagringPublicValueArgs){
        .enhet = s->unit_ids[v->unit],
        .indikator = v->indicator,
        .period = v->period,
        .grade = v->grade,
        .sex = v->sex,
        .datasett = s->dataset,
        .current = current,
        .value = v->has_value ? v->value : NAN,
        .uncertainty = v->has_uncertainty ? v->uncertainty : NAN,
        .n = v->has_n ? v->n : NO_INT,
        .n_masked = v->n_masked,
        .status = indikator_status_word(v->status),
        .preliminary = v->preliminary,
        .original = v->original,
        .line = v->line,
    };
}

static bool insert(Storing *s, Db *db, const Fresh *fresh, size_t n, GError **error)
{
    g_autofree LagringPublicValueArgs *rows = g_new(LagringPublicValueArgs, n + 1);

    for (size_t i = 0; i < n; i++)
        rows[i] = row_of(s, fresh[i].value, fresh[i].current);
    return lagring_public_value(db, rows, n, error);
}

const ValueStore indikator_public_values = { load, earlier, known, match, begin, retire, insert };
