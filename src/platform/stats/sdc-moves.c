/* sdc-moves.c - moves in crossed dimensions, found without a linear program.
 *
 * In one dimension the smallest changes are one leaf up (its groups and the total with it) and one
 * leaf up with another down. One of these in each dimension, multiplied, is a move: a box of cells
 * with signs, as in the hypercube method of Repsilber 1994, but that corners may be totals, so that
 * a box can be as small as the margins allow. For each protected cell the cheapest box is looked for
 * dimension by dimension, and given up as soon as it costs more than the best one so far; what an
 * earlier box hides costs nothing. Then each cell chooses again, given what the others chose.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sdc-shape.h"

#define BOX 1024 /* corners at most */
#define NODES 20000
#define ROUNDS 4
#define NARROW 1000 /* cells: more than this, and no more than WIDE, is middling */
#define WIDE 4000

typedef struct {
    size_t place;
    double sign;
} Corner;

typedef struct {
    SdcWork *w;
    SdcShape *shape;
    unsigned *use;   /* of each cell: boxes through it */
    unsigned cell;   /* looked for */
    unsigned *order; /* of the axes */
    Corner **level;  /* corners after each axis */
    double best_cost;
    Corner *best;
    unsigned n_best, nodes;
    double *change; /* of each cell, zeros between looks */
} Search;

static void add_turn(const SdcAxis *axis, unsigned c, unsigned up, unsigned down, GArray *turns)
{
    GArray *coordinate = g_array_new(FALSE, FALSE, sizeof(unsigned));
    GArray *sign = g_array_new(FALSE, FALSE, 1);
    signed char *change = g_new0(signed char, axis->n_coordinates);
    SdcTurn turn;

    for (int side = 1; side >= -1; side -= 2) {
        unsigned leaf = side > 0 ? up : down;

        if (leaf == G_MAXUINT)
            continue;
        change[leaf] = (signed char)(change[leaf] + side);
        change[axis->n_coordinates - 1] = (signed char)(change[axis->n_coordinates - 1] + side);
        for (unsigned h = 0; h < axis->n_hierarchies; h++) {
            unsigned group = axis->n_leaves + axis->group[h * axis->n_leaves + leaf];

            change[group] = (signed char)(change[group] + side);
        }
    }
    g_array_append_val(coordinate, c);
    g_array_append_val(sign, change[c]);
    for (unsigned i = 0; i < axis->n_coordinates; i++)
        if (change[i] && i != c) {
            g_array_append_val(coordinate, i);
            g_array_append_val(sign, change[i]);
        }
    turn.n = coordinate->len;
    turn.coordinate = (unsigned *)(void *)g_array_free(coordinate, FALSE);
    turn.sign = (signed char *)g_array_free(sign, FALSE);
    g_free(change);
    g_array_append_val(turns, turn);
}

static bool holds(const SdcAxis *axis, unsigned c, unsigned leaf)
{
    if (c == leaf || c + 1 == axis->n_coordinates)
        return true;
    for (unsigned h = 0; c >= axis->n_leaves && h < axis->n_hierarchies; h++)
        if (axis->n_leaves + axis->group[h * axis->n_leaves + leaf] == c)
            return true;
    return false;
}

/* All turns that move coordinate c up by one. */
static const GArray *turns_of(SdcAxis *axis, unsigned c)
{
    if (axis->turns[c])
        return axis->turns[c];
    axis->turns[c] = g_array_new(FALSE, FALSE, sizeof(SdcTurn));
    for (unsigned up = 0; up < axis->n_leaves; up++) {
        if (!holds(axis, c, up))
            continue;
        add_turn(axis, c, up, G_MAXUINT, axis->turns[c]);
        for (unsigned down = 0; down < axis->n_leaves; down++)
            if (!holds(axis, c, down))
                add_turn(axis, c, up, down, axis->turns[c]);
    }
    return axis->turns[c];
}

static unsigned coordinate_of(const Search *s, unsigned axis)
{
    const SdcAxis *a = &s->shape->axis[axis];

    return (unsigned)(s->shape->place[s->cell] / a->stride % a->n_coordinates);
}

typedef struct {
    double cost, forth, back;
} Sum;

