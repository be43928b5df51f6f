/* ord.c - the codes of the audit log in words.
 *
 * The log outlives what it tells of: an act or a role that is no more keeps its words here.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "revisjon-sider.h"

typedef struct {
    const char *code, *text; /* text: msgid */
} Word;

/* By code. A slice that gives its act a name adds its line here; without one the code is shown. */
static const Word acts[] = {
    { "eksport.revisjon", N_("Took out the audit log as a file") },
    { "eksport.mine", N_("Took out their own data as a file") },
    { "innlogging", N_("Signed in") },
    { "innlogging.feil", N_("Tried to sign in, and did not get in") },
    { "innlogging.ut", N_("Signed out") },
    { "innsyn.person", N_("Looked at a person") },
    { "innsyn.revisjon", N_("Looked at the audit log") },
    { "lagring.endret", N_("Changed how long things are kept") },
    { "lagring.slettet", N_("Deleted what had been kept long enough") },
    { "sikkerhetskopi", N_("Took a backup") },
    { "sikkerhetskopi.tilbake", N_("Brought a backup back") },
};

/* The roles of domain.md 7.1. */
static const Word roles[] = {
    { "AD", N_("Administrator") },
    { "AL", N_("Department head") },
    { "AR", N_("Archive and political secretariat") },
    { "AS", N_("Assistant or skilled worker") },
    { "EK", N_("External evaluator") },
    { "FA", N_("Parents' or pupils' representative") },
    { "FS", N_("Head of education") },
    { "HR", N_("Personnel officer") },
    { "IA", N_("Administrator of the installation") },
    { "KD", N_("Municipal director") },
    { "LR", N_("Teacher") },
    { "PO", N_("Politician") },
    { "PP", N_("Educational psychology service") },
    { "RK", N_("Head teacher") },
    { "SL", N_("After-school leader") },
    { "ST", N_("Kindergarten head") },
    { "TV", N_("Union or safety representative") },
    { "VK", N_("External guide") },
};

static int by_code(const void *code, const void *word)
{
    return strcmp(code, ((const Word *)word)->code);
}

static const char *find(const Word *words, size_t n, const char *code)
{
    const Word *found = bsearch(code, words, n, sizeof *words, by_code);

    return found ? _(found->text) : code;
}

const char *revisjon_act_text(const char *act)
{
    return find(acts, G_N_ELEMENTS(acts), act);
}

const char *revisjon_role_text(const char *role)
{
    return find(roles, G_N_ELEMENTS(roles), role);
}
