/* arkivmelding.c - the message that tells the archive what it gets, in two generations.
 *
 * Generation 2 is KS' Fiks Arkiv (namespaces arkivmelding/v2 and metadatakatalog/v2, coded values);
 * generation 1 is the one eFormidling carries (basisregistrering, values in words). Both are the same
 * tree in the same order; the differences are kept where they are. Every document has a key of its own
 * that is the same in each export. Source: ks-no/fiks-arkiv-specification Schema/V1/arkivmelding.xsd
 * at 8780bb8; Noark 5 v. 5.0 metadatakatalog; domain.md 8.5.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "arkiv-inside.h"
#include "arkivxml.h"
#include "tilgang.h"

#define SYSTEM "oppvekst"
#define NS_1                                                                                       \
    "xmlns=\"http://www.arkivverket.no/standarder/noark5/arkivmelding\" "                          \
    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
#define NS_2                                                                                       \
    "xmlns=\"http://www.arkivverket.no/standarder/noark5/arkivmelding/v2\" "                       \
    "xmlns:mdk=\"http://www.arkivverket.no/standarder/noark5/metadatakatalog/v2\" "                \
    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
#define NS_OURS "xmlns:opv=\"urn:oppvekst:arkivmelding:1\""

/* --- code lists --- */

static const ArchiveCode codes[] = {
    { "saksstatus", "B", "Under behandling" },
    { "saksstatus", "A", "Avsluttet" },
    { "journalposttype", "U", "Utgående dokument" },
    { "journalposttype", "N", "Organinternt dokument for oppfølging" },
    { "journalposttype", "X", "Organinternt dokument uten oppfølging" },
    { "journalposttype", "S", "Saksframlegg" },
    { "journalstatus", "F", "Ferdigstilt fra saksbehandler" },
    { "dokumentstatus", "F", "Dokumentet er ferdigstilt" },
    { "dokumenttype", "RAPPORT", "Rapport" },
    { "dokumenttype", "SAKSFRAMLEGG", "Saksframlegg" },
    { "dokumenttype", "PROTOKOLL", "Protokoll" },
    { "dokumenttype", "NOTAT", "Notat" },
    { "dokumenttype", "VEDLEGG", "Vedlegg" },
    { "tilknyttetRegistreringSom", "H", "Hoveddokument" },
    { "tilknyttetRegistreringSom", "V", "Vedlegg" },
    { "variantformat", "A", "Arkivformat" },
    { "format", "RA-PDF", "PDF/A - ISO 19005-2:2011" },
    { "korrespondanseparttype", "EM", "Mottaker" },
    { "korrespondanseparttype", "IA", "Intern avsender" },
    { "korrespondanseparttype", "IM", "Intern mottaker" },
    { "tilgangsrestriksjon", "UO", "Unntatt offentlighet" },
    { "skjermingMetadata", "TRO", "Skjerming tittel registrering - utvalgte ord" },
    { "skjermingMetadata", "TD", "Skjerming tittel dokumentbeskrivelse" },
    { "skjermingDokument", "H", "Skjerming av hele dokumentet" },
};

const ArchiveCode *arkiv_code_at(size_t i)
{
    return i < G_N_ELEMENTS(codes) ? &codes[i] : NULL;
}

static const ArchiveCode *find_code(const char *list, const char *code)
{
    for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
        if (!strcmp(codes[i].list, list) && !strcmp(codes[i].code, code))
            return &codes[i];
    g_assert_not_reached(); /* the callers name constants of the table */
}

typedef struct {
    const Message *m;
    ArkivXml xml;
} Writer;

static bool second(const Writer *w)
{
    return w->m->generation == 2;
}

/* A coded value: kode and beskrivelse in generation 2, the word alone in 1. */
static void put_code(Writer *w, const char *list, const char *code)
{
    const ArchiveCode *c = find_code(list, code);

    if (!second(w)) {
        arkiv_xml_text(&w->xml, list, c->word);
        return;
    }
    arkiv_xml_open(&w->xml, list, NULL);
    arkiv_xml_text(&w->xml, "mdk:kode", c->code);
    arkiv_xml_text(&w->xml, "mdk:beskrivelse", c->word);
    arkiv_xml_close(&w->xml);
}

