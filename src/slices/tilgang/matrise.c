/* matrise.c - the role matrix: which role may do what, and the permissions that follow.
 *
 * matrix.def holds cells as people read them in domain.md 7.2; this file turns the cells of every
 * role into the bits of a User, once, and copies them for each request.
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

static Reach role_reach(const char *cells, const char *role, char action)
{
    size_t len = 0;
    const char *cell = find_cell(cells, role, &len);

    return cell ? cell_reach(cell, cell + len, action) : NOT_ALLOWED;
}

static Reach perm_reach(Perm perm, const char *role)
{
    const PermInfo *info = perm_info(perm);
    const char *colon = info ? strchr(info->row, ':') : NULL;

    if (!colon)
        return NOT_ALLOWED;
    for (size_t i = 0; i < G_N_ELEMENTS(matrix); i++) {
        size_t len = strlen(matrix[i].resource);

        if (len == (size_t)(colon - info->row) && !strncmp(matrix[i].resource, info->row, len))
            return role_reach(matrix[i].cells, role, colon[1]);
    }
    return NOT_ALLOWED;
}

static void read_role(User *user)
{
    for (unsigned perm = PERM_USER + 1; perm < N_PERM; perm++) {
        Reach reach = perm_reach((Perm)perm, user->role);

        if (reach != NOT_ALLOWED)
            user->perms[perm / 64] |= UINT64_C(1) << perm % 64;
        if (reach == OWN_UNIT)
            user->unit_only[perm / 64] |= UINT64_C(1) << perm % 64;
    }
    user->perms[PERM_USER / 64] |= UINT64_C(1) << PERM_USER % 64;
    user->perms[PERM_PUBLIC / 64] |= UINT64_C(1) << PERM_PUBLIC % 64;
}

/* One User a role, in the order of `roles`, and last one for who has none of them. */
static gpointer read_roles(gpointer unused)
{
    User *all = g_new0(User, G_N_ELEMENTS(roles) + 1);

    (void)unused;
    for (size_t i = 0; i <= G_N_ELEMENTS(roles); i++) {
        all[i].role = i < G_N_ELEMENTS(roles) ? roles[i].code : "";
        read_role(&all[i]);
    }
    return all;
}

void tilgang_fill(User *user)
{
    /* lint: state — the matrix is part of the program: read once, then never changed */
    static GOnce once = G_ONCE_INIT;
    const User *from = g_once(&once, read_roles, NULL);

    while (*from->role && strcmp(from->role, user->role) != 0)
        from++;
    memcpy(user->perms, from->perms, sizeof user->perms);
    memcpy(user->unit_only, from->unit_only, sizeof user->unit_only);
}
