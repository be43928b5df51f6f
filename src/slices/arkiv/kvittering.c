/* kvittering.c - the archive's receipt: read in the sandbox, and only what is ours is kept.
 *
 * GMarkup knows no DTD and expands no entity of its own; a document that brings a DTD is refused
 * before it is parsed, so neither an external entity nor a billion laughs comes near anything.
 * Source: ks-no/fiks-arkiv-specification Schema/V1/arkivmeldingKvittering.xsd.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "arkiv-inside.h"
#include "sandbox.h"

enum { MOST_BYTES = 5 * 1024 * 1024, DEEPEST = 32, MOST_TEXT = 200 };

/* One mappeKvittering or registreringKvittering, as far as it has been read. */
typedef struct {
    bool folder;
    char key[64], id[61], registration[61]; /* as the columns have room for */
    int64_t year, sequence, post;
} Reading;

typedef struct {
    GArray *open; /* Reading: innermost last */
    GPtrArray *names;
    GString *text;
    ReceiptLine put;
    void *to;
    bool is_receipt;
} Reader;

static const char *local_name(const char *name)
{
    const char *colon = strchr(name, ':');

    return colon ? colon + 1 : name;
}

static void begin(GMarkupParseContext *context, const char *element, const char **names,
                  const char **values, gpointer data, GError **error)
{
    Reader *r = data;
    const char *name = local_name(element);
    Reading reading = { .folder = !strcmp(name, "mappeKvittering") };

    (void)context, (void)names, (void)values;
    if (r->names->len >= DEEPEST) {
        g_set_error_literal(error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "too deep");
        return;
    }
    if (!r->names->len)
        r->is_receipt = !strcmp(name, "arkivmeldingKvittering");
    g_ptr_array_add(r->names, g_strdup(name));
    g_string_truncate(r->text, 0);
    if (reading.folder || !strcmp(name, "registreringKvittering"))
        g_array_append_val(r->open, reading);
}

/* One line of what a folder or a document got: kind, key, systemID, numbers. */
static void emit(Reader *r, const Reading *k, const Reading *folder)
{
    g_autofree char *number =
        k->folder && k->year ? g_strdup_printf("%d/%d", (int)k->year, (int)k->sequence)
        : *k->registration   ? g_strdup(k->registration)
        : k->post && folder && folder->year
            ? g_strdup_printf("%d/%d-%d", (int)folder->year, (int)folder->sequence, (int)k->post)
        : k->year && k->sequence ? g_strdup_printf("%d/%d", (int)k->year, (int)k->sequence)
                                 : g_strdup("");
    g_autofree char *line = g_strdup_printf("%s\t%s\t%s", k->key, k->id, number);

    if (*k->key)
        r->put(r->to, line);
}

/* As much as there is room for, and whole characters. */
static void keep(char *to, size_t size, const char *text)
{
    const char *end;

    g_strlcpy(to, text, size);
    g_utf8_validate(to, -1, &end);
    to[end - to] = '\0';
}

static void take(Reader *r, Reading *k, const char *name, const char *parent)
{
    g_autofree char *copy = g_strdup(r->text->str);
    const char *text = g_strdelimit(g_strstrip(copy), "\t\n\r", ' ');
    bool own =
        g_str_has_suffix(parent, "Kvittering") && !g_str_has_prefix(parent, "dokumentbeskrivelse");

    if (!strcmp(name, "noekkel"))
        keep(k->key, sizeof k->key, text);
    else if (!own)
        return;
    else if (!strcmp(name, "systemID"))
        keep(k->id, sizeof k->id, text);
    else if (!strcmp(name, "registreringsID"))
        keep(k->registration, sizeof k->registration, text);
    else if (!strcmp(name, "saksaar") || !strcmp(name, "journalaar"))
        k->year = g_ascii_strtoll(text, NULL, 10) % 10000;
    else if (!strcmp(name, "sakssekvensnummer") || !strcmp(name, "journalsekvensnummer"))
        k->sequence = g_ascii_strtoll(text, NULL, 10) % 10000000;
    else if (!strcmp(name, "journalpostnummer"))
        k->post = g_ascii_strtoll(text, NULL, 10) % 100000;
}

static void end(GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
    Reader *r = data;
    const char *name = local_name(element);
    g_autofree char *closed = g_ptr_array_steal_index(r->names, r->names->len - 1);
    const char *parent = r->names->len ? r->names->pdata[r->names->len - 1] : "";
    Reading *k = r->open->len ? &g_array_index(r->open, Reading, r->open->len - 1) : NULL;

    (void)context, (void)error, (void)closed;
    if (k && (!strcmp(name, "mappeKvittering") || !strcmp(name, "registreringKvittering"))) {
        emit(r, k, r->open->len > 1 ? &g_array_index(r->open, Reading, r->open->len - 2) : NULL);
        g_array_set_size(r->open, r->open->len - 1);
    } else if (k) {
        take(r, k, name, parent);
    }
    g_string_truncate(r->text, 0);
}

static void text(GMarkupParseContext *context, const char *said, gsize len, gpointer data,
                 GError **error)
{
    Reader *r = data;

    (void)context, (void)error;
    if (r->text->len < MOST_TEXT)
        g_string_append_len(r->text, said, (gssize)MIN(len, MOST_TEXT));
}

