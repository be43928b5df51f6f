/* organ-endring.c - the forms that add, change and end bodies, and the seats in them.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "organ-sider.h"
#include "formpage.h"
#include "person.h"

/* --- a body --- */

enum {
    B_NAME,
    B_KIND,
    B_MANDATE,
    B_DECIDES,
    B_OPEN,
    B_PARENT,
    B_PREFIX,
    B_FROM,
    B_LEGAL,
    B_LEGAL_FROM,
    B_LEGAL_TO,
    N_BODY
};
#define FUZZY_HELP N_("A day (2013-06-20), a year (2013) or a half-year (2013-H1)")
static const Field body_fields[N_BODY] = {
    [B_NAME] = { "navn", FIELD_LINE, N_("Name"), .required = true, .max = 120 },
    [B_KIND] = { "slag", FIELD_CHOICE, N_("Kind"), .required = true },
    [B_MANDATE] = { "mandat", FIELD_TEXT, N_("Mandate"), .max = 2000,
                    .help = N_("What it is for, and what it may do") },
    [B_DECIDES] = { "kan_vedta", FIELD_CHECK, N_("It can make decisions") },
    [B_OPEN] = { "apent", FIELD_CHECK, N_("Its meetings are open") },
    [B_PARENT] = { "under", FIELD_CHOICE, N_("Stands below") },
    [B_PREFIX] = { "saksserie", FIELD_LINE, N_("Case numbers begin with"), .max = 6,
                   .help = N_("PS, say. Empty when its cases carry no number") },
    [B_FROM] = { "fra", FIELD_LINE, N_("Exists from"), .required = true, .max = 10,
                 .help = FUZZY_HELP },
    [B_LEGAL] = { "hjemmel", FIELD_LINE, N_("Law it stands on"), .max = 200,
                  .help = N_("As it is to be cited, with law and section") },
    [B_LEGAL_FROM] = { "hjemmel_fra", FIELD_LINE, N_("The law holds from"), .max = 10,
                       .help = FUZZY_HELP },
    [B_LEGAL_TO] = { "hjemmel_til", FIELD_LINE, N_("The law holds to"), .max = 10,
                     .help = FUZZY_HELP },
};

static bool set_options(Req *req, int64_t self, Form *form, GError **error)
{
    OrganList all;
    size_t n = 0;

    if (!organ_list(req->db, req->arena, req->user->owner, &all, error))
        return false;
    Option *options = arena_alloc(req->arena, (all.n + 1) * sizeof(Option));

    for (size_t i = 0; i < all.n; i++) {
        char text[ID_TEXT];

        if (all.v[i].id != self)
            options[n++] =
                (Option){ arena_dup(req->arena, id_text(all.v[i].id, text)), all.v[i].name };
    }
    options[n] = (Option){ 0 };
    form_options(form, B_KIND, organ_kind_options(req->arena));
    form_options(form, B_PARENT, options);
    return true;
}

static bool body_ok(Form *form)
{
    static const int dates[] = { B_FROM, B_LEGAL_FROM, B_LEGAL_TO };

    for (size_t i = 0; i < G_N_ELEMENTS(dates); i++)
        if (*form->value[dates[i]] && !form->problem[dates[i]] &&
            (!fuzzy_valid(form->value[dates[i]]) || !strcmp(form->value[dates[i]], "R")))
            form->problem[dates[i]] = _("Write a day, a year or a half-year");
    return form_ok(form);
}

static const char *or_null(const char *text)
{
    return *text ? text : NULL;
}

static Organ typed(const Form *form, int64_t id)
{
    return (Organ){ .id = id,
                    .kind = form->value[B_KIND],
                    .name = form->value[B_NAME],
                    .mandate = form->value[B_MANDATE],
                    .parent = *form->value[B_PARENT] ? id_parse(form->value[B_PARENT]) : 0,
                    .decides = *form->value[B_DECIDES] != '\0',
                    .open = *form->value[B_OPEN] != '\0',
                    .case_prefix = form->value[B_PREFIX],
                    .from = form->value[B_FROM],
                    .origin = "register",
                    .legal = form->value[B_LEGAL],
                    .legal_from = or_null(form->value[B_LEGAL_FROM]),
                    .legal_to = or_null(form->value[B_LEGAL_TO]) };
}

