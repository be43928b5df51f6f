/* forslag-vedtak.c - decisions as the register and a særutskrift need them, and their seals.
 *
 * A seal is a hash over everything a decision says: text, votes, proposals, numbers and day. Who has
 * one in hand can see that nothing of it was changed afterwards.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include "forslag.h"
#include "tilstandsrapport-segl.h"

#define REVIEW_DAYS 21 /* lovlighetskontroll: kommuneloven § 27-1, forskrift 2019-06-17-738 */

bool tilstandsrapport_decides(const char *action)
{
    static const char *const all[] = { "innstilling", "oversend",     "vedtak",
                                       "utsett",      "send_tilbake", NULL };

    return g_strv_contains(all, action);
}

/* --- points --- */

/* Past "3." or "3)" and the space after it; the line itself when it has no number. */
static const char *past_number(const char *line)
{
    const char *p = line + strspn(line, " \t");
    size_t digits = strspn(p, "0123456789");

    if (digits == 0 || digits > 3 || (p[digits] != '.' && p[digits] != ')') ||
        (p[digits + 1] != ' ' && p[digits + 1] != '\t'))
        return line;
    p += digits + 1;
    return p + strspn(p, " \t");
}

const char *const *tilstandsrapport_points(Arena *arena, const char *text, size_t *ret_n)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    const char **points = arena_alloc(arena, (g_strv_length(lines) + 2) * sizeof(char *));
    size_t n = 0;

    for (char **l = lines; *l; l++) {
        const char *rest = past_number(*l);

        if (rest != *l)
            points[n++] = arena_dup(arena, rest);
        else if (n)
            points[n - 1] = arena_printf(arena, "%s\n%s", points[n - 1], *l);
        else if (**l)
            points[n++] = arena_dup(arena, *l);
    }
    *ret_n = n;
    return points;
}

/* --- seal --- */

static void set_votes(json_t *to, int64_t with, int64_t against)
{
    if (with != NO_INT)
        json_object_set_new(to, "for", json_integer(with));
    if (against != NO_INT)
        json_object_set_new(to, "against", json_integer(against));
}

static json_t *line_json(const MinuteLine *l)
{
    json_t *to = json_object();

    json_object_set_new(to, "kind", json_string(tilstandsrapport_line_code(l->kind)));
    json_object_set_new(to, "who", json_string(l->who));
    json_object_set_new(to, "party", json_string(l->party));
    json_object_set_new(to, "text", json_string(l->text));
    json_object_set_new(to, "stance", json_string(l->stance));
    set_votes(to, l->votes_for, l->votes_against);
    json_object_set_new(to, "casting", json_boolean(l->casting_vote));
    json_object_set_new(to, "adopted", json_boolean(l->adopted));
    json_object_set_new(to, "left_chair", json_boolean(l->left_chair));
    return to;
}

const char *tilstandsrapport_seal(Arena *arena, const Decision *d)
{
    const StepEvent *e = &d->event;
    json_t *to = json_object(), *lines = json_array();
    g_autofree char *hash = NULL;
    char *text;

    json_object_set_new(to, "action", json_string(e->action));
    json_object_set_new(to, "to", json_string(tilstandsrapport_state_code(e->to)));
    json_object_set_new(to, "on", json_string(e->on));
    json_object_set_new(to, "case", json_string(e->case_number));
    json_object_set_new(to, "archive", json_string(e->archive_case));
    json_object_set_new(to, "journal", json_string(e->journal_entry));
    json_object_set_new(to, "text", json_string(e->decision));
    json_object_set_new(to, "casting", json_boolean(e->casting_vote));
    json_object_set_new(to, "unanimous", json_boolean(e->unanimous));
    set_votes(to, e->votes_for, e->votes_against);
    for (size_t i = 0; i < d->lines.n; i++)
        json_array_append_new(lines, line_json(&d->lines.v[i]));
    json_object_set_new(to, "lines", lines);
    text = json_dumps(to, JSON_SORT_KEYS | JSON_COMPACT);
    g_assert(text); /* every string is valid UTF-8: the database holds nothing else */
    hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    free(text);
    json_decref(to);
    return arena_dup(arena, hash);
}

/* --- decisions --- */

