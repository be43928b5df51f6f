/* matrise-side.c - the role matrix in words: what one role may do, who may do something with one thing,
 * and the whole table, to read or to print.
 *
 * It is drawn from the same cells that decide access (matrix.def), so it cannot say anything else.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "matrise.h"
#include "rolle-sider.h"
#include "matrise.html.h"

static const struct {
    char letter;
    const char *word;
} actions[] = {
    { 'R', N_("see") },     { 'C', N_("make") },    { 'U', N_("alter") },
    { 'A', N_("approve") }, { 'P', N_("publish") },
};

/* Small letters after the capitals: how far it reaches. */
static const struct {
    char letter;
    const char *word;
} scopes[] = {
    { 'o', N_("of the own unit") }, { 's', N_("once it is shared or sent") },
    { 'm', N_("masked") },          { 'a', N_("summed up only") },
    { 'x', N_("without names") },
};

/* One token, "RUo", in words: "see, change (of the own unit)". */
static const char *token_words(Arena *arena, const char *token, size_t len)
{
    const char *what = "", *reach = "";

    for (size_t k = 0; k < G_N_ELEMENTS(actions); k++)
        if (memchr(token, actions[k].letter, len))
            what = *what ? arena_printf(arena, "%s, %s", what, _(actions[k].word))
                         : _(actions[k].word);
    for (size_t k = 0; k < G_N_ELEMENTS(scopes); k++)
        if (memchr(token, scopes[k].letter, len))
            reach = *reach ? arena_printf(arena, "%s, %s", reach, _(scopes[k].word))
                           : _(scopes[k].word);
    return *reach ? arena_printf(arena, "%s (%s)", what, reach) : what;
}

static const char *cell_words(Arena *arena, const char *cell)
{
    const char *all = "";

    while (*cell) {
        size_t len = strcspn(cell, "+");
        const char *words = token_words(arena, cell, len);

        all = *all ? arena_printf(arena, "%s; %s", all, words) : words;
        cell += len + (cell[len] == '+');
    }
    return all;
}

static const char *label_of(const MatrixRow *row)
{
    return row->label ? i18n_text(row->label) : row->resource;
}

/* --- the two questions --- */

static void fill_role(Req *req, const char *role, MatrixLines *ret)
{
    size_t n;
    const MatrixRow *rows = tilgang_matrix(&n);

    *ret = (MatrixLines){ arena_alloc(req->arena, n * sizeof(MatrixLine)), 0 };
    for (size_t i = 0; i < n; i++) {
        const char *cell = tilgang_matrix_cell(req->arena, &rows[i], role);

        if (*cell)
            ret->v[ret->n++] =
                (MatrixLine){ label_of(&rows[i]), cell_words(req->arena, cell), cell };
    }
}

static void fill_resource(Req *req, const MatrixRow *row, MatrixLines *ret)
{
    const char *const *roles = tilgang_roles_all();

    *ret = (MatrixLines){ arena_alloc(req->arena, 32 * sizeof(MatrixLine)), 0 };
    for (; *roles && ret->n < 32; roles++) {
        const char *cell = tilgang_matrix_cell(req->arena, row, *roles);

        if (*cell)
            ret->v[ret->n++] =
                (MatrixLine){ tilgang_role_name(*roles), cell_words(req->arena, cell), cell };
    }
}

static void fill_choices(Req *req, const char *role, const char *resource, MatrixView *view)
{
    size_t n;
    const MatrixRow *rows = tilgang_matrix(&n);
    const char *const *roles = tilgang_roles_all();

    view->roles = (MatrixChoices){ arena_alloc(req->arena, 32 * sizeof(MatrixChoice)), 0 };
    for (; *roles && view->roles.n < 32; roles++)
        view->roles.v[view->roles.n++] =
            (MatrixChoice){ *roles, tilgang_role_name(*roles), !g_strcmp0(role, *roles) };
    view->resources = (MatrixChoices){ arena_alloc(req->arena, n * sizeof(MatrixChoice)), n };
    for (size_t i = 0; i < n; i++)
        view->resources.v[i] = (MatrixChoice){ rows[i].resource, label_of(&rows[i]),
                                               !g_strcmp0(resource, rows[i].resource) };
}

static void fill_table(Req *req, MatrixView *view)
{
    size_t n;
    const MatrixRow *rows = tilgang_matrix(&n);

    view->rows = (MatrixTable){ arena_alloc(req->arena, n * sizeof(MatrixTableRow)), n };
    for (size_t i = 0; i < n; i++) {
        MatrixTableRow *row = &view->rows.v[i];

        *row = (MatrixTableRow){ label_of(&rows[i]),
                                 { arena_alloc(req->arena, view->roles.n * sizeof(char *)),
                                   view->roles.n } };
        for (size_t k = 0; k < view->roles.n; k++) {
            const char *cell = tilgang_matrix_cell(req->arena, &rows[i], view->roles.v[k].code);

            row->cells.v[k] = *cell ? cell : "–";
        }
    }
}

bool tilgang_show_matrix(Req *req, GError **error)
{
    const char *role = req_query(req, "rolle"), *resource = req_query(req, "ressurs");
    MatrixView view = { 0 };
    size_t n;
    const MatrixRow *rows = tilgang_matrix(&n);

    (void)error;
    if (!role || !tilgang_role_known(role))
        role = resource ? NULL : req->user->role;
    fill_choices(req, role, resource, &view);
    for (size_t i = 0; i < n; i++) {
        if (g_strcmp0(resource, rows[i].resource) != 0)
            continue;
        view.resource = label_of(&rows[i]);
        fill_resource(req, &rows[i], &view.who);
    }
    if (role && tilgang_role_known(role)) {
        view.role = tilgang_role_name(role);
        fill_role(req, role, &view.what);
    }
    fill_table(req, &view);
    tilgang_matrise(req_page(req, 200, _("What each role may do")), &view);
    return true;
}
