/* tilordning.c - names and headers that files have and we do not: asked once, remembered, changed.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "bunke.h"
#include "indikator-sider.h"
#include "tilordning.html.h"

#define MOST_QUESTIONS 200
#define HERE "/import/tilordning"

/* --- choices --- */

bool indikator_unit_choices(Req *req, const char *proposed, Choices *ret, GError **error)
{
    EnhetList all;

    if (!enhet_list(req->db, req->arena, req->user->owner, req->today, &all, error))
        return false;
    *ret = (Choices){ arena_alloc(req->arena, (all.n + 2) * sizeof(Choice)), 0 };
    ret->v[ret->n++] = (Choice){ "", _("Choose …"), proposed == NULL };
    for (size_t i = 0; i < all.n; i++) {
        const Enhet *e = &all.v[i];

        if (*e->code && (!indikator_only_unit(req) || indikator_only_unit(req) == e->id))
            ret->v[ret->n++] =
                (Choice){ e->code, arena_printf(req->arena, "%s (%s)", e->name, e->code),
                          !g_strcmp0(proposed, e->code) };
    }
    ret->v[ret->n++] =
        (Choice){ "-", _("Pass over: none of our units"), !g_strcmp0(proposed, "-") };
    return true;
}

Choices indikator_column_choices(Req *req, const char *proposed)
{
    Choices choices = { arena_alloc(req->arena, 40 * sizeof(Choice)), 0 };
    const char *name;

    choices.v[choices.n++] = (Choice){ "", _("Choose …"), proposed == NULL };
    for (unsigned i = 0; (name = indikator_values_column(i)); i++)
        choices.v[choices.n++] = (Choice){ name, name, !g_strcmp0(proposed, name) };
    choices.v[choices.n++] =
        (Choice){ "-", _("Pass over: not to be imported"), !g_strcmp0(proposed, "-") };
    return choices;
}

/* --- questions of a file --- */

/* The name the public statistics have for a number; the text itself when it is a name. */
static const char *name_of(Req *req, const ImportUnknown *u)
{
    g_autoptr(GError) why = NULL;
    UnitRef unit;

    if (!u->by_name && indikator_public_unit(req->db, req->arena, u->text, &unit, &why))
        return unit.name;
    return u->text;
}

#define ALIKE 0.75

/* The owner's unit with the name most like it; NULL when none is alike. */
static const char *propose_unit(Req *req, const EnhetList *all, const char *name)
{
    g_autofree char *folded = indikator_fold(name);
    const char *best = NULL;
    double most = ALIKE;

    (void)req;
    for (size_t i = 0; i < all->n; i++) {
        g_autofree char *other = indikator_fold(all->v[i].name);
        double alike = indikator_likeness(folded, other);

        if (*all->v[i].code && alike > most) {
            most = alike;
            best = all->v[i].code;
        }
    }
    return best;
}

static const char *about_unit(Req *req, const ImportUnknown *u, const char *name)
{
    const char *text = arena_printf(
        req->arena, ngettext("%s value, first in line %s", "%s values, first in line %s", u->n),
        indikator_number(req, u->n), indikator_number(req, u->line));

    return u->by_name || !strcmp(name, u->text)
               ? text
               : arena_printf(req->arena, _("%s. The public statistics call it %s"), text, name);
}

static bool ask_units(Req *req, const Previewed *file, const ImportResult *r, Questions *ret,
                      GError **error)
{
    EnhetList all = { 0 };

    if (!file->shared &&
        !enhet_list(req->db, req->arena, req->user->owner, req->today, &all, error))
        return false;
    for (size_t i = 0; i < r->n_unknown && ret->n < MOST_QUESTIONS; i++) {
        const ImportUnknown *u = &r->unknown[i];
        const char *name = name_of(req, u), *proposed = propose_unit(req, &all, name);
        Question *q = &ret->v[ret->n++];

        *q = (Question){ .text = u->text,
                         .about = about_unit(req, u, name),
                         .kind = "enhet",
                         .proposed = proposed ? proposed : "" };
        if (!file->shared && !indikator_unit_choices(req, proposed, &q->choices, error))
            return false;
    }
    return true;
}

