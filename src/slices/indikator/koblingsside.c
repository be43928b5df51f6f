/* koblingsside.c - a table that no parser knows: somebody says what its columns are, and sees what comes.
 *
 * The page opens with a proposal and what it would give; trying again stores nothing. The answer is kept
 * for the table's headers, so that the next file of the kind is read at once, here and on the command line.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "encoding.h"
#include "koblingsside.h"
#include "i18n.h"
#include "kobling.html.h"

#define SHOWN_PROBLEMS 10
#define SHOWN_CELLS 3

typedef struct {
    Req *req;
    Bunke bundle;
    const BunkeFil *file;
    TableSample sample;
    TableMapping mapping;
    IndicatorList catalogue;
    const char *problem; /* why it cannot be saved; NULL */
    ImportResult result; /* of trying it */
    size_t n_units;
} Asking;

static const struct {
    TableRole role;
    const char *label;
} role_names[] = {
    { ROLE_SKIP, N_("Pass over") },
    { ROLE_UNIT, N_("Unit: name or number") },
    { ROLE_PERIOD, N_("Period") },
    { ROLE_YEAR, N_("Year") },
    { ROLE_PART, N_("Quarter or month of the year") },
    { ROLE_INDICATOR, N_("What the row is about (indicator)") },
    { ROLE_VALUE, N_("Value") },
    { ROLE_NUMERATOR, N_("Divided: lost days, a part") },
    { ROLE_DENOMINATOR, N_("Divided by: agreed days, the whole") },
    { ROLE_N, N_("How many people it is about (n)") },
    { ROLE_SEX, N_("Sex") },
    { ROLE_STATUS, N_("Marks of what is hidden") },
};

/* --- drawing --- */

static Choices role_choices(Req *req, TableRole chosen)
{
    Choices c = { arena_alloc(req->arena, G_N_ELEMENTS(role_names) * sizeof(Choice)), 0 };

    for (size_t i = 0; i < G_N_ELEMENTS(role_names); i++)
        c.v[c.n++] = (Choice){ indikator_role_word(role_names[i].role), _(role_names[i].label),
                               role_names[i].role == chosen };
    return c;
}

static Choices dash_choices(Req *req, char chosen)
{
    Choices c = { arena_alloc(req->arena, 3 * sizeof(Choice)), 3 };

    c.v[0] = (Choice){ "m", _("a figure that is hidden"), chosen == 'm' };
    c.v[1] = (Choice){ "t", _("that there is no figure"), chosen == 't' };
    c.v[2] = (Choice){ "0", _("nought"), chosen == '0' };
    return c;
}

/* "Eide barneskole · Haukås skole · …": the first cells of a column, so that it is known by sight. */
static const char *cells_of(const Asking *a, unsigned column)
{
    GString *text = g_string_new(NULL);
    unsigned n = 0;

    for (unsigned r = 0; r < a->sample.n_rows && n < SHOWN_CELLS; r++) {
        const char *cell = a->sample.cell[r * a->sample.n_columns + column];

        if (*cell)
            g_string_append_printf(text, "%s%s", n++ ? " · " : "", cell);
    }
    g_autofree char *all = g_string_free(text, FALSE);

    return *all ? arena_dup(a->req->arena, all) : _("empty");
}

static MapColumns columns_of(const Asking *a)
{
    MapColumns c = { arena_alloc(a->req->arena, MAX(a->sample.n_columns, 1) * sizeof(MapColumn)),
                     0 };

    for (unsigned i = 0; i < a->sample.n_columns; i++) {
        const TableColumn *said = indikator_mapping_column(&a->mapping, a->sample.key[i]);
        bool periods = !strcmp(a->sample.key[i], TABLE_PERIOD_KEY);
        bool again = false;

        for (size_t k = 0; k < c.n; k++)
            again = again || !strcmp(c.v[k].key, a->sample.key[i]);
        if (again)
            continue; /* all columns headed by periods are one question */
        c.v[c.n] = (MapColumn){
            .key = a->sample.key[i],
            .header = periods ? arena_printf(a->req->arena, _("%s and other periods"),
                                             a->sample.header[i])
                      : *a->sample.header[i] ? a->sample.header[i]
                                             : _("(without a header)"),
            .cells = cells_of(a, i),
            .roles = role_choices(a->req, said ? said->role : ROLE_SKIP),
            .indicator = said ? said->indicator : "",
            .id = arena_printf(a->req->arena, "k%zu", c.n),
        };
        c.n++;
    }
    return c;
}

