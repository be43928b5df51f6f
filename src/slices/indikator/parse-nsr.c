/* parse-nsr.c - units from the national registers of schools and kindergartens (NSR, NBR), version 4.
 *
 * One unit, or a page of the list. Names, where a unit lies, and whether it still stands: no figures.
 * Source: data-nsr.udir.no and data-nbr.udir.no, domain.md 3.5.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "parse-cell.h"
#include "parse-json.h"

#define LIST_DEPTH 2 /* objects of EnhetListe */
#define LONGEST_NAME 200

typedef struct {
    ParseJob *job;
    const json_t *unit;
    unsigned line;
} Reading;

static void refuse(const Reading *r, const char *member, const char *text, const char *what)
{
    char buf[SHOWN_TEXT];

    indikator_parse_fail(r->job, (ParsePlace){ .line = r->line }, _("%s “%s”: %s"), member,
                         indikator_parse_shown(text, buf), what);
}

/* A text of the unit, or of an object in it; "" when there is none. */
static const char *text_of(const Reading *r, const char *object, const char *name)
{
    const json_t *from = object ? json_object_get(r->unit, object) : r->unit;
    const char *text = indikator_json_text(from, name);

    return text ? text : "";
}

static bool is_day(const char *text)
{
    unsigned month;

    if (strlen(text) < 10 || strspn(text, "0123456789-") < 10 || text[4] != '-' || text[7] != '-')
        return false;
    month = (unsigned)g_ascii_strtoull(text + 5, NULL, 10);
    return month >= 1 && month <= 12 && g_str_has_prefix(text, text[0] == '1' ? "19" : "20");
}

/* The school year a day is in: from 1 August. */
static const char *school_year(const Reading *r, const char *day)
{
    unsigned year = (unsigned)g_ascii_strtoull(day, NULL, 10);
    unsigned month = (unsigned)g_ascii_strtoull(day + 5, NULL, 10);
    unsigned first = month >= 8 ? year : year - 1;
    g_autofree char *period = g_strdup_printf("%u/%02u", first, (first + 1) % 100);

    return indikator_parse_keep(r->job, period);
}

static const char *closed_of(const Reading *r)
{
    const char *day = text_of(r, NULL, "UtgaattDato");
    g_autofree char *date = NULL;

    if (json_is_true(json_object_get(r->unit, "ErAktiv")))
        return "";
    if (!is_day(day))
        day = text_of(r, NULL, "DatoEndret");
    date = g_strndup(day, 10);
    return indikator_parse_keep(r->job, date);
}

static bool is_place(const json_t *unit)
{
    return json_is_true(json_object_get(unit, "ErSkole")) ||
           json_is_true(json_object_get(unit, "ErBarnehage"));
}

static bool is_number(const char *text, size_t digits)
{
    return strlen(text) == digits && strspn(text, "0123456789") == digits;
}

static bool check(const Reading *r, const ParsedUnit *u)
{
    if (!indikator_parse_is_orgnr(u->code) && !indikator_parse_is_udir_id(u->code))
        refuse(r, "Organisasjonsnummer", u->code, _("not an organisation number"));
    else if (*u->name == '\0' || g_utf8_strlen(u->name, -1) > LONGEST_NAME ||
             indikator_parse_has_person_number(u->name))
        refuse(r, "Navn", u->name, _("not the name of a unit"));
    else if (!is_number(u->municipality, 4) || !is_number(u->county, 2))
        refuse(r, "Kommunenummer", u->municipality, _("not a municipality number (four digits)"));
    else if (!is_day(text_of(r, NULL, "DatoEndret")))
        refuse(r, "DatoEndret", text_of(r, NULL, "DatoEndret"), _("not a date"));
    else
        return true;
    return false;
}

static void read_unit(Reading *r)
{
    g_autofree char *name = g_strdup(text_of(r, NULL, "Navn"));
    bool nested = json_is_object(json_object_get(r->unit, "Kommune")), is_new;
    ParsedUnit u = { .level = PARSED_SCHOOL,
                     .code = text_of(r, NULL, "Organisasjonsnummer"),
                     .name = name,
                     .municipality = text_of(r, nested ? "Kommune" : NULL, "Kommunenummer"),
                     .county = text_of(r, nested ? "Fylke" : NULL, "Fylkesnummer"),
                     .line = r->line };

    r->job->file->counts.rows++;
    indikator_parse_trim(name);
    if (!check(r, &u))
        return;
    if (!is_place(r->unit)) {
        indikator_parse_skip(r->job, _("neither a school nor a kindergarten"), r->line);
        return;
    }
    u.from = school_year(r, text_of(r, NULL, "DatoEndret"));
    u.closed = closed_of(r);
    indikator_parse_unit(r->job, &u, &is_new);
    r->job->file->counts.duplicates += !is_new;
}

static void read_list(ParseJob *job, const json_t *list)
{
    g_autoptr(GArray) lines = indikator_json_lines(job, LIST_DEPTH);
    Reading r = { .job = job, .line = 1 };

    for (size_t i = 0; i < json_array_size(list); i++) {
        r.unit = json_array_get(list, i);
        if (i < lines->len)
            r.line = g_array_index(lines, unsigned, i);
        read_unit(&r);
    }
}

void indikator_parse_nsr(ParseJob *job)
{
    g_autoptr(json_t) root = indikator_json_load(job);
    const json_t *list = root ? json_object_get(root, "EnhetListe") : NULL;
    Reading one = { job, root, 1 };

    if (root == NULL)
        return;
    job->file->title = _("Units from a national register");
    if (json_is_array(list))
        read_list(job, list);
    else if (json_is_object(root) && json_object_get(root, "Organisasjonsnummer"))
        read_unit(&one);
    if (job->file->counts.rows == 0 && job->file->n_errors_all == 0)
        indikator_parse_fail(job, (ParsePlace){ .line = 1 },
                             _("No unit was found. Fetch one unit, or a page of the list, from "
                               "version 4 of the register"));
}
