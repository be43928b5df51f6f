/* enhet-endring.c - the forms of a unit: added, renamed, renumbered, followed by another, closed, and its
 * facts. Nothing overwrites: each change holds from a day, and a corrected fact stays to be read.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "enhet-sider.h"
#include "formpage.h"
#include "enhet-endring.sql.h"

/* --- as data --- */

typedef struct {
    int64_t owner;
    const Enhet *unit;
    const char *from, *code;
} Renumbering;

static bool renumber_work(Db *db, void *arg, GError **error)
{
    const Renumbering *r = arg;
    const char *kind = strcmp(r->unit->kind, "kommune") ? "orgnr" : "kommunenr";
    char before[DATE_TEXT];

    return enhet_identity_end(db, r->owner, r->unit->id, kind, date_add(r->from, -1, before),
                              error) &&
           enhet_identity_new(db, r->owner, r->unit->id, kind, r->code, r->from, error);
}

bool enhet_renumber(Db *db, int64_t owner, const Enhet *unit, const char *from, const char *code,
                    GError **error)
{
    Renumbering r = { owner, unit, from, code };

    if (!date_valid(from) || !enhet_code_valid(unit->kind, code))
        return app_fail(error, APP_ERROR_INVALID, "\"%s\" is not a valid number for a unit", code);
    return db_transaction(db, renumber_work, &r, error);
}

typedef struct {
    int64_t owner;
    const EnhetFactChange *change;
} Recording;

static bool record_work(Db *db, void *arg, GError **error)
{
    const Recording *r = arg;
    const EnhetFactChange *c = r->change;
    g_auto(EnhetFactReplaceRows) rows = { 0 };
    g_auto(EnhetFactSameRows) same = { 0 };
    const EnhetFactRecordArgs args = { .owner = r->owner,
                                       .id = id_new(),
                                       .enhet = c->unit,
                                       .label = c->fact.label,
                                       .value = c->fact.value,
                                       .at = c->fact.at,
                                       .source = c->fact.source,
                                       .origin = c->fact.origin,
                                       .recorded_at = c->now };

    if (!c->replaces && !enhet_fact_same(db, r->owner, c->unit, c->fact.label, c->fact.value,
                                         c->fact.at, c->fact.source, &same, error))
        return false;
    if (same.n) /* the form came twice */
        return true;
    if (!enhet_fact_record(db, &args, error))
        return false;
    if (!c->replaces)
        return true;
    if (!enhet_fact_replace(db, r->owner, c->unit, c->replaces, args.id, c->why, &rows, error))
        return false;
    return rows.n || app_fail(error, APP_ERROR_CONFLICT, "the fact has been corrected already");
}

bool enhet_record_fact(Db *db, int64_t owner, const EnhetFactChange *change, GError **error)
{
    Recording r = { owner, change };

    if (!fuzzy_valid(change->fact.at))
        return app_fail(error, APP_ERROR_INVALID, "\"%s\" is not a date", change->fact.at);
    return db_transaction(db, record_work, &r, error);
}

/* --- what the forms have in common --- */

static bool open_unit(Req *req, Perm perm, Enhet *ret, GError **error)
{
    if (!enhet_get(req->db, req->arena, req->user->owner, req_id(req, "id"), req->today, ret,
                   error))
        return false;
    return req_may_unit(req, perm, ret->id) || req_not_found(req, error);
}

typedef struct {
    const char *part, *title, *lead, *warning, *button;
} Change;

static bool change_page(Req *req, int status, const Enhet *unit, const Change *c, const Form *form)
{
    const FormPage page = { .title = c->title,
                            .lead = c->lead,
                            .warning = c->warning,
                            .up_title = unit->name,
                            .up = url_for(req->arena, "/enheter/%I", unit->id),
                            .action = url_for(req->arena, "/enheter/%I/%s", unit->id, c->part),
                            .button = c->button,
                            .form = form };

    return req_form_page(req, status, &page);
}

