/* lagring.c - what a file would change, and doing it.
 *
 * A newer file's word replaces an older one's, which is kept and no longer current. The same word again
 * is kept too, not current, so that it still stands when the older file is undone.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "lagring.h"
#include <math.h>

#define SHOWN_CHANGES 20

typedef struct {
    Word word;
    const char *indicator, *period;
    bool met; /* the file has a value here */
} StoredWord;

/* --- words --- */

Word indikator_word_of(const ParsedValue *v)
{
    return (Word){ .value = v->has_value ? v->value : NAN,
                   .uncertainty = v->has_uncertainty ? v->uncertainty : NAN,
                   .n = v->has_n ? v->n : NO_INT,
                   .n_masked = v->n_masked,
                   .preliminary = v->preliminary,
                   .status = v->status,
                   .qualitative = v->quality };
}

ValueStatus indikator_status_of(const char *word)
{
    for (int i = VALUE_OK; i <= VALUE_QUALITATIVE; i++)
        if (strcmp(indikator_status_word((ValueStatus)i), word) == 0)
            return (ValueStatus)i;
    return VALUE_MISSING;
}

static bool same_real(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) < 1e-12;
}

static bool same_word(const Word *a, const Word *b)
{
    return same_real(a->value, b->value) && same_real(a->uncertainty, b->uncertainty) &&
           a->n == b->n && a->n_masked == b->n_masked && a->status == b->status &&
           a->preliminary == b->preliminary && !g_strcmp0(a->qualitative, b->qualitative);
}

/* "47 ±1,3 (136)", "*", "–": for the list of differences, unsuppressed as the importer's file is. */
static const char *word_text(Arena *arena, const Word *w)
{
    char value[NUM_TEXT], margin[NUM_TEXT], n[NUM_TEXT];

    if (w->status == VALUE_MASKED)
        return "*";
    if (w->status == VALUE_NOT_TESTED)
        return _("not tested");
    if (w->status == VALUE_QUALITATIVE)
        return arena_dup(arena, w->qualitative);
    if (isnan(w->value))
        return "–";
    num_text(w->value, w->value - floor(w->value) > 0 ? 2 : 0, value);
    return arena_printf(arena, "%s%s%s%s%s%s", value, isnan(w->uncertainty) ? "" : " ±",
                        isnan(w->uncertainty) ? "" : num_text(w->uncertainty, 1, margin),
                        w->n == NO_INT ? "" : " (",
                        w->n == NO_INT ? "" : num_text((double)w->n, 0, n),
                        w->n == NO_INT ? "" : ")");
}

/* --- what stands there --- */

static char *key_of(int64_t unit, const char *indicator, const char *period, const char *grade,
                    const char *sex)
{
    return g_strdup_printf("%" G_GINT64_FORMAT ";%s;%s;%s;%s", unit, indicator, period, grade, sex);
}

void indikator_stored(Storing *s, const char *indicator, const char *period, const StoredRow *row)
{
    StoredWord *stored = arena_alloc(s->arena, sizeof *stored);

    *stored = (StoredWord){ row->word, indicator, period, false };
    stored->word.qualitative = arena_dup(s->arena, row->word.qualitative);
    g_hash_table_insert(s->stored, key_of(row->unit, indicator, period, row->grade, row->sex),
                        stored);
}

const Word *indikator_word_stored(GHashTable *stored, int64_t unit, const char *indicator,
                                  const char *period, const char *grade, const char *sex)
{
    g_autofree char *key = key_of(unit, indicator, period, grade, sex);
    const StoredWord *found = g_hash_table_lookup(stored, key);

    return found ? &found->word : NULL;
}

void indikator_earlier(Storing *s, int64_t dataset, const char *filename, int64_t imported_at,
                       int64_t n)
{
    for (guint i = 0; i < s->earlier->len; i++) {
        ImportEarlier *e = &g_array_index(s->earlier, ImportEarlier, i);

        if (e->dataset == dataset) {
            e->n += n;
            return;
        }
    }
    const ImportEarlier one = { dataset, arena_dup(s->arena, filename), imported_at, n };

    g_array_append_val(s->earlier, one);
}

/* The indicators and periods of the file, each pair once. */
static bool load_pair(Storing *s, Db *db, GHashTable *pairs, const ParsedValue *v, GError **error)
{
    g_autofree char *pair = g_strdup_printf("%s;%s", v->indicator, v->period);

    if (g_hash_table_contains(pairs, pair))
        return true;
    g_hash_table_add(pairs, g_steal_pointer(&pair));
    return s->store->load(s, db, v->indicator, v->period, error) &&
           s->store->earlier(s, db, v->indicator, v->period, error);
}

static bool load_stored(Storing *s, Db *db, GError **error)
{
    g_autoptr(GHashTable) pairs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const char *indicator = NULL, *period = NULL;

    for (size_t i = 0; i < s->file->n_values; i++) {
        const ParsedValue *v = &s->file->values[i];

        if (v->indicator == indicator && v->period == period)
            continue; /* kept texts are one text */
        if (!load_pair(s, db, pairs, v, error))
            return false;
        indicator = v->indicator;
        period = v->period;
    }
    return true;
}

