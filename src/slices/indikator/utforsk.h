/* utforsk.h - the choices of the indicator explorer, as they stand in the address.
 *
 * Everything is in the address, so that what one sees can be shared: page and files read the same
 * choices. What cannot be understood is kept as typed beside a plain word about it, and left out of
 * what is shown.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "utvalg.h"

typedef enum {
    X_FROM, /* fra, til: periods */
    X_TO,
    X_COMPARE,  /* mot: "", "ingen", or a neighbour's number */
    X_PROFILE,  /* profil: spc_profile_code */
    X_CHART,    /* kart: spc_chart_code; "": what suits */
    X_STARTS,   /* fase: first periods of new phases, with commas between */
    X_FIX,      /* las: limits from so many first points */
    X_EXCLUDED, /* utelat: periods that are shown and not counted */
    X_TARGET,   /* mal: a number */
    X_AUDIENCE, /* for: "offentlig" */
    X_SCALE,    /* skala: "korrigert" */
    N_EXPLORE
} ExploreField;

typedef struct {
    const char *typed[N_EXPLORE];   /* "" when not given */
    const char *problem[N_EXPLORE]; /* translated; NULL: fine */
    const char *from, *to;          /* NULL: no limit */
    SpcProfile profile;
    int chart; /* CONTROL_SUITS, or an SpcChart */
    const char *const *starts, *const *excluded;
    size_t fix_after;
    double target; /* NAN: none */
    bool as_public;
    Scale scale;
} Explore;

/* What is typed, and the two choices that decide what is read: audience and scale. */
Explore indikator_explore_begin(Req *req);
/* The rest, about an indicator. Never fails: what is wrong becomes a problem. */
void indikator_explore_read(Req *req, const Indicator *about, Explore *x);
/* Whether anything is wrong. */
bool indikator_explore_fails(const Explore *x);
/* An address with the choices that are understood. */
Url indikator_explore_url(Req *req, Url url, const Explore *x);
const char *indikator_explore_name(ExploreField field);

/**
 * What of a matrix the choices let show: periods from one to another, the first unit and those it is
 * held against. Nothing is read again, so what the gate hid beside the rest stays hidden.
 * Choices that the matrix shows to be wrong (a period without figures) become problems.
 */
Matrix indikator_explore_narrow(Req *req, const Matrix *all, Explore *x);