static bool done(Req *req, int64_t id, const char *message)
{
    return req_redirect_saying(req, url_for(req->arena, "/enheter/%I", id).text, message);
}

/* Nobody else of the owner has the number today. */
static bool number_ok(Req *req, const char *kind, const char *code, int64_t self,
                      const char **ret_problem, GError **error)
{
    EnhetList all;

    *ret_problem = enhet_code_valid(kind, code)
                       ? NULL
                       : _("This is no organisation number: nine digits, of which the last one "
                           "checks the others");
    if (!enhet_list(req->db, req->arena, req->user->owner, req->today, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].id != self && !strcmp(all.v[i].code, code))
            *ret_problem = arena_printf(req->arena, _("%s has this number"), all.v[i].name);
    return true;
}

/* --- a new unit --- */

enum { A_NAME, A_KIND, A_PARENT, A_CODE, A_FROM, N_ADD };
static const Field add_fields[N_ADD] = {
    [A_NAME] = { "navn", FIELD_LINE, N_("Name"), .required = true, .max = 120 },
    [A_KIND] = { "slag", FIELD_CHOICE, N_("Kind"), .required = true },
    [A_PARENT] = { "under", FIELD_CHOICE, N_("Stands below"), .required = true },
    [A_CODE] = { "orgnr", FIELD_LINE, N_("Organisation number"), .max = 11,
                 .help = N_("Nine digits. With it, figures from Udir find the unit") },
    [A_FROM] = { "fra", FIELD_DATE, N_("From"), .help = N_("Empty: it has always been there") },
};

static bool add_options(Req *req, Form *form, GError **error)
{
    EnhetList all;

    if (!enhet_open_list(req->db, req->arena, req->user->owner, req->today, &all, error))
        return false;
    Option *options = arena_alloc(req->arena, (all.n + 1) * sizeof(Option));

    for (size_t i = 0; i < all.n; i++) {
        char text[ID_TEXT];

        options[i] = (Option){ arena_dup(req->arena, id_text(all.v[i].id, text)), all.v[i].name };
    }
    options[all.n] = (Option){ 0 };
    form_options(form, A_KIND, enhet_kind_options(req->arena));
    form_options(form, A_PARENT, options);
    if (all.n && !*form->value[A_PARENT])
        form_set(form, A_PARENT, options[0].value);
    return true;
}

static bool add_page(Req *req, int status, const Form *form)
{
    const FormPage page = { .title = _("Add a unit"),
                            .lead = _("Schools that are in Udir’s files are proposed by "
                                      "themselves when the files are imported. Add here what is "
                                      "not, a kindergarten or a service."),
                            .up_title = _("Units"),
                            .up = url_for(req->arena, "/enheter"),
                            .action = url_for(req->arena, "/enheter/ny"),
                            .button = _("Add the unit"),
                            .form = form };

    return req_form_page(req, status, &page);
}

bool enhet_show_add(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, add_fields, N_ADD);

    return add_options(req, &form, error) && add_page(req, 200, &form);
}

static const char *bare_digits(Req *req, const char *typed)
{
    g_autoptr(GString) digits = g_string_new(NULL);

    for (const char *p = typed; *p; p++)
        if (*p != ' ')
            g_string_append_c(digits, *p);
    return arena_dup(req->arena, digits->str);
}

bool enhet_do_add(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, add_fields, N_ADD);
    const char *code = bare_digits(req, form.value[A_CODE]), *problem = NULL;
    int64_t id;

    if (!add_options(req, &form, error) ||
        (*code && !number_ok(req, form.value[A_KIND], code, 0, &problem, error)))
        return false;
    if (problem)
        form.problem[A_CODE] = problem;
    if (!form_ok(&form))
        return add_page(req, 422, &form);
    const EnhetNew unit = { .kind = form.value[A_KIND],
                            .parent = id_parse(form.value[A_PARENT]),
                            .name = form.value[A_NAME],
                            .code = *code ? code : NULL,
                            .from = *form.value[A_FROM] ? form.value[A_FROM] : NULL,
                            .origin = "register" };

    req_note(req, "enhet.ny", 0, 0, unit.name);
    return enhet_add(req->db, req->user->owner, &unit, &id, error) &&
           done(req, id, _("The unit is added."));
}

