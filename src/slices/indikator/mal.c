/* mal.c - which templates there are, with the owner's own units and periods in them.
 *
 * Headers are words the parsers know (parse-values-kolonner.c, parse-fakta.c), so that a filled template
 * comes in as it is; a row that nobody fills in says nothing and is passed over.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "malark.h"
#include "indikator-sider.h"
#include "mal.html.h"

typedef struct {
    const char *name; /* in addresses */
    const char *title, *about, *sheet;
    void (*fill)(Req *req, const EnhetList *units, int year, Mal *mal);
} Template;

static void add_row(Mal *mal, Req *req, const char *const cells[MAL_COLUMNS])
{
    const char **row = arena_alloc(req->arena, MAL_COLUMNS * sizeof *row);

    for (size_t i = 0; i < MAL_COLUMNS; i++)
        row[i] = cells[i] ? cells[i] : "";
    g_ptr_array_add(mal->rows, row);
}

static void add_column(Mal *mal, MalColumn column)
{
    mal->columns[mal->n_columns++] = column;
}

static bool has_figures(const Req *req, const Enhet *e)
{
    return *e->code && (!indikator_only_unit(req) || indikator_only_unit(req) == e->id);
}

/* --- sick leave --- */

static void fill_sick_leave(Req *req, const EnhetList *units, int year, Mal *mal)
{
    static const char *const explain[] = {
        N_("One row for each unit and quarter. Fill in the white columns."),
        N_("Agreed days: agreed man-days in the quarter, by contract."),
        N_("Lost days: man-days lost to sick leave, self-certified and doctor-certified together. "
           "Children’s illness is not counted."),
        N_("Employees: how many the figures are about. Without the number nobody can tell that "
           "there "
           "are enough behind the figure, and it is hidden."),
        N_("The percentage is computed: lost days divided by agreed days. Leave rows empty where "
           "you "
           "have no figures."),
        NULL
    };

    mal->explain = explain;
    add_column(mal, (MalColumn){ "organisasjonsnummer", MAL_TEXT, false, 20, NULL });
    add_column(mal, (MalColumn){ "navn", MAL_TEXT, false, 30, NULL });
    add_column(mal, (MalColumn){ "indikator", MAL_TEXT, false, 12, NULL });
    add_column(mal, (MalColumn){ "periode", MAL_TEXT, false, 10, NULL });
    add_column(mal, (MalColumn){ "avtalte dagsverk", MAL_NUMBER, true, 18,
                                 _("Agreed man-days in the quarter") });
    add_column(mal, (MalColumn){ "tapte dagsverk", MAL_NUMBER, true, 18,
                                 _("Man-days lost to sick leave") });
    add_column(mal, (MalColumn){ "ansatte", MAL_WHOLE, true, 12,
                                 _("Number of employees, a whole number") });
    add_column(mal, (MalColumn){ "kilde", MAL_TEXT, true, 24, _("Where the figures come from") });
    for (size_t i = 0; i < units->n; i++)
        for (int quarter = 1; quarter <= 4 && has_figures(req, &units->v[i]); quarter++)
            add_row(mal, req,
                    (const char *const[MAL_COLUMNS]){
                        units->v[i].code, units->v[i].name, "SYK.TOT",
                        arena_printf(req->arena, "%dK%d", year, quarter) });
}

/* --- facts --- */

static void fill_facts(Req *req, const EnhetList *units, int year, Mal *mal)
{
    static const char *const explain[] = {
        N_("Facts about the units, one row for each. Fill in the column “verdi”."),
        N_("You may change what a row is about, and add rows below for other facts."),
        N_("The date is the day, month or year the fact is about: 2012-10-01, 2012-10 or 2012."),
        NULL
    };
    static const char *const labels[] = { N_("Pupils"), N_("Employees"), N_("Classes"),
                                          N_("Man-years") };

    mal->explain = explain;
    add_column(mal, (MalColumn){ "organisasjonsnummer", MAL_TEXT, false, 20, NULL });
    add_column(mal, (MalColumn){ "navn", MAL_TEXT, false, 30, NULL });
    add_column(mal, (MalColumn){ "opplysning", MAL_TEXT, true, 24, NULL });
    add_column(mal, (MalColumn){ "verdi", MAL_TEXT, true, 18, _("Number or words") });
    add_column(mal, (MalColumn){ "dato", MAL_TEXT, true, 12, _("As in 2012-10-01 or 2012") });
    add_column(mal, (MalColumn){ "kilde", MAL_TEXT, true, 24, _("Where the figures come from") });
    for (size_t i = 0; i < units->n; i++)
        for (size_t l = 0; l < G_N_ELEMENTS(labels) && has_figures(req, &units->v[i]); l++)
            add_row(mal, req,
                    (const char *const[MAL_COLUMNS]){ units->v[i].code, units->v[i].name,
                                                      _(labels[l]), "",
                                                      arena_printf(req->arena, "%d", year) });
}

/* --- words instead of numbers --- */