/* --- keys --- */

/* Source: RFC 9562, 5.5: SHA-1 of the namespace (here the one of URLs) and the name. */
const char *arkiv_uuid(const Report *report, const char *part, char buf[UUID_TEXT])
{
    static const guint8 url[16] = { 0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1,
                                    0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8 };
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA1);
    char id[ID_TEXT];
    g_autofree char *name =
        g_strdup_printf("urn:oppvekst:%s:%s", id_text(report->id, id), part ? part : ARKIV_FOLDER);
    guint8 d[20];
    gsize len = sizeof d;

    g_checksum_update(sum, url, sizeof url);
    g_checksum_update(sum, (const guchar *)name, (gssize)strlen(name));
    g_checksum_get_digest(sum, d, &len);
    d[6] = (guint8)((d[6] & 0x0f) | 0x50);
    d[8] = (guint8)((d[8] & 0x3f) | 0x80);
    g_snprintf(buf, UUID_TEXT,
               "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", d[0], d[1],
               d[2], d[3], d[4], d[5], d[6], d[7], d[8], d[9], d[10], d[11], d[12], d[13], d[14],
               d[15]);
    return buf;
}

/* The key is in the schema of generation 2; in 1 it stands among what is the sender's own. */
static void put_key(Writer *w, const char *part)
{
    char key[UUID_TEXT];

    arkiv_uuid(w->m->report, part, key);
    if (second(w)) {
        arkiv_xml_open(&w->xml, "referanseEksternNoekkel", NULL);
        arkiv_xml_text(&w->xml, "fagsystem", SYSTEM);
        arkiv_xml_text(&w->xml, "noekkel", key);
        arkiv_xml_close(&w->xml);
        return;
    }
    arkiv_xml_open(&w->xml, "virksomhetsspesifikkeMetadata", NS_OURS);
    arkiv_xml_text(&w->xml, "opv:fagsystem", SYSTEM);
    arkiv_xml_text(&w->xml, "opv:noekkel", key);
    arkiv_xml_close(&w->xml);
}

static void put_id(Writer *w, const char *part)
{
    char key[UUID_TEXT];

    if (!second(w))
        arkiv_xml_text(&w->xml, "systemID", arkiv_uuid(w->m->report, part, key));
}

/* --- one document --- */

static void put_shield(Writer *w, const ArchiveDoc *d)
{
    if (!*d->hjemmel)
        return;
    arkiv_xml_open(&w->xml, "skjerming", NULL);
    put_code(w, "tilgangsrestriksjon", "UO");
    arkiv_xml_text(&w->xml, "skjermingshjemmel", d->hjemmel);
    put_code(w, "skjermingMetadata", "TRO");
    put_code(w, "skjermingMetadata", "TD");
    put_code(w, "skjermingDokument", "H");
    arkiv_xml_text(&w->xml, "skjermingOpphoererDato", d->until);
    arkiv_xml_close(&w->xml);
}

typedef struct {
    const ArchiveFile *file;
    const char *title, *type, *as; /* as: H or V */
    int number;
    const char *part; /* key of its own in generation 1 */
} Attached;

static void put_object(Writer *w, const ArchiveDoc *d, const ArchiveFile *file)
{
    arkiv_xml_open(&w->xml, "dokumentobjekt", NULL);
    arkiv_xml_int(&w->xml, "versjonsnummer", 1);
    put_code(w, "variantformat", "A");
    put_code(w, "format", "RA-PDF");
    arkiv_xml_text(&w->xml, "formatDetaljer", "PDF/A-2a");
    if (second(w))
        arkiv_xml_text(&w->xml, "mimeType", "application/pdf");
    arkiv_xml_time(&w->xml, "opprettetDato", d->made_at);
    arkiv_xml_text(&w->xml, "opprettetAv", d->from);
    if (second(w))
        arkiv_xml_text(&w->xml, "filnavn", file->name);
    arkiv_xml_text(&w->xml, "referanseDokumentfil", file->name);
    arkiv_xml_text(&w->xml, "sjekksum", file->sha256);
    arkiv_xml_text(&w->xml, "sjekksumAlgoritme", "SHA-256");
    arkiv_xml_int(&w->xml, "filstoerrelse", (int64_t)file->size);
    arkiv_xml_close(&w->xml);
}

