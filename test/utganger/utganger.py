#!/usr/bin/env python3
"""utganger.py - one report in every format: the same figures, the same masks, nothing beside them; TAP.

usage: test/utganger/run    from the root of the project; OPPVEKST names another program than build/oppvekst

Small groups with values that occur nowhere else are planted among Hustadvika's figures. The public's
files of every format and both language forms are then read byte by byte, packages unpacked; DOCX is
opened by LibreOffice. The internal files must show the values, or the search proves nothing.
SPDX-License-Identifier: EUPL-1.2
"""
import csv
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.request
import xml.etree.ElementTree as ET
import zipfile
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import crawl  # noqa: E402
import jsonstat  # noqa: E402

PROGRAM = os.path.abspath(os.environ.get("OPPVEKST", "build/oppvekst"))
CHECK_PDF = Path("test/pdf/check.py").resolve()
FORMATS = ["html", "pdf", "docx", "csv", "jsonstat"]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SCHOOL = "975283488"  # Bud skole: its grade 5 is too small for the public
OTHER = "975283518"   # another school of the municipality
PLANTED = ("enhet;indikator;periode;trinn;kjonn;verdi;usikkerhet;n;teller;nevner;status;kvalitativ;kilde\n"
           f"{SCHOOL};NP.LES.5;2025/26;5;;61,37;7,77;7;;;;;plantet\n"
           f"{SCHOOL};NP.REG.5;2025/26;5;;33,19;8,88;7;;;;;plantet\n"
           # sickness absence of seven employees, a survey of seven pupils, a share of three of 61: figures so
           # far out of the way that they are known again however they are rounded
           f"{SCHOOL};SYK.TOT;2025K3;;;;;7;539,17;734,46;;;plantet\n"
           f"{SCHOOL};EU.TRIVSEL.7;2025/26;7;;6283,19;;7;;;;;plantet\n"
           f"{SCHOOL};EU.MOBB.7;2025/26;7;;4,9187;;61;;;;;plantet\n"
           # points of two schools and the municipality: the small one would be the rest
           f"{SCHOOL};GSP;2024/25;10;;8467,1873;;8;;;;;plantet\n"
           f"{OTHER};GSP;2024/25;10;;9733,8391;;12;;;;;plantet\n")
WHOLE = "enhet;indikator;periode;trinn;verdi;n\n1579;GSP;2024/25;10;9227,17838;20\n"
FAR = ["6283", "8467", "9733"]  # 9733: of the larger school, which would tell the small one's
FAR += [f"{f[0]}{gap}{f[1:]}" for f in FAR for gap in ("\u00a0", "\u202f")]
FAR += ["73,4", "73.4", "539,17", "539.17", "734,46", "734.46", "4,9187", "4.9187"]
NEEDLES = ["61,37", "61.37", "33,19", "33.19", "7,77", "7.77", "8,88", "8.88", "±7,8", "± 7,8",
           "±8,9", "± 8,9", "planted.csv", "plantet"]


def oppvekst(*args, check=True):
    done = subprocess.run([PROGRAM, *args], capture_output=True, text=True)
    assert not check or done.returncode == 0, (args, done.stderr)
    return done