bool indikator_questions(Req *req, const Previewed *file, const ImportResult *r, Questions *ret,
                         GError **error)
{
    *ret = (Questions){ arena_alloc(req->arena, (MOST_QUESTIONS + 1) * sizeof(Question)), 0 };
    if (!ask_units(req, file, r, ret, error))
        return false;
    for (size_t i = 0; i < r->n_columns && ret->n < MOST_QUESTIONS; i++) {
        const ImportOdd *c = &r->columns[i];

        ret->v[ret->n++] = (Question){ .text = c->text,
                                       .about = arena_printf(req->arena, _("column %s"),
                                                             indikator_number(req, c->place)),
                                       .kind = "kolonne",
                                       .choices = indikator_column_choices(req, c->suggestion),
                                       .proposed = c->suggestion ? c->suggestion : "" };
    }
    for (size_t i = 0; i < ret->n; i++)
        ret->v[i].id =
            arena_printf(req->arena, "q-%s-%zu", id_text(file->id, (char[ID_TEXT]){ 0 }), i);
    return true;
}

/* --- the page --- */

static bool line_of(Req *req, const Tilordning *t, AnswerLine *ret, GError **error)
{
    char key[ID_TEXT];
    bool unit = !strcmp(t->kind, "enhet");
    Choices choices = { 0 };

    if (unit && !indikator_unit_choices(req, t->target, &choices, error))
        return false;
    *ret = (AnswerLine){ arena_dup(req->arena, id_text(t->id, key)),
                         t->text,
                         indikator_format_name(t->source),
                         strcmp(t->target, "-") ? t->target : _("passed over"),
                         t->by,
                         unit ? choices : indikator_column_choices(req, t->target) };
    return true;
}

/* An answer is the whole municipality's: it decides where other units' figures go too. */
static bool may_change(const Req *req)
{
    return req_may_unit(req, PERM_DATASET_IMPORT, 0);
}

bool indikator_show_answers(Req *req, GError **error)
{
    TilordningList all;
    AnswersView view = { .csrf = req->csrf, .may = may_change(req) };

    if (!indikator_meaning_list(req->db, req->arena, req->user->owner, &all, error))
        return false;
    view.units.v = arena_alloc(req->arena, MAX(all.n, 1) * sizeof(AnswerLine));
    view.columns.v = arena_alloc(req->arena, MAX(all.n, 1) * sizeof(AnswerLine));
    for (size_t i = 0; i < all.n; i++) {
        AnswerLines *to = strcmp(all.v[i].kind, "enhet") ? &view.columns : &view.units;

        if (!line_of(req, &all.v[i], &to->v[to->n++], error))
            return false;
    }
    indikator_tilordning(req_page(req, 200, _("Saved answers about names and columns")), &view);
    return true;
}

static bool is_target(const char *text)
{
    size_t len = text ? strlen(text) : 0;

    return len > 0 && len <= 40 && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

bool indikator_change_answer(Req *req, GError **error)
{
    const char *what = req_posted(req, "gjor"), *target = req_posted(req, "svar");
    const char *key = req_posted(req, "id");
    int64_t id = id_parse(key ? key : "");
    bool forget = what && !strcmp(what, "glem");

    if (!may_change(req))
        return app_fail(error, APP_ERROR_FORBIDDEN, "this role may not change saved answers");
    if (!forget && !is_target(target))
        return req_redirect_saying(req, HERE, _("Choose what it means first."));
    req_note(req, forget ? "import.svar_glemt" : "import.svar_endret", id, 0, NULL);
    if (forget ? !indikator_meaning_forget(req->db, req->user->owner, id, error)
               : !indikator_meaning_change(req->db, req->user->owner, id, target, req->now, error))
        return false;
    return req_redirect_saying(
        req, HERE, forget ? _("The answer is forgotten.") : _("The answer is changed."));
}
