/* import-json.c - the result of an import as one line of JSON, for other programs.
 *
 * The members of contracts.md, and then: "mapping" of a table whose columns had been explained, and
 * "quality", what was checked. Numbers that may be people's are in none of it: a finding names units.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include <math.h>
#include "i18n.h"
#include "kontroll.h"

static json_t *number(double value)
{
    return isnan(value) ? json_null() : json_real(value);
}

static json_t *findings_of(const Control *c)
{
    json_t *all = json_array();

    for (size_t i = 0; i < c->n; i++) {
        const ControlFinding *f = &c->v[i];

        json_array_append_new(all, json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:I}", "unit",
                                             f->unit, "code", f->unit_code, "indicator",
                                             f->indicator, "other", f->other, "period", f->period,
                                             "expected", number(f->expected), "found",
                                             number(f->found), "line", (json_int_t)f->line));
    }
    return all;
}

static json_t *quality_of(const ControlList *controls)
{
    json_t *all = json_array();

    for (size_t i = 0; controls && i < controls->n; i++) {
        const Control *c = &controls->v[i];

        json_array_append_new(
            all, json_pack("{s:s, s:s, s:I, s:I, s:b, s:o}", "check",
                           indikator_control_code(c->kind), "name", indikator_control_name(c->kind),
                           "checked", (json_int_t)c->checked, "held", (json_int_t)c->held, "leak",
                           (int)indikator_control_is_leak(c->kind), "findings", findings_of(c)));
    }
    return all;
}

static json_t *errors_of(const ImportResult *r)
{
    json_t *errors = json_array();

    for (size_t i = 0; i < r->n_errors; i++)
        json_array_append_new(errors, json_pack("{s:s?, s:I, s:I, s:s}", "file", r->errors[i].file,
                                                "line", (json_int_t)r->errors[i].line, "column",
                                                (json_int_t)r->errors[i].column, "message",
                                                r->errors[i].message));
    return errors;
}

char *indikator_import_json(const ImportResult *r)
{
    json_t *dataset =
        r->dataset ? json_string(id_text(r->dataset, (char[ID_TEXT]){ 0 })) : json_null();
    json_t *all =
        json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:o}", "format",
                  r->format, "rows", (json_int_t)r->rows, "values", (json_int_t)r->values, "masked",
                  (json_int_t)r->masked, "missing", (json_int_t)r->missing, "zeros",
                  (json_int_t)r->zeros, "duplicates", (json_int_t)r->duplicates, "not_tested",
                  (json_int_t)r->not_tested, "units_matched", (json_int_t)r->units_matched,
                  "units_unknown", (json_int_t)r->units_unknown, "dataset", dataset, "errors",
                  errors_of(r), "quality", quality_of(r->controls));
    char *text, *copy;

    if (r->mapped)
        json_object_set_new(all, "mapping", json_string("saved"));
    text = json_dumps(all, JSON_COMPACT | JSON_PRESERVE_ORDER);
    copy = g_strdup(text);
    free(text);
    json_decref(all);
    return copy;
}