/* One more corner; false when it spoils the box. */
static bool count_corner(const Search *s, const Corner *corner, Sum *sum)
{
    unsigned number = s->shape->cell[corner->place];
    const SdcCell *cell;
    double down, up;

    if (number == SDC_NO_CELL)
        return true;
    cell = &s->w->cell[number];
    if (cell->use == SDC_OUT) {
        sdc_room(s->w, number, &down, &up);
    } else {
        down = cell->value - cell->lower;
        up = cell->upper - cell->value;
        if (cell->use == SDC_OPEN && s->use[number] == 0)
            sum->cost += cell->cost;
    }
    sum->forth = MIN(sum->forth, corner->sign > 0 ? up : down);
    sum->back = MIN(sum->back, corner->sign > 0 ? down : up);
    return sum->cost < s->best_cost;
}

/* Do the steps forth and back make the cell safe? In tables of middling size one step either way
 * will do for a start: the repair widens it for less than a wider box costs. */
static bool far_enough(const Search *s, const Sum *sum)
{
    const SdcCell *cell = &s->w->cell[s->cell];
    double forth = cell->whole ? floor(sum->forth) : sum->forth;
    double back = cell->whole ? floor(sum->back) : sum->back;

    if (cell->whole && s->w->n > NARROW && s->w->n <= WIDE)
        return forth >= 1 && (back >= 1 || cell->value <= cell->lower);
    return forth + back >= cell->interval && forth > 0 &&
           (back > 0 || cell->value <= cell->lower) &&
           (!cell->whole || forth + back + 1 >= sdc_whole_need(cell));
}

static void set_changes(Search *s, const Corner *box, unsigned n, bool on)
{
    for (unsigned i = 0; i < n; i++)
        if (s->shape->cell[box[i].place] != SDC_NO_CELL)
            s->change[s->shape->cell[box[i].place]] = on ? box[i].sign : 0;
}

/* Do the caller's own equations hold without any cell of his changing? */
static bool leaves_others(Search *s, const Corner *box, unsigned n)
{
    const SdcProblem *problem = s->w->problem;
    const SdcTerm *term = (const SdcTerm *)(void *)problem->terms->data;
    const unsigned *first = (const unsigned *)(void *)problem->rows->data;
    bool good = true;

    if (s->shape->n_rows + 1 == problem->rows->len)
        return true;
    set_changes(s, box, n, true);
    for (unsigned r = s->shape->n_rows; good && r + 1 < problem->rows->len; r++) {
        double sum = 0;

        for (unsigned t = first[r]; t < first[r + 1]; t++)
            sum += term[t].coef * s->change[term[t].cell];
        good = fabs(sum) < SDC_TINY;
    }
    set_changes(s, box, n, false);
    return good;
}

static void look(Search *s, unsigned level, unsigned n, const Sum *so_far)
{
    SdcAxis *axis;
    const GArray *turns;
    unsigned c;

    if (level == s->shape->n_axes) {
        if (!leaves_others(s, s->level[level], n))
            return;
        s->best_cost = so_far->cost;
        s->n_best = n;
        memcpy(s->best, s->level[level], n * sizeof *s->best);
        return;
    }
    axis = &s->shape->axis[s->order[level]];
    c = coordinate_of(s, s->order[level]);
    turns = turns_of(axis, c);
    for (unsigned t = 0; t < turns->len && s->nodes > 0; t++) {
        const SdcTurn *turn = &g_array_index(turns, SdcTurn, t);
        Corner *next = s->level[level + 1];
        Sum sum = *so_far;
        unsigned m = n;
        bool good = n * turn->n <= BOX;

        s->nodes--;
        if (good)
            memcpy(next, s->level[level], n * sizeof *next);
        for (unsigned j = 1; good && j < turn->n; j++)
            for (unsigned i = 0; good && i < n; i++, m++) {
                next[m].place =
                    next[i].place + turn->coordinate[j] * axis->stride - c * axis->stride;
                next[m].sign = next[i].sign * turn->sign[j];
                good = count_corner(s, &next[m], &sum);
            }
        if (good && far_enough(s, &sum))
            look(s, level + 1, m, &sum);
    }
}

/* Axes with few turns first: their corners stand in every box and tell the cost early. */
static void order_axes(Search *s)
{
    unsigned n = s->shape->n_axes;

    for (unsigned a = 0; a < n; a++) {
        unsigned turns = turns_of(&s->shape->axis[a], coordinate_of(s, a))->len, at = a;

        for (; at > 0; at--) {
            unsigned before = s->order[at - 1];

            if (turns_of(&s->shape->axis[before], coordinate_of(s, before))->len <= turns)
                break;
            s->order[at] = before;
        }
        s->order[at] = a;
    }
}