class Given:
    """A demo with the planted values, and every file made of it."""

    def __init__(self, folder):
        self.folder = Path(folder)
        oppvekst("demo", "--dir", folder, "--no-serve")
        self.db = f"sqlite:{folder}/oppvekst.db"
        whole = self.folder / "kommunen.csv"
        whole.write_text(WHOLE)
        oppvekst("import", "--db", self.db, "--owner", "1579", str(whole))
        planted = self.folder / "planted.csv"
        planted.write_text(PLANTED)
        oppvekst("import", "--db", self.db, "--owner", "1579", str(planted))
        # The draft holds the figures it was written over: let it take in the new ones.
        with sqlite3.connect(f"{folder}/oppvekst.db") as db:
            db.execute("DELETE FROM rapport_tall")
        self.files = {}

    def serve(self):
        """A server on the same database; ends with the test."""
        listen = f"127.0.0.1:{os.environ.get('PORT', '8311')}"
        done = subprocess.Popen([PROGRAM, "serve", "--db", self.db, "--listen", listen],
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://{listen}/", timeout=5).read()
                return done, f"http://{listen}"
            except OSError:
                time.sleep(0.1)
        done.terminate()
        raise AssertionError("the server did not start")

    def report(self, form, audience="public", language="nb"):
        key = (form, audience, language)
        if key not in self.files:
            path = self.folder / f"{audience}-{language}.{form}"
            oppvekst("report", "--db", self.db, "--owner", "1579", "--year", "2025/26", "--format", form,
                     "--audience", audience, "--language", language, "--output", str(path))
            self.files[key] = path
        return self.files[key]


# --- reading files ---

def everything_in(path):
    """All that a reader, or somebody who digs, can find in the file, as texts by where it stood."""
    raw = path.read_bytes()
    found = {"raw": raw.decode("utf-8", "replace")}
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                found[name] = package.read(name).decode("utf-8", "replace")
                found[name + " as text"] = re.sub(r"<[^>]*>", "", found[name])
    if path.suffix == ".pdf":
        plain = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", str(path), "-"],
                               capture_output=True)
        found["unpacked"] = plain.stdout.decode("latin-1")
        found["text"] = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True,
                                       text=True).stdout
    return found


class Tables(HTMLParser):
    """The tables of an HTML file as rows of texts; its headings below the first level too."""

    def __init__(self):
        super().__init__()
        self.tables, self.headings, self.cell, self.heading = [], [], None, None

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.cell = ""
        elif tag in ("h2", "h3", "h4", "h5"):
            self.heading = ""

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.cell is not None:
            self.tables[-1][-1].append(" ".join(self.cell.split()))
            self.cell = None
        elif tag in ("h2", "h3", "h4", "h5") and self.heading is not None:
            self.headings.append(" ".join(self.heading.split()))
            self.heading = None

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data
        elif self.heading is not None:
            self.heading += data


def html_of(path):
    reader = Tables()
    reader.feed(path.read_text())
    return reader


def words(element):
    return " ".join("".join(t.text or "" for t in element.iter(W + "t")).split())


def docx_of(path):
    with zipfile.ZipFile(path) as package:
        body = ET.fromstring(package.read("word/document.xml")).find(W + "body")
    tables = [[[words(cell) for cell in row.findall(W + "tc")] for row in table.findall(W + "tr")]
              for table in body.iter(W + "tbl")]
    headings = [words(p) for p in body.iter(W + "p")
                if p.find(f"{W}pPr/{W}pStyle") is not None
                and re.fullmatch(r"Heading\d", p.find(f"{W}pPr/{W}pStyle").get(W + "val"))]
    return body, tables, headings


def csv_of(path):
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf"), "no byte order mark: Excel would guess the encoding"
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))


# --- the tests ---

def test_planted_values_reach_no_public_file(given):
    for language in ("nb", "nn"):
        for form in FORMATS:
            for where, text in everything_in(given.report(form, "public", language)).items():
                for needle in NEEDLES + (FAR if where == "text" or form != "pdf" else []):
                    if form == "pdf" and where != "text" and re.fullmatch(r"[\d.]+", needle):
                        continue  # there it is a coordinate; what is said stands in "text"
                    assert needle not in text, (form, language, where, needle)


STARTS = ["/", "/rapporter", "/indikatorer", "/skjerming", "/sok?q=skole", "/hjem", "/rapporter.atom",
          f"/indikatorer/SYK.TOT?enhet={SCHOOL}", f"/indikatorer/EU.TRIVSEL.7?enhet={SCHOOL}",
          f"/indikatorer/EU.MOBB.7?enhet={SCHOOL}", f"/indikatorer/GSP?enhet={SCHOOL}",
          f"/indikatorer/GSP?enhet={OTHER}", "/indikatorer/GSP?enhet=1579", f"/sok?q={SCHOOL}",
          f"/indikatorer/NP.LES.5?enhet={SCHOOL}", f"/indikatorer/NP.LES.5/figur.csv?enhet={SCHOOL}",
          f"/indikatorer/SYK.TOT/figur.csv?enhet={SCHOOL}", f"/indikatorer/GSP/figur.csv?enhet={OTHER}",
          f"/indikatorer/GSP/figur.svg?enhet={OTHER}", f"/indikatorer/GSP/figur.csv?enhet={SCHOOL}"]


