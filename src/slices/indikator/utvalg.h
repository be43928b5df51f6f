/* utvalg.h - which unit a page is about, what it may be compared with, and which audience it is for.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "indikator.h"

typedef struct {
    int64_t owner; /* whose own values may be read too; 0: public statistics alone */
    Audience audience;
} Sight;

/**
 * The one place that decides what a request may see of some units.
 *   Every own unit among them is the asker's to see from within: the internal audience. Otherwise the
 *   public one: with the owner's own values behind the public thresholds for those who are signed in
 *   and may see indicators, and from the public statistics alone for everybody else, since an owner's
 *   own figures become public with a report and not before.
 */
Sight indikator_sight(const Req *req, const UnitRef *units, size_t n);

/* One indicator of some units, for whoever asks. */
typedef struct {
    const char *code;
    const UnitRefList *units;
    const char *only; /* a period; NULL: all */
    bool as_public;   /* the public's view, also for those who may see more */
    Scale scale;
} OneAsk;
/* Errors as of indikator_matrix(). */
bool indikator_read_one(Req *req, const OneAsk *ask, Sight *ret_sight, Matrix *ret, GError **error);

/* The unit of ?enhet=, by number or id; without it the asker's own, or the nation. */
bool indikator_chosen_unit(Req *req, UnitRef *ret, GError **error);
/* The unit in an address: its number, or its id when it has none. */
const char *indikator_unit_key(Arena *arena, const UnitRef *unit);
/* An address about an indicator and a unit: format "/indikatorer/%s", with the code. */
Url indikator_about_url(Req *req, const char *format, const char *code, const UnitRef *unit);
/* The municipality and the units in it that a unit can be compared with, the municipality first. */
bool indikator_siblings(Req *req, const UnitRef *unit, UnitRefList *ret, GError **error);

typedef struct {
    const char *key, *name;
    bool chosen;
} UnitOption;

typedef struct {
    UnitOption *v;
    size_t n;
} UnitOptions;

/* What the chooser of units offers: the municipality, its units, county and nation. */
bool indikator_unit_options(Req *req, const UnitRef *chosen, UnitOptions *ret, GError **error);