static void put_description(Writer *w, const ArchiveDoc *d, const Attached *a)
{
    arkiv_xml_open(&w->xml, "dokumentbeskrivelse", NULL);
    put_id(w, a->part);
    put_code(w, "dokumenttype", a->type);
    put_code(w, "dokumentstatus", "F");
    arkiv_xml_text(&w->xml, "tittel", a->title);
    arkiv_xml_time(&w->xml, "opprettetDato", d->made_at);
    arkiv_xml_text(&w->xml, "opprettetAv", d->from);
    put_code(w, "tilknyttetRegistreringSom", a->as);
    arkiv_xml_int(&w->xml, "dokumentnummer", a->number);
    arkiv_xml_time(&w->xml, "tilknyttetDato", d->made_at);
    arkiv_xml_text(&w->xml, "tilknyttetAv", d->from);
    put_object(w, d, a->file);
    arkiv_xml_close(&w->xml);
}

static void put_descriptions(Writer *w, const ArchiveDoc *d, size_t i)
{
    g_autofree char *main_part = g_strconcat(d->part, "/1", NULL);
    g_autofree char *other_part = g_strconcat(d->part, "/2", NULL);
    const Attached main = { &w->m->files[i], d->title, d->doc_type, "H", 1, main_part };
    const Attached other = { &w->m->attached[i], d->attached_title, "VEDLEGG", "V", 2, other_part };

    put_description(w, d, &main);
    if (other.file->name)
        put_description(w, d, &other);
}

static void put_party(Writer *w, const char *type, const char *name, const char *handler)
{
    arkiv_xml_open(&w->xml, "korrespondansepart", NULL);
    put_code(w, "korrespondanseparttype", type);
    arkiv_xml_text(&w->xml, "korrespondansepartNavn", name);
    arkiv_xml_text(&w->xml, "saksbehandler", handler);
    arkiv_xml_close(&w->xml);
}

static void put_parties(Writer *w, const ArchiveDoc *d)
{
    bool outside = !strcmp(d->post_type, "U");

    put_party(w, "IA", d->from, d->handler);
    for (const char *const *to = d->to; *to; to++)
        put_party(w, outside ? "EM" : "IM", *to, NULL);
}

/* "2013/456-7" -> 7; 0 when it has none. */
static int64_t post_number(const ArchiveDoc *d)
{
    const char *number = *d->number ? d->number : d->journal;
    const char *dash = strrchr(number, '-');

    return dash ? g_ascii_strtoll(dash + 1, NULL, 10) : 0;
}

static void put_journal(Writer *w, const ArchiveDoc *d)
{
    int64_t number = post_number(d);

    arkiv_xml_int(&w->xml, "journalaar", g_ascii_strtoll(d->on, NULL, 10));
    if (number > 0)
        arkiv_xml_int(&w->xml, "journalpostnummer", number);
    put_code(w, "journalposttype", d->post_type);
    put_code(w, "journalstatus", "F");
    arkiv_xml_text(&w->xml, "journaldato", d->on);
    arkiv_xml_text(&w->xml, "dokumentetsDato", d->on);
    arkiv_xml_int(&w->xml, "antallVedlegg", d->attached_file ? 1 : 0);
}

