/* parse-xlsx.c - a workbook's parts: which sheets there are, shared texts, styles of numbers.
 *
 * An XLSX file is a ZIP archive of XML. Nothing in it is believed: parts are read within limits, a
 * DOCTYPE ends the reading, and what is not needed is never unpacked.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse-xlsx.h"
#include <expat.h>
#include <zip.h>
#include "parse-job.h"

static bool damaged(GError **error)
{
    return app_fail(error, APP_ERROR_INVALID,
                    _("The Excel workbook is damaged. Open it in Excel and save it again"));
}

/* --- XML --- */

typedef struct {
    const XlsxXml *handlers;
    XML_Parser parser;
    bool doctype;
} Parsing;

static const char *local_name(const char *name)
{
    const char *colon = strrchr(name, ':');

    return colon ? colon + 1 : name;
}

static void check_stop(Parsing *p)
{
    if (p->handlers->stop && *p->handlers->stop)
        XML_StopParser(p->parser, XML_FALSE);
}

static void on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    Parsing *p = data;

    if (p->handlers->start)
        p->handlers->start(p->handlers->arg, local_name(name), attributes);
    check_stop(p);
}

static void on_end(void *data, const XML_Char *name)
{
    Parsing *p = data;

    if (p->handlers->end)
        p->handlers->end(p->handlers->arg, local_name(name));
    check_stop(p);
}

static void on_text(void *data, const XML_Char *text, int len)
{
    Parsing *p = data;

    if (p->handlers->text)
        p->handlers->text(p->handlers->arg, text, (size_t)len);
}

static void on_doctype(void *data, const XML_Char *name, const XML_Char *system_id,
                       const XML_Char *public_id, int has_subset)
{
    Parsing *p = data;

    (void)name, (void)system_id, (void)public_id, (void)has_subset;
    p->doctype = true;
    XML_StopParser(p->parser, XML_FALSE);
}

bool indikator_xlsx_xml(const char *xml, size_t len, const XlsxXml *handlers, GError **error)
{
    Parsing p = { .handlers = handlers, .parser = XML_ParserCreate(NULL) };
    enum XML_Status status;

    XML_SetUserData(p.parser, &p);
    XML_SetElementHandler(p.parser, on_start, on_end);
    XML_SetCharacterDataHandler(p.parser, on_text);
    XML_SetStartDoctypeDeclHandler(p.parser, on_doctype);
    status = XML_Parse(p.parser, xml, (int)len, XML_TRUE);
    XML_ParserFree(p.parser);
    if (status == XML_STATUS_OK || (handlers->stop && *handlers->stop))
        return true;
    if (p.doctype)
        return app_fail(error, APP_ERROR_INVALID,
                        _("The Excel workbook holds a DOCTYPE, which no workbook needs. It may be "
                          "made to do harm"));
    return damaged(error);
}

