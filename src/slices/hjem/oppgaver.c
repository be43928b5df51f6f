/* oppgaver.c - what waits for me: a loop over what every slice says, the overdue first; and the same for
 * the other roles I have, each with a button that changes to it.
 *
 * It knows no task itself. What waits in another role is asked for as that role's user, so nothing is
 * listed that the role could not open.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "hjem-sider.h"

#define SHOWN_OF_OTHERS 3
#define SOON_DAYS 14

static int by_due(gconstpointer a, gconstpointer b)
{
    const Task *x = a, *y = b;

    if (!x->due || !y->due)
        return (x->due ? 0 : 1) - (y->due ? 0 : 1);
    return strcmp(x->due, y->due);
}

static int days_between(const char *from, const char *to)
{
    GDate a, b;

    g_date_clear(&a, 1);
    g_date_clear(&b, 1);
    g_date_set_parse(&a, from);
    g_date_set_parse(&b, to);
    return g_date_valid(&a) && g_date_valid(&b) ? g_date_days_between(&a, &b) : 0;
}

static const char *days_left(Arena *arena, int days)
{
    if (days == 0)
        return _("today");
    if (days < 0)
        return arena_printf(arena, ngettext("%d day late", "%d days late", -days), -days);
    return arena_printf(arena, ngettext("in %d day", "in %d days", days), days);
}

static TaskLine task_line(Req *req, const Task *task)
{
    TaskLine line = { .text = task->text, .url = task->url };
    char text[DATE_TEXT];

    if (!task->due)
        return line;
    int days = days_between(req->today, task->due);

    line.iso = task->due;
    line.due = arena_dup(req->arena, date_text(task->due, text));
    line.late = days < 0;
    line.left = days_left(req->arena, days);
    return line;
}

/* Of req->user, in order of time. */
static bool collect(Req *req, GArray *tasks, GError **error)
{
    for (const Slice *const *s = app_slices; *s; s++)
        if ((*s)->tasks && !(*s)->tasks(req, tasks, error))
            return false;
    g_array_sort(tasks, by_due);
    return true;
}

/* --- by when --- */

enum { OVERDUE, SOON, LATER, UNDATED, N_GROUP };

static int group_of(const Req *req, const Task *task)
{
    int days;

    if (!task->due)
        return UNDATED;
    days = days_between(req->today, task->due);
    return days < 0 ? OVERDUE : days <= SOON_DAYS ? SOON : LATER;
}

static void group(Req *req, const GArray *tasks, TaskGroups *ret)
{
    static const char *const ids[] = { "forfalt", "snart", "senere", "udatert" };
    const char *const names[] = { _("Overdue"), _("The next two weeks"), _("Later"),
                                  _("Without a date") };

    *ret = (TaskGroups){ arena_alloc(req->arena, N_GROUP * sizeof(TaskGroup)), 0 };
    for (int g = 0; g < N_GROUP; g++) {
        TaskGroup *to = &ret->v[ret->n];

        *to = (TaskGroup){ ids[g],
                           names[g],
                           { arena_alloc(req->arena, MAX(tasks->len, 1) * sizeof(TaskLine)), 0 } };
        for (guint i = 0; i < tasks->len; i++)
            if (group_of(req, &g_array_index(tasks, Task, i)) == g)
                to->tasks.v[to->tasks.n++] = task_line(req, &g_array_index(tasks, Task, i));
        ret->n += to->tasks.n > 0;
    }
}

/* --- other roles --- */

static bool is_mine_already(const GArray *mine, const Task *task)
{
    for (guint i = 0; i < mine->len; i++)
        if (!strcmp(g_array_index(mine, Task, i).text, task->text))
            return true;
    return false;
}

static const char *summary_of(Arena *arena, const char *label, int n, int late)
{
    const char *tasks = arena_printf(arena, ngettext("%d task", "%d tasks", n), n);

    return late ? arena_printf(arena, _("%1$s: %2$s, %3$d overdue"), label, tasks, late)
                : arena_printf(arena, "%s: %s", label, tasks);
}

static bool look_as(Req *req, const OwnRole *role, const GArray *mine, OtherRoles *ret,
                    GError **error)
{
    g_autoptr(GArray) tasks = g_array_new(FALSE, FALSE, sizeof(Task));
    OtherRole *other = &ret->v[ret->n];
    int n = 0, late = 0;
    Req as = *req;

    as.user = &role->user;
    if (!collect(&as, tasks, error))
        return false;
    *other =
        (OtherRole){ .to = role->to,
                     .tasks = { arena_alloc(req->arena, SHOWN_OF_OTHERS * sizeof(TaskLine)), 0 } };
    for (guint i = 0; i < tasks->len; i++) {
        const Task *task = &g_array_index(tasks, Task, i);

        if (is_mine_already(mine, task))
            continue;
        n++;
        late += group_of(req, task) == OVERDUE;
        if (other->tasks.n < SHOWN_OF_OTHERS)
            other->tasks.v[other->tasks.n++] = task_line(req, task);
    }
    other->summary = summary_of(req->arena, role->to.label, n, late);
    ret->n += n > 0;
    return true;
}

static bool look_at_others(Req *req, const GArray *mine, OtherRoles *ret, GError **error)
{
    OwnRoleList roles;

    if (!tilgang_roles_beside(req, "/hjem", &roles, error))
        return false;
    *ret = (OtherRoles){ arena_alloc(req->arena, MAX(roles.n, 1) * sizeof(OtherRole)), 0 };
    for (size_t i = 0; i < roles.n; i++)
        if (!look_as(req, &roles.v[i], mine, ret, error))
            return false;
    return true;
}

bool hjem_fill_tasks(Req *req, HomeView *view, GError **error)
{
    g_autoptr(GArray) tasks = g_array_new(FALSE, FALSE, sizeof(Task));

    if (!collect(req, tasks, error))
        return false;
    group(req, tasks, &view->tasks);
    return look_at_others(req, tasks, &view->others, error);
}
