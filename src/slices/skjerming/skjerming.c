/* skjerming.c - the gate: primary thresholds first, then what must hide with them.
 *
 * Rules are rows with dates. The release works on copies, in three passes over the whole table:
 * source, primary, distributions. A stronger secondary suppression takes the place of the last pass.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include "moenster.h"
#include "skjerming.sql.h"
#include "skjerming.html.h"

struct RawTable {
    int64_t owner;
    GArray *cells; /* RawCell */
    GStringChunk *text;
};

RawTable *skjerming_table_new(int64_t owner)
{
    RawTable *table = g_new0(RawTable, 1);

    table->owner = owner;
    table->cells = g_array_new(FALSE, FALSE, sizeof(RawCell));
    table->text = g_string_chunk_new(1024);
    return table;
}

void skjerming_table_free(RawTable *table)
{
    if (!table)
        return;
    g_array_unref(table->cells);
    g_string_chunk_free(table->text);
    g_free(table);
}

void skjerming_add(RawTable *table, const RawCell *cell)
{
    RawCell copy = *cell;

    copy.unit = g_string_chunk_insert(table->text, cell->unit);
    copy.indicator = g_string_chunk_insert(table->text, cell->indicator);
    copy.period = g_string_chunk_insert(table->text, cell->period);
    copy.rule = g_string_chunk_insert(table->text, cell->rule);
    copy.quality = cell->quality ? g_string_chunk_insert(table->text, cell->quality) : NULL;
    copy.family = cell->family ? g_string_chunk_insert_const(table->text, cell->family) : NULL;
    g_array_append_val(table->cells, copy);
}

const char *skjerming_audience_code(Audience audience)
{
    return audience == AUDIENCE_PUBLIC ? "offentlig" : "intern";
}

/* --- the passes --- */

bool skjerming_rule_set(Db *db, Arena *arena, const char *today, Audience audience, RuleSet *ret,
                        GError **error)
{
    g_auto(SkjermingRulesRows) rows = { 0 };

    if (!skjerming_rules(db, today, &rows, error))
        return false;
    *ret = (RuleSet){ arena_alloc(arena, MAX(rows.n, 1) * sizeof(Rule)), 0 };
    for (size_t i = 0; i < rows.n; i++)
        if (!strcmp(rows.v[i].audience, skjerming_audience_code(audience)))
            ret->v[ret->n++] = (Rule){ arena_dup(arena, rows.v[i].kind), rows.v[i].min_n,
                                       rows.v[i].hide_low, rows.v[i].hide_high };
    return true;
}

const Rule *skjerming_rule_for(const RuleSet *rules, const char *kind)
{
    for (size_t i = 0; i < rules->n; i++)
        if (!strcmp(rules->v[i].kind, kind))
            return &rules->v[i];
    return NULL;
}

static void hide(Cell *cell, HiddenBy by, const char *rule)
{
    *cell = (Cell){ .status = VALUE_MASKED,
                    .value = NAN,
                    .uncertainty = NAN,
                    .n = NO_INT,
                    .preliminary = cell->preliminary,
                    .hidden = by,
                    .rule = rule };
}

static bool between(double count, const Rule *rule)
{
    return rule->hide_high > 0 && count > (double)rule->hide_low - 0.5 &&
           count < (double)rule->hide_high + 0.5;
}

static bool share_tells(const RawCell *raw, const Rule *rule)
{
    double count;

    if (rule->hide_high == 0)
        return false;
    if (raw->n == NO_INT)
        return true;
    count = round(raw->value * (double)raw->n / 100);
    return between(count, rule) || between((double)raw->n - count, rule);
}