static bool body_page(Req *req, int status, const Organ *organ, const Form *form)
{
    const FormPage page = { .title = organ ? _("Change the body") : _("Add a body"),
                            .lead = organ ? NULL : _("Members are added afterwards, by position."),
                            .up_title = organ ? organ->name : _("Bodies"),
                            .up = organ ? url_for(req->arena, "/organer/%I", organ->id)
                                        : url_for(req->arena, "/organer"),
                            .action = organ ? url_for(req->arena, "/organer/%I/endre", organ->id)
                                            : url_for(req->arena, "/organer/ny"),
                            .button = organ ? _("Save the body") : _("Add the body"),
                            .form = form };

    return req_form_page(req, status, &page);
}

static bool done(Req *req, int64_t id, const char *message)
{
    return req_redirect_saying(req, url_for(req->arena, "/organer/%I", id).text, message);
}

bool organ_show_add(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, body_fields, N_BODY);

    if (!set_options(req, 0, &form, error))
        return false;
    form_set(&form, B_FROM, req->today);
    return body_page(req, 200, NULL, &form);
}

/* The same form sent twice makes one body: the id of one that is just so, or 0. */
static bool find_same(Req *req, const Organ *typed_in, int64_t *ret, GError **error)
{
    OrganList all;

    *ret = 0;
    if (!organ_list(req->db, req->arena, req->user->owner, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (!strcmp(all.v[i].name, typed_in->name) && !strcmp(all.v[i].kind, typed_in->kind) &&
            !strcmp(all.v[i].from, typed_in->from) && all.v[i].parent == typed_in->parent)
            *ret = all.v[i].id;
    return true;
}

bool organ_do_add(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, body_fields, N_BODY);
    int64_t id;

    if (!set_options(req, 0, &form, error))
        return false;
    if (!body_ok(&form))
        return body_page(req, 422, NULL, &form);
    const Organ organ = typed(&form, 0);

    if (!find_same(req, &organ, &id, error))
        return false;
    if (id)
        return done(req, id, _("The body is added."));
    req_note(req, "organ.nytt", 0, 0, organ.name);
    return organ_add(req->db, req->user->owner, &organ, &id, error) &&
           done(req, id, _("The body is added."));
}

static bool open_body(Req *req, Organ *ret, GError **error)
{
    return organ_get(req->db, req->arena, req->user->owner, req_id(req, "id"), ret, error);
}

/* The form with the body as it stands. */
static void fill_body(Form *form, const Organ *o)
{
    char text[ID_TEXT];

    form_set(form, B_NAME, o->name);
    form_set(form, B_KIND, o->kind);
    form_set(form, B_MANDATE, o->mandate);
    form_set(form, B_DECIDES, o->decides ? "1" : "");
    form_set(form, B_OPEN, o->open ? "1" : "");
    form_set(form, B_PARENT, o->parent ? id_text(o->parent, text) : "");
    form_set(form, B_PREFIX, o->case_prefix);
    form_set(form, B_FROM, o->from);
    form_set(form, B_LEGAL, o->legal);
    form_set(form, B_LEGAL_FROM, o->legal_from);
    form_set(form, B_LEGAL_TO, o->legal_to);
}

bool organ_show_edit(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, body_fields, N_BODY);
    Organ o;

    if (!open_body(req, &o, error) || !set_options(req, o.id, &form, error))
        return false;
    fill_body(&form, &o);
    form_mark(&form);
    return body_page(req, 200, &o, &form);
}

typedef struct {
    Req *req;
    Form *form;
    const Organ *changed; /* a body; NULL: the end of one, or of a seat */
    int64_t seat;
    bool stale;
} Changing;

static bool edit_work(Db *db, void *arg, GError **error)
{
    Changing *w = arg;
    Req inside = *w->req; /* reads where it writes */
    g_auto(Form) now = form_blank(&inside, body_fields, N_BODY);
    Organ o;

    inside.db = db;
    if (!open_body(&inside, &o, error) || !set_options(&inside, o.id, &now, error))
        return false;
    fill_body(&now, &o);
    w->stale = form_stale(w->form, &now);
    return w->stale || organ_change(db, inside.user->owner, w->changed, error);
}

bool organ_do_edit(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, body_fields, N_BODY);
    g_autoptr(GError) why = NULL;
    Organ o;

    if (!open_body(req, &o, error) || !set_options(req, o.id, &form, error))
        return false;
    if (!body_ok(&form))
        return body_page(req, 422, &o, &form);
    const Organ changed = typed(&form, o.id);
    Changing work = { .req = req, .form = &form, .changed = &changed };

    req_note(req, "organ.endret", o.id, 0, changed.name);
    if (db_transaction(req->db, edit_work, &work, &why))
        return work.stale ? body_page(req, 409, &o, &form)
                          : done(req, o.id, _("The body is saved."));
    if (!g_error_matches(why, APP_ERROR, APP_ERROR_INVALID))
        return app_pass(error, &why);
    form.problem[B_PARENT] = _("That body stands below this one");
    return body_page(req, 422, &o, &form);
}

