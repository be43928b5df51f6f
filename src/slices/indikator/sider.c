/* sider.c - the slice's table: its routes, its place in the menu, its part of a unit's page.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "sider.h"

static const Route routes[] = {
    { "GET", "/indikatorer", PERM_PUBLIC, indikator_show_catalogue },
    { "GET", "/indikatorer/{code}", PERM_PUBLIC, indikator_show_one },
    { "GET", "/indikatorer/{code}/figur.svg", PERM_PUBLIC, indikator_send_svg },
    { "GET", "/indikatorer/{code}/figur.png", PERM_PUBLIC, indikator_send_png },
    { "GET", "/indikatorer/{code}/figur.csv", PERM_PUBLIC, indikator_send_csv },
    { 0 }
};

static const MenuItem menu[] = {
    { N_("Indicators"), "/indikatorer", PERM_PUBLIC, 200 },
    { 0 }
};

const Slice indikator_slice = { "indikator", routes, menu, NULL, indikator_panel };
