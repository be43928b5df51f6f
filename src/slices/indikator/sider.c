/* sider.c - the slice's table: its routes, its place in the menu, its part of a unit's page.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "bunke.h"
#include "indikator-sider.h"
#include "indikator-segl.h"
#include "sammenlign.h"

static const Route routes[] = {
    { "GET", "/indikatorer", PERM_PUBLIC, indikator_show_catalogue },
    { "GET", "/indikatorer/regler", PERM_PUBLIC, indikator_show_rules },
    { "GET", "/indikatorer/{code}", PERM_PUBLIC, indikator_show_one },
    { "GET", "/indikatorer/{code}/sammenlign", PERM_PUBLIC, indikator_show_comparison },
    { "GET", "/indikatorer/{code}/spredning", PERM_PUBLIC, indikator_show_spread },
    { "GET", "/indikatorer/{code}/figur.svg", PERM_PUBLIC, indikator_send_svg },
    { "GET", "/indikatorer/{code}/figur.png", PERM_PUBLIC, indikator_send_png },
    { "GET", "/indikatorer/{code}/figur.csv", PERM_PUBLIC, indikator_send_csv },
    { "GET", "/skjerming/{code}", PERM_INDICATOR_INTERN, indikator_show_hidden },
    { "GET", "/import", PERM_DATASET_READ, indikator_show_import },
    { "GET", "/import/mal.csv", PERM_USER, indikator_send_template },
    { "POST", "/import", PERM_DATASET_READ, indikator_receive_files },
    { "GET", "/import/filer/{id}", PERM_DATASET_READ, indikator_show_files },
    { "POST", "/import/filer/{id}", PERM_DATASET_READ, indikator_settle_files },
    { "POST", "/import/filer/{id}/svar", PERM_DATASET_READ, indikator_answer_files },
    { "GET", "/import/filer/{id}/merknader.csv", PERM_DATASET_READ, indikator_send_problems },
    { "GET", "/import/filer/{id}/tabell/{fil}", PERM_DATASET_READ, indikator_show_table },
    { "POST", "/import/filer/{id}/tabell/{fil}", PERM_DATASET_READ, indikator_answer_table },
    { "GET", "/import/historikk", PERM_DATASET_READ, indikator_show_history },
    { "GET", "/import/historikk/{id}", PERM_DATASET_READ, indikator_show_dataset },
    { "POST", "/import/historikk/{id}", PERM_DATASET_READ, indikator_change_dataset },
    { "GET", "/import/tilordning", PERM_DATASET_READ, indikator_show_answers },
    { "POST", "/import/tilordning", PERM_DATASET_READ, indikator_change_answer },
    { "GET", "/import/mal", PERM_USER, indikator_show_templates },
    { "GET", "/import/mal/{file}", PERM_USER, indikator_send_filled_template },
    { "GET", "/enheter/forslag", PERM_UNIT_READ, indikator_show_proposals },
    { "POST", "/enheter/forslag", PERM_UNIT_READ, indikator_take_proposals },
    { 0 }
};

static const MenuItem menu[] = { { N_("Indicators"), "/indikatorer", PERM_PUBLIC, 200 },
                                 { N_("Import"), "/import", PERM_DATASET_READ, 400 },
                                 { 0 } };

const Slice indikator_slice = { "indikator",
                                routes,
                                menu,
                                .unit_panel = indikator_panel,
                                .jobs = indikator_jobs,
                                .retention = indikator_retention,
                                .search = indikator_search,
                                .news = indikator_news,
                                .seal_check = indikator_seal_check };