static Choices catalogue_choices(const Asking *a)
{
    Choices c = { arena_alloc(a->req->arena, MAX(a->catalogue.n, 1) * sizeof(Choice)),
                  a->catalogue.n };

    for (size_t i = 0; i < c.n; i++)
        c.v[i] = (Choice){ a->catalogue.v[i].code, a->catalogue.v[i].name, false };
    return c;
}

/* Words of the column of indicators that nobody has said anything of, with what they may be. */
static bool words_of(const Asking *a, MapWords *ret, GError **error)
{
    g_autoptr(GArray) names = NULL;
    Arena *arena = a->req->arena;

    if (!indikator_mapping_names(a->req->db, arena, &names, error))
        return false;
    ret->v = arena_alloc(arena, (TABLE_MAX_WORDS + a->sample.n_words + 1) * sizeof(MapWord));
    for (unsigned i = 0; i < a->mapping.n_words; i++, ret->n++)
        ret->v[ret->n] = (MapWord){ a->mapping.word[i].folded, a->mapping.word[i].indicator,
                                    arena_printf(arena, "o%zu", ret->n) };
    for (unsigned i = 0; i < a->sample.n_words && ret->n < TABLE_MAX_WORDS; i++, ret->n++)
        ret->v[ret->n] =
            (MapWord){ a->sample.word[i], indikator_mapping_match(names, a->sample.word[i]),
                       arena_printf(arena, "o%zu", ret->n) };
    return true;
}

static Notes counts_of(const Asking *a)
{
    Req *req = a->req;
    Notes n = { arena_alloc(req->arena, 6 * sizeof(Note)), 0 };
    const ImportResult *r = &a->result;

    n.v[n.n++] = (Note){ _("Rows"), indikator_number(req, r->rows), NULL };
    n.v[n.n++] = (Note){ _("Values"), indikator_number(req, r->n_errors ? 0 : r->values), NULL };
    n.v[n.n++] = (Note){ _("Masked cells"), indikator_number(req, r->masked), NULL };
    n.v[n.n++] = (Note){ _("Known units"), indikator_number(req, r->units_matched), NULL };
    n.v[n.n++] =
        (Note){ _("Units to be asked about"), indikator_number(req, r->units_unknown), NULL };
    return n;
}

static ProblemLines problems_of(const Asking *a)
{
    const ImportResult *r = &a->result;
    ProblemLines p = { arena_alloc(a->req->arena, MAX(r->n_errors, 1) * sizeof(ProblemLine)), 0 };

    for (size_t i = 0; i < r->n_errors && p.n < SHOWN_PROBLEMS; i++)
        p.v[p.n++] = (ProblemLine){ r->errors[i].line
                                        ? arena_printf(a->req->arena,
                                                       "%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT,
                                                       r->errors[i].line, r->errors[i].column)
                                        : _("the whole file"),
                                    r->errors[i].message };
    return p;
}

static bool draw(Asking *a, int status, GError **error)
{
    Req *req = a->req;
    MapView view = {
        .csrf = req->csrf,
        .filename = a->file->filename,
        .action = url_for(req->arena, "/import/filer/%I/tabell/%I", a->bundle.id, a->file->id),
        .back = url_for(req->arena, "/import/filer/%I", a->bundle.id),
        .columns = columns_of(a),
        .catalogue = catalogue_choices(a),
        .dashes = dash_choices(req, a->mapping.dash),
        .indicator = a->mapping.indicator,
        .period = a->mapping.period,
        .share = a->mapping.share,
        .counts = counts_of(a),
        .problems = problems_of(a),
        .problem = a->problem ? a->problem : "",
    };

    if (!words_of(a, &view.words, error))
        return false;
    view.would = a->result.n_errors == 0
                     ? arena_printf(req->arena,
                                    ngettext("With these answers the file gives %s value.",
                                             "With these answers the file gives %s values.",
                                             a->result.values),
                                    indikator_number(req, a->result.values))
                 : a->result.n_errors == a->result.n_unknown
                     ? _("With these answers the file can be read. Units whose names are not known "
                         "are asked about when they are saved.")
                     : _("With these answers the file cannot be stored yet.");
    indikator_kobling(req_page(req, status, _("What the columns mean")), &view);
    return true;
}

