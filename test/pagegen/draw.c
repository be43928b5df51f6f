/* draw.c - draws one page of the page compiler's tests, on the same school each time.
 *
 * The page is page.html.h, a function show(Html *, const School *), made by test/pagegen/run. With a
 * file of hostile strings, each is the school's name once, and no markup of the page may change.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "html.h"
#include "i18n.h"
#include "things.h"
#include "page.html.h"

/* Stand-ins: messages in English, and a mark where a form would be drawn. */
const char *i18n_text(const char *msgid)
{
    return msgid;
}

const char *i18n_plural(const char *one, const char *many, long n)
{
    return n == 1 ? one : many;
}

struct Form {
    int n;
};

void html_form(Html *html, const Form *form)
{
    static const char mark[] = "<!-- a form of ";

    html_raw(html, mark, sizeof mark - 1);
    html_int(html, form->n);
    html_raw(html, " -->", 4);
}

void html_chart(Html *html, const Chart *chart)
{
    g_assert(html && chart);
}

void html_doc(Html *html, const Doc *doc)
{
    g_assert(html && doc);
}

static School the_school(void)
{
    static WalkListRow rows[] = {
        {7,  "2026-11-20", "8B", "<b>lesing", "Åse \"Kari\" O'Hara"},
        { 8, "2026-11-21", "9A", "a & b",     NULL                  },
    };
    static const WalkListRows walks = { rows, G_N_ELEMENTS(rows) };
    static const char *names[] = { "Bakken & Dal", "Li <skole>" };

    return (School){
        .name = "Bakken <skole>",
        .empty = "",
        .code = "A\"1",
        .pupils = 1,
        .groups = 3,
        .id = -9007199254740993,
        .rooms = SIZE_MAX,
        .share = 0.1,
        .open = true,
        .state = STARTED,
        .home = {"/skole/?a=1&b=2"},
        .names = { names,            G_N_ELEMENTS(names) },
        .walks = &walks,
        .address = { "Vegen 1"               },
    };
}

/* What makes markup of a page: its angle brackets and quotes, in order. */
static char *skeleton_with(const char *name)
{
    School school = the_school();
    g_autoptr(Html) html = html_new();
    GString *skeleton = g_string_new(NULL);

    school.name = name;
    school.home.text = name; /* no Url could be like that: escaping must hold by itself */
    show(html, &school);
    for (const char *s = html_data(html, NULL); *s; s++)
        if (strchr("<>\"'", *s))
            g_string_append_c(skeleton, *s);
    return g_string_free(skeleton, FALSE);
}

static int draw_hostile(const char *path)
{
    g_autofree char *all = NULL;
    g_autofree char *want = skeleton_with("x");
    int bad = 0;

    g_file_get_contents(path, &all, NULL, NULL);
    g_auto(GStrv) lines = g_strsplit(all ? all : "", "\n", -1);

    for (size_t i = 0; lines[i]; i++) {
        g_autofree char *skeleton = skeleton_with(lines[i]);

        if (strcmp(skeleton, want) != 0) {
            fprintf(stderr, "line %zu changes the markup: %s\n", i + 1, lines[i]);
            bad++;
        }
    }
    return bad || g_strv_length(lines) < 2;
}

int main(int argc, char **argv)
{
    const School school = the_school();
    g_autoptr(Html) html = html_new();

    if (argc > 1)
        return draw_hostile(argv[1]);
    show(html, &school);
    puts(html_data(html, NULL));
    return 0;
}
