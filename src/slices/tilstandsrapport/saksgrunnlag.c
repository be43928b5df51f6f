/* saksgrunnlag.c - of a report, what case papers and the archive are made of: its own words, a version as
 * a file, the meeting's record. Nothing here is for one audience only.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "eier.h"
#include "innhold.h"
#include "innspill.h"
#include "maal.h"
#include "mal.h"

/* --- goals and measures --- */

static void add_line(GArray *lines, BasisLine line)
{
    if (*line.text)
        g_array_append_val(lines, line);
}

/* A chapter that has no rows of its own has text; each paragraph or item of it is one. */
static void add_text(Arena *arena, GArray *lines, const char *text)
{
    g_auto(GStrv) all = g_strsplit(text, "\n", -1);

    for (char **line = all; *line; line++) {
        const char *at = *line + strspn(*line, " \t-*+");

        if (at > *line || g_ascii_isdigit(*at)) /* 1. first */
            at += strspn(at, "0123456789.) ");
        add_line(lines, (BasisLine){ .text = arena_dup(arena, g_strstrip(arena_dup(arena, at))),
                                     .responsible = "" });
    }
}

static BasisLines taken(Arena *arena, GArray *lines)
{
    BasisLines all = { arena_alloc(arena, MAX(lines->len, 1) * sizeof(BasisLine)), lines->len };

    if (lines->len)
        memcpy(all.v, lines->data, lines->len * sizeof(BasisLine));
    return all;
}

static BasisLines goals_of(Arena *arena, const ChapterList *chapters, const GoalList *goals)
{
    g_autoptr(GArray) lines = g_array_new(FALSE, TRUE, sizeof(BasisLine));

    for (size_t i = 0; i < chapters->n; i++) {
        guint before = lines->len;

        for (size_t k = 0; k < goals->n; k++)
            if (goals->v[k].chapter == chapters->v[i].id)
                add_line(lines, (BasisLine){ goals->v[k].goal, "", goals->v[k].due });
        if (lines->len == before)
            add_text(arena, lines, chapters->v[i].goals);
    }
    return taken(arena, lines);
}

static BasisLines measures_of(Arena *arena, const ChapterList *chapters, const MeasureList *all)
{
    g_autoptr(GArray) lines = g_array_new(FALSE, TRUE, sizeof(BasisLine));

    for (size_t i = 0; i < chapters->n; i++) {
        guint before = lines->len;

        for (size_t k = 0; k < all->n; k++)
            if (all->v[k].chapter == chapters->v[i].id)
                add_line(lines, (BasisLine){ all->v[k].measure, all->v[k].title, all->v[k].due });
        if (lines->len == before)
            add_text(arena, lines, chapters->v[i].measures);
    }
    return taken(arena, lines);
}

static const char *body_of_kind(const ChapterList *chapters, const char *kind)
{
    for (size_t i = 0; i < chapters->n; i++)
        if (!strcmp(chapters->v[i].kind, kind))
            return chapters->v[i].body;
    return "";
}

bool tilstandsrapport_case_basis(Db *db, Arena *arena, const Report *report, const char *today,
                                 CaseBasis *ret, GError **error)
{
    ChapterList chapters;
    MeasureList measures;
    GoalList goals;

    if (!tilstandsrapport_chapters(db, arena, report->owner, report->id, &chapters, error) ||
        !tilstandsrapport_goals(db, arena, report->owner, report->id, &goals, error) ||
        !tilstandsrapport_measures(db, arena, report->owner, report->id, today, &measures, error))
        return false;
    *ret = (CaseBasis){ .summary = body_of_kind(&chapters, "sammendrag"),
                        .conclusion = body_of_kind(&chapters, "konklusjon"),
                        .goals = goals_of(arena, &chapters, &goals),
                        .measures = measures_of(arena, &chapters, &measures) };
    return true;
}

/* --- a version as a file --- */

bool tilstandsrapport_version_pdf(Db *db, Arena *arena, const Report *report, int64_t version,
                                  bool treated, GBytes **ret, GError **error)
{
    Face face = { 0 };
    Content content;

    if (!tilstandsrapport_load(db, arena, report->owner, version, AUDIENCE_PUBLIC, &content, NULL,
                               error) ||
        !eier_colour(db, report->owner, &face.accent, error) ||
        (treated && !tilstandsrapport_face(db, arena, report, &face, error)))
        return false;
    g_autofree char *noon = g_strconcat(content.made_on, "T00:00:00Z", NULL);
    g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(noon, NULL);

    face.created = time ? g_date_time_to_unix(time) * G_USEC_PER_SEC : 0;
    return tilstandsrapport_pdf(&content, &face, ret, error);
}

/* --- the dialogue meeting --- */

static BasisLines agenda_of(Arena *arena, const AgendaList *agenda)
{
    g_autoptr(GArray) lines = g_array_new(FALSE, TRUE, sizeof(BasisLine));

    for (size_t i = 0; i < agenda->n; i++)
        if (!strcmp(agenda->v[i].status, "satt_pa"))
            add_line(lines, (BasisLine){ agenda->v[i].text, "", NULL });
    return taken(arena, lines);
}

static BasisLines groups_of(Arena *arena, const DialogueMeeting *meeting, Lang lang)
{
    g_autoptr(GArray) lines = g_array_new(FALSE, TRUE, sizeof(BasisLine));
    g_auto(Speaking) speaking = tilstandsrapport_mal_speak(lang);

    for (size_t i = 0; i < N_DIALOGUE_GROUP; i++)
        if (meeting->present[i])
            add_line(lines, (BasisLine){ arena_printf(arena, "%s: %d",
                                                      _(tilstandsrapport_group_at(i)->name),
                                                      meeting->present[i]),
                                         "", NULL });
    return taken(arena, lines);
}

bool tilstandsrapport_meeting_record(Db *db, Arena *arena, const Report *report, MeetingRecord *ret,
                                     GError **error)
{
    DialogueMeeting meeting;
    StepEventList events;
    AgendaList agenda;

    if (!tilstandsrapport_meeting(db, arena, report->owner, report->id, &meeting, error) ||
        !tilstandsrapport_agenda(db, arena, report->owner, report->id, &agenda, error) ||
        !tilstandsrapport_events(db, arena, report->owner, report->id, &events, error))
        return false;
    const StepEvent *held = tilstandsrapport_last(&events, "dialog");

    *ret = (MeetingRecord){ .on = held ? held->on : NULL,
                            .recorded_at = held ? held->recorded_at : 0,
                            .place = meeting.place,
                            .starts = meeting.starts,
                            .minutes = meeting.minutes,
                            .agenda = agenda_of(arena, &agenda),
                            .present = groups_of(arena, &meeting, report->language) };
    return true;
}