/* --- trying --- */

static bool try_mapping(Asking *a, GError **error)
{
    Req *req = a->req;
    g_autofree char *text = indikator_mapping_write(&a->mapping);
    g_autofree char *name = indikator_mapping_name(a->sample.signature);
    const ColumnMeaning one = { name, text };
    const Previewed file = { a->file->id, a->file->filename, false };
    g_autoptr(ParsedFile) parsed = NULL;
    GBytes *bytes = NULL;
    bool done;

    if (!indikator_bundle_bytes(req->db, a->bundle.owner, a->file->id, &bytes, error))
        return false;
    if (bytes == NULL)
        return app_fail(error, APP_ERROR_NOT_FOUND, "the file is no longer kept");
    const ParseSpec spec = { .name = a->file->filename,
                             .bytes = g_bytes_get_data(bytes, NULL),
                             .len = g_bytes_get_size(bytes),
                             .format = "auto",
                             .columns = &one,
                             .n_columns = 1 };

    done = indikator_parse_safely(&spec, &parsed, error);
    g_bytes_unref(bytes);
    return done && indikator_try_parsed(req, &file, parsed, true, &a->result, error) &&
           (indikator_table_sample(req->arena, parsed, &a->sample) || true);
}

/* --- what was answered --- */

static bool is_code(const Asking *a, const char *text)
{
    for (size_t i = 0; i < a->catalogue.n; i++)
        if (strcmp(a->catalogue.v[i].code, text) == 0)
            return true;
    return false;
}

/* A code of the catalogue or nothing; anything else is told. */
static const char *code_of(Asking *a, const char *text)
{
    g_autofree char *upper = g_ascii_strup(text ? text : "", -1);

    g_strstrip(upper);
    if (*upper == '\0' || !strcmp(upper, "-") || is_code(a, upper))
        return arena_dup(a->req->arena, upper);
    a->problem = arena_printf(a->req->arena,
                              _("The catalogue has no indicator “%s”. Choose one of the list"),
                              form_holds_national_id(upper) ? "…" : upper);
    return "";
}

static const char *posted(Req *req, const char *name)
{
    const char *text = req_posted(req, name);

    return text ? text : "";
}

static void read_columns(Asking *a)
{
    const char *const *key = req_posted_all(a->req, "kolonne");
    const char *const *role = req_posted_all(a->req, "rolle");
    const char *const *code = req_posted_all(a->req, "indikator");

    for (size_t i = 0; key && role && code && key[i] && role[i] && code[i]; i++) {
        TableRole r = indikator_role_of(role[i]);
        bool asked = false;

        for (unsigned k = 0; k < a->sample.n_columns; k++)
            asked = asked || !strcmp(a->sample.key[k], key[i]);
        if (asked && r < N_ROLES && a->mapping.n_columns < TABLE_MAX_COLUMNS &&
            !indikator_mapping_column(&a->mapping, key[i]))
            a->mapping.column[a->mapping.n_columns++] =
                (TableColumn){ key[i], r, code_of(a, code[i]), "" };
    }
}

static void read_words(Asking *a)
{
    const char *const *word = req_posted_all(a->req, "ord");
    const char *const *code = req_posted_all(a->req, "ordkode");

    for (size_t i = 0; word && code && word[i] && code[i] && i < TABLE_MAX_WORDS; i++) {
        const char *chosen = code_of(a, code[i]);
        g_autofree char *folded = indikator_fold(word[i]);

        if (*chosen && *folded && g_utf8_strlen(folded, -1) <= 200 &&
            !form_holds_national_id(folded))
            a->mapping.word[a->mapping.n_words++] =
                (TableWord){ arena_dup(a->req->arena, folded), chosen };
    }
}

