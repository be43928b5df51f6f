/* kontroll-lager.c - checks of a file in words, on their way into the store and back.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "i18n.h"
#include "kontroll.h"
#include "kontroll.sql.h"

static const struct {
    const char *code, *name;
    const char *text; /* of a finding: unit, what, period; then both figures */
    bool leak;
} kinds[N_CONTROLS] = {
    [CONTROL_ORGNR] = { "orgnr", N_("Organisation numbers have the right check digit"),
                        N_("%s: the check digit is wrong"), false },
    [CONTROL_COUNTIES] = { "fylke_sum", N_("The counties’ participants add up to the nation’s"),
                           N_("%s, %s %s: the whole is %s, and the parts make %s"), false },
    [CONTROL_SCHOOLS] = { "skole_sum", N_("The schools’ participants add up to the municipality’s"),
                          N_("%s, %s %s: the whole is %s, and the parts make %s"), false },
    [CONTROL_MEAN] = { "vektet_snitt",
                       N_("The schools’ weighted mean is within 1.0 of the municipality’s"),
                       N_("%s, %s %s: published %s, weighted from the schools %s"), false },
    [CONTROL_TEN] = { "minst_ti", N_("No group shown is smaller than ten"),
                      N_("%s, %s %s: at least %s, and here %s"), false },
    [CONTROL_PARTICIPATION] = { "deltakelse", N_("Participation is answered of invited"),
                                N_("%s, %s %s: computed %s, in the file %s"), false },
    [CONTROL_LEVELS] = { "niva_sum", N_("The pupils on all levels are the participants"),
                         N_("%s, %s %s: the whole is %s, and the parts make %s"), false },
    [CONTROL_ONE_SCHOOL] = { "en_skjult_skole", N_("No school is hidden alone in its municipality"),
                             N_("%s, %s %s: hidden alone, so that it can be calculated"), true },
    [CONTROL_ONE_MUNICIPALITY] = { "en_skjult_kommune",
                                   N_("No municipality is hidden alone in its county"),
                                   N_("%s, %s %s: hidden alone, so that it can be calculated"),
                                   true },
    [CONTROL_LINKED] = { "koblet", N_("No subject tells the size of a group another one hides"),
                         N_("%s, %s %s: hidden, but about as many took %s, where %s are shown"),
                         true },
    [CONTROL_ABSENT] = { "ikke_i_filen", N_("Schools with earlier figures are in the file"),
                         N_("%s, %s: not in the file. Earlier figures stay as they are"), false },
};

const char *indikator_control_code(ControlKind kind)
{
    return kinds[kind].code;
}

const char *indikator_control_name(ControlKind kind)
{
    return _(kinds[kind].name);
}

bool indikator_control_is_leak(ControlKind kind)
{
    return kinds[kind].leak;
}

static const char *figure(Arena *arena, double value)
{
    char text[NUM_TEXT];

    return isnan(value)
               ? "–"
               : arena_dup(arena, num_text(value, fabs(value - round(value)) > 1e-9 ? 2 : 0, text));
}

static const char *name_in(GHashTable *names, const char *code)
{
    const char *name = g_hash_table_lookup(names, code);

    return name && *name ? name : code;
}

const char *indikator_control_text(Arena *arena, ControlKind kind, const ControlFinding *f,
                                   GHashTable *names)
{
    const char *format = _(kinds[kind].text), *about = name_in(names, f->indicator);
    const char *found = figure(arena, f->found);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* from the table above */
    if (kind == CONTROL_ORGNR)
        return arena_printf(arena, format, f->unit);
    if (kind == CONTROL_ABSENT)
        return arena_printf(arena, format, f->unit, about);
    if (kind == CONTROL_LINKED)
        return arena_printf(arena, format, f->unit, about, f->period, name_in(names, f->other),
                            found);
    return arena_printf(arena, format, f->unit, about, f->period, figure(arena, f->expected),
                        found);
#pragma GCC diagnostic pop
}

/* --- schools that had figures before --- */

