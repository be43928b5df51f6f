/* lagring-egne.c - the owner's half of storing: values matched to the owner's own units.
 *
 * A row about a unit the owner does not have is an error in the owner's own files, and passed over in
 * a file about the whole country.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "lagring.h"
#include "lagring-egne.sql.h"

bool indikator_known(Storing *s, Db *db, GError **error)
{
    g_auto(LagringPublicKnownRows) public_one = { 0 };
    g_auto(LagringOwnKnownRows) own = { 0 };

    if (s->spec->owner ? !lagring_own_known(db, s->spec->owner, s->file->sha256, &own, error)
                       : !lagring_public_known(db, s->file->sha256, &public_one, error))
        return false;
    s->result->known_before = own.n + public_one.n > 0;
    s->result->dataset = own.n ? own.v[0].id : public_one.n ? public_one.v[0].id : 0;
    return true;
}

static bool is_national(const ParsedFile *file)
{
    return !strcmp(file->format, "udir-csv");
}

/* A unit of the owner that is not the importer's: an error in the owner's files, passed over else. */
static bool refuse_unit(Storing *s, const ParsedUnit *u, size_t i)
{
    s->unit_ids[i] = 0;
    s->result->units_unknown++;
    if (!is_national(s->file))
        indikator_problem(s, u->line, 1,
                          _("You may import figures of your own unit only, not of %s."), u->code);
    return true;
}

static bool match_unit(Storing *s, Db *db, const ParsedUnit *u, size_t i, GError **error)
{
    if (!enhet_find(db, s->spec->owner, u->code, &s->unit_ids[i], error))
        return false;
    if (s->unit_ids[i] && s->spec->only_unit && s->unit_ids[i] != s->spec->only_unit)
        return refuse_unit(s, u, i);
    if (s->unit_ids[i]) {
        s->result->units_matched++;
        return true;
    }
    s->result->units_unknown++;
    if (!is_national(s->file))
        indikator_problem(s, u->line, 1,
                          _("No unit of this owner has the number %s. Check the number, or add "
                            "the unit first."),
                          u->code);
    return true;
}

bool indikator_own_match(Storing *s, Db *db, const ParsedUnit *units, size_t n, GError **error)
{
    s->first_of_kind = s->problems->len;
    for (size_t i = 0; i < n; i++)
        if (!match_unit(s, db, &units[i], i, error))
            return false;
    return true;
}

static bool same_real(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) < 1e-12;
}

static bool same_word(const LagringOwnCurrentRow *old, const LagringOwnValueArgs *now)
{
    return same_real(old->value, now->value) && same_real(old->uncertainty, now->uncertainty) &&
           old->n == now->n && old->n_masked == now->n_masked &&
           !strcmp(old->status, now->status) && old->preliminary == now->preliminary &&
           !g_strcmp0(old->qualitative, now->qualitative);
}

static bool store_value(Storing *s, Db *db, const ParsedValue *v, GError **error)
{
    const LagringOwnValueArgs args = {
        .owner = s->spec->owner,
        .enhet = s->unit_ids[v->unit],
        .indikator = v->indicator,
        .period = v->period,
        .grade = v->grade,
        .sex = v->sex,
        .datasett = s->dataset,
        .value = v->has_value ? v->value : NAN,
        .uncertainty = v->has_uncertainty ? v->uncertainty : NAN,
        .n = v->has_n ? v->n : NO_INT,
        .numerator = v->has_numerator ? v->numerator : NAN,
        .denominator = v->has_denominator ? v->denominator : NAN,
        .n_masked = v->n_masked,
        .status = indikator_status_word(v->status),
        .preliminary = v->preliminary,
        .computed = v->computed,
        .qualitative = v->quality,
        .original = v->original,
        .source = v->source ? v->source : "",
        .line = v->line,
    };
    g_auto(LagringOwnCurrentRows) old = { 0 };

    if (!args.enhet)
        return true;
    if (!lagring_own_current(db, args.owner, args.enhet, v->indicator, v->period, v->grade, v->sex,
                             &old, error))
        return false;
    if (old.n && same_word(&old.v[0], &args))
        return true;
    if (old.n && !lagring_own_retire(db, args.owner, args.enhet, v->indicator, v->period, v->grade,
                                     v->sex, error))
        return false;
    s->result->changed += old.n > 0;
    s->result->values++;
    return lagring_own_value(db, &args, error);
}

bool indikator_own_store(Storing *s, Db *db, GError **error)
{
    const LagringOwnDatasetArgs dataset = {
        .owner = s->spec->owner,
        .id = s->dataset,
        .format = s->file->format,
        .filename = s->spec->filename,
        .sha256 = s->file->sha256,
        .encoding = s->file->encoding,
        .n_rows = (int64_t)s->file->counts.rows,
        .n_values = 0,
        .imported_at = s->spec->now,
        .imported_by = s->spec->person ? s->spec->person : NO_INT,
    };

    if (!indikator_own_match(s, db, s->file->units, s->file->n_units, error))
        return false;
    if (s->problems->len)
        return true; /* the caller rolls back and reports */
    if (!lagring_own_dataset(db, &dataset, error))
        return false;
    for (size_t i = 0; i < s->file->n_values; i++)
        if (!strcmp(s->file->values[i].owner, "alle") &&
            !store_value(s, db, &s->file->values[i], error))
            return false;
    return lagring_own_counted(db, s->spec->owner, s->dataset, s->result->values, error);
}