const char *skjerming_primary(Arena *arena, const RawCell *raw, const Rule *rule)
{
    bool counted = raw->measure == MEASURE_COUNT;

    if (raw->status != VALUE_OK && raw->status != VALUE_QUALITATIVE)
        return NULL;
    if (raw->status == VALUE_QUALITATIVE && isnan(raw->value) && raw->n == NO_INT)
        return NULL; /* words about a unit, no number behind them */
    if (rule->min_n > 0 && (raw->n == NO_INT || raw->n < rule->min_n))
        return arena_printf(arena, "%s: n < %" G_GINT64_FORMAT, rule->kind, rule->min_n);
    if (counted && between(raw->value, rule))
        return arena_printf(arena, "%s: %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, rule->kind,
                            rule->hide_low, rule->hide_high);
    if (counted && raw->group > 0 && rule->hide_high > 0 && raw->n != NO_INT && raw->n > 0 &&
        raw->value >= (double)raw->n)
        return arena_printf(arena, "%s: 100 %%", rule->kind);
    if (raw->measure == MEASURE_SHARE && share_tells(raw, rule))
        return arena_printf(arena, "%s: %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, rule->kind,
                            rule->hide_low, rule->hide_high);
    return NULL;
}

static bool group_equal(const RawCell *a, const RawCell *b)
{
    return a->group == b->group && !strcmp(a->unit, b->unit) && !strcmp(a->period, b->period);
}

/* Where no pattern answers for it, a distribution with a hidden cell hides wholly: the rest would give
 * it away. */
static void hide_groups(Arena *arena, const RawTable *table, const bool answered[],
                        Released *released)
{
    const RawCell *raw = (const RawCell *)(const void *)table->cells->data;

    for (size_t i = 0; i < released->n; i++) {
        if (raw[i].group == 0 || released->v[i].hidden == HIDDEN_NOT ||
            released->v[i].hidden == HIDDEN_SECONDARY)
            continue;
        for (size_t k = 0; k < released->n; k++)
            if (k != i && !answered[k] && released->v[k].hidden == HIDDEN_NOT &&
                group_equal(&raw[i], &raw[k]) &&
                (released->v[k].status == VALUE_OK || released->v[k].status == VALUE_QUALITATIVE))
                hide(&released->v[k], HIDDEN_SECONDARY,
                     arena_printf(arena, "%s: fordeling", raw[k].rule));
    }
}

bool skjerming_version(Db *db, Arena *arena, const char *today, const char **ret, GError **error)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_auto(SkjermingRulesRows) rules = { 0 };

    if (!skjerming_rules(db, today, &rules, error))
        return false;
    for (size_t i = 0; i < rules.n; i++) {
        const SkjermingRulesRow *r = &rules.v[i];
        g_autofree char *line = g_strdup_printf(
            "%s|%s|%s|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "\n", r->kind,
            r->audience, r->valid_from, r->min_n, r->hide_low, r->hide_high);

        g_checksum_update(sum, (const guchar *)line, -1);
    }
    *ret = arena_ndup(arena, g_checksum_get_string(sum), 12);
    return true;
}

/* Only what is hidden is named for the log. */
static void name_cells(Arena *arena, const RawTable *table, Released *released)
{
    size_t n = released->n;
    const char **names = arena_alloc(arena, MAX(n, 1) * sizeof(char *));
    ReleasedKey *keys = arena_alloc(arena, MAX(n, 1) * sizeof(ReleasedKey));

    for (size_t i = 0; i < n; i++) {
        const RawCell *raw = &g_array_index(table->cells, RawCell, i);

        if (released->v[i].hidden != HIDDEN_NOT)
            names[i] = arena_printf(arena, "%s %s %s", raw->unit, raw->indicator, raw->period);
        if (raw->enhet && raw->family)
            keys[i] = (ReleasedKey){ raw->enhet, arena_dup(arena, raw->indicator),
                                     arena_dup(arena, raw->period), arena_dup(arena, raw->family) };
    }
    released->names = names;
    released->keys = keys;
}

/* Whether a number about few people stands behind the cell, which a pattern must answer for. */
static bool needs_pattern(const RawCell *raw, const Rule *rule, Audience audience)
{
    bool number = raw->status == VALUE_OK ||
                  (raw->status == VALUE_QUALITATIVE && !(isnan(raw->value) && raw->n == NO_INT));

    return audience == AUDIENCE_PUBLIC && raw->enhet && raw->family && number &&
           (rule->min_n > 0 || rule->hide_high > 0);
}

