/* lagring-felles.c - the public half of storing: units with dated names, values with provenance.
 *
 * A newer file's word replaces an older one's, which is kept and no longer current; the same word
 * twice is stored once.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "lagring.h"
#include "lagring-felles.sql.h"

static bool name_unit(Storing *s, Db *db, int64_t id, const ParsedUnit *u, GError **error)
{
    const char *period = s->file->first_period, *county = u->county ? u->county : "";
    const char *municipality = u->municipality ? u->municipality : "";
    g_auto(LagringUnitNameRows) now = { 0 };

    if (!lagring_unit_name(db, id, period, &now, error))
        return false;
    if (now.n && !strcmp(now.v[0].name, u->name) && !strcmp(now.v[0].kommune, municipality) &&
        !strcmp(now.v[0].fylke, county))
        return true;
    return lagring_unit_name_insert(db, id, period, u->name, municipality, county, error);
}

static bool store_unit(Storing *s, Db *db, size_t i, GError **error)
{
    const ParsedUnit *u = &s->file->units[i];
    g_auto(LagringUnitRows) known = { 0 };

    if (!lagring_unit(db, u->level, u->code, &known, error))
        return false;
    s->unit_ids[i] = known.n ? known.v[0].id : id_new();
    s->result->units_matched++;
    if (known.n == 0 && !lagring_unit_insert(db, s->unit_ids[i], u->level, u->code, error))
        return false;
    return name_unit(s, db, s->unit_ids[i], u, error);
}

static bool is_fresh(Storing *s, Db *db, const ParsedValue *v, bool *ret, GError **error)
{
    g_autofree char *key = g_strdup_printf("%s|%s", v->indicator, v->period);
    g_auto(LagringPublicAnyRows) any = { 0 };
    const char *known = g_hash_table_lookup(s->fresh, key);

    if (known) {
        *ret = *known == 'y';
        return true;
    }
    if (!lagring_public_any(db, v->indicator, v->period, &any, error))
        return false;
    *ret = any.v[0].n == 0;
    g_hash_table_insert(s->fresh, g_steal_pointer(&key), (void *)(uintptr_t)(*ret ? "y" : "n"));
    return true;
}

static bool same_real(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) < 1e-12;
}

static bool same_word(const LagringPublicCurrentRow *old, const LagringPublicValueArgs *now)
{
    return same_real(old->value, now->value) && same_real(old->uncertainty, now->uncertainty) &&
           old->n == now->n && old->n_masked == now->n_masked &&
           !strcmp(old->status, now->status) && old->preliminary == now->preliminary;
}

static bool store_value(Storing *s, Db *db, const ParsedValue *v, GError **error)
{
    const LagringPublicValueArgs args = {
        .enhet = s->unit_ids[v->unit],
        .indikator = v->indicator,
        .period = v->period,
        .grade = v->grade,
        .sex = v->sex,
        .datasett = s->dataset,
        .value = v->has_value ? v->value : NAN,
        .uncertainty = v->has_uncertainty ? v->uncertainty : NAN,
        .n = v->has_n ? v->n : NO_INT,
        .n_masked = v->n_masked,
        .status = indikator_status_word(v->status),
        .preliminary = v->preliminary,
        .original = v->original,
        .line = v->line,
    };
    g_auto(LagringPublicCurrentRows) old = { 0 };
    bool fresh;

    if (!is_fresh(s, db, v, &fresh, error))
        return false;
    if (!fresh && !lagring_public_current(db, args.enhet, v->indicator, v->period, v->grade, v->sex,
                                          &old, error))
        return false;
    if (old.n && same_word(&old.v[0], &args))
        return true;
    if (old.n &&
        !lagring_public_retire(db, args.enhet, v->indicator, v->period, v->grade, v->sex, error))
        return false;
    s->result->changed += old.n > 0;
    s->result->values++;
    return lagring_public_value(db, &args, error);
}

bool indikator_public_store(Storing *s, Db *db, GError **error)
{
    const LagringPublicDatasetArgs dataset = {
        .id = s->dataset,
        .format = s->file->format,
        .filename = s->spec->filename,
        .sha256 = s->file->sha256,
        .encoding = s->file->encoding,
        .n_rows = (int64_t)s->file->counts.rows,
        .n_values = 0,
        .imported_at = s->spec->now,
    };

    if (!lagring_public_dataset(db, &dataset, error))
        return false;
    for (size_t i = 0; i < s->file->n_units; i++)
        if (!store_unit(s, db, i, error))
            return false;
    for (size_t i = 0; i < s->file->n_values; i++)
        if (!strcmp(s->file->values[i].owner, "alle") &&
            !store_value(s, db, &s->file->values[i], error))
            return false;
    return lagring_public_counted(db, s->dataset, s->result->values, error);
}
