/* sider.c - the addresses of the reports, and who may ask for each.
 *
 * PERM_PUBLIC and PERM_USER here mean that the handler decides by the report: see tilstandsrapport-sider.h.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "segl.h"
#include "tilstandsrapport-sider.h"
#include "forslag-sider.h"
#include "innspill-sider.h"

#define ROOT "/tilstandsrapport"

static const Route routes[] = {
    { "GET", ROOT, PERM_USER, tilstandsrapport_show_list },
    { "GET", ROOT "/ny", PERM_REPORT_CREATE, tilstandsrapport_show_new },
    { "POST", ROOT "/ny", PERM_REPORT_CREATE, tilstandsrapport_create },
    { "GET", ROOT "/{id}", PERM_PUBLIC, tilstandsrapport_show },
    { "GET", ROOT "/{id}/pdf", PERM_PUBLIC, tilstandsrapport_send_pdf },
    { "GET", ROOT "/{id}/figur/{n}/{form}", PERM_PUBLIC, tilstandsrapport_send_figure },
    { "GET", ROOT "/{id}/skriving", PERM_REPORT_DRAFT, tilstandsrapport_show_room },
    { "GET", ROOT "/{id}/forhandsvisning", PERM_REPORT_DRAFT, tilstandsrapport_show_preview },
    { "GET", ROOT "/{id}/kapittel/{kapittel}", PERM_REPORT_WRITE, tilstandsrapport_show_chapter },
    { "POST", ROOT "/{id}/kapittel/{kapittel}", PERM_REPORT_WRITE, tilstandsrapport_store_chapter },
    { "GET", ROOT "/{id}/behandling", PERM_USER, tilstandsrapport_show_treatment },
    { "POST", ROOT "/{id}/behandling", PERM_USER, tilstandsrapport_post_action },
    { "GET", ROOT "/{id}/dialogmote", PERM_DIALOGUE_READ, tilstandsrapport_show_dialogue },
    { "POST", ROOT "/{id}/dialogmote", PERM_REPORT_DIALOGUE, tilstandsrapport_post_meeting },
    { "POST", ROOT "/{id}/innspill", PERM_INPUT_WRITE, tilstandsrapport_post_input },
    { "POST", ROOT "/{id}/innspill/svar", PERM_REPORT_DIALOGUE,
      tilstandsrapport_post_input_answer },
    { "POST", ROOT "/{id}/dialogpunkt", PERM_INPUT_WRITE, tilstandsrapport_post_agenda },
    { "POST", ROOT "/{id}/dialogpunkt/svar", PERM_REPORT_DIALOGUE,
      tilstandsrapport_post_agenda_answer },
    { "GET", ROOT "/{id}/protokoll", PERM_USER, tilstandsrapport_show_minutes },
    { "POST", ROOT "/{id}/protokoll", PERM_DECISION_RECORD, tilstandsrapport_post_minutes },
    { "POST", ROOT "/{id}/protokoll/fjern", PERM_DECISION_RECORD,
      tilstandsrapport_post_minutes_remove },
    { "GET", "/vedtak", PERM_PUBLIC, tilstandsrapport_show_register },
    { "POST", ROOT "/{id}/trekk", PERM_USER, tilstandsrapport_post_withdraw },
    { "POST", ROOT "/{id}/plan", PERM_REPORT_CREATE, tilstandsrapport_post_plan },
    { "POST", ROOT "/{id}/slett", PERM_REPORT_CREATE, tilstandsrapport_post_delete },
    { "GET", ROOT "/{id}/oppfolging", PERM_FOLLOWUP_READ, tilstandsrapport_show_follow_ups },
    { "POST", ROOT "/{id}/oppfolging", PERM_FOLLOWUP_WRITE, tilstandsrapport_post_follow_up },
    { 0 }
};

static const MenuItem menu[] = { { N_("Reports"), ROOT, PERM_REPORT_READ, 100 }, { 0 } };

const Slice tilstandsrapport_slice = { "tilstandsrapport", routes, menu,
                                       .seal_check = tilstandsrapport_seal_check,
 .tasks = tilstandsrapport_tasks };
