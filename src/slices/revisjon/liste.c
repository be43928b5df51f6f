/* liste.c - the audit log as a page and as a file: filtered, newest first, in words.
 *
 * Whoever answers for the system reads the lines; the leaders see how much of what was done on which day,
 * and nobody's name. The filter's dates are days in Norway.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "csv.h"
#include "revisjon-sider.h"
#include "person.h"
#include "liste.sql.h"
#include "revisjon.html.h"

#define PAGE 50
#define FILE_LINES 20000

/* What is asked for, and who is called what. */
typedef struct {
    Req *req;
    int64_t owner, before, person, object, since, until;
    const char *act, *from, *to, *problem;
    bool filtered;
    GHashTable *names; /* person -> name, borrowed from the arena */
    PersonList people;
} Ask;

static void ask_clear(Ask *ask)
{
    g_clear_pointer(&ask->names, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Ask, ask_clear)

static const char *asked(Req *req, const char *name)
{
    const char *text = req_query(req, name);

    return text ? text : "";
}

/* The first microsecond of a day in Norway, which is one or two hours ahead of UTC. */
static int64_t day_start(const char *iso)
{
    char day[DATE_TEXT];
    g_autofree char *text = g_strconcat(iso, "T00:00:00Z", NULL);
    g_autoptr(GDateTime) utc = g_date_time_new_from_iso8601(text, NULL);
    int64_t summer =
        g_date_time_to_unix(utc) * (int64_t)G_USEC_PER_SEC - 2 * (int64_t)G_TIME_SPAN_HOUR;

    return strcmp(time_date(summer, day), iso) ? summer + G_TIME_SPAN_HOUR : summer;
}

/* "2026-11-23" or "23.11.2026"; "" when it is no date. */
static const char *read_day(Ask *ask, const char *name)
{
    static const Field field = { "dag", FIELD_DATE, N_("Date") };
    const char *value;

    if (form_check(ask->req->arena, &field, asked(ask->req, name), ask->req->today, &value))
        ask->problem = _("Write dates as 23.11.2026.");
    return date_valid(value) ? value : "";
}

static int64_t read_number(const char *text)
{
    int64_t number = g_ascii_strtoll(text, NULL, 10);

    return number > 0 ? number : INT64_MAX;
}

static void read_filter(Ask *ask)
{
    Req *req = ask->req;
    char next[DATE_TEXT];

    /* who looks after the installation reads its log, and no municipality's */
    ask->owner = req_may(req, PERM_AUDIT_SHARED) ? 0 : req->user->owner;
    ask->before = read_number(asked(req, "foer"));
    ask->person = id_parse(asked(req, "person"));
    ask->object = id_parse(asked(req, "objekt"));
    ask->act = asked(req, "hva");
    ask->problem = "";
    ask->from = read_day(ask, "fra");
    ask->to = read_day(ask, "til");
    if (*asked(req, "objekt") && !ask->object)
        ask->problem = _("That is no number of a thing: it has 13 letters and digits.");
    ask->since = *ask->from ? day_start(ask->from) : 0;
    ask->until = *ask->to ? day_start(date_add(ask->to, 1, next)) : INT64_MAX;
    ask->filtered = ask->person || ask->object || *ask->act || *ask->from || *ask->to;
}

static bool read_ask(Req *req, Ask *ask, GError **error)
{
    ask->req = req;
    ask->names = g_hash_table_new(g_int64_hash, g_int64_equal);
    read_filter(ask);
    if (!person_list(req->db, req->arena, req->user->owner, &ask->people, error))
        return false;
    for (size_t i = 0; i < ask->people.n; i++)
        g_hash_table_insert(ask->names, &ask->people.v[i].id, (void *)ask->people.v[i].name);
    return true;
}

/* --- lines --- */

static const char *name_of(const Ask *ask, int64_t person)
{
    const char *name = g_hash_table_lookup(ask->names, &person);
    char text[ID_TEXT];

    if (!person)
        return "";
    return name ? name : arena_dup(ask->req->arena, id_text(person, text));
}

static const char *number_text(Arena *arena, int64_t number)
{
    return arena_printf(arena, "%" G_GINT64_FORMAT, number);
}

static LogLine line_of(const Ask *ask, const RevisjonPageRow *r)
{
    Arena *arena = ask->req->arena;
    char text[DATE_TEXT], id[ID_TEXT];

    return (LogLine){ .number = number_text(arena, r->seq),
                      .at = arena_dup(arena, time_text(r->at, text)),
                      .who = r->person ? name_of(ask, r->person) : _("nobody signed in"),
                      .role = revisjon_role_text(r->role),
                      .act = arena_dup(arena, revisjon_act_text(r->act)),
                      .object = r->object ? arena_dup(arena, id_text(r->object, id)) : "",
                      .subject = r->subject == r->person ? "" : name_of(ask, r->subject),
                      .detail = arena_dup(arena, r->detail),
                      .client = arena_dup(arena, r->client) };
}

static bool read_lines(const Ask *ask, int most, RevisjonPageRows *rows, GError **error)
{
    const RevisjonPageArgs args = { .owner = ask->owner,
                                    .before = ask->before,
                                    .person = ask->person,
                                    .act = ask->act,
                                    .object = ask->object,
                                    .since = ask->since,
                                    .until = ask->until,
                                    .most = most };

    return revisjon_page(ask->req->db, &args, rows, error);
}

/* --- the filter's choices and addresses --- */

static void add_choice(LogChoices *into, const char *value, const char *label, const char *now)
{
    into->v[into->n++] =
        (LogChoice){ .value = value, .label = label, .is_chosen = !strcmp(value, now) };
}

static void fill_people(const Ask *ask, LogChoices *into)
{
    Arena *arena = ask->req->arena;
    char id[ID_TEXT];
    const char *now = ask->person ? arena_dup(arena, id_text(ask->person, id)) : "";

    into->v = arena_alloc(arena, (ask->people.n + 1) * sizeof(LogChoice));
    add_choice(into, "", _("Everybody"), now);
    for (size_t i = 0; i < ask->people.n; i++)
        add_choice(into, arena_dup(arena, id_text(ask->people.v[i].id, id)), ask->people.v[i].name,
                   now);
}

static int by_label(const void *a, const void *b)
{
    const char *x = ((const LogChoice *)a)->label, *y = ((const LogChoice *)b)->label;

    return nb_compare(x, strlen(x), y, strlen(y));
}

static bool fill_acts(const Ask *ask, LogChoices *into, GError **error)
{
    g_auto(RevisjonActsRows) rows = { 0 };
    Arena *arena = ask->req->arena;

    if (!revisjon_acts(ask->req->db, ask->owner, &rows, error))
        return false;
    into->v = arena_alloc(arena, (rows.n + 1) * sizeof(LogChoice));
    add_choice(into, "", _("Everything"), ask->act);
    for (size_t i = 0; i < rows.n; i++) {
        const char *act = arena_dup(arena, rows.v[i].act);

        add_choice(into, act, revisjon_act_text(act), ask->act);
    }
    qsort(into->v + 1, into->n - 1, sizeof *into->v, by_label);
    return true;
}

/* The page that is asked for, with its filter, from line `before` on; NULL: from the newest. */
static Url address(const Ask *ask, const char *path, const char *before)
{
    static const char *const names[] = { "person", "hva", "objekt", "fra", "til" };
    Arena *arena = ask->req->arena;
    Url url = url_for(arena, path);

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (*asked(ask->req, names[i]))
            url = url_with(arena, url, names[i], asked(ask->req, names[i]));
    return before ? url_with(arena, url, "foer", before) : url;
}

static bool fill_filter(const Ask *ask, LogFilter *ret, GError **error)
{
    *ret = (LogFilter){ .from = ask->from,
                        .to = ask->to,
                        .object = asked(ask->req, "objekt"),
                        .problem = ask->problem,
                        .filtered = ask->filtered,
                        .is_later = ask->before != INT64_MAX,
                        .reset = url_for(ask->req->arena, "/revisjon"),
                        .newest = address(ask, "/revisjon", NULL),
                        .csv = address(ask, "/revisjon/fil.csv", NULL) };
    fill_people(ask, &ret->people);
    return fill_acts(ask, &ret->acts, error);
}

/* --- the pages --- */

static bool show_lines(const Ask *ask, GError **error)
{
    Req *req = ask->req;
    g_auto(RevisjonPageRows) rows = { 0 };
    LogLines lines = { arena_alloc(req->arena, PAGE * sizeof(LogLine)), 0 };
    LogFilter filter;

    if (!fill_filter(ask, &filter, error) || !read_lines(ask, PAGE + 1, &rows, error))
        return false;
    for (size_t i = 0; i < rows.n && i < PAGE; i++)
        lines.v[lines.n++] = line_of(ask, &rows.v[i]);
    filter.has_older = rows.n > PAGE;
    if (filter.has_older)
        filter.older = address(ask, "/revisjon", lines.v[PAGE - 1].number);
    revisjon_linjer(req_page(req, *filter.problem ? 422 : 200, _("Audit log")), &lines, &filter);
    return true;
}

typedef struct {
    const char *day, *act;
    int64_t n;
} Tally;

/* By hour from the database, by day in Norway here. */
static GArray *tally(Arena *arena, const RevisjonCountsRows *rows)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(Tally));
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    char text[DATE_TEXT];

    for (size_t i = 0; i < rows->n; i++) {
        const RevisjonCountsRow *r = &rows->v[i];
        const char *day = time_date(r->hour * (int64_t)G_TIME_SPAN_HOUR, text);
        char *key = arena_printf(arena, "%s %s", day, r->act);
        size_t at = GPOINTER_TO_SIZE(g_hash_table_lookup(known, key));

        if (!at) {
            Tally t = { arena_ndup(arena, key, 10), key + 11, 0 };

            g_array_append_val(all, t);
            at = all->len;
            g_hash_table_insert(known, key, GSIZE_TO_POINTER(at));
        }
        g_array_index(all, Tally, at - 1).n += r->n;
    }
    return all;
}