/* --- a new name, a new number --- */

enum { C_VALUE, C_FROM, N_CHANGE };
static const Field name_fields[N_CHANGE] = {
    [C_VALUE] = { "navn", FIELD_LINE, N_("Name"), .required = true, .max = 120 },
    [C_FROM] = { "fra", FIELD_DATE, N_("From"), .required = true },
};
static const Field number_fields[N_CHANGE] = {
    [C_VALUE] = { "nummer", FIELD_LINE, N_("Number"), .required = true, .max = 11 },
    [C_FROM] = { "fra", FIELD_DATE, N_("From"), .required = true },
};

static Change naming(void)
{
    return (Change){ "navn", _("New name"),
                     _("The unit keeps its history; before that day it is shown by its old name."),
                     NULL, _("Save the name") };
}

static Change numbering(void)
{
    return (Change){ "nummer", _("New number"),
                     _("A unit that gets a new organisation number keeps its history here. The "
                       "old number ends the day before."),
                     NULL, _("Save the number") };
}

static bool show_change(Req *req, const Field *fields, Change c, GError **error)
{
    g_auto(Form) form = form_blank(req, fields, N_CHANGE);
    Enhet unit;

    if (!open_unit(req, PERM_UNIT_WRITE, &unit, error))
        return false;
    form_set(&form, C_FROM, req->today);
    return change_page(req, 200, &unit, &c, &form);
}

bool enhet_show_name(Req *req, GError **error)
{
    return show_change(req, name_fields, naming(), error);
}

bool enhet_show_number(Req *req, GError **error)
{
    return show_change(req, number_fields, numbering(), error);
}

bool enhet_do_name(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, name_fields, N_CHANGE);
    const Change c = naming();
    Enhet unit;

    if (!open_unit(req, PERM_UNIT_WRITE, &unit, error))
        return false;
    if (!form_ok(&form))
        return change_page(req, 422, &unit, &c, &form);
    req_note(req, "enhet.navn", unit.id, 0, form.value[C_VALUE]);
    return enhet_rename(req->db, req->user->owner, unit.id, form.value[C_FROM], form.value[C_VALUE],
                        error) &&
           done(req, unit.id, _("The name is saved."));
}

bool enhet_do_number(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, number_fields, N_CHANGE);
    const char *code = bare_digits(req, form.value[C_VALUE]), *problem = NULL;
    g_autoptr(GError) why = NULL;
    const Change c = numbering();
    Enhet unit;

    if (!open_unit(req, PERM_UNIT_WRITE, &unit, error) ||
        (*code && !number_ok(req, unit.kind, code, unit.id, &problem, error)))
        return false;
    if (problem)
        form.problem[C_VALUE] = problem;
    if (!form_ok(&form))
        return change_page(req, 422, &unit, &c, &form);
    req_note(req, "enhet.nummer", unit.id, 0, code);
    if (enhet_renumber(req->db, req->user->owner, &unit, form.value[C_FROM], code, &why))
        return done(req, unit.id, _("The number is saved."));
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        return app_pass(error, &why);
    form.problem[C_FROM] = _("A number begins on that day already");
    return change_page(req, 409, &unit, &c, &form);
}

/* --- what became of it --- */

enum { S_RELATION, S_OTHER, S_NAME, S_DATE, S_SOURCE, N_SUCCESSOR };
static const Field successor_fields[N_SUCCESSOR] = {
    [S_RELATION] = { "slag", FIELD_CHOICE, N_("What happened"), .required = true },
    [S_OTHER] = { "nummer", FIELD_LINE, N_("The other’s number"), .required = true, .max = 11,
                  .help = N_("Organisation number, or the four digits of a municipality") },
    [S_NAME] = { "navn", FIELD_LINE, N_("The other’s name"), .required = true, .max = 120 },
    [S_DATE] = { "dato", FIELD_DATE, N_("Date"), .required = true },
    [S_SOURCE] = { "kilde", FIELD_LINE, N_("Source"), .required = true, .max = 200 },
};

