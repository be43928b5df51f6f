/* demo-report.c - the demo's reports: begun, written from the seed's texts, and the first steps recorded.
 *
 * A seed file of texts is parts headed "%% KIND [THEME] FIELD". A report that exists is left alone but
 * for steps that an interrupted run did not reach.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <gio/gio.h>
#include "demo.h"
#include "cli.h"
#include "innhold.h"
#include "innspill.h"
#include "mal.h"
#include "tilgang.h"

#define AHEAD 84 /* days that the six steps need before the council, and some to write in */

const char *demo_seed_part(Arena *arena, const char *text, const char *name)
{
    g_autofree char *head = g_strdup_printf("%%%% %s\n", name);
    const char *start = g_str_has_prefix(text, head) ? text : strstr(text, head);

    while (start && start != text && start[-1] != '\n')
        start = strstr(start + 1, head);
    if (!start)
        return "";
    start += strlen(head);
    const char *end = strstr(start, "\n%% ");

    return arena_ndup(arena, start, end ? (size_t)(end - start + 1) : strlen(start));
}

typedef struct {
    Demo *demo;
    const DemoOwner *from;
    int64_t owner, report, writer;
    const char *today, *texts;
} Writing;

static const char *part(const Writing *w, const Chapter *c, const char *field)
{
    g_autofree char *name =
        g_strdup_printf("%s%s%s %s", c->kind, *c->theme ? " " : "", c->theme, field);

    return demo_seed_part(w->demo->arena, w->texts, name);
}

static bool write_chapter(const Writing *w, Db *db, Chapter *c, GError **error)
{
    c->body = part(w, c, "body");
    c->goals = part(w, c, "goals");
    c->judgement = part(w, c, "judgement");
    c->measures = part(w, c, "measures");
    c->no_measures = part(w, c, "no_measures");
    if (!*c->body)
        return true;
    c->status = w->from->report.recorded ? "ferdig" : "utkast";
    return tilstandsrapport_write(db, w->owner, c, w->writer, w->demo->now, error);
}

/* The table's day; else the June that ends the school year, or when that is too near, a Thursday
 * far enough ahead that no step is late on the day the demo is made. */
static const char *council_day(Arena *arena, const DemoReport *report, const char *today)
{
    const char *june = arena_printf(arena, "20%.2s-06-18", report->year + 5);
    char soon[DATE_TEXT];
    GDate day;

    date_add(today, AHEAD, soon);
    if (report->council || strcmp(june, soon) >= 0)
        return report->council ? report->council : june;
    g_date_clear(&day, 1);
    g_date_set_parse(&day, soon);
    g_date_add_days(&day, (guint)(G_DATE_THURSDAY - (int)g_date_get_weekday(&day) + 7) % 7);
    g_date_strftime(soon, sizeof soon, "%Y-%m-%d", &day);
    return arena_dup(arena, soon);
}

static bool begin_work(Db *db, void *arg, GError **error)
{
    Writing *w = arg;
    const DemoReport *r = &w->from->report;
    const ReportNew fresh = { .year = r->year,
                              .language = LANG_NB,
                              .council = council_day(w->demo->arena, r, w->today),
                              .person = w->writer,
                              .today = w->today,
                              .now = w->demo->now };
    ChapterList chapters;

    if (!tilstandsrapport_begin(db, w->owner, &fresh, &w->report, error))
        return false;
    for (int i = 0; i < 6; i++)
        if (r->planned[i] &&
            !tilstandsrapport_plan(db, w->owner, w->report, i + 1, r->planned[i], error))
            return false;
    if (!tilstandsrapport_chapters(db, w->demo->arena, w->owner, w->report, &chapters, error))
        return false;
    for (size_t i = 0; i < chapters.n; i++)
        if (!write_chapter(w, db, &chapters.v[i], error))
            return false;
    const DemoReportAt at = { w->owner, w->report, w->writer, w->today };

    return demo_writing(w->demo, db, w->from, &at, error);
}

/* What came up at the meeting, answered: «dere sa – vi gjorde». All of it is invented. */
static bool add_inputs(const Writing *w, GError **error)
{
    static const struct {
        const char *group, *status, *text, *answer;
        int chapter;
    } said[] = {
        { "fau_su", "tatt_inn", "Vi ønsker at lesing i alle fag nevnes først (syntetisk).",
          "Tatt inn: Lesing i alle fag står nå først i sammendraget.", 1 },
        { "tillitsvalgte", "delvis",
          "Lærerne trenger tid til kollegaveiledning hver uke (syntetisk).",
          "Delvis tatt inn: Tiden settes av annenhver uke, fordi timeplanen er lagt.", 0 },
        { "elevrad", "ikke_tatt_inn", "Elevrådet vil ha tall for hver klasse (syntetisk).",
          "Ikke tatt inn: I små klasser kan enkeltelever kjennes igjen.", 0 },
    };
    InputList inputs;

    for (size_t i = 0; i < G_N_ELEMENTS(said); i++) {
        const Input input = { .group = said[i].group,
                              .chapter = said[i].chapter,
                              .at_meeting = true,
                              .given_on = w->from->report.planned[1],
                              .text = said[i].text,
                              .by = w->writer };

        if (!tilstandsrapport_input_add(w->demo->db, w->owner, w->report, &input, w->demo->now,
                                        error))
            return false;
    }
    if (!tilstandsrapport_inputs(w->demo->db, w->demo->arena, w->owner, w->report, &inputs, error))
        return false;
    for (size_t i = 0; i < MIN(inputs.n, G_N_ELEMENTS(said)); i++) {
        Input answered = inputs.v[i];

        answered.status = said[i].status;
        answered.answer = said[i].answer;
        if (!tilstandsrapport_input_answer(w->demo->db, w->owner, w->report, &answered, w->writer,
                                           w->from->report.planned[1], error))
            return false;
    }
    return true;
}