static void put_post(Writer *w, const ArchiveDoc *d, size_t i)
{
    char key[UUID_TEXT];

    arkiv_xml_open(&w->xml, second(w) ? "registrering" : "basisregistrering",
                   "xsi:type=\"journalpost\"");
    put_id(w, d->part);
    arkiv_xml_time(&w->xml, "opprettetDato", d->made_at);
    arkiv_xml_text(&w->xml, "opprettetAv", d->from);
    if (!second(w))
        arkiv_xml_text(&w->xml, "referanseForelderMappe", arkiv_uuid(w->m->report, NULL, key));
    put_shield(w, d);
    put_descriptions(w, d, i);
    arkiv_xml_text(&w->xml, "tittel", d->title);
    arkiv_xml_text(&w->xml, "offentligTittel",
                   *d->public_title ? d->public_title
                   : *d->hjemmel    ? _("Kept from the public")
                                    : d->title);
    if (second(w))
        put_parties(w, d);
    put_key(w, d->part);
    put_journal(w, d);
    if (!second(w))
        put_parties(w, d);
    arkiv_xml_close(&w->xml);
}

/* --- the folder --- */

bool arkiv_case_parse(const char *text, int *ret_year, int *ret_number)
{
    const char *slash = strchr(text, '/');
    guint64 year, number;

    if (!slash || slash == text || strspn(text, "0123456789") != (size_t)(slash - text) ||
        !g_ascii_string_to_unsigned(slash + 1, 10, 1, 9999999, &number, NULL))
        return false;
    year = g_ascii_strtoull(text, NULL, 10);
    if (slash - text == 2)
        year += 2000;
    if (year < 1990 || year > 2199)
        return false;
    *ret_year = (int)year;
    *ret_number = (int)number;
    return true;
}

static const char *folder_day(const Message *m)
{
    const char *first = NULL;

    for (size_t i = 0; i < m->docs->n; i++)
        if (m->files[i].name && (!first || strcmp(m->docs->v[i].on, first) < 0))
            first = m->docs->v[i].on;
    return first ? first : m->today;
}

static void put_case_number(Writer *w)
{
    int year, number;

    if (!arkiv_case_parse(w->m->docs->archive_case, &year, &number))
        return;
    arkiv_xml_int(&w->xml, "saksaar", year);
    arkiv_xml_int(&w->xml, "sakssekvensnummer", number);
}

static void put_folder(Writer *w)
{
    const Message *m = w->m;
    bool closed = m->report->state == STATE_AVSLUTTET;

    arkiv_xml_open(&w->xml, "mappe", "xsi:type=\"saksmappe\"");
    if (second(w) && strlen(m->docs->folder_id) == UUID_TEXT - 1) /* another form is no systemID */
        arkiv_xml_text(&w->xml, "systemID", m->docs->folder_id);
    put_id(w, NULL);
    arkiv_xml_text(&w->xml, "mappeID", m->docs->archive_case);
    arkiv_xml_text(&w->xml, "tittel", m->report->title);
    arkiv_xml_text(&w->xml, "offentligTittel", m->report->title);
    arkiv_xml_time(&w->xml, "opprettetDato", m->now);
    arkiv_xml_text(&w->xml, "opprettetAv", SYSTEM);
    put_key(w, NULL);
    for (size_t i = 0; i < m->docs->n; i++)
        if (m->files[i].name)
            put_post(w, &m->docs->v[i], i);
    put_case_number(w);
    arkiv_xml_text(&w->xml, "saksdato", folder_day(m));
    arkiv_xml_text(&w->xml, "administrativEnhet", m->docs->look.owner);
    arkiv_xml_text(&w->xml, "saksansvarlig", tilgang_role_name("FS"));
    put_code(w, "saksstatus", closed ? "A" : "B");
    arkiv_xml_close(&w->xml);
}

char *arkiv_message_xml(const Message *message, size_t *ret_len)
{
    g_auto(ArkivSpeaking) speaking = arkiv_speak(message->report->language);
    Writer w = { message, arkiv_xml_begin() };

    arkiv_xml_open(&w.xml, "arkivmelding", second(&w) ? NS_2 : NS_1);
    arkiv_xml_text(&w.xml, "system", SYSTEM);
    arkiv_xml_text(&w.xml, "meldingId", message->message);
    arkiv_xml_time(&w.xml, "tidspunkt", message->now);
    arkiv_xml_int(&w.xml, "antallFiler", message->n_files);
    put_folder(&w);
    arkiv_xml_close(&w.xml);
    return arkiv_xml_end(&w.xml, ret_len);
}
