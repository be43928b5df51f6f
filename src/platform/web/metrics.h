/* metrics.h - figures of operation in Prometheus' text form, on an address of their own.
 *
 * Routes are told as they are declared ("/enheter/{id}"), so that no id of anything or anybody is in
 * them. Source: Prometheus, "Exposition formats", text version 0.0.4.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

typedef struct Metrics Metrics;

Metrics *metrics_new(void);
void metrics_free(Metrics *metrics);
/* One request answered. route: a pattern, or "" when none matched. From any thread. */
void metrics_request(Metrics *metrics, const char *route, int status, int64_t micros);
/* Requests and how long they took, appended. */
void metrics_write_requests(Metrics *metrics, GString *out);

/* "# HELP", "# TYPE" and the lines of one figure; label NULL: it has none. */
void metrics_head(GString *out, const char *name, const char *type, const char *help);
void metrics_line(GString *out, const char *name, const char *label, const char *value, double n);