static void read_answers(Asking *a)
{
    Req *req = a->req;
    char period[16] = "";
    const char *typed = posted(req, "periode"), *dash = posted(req, "strek");

    a->mapping = (TableMapping){
        .column = arena_alloc(req->arena, TABLE_MAX_COLUMNS * sizeof(TableColumn)),
        .word = arena_alloc(req->arena, TABLE_MAX_WORDS * sizeof(TableWord)),
        .period = "",
        .share = !strcmp(posted(req, "andel"), "1"),
        .dash = !strcmp(dash, "t") || !strcmp(dash, "0") ? *dash : 'm',
    };
    a->mapping.indicator = code_of(a, posted(req, "hele"));
    if (*typed &&
        !indikator_parse_loose_period(
            typed, *a->mapping.indicator ? a->mapping.indicator : "SYK.TOT", period, sizeof period))
        a->problem = _("Write the period as 2012/13, 2012, 2012K1 or 2012-11");
    a->mapping.period = arena_dup(req->arena, period);
    read_columns(a);
    read_words(a);
}

/* --- the routes --- */

static bool load(Asking *a, GError **error)
{
    Req *req = a->req;
    g_autoptr(ParsedFile) parsed = NULL;
    BunkeFiler files;

    if (!req_may_unit(req, PERM_DATASET_IMPORT, 0))
        return app_fail(error, APP_ERROR_FORBIDDEN, "this role may not say what columns mean");
    if (!indikator_bundle_get(req->db, req->arena, req->user->owner, req->user->id,
                              req_id(req, "id"), &a->bundle, &files, error))
        return false;
    for (size_t i = 0; i < files.n; i++)
        if (files.v[i].id == req_id(req, "fil"))
            a->file = &files.v[i];
    if (!a->file || a->bundle.shared)
        return app_fail(error, APP_ERROR_NOT_FOUND, "no such file");
    if (!indikator_bundle_parsed(req->db, a->bundle.owner, a->file->id, &parsed, error) ||
        !indikator_catalogue(req->db, req->arena, i18n_current(), &a->catalogue, error))
        return false;
    return (parsed && indikator_table_sample(req->arena, parsed, &a->sample)) ||
           app_fail(error, APP_ERROR_NOT_FOUND, "the file is no table to be explained");
}

/* What was said before of these headers, or else a proposal. */
static bool load_mapping(Asking *a, GError **error)
{
    Req *req = a->req;
    KoblingList all;

    if (!indikator_mappings(req->db, req->arena, req->user->owner, &all, error))
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (!strcmp(all.v[i].signature, a->sample.signature) &&
            indikator_mapping_read(req->arena, all.v[i].mapping, &a->mapping))
            return true;
    return indikator_mapping_propose(req->db, req->arena, &a->sample, &a->mapping, error);
}

bool indikator_show_table(Req *req, GError **error)
{
    Asking a = { .req = req };

    return load(&a, error) && load_mapping(&a, error) && try_mapping(&a, error) &&
           draw(&a, 200, error);
}

static bool save(Asking *a, GError **error)
{
    Req *req = a->req;
    g_autofree char *text = indikator_mapping_write(&a->mapping);
    g_autofree char *title = utf8_cut(a->file->filename, 200);
    const Kobling what = {
        .signature = a->sample.signature, .title = title, .mapping = text, .saved_at = req->now
    };

    req_note(req, "import.tabell_svart", a->file->id, 0, a->file->filename);
    if (!indikator_mapping_save(req->db, req->user->owner, &what, req->user->id, error) ||
        !indikator_bundle_read(req->db, a->bundle.owner, a->file, error))
        return false;
    return req_redirect_saying(
        req, url_for(req->arena, "/import/filer/%I", a->bundle.id).text,
        _("The answers are saved, and used the next time a file has the same columns."));
}

/* Errors that other answers about units would mend do not stop the saving. */
static bool is_usable(const Asking *a)
{
    return a->result.n_errors == 0 || a->result.n_errors == a->result.n_unknown;
}

bool indikator_answer_table(Req *req, GError **error)
{
    Asking a = { .req = req };
    bool saving = !strcmp(posted(req, "gjor"), "lagre");

    if (!load(&a, error))
        return false;
    read_answers(&a);
    if (!try_mapping(&a, error))
        return false;
    if (saving && !a.problem && is_usable(&a))
        return save(&a, error);
    if (saving && !a.problem)
        a.problem = _("The file cannot be read by these answers yet: see what is wrong below.");
    return draw(&a, saving || a.problem ? 422 : 200, error);
}
