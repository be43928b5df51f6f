/* metrics.c - requests counted by route and class of status, their times in buckets.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "metrics.h"

#define CLASSES 6 /* by the first digit of the status; 0 is not used */

/* Seconds; the last one is what is longer. */
static const double limits[] = { 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                 0.25,  0.5,    1,     2.5,  5,     10 };
#define BUCKETS (G_N_ELEMENTS(limits) + 1)

typedef struct {
    uint64_t n[CLASSES];
} Counted;

struct Metrics {
    GMutex lock;
    GHashTable *routes; /* route -> Counted */
    uint64_t buckets[BUCKETS], n;
    double seconds;
};

Metrics *metrics_new(void)
{
    Metrics *metrics = g_new0(Metrics, 1);

    g_mutex_init(&metrics->lock);
    metrics->routes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return metrics;
}

void metrics_free(Metrics *metrics)
{
    if (!metrics)
        return;
    g_hash_table_unref(metrics->routes);
    g_mutex_clear(&metrics->lock);
    g_free(metrics);
}

static size_t bucket_of(double seconds)
{
    size_t i = 0;

    while (i < G_N_ELEMENTS(limits) && seconds > limits[i])
        i++;
    return i;
}

void metrics_request(Metrics *metrics, const char *route, int status, int64_t micros)
{
    double seconds = (double)micros / 1e6;
    Counted *counted;

    g_mutex_lock(&metrics->lock);
    counted = g_hash_table_lookup(metrics->routes, route);
    if (!counted) {
        counted = g_new0(Counted, 1);
        g_hash_table_insert(metrics->routes, g_strdup(route), counted);
    }
    counted->n[CLAMP(status / 100, 0, CLASSES - 1)]++;
    metrics->buckets[bucket_of(seconds)]++;
    metrics->seconds += seconds;
    metrics->n++;
    g_mutex_unlock(&metrics->lock);
}

/* --- the text --- */

void metrics_head(GString *out, const char *name, const char *type, const char *help)
{
    g_string_append_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void append_number(GString *out, double n)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    g_string_append(out, g_ascii_formatd(text, sizeof text, "%.15g", n));
}

void metrics_line(GString *out, const char *name, const char *label, const char *value, double n)
{
    g_string_append(out, name);
    if (label)
        g_string_append_printf(out, "{%s=\"%s\"}", label, value);
    g_string_append_c(out, ' ');
    append_number(out, n);
    g_string_append_c(out, '\n');
}

static void write_routes(Metrics *metrics, GString *out)
{
    GHashTableIter i;
    gpointer route, value;

    g_hash_table_iter_init(&i, metrics->routes);
    while (g_hash_table_iter_next(&i, &route, &value)) {
        const Counted *counted = value;

        for (int class = 1; class < CLASSES; class ++)
            if (counted->n[class])
                g_string_append_printf(
                    out,
                    "oppvekst_requests_total{route=\"%s\",status=\"%dxx\"} %" G_GUINT64_FORMAT "\n",
                    (const char *)route, class, counted->n[class]);
    }
}

void metrics_write_requests(Metrics *metrics, GString *out)
{
    uint64_t sum = 0;
    char limit[G_ASCII_DTOSTR_BUF_SIZE];

    g_mutex_lock(&metrics->lock);
    metrics_head(out, "oppvekst_requests_total", "counter", "Requests answered.");
    write_routes(metrics, out);
    metrics_head(out, "oppvekst_request_seconds", "histogram",
                 "From a request's head to its reply.");
    for (size_t i = 0; i < G_N_ELEMENTS(limits); i++) {
        sum += metrics->buckets[i];
        metrics_line(out, "oppvekst_request_seconds_bucket", "le",
                     g_ascii_formatd(limit, sizeof limit, "%g", limits[i]), (double)sum);
    }
    metrics_line(out, "oppvekst_request_seconds_bucket", "le", "+Inf", (double)metrics->n);
    metrics_line(out, "oppvekst_request_seconds_sum", NULL, NULL, metrics->seconds);
    metrics_line(out, "oppvekst_request_seconds_count", NULL, NULL, (double)metrics->n);
    g_mutex_unlock(&metrics->lock);
}
