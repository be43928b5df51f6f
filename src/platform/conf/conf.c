/* conf.c - the settings: one table, an INI file, then the environment.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "conf.h"
#include "log.h"

#define GROUP "oppvekst"
#define PREFIX "OPPVEKST_"
#define HELP_WIDTH 90

typedef enum { TEXT, COUNT, BYTES, LEVEL } Kind;

typedef struct {
    const char *name;
    Kind kind;
    const char *standard, *help;
} Setting;

static const Setting settings[N_CONF] = {
#define SETTING(name, kind, value, help) { #name, kind, value, help },
#include "settings.def"
#undef SETTING
};

struct Conf {
    char *text[N_CONF];
    int64_t number[N_CONF];
};

/* Digits alone, or with K, M or G behind them for BYTES; false when it is not that or too large. */
static bool read_number(const char *text, bool bytes, int64_t *ret)
{
    static const char units[] = "KMG";
    char *end;
    guint64 n = g_ascii_isdigit(*text) ? g_ascii_strtoull(text, &end, 10) : 0;
    const char *unit;

    if (!g_ascii_isdigit(*text) || n > (UINT64_C(1) << 32))
        return false;
    if (*end && bytes && (unit = strchr(units, g_ascii_toupper(*end)))) {
        n <<= 10 * (unit - units + 1);
        end++;
    }
    if (*end || n > (UINT64_C(1) << 40))
        return false;
    *ret = (int64_t)n;
    return true;
}

bool conf_set(Conf *conf, ConfKey key, const char *value, GError **error)
{
    const Setting *s = &settings[key];
    int64_t number = 0;
    LogLevel level;

    if (!g_utf8_validate(value, -1, NULL))
        return app_fail(error, APP_ERROR_INVALID, "%s is not UTF-8", s->name);
    if ((s->kind == COUNT || s->kind == BYTES) && !read_number(value, s->kind == BYTES, &number))
        return app_fail(error, APP_ERROR_INVALID, "%s = %s is not a %s", s->name, value,
                        s->kind == BYTES ? "size" : "number");
    if (s->kind == LEVEL && !log_level_parse(value, &level))
        return app_fail(error, APP_ERROR_INVALID, "%s = %s is not a level", s->name, value);
    g_free(conf->text[key]);
    conf->text[key] = g_strdup(value);
    conf->number[key] = number;
    return true;
}

static int find(const char *name)
{
    for (int i = 0; i < N_CONF; i++) {
        if (!strcmp(settings[i].name, name))
            return i;
    }
    return -1;
}

static bool read_group(Conf *conf, GKeyFile *file, const char *path, GError **error)
{
    g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);
    g_auto(GStrv) keys = g_key_file_get_keys(file, GROUP, NULL, NULL);

    for (char **group = groups; *group; group++) {
        if (strcmp(*group, GROUP))
            return app_fail(error, APP_ERROR_INVALID, "%s: unknown group [%s]", path, *group);
    }
    for (char **key = keys; key && *key; key++) {
        g_autofree char *value = g_key_file_get_string(file, GROUP, *key, NULL);
        g_autoptr(GError) why = NULL;
        int i = find(*key);

        if (i < 0)
            return app_fail(error, APP_ERROR_INVALID, "%s: unknown setting %s", path, *key);
        if (!conf_set(conf, (ConfKey)i, value ? g_strstrip(value) : "", &why))
            return app_fail(error, APP_ERROR_INVALID, "%s: %s", path, why->message);
    }
    return true;
}

static bool read_file(Conf *conf, const char *path, GError **error)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) why = NULL;
    const char *where = path ? path : CONF_FILE;

    if (g_key_file_load_from_file(file, where, G_KEY_FILE_NONE, &why))
        return read_group(conf, file, where, error);
    if (g_error_matches(why, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return !path || app_fail(error, APP_ERROR_NOT_FOUND, "%s: no such file", where);
    return app_fail(error, APP_ERROR_INVALID, "%s: %s", where, why->message);
}

static bool read_environment(Conf *conf, const char *const *environment, GError **error)
{
    for (; environment && *environment; environment++) {
        const char *eq = strchr(*environment, '=');
        g_autofree char *name = NULL;
        int i;

        if (!eq || !g_str_has_prefix(*environment, PREFIX))
            continue;
        name =
            g_ascii_strdown(*environment + strlen(PREFIX), eq - *environment - (int)strlen(PREFIX));
        i = find(name);
        if (i < 0)
            return app_fail(error, APP_ERROR_INVALID, "environment: unknown setting %.*s",
                            (int)(eq - *environment), *environment);
        if (!conf_set(conf, (ConfKey)i, eq + 1, error))
            return false;
    }
    return true;
}

Conf *conf_read(const char *path, const char *const *environment, GError **error)
{
    g_autoptr(Conf) conf = g_new0(Conf, 1);

    for (int i = 0; i < N_CONF; i++) {
        bool fine = conf_set(conf, (ConfKey)i, settings[i].standard, NULL);

        g_assert(fine); /* a default in settings.def is of the wrong kind */
    }
    if (!read_file(conf, path, error) || !read_environment(conf, environment, error))
        return NULL;
    return g_steal_pointer(&conf);
}

void conf_free(Conf *conf)
{
    if (!conf)
        return;
    for (int i = 0; i < N_CONF; i++)
        g_free(conf->text[i]);
    g_free(conf);
}

const char *conf_text(const Conf *conf, ConfKey key)
{
    return conf->text[key];
}

int64_t conf_number(const Conf *conf, ConfKey key)
{
    g_assert(settings[key].kind == COUNT || settings[key].kind == BYTES);
    return conf->number[key];
}

/* Help as comment lines, broken between words. */
static void print_help(FILE *out, const char *help)
{
    g_auto(GStrv) words = g_strsplit(help, " ", -1);
    size_t used = 0;

    for (char **word = words; *word; word++) {
        if (used == 0 || used + strlen(*word) + 1 > HELP_WIDTH)
            used = (size_t)fprintf(out, "%s# %s", used ? "\n" : "", *word);
        else
            used += (size_t)fprintf(out, " %s", *word);
    }
    fprintf(out, "\n");
}

void conf_print_annotated(FILE *out)
{
    fprintf(out, "# Settings of oppvekst, with their defaults. Take the # away to change one.\n"
                 "# Each can also be set in the environment, as " PREFIX "NAME.\n[" GROUP "]\n");
    for (int i = 0; i < N_CONF; i++) {
        fprintf(out, "\n");
        print_help(out, settings[i].help);
        fprintf(out, "#%s = %s\n", settings[i].name, settings[i].standard);
    }
}
