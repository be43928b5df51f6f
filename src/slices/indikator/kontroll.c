/* kontroll.c - the invariants of a file: sums, means, sizes, and what the source gives away by hiding one.
 *
 * A unit's values are grouped under the unit above it, for each indicator, period, grade and sex. Source of
 * the rules: domain.md 2.12 and the invariants of the national tests, EXPECT.md O1.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "kontroll.h"
#include <math.h>
#include "i18n.h"

#define MEAN_TOLERANCE 1.0
#define LEAST_PUBLISHED 10

/* A unit and those right below it, for one indicator, period, grade and sex. */
typedef struct {
    const ParsedValue *whole, *hidden; /* hidden: one of those below */
    size_t n, n_hidden, n_shown, n_without;
    double sum, weighted; /* of participants; of participants times value */
    double with_value;    /* participants whose value is known */
} Group;

typedef struct {
    Arena *arena;
    const ParsedFile *file;
    GHashTable *groups; /* "level;unit above;indicator;period;grade;sex" -> Group */
    GPtrArray *order;   /* of Group, as they come */
    GArray *found[N_CONTROLS];
    int64_t checked[N_CONTROLS], held[N_CONTROLS];
} Checking;

/* --- collecting --- */

static void judge(Checking *c, ControlKind kind, bool holds, const ParsedValue *v,
                  ControlFinding finding)
{
    const ParsedUnit *u = v ? &c->file->units[v->unit] : NULL;

    c->checked[kind]++;
    c->held[kind] += holds;
    if (holds)
        return;
    if (v) {
        finding.unit = u->name ? u->name : u->code;
        finding.unit_code = u->code;
        finding.indicator = v->indicator;
        finding.period = v->period;
        finding.line = v->line;
    }
    finding.other = finding.other ? finding.other : "";
    g_array_append_val(c->found[kind], finding);
}

static bool is_whole(const ParsedValue *v)
{
    return !strcmp(v->owner, "alle");
}

static Group *group_of(Checking *c, ParsedLevel level, const char *above, const ParsedValue *v)
{
    g_autofree char *key = g_strdup_printf("%d;%s;%s;%s;%s;%s", (int)level, above, v->indicator,
                                           v->period, v->grade, v->sex);
    Group *g = g_hash_table_lookup(c->groups, key);

    if (g)
        return g;
    g = arena_alloc(c->arena, sizeof *g);
    *g = (Group){ 0 };
    g_hash_table_insert(c->groups, g_steal_pointer(&key), g);
    g_ptr_array_add(c->order, g);
    return g;
}

/* Who stands right above a unit of the file; NULL when the file does not say. */
static const char *above(const ParsedUnit *u)
{
    return u->level == PARSED_COUNTY         ? "0"
           : u->level == PARSED_MUNICIPALITY ? u->county
           : u->level == PARSED_SCHOOL       ? u->municipality
                                             : NULL;
}

static void put_below(Group *g, const ParsedValue *v)
{
    bool hidden = v->status == VALUE_MASKED;

    g->n++;
    g->n_hidden += hidden;
    g->n_shown += v->status == VALUE_OK;
    g->n_without += hidden || v->n_masked;
    g->hidden = hidden ? v : g->hidden;
    g->sum += v->has_n ? (double)v->n : 0;
    if (v->status == VALUE_OK && v->has_n) {
        g->with_value += (double)v->n;
        g->weighted += (double)v->n * v->value;
    }
}

static void put(Checking *c, const ParsedValue *v)
{
    const ParsedUnit *u = &c->file->units[v->unit];

    if (!is_whole(v) || u->by_name)
        return;
    if (u->level < PARSED_SCHOOL)
        group_of(c, (ParsedLevel)(u->level + 1), u->code, v)->whole = v;
    if (above(u))
        put_below(group_of(c, u->level, above(u), v), v);
}

/* --- groups --- */

static bool is_score(const ParsedValue *v)
{
    return g_str_has_prefix(v->indicator, "NP.") && strlen(v->indicator) == 8; /* NP.LES.5 */
}

static void check_sum(Checking *c, const Group *g, ControlKind kind)
{
    if (g->whole->has_n && g->n_without == 0)
        judge(c, kind, fabs(g->sum - (double)g->whole->n) < 0.5, g->whole,
              (ControlFinding){ .expected = (double)g->whole->n, .found = g->sum });
}