/* --- a seat --- */

enum { S_POSITION, S_DUTY, S_NR, S_REPRESENTS, S_FROM, S_TO, N_SEAT };
static const Field seat_fields[N_SEAT] = {
    [S_POSITION] = { "stilling", FIELD_CHOICE, N_("Position"), .required = true,
                     .help = N_("Whoever holds the position has the seat") },
    [S_DUTY] = { "verv", FIELD_CHOICE, N_("Duty"), .required = true },
    [S_NR] = { "nr", FIELD_INT, N_("Order of a substitute"), .low = 1, .high = 99,
               .help = N_("1 is called in first. For substitutes only") },
    [S_REPRESENTS] = { "representerer", FIELD_LINE, N_("Represents"), .max = 120,
                       .help = N_("A party or a group") },
    [S_FROM] = { "fra", FIELD_DATE, N_("From"), .required = true },
    [S_TO] = { "til", FIELD_DATE, N_("Last day"), .help = N_("Empty: until further notice") },
};

static bool seat_page(Req *req, int status, const Organ *o, const Form *form)
{
    const FormPage page = { .title = _("Add a member"),
                            .up_title = o->name,
                            .up = url_for(req->arena, "/organer/%I", o->id),
                            .action = url_for(req->arena, "/organer/%I/medlem", o->id),
                            .button = _("Add the member"),
                            .form = form };

    return req_form_page(req, status, &page);
}

static bool seat_options(Req *req, Form *form, GError **error)
{
    const Option *positions;

    if (!person_position_options(req, &positions, error))
        return false;
    form_options(form, S_POSITION, positions);
    form_options(form, S_DUTY, organ_duty_options(req->arena));
    return true;
}

bool organ_show_seat(Req *req, GError **error)
{
    g_auto(Form) form = form_blank(req, seat_fields, N_SEAT);
    Organ o;

    if (!open_body(req, &o, error) || !seat_options(req, &form, error))
        return false;
    form_set(&form, S_DUTY, "medlem");
    form_set(&form, S_FROM, req->today);
    return seat_page(req, 200, &o, &form);
}

static bool seat_ok(Req *req, const Organ *o, Form *form, GError **error)
{
    int64_t position = *form->value[S_POSITION] ? id_parse(form->value[S_POSITION]) : 0;
    OrganMemberList members;

    if (!organ_member_list(req->db, req->arena, req->user->owner, o->id, form->value[S_FROM],
                           &members, error))
        return false;
    for (size_t i = 0; i < members.n; i++)
        if (members.v[i].position == position)
            form->problem[S_POSITION] = _("This position has a seat here on that day already");
    if (*form->value[S_TO] && strcmp(form->value[S_TO], form->value[S_FROM]) < 0)
        form->problem[S_TO] = _("The last day is before the first");
    if (*form->value[S_NR] && strcmp(form->value[S_DUTY], "vara") != 0)
        form->problem[S_NR] = _("Only substitutes have an order");
    return true;
}

/* The same form sent twice gives one seat: whether there is one that is just so. */
static bool is_seated(Req *req, const OrganSeat *seat, bool *ret, GError **error)
{
    OrganMemberList all;

    *ret = false;
    if (!organ_member_list(req->db, req->arena, req->user->owner, seat->organ, seat->from, &all,
                           error))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const OrganMember *m = &all.v[i];

        *ret = *ret || (m->position == seat->position && !strcmp(m->duty_code, seat->duty) &&
                        m->nr == seat->nr && !strcmp(m->represents, seat->represents) &&
                        !strcmp(m->from, seat->from) && !g_strcmp0(m->to, seat->to));
    }
    return true;
}

bool organ_do_seat(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, seat_fields, N_SEAT);
    Organ o;

    if (!open_body(req, &o, error) || !seat_options(req, &form, error))
        return false;
    if (!form_ok(&form))
        return seat_page(req, 422, &o, &form);
    const OrganSeat seat = { .organ = o.id,
                             .position = id_parse(form.value[S_POSITION]),
                             .duty = form.value[S_DUTY],
                             .represents = form.value[S_REPRESENTS],
                             .from = form.value[S_FROM],
                             .to = or_null(form.value[S_TO]),
                             .nr = form_int(&form, S_NR) };
    bool twice;

    if (!is_seated(req, &seat, &twice, error))
        return false;
    if (twice)
        return done(req, o.id, _("The member is added."));
    if (!seat_ok(req, &o, &form, error))
        return false;
    if (!form_ok(&form))
        return seat_page(req, 422, &o, &form);
    req_note(req, "organ.medlem", o.id, 0, seat.duty);
    return organ_add_seat(req->db, req->user->owner, &seat, error) &&
           done(req, o.id, _("The member is added."));
}

