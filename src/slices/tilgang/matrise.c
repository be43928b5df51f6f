/* matrise.c - the role matrix: which role may do what, and the permissions that follow.
 *
 * matrix.def holds cells as people read them in domain.md 7.2; this file turns the cell of a role into
 * the bits of a User once for each request.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "matrise.h"

static const MatrixRow matrix[] = {
#define ROW(resource, ...) { #resource, __VA_ARGS__ },
#include "matrix.def"
#undef ROW
};

static const struct {
    const char *code, *name;
} roles[] = {
    { "KD", N_("Chief executive") },
    { "FS", N_("Head of childhood and education") },
    { "RK", N_("Head teacher") },
    { "ST", N_("Kindergarten head") },
    { "AL", N_("Department head") },
    { "LR", N_("Teacher") },
    { "AS", N_("Assistant") },
    { "SL", N_("Head of after-school care") },
    { "PP", N_("Educational psychology service") },
    { "VK", N_("Guide") },
    { "PO", N_("Politician") },
    { "FA", N_("Parents’ or pupils’ representative") },
    { "TV", N_("Union representative") },
    { "HR", N_("Human resources") },
    { "AR", N_("Political secretariat") },
    { "AD", N_("Administrator") },
    { "EK", N_("External assessor") },
    { "IA", N_("Administrator of the installation") },
};

const char *const *tilgang_roles_all(void)
{
    static const char *const codes[] = { "KD", "FS", "RK", "ST", "AL", "LR", "AS", "SL", "PP", "VK",
                                         "PO", "FA", "TV", "HR", "AR", "AD", "EK", "IA", NULL };

    return codes;
}

const char *tilgang_role_msgid(const char *role)
{
    for (size_t i = 0; i < G_N_ELEMENTS(roles); i++)
        if (!strcmp(roles[i].code, role))
            return roles[i].name;
    return role;
}

const char *tilgang_role_name(const char *role)
{
    return i18n_text(tilgang_role_msgid(role));
}

bool tilgang_role_known(const char *role)
{
    return g_strv_contains(tilgang_roles_all(), role);
}

const MatrixRow *tilgang_matrix(size_t *ret_n)
{
    *ret_n = G_N_ELEMENTS(matrix);
    return matrix;
}

typedef enum { NOT_ALLOWED, OWN_UNIT, WHOLE_OWNER } Reach;

/* "R+Uo" -> the reach of one action: the widest scope any token gives it. */
static Reach cell_reach(const char *cell, const char *end, char action)
{
    Reach reach = NOT_ALLOWED;
    bool in_token = false;

    for (const char *p = cell; p < end; p++) {
        if (*p == action)
            in_token = true;
        bool token_ends = p + 1 == end || p[1] == '+';
        if (*p == 'o' && in_token) {
            reach = MAX(reach, OWN_UNIT);
            in_token = false;
        } else if (token_ends && in_token) {
            reach = WHOLE_OWNER;
            in_token = false;
        } else if (*p == '+') {
            in_token = false;
        }
    }
    return reach;
}

/* Where the role's cell stands in a row; NULL when it has none. */
static const char *find_cell(const char *cells, const char *role, size_t *ret_len)
{
    if (strlen(role) != 2)
        return NULL;
    for (const char *p = cells; p && *p; p = strchr(p, ' ')) {
        p += *p == ' ';
        if (strncmp(p, role, 2) != 0 || p[2] != ':')
            continue;
        *ret_len = strcspn(p + 3, " ");
        return p + 3;
    }
    return NULL;
}

const char *tilgang_matrix_cell(Arena *arena, const MatrixRow *row, const char *role)
{
    size_t len = 0;
    const char *cell = find_cell(row->cells, role, &len);

    return cell ? arena_ndup(arena, cell, len) : "";
}

/* A role's cell in the row of one resource. */
typedef struct {
    const MatrixRow *row; /* NULL: not looked for yet */
    const char *cell;     /* NULL: the role has none there */
    size_t len;
} Found;

static bool is_row(const MatrixRow *row, const char *resource, size_t len)
{
    return row->resource[0] == resource[0] && !strncmp(row->resource, resource, len) &&
           !row->resource[len];
}

/* Permissions of one resource stand together, so what was found for the last is mostly right. */
static Reach perm_reach(Perm perm, const char *role, Found *found)
{
    const char *resource = perm_info(perm)->row, *colon = strchr(resource, ':');
    size_t len = colon ? (size_t)(colon - resource) : 0;

    if (!colon)
        return NOT_ALLOWED;
    if (!found->row || !is_row(found->row, resource, len)) {
        *found = (Found){ 0 };
        for (size_t i = 0; i < G_N_ELEMENTS(matrix) && !found->row; i++)
            if (is_row(&matrix[i], resource, len))
                found->row = &matrix[i];
        if (found->row)
            found->cell = find_cell(found->row->cells, role, &found->len);
    }
    return found->cell ? cell_reach(found->cell, found->cell + found->len, colon[1]) : NOT_ALLOWED;
}

void tilgang_fill(User *user)
{
    Found found = { 0 };

    memset(user->perms, 0, sizeof user->perms);
    memset(user->unit_only, 0, sizeof user->unit_only);
    for (unsigned perm = PERM_USER + 1; perm < N_PERM; perm++) {
        Reach reach = perm_reach((Perm)perm, user->role, &found);

        if (reach != NOT_ALLOWED)
            user->perms[perm / 64] |= UINT64_C(1) << perm % 64;
        if (reach == OWN_UNIT)
            user->unit_only[perm / 64] |= UINT64_C(1) << perm % 64;
    }
    user->perms[PERM_USER / 64] |= UINT64_C(1) << PERM_USER % 64;
    user->perms[PERM_PUBLIC / 64] |= UINT64_C(1) << PERM_PUBLIC % 64;
}
