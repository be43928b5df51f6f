/* fuzz-post.c - any bytes as the parts of a mail: refused, or written so that no part begins a field.
 *
 * The parts have a NUL between: address, name, subject, text.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "mail.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

enum { TO, NAME, SUBJECT, TEXT, N_PARTS };

/* The names of the fields, in their order, and an end. */
static void check_head(const char *mail)
{
    static const char *const known[] = {
        "Date",          "From",         "To",           "Message-ID",
        "Subject",       "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
        "Auto-Submitted"
    };
    const char *end = strstr(mail, "\r\n\r\n");
    size_t seen = 0;

    g_assert(end);
    for (const char *line = mail; line < end + 2; line = strstr(line, "\r\n") + 2) {
        if (*line == ' ')
            continue;
        for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
            seen += g_str_has_prefix(line, known[i]) && line[strlen(known[i])] == ':';
        g_assert(strchr(line, ':') && strchr(line, ':') < strstr(line, "\r\n"));
    }
    g_assert(seen == G_N_ELEMENTS(known));
}

/* Seven bits, no control but TAB, CRLF alone, no line over 998 bytes, and in the text none over 76. */
static void check_lines(const char *mail)
{
    for (const char *line = mail; *line;) {
        size_t n = strcspn(line, "\r\n");

        for (size_t i = 0; i < n; i++)
            g_assert(line[i] == '\t' || (line[i] >= ' ' && (unsigned char)line[i] < 0x7f));
        g_assert(line[n] == '\r' && line[n + 1] == '\n' && n <= 998);
        line += n + 2;
    }
    for (const char *line = strstr(mail, "\r\n\r\n") + 4; *line; line = strstr(line, "\r\n") + 2)
        g_assert(strcspn(line, "\r") <= 76);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    g_autofree char *all = g_malloc0(len + 1);
    const char *part[N_PARTS] = { "", "", "", "" };
    g_autoptr(GError) why = NULL;
    size_t at = 0;

    if (len)
        memcpy(all, bytes, len);
    for (int i = 0; i < N_PARTS && at < len; i++) {
        part[i] = all + at;
        at += strlen(part[i]) + 1;
    }
    const Mail mail = { "fra@x.example", part[NAME], part[TO], part[NAME],
                        part[SUBJECT],   part[TEXT], "id1",    0 };
    g_autofree char *out = mail_compose(&mail, &why);

    if (!out) {
        g_assert(why && why->code == APP_ERROR_INVALID);
        return 0;
    }
    g_assert(mail_address_valid(part[TO]));
    check_head(out);
    check_lines(out);
    return 0;
}
