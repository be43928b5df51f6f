/* i18n.h - Norwegian (bokmål, nynorsk) and English: messages, numbers, dates, collation.
 *
 * msgids are English and are the English edition. The language belongs to the request: i18n_use()
 * sets it for the calling thread, and _() and ngettext() read it there. Catalogues are .mo files
 * made by the gettext tools and embedded in the binary.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

typedef enum { LANG_NB, LANG_NN, LANG_EN, N_LANG } Lang;

#define _(s) i18n_text(s)
#define ngettext(one, many, n) i18n_plural(one, many, (long)(n))

Lang i18n_lang(const char *tag); /* "nb", "nn-NO", "en"...; LANG_NB when unknown or NULL */
const char *i18n_tag(Lang lang); /* "nb", "nn", "en" */
void i18n_use(Lang lang);        /* for this thread */
Lang i18n_current(void);         /* of this thread; LANG_NB before the first i18n_use */
const char *i18n_text(const char *msgid) G_GNUC_FORMAT(1);
const char *i18n_plural(const char *one, const char *many, long n) G_GNUC_FORMAT(1)
    G_GNUC_FORMAT(2);
/* Proves that each embedded catalogue loads and has a plural rule; call once at start. */
bool i18n_check(GError **error);

/* --- numbers: decimal comma, U+2212 minus, and U+00A0 between thousands from 10 000 up, as Språkrådet has it
 * for running text: a year and a count of four digits are written alike (en: point, and comma from 1,000).
 * decimals 0-6. A value that is not finite, or of 1e15 or more, is written as an en dash. */
#define NUM_TEXT 40
/* "1537", "12 345", "−8,0"; rounds half away from zero the decimal number meant: 4.175 -> "4,18". */
const char *num_text(double value, int decimals, char buf[NUM_TEXT]);
/* A value in percent: "14,0 %" with U+00A0; English "14.0%". */
const char *num_percent(double value, int decimals, char buf[NUM_TEXT]);
/* Strings that numbers arrive as: "1 537", " 88,3", U+00A0 or U+202F groups. false if not a number.
 * Comma and point are both the decimal mark, in every language; groups, where used, are of three. */
bool num_parse(const char *text, double *ret_value);

/* --- dates ---
 * A text that is no date is written as it stands; where a date is computed from it, "". */
#define DATE_TEXT 64
/* "2013-06-20" -> "20. juni 2013" (en "20 June 2013"). */
const char *date_text(const char *iso, char buf[DATE_TEXT]);
const char *date_short(const char *iso, char buf[DATE_TEXT]); /* "20.06.2013" */
int date_week(const char *iso);                               /* ISO week, 1-53; 0 if not a date */
const char *date_weekday(const char *iso);                    /* "torsdag"; "" if not a date */
bool date_valid(const char *iso); /* exactly YYYY-MM-DD and in the calendar, 1900-2199 */
/* "2013-06-20" + 21 -> "2013-07-11". */
const char *date_add(const char *iso, int days, char buf[DATE_TEXT]);
/* School year a date lies in, 1 August to 31 July: "2013-06-20" -> "2012/13". */
const char *date_school_year(const char *iso, char buf[DATE_TEXT]);
/* Fuzzy dates as stored: "2013-06-20" day, "2013-06" month, "2010-H2" half-year (autumn), "2011-H1"
 * (spring), "2009" year, "R" recurring. -> "høsten 2010", "våren 2011", "2009", "jevnlig". */
const char *fuzzy_text(const char *fuzzy, char buf[DATE_TEXT]);
bool fuzzy_valid(const char *fuzzy);
/* First day a fuzzy date can mean, "YYYY-MM-DD", for ordering; "9999-12-31" for recurring; "" when
 * not valid. Autumn starts 1 August, so that date_school_year() of it is the right one. */
const char *fuzzy_first(const char *fuzzy, char buf[DATE_TEXT]);
/* Microseconds UTC -> local wall clock of Europe/Oslo, "20. juni 2013 kl. 13.00". */
const char *time_text(int64_t micros, char buf[DATE_TEXT]);
const char *time_date(int64_t micros, char buf[DATE_TEXT]); /* the local day, "2013-06-20" */

/* --- collation: ICU nb-NO, the one both database engines use; aa sorts as å ---
 * UTF-8, lengths in bytes. <0, 0, >0; strings that ICU calls equal are ordered by their bytes, as
 * PostgreSQL does. Safe from any thread. */
int nb_compare(const char *a, size_t a_len, const char *b, size_t b_len);