static void successor_options(Req *req, Form *form)
{
    Option *options = arena_alloc(req->arena, 5 * sizeof(Option));

    options[0] = (Option){ "erstattet_av", _("Replaced by") };
    options[1] = (Option){ "slatt_sammen_til", _("Merged into") };
    options[2] = (Option){ "delt_i", _("Divided into") };
    options[3] = (Option){ "erstatter", _("Replaces") };
    options[4] = (Option){ 0 };
    form_options(form, S_RELATION, options);
}

static Change succeeding(void)
{
    return (Change){ "etterfolger", _("What became of it"),
                     _("Told by number, since the other may belong to another municipality. "
                       "Figures are never merged by this."),
                     NULL, _("Save") };
}

bool enhet_show_successor(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, successor_fields, N_SUCCESSOR);
    const Change c = succeeding();
    Enhet unit;

    if (!open_unit(req, PERM_UNIT_WRITE, &unit, error))
        return false;
    successor_options(req, &form);
    return change_page(req, 200, &unit, &c, &form);
}

bool enhet_do_successor(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, successor_fields, N_SUCCESSOR);
    const char *other = bare_digits(req, form.value[S_OTHER]);
    const Change c = succeeding();
    Enhet unit;

    if (!open_unit(req, PERM_UNIT_WRITE, &unit, error))
        return false;
    successor_options(req, &form);
    if (!form.problem[S_OTHER] && !enhet_orgnr_valid(other) && !enhet_code_valid("kommune", other))
        form.problem[S_OTHER] = _("Neither an organisation number nor a municipality’s");
    if (!form_ok(&form))
        return change_page(req, 422, &unit, &c, &form);
    const EnhetSuccessor s = { form.value[S_RELATION], other, form.value[S_NAME],
                               form.value[S_DATE], form.value[S_SOURCE] };

    req_note(req, "enhet.etterfolger", unit.id, 0, s.other_name);
    return enhet_add_successor(req->db, req->user->owner, unit.id, &s, error) &&
           done(req, unit.id, _("It is saved."));
}

enum { L_LAST, L_SURE, N_CLOSE };
static const Field close_fields[N_CLOSE] = {
    [L_LAST] = { "siste", FIELD_DATE, N_("Last day"), .required = true },
    [L_SURE] = { "sikker", FIELD_CHECK, N_("I have checked the day"), .required = true },
};

static Change closing(void)
{
    return (Change){ "steng", _("Close the unit"), _("Its page, its figures and its history stay."),
                     _("From the day after, the unit stands among those that are closed."),
                     _("Close the unit") };
}

bool enhet_show_close(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, close_fields, N_CLOSE);
    const Change c = closing();
    Enhet unit;

    if (!open_unit(req, PERM_UNIT_WRITE, &unit, error))
        return false;
    form_set(&form, L_LAST, req->today);
    return change_page(req, 200, &unit, &c, &form);
}

bool enhet_do_close(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, close_fields, N_CLOSE);
    const Change c = closing();
    Enhet unit;

    if (!open_unit(req, PERM_UNIT_WRITE, &unit, error))
        return false;
    if (!unit.parent)
        form.trouble = _("The municipality itself is not closed here");
    if (!form_ok(&form))
        return change_page(req, 422, &unit, &c, &form);
    req_note(req, "enhet.stengt", unit.id, 0, form.value[L_LAST]);
    return enhet_close(req->db, req->user->owner, unit.id, form.value[L_LAST], error) &&
           done(req, unit.id, _("The last day of the unit is saved."));
}

