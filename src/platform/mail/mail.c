/* mail.c - a mail as MIME: header fields that hold no surprise, and a text in quoted-printable.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "mail.h"

#define LINE_MAX_QP 76 /* RFC 2045, 6.7 (5) */
#define WORD_BYTES 39 /* of text in one encoded word: with "Subject: " a line of 73 (RFC 2047, 2) */
#define PLAIN_MAX 66  /* characters of a field that is written as it stands */
#define ADDRESS_MAX 254 /* RFC 5321, 4.5.3.1.3, without the angle brackets */

bool mail_address_valid(const char *address)
{
    const char *at = address ? strchr(address, '@') : NULL;

    if (!at || at == address || !at[1] || strchr(at + 1, '@') || strlen(address) > ADDRESS_MAX)
        return false;
    for (const char *p = address; *p; p++)
        if (*p <= ' ' || *p >= 0x7f || strchr("<>()[],;:\\\"", *p))
            return false;
    return true;
}

/* One line: no line break, no other control character. */
static bool is_line(const char *text)
{
    for (const char *p = text; *p; p++)
        if ((unsigned char)*p < ' ' || *p == 0x7f)
            return false;
    return g_utf8_validate(text, -1, NULL);
}

static bool is_plain(const char *text)
{
    for (const char *p = text; *p; p++)
        if (*p < ' ' || *p >= 0x7f)
            return false;
    return strlen(text) <= PLAIN_MAX && !strstr(text, "=?");
}

/* The bytes of whole characters that fit in one encoded word. */
static size_t word_size(const char *text)
{
    const char *p = text;

    while (*p && g_utf8_next_char(p) - text <= WORD_BYTES)
        p = g_utf8_next_char(p);
    return (size_t)(p - text);
}

/* "=?UTF-8?B?...?=", as many as it takes, each on a line of its own (RFC 2047, 2). */
static void add_words(GString *out, const char *text)
{
    for (const char *p = text; *p;) {
        size_t n = word_size(p);
        g_autofree char *base64 = g_base64_encode((const guchar *)p, n);

        g_string_append_printf(out, "%s=?UTF-8?B?%s?=", p == text ? "" : "\r\n ", base64);
        p += n;
    }
}

static void add_subject(GString *out, const char *subject)
{
    g_string_append(out, "Subject: ");
    if (is_plain(subject))
        g_string_append(out, subject);
    else
        add_words(out, subject);
    g_string_append(out, "\r\n");
}

/* From: "Per Å" <per@x.example>; a name in ASCII is a quoted string (RFC 5322, 3.2.4). */
static void add_mailbox(GString *out, const char *field, const char *name, const char *address)
{
    g_string_append_printf(out, "%s: ", field);
    if (name && *name && is_plain(name)) {
        g_string_append_c(out, '"');
        for (const char *p = name; *p; p++) {
            if (*p == '"' || *p == '\\')
                g_string_append_c(out, '\\');
            g_string_append_c(out, *p);
        }
        g_string_append(out, "\"\r\n ");
    } else if (name && *name) {
        add_words(out, name);
        g_string_append(out, "\r\n ");
    }
    g_string_append_printf(out, "<%s>\r\n", address);
}

/* In English whatever the language is (RFC 5322, 3.3). */
static void add_date(GString *out, int64_t at)
{
    static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);

    g_string_append_printf(
        out, "Date: %s, %02d %s %04d %02d:%02d:%02d +0000\r\n",
        days[g_date_time_get_day_of_week(time) - 1], g_date_time_get_day_of_month(time),
        months[g_date_time_get_month(time) - 1], g_date_time_get_year(time),
        g_date_time_get_hour(time), g_date_time_get_minute(time), g_date_time_get_second(time));
}

/* --- quoted-printable --- */

/* One byte as it is written; a blank last on its line is encoded. */
static void quote_byte(char ret[4], unsigned char byte, bool last)
{
    bool blank = byte == ' ' || byte == '\t';

    if ((byte > ' ' && byte < 0x7f && byte != '=') || (blank && !last))
        g_snprintf(ret, 4, "%c", byte);
    else
        g_snprintf(ret, 4, "=%02X", byte);
}

static void add_line(GString *out, const char *line, size_t size)
{
    size_t column = 0;

    for (size_t i = 0; i < size; i++) {
        bool last = i + 1 == size;
        char piece[4];

        quote_byte(piece, (unsigned char)line[i], last);
        if (column + strlen(piece) > LINE_MAX_QP - (last ? 0u : 1u)) {
            g_string_append(out, "=\r\n");
            column = 0;
        }
        g_string_append(out, piece);
        column += strlen(piece);
    }
    g_string_append(out, "\r\n");
}

static void add_text(GString *out, const char *text)
{
    const char *line = text;

    while (*line) {
        size_t size = strcspn(line, "\n");
        size_t kept = size && line[size - 1] == '\r' ? size - 1 : size;

        add_line(out, line, kept);
        line += size + (line[size] == '\n');
    }
}

/* --- the whole --- */

static bool check(const Mail *m, GError **error)
{
    if (!mail_address_valid(m->from))
        return app_fail(error, APP_ERROR_INVALID, "the sender is not an e-mail address");
    if (!mail_address_valid(m->to))
        return app_fail(error, APP_ERROR_INVALID, "the receiver is not an e-mail address");
    if (!is_line(m->subject) || (m->from_name && !is_line(m->from_name)) ||
        (m->to_name && !is_line(m->to_name)))
        return app_fail(error, APP_ERROR_INVALID, "a subject and a name are one line each");
    if (!g_utf8_validate(m->text, -1, NULL))
        return app_fail(error, APP_ERROR_INVALID, "the text is not UTF-8");
    if (!*m->id ||
        strspn(m->id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") !=
            strlen(m->id))
        return app_fail(error, APP_ERROR_INVALID, "a mail's id is letters and digits");
    return true;
}

char *mail_compose(const Mail *mail, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);

    if (!check(mail, error))
        return NULL;
    add_date(out, mail->at);
    add_mailbox(out, "From", mail->from_name, mail->from);
    add_mailbox(out, "To", mail->to_name, mail->to);
    add_subject(out, mail->subject);
    g_string_append_printf(out, "Message-ID: <%s%s>\r\n", mail->id, strchr(mail->from, '@'));
    g_string_append(out, "MIME-Version: 1.0\r\n"
                         "Content-Type: text/plain; charset=UTF-8\r\n"
                         "Content-Transfer-Encoding: quoted-printable\r\n"
                         "Auto-Submitted: auto-generated\r\n"
                         "\r\n");
    add_text(out, mail->text);
    return g_string_free(g_steal_pointer(&out), FALSE);
}
