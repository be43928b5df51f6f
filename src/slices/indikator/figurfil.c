/* figurfil.c - a matrix as a table for spreadsheets.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "csv.h"
#include "figur.h"
#include "parse.h"

void indikator_csv_text(GString *out, const char *text)
{
    bool formula = *text && strchr("=+-@\t\r\n", *text);

    if (!formula && !strpbrk(text, ";\"\r\n\t")) {
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, '"');
    if (formula)
        g_string_append_c(out, '\'');
    csv_escape(out, text);
    g_string_append_c(out, '"');
}

/* A number a spreadsheet reads as one: no groups, an ordinary minus, the language's decimal mark. */
static void append_number(GString *out, double value, int decimals)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE], format[8];

    if (!isfinite(value))
        return;
    g_snprintf(format, sizeof format, "%%.%df", CLAMP(decimals, 0, 6));
    g_ascii_formatd(text, sizeof text, format, value);
    if (i18n_current() != LANG_EN)
        g_strdelimit(text, ".", ',');
    g_string_append(out, text);
}

static void append_row(GString *out, const Matrix *m, size_t unit, size_t indicator, size_t period)
{
    const MatrixCell *c = matrix_at(m, unit, indicator, period);
    const Indicator *about = &m->indicators[indicator];
    bool shown = c->cell.status == VALUE_OK;

    indikator_csv_text(out, m->units[unit].name);
    g_string_append_c(out, ';');
    indikator_csv_text(out, m->units[unit].code);
    g_string_append_c(out, ';');
    indikator_csv_text(out, about->code);
    g_string_append_c(out, ';');
    indikator_csv_text(out, m->periods[period]);
    g_string_append_c(out, ';');
    if (shown)
        append_number(out, c->cell.value, about->decimals);
    else if (c->cell.status == VALUE_QUALITATIVE && c->cell.quality)
        indikator_csv_text(out, c->cell.quality);
    g_string_append_c(out, ';');
    if (shown)
        append_number(out, c->cell.uncertainty, 1);
    g_string_append_c(out, ';');
    if (shown && c->cell.n != NO_INT)
        g_string_append_printf(out, "%" G_GINT64_FORMAT, c->cell.n);
    g_string_append_printf(out, ";%s;", indikator_status_word(c->cell.status));
    indikator_csv_text(out, c->source ? c->source : "");
}

/* Centre, limits and signal of a period; nothing where they do not belong. */
static void append_control(GString *out, const Indicator *about, const ChartControl *c)
{
    const double numbers[] = { c ? c->centre : (double)NAN, c ? c->lower : (double)NAN,
                               c ? c->upper : (double)NAN };

    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        g_string_append_c(out, ';');
        append_number(out, numbers[i], about->decimals + 2);
    }
    g_string_append_c(out, ';');
    indikator_csv_text(out, c ? chart_signal_text(c) : "");
}

/* Where a control chart has what belongs to a period: its points have a place for each gap too. */
static size_t place_of(const PeriodPlaces *places, size_t period)
{
    size_t i = 0;

    while (places->v[i].period != period)
        i++;
    return i;
}

char *indikator_csv(const Matrix *m, size_t indicator, const ControlChart *control,
                    size_t *ret_size)
{
    g_autoptr(Arena) arena = arena_new();
    PeriodPlaces places = indikator_places(arena, m->periods, m->n_periods);
    GString *out =
        g_string_new("\xEF\xBB\xBF"
                     "enhet;nummer;indikator;periode;verdi;usikkerhet;antall;status;kilde");

    g_string_append(out, control ? ";snitt;nedre;ovre;signal\r\n" : "\r\n");
    for (size_t u = 0; u < m->n_units; u++)
        for (size_t p = 0; p < m->n_periods; p++) {
            if (!matrix_at(m, u, indicator, p)->known)
                continue;
            append_row(out, m, u, indicator, p);
            if (control)
                append_control(out, &m->indicators[indicator],
                               u ? NULL : &control->points[place_of(&places, p)]);
            g_string_append(out, "\r\n");
        }
    *ret_size = out->len;
    return g_string_free(out, FALSE);
}
