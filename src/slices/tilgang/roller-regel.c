/* roller-regel.c - who may decide which role, and which roles together somebody should be aware of.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "roller.h"

bool tilgang_role_of_unit(const char *role)
{
    static const char *const codes[] = { "RK", "ST", "AL", "LR", "AS", "SL", NULL };

    return g_strv_contains(codes, role);
}

bool tilgang_role_needs_end(const char *role)
{
    static const char *const codes[] = { "VK", "EK", NULL };

    return g_strv_contains(codes, role);
}

/* --- who may decide --- */

typedef struct {
    Db *db;
    Arena *arena;
    int64_t owner;
    const Proposal *proposal;
    const char *today;
} Asking;

/* Of the person, or of a position the person holds or is deputy for, from today on. */
static bool is_for(const Asking *a, int64_t person, bool *ret, GError **error)
{
    const Proposal *p = a->proposal;
    DeputyList deputies;
    HoldingList held;

    *ret = p->person == person;
    if (*ret || !p->position)
        return true;
    if (!person_holdings(a->db, a->arena, a->owner, person, NULL, &held, error) ||
        !tilgang_deputyships(a->db, a->arena, a->owner, person, &deputies, error))
        return false;
    for (size_t i = 0; i < held.n; i++)
        *ret = *ret || (held.v[i].position == p->position &&
                        (!held.v[i].to || strcmp(held.v[i].to, a->today) >= 0));
    for (size_t i = 0; i < deputies.n; i++)
        *ret = *ret ||
               (deputies.v[i].position == p->position && strcmp(deputies.v[i].to, a->today) >= 0);
    return true;
}

static bool role_decides(const char *role)
{
    User user = { .role = role };
    const Req req = { .user = &user };

    tilgang_fill(&user);
    return req_may(&req, PERM_ROLE_DECIDE);
}

static bool somebody_else(const Asking *a, int64_t by, bool *ret, GError **error)
{
    LoginList all;

    *ret = false;
    if (!tilgang_list(a->db, a->arena, a->owner, a->today, &all, error))
        return false;
    for (size_t i = 0; i < all.n && !*ret; i++) {
        const LoginLine *l = &all.v[i];
        bool own;

        if (l->disabled || l->person == by || !role_decides(l->role))
            continue;
        if (!is_for(a, l->person, &own, error))
            return false;
        *ret = !own;
    }
    return true;
}

bool tilgang_may_decide(Db *db, Arena *arena, int64_t owner, const Proposal *p, int64_t by,
                        const char *today, Verdict *ret, GError **error)
{
    const Asking a = { db, arena, owner, p, today };
    bool own, others;

    *ret = DECIDE_SETTLED;
    if (p->state != PROPOSAL_WAITS)
        return true;
    if (!is_for(&a, by, &own, error))
        return false;
    *ret = own ? DECIDE_FOR_ONESELF : DECIDE_MAY;
    if (own || p->proposed_by != by)
        return true;
    if (!somebody_else(&a, by, &others, error))
        return false;
    *ret = others ? DECIDE_OWN_PROPOSAL : DECIDE_ALONE;
    return true;
}

/* --- what to be aware of --- */

static const struct {
    const char *one, *other, *text;
} pairs[] = {
    { "FS", "RK",
      N_("Head of childhood and education and head teacher at once: allowed in a small "
         "municipality, but somebody else should look at matters of the own school.") },
    { "FS", "ST",
      N_("Head of childhood and education and kindergarten head at once: allowed in a small "
         "municipality, but somebody else should look at matters of the own kindergarten.") },
    { "PO", "RK",
      N_("Politician and head teacher at once: disqualified (inhabil) in cases about the own "
         "school, and has to leave the meeting for them.") },
    { "PO", "ST",
      N_("Politician and kindergarten head at once: disqualified (inhabil) in cases about the own "
         "kindergarten, and has to leave the meeting for them.") },
    { "PO", "FS",
      N_("Politician and head of childhood and education at once: disqualified (inhabil) in cases "
         "one has prepared oneself.") },
    { "PO", "KD",
      N_("Politician and chief executive at once: who leads the administration cannot sit in the "
         "council that it answers to.") },
    { "FA", "LR",
      N_("Teacher and representative of parents or pupils at once: keep the two apart, and switch "
         "role before writing.") },
    { "AD", "FS",
      N_("Administrator and head of childhood and education at once: somebody else should look "
         "through the roles from time to time.") },
    { "AD", "KD",
      N_("Administrator and chief executive at once: somebody else should look through the roles "
         "from time to time.") },
};

static bool has(const RoleTupleList *roles, const char *role)
{
    for (size_t i = 0; i < roles->n; i++)
        if (!strcmp(roles->v[i].role, role))
            return true;
    return false;
}

FlagList tilgang_flags(Arena *arena, const RoleTupleList *roles)
{
    FlagList flags = { arena_alloc(arena, G_N_ELEMENTS(pairs) * sizeof(char *)), 0 };

    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
        if (has(roles, pairs[i].one) && has(roles, pairs[i].other))
            flags.v[flags.n++] = i18n_text(pairs[i].text);
    return flags;
}
