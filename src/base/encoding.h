/* encoding.h - bytes of a file to UTF-8, or the exact place where that cannot be done.
 *
 * Files from outside come as UTF-8, UTF-16 (Udir's exports have no byte order mark) or one of the
 * old one-byte sets (Excel). The kind is sniffed, never guessed silently: what does not fit the
 * kind is a problem with its place, because a replacement character in a school's name would stay
 * there for ever. Control characters other than TAB, CR and LF are problems too.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

typedef enum {
    ENCODING_UTF8,
    ENCODING_UTF8_BOM,
    ENCODING_UTF16LE, /* with or without byte order mark */
    ENCODING_UTF16BE,
    ENCODING_WINDOWS_1252,
    ENCODING_ISO_8859_1, /* never sniffed, only asked for: it differs from 1252 in controls alone */
    N_ENCODINGS
} Encoding;

/* Where and why text is not what it should be. */
typedef struct {
    const char *what; /* English msgid marked with N_(); NULL when there is no problem */
    size_t offset;    /* of the offending byte, from 0, in the bytes as they came */
    unsigned line;    /* from 1; CR LF, LF and a lone CR each end a line */
    unsigned column;  /* characters, from 1 */
    unsigned code;    /* the offending byte, UTF-16 unit or character */
} EncodingProblem;

/* "UTF-8", "UTF-8 with byte order mark", "UTF-16LE", ...; static. */
const char *encoding_name(Encoding encoding);

/* At most so many characters of UTF-8, never a part of one; g_free it. */
char *utf8_cut(const char *text, size_t chars);

/**
 * What the bytes most likely are.
 *   Marks decide first; then NUL bytes at even or odd places (UTF-16); then whether the bytes are
 *   UTF-8. Text with more well-formed multi-byte characters than ill-formed bytes counts as
 *   damaged UTF-8, so that the damage is reported instead of read as Windows-1252.
 *   Only the first 64 KiB are looked at for the two last questions, and all of it for UTF-8.
 */
Encoding encoding_sniff(const void *bytes, size_t len);

/**
 * Convert to UTF-8 without byte order mark.
 *   ret_text     len + 1 bytes, ending in NUL, writable; g_free it. Untouched on failure.
 *   ret_len      bytes of text without the NUL.
 *   ret_problem  the first problem, written only on failure.
 * Returns false when a byte does not fit: ill-formed, overlong or surrogate UTF-8, lone
 * surrogates or an odd byte in UTF-16, the five undefined bytes of Windows-1252 (81 8D 8F 90 9D),
 * NUL and other control characters (C0 but TAB CR LF, DEL, C1), U+FFFE and U+FFFF.
 */
bool encoding_to_utf8(const void *bytes, size_t len, Encoding encoding, char **ret_text,
                      size_t *ret_len, EncodingProblem *ret_problem);