static void fill_qualitative(Req *req, const EnhetList *units, int year, Mal *mal)
{
    static const char *const explain[] = {
        N_("For results that are known in words and not in numbers. Write svak, middels or god in "
           "the "
           "column “vurdering”."),
        N_("Change the indicator’s code where you need another; the page “Indicators” has them "
           "all."),
        N_("Rows without a word are passed over."), NULL
    };
    static const char *const codes[] = { "NP.LES.5", "NP.REG.5", "NP.ENG.5", "EU.TRIVSEL.7" };
    const char *period = arena_printf(req->arena, "%d/%02d", year, (year + 1) % 100);

    mal->explain = explain;
    add_column(mal, (MalColumn){ "organisasjonsnummer", MAL_TEXT, false, 20, NULL });
    add_column(mal, (MalColumn){ "navn", MAL_TEXT, false, 30, NULL });
    add_column(mal, (MalColumn){ "indikator", MAL_TEXT, true, 18, NULL });
    add_column(mal, (MalColumn){ "periode", MAL_TEXT, true, 12, NULL });
    add_column(mal, (MalColumn){ "vurdering", MAL_QUALITY, true, 14, _("svak, middels or god") });
    add_column(mal, (MalColumn){ "kilde", MAL_TEXT, true, 24, _("Where the figures come from") });
    for (size_t i = 0; i < units->n; i++)
        for (size_t c = 0; c < G_N_ELEMENTS(codes) && has_figures(req, &units->v[i]) &&
                           !strcmp(units->v[i].kind, "skole");
             c++)
            add_row(mal, req,
                    (const char *const[MAL_COLUMNS]){ units->v[i].code, units->v[i].name, codes[c],
                                                      period });
}

static const Template templates[] = {
    { "sykefravar", N_("Sick leave for each unit and quarter"),
      N_("Agreed and lost man-days and the number of employees. The percentage is computed."),
      N_("Sick leave"), fill_sick_leave },
    { "fakta", N_("Facts about the units"),
      N_("Pupils, employees, classes and what else the page of the unit should tell."), N_("Facts"),
      fill_facts },
    { "kvalitativ", N_("Results in words"),
      N_("Weak, medium or good, where the number is not known or cannot be shown."),
      N_("Results in words"), fill_qualitative },
};

/* --- the page --- */

static int year_of(Req *req)
{
    const char *text = req_query(req, "ar");
    int64_t year = text ? g_ascii_strtoll(text, NULL, 10) : 0;

    return year >= 1970 && year <= 2099 ? (int)year : (int)g_ascii_strtoll(req->today, NULL, 10);
}

bool indikator_show_templates(Req *req, GError **error)
{
    int year = year_of(req);
    TemplatesView view = { .year = arena_printf(req->arena, "%d", year),
                           .may_import = req_may_follow(req, "/import") };

    (void)error;
    view.lines.v = arena_alloc(req->arena, G_N_ELEMENTS(templates) * sizeof(TemplateLine));
    for (size_t i = 0; i < G_N_ELEMENTS(templates); i++) {
        const Template *t = &templates[i];
        const char *base = arena_printf(req->arena, "/import/mal/%s-%d", t->name, year);

        view.lines.v[view.lines.n++] =
            (TemplateLine){ _(t->title), _(t->about),
                            url_checked(req->arena, arena_printf(req->arena, "%s.xlsx", base)),
                            url_checked(req->arena, arena_printf(req->arena, "%s.csv", base)) };
    }
    indikator_maler(req_page(req, 200, _("Templates to download and fill in")), &view);
    return true;
}

/* "sykefravar-2012.xlsx" -> the template, the year and how it is written. */
static const Template *find_template(const char *file, int *ret_year, bool *ret_xlsx)
{
    for (size_t i = 0; i < G_N_ELEMENTS(templates); i++) {
        size_t len = strlen(templates[i].name);
        char *end;

        if (strncmp(file, templates[i].name, len) || file[len] != '-')
            continue;
        *ret_year = (int)g_ascii_strtoll(file + len + 1, &end, 10);
        *ret_xlsx = !strcmp(end, ".xlsx");
        if (*ret_year >= 1970 && *ret_year <= 2099 && (*ret_xlsx || !strcmp(end, ".csv")))
            return &templates[i];
    }
    return NULL;
}

static bool send(Req *req, const Mal *mal, bool xlsx, GError **error)
{
    g_autofree char *data = NULL;
    size_t size;

    if (!xlsx) {
        data = indikator_template_csv(mal);
        return req_download(req, "text/csv; charset=utf-8",
                            arena_printf(req->arena, "%s.csv", mal->name), data, strlen(data));
    }
    return indikator_template_xlsx(mal, &data, &size, error) &&
           req_download(req, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                        arena_printf(req->arena, "%s.xlsx", mal->name), data, size);
}

bool indikator_send_filled_template(Req *req, GError **error)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new();
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    Mal mal = { .rows = rows };
    const Template *t;
    EnhetList units;
    bool xlsx;
    int year;

    t = find_template(req_param(req, "file"), &year, &xlsx);
    if (!t)
        return req_not_found(req, error);
    if (!enhet_list(req->db, req->arena, req->user->owner, req->today, &units, error))
        return false;
    t->fill(req, &units, year, &mal);
    for (size_t i = 0; mal.explain[i]; i++)
        g_ptr_array_add(words, (void *)(uintptr_t)_(mal.explain[i]));
    g_ptr_array_add(words, NULL);
    mal.explain = (const char *const *)words->pdata;
    mal.name = arena_printf(req->arena, "%s-%d", t->name, year);
    mal.title = _(t->title);
    mal.sheet = _(t->sheet);
    return send(req, &mal, xlsx, error);
}
