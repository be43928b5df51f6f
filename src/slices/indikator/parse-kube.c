/* parse-kube.c - JSON-stat and PX: any table is read and counted, and what kube.def knows becomes values.
 *
 * A cube is kept only where its contents answer to an indicator, and where region, year and contents are
 * all that varies: a table that is also parted by age or sex says something else.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "cube.h"
#include <math.h>
#include "parse-cell.h"
#include "parse-job.h"

typedef struct {
    const char *table, *contents, *indicator;
} Mapping;

#define KUBE(table, contents, indicator) { table, contents, indicator },
static const Mapping mappings[] = {
#include "kube.def"
};
#undef KUBE

typedef struct {
    ParseJob *job;
    const Cube *cube;
    char table[32];
    size_t region, time, metric; /* dimensions */
} Reading;

/* PX says its number; JSON-stat from Statistics Norway begins its label with it: "12134: Utvalgte ...". */
static void note_table(Reading *r)
{
    const char *label = r->cube->label ? r->cube->label : "";
    size_t digits = strspn(label, "0123456789");

    if (r->cube->table)
        g_strlcpy(r->table, r->cube->table, sizeof r->table);
    else if (digits > 0 && digits < sizeof r->table && label[digits] == ':')
        g_strlcpy(r->table, label, digits + 1);
}

static size_t with_role(const Cube *cube, CubeRole role, const char *code)
{
    for (size_t i = 0; i < cube->n_dimensions; i++)
        if (cube->dimension[i].role == role)
            return i;
    return cube_dimension(cube, code);
}

static const Mapping *find_mapping(const Reading *r, const char *contents)
{
    for (size_t i = 0; i < G_N_ELEMENTS(mappings); i++)
        if (!strcmp(mappings[i].table, r->table) && !strcmp(mappings[i].contents, contents))
            return &mappings[i];
    return NULL;
}

/* Does anything of the table answer to an indicator? */
static bool is_mapped(Reading *r)
{
    const Cube *cube = r->cube;

    note_table(r);
    r->region = with_role(cube, CUBE_ROLE_GEO, "Region");
    r->time = with_role(cube, CUBE_ROLE_TIME, "Tid");
    r->metric = with_role(cube, CUBE_ROLE_METRIC, "ContentsCode");
    if (r->region == SIZE_MAX || r->time == SIZE_MAX || r->metric == SIZE_MAX)
        return false;
    for (size_t i = 0; i < cube->n_dimensions; i++)
        if (i != r->region && i != r->time && i != r->metric && cube->dimension[i].n != 1)
            return false;
    for (size_t i = 0; i < cube->dimension[r->metric].n; i++)
        if (find_mapping(r, cube->dimension[r->metric].v[i].code))
            return true;
    return false;
}

/* "1579" municipality, "15" county, "0" and "EAK" the nation; groups of municipalities are none. */
static bool unit_of(const CubeCategory *region, ParsedUnit *ret, char county[3])
{
    size_t digits = strspn(region->code, "0123456789");
    bool number = region->code[digits] == '\0';

    *ret = (ParsedUnit){ .code = region->code, .name = region->label, .line = 1 };
    if (!strcmp(region->code, "0") || !strcmp(region->code, "EAK")) {
        ret->level = PARSED_NATION;
        ret->code = "0";
    } else if (number && digits == 2) {
        ret->level = PARSED_COUNTY;
    } else if (number && digits == 4) {
        ret->level = PARSED_MUNICIPALITY;
        g_strlcpy(county, region->code, 3);
        ret->county = county;
    } else {
        return false;
    }
    return true;
}

static bool fill_value(const CubeCell *cell, ParsedValue *v)
{
    const char *status = cell->status ? cell->status : "";

    if (cell->text)
        return false;
    v->has_value = isfinite(cell->value);
    v->value = v->has_value ? cell->value : 0;
    v->status = v->has_value ? VALUE_OK : strcmp(status, ":") ? VALUE_MISSING : VALUE_MASKED;
    return true;
}