static void add_absent(Storing *s, Control *c, const char *name, const char *code)
{
    const ParsedValue *first = &s->file->values[0];

    if (c->n < CONTROL_SHOWN)
        c->v[c->n++] = (ControlFinding){ arena_dup(s->arena, name),
                                         arena_dup(s->arena, code),
                                         arena_dup(s->arena, first->indicator),
                                         "",
                                         arena_dup(s->arena, first->period),
                                         NAN,
                                         NAN,
                                         0 };
}

static bool absent_own(Storing *s, Db *db, GHashTable *here, Control *c, GError **error)
{
    const ParsedValue *first = &s->file->values[0];
    g_auto(KontrollBeforeOwnRows) rows = { 0 };

    if (!kontroll_before_own(db, s->spec->owner, first->indicator, first->period, &rows, error))
        return false;
    c->checked = (int64_t)rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        const char *name = g_hash_table_lookup(s->names, &rows.v[i].enhet);

        if (g_hash_table_contains(here, &rows.v[i].enhet))
            c->held++;
        else
            add_absent(s, c, name ? name : "", "");
    }
    return true;
}

static bool absent_public(Storing *s, Db *db, GHashTable *here, Control *c, GError **error)
{
    const ParsedValue *first = &s->file->values[0];
    g_auto(KontrollBeforeRows) rows = { 0 };

    if (!kontroll_before(db, first->indicator, first->period, &rows, error))
        return false;
    c->checked = (int64_t)rows.n;
    for (size_t i = 0; i < rows.n; i++)
        if (g_hash_table_contains(here, &rows.v[i].enhet))
            c->held++;
        else
            add_absent(s, c, rows.v[i].name, rows.v[i].code);
    return true;
}

/* Only a file about many units says by leaving one out that it has no figures. */
static bool check_absent(Storing *s, Db *db, Control *c, GError **error)
{
    g_autoptr(GHashTable) here = g_hash_table_new(g_int64_hash, g_int64_equal);

    *c = (Control){ CONTROL_ABSENT, 0, 0,
                    arena_alloc(s->arena, CONTROL_SHOWN * sizeof(ControlFinding)), 0 };
    if (s->file->n_values == 0 || s->file->n_units < 2)
        return true;
    for (size_t i = 0; i < s->file->n_units; i++)
        if (s->unit_ids[i])
            g_hash_table_add(here, &s->unit_ids[i]);
    return s->spec->owner ? absent_own(s, db, here, c, error)
                          : absent_public(s, db, here, c, error);
}

bool indikator_control(Storing *s, Db *db, GError **error)
{
    ControlList *all = arena_alloc(s->arena, sizeof *all);
    Control absent;

    indikator_control_file(s->arena, s->file, all);
    if (!check_absent(s, db, &absent, error))
        return false;
    if (absent.checked)
        all->v[all->n++] = absent;
    s->result->controls = all;
    return true;
}

/* --- keeping --- */

bool indikator_control_store(Storing *s, Db *db, GError **error)
{
    const ControlList *all = s->result->controls;
    int64_t owner = s->spec->owner, id = s->dataset;
    KontrollOwnInsertArgs own[N_CONTROLS];
    KontrollPublicInsertArgs shared[N_CONTROLS];
    g_autoptr(GArray) own_f = g_array_new(FALSE, TRUE, sizeof(KontrollOwnFindingArgs));
    g_autoptr(GArray) shared_f = g_array_new(FALSE, TRUE, sizeof(KontrollPublicFindingArgs));

    for (size_t i = 0; i < all->n; i++) {
        const Control *c = &all->v[i];
        const char *code = kinds[c->kind].code;

        own[i] = (KontrollOwnInsertArgs){ owner, id, code, c->checked, c->held };
        shared[i] = (KontrollPublicInsertArgs){ id, code, c->checked, c->held };
        for (size_t k = 0; k < c->n; k++) {
            const ControlFinding *f = &c->v[k];
            const KontrollOwnFindingArgs a = { owner,          id,       code,
                                               (int64_t)k + 1, f->unit,  f->unit_code,
                                               f->indicator,   f->other, f->period,
                                               f->expected,    f->found, f->line };
            const KontrollPublicFindingArgs b = { id,       code,         (int64_t)k + 1,
                                                  f->unit,  f->unit_code, f->indicator,
                                                  f->other, f->period,    f->expected,
                                                  f->found, f->line };

            g_array_append_val(own_f, a);
            g_array_append_val(shared_f, b);
        }
    }
    if (owner)
        return kontroll_own_insert(db, own, all->n, error) &&
               kontroll_own_finding(db, (const void *)own_f->data, own_f->len, error);
    return kontroll_public_insert(db, shared, all->n, error) &&
           kontroll_public_finding(db, (const void *)shared_f->data, shared_f->len, error);
}