/* --- the plan --- */

const char *indikator_name_in_file(const Storing *s, size_t unit)
{
    const ParsedUnit *u = &s->file->units[unit];
    const char *known = g_hash_table_lookup(s->names, &s->unit_ids[unit]);

    return arena_dup(s->arena, known ? known : u->name ? u->name : u->code);
}

static void show_change(Storing *s, const ParsedValue *v, const Word *old, const Word *now)
{
    ImportChange *change;

    if (s->changes->len >= SHOWN_CHANGES)
        return;
    change = arena_alloc(s->arena, sizeof *change);
    *change = (ImportChange){ .unit = indikator_name_in_file(s, v->unit),
                              .indicator = arena_dup(s->arena, v->indicator),
                              .period = arena_dup(s->arena, v->period),
                              .from = word_text(s->arena, old),
                              .to = word_text(s->arena, now),
                              .line = v->line };
    g_ptr_array_add(s->changes, change);
}

/* Two names of one unit in one file: the same word is said once, two words are a problem. */
static bool is_repeated(Storing *s, const ParsedValue *v, const char *key)
{
    const ParsedValue *other = g_hash_table_lookup(s->planned, key);
    const Word now = indikator_word_of(v);

    if (other == NULL) {
        g_hash_table_insert(s->planned, g_strdup(key), (void *)(uintptr_t)v);
        return false;
    }
    const Word then = indikator_word_of(other);

    if (!same_word(&now, &then))
        indikator_problem(s, v->line, 1,
                          _("Line %u is about the same unit under another name, and has another "
                            "value. Correct the units, or delete the row that is wrong"),
                          other->line);
    return true;
}

static Plan plan_value(Storing *s, const ParsedValue *v, bool check_repeated)
{
    const int64_t unit = s->unit_ids[v->unit];
    const Word now = indikator_word_of(v);
    g_autofree char *key = NULL;
    StoredWord *stored;

    if (unit == 0 || strcmp(v->owner, "alle") != 0)
        return PLAN_PASS;
    if (!check_repeated && g_hash_table_size(s->stored) == 0)
        return PLAN_NEW;
    key = key_of(unit, v->indicator, v->period, v->grade, v->sex);
    if (check_repeated && is_repeated(s, v, key))
        return PLAN_PASS;
    stored = g_hash_table_lookup(s->stored, key);
    if (stored == NULL)
        return PLAN_NEW;
    stored->met = true;
    if (same_word(&stored->word, &now))
        return PLAN_SAME;
    show_change(s, v, &stored->word, &now);
    return PLAN_CHANGED;
}

/* May two units of the file be one of the store? */
static bool units_repeat(const Storing *s)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash, g_int64_equal);

    for (size_t i = 0; i < s->file->n_units; i++)
        if (s->unit_ids[i] && !g_hash_table_add(seen, &s->unit_ids[i]))
            return true;
    return false;
}

static void count_rest(Storing *s)
{
    GHashTableIter it;
    gpointer stored;

    s->result->gone = 0;
    g_hash_table_iter_init(&it, s->stored);
    while (g_hash_table_iter_next(&it, NULL, &stored))
        s->result->gone += !((const StoredWord *)stored)->met;
}

bool indikator_plan(Storing *s, Db *db, GError **error)
{
    ImportResult *r = s->result;
    bool repeat = units_repeat(s);
    int64_t count[PLAN_CHANGED + 1] = { 0 };

    g_hash_table_remove_all(s->stored);
    g_hash_table_remove_all(s->planned);
    g_array_set_size(s->earlier, 0);
    g_ptr_array_set_size(s->changes, 0);
    if (!load_stored(s, db, error))
        return false;
    s->first_of_kind = s->problems->len;
    for (size_t i = 0; i < s->file->n_values; i++) {
        s->plan[i] = (guint8)plan_value(s, &s->file->values[i], repeat);
        count[s->plan[i]]++;
    }
    count_rest(s);
    r->fresh = count[PLAN_NEW];
    r->changed = count[PLAN_CHANGED];
    r->same = count[PLAN_SAME];
    r->values = r->fresh + r->changed;
    return indikator_plan_facts(s, db, error);
}

/* --- doing it --- */

/* What a newer word replaces is put aside first: then all the new ones go in at once. */
bool indikator_write(Storing *s, Db *db, GError **error)
{
    g_autofree Fresh *fresh = g_new(Fresh, s->file->n_values + 1);
    size_t n = 0;

    if (!s->store->begin(s, db, error))
        return false;
    for (size_t i = 0; i < s->file->n_values; i++) {
        const ParsedValue *v = &s->file->values[i];

        if (s->plan[i] == PLAN_PASS)
            continue;
        if (s->plan[i] == PLAN_CHANGED && !s->store->retire(s, db, v, error))
            return false;
        fresh[n++] = (Fresh){ v, s->plan[i] != PLAN_SAME };
    }
    return s->store->insert(s, db, fresh, n, error) && indikator_write_facts(s, db, error);
}
