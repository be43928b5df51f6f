/* encoding.c - decode one character at a time, and know where the first bad one stands.
 *
 * Each encoding is a function that reads one character or says why it cannot. The place of a
 * problem is counted only when there is one, in the text converted so far.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "encoding.h"

#define SNIFF_BYTES (64u * 1024)

typedef struct {
    const uint8_t *bytes;
    size_t len;
    size_t at;
} Input;

/* Reads the character at in->at and moves on; on failure says why and stays. */
typedef const char *(*Decoder)(Input *in, uint32_t *ret_char);

const char *encoding_name(Encoding encoding)
{
    static const char *const names[N_ENCODINGS] = {
        [ENCODING_UTF8] = "UTF-8",
        [ENCODING_UTF8_BOM] = N_("UTF-8 with byte order mark"),
        [ENCODING_UTF16LE] = "UTF-16LE",
        [ENCODING_UTF16BE] = "UTF-16BE",
        [ENCODING_WINDOWS_1252] = "Windows-1252",
        [ENCODING_ISO_8859_1] = "ISO-8859-1",
    };

    return names[encoding];
}

/* Bytes of the well-formed UTF-8 character at p, at most left; 0 when it is ill-formed.
 * Unicode 15, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF. */
static size_t utf8_length(const uint8_t *p, size_t left)
{
    size_t need = p[0] < 0x80 ? 1 : p[0] < 0xC2 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    uint8_t low = 0x80, high = 0xBF;

    if (need < 2)
        return need;
    if (p[0] > 0xF4 || need > left)
        return 0;
    if (p[0] == 0xE0)
        low = 0xA0;
    else if (p[0] == 0xED)
        high = 0x9F;
    else if (p[0] == 0xF0)
        low = 0x90;
    else if (p[0] == 0xF4)
        high = 0x8F;
    if (p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < need; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    return need;
}

static const char *decode_utf8(Input *in, uint32_t *ret_char)
{
    const uint8_t *p = in->bytes + in->at;
    size_t n = utf8_length(p, in->len - in->at);

    switch (n) {
    case 1:
        *ret_char = p[0];
        break;
    case 2:
        *ret_char = (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
        break;
    case 3:
        *ret_char = (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
        break;
    case 4:
        *ret_char =
            (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
        break;
    default:
        *ret_char = p[0];
        return N_("The byte does not belong in UTF-8 text");
    }
    in->at += n;
    return NULL;
}

static uint32_t utf16_unit(const Input *in, size_t at, bool big)
{
    uint32_t first = in->bytes[at], second = in->bytes[at + 1];

    return big ? first << 8 | second : second << 8 | first;
}

static const char *decode_utf16(Input *in, bool big, uint32_t *ret_char)
{
    uint32_t unit, low;

    if (in->len - in->at < 2) {
        *ret_char = in->bytes[in->at];
        return N_("The file ends in the middle of a UTF-16 character; it seems cut off");
    }
    unit = utf16_unit(in, in->at, big);
    *ret_char = unit;
    if (unit < 0xD800 || unit > 0xDFFF) {
        in->at += 2;
        return NULL;
    }
    if (unit > 0xDBFF || in->len - in->at < 4)
        return N_("Half a UTF-16 surrogate pair stands alone");
    low = utf16_unit(in, in->at + 2, big);
    if (low < 0xDC00 || low > 0xDFFF)
        return N_("Half a UTF-16 surrogate pair stands alone");
    *ret_char = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    in->at += 4;
    return NULL;
}

static const char *decode_utf16le(Input *in, uint32_t *ret_char)
{
    return decode_utf16(in, false, ret_char);
}

static const char *decode_utf16be(Input *in, uint32_t *ret_char)
{
    return decode_utf16(in, true, ret_char);
}

static const char *decode_latin1(Input *in, uint32_t *ret_char)
{
    *ret_char = in->bytes[in->at++];
    return NULL;
}

static const char *decode_1252(Input *in, uint32_t *ret_char)
{
    static const uint16_t high[32] = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
    };
    uint8_t byte = in->bytes[in->at];

    *ret_char = byte;
    if (byte >= 0x80 && byte < 0xA0) {
        if (high[byte - 0x80] == 0)
            return N_("The byte means nothing in Windows-1252");
        *ret_char = high[byte - 0x80];
    }
    in->at++;
    return NULL;
}

static const char *refuse_control(uint32_t c)
{
    if (c == 0)
        return N_("The text holds a NUL character");
    if ((c < 0x20 && c != '\t' && c != '\r' && c != '\n') || (c >= 0x7F && c < 0xA0))
        return N_("The text holds a control character");
    if (c == 0xFFFE || c == 0xFFFF)
        return N_("The text holds a code that is no character");
    return NULL;
}

static size_t mark_length(Input in, Encoding encoding)
{
    if (encoding == ENCODING_UTF8_BOM)
        return in.len >= 3 && memcmp(in.bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    if (encoding == ENCODING_UTF16LE)
        return in.len >= 2 && memcmp(in.bytes, "\xFF\xFE", 2) == 0 ? 2 : 0;
    if (encoding == ENCODING_UTF16BE)
        return in.len >= 2 && memcmp(in.bytes, "\xFE\xFF", 2) == 0 ? 2 : 0;
    return 0;
}

/* UTF-16 without a mark: Latin letters leave every second byte NUL. */
static bool nuls_say_utf16(Input in, Encoding *ret_encoding)
{
    size_t end = MIN(in.len, SNIFF_BYTES) & ~(size_t)1, even = 0, odd = 0;

    for (size_t i = 0; i < end; i += 2) {
        even += in.bytes[i] == 0;
        odd += in.bytes[i + 1] == 0;
    }
    if (MAX(even, odd) * 8 < end || MIN(even, odd) * 10 > MAX(even, odd))
        return false;
    if (end == 0)
        return false;
    *ret_encoding = odd > even ? ENCODING_UTF16LE : ENCODING_UTF16BE;
    return true;
}

/* True for clean UTF-8, and for damaged UTF-8: more good characters than bad bytes. */
static bool is_mostly_utf8(Input in)
{
    size_t good = 0, bad = 0;

    while (in.at < in.len) {
        size_t n = utf8_length(in.bytes + in.at, in.len - in.at);

        good += n > 1;
        bad += n == 0;
        in.at += MAX(n, (size_t)1);
    }
    return bad == 0 || good > bad;
}

Encoding encoding_sniff(const void *bytes, size_t len)
{
    Input in = { bytes, len, 0 };
    Encoding encoding;

    if (mark_length(in, ENCODING_UTF8_BOM))
        return ENCODING_UTF8_BOM;
    if (mark_length(in, ENCODING_UTF16LE))
        return ENCODING_UTF16LE;
    if (mark_length(in, ENCODING_UTF16BE))
        return ENCODING_UTF16BE;
    if (nuls_say_utf16(in, &encoding))
        return encoding;
    return is_mostly_utf8(in) ? ENCODING_UTF8 : ENCODING_WINDOWS_1252;
}

/* The place after the text converted so far is the place of the problem. */
static void locate(const GString *text, EncodingProblem *ret_problem)
{
    unsigned line = 1, column = 1;

    for (size_t i = 0; i < text->len; i++) {
        uint8_t c = (uint8_t)text->str[i];

        if (c == '\n' || (c == '\r' && text->str[i + 1] != '\n')) {
            line++;
            column = 1;
        } else if ((c & 0xC0) != 0x80) {
            column++;
        }
    }
    ret_problem->line = line;
    ret_problem->column = column;
}

static void append_char(GString *text, uint32_t c)
{
    char utf8[6];

    if (c < 0x80)
        g_string_append_c(text, (char)c);
    else
        g_string_append_len(text, utf8, g_unichar_to_utf8(c, utf8));
}

bool encoding_to_utf8(const void *bytes, size_t len, Encoding encoding, char **ret_text,
                      size_t *ret_len, EncodingProblem *ret_problem)
{
    static const Decoder decoders[N_ENCODINGS] = {
        [ENCODING_UTF8] = decode_utf8,         [ENCODING_UTF8_BOM] = decode_utf8,
        [ENCODING_UTF16LE] = decode_utf16le,   [ENCODING_UTF16BE] = decode_utf16be,
        [ENCODING_WINDOWS_1252] = decode_1252, [ENCODING_ISO_8859_1] = decode_latin1,
    };
    Input in = { bytes, len, 0 };
    g_autoptr(GString) text = g_string_sized_new(len + len / 8 + 1);

    in.at = mark_length(in, encoding);
    while (in.at < in.len) {
        size_t offset = in.at;
        uint32_t c = 0;
        const char *what = decoders[encoding](&in, &c);

        if (what == NULL)
            what = refuse_control(c);
        if (what != NULL) {
            *ret_problem = (EncodingProblem){ .what = what, .offset = offset, .code = c };
            locate(text, ret_problem);
            return false;
        }
        append_char(text, c);
    }
    *ret_len = text->len;
    *ret_text = g_string_free(g_steal_pointer(&text), FALSE);
    return true;
}

char *utf8_cut(const char *text, size_t chars)
{
    return g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), (glong)chars));
}