static void read_cell(Reading *r, size_t *at)
{
    const CubeDimension *dim = r->cube->dimension;
    const CubeCategory *region = &dim[r->region].v[at[r->region]];
    const char *year = dim[r->time].v[at[r->time]].code;
    const Mapping *mapping = find_mapping(r, dim[r->metric].v[at[r->metric]].code);
    const CubeCell *cell = &r->cube->cell[cube_at(r->cube, at)];
    char county[3], period[PERIOD_TEXT], number[G_ASCII_DTOSTR_BUF_SIZE];
    ParsedValue v = { .grade = "", .sex = "alle", .owner = "alle", .line = 1 };
    ParsedUnit unit;
    bool is_new;

    if (mapping == NULL) {
        indikator_parse_skip(r->job, dim[r->metric].v[at[r->metric]].label, 1);
    } else if (!unit_of(region, &unit, county)) {
        indikator_parse_skip(r->job, region->label, 1);
    } else if (strlen(year) != 4 ||
               indikator_parse_period(year, mapping->indicator, period) != PERIOD_OK) {
        indikator_parse_skip(r->job, year, 1);
    } else if (fill_value(cell, &v)) {
        v.unit = indikator_parse_unit(r->job, &unit, &is_new);
        v.indicator = mapping->indicator;
        v.period = indikator_parse_keep(r->job, period);
        v.original = indikator_parse_keep(
            r->job, cell->status && !v.has_value
                        ? cell->status
                        : (v.has_value ? g_ascii_dtostr(number, sizeof number, v.value) : ""));
        v.source = r->cube->source ? indikator_parse_keep(r->job, r->cube->source) : NULL;
        g_array_append_val(r->job->values, v);
    }
}

/* Each cell of region, time and contents; the other dimensions have one category. */
static void read_mapped(Reading *r)
{
    const CubeDimension *dim = r->cube->dimension;
    size_t at[CUBE_MAX_DIMENSIONS] = { 0 };

    for (size_t i = 0; i < dim[r->region].n; i++)
        for (size_t t = 0; t < dim[r->time].n; t++)
            for (size_t m = 0; m < dim[r->metric].n; m++) {
                at[r->region] = i;
                at[r->time] = t;
                at[r->metric] = m;
                read_cell(r, at);
            }
}

static void count_cells(ParseJob *job, const Cube *cube)
{
    for (size_t i = 0; i < cube->n_cells; i++) {
        const CubeCell *cell = &cube->cell[i];

        job->file->counts.masked += cell->status && !strcmp(cell->status, ":");
        job->file->counts.zeros += !cell->text && cell->value == 0;
    }
    job->file->counts.rows += cube->n_cells;
    job->file->counts.missing += cube->n_cells - cube->n_values;
}

/* What an indicator answers to; and whether anything did. */
static size_t read_cubes(ParseJob *job, const CubeFile *file)
{
    size_t figures = 0;

    for (size_t i = 0; i < file->n; i++) {
        Reading r = { .job = job, .cube = &file->v[i] };

        count_cells(job, r.cube);
        figures += r.cube->n_values;
        if (is_mapped(&r))
            read_mapped(&r);
    }
    return figures;
}

static void take_problems(ParseJob *job, const CubeFile *file)
{
    for (size_t i = 0; i < file->n_errors; i++) {
        const CubeProblem *p = &file->errors[i];

        indikator_parse_fail(job, (ParsePlace){ p->line, p->column, p->column }, "%s", p->message);
    }
    for (size_t i = 0; i < file->n_warnings; i++) {
        const CubeProblem *p = &file->warnings[i];

        indikator_parse_warn(job, (ParsePlace){ p->line, p->column, p->column }, "%s", p->message);
    }
}

static void read_file(ParseJob *job, const CubeFile *file)
{
    size_t figures;

    take_problems(job, file);
    if (file->n_errors > 0)
        return;
    figures = read_cubes(job, file);
    if (file->n > 0)
        job->file->title = indikator_parse_keep(job, file->v[0].label);
    if (job->values->len > 0)
        return;
    job->file->counts.unmapped = figures;
    indikator_parse_warn(job, (ParsePlace){ 0 },
                         _("None of the table’s contents answers to an indicator: it is read and "
                           "counted, and nothing of it is stored"));
}

void indikator_parse_jsonstat(ParseJob *job)
{
    g_autoptr(Arena) arena = arena_new();
    CubeFile file;

    cube_read_jsonstat(arena, job->text, job->len, &file);
    read_file(job, &file);
}

void indikator_parse_px(ParseJob *job)
{
    g_autoptr(Arena) arena = arena_new();
    CubeFile file;

    cube_read_px(arena, job->spec->bytes, job->spec->len, &file);
    read_file(job, &file);
}