/* The owner's own values: what the pattern of their system says, or nothing at all. */
static bool hide_by_pattern(Db *db, Arena *arena, const RawTable *table, const bool needs[],
                            const char *today, Released *released, GError **error)
{
    g_autoptr(PatternUse) use = NULL;
    const char *rules;
    bool any = false;

    for (size_t i = 0; i < released->n; i++)
        any = any || needs[i];
    if (!any)
        return true;
    if (!skjerming_version(db, arena, today, &rules, error) ||
        !skjerming_patterns(db, table->owner, table->cells, needs, rules, &use, error))
        return false;
    for (size_t i = 0; i < released->n; i++) {
        const RawCell *raw = &g_array_index(table->cells, RawCell, i);
        PatternSays says = needs[i] ? skjerming_pattern_of(use, raw) : PATTERN_SHOWS;

        if (says == PATTERN_SHOWS || released->v[i].hidden != HIDDEN_NOT)
            continue;
        hide(&released->v[i], HIDDEN_SECONDARY,
             arena_printf(arena, says == PATTERN_HIDES ? "%s: mønster" : "%s: lukket", raw->rule));
        released->v[i].closed = says == PATTERN_CLOSED;
    }
    return true;
}

/* What each cell is by itself: the source's word, then the thresholds. */
static bool judge_cell(Arena *arena, const RawCell *raw, const Rule *rule, Audience audience,
                       Cell *ret)
{
    const char *why;

    *ret = (Cell){ .status = raw->status,
                   .value = raw->value,
                   .uncertainty = raw->uncertainty,
                   .n = raw->n_masked ? NO_INT : raw->n,
                   .preliminary = raw->preliminary,
                   .computed = raw->computed,
                   .quality = arena_dup(arena, raw->quality) };
    if (raw->status == VALUE_MASKED || (raw->source_masked && audience == AUDIENCE_PUBLIC))
        hide(ret, HIDDEN_SOURCE, "kilden");
    else if ((why = skjerming_primary(arena, raw, rule)))
        hide(ret, HIDDEN_PRIMARY, why);
    return needs_pattern(raw, rule, audience);
}

bool skjerming_release(Db *db, Arena *arena, Audience audience, const RawTable *table,
                       const char *today, Released *ret, GError **error)
{
    RuleSet rules;
    const Rule *rule = NULL; /* cells of one indicator stand together */
    size_t n = table->cells->len;
    g_autofree bool *needs = g_new0(bool, n + 1);

    if (!skjerming_rule_set(db, arena, today, audience, &rules, error))
        return false;
    *ret = (Released){ .v = arena_alloc(arena, MAX(n, 1) * sizeof(Cell)), .n = n };
    for (size_t i = 0; i < n; i++) {
        const RawCell *raw = &g_array_index(table->cells, RawCell, i);

        if (!rule || strcmp(rule->kind, raw->rule))
            rule = skjerming_rule_for(&rules, raw->rule);
        if (!rule)
            return app_fail(error, APP_ERROR_INVALID, "no disclosure rule \"%s\" in force",
                            raw->rule);
        needs[i] = judge_cell(arena, raw, rule, audience, &ret->v[i]);
    }
    if (!hide_by_pattern(db, arena, table, needs, today, ret, error))
        return false;
    hide_groups(arena, table, needs, ret);
    name_cells(arena, table, ret);
    return true;
}

bool skjerming_log(Db *db, int64_t owner, int64_t release, Audience audience,
                   const Released *released, int64_t now, GError **error)
{
    static const char *const reasons[] = {
        [HIDDEN_SOURCE] = "kilde", [HIDDEN_PRIMARY] = "primaer", [HIDDEN_SECONDARY] = "sekundaer"
    };

    for (size_t i = 0; i < released->n; i++) {
        const Cell *c = &released->v[i];
        const SkjermingLogInsertArgs args = {
            .owner = owner,
            .id = id_new(),
            .release = release,
            .audience = skjerming_audience_code(audience),
            .cell = released->names[i],
            .rule = c->rule,
            .reason = reasons[c->hidden],
            .made_at = now,
        };

        if (c->hidden != HIDDEN_NOT && !skjerming_log_insert(db, &args, error))
            return false;
    }
    return audience != AUDIENCE_PUBLIC || skjerming_prove(db, owner, release, released, error);
}

