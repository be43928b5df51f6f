#!/usr/bin/env python3
"""structure.py FILE GENERATION [METADATAKATALOG.XSD] - whether an arkivmelding.xml has the structure its
schema asks for: order, how many, required, coded values. Written from ks-no/fiks-arkiv-specification
(arkivmelding.xsd at 8780bb8) and Noark 5; prints what is wrong, one a line.
SPDX-License-Identifier: EUPL-1.2"""
import re
import sys
import xml.etree.ElementTree as ET

PATH, GENERATION = sys.argv[1], sys.argv[2]
NS = {'1': '{http://www.arkivverket.no/standarder/noark5/arkivmelding}',
      '2': '{http://www.arkivverket.no/standarder/noark5/arkivmelding/v2}'}[GENERATION]
MDK = '{http://www.arkivverket.no/standarder/noark5/metadatakatalog/v2}'
XSI = '{http://www.w3.org/2001/XMLSchema-instance}type'
wrong = []

# name, fewest, most (None: any), in the order of the schema; "code" is a coded value
MANY = None
POST = 'registrering' if GENERATION == '2' else 'basisregistrering'
SHAPES = {
    'arkivmelding': [('system', 1, 1), ('meldingId', 1, 1), ('tidspunkt', 1, 1), ('antallFiler', 1, 1),
                     ('mappe', 0, MANY)],
    'saksmappe': [('systemID', 0 if GENERATION == '2' else 1, 1), ('mappeID', 0, 1), ('tittel', 1, 1),
                  ('offentligTittel', 0, 1), ('opprettetDato', 1, 1), ('opprettetAv', 1, 1)]
    + ([('referanseEksternNoekkel', 1, 1)] if GENERATION == '2' else [('virksomhetsspesifikkeMetadata', 1, 1)])
    + [(POST, 1, MANY), ('saksaar', 0, 1), ('sakssekvensnummer', 0, 1), ('saksdato', 1, 1),
       ('administrativEnhet', 1, 1), ('saksansvarlig', 1, 1), ('saksstatus', 1, 1)],
    'journalpost': ([] if GENERATION == '2' else [('systemID', 1, 1)])
    + [('opprettetDato', 1, 1), ('opprettetAv', 1, 1)]
    + ([] if GENERATION == '2' else [('referanseForelderMappe', 1, 1)])
    + [('skjerming', 0, 1), ('dokumentbeskrivelse', 1, MANY), ('tittel', 1, 1), ('offentligTittel', 0, 1)]
    + ([('korrespondansepart', 1, MANY), ('referanseEksternNoekkel', 1, 1)] if GENERATION == '2'
       else [('virksomhetsspesifikkeMetadata', 1, 1)])
    + [('journalaar', 0, 1), ('journalpostnummer', 0, 1), ('journalposttype', 1, 1), ('journalstatus', 1, 1),
       ('journaldato', 1, 1), ('dokumentetsDato', 0, 1), ('antallVedlegg', 0, 1)]
    + ([] if GENERATION == '2' else [('korrespondansepart', 1, MANY)]),
    'dokumentbeskrivelse': ([] if GENERATION == '2' else [('systemID', 1, 1)])
    + [('dokumenttype', 1, 1), ('dokumentstatus', 1, 1), ('tittel', 1, 1), ('opprettetDato', 1, 1),
       ('opprettetAv', 1, 1), ('tilknyttetRegistreringSom', 1, 1), ('dokumentnummer', 1, 1),
       ('tilknyttetDato', 1, 1), ('tilknyttetAv', 1, 1), ('dokumentobjekt', 1, MANY)],
    'dokumentobjekt': [('versjonsnummer', 1, 1), ('variantformat', 1, 1), ('format', 1, 1),
                       ('formatDetaljer', 0, 1)]
    + ([('mimeType', 0, 1)] if GENERATION == '2' else []) + [('opprettetDato', 1, 1), ('opprettetAv', 1, 1)]
    + ([('filnavn', 1, 1)] if GENERATION == '2' else [])
    + [('referanseDokumentfil', 1, 1), ('sjekksum', 1, 1), ('sjekksumAlgoritme', 1, 1), ('filstoerrelse', 1, 1)],
    'korrespondansepart': [('korrespondanseparttype', 1, 1), ('korrespondansepartNavn', 1, 1),
                           ('saksbehandler', 0, 1)],
    'referanseEksternNoekkel': [('fagsystem', 1, 1), ('noekkel', 1, 1)],
    'skjerming': [('tilgangsrestriksjon', 1, 1), ('skjermingshjemmel', 1, 1), ('skjermingMetadata', 1, MANY),
                  ('skjermingDokument', 0, 1), ('skjermingOpphoererDato', 0, 1)],
}
CODES = {
    'journalposttype': 'U N X S', 'journalstatus': 'F', 'dokumentstatus': 'F',
    'dokumenttype': 'RAPPORT SAKSFRAMLEGG PROTOKOLL NOTAT VEDLEGG', 'tilknyttetRegistreringSom': 'H V',
    'variantformat': 'A', 'format': 'RA-PDF', 'korrespondanseparttype': 'EM IA IM', 'saksstatus': 'A B',
    'tilgangsrestriksjon': 'UO', 'skjermingMetadata': 'TRO TD', 'skjermingDokument': 'H',
}
PATTERNS = {
    'tidspunkt': r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ', 'opprettetDato': r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ',
    'tilknyttetDato': r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ', 'saksdato': r'\d{4}-\d\d-\d\d',
    'journaldato': r'\d{4}-\d\d-\d\d', 'dokumentetsDato': r'\d{4}-\d\d-\d\d',
    'skjermingOpphoererDato': r'\d{4}-\d\d-\d\d', 'antallFiler': r'\d+', 'journalaar': r'\d{4}',
    'saksaar': r'\d{4}', 'sakssekvensnummer': r'\d+', 'journalpostnummer': r'\d+', 'dokumentnummer': r'\d+',
    'versjonsnummer': r'\d+', 'filstoerrelse': r'\d+', 'sjekksum': r'[0-9a-f]{64}', 'sjekksumAlgoritme': 'SHA-256',
    'systemID': r'[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}',
    'meldingId': r'[a-f0-9-]{36}', 'noekkel': r'[a-f0-9]{8}-[a-f0-9]{4}-5[a-f0-9]{3}-[89ab][a-f0-9]{3}-[a-f0-9]{12}',
}