static bool record_steps(const Writing *w, ReportState state, GError **error)
{
    static const struct {
        ReportState from;
        const char *action, *note;
    } steps[] = {
        { STATE_PLANLAGT, "skisse",
          "Ledergruppa gikk gjennom skissen kapittel for kapittel (syntetisk)." },
        { STATE_SKISSE, "dialog",
          "Foreldrene ønsket at lesing i alle fag ble nevnt først. Det er tatt inn (syntetisk)." },
    };

    for (int i = 0; i < w->from->report.recorded; i++) {
        const StepRecord record = { .action = steps[i].action,
                                    .on = w->from->report.planned[i],
                                    .note = steps[i].note,
                                    .votes_for = NO_INT,
                                    .votes_against = NO_INT,
                                    .person = w->writer,
                                    .today = w->today,
                                    .now = w->demo->now };

        if (state > steps[i].from)
            continue;
        if (!tilstandsrapport_record(w->demo->db, w->owner, w->report, &record, error))
            return false;
        w->demo->made++;
    }
    return true;
}

static bool find_writer(Writing *w, GError **error)
{
    LoginList logins;

    if (!tilgang_list(w->demo->db, w->demo->arena, w->owner, w->today, &logins, error))
        return false;
    for (size_t i = 0; i < logins.n; i++)
        if (!strcmp(logins.v[i].role, "FS"))
            w->writer = logins.v[i].person;
    return true;
}

static bool find_report(Demo *demo, const DemoOwner *owner, int64_t id, Report *ret, GError **error)
{
    ReportList all;

    *ret = (Report){ 0 };
    if (!tilstandsrapport_list(demo->db, demo->arena, id, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (!strcmp(all.v[i].year, owner->report.year))
            *ret = all.v[i];
    return true;
}

static const char *today_of(const Demo *demo, const DemoOwner *owner)
{
    char text[DATE_TEXT];

    return owner->date ? owner->date : arena_dup(demo->arena, time_date(demo->now, text));
}

bool demo_report(Demo *demo, const DemoOwner *owner, int64_t id, GError **error)
{
    Writing w = { .demo = demo,
                  .from = owner,
                  .owner = id,
                  .today = today_of(demo, owner),
                  .texts = demo_seed(demo->arena, owner->report.texts) };
    Report report;

    if (!find_report(demo, owner, id, &report, error) || !find_writer(&w, error))
        return false;
    w.report = report.id;
    if (!report.id) {
        cli_progress("%s: report %s ...", owner->name, owner->report.year);
        if (!db_transaction(demo->db, begin_work, &w, error))
            return false;
        demo->made++;
        if (owner->report.recorded >= 2 && !add_inputs(&w, error))
            return false;
    }
    return record_steps(&w, report.id ? report.state : STATE_PLANLAGT, error);
}

/* --- files --- */

static bool write_file(Demo *demo, const char *path, GBytes *bytes, GError **error)
{
    g_autoptr(GError) why = NULL;
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);

    if (!g_file_set_contents(path, data, (gssize)size, &why))
        return app_fail(error, APP_ERROR_INVALID, "cannot write %s: %s", path, why->message);
    demo->made++;
    return true;
}

/* Noon of a day: the same report gives the same file. */
static int64_t noon(const char *day)
{
    g_autofree char *text = g_strconcat(day, "T12:00:00Z", NULL);
    g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(text, NULL);

    return time ? g_date_time_to_unix(time) * G_USEC_PER_SEC : 0;
}

/* What the public may read: the published version, or what is being written, marked as a draft. */
static bool public_content(Demo *demo, const Report *report, const char *today, Content *ret,
                           Face *ret_face, GError **error)
{
    bool made = report->published
                    ? tilstandsrapport_load(demo->db, demo->arena, report->owner, report->published,
                                            AUDIENCE_PUBLIC, ret, NULL, error)
                    : tilstandsrapport_compose(demo->db, demo->arena, report, AUDIENCE_PUBLIC,
                                               today, ret, error);

    if (!made)
        return false;
    *ret_face = (Face){ .draft = !report->published, .created = noon(ret->made_on) };
    return ret_face->draft || tilstandsrapport_face(demo->db, demo->arena, report, ret_face, error);
}

bool demo_write_files(Demo *demo, const DemoOwner *owner, int64_t id, GError **error)
{
    static const char *const endings[] = { "html", "pdf" };
    Content content;
    Report report;
    Face face;

    if (!find_report(demo, owner, id, &report, error))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *path = g_strdup_printf("%s/tilstandsrapport-%s.%s", demo->dir,
                                                owner->report.title, endings[i]);
        g_autoptr(GBytes) bytes = NULL;

        if (g_file_test(path, G_FILE_TEST_EXISTS))
            continue;
        cli_progress("%s ...", path);
        if (!public_content(demo, &report, today_of(demo, owner), &content, &face, error) ||
            !(i == 0 ? tilstandsrapport_html_file(&content, &face, &bytes, error)
                     : tilstandsrapport_pdf(&content, &face, &bytes, error)) ||
            !write_file(demo, path, bytes, error))
            return false;
    }
    return true;
}