static int by_day(gconstpointer a, gconstpointer b)
{
    const Tally *x = a, *y = b;
    int order = strcmp(y->day, x->day);

    return order ? order : (y->n > x->n) - (y->n < x->n);
}

static bool show_counts(const Ask *ask, GError **error)
{
    Req *req = ask->req;
    g_auto(RevisjonCountsRows) rows = { 0 };
    char text[DATE_TEXT];
    char now[DATE_TEXT];
    int64_t since = day_start(date_add(time_date(req->now, now), -90, text));

    if (!revisjon_counts(req->db, ask->owner, since, INT64_MAX, &rows, error))
        return false;
    g_autoptr(GArray) all = tally(req->arena, &rows);
    LogCounts counts = { arena_alloc(req->arena, MAX(all->len, 1) * sizeof(LogCount)), all->len };

    g_array_sort(all, by_day);
    for (guint i = 0; i < all->len; i++) {
        const Tally *t = &g_array_index(all, Tally, i);

        counts.v[i] = (LogCount){ .day = arena_dup(req->arena, date_text(t->day, text)),
                                  .act = revisjon_act_text(t->act),
                                  .count = number_text(req->arena, t->n) };
        counts.v[i].first = i == 0 || strcmp(counts.v[i].day, counts.v[i - 1].day);
    }
    revisjon_antall(req_page(req, 200, _("Audit log")), &counts);
    return true;
}

