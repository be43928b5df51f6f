/* sider.c - the addresses of the reports, and who may ask for each.
 *
 * PERM_PUBLIC and PERM_USER here mean that the handler decides by the report: see tilstandsrapport-sider.h.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "tilstandsrapport-segl.h"
#include "forslag-sider.h"
#include "innspill-sider.h"
#include "paminnelse.h"
#include "rettelse-sider.h"
#include "sider-oppfolging.h"
#include "skriving-sider.h"

#define ROOT "/tilstandsrapport"
#define CHAPTER ROOT "/{id}/kapittel/{kapittel}"

static const Route routes[] = {
    { "GET", ROOT, PERM_USER, tilstandsrapport_show_list },
    { "GET", ROOT "/ny", PERM_REPORT_CREATE, tilstandsrapport_show_new },
    { "POST", ROOT "/ny", PERM_REPORT_CREATE, tilstandsrapport_create },
    { "GET", ROOT "/{id}", PERM_PUBLIC, tilstandsrapport_show },
    { "GET", ROOT "/{id}/pdf", PERM_PUBLIC, tilstandsrapport_send_file },
    { "GET", ROOT "/{id}/docx", PERM_PUBLIC, tilstandsrapport_send_file },
    { "GET", ROOT "/{id}/csv", PERM_PUBLIC, tilstandsrapport_send_file },
    { "GET", ROOT "/{id}/jsonstat", PERM_PUBLIC, tilstandsrapport_send_file },
    { "GET", ROOT "/{id}/kort", PERM_PUBLIC, tilstandsrapport_show_summary },
    { "GET", ROOT "/{id}/kort/pdf", PERM_PUBLIC, tilstandsrapport_send_summary },
    { "GET", ROOT "/{id}/skoler", PERM_PUBLIC, tilstandsrapport_show_schools },
    { "GET", ROOT "/{id}/skoler/pdf", PERM_PUBLIC, tilstandsrapport_send_schools },
    { "GET", ROOT "/{id}/skole/{enhet}", PERM_PUBLIC, tilstandsrapport_show_school },
    { "GET", ROOT "/{id}/skole/{enhet}/pdf", PERM_PUBLIC, tilstandsrapport_send_school },
    { "GET", ROOT "/{id}/figur/{n}/{form}", PERM_PUBLIC, tilstandsrapport_send_figure },
    { "GET", ROOT "/{id}/skriving", PERM_REPORT_DRAFT, tilstandsrapport_show_room },
    { "GET", ROOT "/{id}/forhandsvisning", PERM_REPORT_DRAFT, tilstandsrapport_show_preview },
    { "GET", ROOT "/{id}/kapittel/{kapittel}", PERM_REPORT_WRITE, tilstandsrapport_show_chapter },
    { "POST", ROOT "/{id}/kapittel/{kapittel}", PERM_REPORT_WRITE, tilstandsrapport_store_chapter },
    { "GET", CHAPTER "/historikk", PERM_REPORT_WRITE, tilstandsrapport_show_history },
    { "POST", CHAPTER "/historikk", PERM_REPORT_WRITE, tilstandsrapport_post_restore },
    { "POST", CHAPTER "/kommentar", PERM_REPORT_WRITE, tilstandsrapport_post_comment },
    { "GET", CHAPTER "/utvalg", PERM_REPORT_WRITE, tilstandsrapport_show_choice },
    { "POST", CHAPTER "/utvalg", PERM_REPORT_WRITE, tilstandsrapport_post_choice },
    { "GET", CHAPTER "/maal", PERM_REPORT_WRITE, tilstandsrapport_show_goals },
    { "POST", CHAPTER "/maal", PERM_REPORT_WRITE, tilstandsrapport_post_goal },
    { "GET", CHAPTER "/tiltak", PERM_REPORT_WRITE, tilstandsrapport_show_measures },
    { "POST", CHAPTER "/tiltak", PERM_REPORT_WRITE, tilstandsrapport_post_measure },
    { "GET", ROOT "/{id}/kapitler", PERM_REPORT_WRITE, tilstandsrapport_show_work },
    { "POST", ROOT "/{id}/kapitler", PERM_REPORT_CREATE, tilstandsrapport_post_work },
    { "GET", ROOT "/{id}/ifjor", PERM_REPORT_WRITE, tilstandsrapport_show_last_year },
    { "POST", ROOT "/{id}/ifjor", PERM_REPORT_WRITE, tilstandsrapport_post_last_year },
    { "GET", ROOT "/{id}/tall", PERM_REPORT_WRITE, tilstandsrapport_show_figures },
    { "POST", ROOT "/{id}/tall", PERM_REPORT_WRITE, tilstandsrapport_post_figures },
    { "GET", "/innstillinger/rapportmal", PERM_REPORT_CREATE, tilstandsrapport_show_template },
    { "POST", "/innstillinger/rapportmal", PERM_REPORT_CREATE, tilstandsrapport_post_template },
    { "GET", "/lov", PERM_USER, tilstandsrapport_show_laws },
    { "POST", "/lov/{lov}", PERM_REPORT_CREATE, tilstandsrapport_post_law },
    { "GET", ROOT "/{id}/behandling", PERM_USER, tilstandsrapport_show_treatment },
    { "POST", ROOT "/{id}/behandling", PERM_USER, tilstandsrapport_post_action },
    { "GET", ROOT "/{id}/dialogmote", PERM_DIALOGUE_READ, tilstandsrapport_show_dialogue },
    { "POST", ROOT "/{id}/dialogmote", PERM_REPORT_DIALOGUE, tilstandsrapport_post_meeting },
    { "POST", ROOT "/{id}/innspill", PERM_INPUT_WRITE, tilstandsrapport_post_input },
    { "POST", ROOT "/{id}/innspill/svar", PERM_REPORT_DIALOGUE,
      tilstandsrapport_post_input_answer },
    { "POST", ROOT "/{id}/innspill/eget", PERM_INPUT_WRITE, tilstandsrapport_post_input_own },
    { "POST", ROOT "/{id}/dialogpunkt", PERM_INPUT_WRITE, tilstandsrapport_post_agenda },
    { "POST", ROOT "/{id}/dialogpunkt/svar", PERM_REPORT_DIALOGUE,
      tilstandsrapport_post_agenda_answer },
    { "GET", ROOT "/{id}/protokoll", PERM_USER, tilstandsrapport_show_minutes },
    { "POST", ROOT "/{id}/protokoll", PERM_DECISION_RECORD, tilstandsrapport_post_minutes },
    { "POST", ROOT "/{id}/protokoll/fjern", PERM_DECISION_RECORD,
      tilstandsrapport_post_minutes_remove },
    { "GET", ROOT "/{id}/versjoner", PERM_PUBLIC, tilstandsrapport_show_versions },
    { "POST", ROOT "/{id}/rettelse", PERM_REPORT_CORRECT, tilstandsrapport_post_correction },
    { "GET", ROOT "/{id}/endringer", PERM_PUBLIC, tilstandsrapport_show_changes },
    { "GET", "/oppfolging", PERM_FOLLOWUP_READ, tilstandsrapport_show_overview },
    { "GET", "/vedtak", PERM_PUBLIC, tilstandsrapport_show_register },
    { "POST", ROOT "/{id}/trekk", PERM_USER, tilstandsrapport_post_withdraw },
    { "POST", ROOT "/{id}/plan", PERM_REPORT_CREATE, tilstandsrapport_post_plan },
    { "POST", ROOT "/{id}/slett", PERM_REPORT_CREATE, tilstandsrapport_post_delete },
    { "GET", ROOT "/{id}/oppfolging", PERM_FOLLOWUP_READ, tilstandsrapport_show_follow_ups },
    { "POST", ROOT "/{id}/oppfolging", PERM_FOLLOWUP_WRITE, tilstandsrapport_post_follow_up },
    { 0 }
};

static const MenuItem menu[] = { { N_("Decisions"), "/vedtak", PERM_PUBLIC, 30 },
                                 { N_("Reports"), ROOT, PERM_REPORT_READ, 100 },
                                 { N_("Follow-up"), "/oppfolging", PERM_FOLLOWUP_READ, 105 },
                                 { 0 } };

static const MenuItem settings[] = {
    { N_("The report’s template"), "/innstillinger/rapportmal", PERM_REPORT_CREATE, 40 },
    { N_("What the law asks for"), "/lov", PERM_REPORT_CREATE, 41 },
    { 0 }
};

const Slice tilstandsrapport_slice = { "tilstandsrapport",
                                       routes,
                                       menu,
                                       .settings = settings,
                                       .tasks = tilstandsrapport_tasks,
                                       .jobs = tilstandsrapport_jobs,
                                       .search = tilstandsrapport_search,
                                       .news = tilstandsrapport_news,
                                       .seal_check = tilstandsrapport_check_seals,
                                       .uses_dataset = tilstandsrapport_uses_dataset };
