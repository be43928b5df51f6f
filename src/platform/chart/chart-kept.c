/* chart-kept.c - drawings kept by what is drawn, so that the same figures are not drawn twice.
 *
 * The key is every byte a drawing is made of, words' language included, and is compared whole: whoever
 * finds a drawing here has the figures in it already. So it needs no rights, no owner and no clearing
 * when data change; other data are another key. What takes too much memory is forgotten, all at once.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "chart-kept.h"
#include "i18n.h"

#define MOST_BYTES ((size_t)8 * 1024 * 1024)

typedef struct {
    GMutex lock;
    GHashTable *drawings; /* GBytes -> GBytes */
    size_t bytes;
} Drawings;

static Drawings *drawings(void)
{
    /* lint: state — what was drawn before, under its own lock */
    static Drawings all;
    /* lint: state — whether it has been made */
    static gsize ready;

    if (g_once_init_enter(&ready)) {
        all.drawings =
            g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref,
                                  (GDestroyNotify)g_bytes_unref);
        g_once_init_leave(&ready, 1);
    }
    return &all;
}

static void put(GString *key, const void *data, size_t size)
{
    g_string_append_len(key, data, (gssize)size);
}

/* Whether there is a text, and it with its end: NULL and "" are two things. */
static void put_words(GString *key, const char *text)
{
    g_string_append_c(key, text ? 1 : 0);
    if (text)
        put(key, text, strlen(text) + 1);
}

static void put_count(GString *key, size_t n)
{
    put(key, &n, sizeof n);
}

static void put_point(GString *key, const ChartPoint *point)
{
    const char kind[] = { (char)point->status, point->preliminary, point->computed,
                          point->emphasis };

    put(key, kind, sizeof kind);
    if (point->status == CHART_OK) { /* nothing else has a value */
        put(key, &point->value, sizeof point->value);
        put(key, &point->uncertainty, sizeof point->uncertainty);
    }
    put_words(key, point->note);
}

static void put_control(GString *key, const Chart *chart)
{
    size_t n = chart->control ? chart->n_columns : 0;

    put_words(key, chart->control ? chart->centre_name : NULL);
    put_count(key, n);
    for (size_t i = 0; i < n; i++) { /* field by field: what is between them is not set */
        const ChartControl *c = &chart->control[i];
        const double lines[] = { c->centre, c->lower, c->upper, c->former };
        const char kind[] = { (char)c->cause, c->starts, c->trial, c->pooled, c->excluded };

        put(key, lines, sizeof lines);
        put(key, kind, sizeof kind);
    }
}

static void put_funnel(GString *key, const Chart *chart)
{
    const ChartFunnel *f = chart->funnel;

    put_words(key, f ? f->size_name : NULL);
    for (size_t i = 0; f && i < chart->n_rows; i++)
        if (chart->rows[i].points[0].status == CHART_OK)
            put(key, &f->sizes[i], sizeof f->sizes[i]);
    put_count(key, f ? f->n_limits : 0);
    if (f && f->n_limits)
        put(key, f->limits, f->n_limits * sizeof *f->limits);
}

static void put_head(GString *key, const Chart *chart)
{
    const int numbers[] = { (int)i18n_current(), (int)chart->kind, chart->decimals,
                            chart->value_labels, chart->bare,      chart->with_table };
    const double limits[] = { chart->low, chart->high, chart->target };

    put(key, numbers, sizeof numbers);
    put(key, limits, sizeof limits);
    put_words(key, chart->id);
    put_words(key, chart->title);
    put_words(key, chart->reading);
    put_words(key, chart->unit);
    put_words(key, chart->target_name);
    put_words(key, chart->reference_name);
    put_point(key, &chart->reference);
    put_control(key, chart);
    put_funnel(key, chart);
}

GBytes *chart_key(const Chart *chart)
{
    bool one = chart->kind == CHART_COMPARE || chart->kind == CHART_FUNNEL;
    size_t points = one ? 1 : chart->n_columns;
    GString *key = g_string_sized_new(4096);

    put_head(key, chart);
    put_count(key, chart->n_columns);
    for (size_t i = 0; i < chart->n_columns; i++) {
        put_words(key, chart->columns[i].label);
        put_words(key, chart->columns[i].break_before);
    }
    put_count(key, chart->n_rows);
    for (size_t i = 0; i < chart->n_rows; i++) {
        const ChartRow *row = &chart->rows[i];

        put_words(key, row->name);
        put_words(key, row->break_before);
        g_string_append_c(key, row->own ? 1 : 0);
        for (size_t p = 0; p < points; p++)
            put_point(key, &row->points[p]);
    }
    return g_string_free_to_bytes(key);
}

GBytes *chart_kept_find(GBytes *key)
{
    Drawings *all = drawings();
    GBytes *found;

    g_mutex_lock(&all->lock);
    found = g_hash_table_lookup(all->drawings, key);
    if (found)
        g_bytes_ref(found);
    g_mutex_unlock(&all->lock);
    return found;
}

void chart_kept_add(GBytes *key, GBytes *drawing)
{
    Drawings *all = drawings();
    size_t size = g_bytes_get_size(key) + g_bytes_get_size(drawing);

    if (size > MOST_BYTES / 8)
        return;
    g_mutex_lock(&all->lock);
    if (all->bytes + size > MOST_BYTES) {
        g_hash_table_remove_all(all->drawings);
        all->bytes = 0;
    }
    if (!g_hash_table_contains(all->drawings, key)) {
        g_hash_table_insert(all->drawings, g_bytes_ref(key), g_bytes_ref(drawing));
        all->bytes += size;
    }
    g_mutex_unlock(&all->lock);
}