static void check_mean(Checking *c, const Group *g)
{
    double mean = g->with_value > 0 ? g->weighted / g->with_value : NAN;

    if (is_score(g->whole) && g->whole->status == VALUE_OK && g->n_without == 0 &&
        g->with_value > 0)
        judge(c, CONTROL_MEAN, fabs(mean - g->whole->value) <= MEAN_TOLERANCE, g->whole,
              (ControlFinding){ .expected = g->whole->value, .found = mean });
}

/* Who knows the whole and all parts but one knows that one. */
static void check_hidden(Checking *c, const Group *g, ControlKind kind)
{
    if (g->whole->status == VALUE_OK && g->n >= 2)
        judge(c, kind, g->n_hidden != 1, g->n_hidden == 1 ? g->hidden : NULL,
              (ControlFinding){ .expected = NAN, .found = NAN });
}

static void check_groups(Checking *c)
{
    for (guint i = 0; i < c->order->len; i++) {
        const Group *g = c->order->pdata[i];
        ParsedLevel level = g->whole ? c->file->units[g->whole->unit].level : PARSED_SCHOOL;

        if (!g->whole || g->n == 0)
            continue;
        if (level == PARSED_NATION) {
            check_sum(c, g, CONTROL_COUNTIES);
        } else if (level == PARSED_COUNTY) {
            check_hidden(c, g, CONTROL_ONE_MUNICIPALITY);
        } else {
            check_sum(c, g, CONTROL_SCHOOLS);
            check_mean(c, g);
            check_hidden(c, g, CONTROL_ONE_SCHOOL);
        }
    }
}

/* --- values --- */

static void check_value(Checking *c, const ParsedValue *v)
{
    if (v->status == VALUE_OK && v->has_n && v->n > 0)
        judge(c, CONTROL_TEN, v->n >= LEAST_PUBLISHED, v,
              (ControlFinding){ .expected = LEAST_PUBLISHED, .found = (double)v->n });
    if (v->status == VALUE_OK && v->has_numerator && v->has_denominator && v->denominator > 0 &&
        g_str_has_prefix(v->indicator, "EU.DELT")) {
        double share = round(1000 * v->numerator / v->denominator) / 10;

        judge(c, CONTROL_PARTICIPATION, fabs(share - v->value) < 0.0501, v,
              (ControlFinding){ .expected = share, .found = v->value });
    }
}

/* --- one unit's subjects and levels --- */

/* "NP.LES.5.N2" -> "NP.LES.5"; NULL for what is no level. g_free it. */
static char *test_of_level(const char *indicator)
{
    const char *last = strrchr(indicator, '.');

    return g_str_has_prefix(indicator, "NP.") && last && last[1] == 'N' &&
                   g_ascii_isdigit(last[2]) && last[3] == '\0'
               ? g_strndup(indicator, (size_t)(last - indicator))
               : NULL;
}

typedef struct {
    const ParsedValue *first;
    double sum;
    bool whole; /* every level is shown, and all say the same number of participants */
} Levels;

static void check_levels(Checking *c)
{
    g_autoptr(GHashTable) all = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GHashTableIter it;
    gpointer value;

    for (size_t i = 0; i < c->file->n_values; i++) {
        const ParsedValue *v = &c->file->values[i];
        g_autofree char *test = test_of_level(v->indicator), *key = NULL;
        Levels *l;

        if (!test)
            continue;
        key = g_strdup_printf("%zu;%s;%s;%s", v->unit, test, v->period, v->sex);
        l = g_hash_table_lookup(all, key);
        if (!l) {
            l = arena_alloc(c->arena, sizeof *l);
            *l = (Levels){ v, 0, true };
            g_hash_table_insert(all, g_steal_pointer(&key), l);
        }
        l->whole = l->whole && v->status == VALUE_OK && v->has_n && v->n == l->first->n;
        l->sum += v->value;
    }
    g_hash_table_iter_init(&it, all);
    while (g_hash_table_iter_next(&it, NULL, &value)) {
        const Levels *l = value;

        if (l->whole)
            judge(c, CONTROL_LEVELS, fabs(l->sum - (double)l->first->n) < 0.5, l->first,
                  (ControlFinding){ .expected = (double)l->first->n, .found = l->sum });
    }
}