static Control *control_of(ControlList *all, const char *code)
{
    for (size_t i = 0; i < all->n; i++)
        if (strcmp(kinds[all->v[i].kind].code, code) == 0)
            return &all->v[i];
    return NULL;
}

static int by_kind(const void *a, const void *b)
{
    return (int)((const Control *)a)->kind - (int)((const Control *)b)->kind;
}

static void add_kept(Arena *arena, ControlList *all, const char *code, int64_t checked,
                     int64_t held)
{
    for (int k = 0; k < N_CONTROLS; k++)
        if (strcmp(kinds[k].code, code) == 0 && all->n < N_CONTROLS)
            all->v[all->n++] =
                (Control){ (ControlKind)k, checked, held,
                           arena_alloc(arena, CONTROL_SHOWN * sizeof(ControlFinding)), 0 };
    qsort(all->v, all->n, sizeof(Control), by_kind);
}

static void add_finding(Arena *arena, Control *c, const KontrollOwnFindingsRow *r)
{
    if (c && c->n < CONTROL_SHOWN)
        c->v[c->n++] = (ControlFinding){ arena_dup(arena, r->unit),
                                         arena_dup(arena, r->unit_code),
                                         arena_dup(arena, r->indikator),
                                         arena_dup(arena, r->other),
                                         arena_dup(arena, r->period),
                                         r->expected,
                                         r->found,
                                         r->line };
}

static bool kept_public(Db *db, Arena *arena, int64_t dataset, ControlList *ret, GError **error)
{
    g_auto(KontrollPublicRows) rows = { 0 };
    g_auto(KontrollPublicFindingsRows) found = { 0 };

    if (!kontroll_public(db, dataset, &rows, error) ||
        !kontroll_public_findings(db, dataset, &found, error))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        add_kept(arena, ret, rows.v[i].code, rows.v[i].checked, rows.v[i].held);
    for (size_t i = 0; i < found.n; i++) {
        const KontrollPublicFindingsRow *f = &found.v[i];
        const KontrollOwnFindingsRow same = { .unit = f->unit,
                                              .unit_code = f->unit_code,
                                              .indikator = f->indikator,
                                              .other = f->other,
                                              .period = f->period,
                                              .expected = f->expected,
                                              .found = f->found,
                                              .line = f->line };

        add_finding(arena, control_of(ret, f->code), &same);
    }
    return true;
}

bool indikator_control_kept(Db *db, Arena *arena, int64_t owner, int64_t dataset, ControlList *ret,
                            GError **error)
{
    g_auto(KontrollOwnRows) rows = { 0 };
    g_auto(KontrollOwnFindingsRows) found = { 0 };

    *ret = (ControlList){ arena_alloc(arena, N_CONTROLS * sizeof(Control)), 0 };
    if (!owner)
        return kept_public(db, arena, dataset, ret, error);
    if (!kontroll_own(db, owner, dataset, &rows, error) ||
        !kontroll_own_findings(db, owner, dataset, &found, error))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        add_kept(arena, ret, rows.v[i].code, rows.v[i].checked, rows.v[i].held);
    for (size_t i = 0; i < found.n; i++)
        add_finding(arena, control_of(ret, found.v[i].code), &found.v[i]);
    return true;
}

/* --- for a terminal --- */

size_t indikator_control_count(const ImportResult *result)
{
    return result->controls ? result->controls->n : 0;
}

ControlSummary indikator_control_summary(Arena *arena, const ImportResult *result, size_t i)
{
    const Control *c = &result->controls->v[i];

    return (ControlSummary){ indikator_control_name(c->kind),
                             c->n && c->v[0].line
                                 ? arena_printf(arena, ", first in line %" G_GINT64_FORMAT,
                                                c->v[0].line)
                                 : "",
                             c->checked, c->held, indikator_control_is_leak(c->kind) };
}
