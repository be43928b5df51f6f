/* koblingsside.h - rows as the page about a table's columns shows them.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "bunke.h"
#include "indikator-sider.h"
#include "kobling.h"

typedef struct {
    const char *key, *header, *cells, *id;
    Choices roles;
    const char *indicator;
} MapColumn;

typedef struct {
    MapColumn *v;
    size_t n;
} MapColumns;

typedef struct {
    const char *text, *indicator, *id;
} MapWord;

typedef struct {
    MapWord *v;
    size_t n;
} MapWords;

typedef struct {
    const char *csrf, *filename, *problem;
    Url action, back;
    MapColumns columns;
    MapWords words;
    Choices catalogue, dashes;
    const char *indicator, *period, *would;
    bool share;
    Notes counts;
    ProblemLines problems;
} MapView;