static bool is_school_score(const Checking *c, const ParsedValue *v)
{
    return c->file->units[v->unit].level == PARSED_SCHOOL && is_whole(v) && is_score(v);
}

/* The smallest group a unit shows in any subject of a test: about as many are in one that is hidden. */
static void check_linked(Checking *c)
{
    g_autoptr(GHashTable) shown = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (size_t i = 0; i < c->file->n_values; i++) {
        const ParsedValue *v = &c->file->values[i], *other;

        if (v->status != VALUE_OK || !v->has_n || !is_school_score(c, v))
            continue;
        g_autofree char *key =
            g_strdup_printf("%zu;%s;%s;%s", v->unit, v->period, v->grade, v->sex);

        other = g_hash_table_lookup(shown, key);
        if (!other || v->n < other->n)
            g_hash_table_insert(shown, g_steal_pointer(&key), (void *)(uintptr_t)v);
    }
    for (size_t i = 0; i < c->file->n_values; i++) {
        const ParsedValue *v = &c->file->values[i], *other;

        if (v->status != VALUE_MASKED || !is_school_score(c, v))
            continue;
        g_autofree char *key =
            g_strdup_printf("%zu;%s;%s;%s", v->unit, v->period, v->grade, v->sex);

        other = g_hash_table_lookup(shown, key);
        judge(c, CONTROL_LINKED, other == NULL, v,
              (ControlFinding){ .other = other ? other->indicator : "",
                                .expected = NAN,
                                .found = other ? (double)other->n : NAN });
    }
}

static void check_orgnr(Checking *c)
{
    for (size_t i = 0; i < c->file->n_units; i++) {
        const ParsedUnit *u = &c->file->units[i];

        if (u->level == PARSED_SCHOOL && !u->by_name && g_ascii_isdigit(u->code[0]))
            judge(c, CONTROL_ORGNR, enhet_orgnr_valid(u->code), NULL,
                  (ControlFinding){ .unit = u->name ? u->name : u->code,
                                    .unit_code = u->code,
                                    .indicator = "",
                                    .period = "",
                                    .expected = NAN,
                                    .found = NAN,
                                    .line = u->line });
    }
}

/* --- all of them --- */

static int by_line(const void *a, const void *b)
{
    const ControlFinding *x = a, *y = b;

    return x->line != y->line ? (x->line < y->line ? -1 : 1) : strcmp(x->indicator, y->indicator);
}

/* The file's texts go with the file; a finding stays longer. */
static ControlFinding kept(Arena *arena, const ControlFinding *f)
{
    return (ControlFinding){ arena_dup(arena, f->unit),
                             arena_dup(arena, f->unit_code),
                             arena_dup(arena, f->indicator),
                             arena_dup(arena, f->other),
                             arena_dup(arena, f->period),
                             f->expected,
                             f->found,
                             f->line };
}

static void hand_over(Checking *c, ControlList *ret)
{
    *ret = (ControlList){ arena_alloc(c->arena, (N_CONTROLS + 1) * sizeof(Control)), 0 };
    for (int k = 0; k < N_CONTROLS; k++) {
        GArray *found = c->found[k];
        size_t n = MIN(found->len, CONTROL_SHOWN);
        Control *one = &ret->v[ret->n];

        g_array_sort(found, by_line);
        *one = (Control){ (ControlKind)k, c->checked[k], c->held[k],
                          arena_alloc(c->arena, MAX(n, 1) * sizeof(ControlFinding)), n };
        for (size_t i = 0; i < n; i++)
            one->v[i] = kept(c->arena, &g_array_index(found, ControlFinding, i));
        ret->n += c->checked[k] > 0;
        g_array_unref(found);
    }
}

void indikator_control_file(Arena *arena, const ParsedFile *file, ControlList *ret)
{
    g_autoptr(GHashTable) groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    Checking c = { .arena = arena, .file = file, .groups = groups, .order = order };

    for (int k = 0; k < N_CONTROLS; k++)
        c.found[k] = g_array_new(FALSE, TRUE, sizeof(ControlFinding));
    for (size_t i = 0; i < file->n_values; i++) {
        put(&c, &file->values[i]);
        check_value(&c, &file->values[i]);
    }
    check_groups(&c);
    check_levels(&c);
    check_linked(&c);
    check_orgnr(&c);
    hand_over(&c, ret);
}
