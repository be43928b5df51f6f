/* oslo.c - instants as the wall clock of Europe/Oslo shows them.
 *
 * The zone comes from tzdata, opened once. A machine without tzdata gets the rule in force in Norway
 * since 1996: one hour ahead of UTC, two from the last Sunday of March to the last of October, both
 * at 01:00 UTC (directive 2000/84/EC; forskrift 2007-06-15 nr. 629 om sommertid).
 * SPDX-License-Identifier: EUPL-1.2 */
#include "i18n.h"
#include "oslo.h"

static gpointer open_zone(gpointer unused)
{
    (void)unused;
    return g_time_zone_new_identifier("Europe/Oslo");
}

static GTimeZone *zone(void)
{
    /* lint: state — opened once; a zone never changes, so threads share it */
    static GOnce once = G_ONCE_INIT;

    return g_once(&once, open_zone, NULL);
}

/* Seconds since 1970 of 01:00 UTC on the last Sunday of a month that has 31 days. */
static int64_t last_sunday(int year, GDateMonth month)
{
    GDate date, epoch;

    g_date_clear(&date, 1);
    g_date_clear(&epoch, 1);
    g_date_set_dmy(&epoch, 1, G_DATE_JANUARY, 1970);
    g_date_set_dmy(&date, 31, month, (GDateYear)year);
    g_date_subtract_days(&date, (guint)g_date_get_weekday(&date) % 7);
    return (int64_t)g_date_days_between(&epoch, &date) * 86400 + 3600;
}

int oslo_offset_by_rule(int64_t seconds)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(seconds);
    int year = utc ? g_date_time_get_year(utc) : 1970;
    bool summer =
        seconds >= last_sunday(year, G_DATE_MARCH) && seconds < last_sunday(year, G_DATE_OCTOBER);

    return summer ? 7200 : 3600;
}

int oslo_offset(int64_t seconds)
{
    GTimeZone *oslo = zone();
    int interval = oslo ? g_time_zone_find_interval(oslo, G_TIME_TYPE_UNIVERSAL, seconds) : -1;

    return interval < 0 ? oslo_offset_by_rule(seconds) : g_time_zone_get_offset(oslo, interval);
}

static GDateTime *wall_clock(int64_t micros)
{
    int64_t seconds = micros / G_USEC_PER_SEC - (micros % G_USEC_PER_SEC < 0 ? 1 : 0);

    /* Wall clock digits in a value that claims to be UTC: it is only ever printed. */
    return g_date_time_new_from_unix_utc(seconds + oslo_offset(seconds));
}

static void iso_of(GDateTime *clock, char iso[DATE_TEXT])
{
    g_snprintf(iso, DATE_TEXT, "%04d-%02d-%02d", g_date_time_get_year(clock),
               g_date_time_get_month(clock), g_date_time_get_day_of_month(clock));
}

const char *time_date(int64_t micros, char buf[DATE_TEXT])
{
    g_autoptr(GDateTime) clock = wall_clock(micros);

    buf[0] = 0;
    if (clock)
        iso_of(clock, buf);
    return buf;
}

const char *time_text(int64_t micros, char buf[DATE_TEXT])
{
    g_autoptr(GDateTime) clock = wall_clock(micros);
    char iso[DATE_TEXT], day[DATE_TEXT];

    buf[0] = 0;
    if (!clock)
        return buf;
    iso_of(clock, iso);
    g_snprintf(buf, DATE_TEXT, i18n_current() == LANG_EN ? "%s at %02d:%02d" : "%s kl. %02d.%02d",
               date_text(iso, day), g_date_time_get_hour(clock), g_date_time_get_minute(clock));
    return buf;
}
