/* kvalitet.c - what is worth a look in a file that can be read: a line each, in plain words.
 *
 * Nothing here refuses a file. The lines are about what a source may have got wrong or have given away:
 * sums that do not add up, groups under ten, one masked school alone among known ones, tests that far
 * fewer took than the others, and values further from the year before than chance explains. Only the
 * preview asks, so that an import from the command line pays nothing for it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "katalog.h"
#include "kvalitet.h"

#define SMALL 10             /* persons, domain.md 8.1 */
#define FEW_OF_THE_OTHERS 70 /* percent of those who took the other tests */
#define WORTH_COMPARING 20   /* persons */
#define SURE 3.0             /* half widths of the intervals together */

/* A municipality's schools for one indicator and period. */
typedef struct {
    int64_t whole,
        sum;          /* participants: of the municipality, -1 not known; of its schools together */
    bool whole_known; /* the municipality's value is shown */
    size_t schools, shown, masked, without_n;
    size_t masked_unit, municipality;
    const ParsedValue *one; /* any of them: what it is about */
} Group;

typedef struct {
    Storing *s;
    const ParsedFile *file;
    GPtrArray *lines;
    GHashTable *groups; /* key -> Group */
    GHashTable *last;   /* of the period before: as Storing.stored */
} Quality;

static bool is_whole_group(const ParsedValue *v)
{
    return !strcmp(v->owner, "alle") && !strcmp(v->sex, "alle");
}

static void add_line(Quality *q, char *text)
{
    g_ptr_array_add(q->lines, (void *)(uintptr_t)arena_dup(q->s->arena, text));
    g_free(text);
}

/* --- a municipality and its schools --- */

static Group *group_of(Quality *q, const ParsedValue *v, const char *municipality)
{
    g_autofree char *key =
        g_strdup_printf("%s;%s;%s;%s", municipality, v->indicator, v->period, v->grade);
    Group *group = g_hash_table_lookup(q->groups, key);

    if (group)
        return group;
    group = arena_alloc(q->s->arena, sizeof *group);
    *group = (Group){ .whole = -1, .one = v };
    g_hash_table_insert(q->groups, g_steal_pointer(&key), group);
    return group;
}

static void add_to_group(Quality *q, const ParsedValue *v)
{
    const ParsedUnit *u = &q->file->units[v->unit];
    Group *group;

    if (u->level == PARSED_MUNICIPALITY) {
        group = group_of(q, v, u->code);
        group->municipality = v->unit;
        group->whole = v->has_n ? v->n : -1;
        group->whole_known = v->status == VALUE_OK;
        return;
    }
    if (u->level != PARSED_SCHOOL || u->municipality == NULL)
        return;
    group = group_of(q, v, u->municipality);
    group->schools++;
    group->sum += v->has_n ? v->n : 0;
    group->without_n += !v->has_n;
    group->shown += v->status == VALUE_OK;
    if (v->status == VALUE_MASKED) {
        group->masked++;
        group->masked_unit = v->unit;
    }
}

static void say_sums(Quality *q)
{
    GHashTableIter it;
    gpointer value;
    const Group *worst = NULL;
    size_t n = 0;

    g_hash_table_iter_init(&it, q->groups);
    while (g_hash_table_iter_next(&it, NULL, &value)) {
        const Group *g = value;

        if (g->whole < 0 || g->schools == 0 || g->without_n || g->sum == g->whole)
            continue;
        n++;
        if (!worst || llabs(g->sum - g->whole) > llabs(worst->sum - worst->whole))
            worst = g;
    }
    if (n)
        add_line(q,
                 g_strdup_printf(
                     ngettext("In %zu case the schools’ participants do not add up to the "
                              "municipality’s. For %s, %s %s, the schools have %d together and the "
                              "municipality %d. A school may be missing from the file.",
                              "In %zu cases the schools’ participants do not add up to the "
                              "municipality’s. For %s, %s %s, the schools have %d together and the "
                              "municipality %d. A school may be missing from the file.",
                              n),
                     n, indikator_name_in_file(q->s, worst->municipality), worst->one->indicator,
                     worst->one->period, (int)worst->sum, (int)worst->whole));
}