bool revisjon_show_log(Req *req, GError **error)
{
    g_auto(Ask) ask = { 0 };

    if (!read_ask(req, &ask, error))
        return false;
    return req_may(req, PERM_AUDIT_LINES) ? show_lines(&ask, error) : show_counts(&ask, error);
}

/* --- the file --- */

/* Quoted; what a spreadsheet would take for a formula is made a text. */
static void csv_text(GString *out, const char *text)
{
    g_string_append(out, *text && strchr("=+-@\t", *text) ? "\"'" : "\"");
    csv_escape(out, text);
    g_string_append_c(out, '"');
}

static void csv_line(GString *out, const Ask *ask, const RevisjonPageRow *r)
{
    const LogLine line = line_of(ask, r);
    g_autoptr(GDateTime) at = g_date_time_new_from_unix_utc(r->at / G_USEC_PER_SEC);
    g_autofree char *iso = g_date_time_format_iso8601(at);
    const char *const cells[] = { iso,         line.who,     line.role,   r->act,     line.act,
                                  line.object, line.subject, line.detail, line.client };

    g_string_append(out, line.number);
    for (size_t i = 0; i < G_N_ELEMENTS(cells); i++) {
        g_string_append_c(out, ';');
        csv_text(out, cells[i]);
    }
    g_string_append(out, "\r\n");
}

bool revisjon_send_csv(Req *req, GError **error)
{
    g_auto(Ask) ask = { 0 };
    g_auto(RevisjonPageRows) rows = { 0 };
    /* U+FEFF: Excel reads UTF-8 only when told */
    g_autoptr(GString) out =
        g_string_new("\xef\xbb\xbfnr;tid;hvem;rolle;kode;hva;objekt;gjelder;detalj;adresse\r\n");

    if (!read_ask(req, &ask, error) || !read_lines(&ask, FILE_LINES, &rows, error) ||
        !req_note_read(req, "eksport.revisjon", 0, 0, arena_printf(req->arena, "%zu", rows.n),
                       error))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        csv_line(out, &ask, &rows.v[i]);
    return req_download(req, "text/csv; charset=utf-8", "revisjonslogg.csv", out->str, out->len);
}
