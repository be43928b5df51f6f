/* cmd-series.c - series: one unit's values of one indicator as CSV, as an audience may see them.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "cli.h"
#include "csv.h"
#include "eier.h"
#include "indikator.h"

static const char *status_text(const Cell *cell)
{
    static const char *const words[] = { [VALUE_OK] = "ok",
                                         [VALUE_MASKED] = "masked",
                                         [VALUE_MISSING] = "missing",
                                         [VALUE_NOT_TESTED] = "not_tested",
                                         [VALUE_QUALITATIVE] = "qualitative" };

    return words[cell->status];
}

/* FILE:LINE; of a computed figure those of its parts; of one that could not be computed, why. */
static char *source_text(const MatrixCell *point)
{
    GString *text = g_string_new(NULL);

    csv_field(text, point->source ? point->source : point->told ? point->told : "", ',');
    return g_string_free(text, FALSE);
}

static void print_point(const char *period, const MatrixCell *point)
{
    g_autofree char *source = source_text(point);
    const Cell *c = &point->cell;
    char number[G_ASCII_DTOSTR_BUF_SIZE];

    printf("%s,", period);
    if (c->status == VALUE_QUALITATIVE && isnan(c->value))
        fputs(c->quality ? c->quality : "", stdout);
    else if (!isnan(c->value))
        fputs(g_ascii_formatd(number, sizeof number, "%.10g", c->value), stdout);
    putchar(',');
    if (!isnan(c->uncertainty))
        fputs(g_ascii_formatd(number, sizeof number, "%.10g", c->uncertainty), stdout);
    putchar(',');
    if (c->n != NO_INT)
        printf("%" G_GINT64_FORMAT, c->n);
    printf(",%s%s%s,%s\n", status_text(c), c->preliminary ? ";preliminary" : "",
           c->computed ? ";computed" : "", source);
}

static bool find_unit(Cli *cli, const Eier *eier, const char *code, const char *today, UnitRef *ret,
                      GError **error)
{
    int64_t enhet = 0;

    if (eier->id && !enhet_find(cli->db, eier->id, code, &enhet, error))
        return false;
    if (enhet)
        return indikator_unit(cli->db, cli->arena, eier->id, enhet, today, ret, error);
    return indikator_public_unit(cli->db, cli->arena, code, ret, error);
}

static bool print_series(Cli *cli, const Eier *eier, MatrixSpec *spec, const char *code,
                         GError **error)
{
    UnitRef unit;
    Matrix m;

    if (!eier_today(cli->db, cli->arena, eier->id, cli_now(), &spec->today, error) ||
        !find_unit(cli, eier, code, spec->today, &unit, error))
        return false;
    spec->owner = eier->id;
    spec->units = &unit;
    spec->n_units = 1;
    if (!indikator_matrix(cli->db, cli->arena, spec, &m, error))
        return false;
    puts("period,value,uncertainty,n,status,source");
    for (size_t p = 0; p < m.n_periods; p++)
        print_point(m.periods[p], matrix_at(&m, 0, 0, p));
    return true;
}

int cli_series(int argc, char **argv)
{
    g_autofree char *db_url = NULL, *unit = NULL, *indicator = NULL, *number = NULL,
                    *audience = NULL, *scale = NULL;
    const GOptionEntry entries[] = {
        { "db", 0, 0, G_OPTION_ARG_STRING, &db_url, "sqlite:PATH or postgresql://...", "URL" },
        { "unit", 0, 0, G_OPTION_ARG_STRING, &unit,
          "organisation or municipality number, two digits, or 0", "CODE" },
        { "indicator", 0, 0, G_OPTION_ARG_STRING, &indicator, "code of the catalogue: NP.LES.5",
          "CODE" },
        { "owner", 0, 0, G_OPTION_ARG_STRING, &number, "with this owner's own values", "NUMBER" },
        { "audience", 0, 0, G_OPTION_ARG_STRING, &audience, "internal or public (default)", "A" },
        { "scale", 0, 0, G_OPTION_ARG_STRING, &scale,
          "published (default), or corrected: national tests 2014-2021 as SSB has put them right",
          "S" },
        { NULL }
    };
    g_autoptr(GError) error = NULL;
    g_auto(Cli) cli = { 0 };
    Eier eier = { 0 };
    int code = cli_parse("series", entries, &argc, &argv);

    if (code >= 0)
        return code;
    if (!unit || !indicator || argc > 1)
        return cli_misuse("series", "--unit and --indicator are needed");
    if (audience && strcmp(audience, "internal") && strcmp(audience, "public"))
        return cli_misuse("series", "--audience is internal or public");
    if (scale && strcmp(scale, "published") && strcmp(scale, "corrected"))
        return cli_misuse("series", "--scale is published or corrected");
    const char *const codes[] = { indicator, NULL };
    MatrixSpec spec = { .indicators = codes,
                        .scale = g_strcmp0(scale, "corrected") ? SCALE_PUBLISHED : SCALE_CORRECTED,
                        .audience = !g_strcmp0(audience, "internal") ? AUDIENCE_INTERNAL
                                                                     : AUDIENCE_PUBLIC };
    if (!cli_open(db_url, &cli, &error) ||
        (number && !eier_get_number(cli.db, cli.arena, number, &eier, &error)) ||
        !print_series(&cli, &eier, &spec, unit, &error))
        return cli_failed(error);
    return EXIT_DONE;
}