/* --- the end of a seat, and of a body --- */

enum { E_SEAT, E_LAST, E_SURE, N_END };
static const Field end_fields[N_END] = {
    [E_SEAT] = { "sete", FIELD_HIDDEN, N_("Seat"), .max = 20 },
    [E_LAST] = { "siste", FIELD_DATE, N_("Last day"), .required = true },
    [E_SURE] = { "sikker", FIELD_CHECK, N_("I have checked the day"), .required = true },
};

static bool end_page(Req *req, int status, const Organ *o, bool seat, const Form *form)
{
    const FormPage page = {
        .title = seat ? _("End the seat") : _("End the body"),
        .lead = _("Nothing is deleted: who sat there, and when, stays."),
        .up_title = o->name,
        .up = url_for(req->arena, "/organer/%I", o->id),
        .action = url_for(req->arena, seat ? "/organer/%I/plass" : "/organer/%I/slutt", o->id),
        .button = seat ? _("End the seat") : _("End the body"),
        .form = form
    };

    return req_form_page(req, status, &page);
}

/* What stands: the last day that was given already. */
static bool fill_end(Req *req, const Organ *o, int64_t seat, Form *form, GError **error)
{
    const char *last = o->to;

    if (seat && !organ_seat_last(req->db, req->arena, req->user->owner, o->id, seat, &last, error))
        return false;
    form_set(form, E_LAST, last);
    return true;
}

static bool show_ending(Req *req, bool seat, GError **error)
{
    g_auto(Form) form = form_blank(req, end_fields, N_END);
    const char *asked = req_query(req, "sete");
    Organ o;

    if (!open_body(req, &o, error))
        return false;
    if (seat)
        form_set(&form, E_SEAT, asked);
    if (!fill_end(req, &o, *form.value[E_SEAT] ? id_parse(form.value[E_SEAT]) : 0, &form, error))
        return false;
    form_mark(&form);
    form_set(&form, E_LAST, req->today);
    return end_page(req, 200, &o, seat, &form);
}

bool organ_show_seat_end(Req *req, GError **error)
{
    return show_ending(req, true, error);
}

bool organ_show_end(Req *req, GError **error)
{
    return show_ending(req, false, error);
}

static bool end_work(Db *db, void *arg, GError **error)
{
    Changing *w = arg;
    Req inside = *w->req;
    g_auto(Form) now = form_blank(&inside, end_fields, N_END);
    const char *last = w->form->value[E_LAST];
    int64_t owner = inside.user->owner;
    Organ o;

    inside.db = db;
    if (!open_body(&inside, &o, error) || !fill_end(&inside, &o, w->seat, &now, error))
        return false;
    form_set(&now, E_SEAT, w->form->value[E_SEAT]);
    w->stale = form_stale(w->form, &now);
    return w->stale || (w->seat ? organ_end_seat(db, owner, o.id, w->seat, last, error)
                                : organ_end(db, owner, o.id, last, error));
}

bool organ_do_seat_end(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, end_fields, N_END);
    Changing work = { .req = req, .form = &form };
    Organ o;

    if (!open_body(req, &o, error))
        return false;
    if (!form_ok(&form))
        return end_page(req, 422, &o, true, &form);
    work.seat = id_parse(form.value[E_SEAT]);
    if (!work.seat)
        return req_not_found(req, error);
    req_note(req, "organ.medlem_slutt", o.id, 0, form.value[E_LAST]);
    if (!db_transaction(req->db, end_work, &work, error))
        return false;
    return work.stale ? end_page(req, 409, &o, true, &form)
                      : done(req, o.id, _("The end of the seat is saved."));
}

bool organ_do_end(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, end_fields, N_END);
    Changing work = { .req = req, .form = &form };
    char first[DATE_TEXT];
    Organ o;

    if (!open_body(req, &o, error))
        return false;
    if (form_ok(&form) && strcmp(form.value[E_LAST], fuzzy_first(o.from, first)) < 0)
        form.problem[E_LAST] = _("The body does not exist on that day");
    if (!form_ok(&form))
        return end_page(req, 422, &o, false, &form);
    req_note(req, "organ.slutt", o.id, 0, form.value[E_LAST]);
    if (!db_transaction(req->db, end_work, &work, error))
        return false;
    return work.stale ? end_page(req, 409, &o, false, &form)
                      : done(req, o.id, _("The end of the body is saved."));
}
