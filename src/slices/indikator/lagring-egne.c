/* lagring-egne.c - the owner's half of storing: values matched to the owner's own units.
 *
 * A row about a unit the owner does not have is an error in the owner's own files, and passed over in
 * a file about the whole country.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "lagring.h"
#include "lagring-egne.sql.h"

static bool known(Storing *s, Db *db, GError **error)
{
    g_auto(LagringOwnKnownRows) rows = { 0 };

    if (!lagring_own_known(db, s->spec->owner, s->file->sha256, &rows, error))
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
    g_auto(LagringOwnCurrentRows) rows = { 0 };

    if (!lagring_own_current(db, s->spec->owner, indicator, period, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        const LagringOwnCurrentRow *r = &rows.v[i];
        const Word word = { r->value,         r->uncertainty,      r->n,
                            r->n_masked != 0, r->preliminary != 0, indikator_status_of(r->status),
                            r->qualitative };

        const StoredRow row = { r->enhet, r->grade, r->sex, word };

        indikator_stored(s, indicator, period, &row);
    }
    return true;
}

static bool earlier(Storing *s, Db *db, const char *indicator, const char *period, GError **error)
{
    g_auto(LagringOwnEarlierRows) rows = { 0 };

    if (!lagring_own_earlier(db, s->spec->owner, indicator, period, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        indikator_earlier(s, rows.v[i].id, rows.v[i].filename, rows.v[i].imported_at, rows.v[i].n);
    return true;
}

static bool is_national(const ParsedFile *file)
{
    return !strcmp(file->format, "udir-csv");
}

/* A unit of the owner that is not the importer's: an error in the owner's files, passed over else. */
static void refuse_unit(Storing *s, const ParsedUnit *u, size_t i)
{
    s->unit_ids[i] = 0;
    s->result->units_unknown++;
    if (!is_national(s->file))
        indikator_problem(s, u->line, 1,
                          _("You may import figures of your own unit only, not of %s."), u->code);
}

/* A unit by the owner's names for it; 0 when none or several have it. */
static int64_t find_name(const EnhetList *all, const char *name)
{
    g_autofree char *wanted = indikator_fold(name);
    int64_t found = 0;

    for (size_t i = 0; i < all->n; i++) {
        g_autofree char *folded = indikator_fold(all->v[i].name);

        if (strcmp(folded, wanted))
            continue;
        if (found)
            return 0;
        found = all->v[i].id;
    }
    return found;
}

static bool find_unit(Storing *s, Db *db, const EnhetList *all, const ParsedUnit *u, int64_t *ret,
                      GError **error)
{
    const char *said = indikator_said_unit(s, u->code);

    *ret = 0;
    if (said)
        return enhet_find(db, s->spec->owner, said, ret, error);
    if (u->by_name) {
        *ret = find_name(all, u->name);
        return true;
    }
    return enhet_find(db, s->spec->owner, u->code, ret, error);
}

static void ask_about(Storing *s, const ParsedUnit *u)
{
    g_autofree char *message =
        u->by_name
            ? g_strdup_printf(_("No unit of this owner is called %s. Say which unit it is."),
                              u->code)
            : g_strdup_printf(_("No unit of this owner has the number %s. Check the number, or add "
                                "the unit first."),
                              u->code);

    indikator_unknown_unit(s, u, message);
}

static bool match_unit(Storing *s, Db *db, const EnhetList *all, const ParsedUnit *u, size_t i,
                       GError **error)
{
    const char *said = indikator_said_unit(s, u->code);

    s->unit_ids[i] = 0;
    if (said && !strcmp(said, "-")) {
        s->result->units_unknown++;
        return true;
    }
    if (!find_unit(s, db, all, u, &s->unit_ids[i], error))
        return false;
    if (s->unit_ids[i] && s->spec->only_unit && s->unit_ids[i] != s->spec->only_unit) {
        refuse_unit(s, u, i);
    } else if (s->unit_ids[i]) {
        s->result->units_matched++;
    } else {
        s->result->units_unknown++;
        if (!is_national(s->file))
            ask_about(s, u);
    }
    return true;
}

static bool match(Storing *s, Db *db, const ParsedUnit *units, size_t n, GError **error)
{
    EnhetList all;

    if (!enhet_list(db, s->arena, s->spec->owner, s->spec->today, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++)
        g_hash_table_insert(s->names, &all.v[i].id, (void *)(uintptr_t)all.v[i].name);
    s->first_of_kind = s->problems->len;
    for (size_t i = 0; i < n; i++)
        if (!match_unit(s, db, &all, &units[i], i, error))
            return false;
    return true;
}

static bool begin(Storing *s, Db *db, GError **error)
{
    const ImportResult *r = s->result;
    const LagringOwnDatasetArgs dataset = {
        .owner = s->spec->owner,
        .id = s->dataset,
        .format = s->file->format,
        .filename = s->spec->filename,
        .sha256 = s->file->sha256,
        .encoding = s->file->encoding,
        .n_rows = r->rows,
        .n_values = r->values,
        .imported_at = s->spec->now,
        .imported_by = s->spec->person ? s->spec->person : NO_INT,
        .n_new = r->fresh,
        .n_changed = r->changed,
        .n_same = r->same,
        .n_masked = r->masked,
        .n_missing = r->missing,
        .title = s->file->title,
        .periods = r->periods,
    };

    return lagring_own_dataset(db, &dataset, error);
}

static bool retire(Storing *s, Db *db, const ParsedValue *v, GError **error)
{
    return lagring_own_retire(db, s->spec->owner, s->unit_ids[v->unit], v->indicator, v->period,
                              v->grade, v->sex, error);
}

static LagringOwnValueArgs row_of(const Storing *s, const ParsedValue *v, bool current)
{
    return (LagringOwnValueArgs){
        .owner = s->spec->owner,
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
}

static bool insert(Storing *s, Db *db, const Fresh *fresh, size_t n, GError **error)
{
    g_autofree LagringOwnValueArgs *rows = g_new(LagringOwnValueArgs, n + 1);

    for (size_t i = 0; i < n; i++)
        rows[i] = row_of(s, fresh[i].value, fresh[i].current);
    return lagring_own_value(db, rows, n, error);
}

const ValueStore indikator_own_values = { load, earlier, known, match, begin, retire, insert };