const char *skjerming_why(const Cell *cell)
{
    if (cell->closed)
        return _(
            "Hidden because it has not been proved that the figures it hangs together with can "
            "be shown without giving a small group away.");
    switch (cell->hidden) {
    case HIDDEN_SOURCE:
        return _("The source hides this figure because the group is small.");
    case HIDDEN_PRIMARY:
        return _("Hidden here because the group is so small that people could be recognised.");
    case HIDDEN_SECONDARY:
        return _("Hidden because it would give away a hidden figure beside it.");
    case HIDDEN_NOT:
        break;
    }
    return NULL;
}

const char *skjerming_legend(void)
{
    return _("The figure is suppressed because the group is so small that individuals could be "
             "recognised.");
}

/* --- the rules as a page --- */

static const struct {
    const char *kind, *name;
} kinds[] = {
    { "apen", N_("Figures that tell nothing about individuals") },
    { "eu_indeks", N_("Pupil survey, index") },
    { "eu_mobbing", N_("Pupil survey, share bullied") },
    { "eu_publisert", N_("Pupil survey, as Udir has published it") },
    { "gsi_andel", N_("Register of schools, shares") },
    { "gsi_antall", N_("Register of schools, counts") },
    { "karakter", N_("Grades and transition") },
    { "np_niva", N_("National tests, mastery levels") },
    { "np_snitt", N_("National tests, mean") },
    { "sykefravar", N_("Sickness absence of a unit") },
    { "ti_faktor", N_("10-FAKTOR") },
    { "undersokelse", N_("Surveys of parents, teachers and staff") },
};

static const char *kind_name(const char *kind)
{
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (!strcmp(kinds[i].kind, kind))
            return _(kinds[i].name);
    return kind;
}

/* The grounds that come with the program; a municipality's own stands as it was written. */
static const char *const grounds[] = {
    N_("Udir shows no group under 10, and Statistics Norway hides municipalities under 10"),
    N_("The owner’s own figures, under the duty of confidentiality"),
    N_("Counts of 1–5 and groups under 10 are hidden"),
    N_("Groups under 10 are hidden"),
    N_("GSI: counts of 1–5 are hidden; 0, and 6 or more, are shown"),
    N_("A threshold of our own for the public"),
    N_("At least five answers"),
    N_("Udir hides small groups itself before the figures are published"),
    N_("Hidden when 1–4 are bullied, or 1–4 are not"),
    N_("KS (the municipalities’ association): at least three answers"),
    N_("At least ten employees in public"),
    N_("At least five employees for the leader"),
    N_("A share that comes to 1–5 pupils is hidden"),
    N_("Not personal data"),
};

static const char *reason_text(Arena *arena, const char *reason)
{
    for (size_t i = 0; i < G_N_ELEMENTS(grounds); i++)
        if (!strcmp(grounds[i], reason))
            return _(grounds[i]);
    return arena_dup(arena, reason);
}

static const char *hidden_counts(Req *req, const SkjermingRulesRow *r)
{
    if (r->hide_high == 0)
        return "–";
    return arena_printf(req->arena, "%" G_GINT64_FORMAT "–%" G_GINT64_FORMAT, r->hide_low,
                        r->hide_high);
}

static bool show_rules(Req *req, GError **error)
{
    g_auto(SkjermingRulesRows) rules = { 0 };
    RuleLines lines;

    if (!skjerming_rules(req->db, req->today, &rules, error))
        return false;
    lines = (RuleLines){ arena_alloc(req->arena, MAX(rules.n, 1) * sizeof(RuleLine)), rules.n };
    for (size_t i = 0; i < rules.n; i++) {
        const SkjermingRulesRow *r = &rules.v[i];

        lines.v[i] = (RuleLine){
            kind_name(r->kind),
            strcmp(r->audience, "intern") ? _("the public") : _("the owner"),
            r->min_n ? arena_printf(req->arena, "%" G_GINT64_FORMAT, r->min_n) : "–",
            hidden_counts(req, r),
            reason_text(req->arena, r->source),
        };
    }
    skjerming_regler(req_page(req, 200, _("Protection of small groups")), &lines);
    req_cacheable(req);
    return true;
}

static const Route routes[] = { { "GET", "/skjerming", PERM_PUBLIC, show_rules }, { 0 } };

const Slice skjerming_slice = { "skjerming", routes, .seal_check = skjerming_seal_check };