def planted_in(answers, needles):
    """Addresses where a planted figure stands; what a person asked for and sees in the address is none.
    Neither is a place on a drawn line (test-sider: it is the same, byte by byte, whatever is hidden), nor
    the end of a longer number."""
    patterns = {needle: re.compile(rf"(?<!\d){re.escape(needle)}") for needle in needles}
    return [(path, where, needle) for path, (status, kind, body) in answers.items() if status == 200
            for where, text in crawl.texts_of(kind, body)
            for text in [re.sub(r' d="[^"]*"', "", text)]
            for needle, pattern in patterns.items() if pattern.search(text)]


def test_every_page_hides_them_from_those_outside(given):
    """Whoever may not see the owner's own figures: nobody, a politician, the secretariat."""
    server, base = given.serve()
    try:
        needles = FAR + ["61,37", "61.37", "33,19", "33.19"]
        for who in (None, "politiker", "sekretariat"):
            login = f"{who}@hustadvika.demo" if who else None
            seen = crawl.Walker(base, login, "fjorden-i-juni").walk(STARTS)
            read = [p for p, (status, _, _) in seen.items() if status == 200]
            assert len(read) >= 25, (who, len(read))
            found = planted_in(seen, needles)
            assert not found, (who, found[:5])
        inside = crawl.Walker(base, "fagsjef@hustadvika.demo", "fjorden-i-juni").walk(STARTS[7:], 60)
        found = {re.sub(r"\W", "", needle)[:4] for _, _, needle in planted_in(inside, needles)}
        assert {"734", "6283", "8467", "9733"} <= found, found  # the search sees what is there
    finally:
        server.terminate()
        server.wait(20)


def test_the_search_finds_them_inside(given):
    for form in FORMATS:
        texts = "\n".join(everything_in(given.report(form, "internal")).values())
        if form == "html":  # a figure and its uncertainty are kept on one line by an element
            texts = unescape(re.sub(r"<[^>]+>", "", texts))
        shown = {"csv": ["61,37", "7,77"], "jsonstat": ["61.37", "7.77"]}.get(form, ["61 ±7,8"])
        for needle in shown:
            assert needle in texts.replace("\u00a0", " "), (form, needle)


def test_tables_are_the_same_in_html_and_docx(given):
    for audience in ("public", "internal"):
        html = html_of(given.report("html", audience))
        _, tables, headings = docx_of(given.report("docx", audience))
        assert html.tables and tables == html.tables
        for heading in headings:
            assert heading in html.headings, heading
        assert len(headings) >= len([h for h in html.headings if h in headings])
    masks = sum(cell == "*" for t in html_of(given.report("html")).tables for r in t for cell in r)
    assert masks >= 7, masks


def test_libreoffice_reads_what_html_says(given):
    source = given.report("docx")
    done = subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{given.folder}/lo",
                           "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(given.folder / "txt"),
                           str(source)], capture_output=True, text=True, timeout=200)
    text = " ".join((given.folder / "txt" / (source.stem + ".txt")).read_text("utf-8-sig").split())
    html = html_of(given.report("html"))
    assert done.returncode == 0
    for needle in NEEDLES:
        assert needle not in text, needle
    _, _, headings = docx_of(source)
    for heading in headings:
        assert heading in text, heading
    for table in html.tables:
        for row in table:
            for cell in row:
                assert cell in text, cell
    assert text.split().count("*") >= sum(c == "*" for t in html.tables for r in t for c in r)


def test_libreoffice_makes_tagged_pages_of_it(given):
    source = given.report("docx")
    subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{given.folder}/lo",
                    "--convert-to", "pdf", "--outdir", str(given.folder / "lopdf"), str(source)],
                   capture_output=True, timeout=200, check=True)
    pdf = given.folder / "lopdf" / (source.stem + ".pdf")
    info = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True).stdout
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True).stdout
    pages = int(re.search(r"Pages:\s+(\d+)", info).group(1))
    assert re.search(r"Title:\s+Tilstandsrapport 2025/26", info), info
    assert 8 <= pages <= 40, pages
    assert f"Side 2 av {pages}" in text  # the fields of the foot are alive


