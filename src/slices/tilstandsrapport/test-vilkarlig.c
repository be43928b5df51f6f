/* test-vilkarlig.c - random actions by random roles over the table of steps: what must always hold.
 *
 * No state is unreachable, none is a trap but the ends; what is published stays published until it is
 * taken back before anybody acted; what is locked stays as it was; taken-back steps leave no items;
 * the days of standing steps never go backwards.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "behandling.h"
#include "testing-sider.h"

typedef struct {
    TestReport *t;
    GRand *rand;
    int day; /* days after the start; rises */
    int number;
    bool reached[N_STATE];
} Walk;

static const char *day_of(const Walk *w, char buf[DATE_TEXT])
{
    return date_add("2026-07-01", w->day, buf);
}

/* A record that fits the action, or one with something wrong in it. */
static bool try_action(Walk *w, const Action *a, bool right)
{
    static const char *const outcomes[] = { "godkjent", "tatt_til_orientering", "avvist" };
    g_autofree char *number = g_strdup_printf("PS %d/26", ++w->number);
    const char *outcome = outcomes[g_rand_int_range(w->rand, 0, 3)];
    bool against = a->wants_outcome && !strcmp(outcome, "avvist");
    char day[DATE_TEXT];
    const StepRecord r = { .action = a->code,
                           .outcome = a->wants_outcome ? outcome : NULL,
                           .on = day_of(w, day),
                           .case_number = right || g_rand_boolean(w->rand) ? number : "45",
                           .decision = right ? "Ordlyden." : "",
                           .votes_for = a->wants_vote ? (against ? 3 : 9) : NO_INT,
                           .votes_against = a->wants_vote ? (against ? 9 : 3) : NO_INT,
                           .tasks = "Ett punkt\nTo punkter",
                           .today = day,
                           .now = (int64_t)w->number * G_USEC_PER_SEC };
    g_autoptr(GError) why = NULL;

    return tilstandsrapport_record(w->t->app->db, 1, w->t->id, &r, &why);
}

static bool withdraw(Walk *w)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) why = NULL;
    StepEvent newest;

    tilstandsrapport_withdrawable(w->t->app->db, arena, 1, w->t->id, &newest, &why);
    g_assert_no_error(why);
    return newest.id && tilstandsrapport_withdraw(w->t->app->db, 1, w->t->id, newest.id, 0,
                                                  (int64_t)++w->number * G_USEC_PER_SEC, &why);
}

static void answer_all(Walk *w)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) why = NULL;
    FollowUpList items;

    tilstandsrapport_follow_ups(w->t->app->db, arena, 1, w->t->id, "2026-12-15", &items, &why);
    g_assert_no_error(why);
    for (size_t i = 0; i < items.n; i++) {
        items.v[i].responsible = 70;
        items.v[i].due = "2027-01-05";
        items.v[i].answer = "Gjort.";
        tilstandsrapport_follow_up_answer(w->t->app->db, 1, &items.v[i], 0, "2026-12-15", w->number,
                                          &why);
        g_assert_no_error(why);
    }
}

static Report read_report(Walk *w, Arena *arena)
{
    g_autoptr(GError) why = NULL;
    Report r;

    tilstandsrapport_get(w->t->app->db, arena, 1, w->t->id, &r, &why);
    g_assert_no_error(why);
    return r;
}

static void check(Walk *w, const Report *before, bool took_back)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) why = NULL;
    const Report now = read_report(w, arena);
    StepEventList events;
    const char *day = "";
    ReportState state = STATE_PLANLAGT;

    tilstandsrapport_events(w->t->app->db, arena, 1, w->t->id, &events, &why);
    g_assert_no_error(why);
    for (size_t i = 0; i < events.n; i++) {
        if (events.v[i].withdrawn)
            continue;
        g_assert_cmpint(strcmp(day, events.v[i].on), <=, 0);
        g_assert_cmpint(events.v[i].from, ==, state); /* one standing step leads to the next */
        day = events.v[i].on;
        state = events.v[i].to;
    }
    g_assert_cmpint(now.state, ==, state);
    w->reached[now.state] = true;
    if (!took_back && before->published)
        g_assert_cmpint(now.published, !=, 0);
    if (!took_back && before->locked)
        g_assert_cmpstr(now.locked, ==, before->locked);
    g_assert_true(!now.locked || now.published);
    g_assert_cmpint(
        test_db_int(w->t->app->db,
                    "SELECT COUNT(*) FROM rapport_oppfolging o JOIN rapport_hendelse h "
                    "ON h.owner = o.owner AND h.id = o.event WHERE h.withdrawn_at IS NOT NULL"),
        ==, 0);
}

/* Mostly what suits the state, now and then anything. */
static const Action *pick(Walk *w, ReportState state)
{
    StepAction actions[MAX_ACTIONS];
    size_t n = tilstandsrapport_actions(state, actions);

    if (n == 0 || g_rand_int_range(w->rand, 0, 5) == 0)
        return tilstandsrapport_action_at((size_t)g_rand_int_range(w->rand, 0, 11));
    return tilstandsrapport_action_of(actions[g_rand_int_range(w->rand, 0, (gint32)n)].code);
}

static void walk_once(Walk *w, guint32 seed)
{
    w->t = test_report();
    w->rand = g_rand_new_with_seed(seed);
    w->day = 0;
    test_db_exec(w->t->app->db,
                 "INSERT INTO stilling (owner, id, unit, title, valid_from) "
                 "VALUES (1, 70, 1, 'Rektor', '2000-01-01')",
                 NULL);
    for (int i = 0; i < 60; i++) {
        g_autoptr(Arena) arena = arena_new();
        const Report before = read_report(w, arena);
        const Action *a = pick(w, before.state);
        bool took_back = g_rand_int_range(w->rand, 0, 12) == 0;

        w->day = MIN(w->day + g_rand_int_range(w->rand, 0, 8), 182);
        if (before.state >= STATE_ETTERARBEID_KOMITE)
            answer_all(w);
        if (took_back)
            withdraw(w);
        else if (a && try_action(w, a, g_rand_int_range(w->rand, 0, 5) > 0))
            g_assert_true(a->from & (1u << before.state)); /* only what the table allows */
        check(w, &before, took_back);
    }
    g_rand_free(w->rand);
    test_report_free(w->t);
}

static void what_must_always_hold(void)
{
    Walk w = { 0 };

    for (guint32 seed = 1; seed <= 25; seed++)
        walk_once(&w, seed);
    for (unsigned s = 0; s < N_STATE; s++) {
        g_test_message("%s %d", tilstandsrapport_state_code((ReportState)s), w.reached[s]);
        g_assert_true(w.reached[s]);
    }
}

/* From every state but the two ends there is an action that somebody may do. */
static void only_the_ends_are_ends(void)
{
    StepAction actions[MAX_ACTIONS];

    for (unsigned s = 0; s < N_STATE; s++) {
        bool end = s == STATE_AVSLUTTET || s == STATE_AVVIST;

        g_assert_cmpint(tilstandsrapport_actions((ReportState)s, actions) == 0, ==, end);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tilstandsrapport/states/ends", only_the_ends_are_ends);
    g_test_add_func("/tilstandsrapport/states/random-walk", what_must_always_hold);
    return g_test_run();
}