static void say_leaks(Quality *q)
{
    GHashTableIter it;
    gpointer value;
    const Group *one = NULL;
    size_t n = 0;

    g_hash_table_iter_init(&it, q->groups);
    while (g_hash_table_iter_next(&it, NULL, &value)) {
        const Group *g = value;

        if (!g->whole_known || g->masked != 1 || g->shown == 0 || g->shown + 1 != g->schools)
            continue;
        n++;
        one = !one || g->masked_unit < one->masked_unit ? g : one;
    }
    if (n)
        add_line(q, g_strdup_printf(
                        ngettext("In %zu case only one school is masked while the municipality and "
                                 "all its other schools are shown, as %s for %s %s: who can "
                                 "calculate can find it. We hide more where we show figures to the "
                                 "public; the source itself should be told.",
                                 "In %zu cases only one school is masked while the municipality "
                                 "and all its other schools are shown, as %s for %s %s: who can "
                                 "calculate can find it. We hide more where we show figures to the "
                                 "public; the source itself should be told.",
                                 n),
                        n, indikator_name_in_file(q->s, one->masked_unit), one->one->indicator,
                        one->one->period));
}

/* --- single values --- */

static void say_small(Quality *q)
{
    const ParsedValue *least = NULL;
    size_t n = 0;

    for (size_t i = 0; i < q->file->n_values; i++) {
        const ParsedValue *v = &q->file->values[i];

        if (v->status != VALUE_OK || !v->has_n || v->n >= SMALL || v->n == 0)
            continue;
        n++;
        least = !least || v->n < least->n ? v : least;
    }
    if (n)
        add_line(q,
                 g_strdup_printf(
                     ngettext("%zu value is about fewer than ten persons, %s with %d (line %u). "
                              "It is stored, and the public does not see it.",
                              "%zu values are about fewer than ten persons, the least %s with %d "
                              "(line %u). They are stored, and the public does not see them.",
                              n),
                     n, indikator_name_in_file(q->s, least->unit), (int)least->n, least->line));
}

/* The most who took any of the tests of a unit, by unit, period and grade. */
static GHashTable *most_participants(const Quality *q)
{
    GHashTable *most = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (size_t i = 0; i < q->file->n_values; i++) {
        const ParsedValue *v = &q->file->values[i];
        const ParsedValue *before;

        if (!is_whole_group(v) || !v->has_n || !g_str_has_prefix(v->indicator, "NP."))
            continue;
        g_autofree char *key = g_strdup_printf("%zu;%s;%s", v->unit, v->period, v->grade);

        before = g_hash_table_lookup(most, key);
        if (!before || before->n < v->n)
            g_hash_table_insert(most, g_steal_pointer(&key), (void *)(uintptr_t)v);
    }
    return most;
}

static void say_participation(Quality *q)
{
    g_autoptr(GHashTable) most = most_participants(q);
    const ParsedValue *one = NULL, *other = NULL;
    size_t n = 0;

    for (size_t i = 0; i < q->file->n_values; i++) {
        const ParsedValue *v = &q->file->values[i];
        g_autofree char *key = g_strdup_printf("%zu;%s;%s", v->unit, v->period, v->grade);
        const ParsedValue *top = g_hash_table_lookup(most, key);

        if (!top || !is_whole_group(v) || !v->has_n || v->n == 0 || top->n < WORTH_COMPARING ||
            !g_str_has_prefix(v->indicator, "NP.") || v->n * 100 >= top->n * FEW_OF_THE_OTHERS)
            continue;
        if (!one || v->n * top->n < one->n * other->n) {
            one = v;
            other = top;
        }
        n++;
    }
    if (n)
        add_line(q, g_strdup_printf(
                        ngettext("In %zu case far fewer took one test than another: %s has %d in "
                                 "%s and %d in %s. What they scored tells less then.",
                                 "In %zu cases far fewer took one test than another: %s has %d in "
                                 "%s and %d in %s. What they scored tells less then.",
                                 n),
                        n, indikator_name_in_file(q->s, one->unit), (int)one->n, one->indicator,
                        (int)other->n, other->indicator));
}

/* --- numbers of units --- */

static void say_numbers(Quality *q)
{
    size_t schools = 0, own_ids = 0;

    for (size_t i = 0; i < q->file->n_units; i++) {
        const ParsedUnit *u = &q->file->units[i];

        if (u->level != PARSED_SCHOOL || u->by_name)
            continue;
        schools += u->code[0] != 'U';
        own_ids += u->code[0] == 'U';
    }
    if (schools)
        add_line(q, g_strdup_printf(ngettext("%zu organisation number, with the right check digit.",
                                             "%zu organisation numbers, all with the right check "
                                             "digit.",
                                             schools),
                                    schools));
    if (own_ids)
        add_line(q, g_strdup_printf(
                        ngettext("%zu unit has only Udir’s own id and no organisation number.",
                                 "%zu units have only Udir’s own id and no organisation number.",
                                 own_ids),
                        own_ids));
}

