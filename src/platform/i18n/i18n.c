/* i18n.c - the language of a thread, and its messages.
 *
 * A catalogue is indexed once, by whichever thread first asks for its language, and never changes
 * afterwards: the commands, which start often, speak one. A missing translation shows the English msgid: better than nothing, and `make po-check` refuses it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "i18n.h"
#include "collate.h"
#include "embed.h"
#include "mo.h"

typedef struct {
    Mo *mo;          /* NULL for English, and when it did not load */
    GError *trouble; /* why not */
} Catalogue;

static const char *const tags[N_LANG] = { [LANG_NB] = "nb", [LANG_NN] = "nn", [LANG_EN] = "en" };

/* lint: state — the language belongs to the thread that serves the request */
static _Thread_local Lang current = LANG_NB;

static const Embedded *embedded(const char *tag)
{
    for (size_t i = 0; i < app_n_catalogues; i++)
        if (g_str_has_prefix(app_catalogues[i].name, tag) &&
            (app_catalogues[i].name[strlen(tag)] == 0 ||
             app_catalogues[i].name[strlen(tag)] == '.'))
            return &app_catalogues[i];
    return NULL;
}

static Mo *load(Lang lang, GError **error)
{
    const Embedded *file = embedded(tags[lang]);

    if (file)
        return mo_open(file->data, file->size, tags[lang], error);
    app_fail(error, APP_ERROR_INVALID, "catalogue %s is not in the program", tags[lang]);
    return NULL;
}

static gpointer load_once(gpointer lang)
{
    Catalogue *catalogue = g_new0(Catalogue, 1);

    if (GPOINTER_TO_UINT(lang) != LANG_EN)
        catalogue->mo = load(GPOINTER_TO_UINT(lang), &catalogue->trouble);
    return catalogue;
}

static const Catalogue *catalogue_of(Lang lang)
{
    /* lint: state — made once each, then read only */
    static GOnce once[N_LANG] = { G_ONCE_INIT, G_ONCE_INIT, G_ONCE_INIT };

    return g_once(&once[lang], load_once, GUINT_TO_POINTER(lang));
}

bool i18n_check(GError **error)
{
    for (Lang lang = 0; lang < N_LANG; lang++) {
        const Catalogue *catalogue = catalogue_of(lang);

        if (!catalogue->trouble)
            continue;
        if (error)
            *error = g_error_copy(catalogue->trouble);
        return false;
    }
    return collate_check(error);
}

Lang i18n_lang(const char *tag)
{
    for (Lang lang = 0; tag && lang < N_LANG; lang++)
        if (g_ascii_strncasecmp(tag, tags[lang], 2) == 0 && !g_ascii_isalnum(tag[2]))
            return lang;
    return LANG_NB;
}

const char *i18n_tag(Lang lang)
{
    g_assert(lang < N_LANG);
    return tags[lang];
}

void i18n_use(Lang lang)
{
    g_assert(lang < N_LANG);
    current = lang;
}

Lang i18n_current(void)
{
    return current;
}

const char *i18n_text(const char *msgid)
{
    const Mo *mo = catalogue_of(current)->mo;
    const char *text = mo ? mo_text(mo, msgid) : NULL;

    return text ? text : msgid;
}

const char *i18n_plural(const char *one, const char *many, long n)
{
    const Mo *mo = catalogue_of(current)->mo;
    const char *text = mo ? mo_plural(mo, one, n) : NULL;

    if (text)
        return text;
    return n != 1 ? many : one;
}