static Decision make(Arena *arena, const Report *report, const StepEvent *e, const Step steps[6],
                     const MinuteLines *lines)
{
    Decision d = { .report = *report, .event = *e };
    char day[DATE_TEXT];

    d.organ = steps[e->step - 1].organ;
    d.body = steps[e->step - 1].body;
    d.outcome = strcmp(e->action, "vedtak") ? e->action_name : tilstandsrapport_outcome_name(e->to);
    d.points = tilstandsrapport_points(arena, e->decision, &d.n_points);
    d.lines.v = arena_alloc(arena, MAX(lines->n, 1) * sizeof(MinuteLine));
    for (size_t i = 0; i < lines->n; i++)
        if (lines->v[i].event == e->id)
            d.lines.v[d.lines.n++] = lines->v[i];
    if (!strcmp(e->action, "vedtak"))
        d.review_until = arena_dup(arena, date_add(e->on, REVIEW_DAYS, day));
    return d;
}

typedef struct {
    StepEventList events;
    MinuteLines lines;
    Step steps[6];
} Room;

static bool load(Db *db, Arena *arena, const Report *report, Room *room, GError **error)
{
    return tilstandsrapport_events(db, arena, report->owner, report->id, &room->events, error) &&
           tilstandsrapport_minutes(db, arena, report->owner, report->id, &room->lines, error) &&
           tilstandsrapport_steps(db, arena, report->owner, report->id, room->steps, error);
}

bool tilstandsrapport_decision(Db *db, Arena *arena, int64_t owner, int64_t report, int64_t event,
                               Decision *ret, GError **error)
{
    Report r;
    Room room;

    if (!tilstandsrapport_get(db, arena, owner, report, &r, error) ||
        !load(db, arena, &r, &room, error))
        return false;
    for (size_t i = 0; i < room.events.n; i++) {
        const StepEvent *e = &room.events.v[i];

        if (e->id == event && !e->withdrawn && tilstandsrapport_decides(e->action)) {
            *ret = make(arena, &r, e, room.steps, &room.lines);
            return true;
        }
    }
    return app_fail(error, APP_ERROR_NOT_FOUND, "no such decision");
}

static int newest_first(gconstpointer a, gconstpointer b)
{
    const Decision *x = a, *y = b;
    int order = strcmp(y->event.on, x->event.on);

    return order ? order : (y->event.id > x->event.id) - (y->event.id < x->event.id);
}

bool tilstandsrapport_decisions(Db *db, Arena *arena, int64_t owner, DecisionList *ret,
                                GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Decision));
    ReportList reports;

    if (!tilstandsrapport_published(db, arena, owner, &reports, error))
        return false;
    for (size_t i = 0; i < reports.n; i++) {
        Room room;

        if (!load(db, arena, &reports.v[i], &room, error))
            return false;
        for (size_t k = 0; k < room.events.n; k++) {
            const StepEvent *e = &room.events.v[k];
            Decision d;

            if (e->withdrawn || !tilstandsrapport_decides(e->action))
                continue;
            d = make(arena, &reports.v[i], e, room.steps, &room.lines);
            g_array_append_val(all, d);
        }
    }
    g_array_sort(all, newest_first);
    *ret = (DecisionList){ arena_alloc(arena, MAX(all->len, 1) * sizeof(Decision)), all->len };
    if (all->len)
        memcpy(ret->v, all->data, all->len * sizeof(Decision));
    return true;
}

/* --- verify --- */

bool tilstandsrapport_check_seals(Db *db, Arena *arena, int64_t owner, GPtrArray *wrong,
                                  int64_t *ret_n, GError **error)
{
    ReportList reports;

    if (!tilstandsrapport_seal_check(db, arena, owner, wrong, ret_n, error))
        return false;
    if (!tilstandsrapport_list(db, arena, owner, &reports, error))
        return false;
    for (size_t i = 0; i < reports.n; i++) {
        Room room;

        if (!load(db, arena, &reports.v[i], &room, error))
            return false;
        for (size_t k = 0; k < room.events.n; k++) {
            const StepEvent *e = &room.events.v[k];

            if (!e->seal || e->withdrawn)
                continue;
            const Decision d = make(arena, &reports.v[i], e, room.steps, &room.lines);

            ++*ret_n;
            if (strcmp(tilstandsrapport_seal(arena, &d), e->seal))
                g_ptr_array_add(wrong, arena_printf(arena,
                                                    _("The decision %s of %s is not as it was "
                                                      "recorded"),
                                                    e->case_number, e->on));
        }
    }
    return true;
}