/* --- the year before --- */

/* "2025/26" -> "2024/25"; false for what is no school year. */
static bool year_before(const char *period, char ret[16])
{
    int from = (int)g_ascii_strtoll(period, NULL, 10);

    if (strlen(period) != 7 || period[4] != '/' || from < 1000)
        return false;
    g_snprintf(ret, 16, "%d/%02d", from - 1, from % 100);
    return true;
}

typedef struct {
    const char *indicator, *period;
    size_t compared, n;
    const ParsedValue *furthest;
    double by;
    Word then;
} Outliers;

static void compare(Quality *q, const char *before, const ParsedValue *v, Outliers *o)
{
    const Word *then;

    if (v->status != VALUE_OK || !v->has_uncertainty || v->uncertainty <= 0 || !is_whole_group(v) ||
        q->s->unit_ids[v->unit] == 0)
        return;
    then = indikator_word_stored(q->last, q->s->unit_ids[v->unit], v->indicator, before, v->grade,
                                 v->sex);
    if (!then || then->status != VALUE_OK || isnan(then->uncertainty) || then->uncertainty <= 0)
        return;
    double by = fabs(v->value - then->value) / hypot(v->uncertainty, then->uncertainty);

    o->compared++;
    o->n += by > SURE;
    if (by > SURE && by > o->by) {
        o->by = by;
        o->furthest = v;
        o->then = *then;
    }
}

/* The values of one indicator and period against the year before. */
static bool compare_all(Quality *q, Db *db, const ParsedValue *first, Outliers *o, GError **error)
{
    SeriesBreak *breaks = NULL;
    char before[16];

    if (!year_before(first->period, before))
        return true;
    if (!indikator_break_list(db, q->s->arena, i18n_current(), first->indicator, &breaks, error))
        return false;
    if (indikator_break_between(breaks, before, first->period))
        return true;
    g_hash_table_remove_all(q->last);
    Storing of_last = *q->s;

    of_last.stored = q->last;
    if (!q->s->store->load(&of_last, db, first->indicator, arena_dup(q->s->arena, before), error))
        return false;
    for (size_t i = 0; i < q->file->n_values; i++) {
        const ParsedValue *v = &q->file->values[i];

        if (!strcmp(v->indicator, first->indicator) && !strcmp(v->period, first->period))
            compare(q, before, v, o);
    }
    return true;
}

static bool say_outliers(Quality *q, Db *db, GError **error)
{
    g_autoptr(GHashTable) done = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Outliers o = { 0 };
    char now[NUM_TEXT], then[NUM_TEXT];

    for (size_t i = 0; i < q->file->n_values && g_hash_table_size(done) < 200; i++) {
        const ParsedValue *v = &q->file->values[i];

        if (v->has_uncertainty &&
            g_hash_table_add(done, g_strdup_printf("%s;%s", v->indicator, v->period)) &&
            !compare_all(q, db, v, &o, error))
            return false;
    }
    if (o.n)
        add_line(q, g_strdup_printf(
                        ngettext("%zu value is further from the year before than chance usually "
                                 "explains: %s, %s, went from %s to %s. It may well be right; look "
                                 "whether the file is.",
                                 "%zu values are further from the year before than chance usually "
                                 "explains; the furthest is %s, %s, from %s to %s. They may well "
                                 "be right; look whether the file is.",
                                 o.n),
                        o.n, indikator_name_in_file(q->s, o.furthest->unit), o.furthest->indicator,
                        num_text(o.then.value, 0, then), num_text(o.furthest->value, 0, now)));
    return true;
}

bool indikator_quality(Storing *s, Db *db, GError **error)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    g_autoptr(GHashTable) groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) last = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Quality q = { s, s->file, lines, groups, last };

    for (size_t i = 0; i < s->file->n_values; i++)
        if (is_whole_group(&s->file->values[i]))
            add_to_group(&q, &s->file->values[i]);
    say_sums(&q);
    say_leaks(&q);
    say_small(&q);
    say_participation(&q);
    if (!say_outliers(&q, db, error))
        return false;
    say_numbers(&q);
    s->result->n_quality = lines->len;
    s->result->quality = arena_alloc(s->arena, MAX(lines->len, 1) * sizeof(char *));
    for (guint i = 0; i < lines->len; i++)
        s->result->quality[i] = lines->pdata[i];
    return true;
}