static void find_box(Search *s, unsigned cell)
{
    Sum sum = { 0, INFINITY, INFINITY };

    s->cell = cell;
    s->best_cost = INFINITY;
    s->n_best = 0;
    s->nodes = NODES;
    order_axes(s);
    s->level[0][0] = (Corner){ s->shape->place[cell], 1 };
    count_corner(s, &s->level[0][0], &sum);
    if (far_enough(s, &sum))
        look(s, 0, 1, &sum);
    s->w->work += (NODES - s->nodes) / 64 + 1;
}

typedef struct {
    unsigned cell;
    Corner *box;
    unsigned n;
} Chosen;

static void count_use(Search *s, const Chosen *chosen, bool more)
{
    for (unsigned i = 0; i < chosen->n; i++) {
        unsigned cell = s->shape->cell[chosen->box[i].place];

        if (cell != SDC_NO_CELL)
            s->use[cell] += more ? 1 : G_MAXUINT;
    }
}

static bool choose(Search *s, Chosen *chosen)
{
    count_use(s, chosen, false);
    find_box(s, chosen->cell);
    if (s->n_best) {
        bool same =
            chosen->n == s->n_best && !memcmp(chosen->box, s->best, s->n_best * sizeof *s->best);

        g_free(chosen->box);
        chosen->box = g_memdup2(s->best, s->n_best * sizeof *s->best);
        chosen->n = s->n_best;
        count_use(s, chosen, true);
        return !same;
    }
    count_use(s, chosen, true);
    return false;
}

static gint smallest_first(gconstpointer a, gconstpointer b, gpointer data)
{
    const SdcWork *w = data;
    const Chosen *x = a, *y = b;

    if (w->cell[x->cell].value != w->cell[y->cell].value)
        return w->cell[x->cell].value < w->cell[y->cell].value ? -1 : 1;
    return x->cell < y->cell ? -1 : x->cell > y->cell;
}

static void keep(Search *s, const Chosen *chosen)
{
    g_autofree SdcTerm *step = g_new(SdcTerm, chosen->n + 1);
    unsigned n = 0;

    for (unsigned i = 0; i < chosen->n; i++) {
        unsigned cell = s->shape->cell[chosen->box[i].place];

        if (cell == SDC_NO_CELL)
            continue;
        step[n++] = (SdcTerm){ cell, chosen->box[i].sign };
        if (s->w->cell[cell].use == SDC_OPEN)
            sdc_hide(s->w, cell, true);
    }
    sdc_move_add(s->w, step, n);
}

static void search_init(Search *s, SdcWork *w)
{
    *s = (Search){ .w = w, .shape = w->problem->shape };
    s->use = g_new0(unsigned, w->n + 1);
    s->change = g_new0(double, w->n + 1);
    s->order = g_new0(unsigned, s->shape->n_axes);
    s->level = g_new0(Corner *, s->shape->n_axes + 1);
    for (unsigned a = 0; a <= s->shape->n_axes; a++)
        s->level[a] = g_new0(Corner, BOX);
    s->best = g_new0(Corner, BOX);
}

static void search_clear(Search *s)
{
    for (unsigned a = 0; a <= s->shape->n_axes; a++)
        g_free(s->level[a]);
    g_free(s->level);
    g_free(s->use);
    g_free(s->change);
    g_free(s->order);
    g_free(s->best);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Search, search_clear)

void sdc_shape_moves(SdcWork *w)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Chosen));
    g_auto(Search) s;
    bool changed = true;

    search_init(&s, w);
    for (unsigned i = 0; i < s.shape->n_cells; i++)
        if (w->cell[i].interval > 0 && w->cell[i].use == SDC_OPEN) {
            Chosen chosen = { .cell = i };

            s.use[i] = 1;
            g_array_append_val(all, chosen);
        }
    g_array_sort_with_data(all, smallest_first, w);
    for (unsigned round = 0; changed && round < ROUNDS; round++) {
        changed = false;
        for (unsigned i = 0; i < all->len; i++)
            changed |= choose(&s, &g_array_index(all, Chosen, i));
    }
    for (unsigned i = 0; i < all->len; i++) {
        keep(&s, &g_array_index(all, Chosen, i));
        g_free(g_array_index(all, Chosen, i).box);
    }
}
