/* px.c - a PX file into a cube.
 *
 * Source: PX-file format specification 2013, Statistics Sweden.
 * SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>
#include "i18n.h"
#include "encoding.h"
#include "px-inside.h"

/* --- characters --- */

/* What CODEPAGE, or else CHARSET, says, in iconv's words; found in the bytes as they are. */
static char *declared(const char *bytes, size_t len)
{
    g_autofree char *head = g_strndup(bytes, MIN(len, 64 * 1024));
    const char *at = strstr(head, "CODEPAGE=\""), *end;

    if (at && (end = strchr(at + 10, '"')) && end - at - 10 < 40)
        return g_strndup(at + 10, (gsize)(end - at - 10));
    if (strstr(head, "CHARSET=\"OEM\""))
        return g_strdup("cp850");
    return g_strdup("windows-1252"); /* "ANSI", and the default */
}

static bool all_ascii(const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (bytes[i] & 0x80)
            return false;
    return true;
}

/* Western Europe without iconv, whose tables are files that the sandbox's child cannot open. ISO-8859-15
 * is ISO-8859-1 with eight other characters. Returns NULL for other sets and for bytes of none. */
static char *from_western(const char *bytes, size_t len, const char *said, gsize *ret_len)
{
    static const char other[][2][4] = { { "¤", "€" }, { "¦", "Š" }, { "¨", "š" }, { "´", "Ž" },
                                        { "¸", "ž" }, { "¼", "Œ" }, { "½", "œ" }, { "¾", "Ÿ" } };
    bool latin1 = g_ascii_strcasecmp(said, "iso-8859-1") == 0;
    bool latin9 = g_ascii_strcasecmp(said, "iso-8859-15") == 0;
    g_autofree char *text = NULL;
    EncodingProblem problem;
    g_autoptr(GString) out = NULL;

    if ((!latin1 && !latin9 && g_ascii_strcasecmp(said, "windows-1252") != 0) ||
        !encoding_to_utf8(bytes, len,
                          latin1 || latin9 ? ENCODING_ISO_8859_1 : ENCODING_WINDOWS_1252, &text,
                          ret_len, &problem))
        return NULL;
    if (!latin9)
        return g_steal_pointer(&text);
    out = g_string_new_len(text, (gssize)*ret_len);
    for (size_t i = 0; i < G_N_ELEMENTS(other); i++)
        g_string_replace(out, other[i][0], other[i][1], 0);
    *ret_len = out->len;
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static char *convert(const char *bytes, size_t len, const char *said, gsize *ret_len)
{
    char *text = from_western(bytes, len, said, ret_len);

    return text ? text : g_convert(bytes, (gssize)len, "UTF-8", said, NULL, ret_len, NULL);
}

/* To UTF-8; the bytes are believed before the words about them. g_free the result; NULL: told. */
static char *to_utf8(CubeReading *r, const char *bytes, size_t len, gsize *ret_len)
{
    g_autofree char *said = declared(bytes, len);
    char *text = NULL;

    if (g_utf8_validate_len(bytes, len, NULL)) {
        if (!all_ascii(bytes, len) && g_ascii_strncasecmp(said, "utf", 3) != 0)
            cube_warn(r, (CubePlace){ 0 }, "PX_CODEPAGE",
                      _("The file says it is written in %s, but it is UTF-8, and was read so."),
                      cube_short(r->arena, said));
        *ret_len = len;
        return g_strndup(bytes, len);
    }
    if (memchr(bytes, 0, len) == NULL)
        text = convert(bytes, len, said, ret_len);
    if (text)
        return text;
    if (memchr(bytes, 0, len) == NULL)
        text = convert(bytes, len, "windows-1252", ret_len);
    if (text)
        cube_warn(r, (CubePlace){ 0 }, "PX_CODEPAGE",
                  _("The file says it is written in %s, but it is not, and was read as "
                    "Windows-1252. See whether æ, ø and å are right."),
                  g_utf8_validate(said, -1, NULL) ? cube_short(r->arena, said) : "?");
    else
        cube_fail(r, (CubePlace){ 1, 1 }, "PX_CODEPAGE",
                  _("The characters of the file cannot be read. Save it as UTF-8."));
    return text;
}

/* --- dimensions --- */

static CubeRole role_of(const PxReading *px, const char *name)
{
    const char *metric = px_text(px, "CONTVARIABLE", NULL, NULL);
    const char *type = px_text(px, "VARIABLE-TYPE", name, NULL);

    if (metric && !strcmp(metric, name))
        return CUBE_ROLE_METRIC;
    if (px_find(px, "TIMEVAL", name, NULL) || !g_strcmp0(type, "T"))
        return CUBE_ROLE_TIME;
    if (px_find(px, "MAP", name, NULL) || !g_strcmp0(type, "G"))
        return CUBE_ROLE_GEO;
    return CUBE_ROLE_NONE;
}

static bool read_categories(PxReading *px, CubeDimension *dim, const PxStatement *values,
                            const char *name)
{
    const PxStatement *codes = px_find(px, "CODES", name, NULL);
    Arena *arena = px->r->arena;

    if (codes && codes->n_text != values->n_text)
        return cube_fail(px->r, codes->place, "PX_CODES",
                         _("CODES(“%s”) has %zu codes, and VALUES has %zu values."),
                         cube_short(arena, name), codes->n_text, values->n_text);
    dim->n = values->n_text;
    dim->v = arena_alloc(arena, (dim->n + 1) * sizeof *dim->v);
    for (size_t i = 0; i < dim->n; i++) {
        const char *label = values->text[i], *said;
        CubeCategory *c = &dim->v[i];

        *c = (CubeCategory){ .code = codes ? codes->text[i] : label,
                             .label = cube_text(arena, label),
                             .decimals = -1,
                             .parent = SIZE_MAX };
        if (dim->role == CUBE_ROLE_METRIC) {
            const PxStatement *precision = px_find(px, "PRECISION", name, label);

            said = px_text(px, "UNITS", label, NULL);
            c->unit = said ? said : px_text(px, "UNITS", NULL, NULL);
            if (precision)
                c->decimals = (int)g_ascii_strtoll(precision->word, NULL, 10);
        }
    }
    return true;
}

static void read_notes(PxReading *px, CubeDimension *dim, const char *name)
{
    for (size_t i = 0; i < dim->n; i++) {
        const char *note = px_text(px, "VALUENOTE", name, dim->v[i].label);

        dim->v[i].note = note ? note : px_text(px, "VALUENOTEX", name, dim->v[i].label);
    }
}

/* HIERARCHIES("var")="top","top":"below", ...: by code, and by value where there is none. */
static void read_hierarchy(PxReading *px, CubeDimension *dim, const char *name)
{
    const PxStatement *s = px_find(px, "HIERARCHIES", name, NULL);

    for (size_t i = 1; s && i < s->n_text; i++) {
        size_t above, below;

        if (!s->under[i])
            continue;
        above = cube_category(dim, s->text[i - 1]);
        below = cube_category(dim, s->text[i]);
        if (above < below && below != SIZE_MAX) /* parents first, so there are no circles */
            dim->v[below].parent = above;
    }
}

/* VALUES of a variable that is in neither STUB nor HEADING: the only one, or NULL. */
static const PxStatement *lonely_values(const PxReading *px, const Cube *cube)
{
    const PxStatement *found = NULL;

    for (guint i = 0; i < px->statements->len; i++) {
        const PxStatement *s = &g_array_index(px->statements, PxStatement, i);
        bool used = false;

        if (strcmp(s->keyword, "VALUES") || s->n_sub != 1 ||
            (s->language && px->language && g_ascii_strcasecmp(s->language, px->language)))
            continue;
        for (size_t d = 0; d < cube->n_dimensions; d++)
            used = used || !strcmp(cube->dimension[d].label, s->sub[0]);
        if (!used && found)
            return NULL;
        if (!used)
            found = s;
    }
    return found;
}

static bool read_dimension(PxReading *px, Cube *cube, CubeDimension *dim, CubePlace named)
{
    const char *name = dim->label, *code = px_text(px, "VARIABLECODE", name, NULL);
    const PxStatement *values = px_find(px, "VALUES", name, NULL);

    if (!values && (values = lonely_values(px, cube)))
        cube_warn(px->r, values->place, "PX_VALUES",
                  _("There is no VALUES(“%s”); those of “%s” were read for it."),
                  cube_short(px->r->arena, name), cube_short(px->r->arena, values->sub[0]));
    if (!values)
        return cube_fail(px->r, named, "PX_VALUES", _("There is no VALUES(“%s”)."),
                         cube_short(px->r->arena, name));
    dim->code = code ? code : name;
    dim->role = role_of(px, name);
    if (dim->role == CUBE_ROLE_NONE && px_find(px, "TIMEVAL", values->sub[0], NULL))
        dim->role = CUBE_ROLE_TIME;
    if (!read_categories(px, dim, values, values->sub[0]))
        return false;
    read_notes(px, dim, name);
    read_hierarchy(px, dim, name);
    return true;
}

static void name_dimensions(Cube *cube, const PxStatement *s)
{
    for (size_t i = 0; s && i < s->n_text; i++)
        cube->dimension[cube->n_dimensions++].label = s->text[i];
}

static bool named_twice(const Cube *cube)
{
    for (size_t i = 0; i < cube->n_dimensions; i++)
        for (size_t k = 0; k < i; k++)
            if (!strcmp(cube->dimension[i].label, cube->dimension[k].label))
                return true;
    return false;
}

static bool read_dimensions(PxReading *px, Cube *cube, size_t *ret_stub)
{
    const PxStatement *stub = px_find(px, "STUB", NULL, NULL);
    const PxStatement *heading = px_find(px, "HEADING", NULL, NULL);
    size_t n = (stub ? stub->n_text : 0) + (heading ? heading->n_text : 0);
    CubePlace place = stub ? stub->place : heading ? heading->place : px->place;

    if (!n)
        return cube_fail(px->r, place, "PX_DIMENSIONS",
                         _("Neither STUB nor HEADING says what the table is divided by."));
    if (n > CUBE_MAX_DIMENSIONS)
        return cube_fail(px->r, place, "TOO_LARGE", _("More than %d dimensions."),
                         CUBE_MAX_DIMENSIONS);
    cube->dimension = arena_alloc(px->r->arena, (n + 1) * sizeof *cube->dimension);
    name_dimensions(cube, stub);
    *ret_stub = cube->n_dimensions;
    name_dimensions(cube, heading);
    if (named_twice(cube))
        return cube_fail(px->r, place, "PX_DIMENSIONS",
                         _("STUB and HEADING name the same variable twice."));
    for (size_t i = 0; i < n; i++)
        if (!read_dimension(px, cube, &cube->dimension[i], place))
            return false;
    return cube_count(px->r, cube);
}

/* --- the table --- */

static void read_table(PxReading *px, Cube *cube)
{
    const char *title = px_text(px, "DESCRIPTION", NULL, NULL);
    const char *table = px_text(px, "TABLEID", NULL, NULL);
    const char *version = px_text(px, "AXIS-VERSION", NULL, NULL);

    cube->format = "px";
    cube->version = version ? version : "";
    cube->label = cube_text(px->r->arena, title ? title : px_text(px, "TITLE", NULL, NULL));
    cube->source = px_text(px, "SOURCE", NULL, NULL);
    cube->note = px_text(px, "NOTE", NULL, NULL);
    cube->updated = px_text(px, "CREATION-DATE", NULL, NULL);
    cube->table = table ? table : px_text(px, "MATRIX", NULL, NULL);
}

static void read_text(CubeReading *r, const char *text, size_t len)
{
    PxReading px = { .r = r, .at = text, .end = text + len, .place = { 1, 1 } };
    Cube cube = { 0 };
    size_t n_stub = 0;

    px.statements = g_array_new(FALSE, TRUE, sizeof(PxStatement));
    if (px_read_statements(&px)) {
        px_index(&px);
        if (!px.has_data)
            cube_fail(r, px.place, "PX_DATA",
                      _("The file ends without DATA: there are no figures in it. Fetch it again."));
        else if (read_dimensions(&px, &cube, &n_stub) && px_read_data(&px, &cube, n_stub)) {
            read_table(&px, &cube);
            g_array_append_val(r->cubes, cube);
        }
    }
    g_array_free(px.statements, TRUE);
    g_clear_pointer(&px.index, g_hash_table_unref);
}

void cube_read_px(Arena *arena, const char *bytes, size_t len, CubeFile *ret)
{
    CubeReading r = cube_reading(arena);
    g_autofree char *text = NULL;
    gsize text_len = 0;

    if (len >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3)) {
        bytes += 3;
        len -= 3;
    }
    text = to_utf8(&r, bytes, len, &text_len);
    if (text && strlen(text) != text_len)
        cube_fail(&r, (CubePlace){ 1, 1 }, "PX_SYNTAX", _("The file has NUL bytes in it."));
    else if (text)
        read_text(&r, text, text_len);
    cube_reading_end(&r, ret);
}