def words_of(path):
    """Lists of the catalogue that have a closed set of words."""
    xs = '{http://www.w3.org/2001/XMLSchema}'
    found = {}
    for t in ET.parse(path).getroot().iter(xs + 'simpleType'):
        values = [e.get('value') for e in t.iter(xs + 'enumeration')]
        if values:
            found[t.get('name')] = values
    return found


WORDS = words_of(sys.argv[3]) if len(sys.argv) > 3 else {}


def check_code(element, name, path):
    if GENERATION == '1':
        word = element.text or ''
        if name in WORDS and word not in WORDS[name]:
            wrong.append('%s: %r is no word of the catalogue' % (path, word))
        return
    names = [c.tag for c in element]
    if names != [MDK + 'kode', MDK + 'beskrivelse']:
        wrong.append('%s: a coded value is kode and beskrivelse, not %s' % (path, names))
    elif element[0].text not in CODES[name].split():
        wrong.append('%s: unknown code %r' % (path, element[0].text))


def check_leaf(element, name, path):
    text = element.text or ''
    if len(element):
        wrong.append('%s: has elements within' % path)
    if not text:
        wrong.append('%s: is empty' % path)
    if name in PATTERNS and not re.fullmatch(PATTERNS[name], text):
        wrong.append('%s: %r is not of its form' % (path, text))


def check(element, shape, path):
    place, seen = 0, {}
    for child in element:
        if not child.tag.startswith(NS):
            wrong.append('%s: %s is of another namespace' % (path, child.tag))
            continue
        name = child.tag[len(NS):]
        names = [s[0] for s in SHAPES[shape]]
        if name not in names:
            wrong.append('%s: %s does not belong here' % (path, name))
            continue
        if names.index(name) < place:
            wrong.append('%s: %s stands too late' % (path, name))
        place = names.index(name)
        seen[name] = seen.get(name, 0) + 1
        below = path + '/' + name
        kind = child.get(XSI)
        if name in ('mappe', POST):
            if kind != {'mappe': 'saksmappe'}.get(name, 'journalpost'):
                wrong.append('%s: xsi:type is %r' % (below, kind))
            else:
                check(child, kind, below)
        elif name in SHAPES:
            check(child, name, below)
        elif name in CODES:
            check_code(child, name, below)
        elif name != 'virksomhetsspesifikkeMetadata':
            check_leaf(child, name, below)
    for name, fewest, most in SHAPES[shape]:
        n = seen.get(name, 0)
        if n < fewest or (most is not None and n > most):
            wrong.append('%s: %d of %s' % (path, n, name))


root = ET.parse(PATH).getroot()
if root.tag != NS + 'arkivmelding':
    wrong.append('the root is ' + root.tag)
else:
    check(root, 'arkivmelding', 'arkivmelding')
    files = [e.text for e in root.iter(NS + 'referanseDokumentfil')]
    if len(files) != int(root.findtext(NS + 'antallFiler')) or len(set(files)) != len(files):
        wrong.append('antallFiler is not the number of files')
    for post in root.iter(NS + POST):
        mains = [c for c in post.iter(NS + 'tilknyttetRegistreringSom')
                 if (c[0].text if GENERATION == '2' else c.text) in ('H', 'Hoveddokument')]
        if len(mains) != 1:
            wrong.append('a journal post has %d main documents' % len(mains))
print('\n'.join(wrong), end='')
sys.exit(1 if wrong else 0)
