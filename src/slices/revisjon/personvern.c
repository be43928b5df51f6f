/* personvern.c - the data map: what personal data is kept, why, on what basis and how long.
 *
 * One table; how long is read from the retention rules, so that the page and the deleting cannot differ.
 * Sources: GDPR articles 5, 6, 13, 30 and 32; domain.md 8.6.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "revisjon-sider.h"
#include "personvern.html.h"

typedef struct {
    const char *what, *why, *basis; /* msgids */
    const char *rule;               /* code of the Retention that ends it; NULL: how_long says */
    const char *how_long;           /* msgid */
} DataMap;

#define PUBLIC_TASK                                                                                \
    N_("A task in the public interest: GDPR article 6 (1) e, with the Education Act and the "      \
       "Local Government Act")
#define SECURITY N_("Security of processing: GDPR article 6 (1) e and article 32")
#define ARCHIVE N_("A legal duty: GDPR article 6 (1) c, with the Archives Act")

static const DataMap map[] = {
    { N_("Names of employees and elected members, their positions and bodies, from which day to "
         "which"),
      N_("So that one can see who is responsible for what, now and then"), PUBLIC_TASK, NULL,
      N_("As long as the history of the municipality’s schools is kept") },
    { N_("E-mail address, password and one-time codes of those who sign in; the password is stored "
         "so that nobody can read it"),
      N_("To let the right person in, and nobody else"), SECURITY, NULL,
      N_("Until the access is removed") },
    { N_("Roles: what a person may see and do, from which day to which"),
      N_("Access follows the work one has"), SECURITY, NULL,
      N_("As long as the history of the municipality’s schools is kept") },
    { N_("Sessions: when you signed in and were last here"),
      N_("So that you do not sign in on every page, and can see where you are signed in"), SECURITY,
      "sesjon", "" },
    { N_("The audit log: who changed, took out or looked at what, when, and from which network "
         "address"),
      N_("To find out what happened when something is wrong, and so that you can see who has "
         "looked at yours"),
      SECURITY, "revisjon", "" },
    { N_("Who wrote a chapter, recorded a step or answered a follow-up item"),
      N_("Case handling must be traceable"), ARCHIVE, NULL, N_("Permanently, with the report") },
    { N_("Who sent in a file with figures, and its name"),
      N_("So that a wrong figure can be traced to its source"), PUBLIC_TASK, "importfil",
      N_("Permanently, with the figures") },
};

static bool line_of(Req *req, const DataMap *m, const GPtrArray *rules, MapLine *ret,
                    GError **error)
{
    int64_t owner = req->user ? req->user->owner : 0;
    int days;

    *ret = (MapLine){ _(m->what), _(m->why), _(m->basis), *m->how_long ? _(m->how_long) : "" };
    for (guint i = 0; m->rule && i < rules->len; i++) {
        const Retention *rule = rules->pdata[i];

        if (strcmp(rule->code, m->rule))
            continue;
        if (!revisjon_keep_days(req->db, req->arena, owner, rule, &days, error))
            return false;
        ret->how_long = revisjon_days_text(req->arena, days);
    }
    return true;
}

bool revisjon_show_privacy(Req *req, GError **error)
{
    g_autoptr(GPtrArray) rules = revisjon_rules();
    MapLines lines = { arena_alloc(req->arena, G_N_ELEMENTS(map) * sizeof(MapLine)),
                       G_N_ELEMENTS(map) };
    KeepLines kept = { arena_alloc(req->arena, MAX(rules->len, 1) * sizeof(KeepLine)), rules->len };
    int64_t owner = req->user ? req->user->owner : 0;
    int days;

    for (size_t i = 0; i < lines.n; i++)
        if (!line_of(req, &map[i], rules, &lines.v[i], error))
            return false;
    for (guint i = 0; i < rules->len; i++) {
        const Retention *rule = rules->pdata[i];

        if (!revisjon_keep_days(req->db, req->arena, owner, rule, &days, error))
            return false;
        kept.v[i] = (KeepLine){ .what = _(rule->what),
                                .basis = _(rule->basis),
                                .days = revisjon_days_text(req->arena, days) };
    }
    revisjon_personvern(req_page(req, 200, _("Privacy")), &lines, &kept, req->user != NULL);
    return true;
}
