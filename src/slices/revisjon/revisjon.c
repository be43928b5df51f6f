/* revisjon.c - the audit log's place in the program: its hook, and what its slice offers.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "revisjon-sider.h"
#include "kjede.h"
#include "revisjon.sql.h"

#define SAME_READING (10 * G_TIME_SPAN_MINUTE)

static bool is_there(Db *db, const AuditNote *n, bool *ret, GError **error)
{
    g_auto(RevisjonSameReadingRows) rows = { 0 };

    if (!revisjon_same_reading(db, n->owner, n->person, n->act, n->object, n->subject,
                               n->at - SAME_READING, &rows, error))
        return false;
    *ret = rows.n > 0;
    return true;
}

bool revisjon_note(const void *data, Db *db, const AuditNote *note, GError **error)
{
    bool there = false;

    (void)data;
    if (note->reading && !is_there(db, note, &there, error))
        return false;
    return there || revisjon_add(db, note, error);
}

static const Route routes[] = {
    { "GET", "/revisjon", PERM_AUDIT_READ, revisjon_show_log },
    { "GET", "/revisjon/fil.csv", PERM_AUDIT_LINES, revisjon_send_csv },
    { "GET", "/mine-data", PERM_USER, revisjon_show_mine },
    { "GET", "/mine-data/fil.json", PERM_USER, revisjon_send_mine },
    { "GET", "/innstillinger/lagring", PERM_RETENTION, revisjon_show_retention },
    { "POST", "/innstillinger/lagring", PERM_RETENTION, revisjon_store_retention },
    { "GET", "/innstillinger/lagring/sletting", PERM_RETENTION, revisjon_show_deletion },
    { "POST", "/innstillinger/lagring/sletting", PERM_RETENTION, revisjon_run_deletion },
    { "GET", "/personvern", PERM_PUBLIC, revisjon_show_privacy },
    { 0 },
};

static const MenuItem settings[] = {
    { N_("Audit log"), "/revisjon", PERM_AUDIT_READ, 400 },
    { N_("How long things are kept"), "/innstillinger/lagring", PERM_RETENTION, 420 },
    { 0 },
};

static const Retention retention[] = {
    { "revisjon", N_("Lines of the audit log"),
      N_("Long enough to look into a matter after the fact; the rest of the chain still proves "
         "itself"),
      5 * 365, 365, revisjon_kjede_trim },
    { 0 },
};

static const JobKind jobs[] = {
    { "lagring", N_("Deleting what has been kept long enough"), revisjon_job, 3, 600, 24 * 60 },
    { 0 },
};

const Slice revisjon_slice = { "revisjon",
                               routes,
                               .settings = settings,
                               .jobs = jobs,
                               .retention = retention,
                               .person_data = revisjon_person_data,
                               .seal_check = revisjon_kjede_check };
