/* enhet-sider.h - rows as the pages of this slice show them: prepared, so the pages only loop.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "enhet.h"

typedef struct {
    const char *name, *kind, *code, *parent, *origin, *closed;
    Url url;
} UnitLine;

typedef struct {
    UnitLine *v;
    size_t n;
} UnitLines;

typedef struct {
    const char *label, *value, *note, *source, *why; /* why: of a correction; NULL */
    Url correct;
} UnitFact;

typedef struct {
    UnitFact *v;
    size_t n;
} UnitFacts;

typedef struct {
    const char *name, *kind, *parent;
    bool has_parent;
    Url parent_url;
    UnitFacts facts, corrected, identities, names, successors;
    UnitLines children;
    const char *closed; /* last day in words; NULL */
    bool may_write, may_fact;
    Url up, add_fact, rename, renumber, succeed, close;
} UnitView;

typedef struct {
    UnitLines open, closed;
    bool may_write;
    Url add;
} UnitListView;

bool enhet_show_add(Req *req, GError **error);
bool enhet_do_add(Req *req, GError **error);
bool enhet_show_name(Req *req, GError **error);
bool enhet_do_name(Req *req, GError **error);
bool enhet_show_number(Req *req, GError **error);
bool enhet_do_number(Req *req, GError **error);
bool enhet_show_successor(Req *req, GError **error);
bool enhet_do_successor(Req *req, GError **error);
bool enhet_show_undo(Req *req, GError **error);
bool enhet_do_undo(Req *req, GError **error);
bool enhet_show_close(Req *req, GError **error);
bool enhet_do_close(Req *req, GError **error);
bool enhet_show_fact(Req *req, GError **error);
bool enhet_do_fact(Req *req, GError **error);
bool enhet_search(Db *db, Arena *arena, int64_t owner, SearchPut put, void *sink, GError **error);
