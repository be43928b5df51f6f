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
    { "eier.oppsett", N_("Changed the municipality’s settings") },
    { "eksport.mine", N_("Took out their own data as a file") },
    { "eksport.revisjon", N_("Took out the audit log as a file") },
    { "enhet.etterfolger", N_("Said which unit takes over from another") },
    { "enhet.etterfolger.trukket", N_("Took back what became of a unit") },
    { "enhet.faktum", N_("Recorded a fact of a unit") },
    { "enhet.navn", N_("Changed the name of a unit") },
    { "enhet.nummer", N_("Changed the number of a unit") },
    { "enhet.ny", N_("Added a unit") },
    { "enhet.stengt", N_("Closed a unit") },
    { "import.angret", N_("Took back an import") },
    { "import.droppet", N_("Dropped a file") },
    { "import.gjentatt", N_("Brought an import back") },
    { "import.lagret", N_("Stored an import") },
    { "import.mottatt", N_("Sent in a file") },
    { "import.svart", N_("Answered a question about a file") },
    { "innlogging", N_("Signed in") },
    { "innlogging.feil", N_("Tried to sign in, and did not get in") },
    { "innlogging.glemt", N_("Asked for a new password") },
    { "innlogging.invitasjon.brukt", N_("Used an invitation") },
    { "innlogging.invitert", N_("Invited somebody to sign in") },
    { "innlogging.ny", N_("Let somebody sign in, at the command line") },
    { "innlogging.passord", N_("Changed a password") },
    { "innlogging.rolle", N_("Changed to another role") },
    { "innlogging.sluppet", N_("Let somebody sign in again") },
    { "innlogging.stoppet", N_("Stopped somebody from signing in") },
    { "innlogging.totrinn.av", N_("Turned two-step sign-in off") },
    { "innlogging.totrinn.nullstilt", N_("Reset two-step sign-in") },
    { "innlogging.totrinn.paa", N_("Turned two-step sign-in on") },
    { "innlogging.ut", N_("Signed out") },
    { "innlogging.ut.alle", N_("Signed out everywhere") },
    { "innstilling.totrinn", N_("Changed who must use two-step sign-in") },
    { "innsyn.person", N_("Looked at a person") },
    { "jobb.avbryt", N_("Stopped a job") },
    { "jobb.igjen", N_("Started a job again") },
    { "lagring.endret", N_("Changed how long things are kept") },
    { "lagring.slettet", N_("Deleted what had been kept long enough") },
    { "lov.kontroll", N_("Checked a law reference") },
    { "nodtilgang.lest", N_("Read something with break-glass access") },
    { "nodtilgang.sett", N_("Looked through a use of break-glass access") },
    { "nodtilgang.slutt", N_("Ended break-glass access") },
    { "nodtilgang.start", N_("Opened break-glass access") },
    { "organ.endret", N_("Changed a body") },
    { "organ.medlem", N_("Changed the members of a body") },
    { "organ.nytt", N_("Added a body") },
    { "organ.slutt", N_("Ended a body") },
    { "person.navn", N_("Changed a person’s name") },
    { "person.ny", N_("Added a person") },
    { "rapport.dialogmote", N_("Recorded the dialogue meeting") },
    { "rapport.dialogpunkt", N_("Changed the agenda of the dialogue meeting") },
    { "rapport.fordeling", N_("Shared out chapters of a report") },
    { "rapport.ifjor", N_("Followed up last year’s report") },
    { "rapport.innspill", N_("Gave input to a report") },
    { "rapport.kapittel", N_("Wrote in a chapter") },
    { "rapport.kapittel.hent", N_("Brought an earlier text of a chapter back") },
    { "rapport.kommentar", N_("Commented on a chapter") },
    { "rapport.mal", N_("Changed the report template") },
    { "rapport.protokoll", N_("Wrote minutes") },
    { "rapport.rettelse", N_("Corrected a published report") },
    { "rapport.tall", N_("Refreshed the figures of a report") },
    { "rapport.tiltak", N_("Changed measures of a report") },
    { "rolle.avslatt", N_("Declined a proposed role") },
    { "rolle.foreslaatt", N_("Proposed a role") },
    { "rolle.gitt", N_("Gave a role at the command line") },
    { "rolle.godkjent", N_("Approved a proposed role") },
    { "rolle.godkjent_alene", N_("Approved the own proposal of a role, there being nobody else") },
    { "rolle.slutt", N_("Ended a role") },
    { "rolle.trukket", N_("Took back a proposed role") },
    { "sikkerhetskopi", N_("Took a backup") },
    { "sikkerhetskopi.tilbake", N_("Brought a backup back") },
    { "stedfortreder.ny", N_("Named a deputy") },
    { "stedfortreder.slutt", N_("Ended a deputy’s time") },
    { "stilling.innehaver", N_("Said who holds a position") },
    { "stilling.ledig", N_("Said that a position is vacant") },
    { "stilling.ny", N_("Added a position") },
    { "stilling.slutt", N_("Ended a position") },
    { "stilling.tittel", N_("Corrected the title of a position") },
    { "stillingsbeskrivelse.forkastet", N_("Rejected a position description") },
    { "stillingsbeskrivelse.godkjent", N_("Approved a position description") },
    { "stillingsbeskrivelse.utkast", N_("Wrote a position description") },
    { "varsel.dropp", N_("Dropped an e-mail") },
    { "varsel.igjen", N_("Sent an e-mail again") },
    { "varsel.oppsett", N_("Changed the set-up of e-mail") },
};

/* The roles of domain.md 7.1. */
static const Word roles[] = {
    { "AD", N_("Administrator") },
    { "AL", N_("Department head") },
    { "AR", N_("Political secretariat") },
    { "AS", N_("Assistant") },
    { "EK", N_("External assessor") },
    { "FA", N_("Parents’ or pupils’ representative") },
    { "FS", N_("Head of childhood and education") },
    { "HR", N_("Human resources") },
    { "IA", N_("Administrator of the installation") },
    { "KD", N_("Chief executive") },
    { "LR", N_("Teacher") },
    { "PO", N_("Politician") },
    { "PP", N_("Educational psychology service") },
    { "RK", N_("Head teacher") },
    { "SL", N_("Head of after-school care") },
    { "ST", N_("Kindergarten head") },
    { "TV", N_("Union representative") },
    { "VK", N_("Guide") },
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