enum { F_LABEL, F_VALUE, F_AT, F_SOURCE, N_NEW_FACT, F_REPLACES = N_NEW_FACT, F_WHY, N_FACT };
static const Field fact_fields[N_FACT] = {
    [F_LABEL] = { "hva", FIELD_LINE, N_("What"), .required = true, .max = 120,
                  .help = N_("Employees, say") },
    [F_VALUE] = { "verdi", FIELD_LINE, N_("Value"), .required = true, .max = 200 },
    [F_AT] = { "naar", FIELD_LINE, N_("When it was so"), .required = true, .max = 10,
               .help = N_("A day (2013-06-20), a year (2013) or a half-year (2013-H1)") },
    [F_SOURCE] = { "kilde", FIELD_LINE, N_("Source"), .required = true, .max = 200,
                   .help = N_("Where it was found, so that others can check it") },
    [F_REPLACES] = { "retter", FIELD_HIDDEN, N_("Corrects"), .required = true, .max = 20 },
    [F_WHY] = { "hvorfor", FIELD_LINE, N_("What was wrong"), .required = true, .max = 400 },
};

static Change recording(bool correction)
{
    return (Change){ "faktum", correction ? _("Correct a fact") : _("Add a fact"),
                     correction ? _("The old line stays to be read, with the reason.")
                                : _("A fact has a date and a source."),
                     NULL, _("Save the fact") };
}

bool enhet_show_fact(Req *req, GError **error)
{
    const char *corrects = req_query(req, "retter");
    g_auto(Form) form = form_blank(req, fact_fields, corrects ? N_FACT : N_NEW_FACT);
    const Change c = recording(corrects != NULL);
    g_auto(EnhetFactOneRows) rows = { 0 };
    Enhet unit;

    if (!open_unit(req, PERM_UNIT_FACT, &unit, error))
        return false;
    if (!corrects)
        return change_page(req, 200, &unit, &c, &form);
    if (!enhet_fact_one(req->db, req->user->owner, unit.id, id_parse(corrects), &rows, error))
        return false;
    if (!rows.n)
        return req_not_found(req, error);
    form_set(&form, F_LABEL, rows.v[0].label);
    form_set(&form, F_VALUE, rows.v[0].value);
    form_set(&form, F_AT, rows.v[0].at);
    form_set(&form, F_SOURCE, rows.v[0].source);
    form_set(&form, F_REPLACES, corrects);
    return change_page(req, 200, &unit, &c, &form);
}

bool enhet_do_fact(Req *req, GError **error)
{
    bool correction = req_posted(req, "retter") != NULL;
    g_auto(Form) form = form_read(req, fact_fields, correction ? N_FACT : N_NEW_FACT);
    g_autoptr(GError) why = NULL;
    const Change c = recording(correction);
    Enhet unit;

    if (!open_unit(req, PERM_UNIT_FACT, &unit, error))
        return false;
    if (!form.problem[F_AT] && !fuzzy_valid(form.value[F_AT]))
        form.problem[F_AT] = _("Write a day, a year or a half-year");
    if (!form_ok(&form))
        return change_page(req, 422, &unit, &c, &form);
    const EnhetFactChange change = {
        .unit = unit.id,
        .replaces = correction ? MAX(id_parse(form.value[F_REPLACES]), 1) : 0,
        .now = req->now,
        .why = correction ? form.value[F_WHY] : "",
        .fact = { form.value[F_LABEL], form.value[F_VALUE], form.value[F_AT], form.value[F_SOURCE],
                  "register" }
    };

    req_note(req, correction ? "enhet.faktum_rettet" : "enhet.faktum", unit.id, 0,
             change.fact.label);
    if (enhet_record_fact(req->db, req->user->owner, &change, &why))
        return done(req, unit.id, _("The fact is saved."));
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_CONFLICT))
        return app_pass(error, &why);
    form.trouble = _("This fact has been corrected by somebody else since you opened it");
    return change_page(req, 409, &unit, &c, &form);
}
