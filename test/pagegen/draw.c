/* draw.c - draws one page of the page compiler's tests, on the same school each time.
 *
 * The page is page.html.h, a function show(Html *, const School *), made by test/pagegen/run.
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

int main(void)
{
    static WalkListRow rows[] = {
        {7,  "2026-11-20", "8B", "<b>lesing", "Åse \"Kari\" O'Hara"},
        { 8, "2026-11-21", "9A", "a & b",     NULL                  },
    };
    static const WalkListRows walks = { rows, G_N_ELEMENTS(rows) };
    static const char *names[] = { "Bakken & Dal", "Li <skole>" };
    const School school = {
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
    g_autoptr(Html) html = html_new();

    show(html, &school);
    puts(html_data(html, NULL));
    return 0;
}