def test_docx_is_a_sound_package(given):
    path = given.report("docx")
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        assert names[0] == "[Content_Types].xml" and package.testzip() is None
        assert {i.date_time for i in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        types = ET.fromstring(package.read("[Content_Types].xml"))
        parts = {e.get("PartName") for e in types if e.get("PartName")}
        kinds = {e.get("Extension") for e in types if e.get("Extension")}
        for name in names:
            assert "/" + name in parts or name.rsplit(".", 1)[1] in kinds, name
            if name.endswith((".xml", ".rels")):
                ET.fromstring(package.read(name))
        rels = ET.fromstring(package.read("word/_rels/document.xml.rels"))
        for rel in rels:
            if rel.get("TargetMode") != "External":
                assert "word/" + rel.get("Target") in names, rel.get("Target")
        ids = [rel.get("Id") for rel in rels]
        used = set(re.findall(r'r:(?:id|embed)="([^"]+)"', package.read("word/document.xml").decode()))
        assert len(ids) == len(set(ids)) and used <= set(ids)
        core = package.read("docProps/core.xml").decode()
        assert "<dc:title>Tilstandsrapport 2025/26</dc:title>" in core
        assert "<dc:creator>Hustadvika kommune</dc:creator>" in core
        assert "<dc:language>nb-NO</dc:language>" in core
        styles = package.read("word/styles.xml").decode()
        for style in set(re.findall(r'w:(?:pStyle|tblStyle|rStyle) w:val="([^"]+)"',
                                    package.read("word/document.xml").decode())):
            assert f'w:styleId="{style}"' in styles, style


def test_docx_can_be_used_by_everybody(given):
    body, tables, headings = docx_of(given.report("docx"))
    xml = ET.tostring(body, encoding="unicode")
    for table in body.iter(W + "tbl"):
        head = table.find(W + "tr")
        assert head.find(f"{W}trPr/{W}tblHeader") is not None
        assert table.find(f"{W}tblPr/{W}tblCaption").get(W + "val")
    alts = re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', xml)
    if not alts:
        alts = re.findall(r'docPr id="\d+" name="[^"]*" descr="([^"]*)"', xml)
    assert len(alts) >= 12 and all(len(a) > 20 for a in alts), alts[:3]
    levels = [int(p.find(f"{W}pPr/{W}pStyle").get(W + "val")[-1]) for p in body.iter(W + "p")
              if p.find(f"{W}pPr/{W}pStyle") is not None
              and re.fullmatch(r"Heading\d", p.find(f"{W}pPr/{W}pStyle").get(W + "val"))]
    assert levels[0] == 1 and all(b <= a + 1 for a, b in zip(levels, levels[1:]))
    anchors = {h.get(W + "anchor") for h in body.iter(W + "hyperlink") if h.get(W + "anchor")}
    marks = {b.get(W + "name") for b in body.iter(W + "bookmarkStart")}
    assert anchors and anchors <= marks
    assert " TOC " in xml


def test_the_same_report_is_the_same_bytes(given):
    for form in ("docx", "csv", "jsonstat", "pdf"):
        first = given.report(form).read_bytes()
        again = given.folder / f"again.{form}"
        oppvekst("report", "--db", given.db, "--owner", "1579", "--year", "2025/26", "--format", form,
                 "--language", "nb", "--output", str(again))
        assert again.read_bytes() == first, form


def test_csv_shows_what_is_shown(given):
    rows = csv_of(given.report("csv"))
    wanted = ("blokk enhet enhetsnavn indikator indikatornavn periode trinn kjonn verdi usikkerhet n "
              "status kvalitativ kilde").split()
    assert list(rows[0]) == wanted
    hidden = [r for r in rows if r["status"] == "skjermet"]
    shown = [r for r in rows if r["verdi"]]
    assert len(hidden) >= 7 and len(shown) > 60
    for row in hidden:
        assert not (row["verdi"] or row["usikkerhet"] or row["n"] or row["kilde"]), row
    for row in shown:
        assert re.fullmatch(r"-?\d+(,\d+)?", row["verdi"]), row
    mine = [r for r in rows if r["enhet"] == SCHOOL and r["indikator"] == "NP.LES.5" and r["periode"] == "2025/26"]
    assert mine and all(r["status"] == "skjermet" for r in mine), mine


def test_csv_goes_back_in(given):
    """The long format is the one values-csv reads: what the public sees, the program takes in again."""
    rows = csv_of(given.report("csv"))
    back = given.folder / "tilbake.csv"
    with back.open("w", newline="") as out:
        names = "enhet indikator periode trinn kjonn verdi usikkerhet n".split()
        writer = csv.DictWriter(out, names, delimiter=";", extrasaction="ignore")
        writer.writeheader()
        once = {(r["enhet"], r["indikator"], r["periode"]): r for r in rows if r["verdi"] and len(r["enhet"]) == 9}
        for row in once.values():
            writer.writerow(row)
    done = oppvekst("import", "--db", given.db, "--owner", "1579", "--dry-run", "--json", str(back))
    told = json.loads(done.stdout)
    assert told["errors"] == [] and told["rows"] == len(once) and told["units_unknown"] == 0, told


def test_jsonstat_is_valid_and_agrees_with_csv(given):
    for language in ("nb", "nn"):
        sets = jsonstat.check(json.loads(given.report("jsonstat", "public", language).read_text()))
        rows = csv_of(given.report("csv", "public", language))
        word = "skjermet" if language == "nb" else "skjerma"
        by_block = {}
        for row in rows:
            by_block.setdefault(row["blokk"], {})[row["enhet"], row["indikator"], row["periode"]] = row
        hidden = 0
        for dataset in sets:
            for key, cell in jsonstat.cells(dataset).items():
                row = by_block[dataset["label"]].get(key)
                value, status = cell["verdi"]
                assert row is not None or status == "..", (dataset["label"], key)
                if status == ":":
                    hidden += 1
                    assert all(v is None and s == ":" for v, s in cell.values()), cell
                    assert row["status"] == word, row
                elif value is not None:
                    assert abs(float(row["verdi"].replace(",", ".")) - value) < 1e-9, (row, value)
        assert hidden == sum(r["status"] == word for r in rows) >= 7


def test_nynorsk_and_bokmaal_differ_in_words_alone(given):
    nb, nn = csv_of(given.report("csv")), csv_of(given.report("csv", language="nn"))
    numbers = "enhet indikator periode verdi usikkerhet n".split()
    assert [[r[k] for k in numbers] for r in nb] == [[r[k] for k in numbers] for r in nn]
    assert any("Nasjonale prøver" in r["indikatornavn"] for r in nb)
    assert any(a["indikatornavn"] != b["indikatornavn"] for a, b in zip(nb, nn))
    html = given.report("html", language="nn").read_text()
    assert '<html lang="nn' in html and "Ikkje" in html or "ikkje" in html
    # what people wrote in bokmål stays, and says so
    assert re.search(r'lang="nb-NO"', html), "people's own words are not marked"
    with zipfile.ZipFile(given.report("docx", language="nn")) as package:
        assert 'w:lang w:val="nb-NO"' in package.read("word/document.xml").decode()
        assert 'w:lang w:val="nn-NO"' in package.read("word/styles.xml").decode()


def test_pdfs_keep_the_rules(given):
    paths = [given.report("pdf", a, l) for a, l in (("public", "nb"), ("public", "nn"), ("internal", "nb"))]
    done = subprocess.run(["/usr/bin/python3", str(CHECK_PDF), *map(str, paths)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def main():
    tests = [(name, f) for name, f in globals().items() if name.startswith("test_")]
    for program in ("soffice", "pdftotext", "qpdf"):
        if not shutil.which(program):
            print(f"1..0 # SKIP {program} is not installed")
            return 0
    failed = 0
    print(f"1..{len(tests)}", flush=True)
    with tempfile.TemporaryDirectory(prefix="oppvekst-utganger-") as folder:
        given = Given(folder)
        for n, (name, test) in enumerate(tests, 1):
            words_of = name[5:].replace("_", " ")
            try:
                test(given)
                print(f"ok {n} - {words_of}", flush=True)
            except Exception:  # noqa: BLE001 - each is told as TAP
                failed += 1
                print(f"not ok {n} - {words_of}")
                for line in traceback.format_exc().splitlines():
                    print("# " + line[:600], flush=True)
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
