/* mal-xlsx.c - a template as a workbook (libxlsxwriter) and as CSV.
 *
 * What is not to be changed is locked, without a password: it is help, not a fence. Lists of what may
 * be written are Excel's own data validation. The workbook is written to a file without a name.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "csv.h"
#include "malark.h"
#include <unistd.h>
#include <xlsxwriter.h>

#define SPARE_ROWS 30 /* open for units and periods that are not prepared */

typedef struct {
    lxw_workbook *book;
    lxw_format *head, *locked, *open, *open_number, *title, *wrap;
} Writing;

static lxw_format *format_of(const Writing *w, const MalColumn *c)
{
    if (!c->open)
        return w->locked;
    return c->kind == MAL_TEXT || c->kind == MAL_QUALITY ? w->open : w->open_number;
}

static void make_formats(Writing *w)
{
    w->head = workbook_add_format(w->book);
    format_set_bold(w->head);
    format_set_bg_color(w->head, 0x1E4D7B);
    format_set_font_color(w->head, LXW_COLOR_WHITE);
    format_set_text_wrap(w->head);
    format_set_align(w->head, LXW_ALIGN_VERTICAL_TOP);
    w->locked = workbook_add_format(w->book);
    format_set_num_format(w->locked, "@");
    format_set_bg_color(w->locked, 0xF0F0F0);
    w->open = workbook_add_format(w->book);
    format_set_unlocked(w->open);
    format_set_num_format(w->open, "@");
    format_set_border(w->open, LXW_BORDER_HAIR);
    w->open_number = workbook_add_format(w->book);
    format_set_unlocked(w->open_number);
    format_set_num_format(w->open_number, "0.##");
    format_set_border(w->open_number, LXW_BORDER_HAIR);
    w->title = workbook_add_format(w->book);
    format_set_bold(w->title);
    format_set_font_size(w->title, 14);
    w->wrap = workbook_add_format(w->book);
    format_set_text_wrap(w->wrap);
    format_set_align(w->wrap, LXW_ALIGN_VERTICAL_TOP);
}

static void validate(lxw_worksheet *sheet, const MalColumn *c, lxw_col_t col, lxw_row_t last)
{
    char svak[] = "svak", middels[] = "middels", god[] = "god";
    char *qualities[] = { svak, middels, god, NULL };
    lxw_data_validation rule = { .ignore_blank = LXW_VALIDATION_ON,
                                 .input_title = NULL,
                                 .error_message = (char *)(uintptr_t)c->help };

    if (!c->open || c->kind == MAL_TEXT)
        return;
    if (c->kind == MAL_QUALITY) {
        rule.validate = LXW_VALIDATION_TYPE_LIST;
        rule.value_list = qualities;
    } else {
        rule.validate =
            c->kind == MAL_WHOLE ? LXW_VALIDATION_TYPE_INTEGER : LXW_VALIDATION_TYPE_DECIMAL;
        rule.criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO;
        rule.minimum_number = rule.value_number = 0;
    }
    worksheet_data_validation_range(sheet, 1, col, last, col, &rule);
}

static void write_cells(const Writing *w, lxw_worksheet *sheet, const Mal *mal)
{
    for (guint i = 0; i < mal->rows->len; i++) {
        const char *const *row = mal->rows->pdata[i];

        for (size_t c = 0; c < mal->n_columns; c++) {
            lxw_format *format = format_of(w, &mal->columns[c]);

            if (row[c] && *row[c])
                worksheet_write_string(sheet, i + 1, (lxw_col_t)c, row[c], format);
            else
                worksheet_write_blank(sheet, i + 1, (lxw_col_t)c, format);
        }
    }
    for (guint i = mal->rows->len; i < mal->rows->len + SPARE_ROWS; i++)
        for (size_t c = 0; c < mal->n_columns; c++)
            worksheet_write_blank(sheet, i + 1, (lxw_col_t)c,
                                  mal->columns[c].kind == MAL_TEXT ||
                                          mal->columns[c].kind == MAL_QUALITY
                                      ? w->open
                                      : w->open_number);
}

static void write_table(const Writing *w, const Mal *mal)
{
    lxw_worksheet *sheet = workbook_add_worksheet(w->book, mal->sheet);
    lxw_protection protection = { .objects = LXW_FALSE,
                                  .format_columns = LXW_TRUE,
                                  .sort = LXW_TRUE };
    lxw_row_t last = mal->rows->len + SPARE_ROWS;

    for (size_t c = 0; c < mal->n_columns; c++) {
        const MalColumn *column = &mal->columns[c];

        worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c, column->width, NULL);
        worksheet_write_string(sheet, 0, (lxw_col_t)c, column->header, w->head);
        if (column->help)
            worksheet_write_comment(sheet, 0, (lxw_col_t)c, column->help);
        validate(sheet, column, (lxw_col_t)c, last);
    }
    write_cells(w, sheet, mal);
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_protect(sheet, NULL, &protection);
}

static void write_explanations(const Writing *w, const Mal *mal)
{
    lxw_worksheet *sheet = workbook_add_worksheet(w->book, _("Explanation"));

    worksheet_set_column(sheet, 0, 0, 90, NULL);
    worksheet_write_string(sheet, 0, 0, mal->title, w->title);
    for (lxw_row_t i = 0; mal->explain[i]; i++)
        worksheet_write_string(sheet, i + 2, 0, mal->explain[i], w->wrap);
}

static bool write_book(const Mal *mal, const char *path, GError **error)
{
    lxw_workbook_options options = { .constant_memory = LXW_FALSE };
    Writing w = { .book = workbook_new_opt(path, &options) };
    lxw_error code;

    make_formats(&w);
    write_table(&w, mal);
    write_explanations(&w, mal);
    code = workbook_close(w.book);
    return code == LXW_NO_ERROR ||
           app_fail(error, APP_ERROR_DB, "the workbook cannot be written: %s", lxw_strerror(code));
}

bool indikator_template_xlsx(const Mal *mal, char **ret, size_t *ret_size, GError **error)
{
    g_autofree char *path = NULL;
    g_autoptr(GError) why = NULL;
    int fd = g_file_open_tmp("oppvekst-XXXXXX.xlsx", &path, &why);
    gsize size;
    bool good;

    if (fd < 0)
        return app_fail(error, APP_ERROR_DB, "%s", why->message);
    close(fd);
    good = write_book(mal, path, error);
    if (good && !g_file_get_contents(path, ret, &size, &why))
        good = app_fail(error, APP_ERROR_DB, "%s", why->message);
    unlink(path);
    if (good)
        *ret_size = size;
    return good;
}

static void append_cell(GString *out, const char *text)
{
    bool quote = strpbrk(text, ";\"\r\n") != NULL;

    if (quote)
        g_string_append_c(out, '"');
    if (*text && strchr("=+-@\t\r", *text))
        g_string_append_c(out, '\'');
    csv_escape(out, text);
    if (quote)
        g_string_append_c(out, '"');
}

char *indikator_template_csv(const Mal *mal)
{
    GString *out = g_string_new("\xEF\xBB\xBF");

    for (size_t c = 0; c < mal->n_columns; c++)
        g_string_append_printf(out, "%s%s", c ? ";" : "", mal->columns[c].header);
    g_string_append(out, "\r\n");
    for (guint i = 0; i < mal->rows->len; i++) {
        const char *const *row = mal->rows->pdata[i];

        for (size_t c = 0; c < mal->n_columns; c++) {
            if (c)
                g_string_append_c(out, ';');
            append_cell(out, row[c] ? row[c] : "");
        }
        g_string_append(out, "\r\n");
    }
    return g_string_free(out, FALSE);
}
