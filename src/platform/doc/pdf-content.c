/* pdf-content.c - one page's content stream, with cairo's marks replaced by ours.
 *
 * A real tokenizer (ISO 32000-1, 7.2 and 7.8): strings, hex strings, names, comments and inline
 * images are stepped over, so that text which looks like an operator is never taken for one.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "pdf.h"

typedef struct {
    const unsigned char *data;
    size_t size, at;
} Scan;

static bool is_space(unsigned char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0;
}

static bool is_delimiter(unsigned char c)
{
    return c && strchr("()<>[]{}/%", c);
}

static void skip_string(Scan *s)
{
    int depth = 0;

    for (; s->at < s->size; s->at++) {
        unsigned char c = s->data[s->at];

        if (c == '\\')
            s->at++;
        else if (c == '(')
            depth++;
        else if (c == ')' && --depth == 0) {
            s->at++;
            return;
        }
    }
    s->at = s->size;
}

static void skip_until(Scan *s, unsigned char end)
{
    while (s->at < s->size && s->data[s->at] != end)
        s->at++;
    s->at = MIN(s->at + 1, s->size);
}

static void skip_word(Scan *s)
{
    while (s->at < s->size && !is_space(s->data[s->at]) && !is_delimiter(s->data[s->at]))
        s->at++;
}

/* Steps over one token at `at`, which is not white space. Returns true when it is an operator. */
static bool step(Scan *s)
{
    unsigned char c = s->data[s->at];
    bool twice = s->at + 1 < s->size && s->data[s->at + 1] == c;

    if (c == '(') {
        skip_string(s);
    } else if (c == '%') {
        skip_until(s, '\n');
    } else if ((c == '<' || c == '>') && twice) {
        s->at += 2;
    } else if (c == '<') {
        skip_until(s, '>');
    } else if (c == '/') {
        s->at++;
        skip_word(s);
    } else if (is_delimiter(c)) {
        s->at++;
    } else {
        skip_word(s);
        return g_ascii_isalpha(c) || c == '\'' || c == '"';
    }
    return false;
}

/* After ID: image bytes up to EI that stands between white space. */
static void skip_image(Scan *s)
{
    for (s->at++; s->at + 2 < s->size; s->at++)
        if (s->data[s->at] == 'E' && s->data[s->at + 1] == 'I' && is_space(s->data[s->at - 1]) &&
            is_space(s->data[s->at + 2])) {
            s->at += 2;
            return;
        }
    s->at = s->size;
}

static bool has_mcid(const unsigned char *operands, size_t size)
{
    return memmem(operands, size, "/MCID", 5) != NULL;
}

/* cairo says in so many words that a blank is a blank where two kinds share a glyph; it is enough that
 * the glyph says so, and some readers drop the rest of the line after an empty /ActualText. */
static bool is_blank_text(const unsigned char *operands, size_t size)
{
    static const char *const blanks[] = { "<feff0020>", "<feff00a0>", "<feff>", "<FEFF0020>", "( )" };

    if (!memmem(operands, size, "/ActualText", 11))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(blanks); i++)
        if (memmem(operands, size, blanks[i], strlen(blanks[i])))
            return true;
    return false;
}

static void put_mark(GString *out, const Elem *slot, int *mcid)
{
    if (!slot)
        g_string_append(out, "/Artifact <</Type /Layout>> BDC");
    else if (slot == &pdf_paging_mark)
        g_string_append(out, "/Artifact <</Type /Pagination>> BDC");
    else
        g_string_append_printf(out, "/%s <</MCID %d>> BDC", slot->parent->type, (*mcid)++);
}

static bool is_operator(const Scan *s, size_t start, const char *name)
{
    return s->at - start == strlen(name) && !memcmp(s->data + start, name, strlen(name));
}

bool pdf_content_rewrite(const unsigned char *data, size_t size, const GPtrArray *marks,
                         GString *out)
{
    Scan s = { data, size, 0 };
    size_t copied = 0, operands = 0; /* operands: where those of the coming operator begin */
    guint mark = 0;
    int mcid = 0;

    while (s.at < size) {
        size_t start = s.at;

        if (is_space(data[start])) {
            s.at++;
            continue;
        }
        if (!step(&s))
            continue;
        if (is_operator(&s, start, "ID"))
            skip_image(&s);
        else if (is_operator(&s, start, "BDC") && has_mcid(data + operands, start - operands)) {
            if (mark == marks->len)
                return false;
            g_string_append_len(out, (const char *)data + copied, (gssize)(operands - copied));
            g_string_append_c(out, '\n');
            put_mark(out, marks->pdata[mark++], &mcid);
            copied = s.at;
        } else if (is_operator(&s, start, "BDC") &&
                   is_blank_text(data + operands, start - operands)) {
            g_string_append_len(out, (const char *)data + copied, (gssize)(operands - copied));
            g_string_append(out, "\n/Span BMC");
            copied = s.at;
        }
        operands = s.at;
    }
    g_string_append_len(out, (const char *)data + copied, (gssize)(size - copied));
    return mark == marks->len;
}