/* A comment or processing instruction is passed over; <!DOCTYPE is not. */
static void passed(GMarkupParseContext *context, const char *said, gsize len, gpointer data,
                   GError **error)
{
    (void)context, (void)data;
    if (len >= 2 && said[0] == '<' && said[1] == '!' && !g_str_has_prefix(said, "<!--") &&
        !g_str_has_prefix(said, "<![CDATA["))
        g_set_error_literal(error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "DTD");
}

static bool is_plain(const char *xml, size_t size, GError **error)
{
    if (size > MOST_BYTES)
        return app_fail(error, APP_ERROR_INVALID, "%s",
                        _("The file is too large to be a receipt."));
    if (memmem(xml, size, "<!DOCTYPE", 9) || memmem(xml, size, "<!ENTITY", 8))
        return app_fail(error, APP_ERROR_INVALID, "%s",
                        _("The file brings definitions of its own (DTD). A receipt has none, and "
                          "such files can do harm; nothing of it has been read."));
    return true;
}

static bool read_all(Reader *r, const char *xml, size_t size, GError **error)
{
    static const GMarkupParser parser = { begin, end, text, passed, NULL };
    g_autoptr(GMarkupParseContext) context =
        g_markup_parse_context_new(&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, r, NULL);
    g_autoptr(GError) why = NULL;
    bool bom = size >= 3 && !memcmp(xml, "\xef\xbb\xbf", 3);

    if (!g_markup_parse_context_parse(context, xml + (bom ? 3 : 0), (gssize)(size - (bom ? 3 : 0)),
                                      &why) ||
        !g_markup_parse_context_end_parse(context, &why))
        return app_fail(error, APP_ERROR_INVALID, _("The file is not XML that can be read: %s"),
                        why->message);
    return r->is_receipt ||
           app_fail(error, APP_ERROR_INVALID, "%s",
                    _("The file is XML, but not a receipt (arkivmeldingKvittering)."));
}

bool arkiv_receipt_read(const char *xml, size_t size, ReceiptLine put, void *to, GError **error)
{
    Reader r = { .open = g_array_new(FALSE, TRUE, sizeof(Reading)),
                 .names = g_ptr_array_new_with_free_func(g_free),
                 .text = g_string_new(NULL),
                 .put = put,
                 .to = to };
    bool done = is_plain(xml, size, error) && read_all(&r, xml, size, error);

    g_array_unref(r.open);
    g_ptr_array_unref(r.names);
    g_string_free(r.text, TRUE);
    return done;
}

static void put_frame(void *to, const char *line)
{
    sandbox_write(to, line, strlen(line));
}

/* In the sandbox. args: the language. */
static bool work(const char *args, size_t args_size, const char *input, size_t size,
                 SandboxOut *out, GError **error)
{
    if (args_size == sizeof(Lang)) {
        Lang lang;

        memcpy(&lang, args, sizeof lang);
        i18n_use(lang);
    }
    return arkiv_receipt_read(input, size, put_frame, out, error);
}

/* --- outside --- */

typedef struct {
    Arena *arena;
    const Report *report;
    const ArchiveDocs *docs;
    const char *today;
    GArray *receipts;
} Taking;

/* Which of this report's things the key is; NULL when none. */
static const char *part_of(const Taking *t, const char *key)
{
    char buf[UUID_TEXT];

    if (!g_ascii_strcasecmp(key, arkiv_uuid(t->report, NULL, buf)))
        return ARKIV_FOLDER;
    for (size_t i = 0; i < t->docs->n; i++)
        if (!g_ascii_strcasecmp(key, arkiv_uuid(t->report, t->docs->v[i].part, buf)))
            return t->docs->v[i].part;
    return NULL;
}

static bool take_frame(void *arg, const char *data, size_t size, GError **error)
{
    Taking *t = arg;
    g_autofree char *line = g_strndup(data, size);
    g_auto(GStrv) cells = g_strsplit(line, "\t", 3);
    const char *part;

    (void)error;
    if (g_strv_length(cells) != 3 || !g_utf8_validate(line, -1, NULL))
        return true;
    part = part_of(t, cells[0]);
    if (part) {
        const Receipt receipt = { part, arena_dup(t->arena, *cells[2] ? cells[2] : cells[1]),
                                  arena_dup(t->arena, cells[1]), t->today };

        g_array_append_val(t->receipts, receipt);
    }
    return true;
}

bool arkiv_receipt_parse(Arena *arena, const Report *report, const ArchiveDocs *docs,
                         const Bytes *xml, const char *today, ReceiptList *ret, GError **error)
{
    const SandboxLimits limits = {
        .memory = 256u * 1024 * 1024, .cpu = 5, .wall = 20, .output = 4u * 1024 * 1024
    };
    g_autoptr(GArray) receipts = g_array_new(FALSE, TRUE, sizeof(Receipt));
    Taking taking = { arena, report, docs, today, receipts };
    const Lang lang = i18n_current();

    if (!sandbox_run(work, (const char *)&lang, sizeof lang, xml->data, xml->size, &limits,
                     take_frame, &taking, error))
        return false;
    if (!receipts->len)
        return app_fail(error, APP_ERROR_INVALID, "%s",
                        _("The receipt names nothing of this report."));
    *ret = (ReceiptList){ arena_alloc(arena, receipts->len * sizeof(Receipt)), receipts->len };
    memcpy(ret->v, receipts->data, receipts->len * sizeof(Receipt));
    return true;
}