const char *indikator_xlsx_attribute(const char **attributes, const char *name)
{
    for (; attributes[0]; attributes += 2)
        if (strcmp(local_name(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}

/* --- parts of the archive --- */

/* NULL without an error when there is no such part. */
static char *read_part(zip_t *zip, const char *name, size_t *ret_len, GError **error)
{
    zip_stat_t stat;
    g_autofree char *bytes = NULL;
    zip_file_t *file;
    size_t have = 0;
    zip_int64_t n = 0;

    if (zip_stat(zip, name, ZIP_FL_NOCASE, &stat) != 0)
        return NULL;
    if (stat.size > XLSX_MAX_PART ||
        (stat.size > 4u * 1024 * 1024 && stat.size / MAX(stat.comp_size, 1) > XLSX_MAX_RATIO)) {
        app_fail(error, APP_ERROR_INVALID,
                 _("The Excel workbook unpacks to more than any table needs. It may be made to do "
                   "harm; save the sheet alone, or as CSV"));
        return NULL;
    }
    bytes = g_malloc(stat.size + 1);
    file = zip_fopen_index(zip, stat.index, 0);
    while (file && have <= stat.size &&
           (n = zip_fread(file, bytes + have, stat.size + 1 - have)) > 0)
        have += (size_t)n;
    if (file)
        zip_fclose(file);
    if (file == NULL || n < 0 || have != stat.size) {
        damaged(error);
        return NULL;
    }
    bytes[have] = '\0';
    *ret_len = have;
    return g_steal_pointer(&bytes);
}

/* --- workbook.xml and its relations --- */

typedef struct {
    char *name, *relation;
} SheetRef;

typedef struct {
    GArray *sheets;      /* of SheetRef */
    GHashTable *targets; /* relation -> path of the part */
    bool from_1904;
} Contents;

static void contents_clear(Contents *c)
{
    for (guint i = 0; i < c->sheets->len; i++) {
        g_free(g_array_index(c->sheets, SheetRef, i).name);
        g_free(g_array_index(c->sheets, SheetRef, i).relation);
    }
    g_array_unref(c->sheets);
    g_hash_table_unref(c->targets);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Contents, contents_clear)

static void workbook_start(void *arg, const char *name, const char **attributes)
{
    Contents *c = arg;

    if (strcmp(name, "workbookPr") == 0) {
        const char *value = indikator_xlsx_attribute(attributes, "date1904");

        c->from_1904 = value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
    } else if (strcmp(name, "sheet") == 0 && c->sheets->len < 256) {
        const char *state = indikator_xlsx_attribute(attributes, "state");
        const char *id = NULL, *title = indikator_xlsx_attribute(attributes, "name");
        SheetRef ref;

        for (const char **a = attributes; a[0]; a += 2)
            if (strchr(a[0], ':') && strcmp(local_name(a[0]), "id") == 0)
                id = a[1];
        if (id == NULL || (state && strcmp(state, "visible") != 0))
            return;
        ref = (SheetRef){ g_strdup(title ? title : ""), g_strdup(id) };
        g_array_append_val(c->sheets, ref);
    }
}

static void relations_start(void *arg, const char *name, const char **attributes)
{
    Contents *c = arg;
    const char *id = indikator_xlsx_attribute(attributes, "Id");
    const char *target = indikator_xlsx_attribute(attributes, "Target");

    if (strcmp(name, "Relationship") == 0 && id && target)
        g_hash_table_insert(c->targets, g_strdup(id),
                            *target == '/' ? g_strdup(target + 1)
                                           : g_strconcat("xl/", target, NULL));
}

static bool read_contents(zip_t *zip, Contents *c, GError **error)
{
    static const struct {
        const char *part;
        void (*start)(void *, const char *, const char **);
    } parts[] = { { "xl/workbook.xml", workbook_start },
                  { "xl/_rels/workbook.xml.rels", relations_start } };

    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        const XlsxXml handlers = { .start = parts[i].start, .arg = c };
        g_autoptr(GError) why = NULL;
        size_t len;
        g_autofree char *xml = read_part(zip, parts[i].part, &len, &why);

        if (xml == NULL)
            return why ? app_pass(error, &why) : damaged(error);
        if (!indikator_xlsx_xml(xml, len, &handlers, error))
            return false;
    }
    return true;
}

/* --- shared texts --- */

typedef struct {
    GPtrArray *strings;
    GString *text; /* of the <si> being read */
    int depth;     /* inside <t> */
    bool phonetic, stop;
} Strings;

static void strings_start(void *arg, const char *name, const char **attributes)
{
    Strings *s = arg;

    (void)attributes;
    if (strcmp(name, "si") == 0)
        g_string_truncate(s->text, 0);
    else if (strcmp(name, "rPh") == 0)
        s->phonetic = true;
    else if (strcmp(name, "t") == 0 && !s->phonetic)
        s->depth++;
}

static void strings_end(void *arg, const char *name)
{
    Strings *s = arg;

    if (strcmp(name, "si") == 0)
        g_ptr_array_add(s->strings, g_strdup(s->text->str));
    else if (strcmp(name, "rPh") == 0)
        s->phonetic = false;
    else if (strcmp(name, "t") == 0 && s->depth > 0)
        s->depth--;
    s->stop = s->strings->len > XLSX_MAX_CELLS;
}

static void strings_text(void *arg, const char *text, size_t len)
{
    Strings *s = arg;

    if (s->depth > 0)
        g_string_append_len(s->text, text, (gssize)len);
}

static bool read_strings(zip_t *zip, XlsxBook *book, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    Strings s = { .strings = book->strings, .text = text };
    const XlsxXml handlers = { strings_start, strings_end, strings_text, &s, &s.stop };
    g_autoptr(GError) why = NULL;
    size_t len;
    g_autofree char *xml = read_part(zip, "xl/sharedStrings.xml", &len, &why);

    if (xml == NULL) /* a workbook of numbers alone has none */
        return why ? app_pass(error, &why) : true;
    return indikator_xlsx_xml(xml, len, &handlers, error);
}

/* --- styles: which numbers are dates or percentages --- */

typedef struct {
    GArray *styles;
    GHashTable *formats; /* number of a custom format -> XlsxStyle */
    bool in_cells;       /* inside <cellXfs> */
} Styles;

/* A format with d, y or h outside quotes and brackets shows a date or a time. */
static XlsxStyle style_of_code(const char *code)
{
    bool quoted = false, bracketed = false, percent = false;

    for (const char *p = code; *p && *p != ';'; p++) {
        if (*p == '\\' && p[1])
            p++;
        else if (*p == '"')
            quoted = !quoted;
        else if (*p == '[' || *p == ']')
            bracketed = *p == '[';
        else if (quoted || bracketed)
            continue;
        else if (strchr("dDyYhHåÅ", *p) || ((*p == 'm' || *p == 'M') && !strpbrk(code, "0#")))
            return STYLE_DATE;
        else if (*p == '%')
            percent = true;
    }
    return percent ? STYLE_PERCENT : STYLE_PLAIN;
}

static XlsxStyle style_of_number(const Styles *s, int64_t id)
{
    if (id == 9 || id == 10)
        return STYLE_PERCENT;
    if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
        (id >= 50 && id <= 58))
        return STYLE_DATE;
    return (XlsxStyle)GPOINTER_TO_INT(g_hash_table_lookup(s->formats, GINT_TO_POINTER((int)id)));
}

static int64_t number_of(const char *text)
{
    return text ? g_ascii_strtoll(text, NULL, 10) : 0;
}

static void styles_start(void *arg, const char *name, const char **attributes)
{
    Styles *s = arg;

    if (strcmp(name, "cellXfs") == 0) {
        s->in_cells = true;
    } else if (strcmp(name, "numFmt") == 0) {
        const char *code = indikator_xlsx_attribute(attributes, "formatCode");
        int64_t id = number_of(indikator_xlsx_attribute(attributes, "numFmtId"));

        if (code && id > 0 && id < 100000)
            g_hash_table_insert(s->formats, GINT_TO_POINTER((int)id),
                                GINT_TO_POINTER((int)style_of_code(code)));
    } else if (strcmp(name, "xf") == 0 && s->in_cells && s->styles->len < 100000) {
        XlsxStyle style =
            style_of_number(s, number_of(indikator_xlsx_attribute(attributes, "numFmtId")));

        g_array_append_val(s->styles, style);
    }
}

static void styles_end(void *arg, const char *name)
{
    Styles *s = arg;

    if (strcmp(name, "cellXfs") == 0)
        s->in_cells = false;
}

static bool read_styles(zip_t *zip, XlsxBook *book, GError **error)
{
    g_autoptr(GHashTable) formats = g_hash_table_new(g_direct_hash, g_direct_equal);
    Styles s = { book->styles, formats, false };
    const XlsxXml handlers = { .start = styles_start, .end = styles_end, .arg = &s };
    g_autoptr(GError) why = NULL;
    size_t len;
    g_autofree char *xml = read_part(zip, "xl/styles.xml", &len, &why);

    if (xml == NULL)
        return why ? app_pass(error, &why) : true;
    return indikator_xlsx_xml(xml, len, &handlers, error);
}

/* --- all of it --- */

static void book_clear(XlsxBook *book)
{
    g_ptr_array_unref(book->strings);
    g_array_unref(book->styles);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(XlsxBook, book_clear)

static bool read_sheets(zip_t *zip, const Contents *c, const XlsxBook *book, GPtrArray *sheets,
                        GError **error)
{
    size_t cells = 0;

    for (guint i = 0; i < c->sheets->len; i++) {
        const SheetRef *ref = &g_array_index(c->sheets, SheetRef, i);
        const char *part = g_hash_table_lookup(c->targets, ref->relation);
        g_autoptr(GError) why = NULL;
        size_t len;
        g_autofree char *xml = part ? read_part(zip, part, &len, &why) : NULL;
        XlsxSheet *sheet;

        if (why != NULL)
            return app_pass(error, &why);
        if (xml == NULL || strstr(part, "chartsheets/"))
            continue;
        sheet = g_new0(XlsxSheet, 1);
        sheet->name = g_strdup(ref->name);
        g_ptr_array_add(sheets, sheet);
        if (!indikator_xlsx_read_sheet(book, xml, len, sheet, error))
            return false;
        cells += sheet->n_cells;
        if (cells > XLSX_MAX_CELLS)
            return app_fail(error, APP_ERROR_INVALID,
                            _("The Excel workbook has more than %u cells. Save the sheet alone"),
                            XLSX_MAX_CELLS);
    }
    return sheets->len > 0 || damaged(error);
}

static bool read_all(zip_t *zip, GPtrArray *sheets, GError **error)
{
    g_auto(XlsxBook) book = { g_ptr_array_new_with_free_func(g_free),
                              g_array_new(FALSE, TRUE, sizeof(XlsxStyle)), false };
    g_auto(Contents) c = { g_array_new(FALSE, TRUE, sizeof(SheetRef)),
                           g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free), false };

    if (!read_contents(zip, &c, error) || !read_strings(zip, &book, error) ||
        !read_styles(zip, &book, error))
        return false;
    book.from_1904 = c.from_1904;
    return read_sheets(zip, &c, &book, sheets, error);
}

bool indikator_xlsx_read(const void *bytes, size_t len, GPtrArray **ret, GError **error)
{
    g_autoptr(GPtrArray) sheets = g_ptr_array_new_with_free_func(indikator_xlsx_sheet_free);
    zip_source_t *source = zip_source_buffer_create(bytes, len, 0, NULL);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY, NULL) : NULL;
    bool good;

    if (zip == NULL) {
        if (source)
            zip_source_free(source);
        return damaged(error);
    }
    good = read_all(zip, sheets, error);
    zip_discard(zip);
    if (good)
        *ret = g_steal_pointer(&sheets);
    return good;
}
