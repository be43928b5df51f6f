#!/usr/bin/env python3
"""mal.py - templates filled in by other programs give the figures that were typed; hostile files give none.

usage: test/mal/run    from the root of the project; OPPVEKST names another program than build/oppvekst

Each template is fetched as people fetch it, filled by openpyxl, saved again by LibreOffice, and imported
both ways. What ../shared/data/hostile holds is sent through the command and the page: nothing may crash,
nothing may be half stored, and nothing we hand out may be taken for a formula by a spreadsheet.
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
import tarfile
import tempfile
import traceback
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from nettleser import Browser, Server  # noqa: E402

PROGRAM = os.path.abspath(os.environ.get("OPPVEKST", "build/oppvekst"))
HOSTILE = Path("../shared/data/hostile").resolve()
UDIR = Path("demo/data/udir").resolve()
XLSX = ".xlsx"
FORMULA = re.compile(r"^[=+\-@\t\r]")
AT_ONCE = 4  # so few are read while one waits
NUMBER = re.compile(r"^[+-]?\d[\d\s\u00a0]*([.,]\d+)?$")


def oppvekst(*args, check=True):
    done = subprocess.run([PROGRAM, *map(str, args)], capture_output=True, text=True, timeout=250)
    assert not check or done.returncode == 0, (args, done.stderr[:500])
    return done


def rows(db, sql):
    with sqlite3.connect(f"file:{db}?mode=ro", uri=True) as connection:
        return connection.execute(sql).fetchall()


class Given:
    """A demo, a server on it, and the leader of Hustadvika's schools signed in."""

    def __init__(self, folder):
        self.folder = Path(folder)
        oppvekst("demo", "--dir", folder, "--no-serve")
        self.file = self.folder / "oppvekst.db"
        self.db = f"sqlite:{self.file}"
        self.server = Server(PROGRAM, self.db, self.folder / "server.log")
        self.browser = Browser(self.server.url)
        try:
            self.browser.sign_in("fagsjef@hustadvika.demo")
        except BaseException:
            self.server.stop()
            raise

    def template(self, name):
        status, _, body = self.browser.ask(f"/import/mal/{name}")
        assert status == 200, (name, status)
        path = self.folder / name
        path.write_bytes(body)
        return path

    def copy(self):
        """The database as it is, somewhere else: to import into more than once."""
        path = self.folder / "copy.db"
        for tail in ("", "-wal", "-shm", "-turn"):
            Path(f"{path}{tail}").unlink(missing_ok=True)
        with sqlite3.connect(self.file) as one, sqlite3.connect(path) as other:
            one.backup(other)
        return path


# --- templates ---

def openpyxl():
    """Debian's own, whichever python3 comes first in the path."""
    try:
        import openpyxl as module
    except ImportError:
        sys.path.append("/usr/lib/python3/dist-packages")
        import openpyxl as module
    return module


def resave(given, path, form="xlsx", reading=()):
    """The file as LibreOffice writes it; `reading` tells how it is to be read."""
    out = given.folder / "lo"
    out.mkdir(exist_ok=True)
    done = subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{given.folder}/lo-profile",
                           *reading, "--convert-to", form, "--outdir", str(out), str(path)],
                          capture_output=True, text=True, timeout=200)
    made = out / f"{path.stem}.{form}"
    assert made.exists(), done.stderr[:300] + done.stdout[:300]
    return made


def import_copy(given, path):
    db = given.copy()
    done = oppvekst("import", "--db", f"sqlite:{db}", "--owner", "1579", "--json", path, check=False)
    result = json.loads(done.stdout)
    assert done.returncode == 0 and not result["errors"], (path.name, result["errors"][:3])
    return db, result


def filled(given, name, fill):
    """A template filled by openpyxl, and the same saved again by LibreOffice."""
    path = given.template(name)
    book = openpyxl().load_workbook(path)
    fill(book.worksheets[0])
    book.save(path)
    return [path, resave(given, path)]


def column(sheet, header):
    return next(c.column for c in sheet[1] if str(c.value).lower() == header)


def test_sick_leave(given):
    typed = [(400, 56.5, 30), (410, 41, 31), (395.5, 12.25, 29)]

    def fill(sheet):
        for i, cells in enumerate(typed):
            for header, value in zip(("avtalte dagsverk", "tapte dagsverk", "ansatte"), cells):
                sheet.cell(i + 2, column(sheet, header)).value = value

    for path in filled(given, "sykefravar-2012.xlsx", fill):
        db, result = import_copy(given, path)
        got = rows(db, "SELECT v.denominator, v.numerator, v.n, v.value, v.computed FROM verdi v JOIN datasett d"
                       f" ON d.id = v.datasett WHERE d.filename = '{path.name}' ORDER BY v.line")
        want = [(agreed, lost, n, 100 * lost / agreed) for agreed, lost, n in typed]
        assert result["values"] == 3 and len(got) == 3, (path, result, got)
        for row, expected in zip(got, want):
            assert row[:3] == expected[:3] and abs(row[3] - expected[3]) < 1e-9 and row[4] == 1, (row, expected)


def test_facts(given):
    def fill(sheet):
        value = column(sheet, "verdi")
        sheet.cell(2, value).value = 120
        sheet.cell(3, value).value = "34"
        sheet.cell(4, value).value = "to hele klasser"

    for path in filled(given, "fakta-2012.xlsx", fill):
        before = given.copy()
        known = len(rows(before, "SELECT 1 FROM enhet_faktum"))
        db, result = import_copy(given, path)
        got = rows(db, "SELECT value, at FROM enhet_faktum ORDER BY id DESC LIMIT 3")
        assert result["values"] == 3 and len(rows(db, "SELECT 1 FROM enhet_faktum")) == known + 3, result
        assert sorted(got) == [("120", "2012"), ("34", "2012"), ("to hele klasser", "2012")], got


def test_words(given):
    def fill(sheet):
        for i, word in enumerate(("svak", "middels", "god")):
            sheet.cell(i + 2, column(sheet, "vurdering")).value = word

    for path in filled(given, "kvalitativ-2012.xlsx", fill):
        db, result = import_copy(given, path)
        got = rows(db, "SELECT v.qualitative, v.status, v.period FROM verdi v JOIN datasett d ON d.id = v.datasett"
                       f" WHERE d.filename = '{path.name}' ORDER BY v.line")
        assert got == [(w, "qualitative", "2012/13") for w in ("svak", "middels", "god")], (result, got)


# --- Udir's files as spreadsheets save them ---

def as_semicolons(source, encoding, first=""):
    text = source.read_bytes().decode("utf-16-le").lstrip("\ufeff")
    lines = text.split("\n")
    lines = lines[1:] if lines[0].startswith("sep=") else lines
    out = io.StringIO()
    for line in csv.reader(lines, delimiter="\t"):
        if line:
            csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(line)
    return (first + out.getvalue()).encode(encoding, "strict")


def values_of(db):
    return rows(db, "SELECT u.code, v.indikator, v.period, v.grade, v.sex, v.value, v.uncertainty, v.n, v.status"
                    " FROM stat_verdi v JOIN stat_enhet u ON u.id = v.enhet"
                    " ORDER BY u.level, u.code, v.indikator, v.period, v.grade, v.sex")


def import_public(given, path, name):
    db = given.folder / f"{name}.db"
    oppvekst("migrate", "--db", f"sqlite:{db}")
    done = oppvekst("import", "--db", f"sqlite:{db}", path, check=False)
    assert done.returncode == 0, (name, done.stderr[:400])
    got = values_of(db)
    for tail in ("", "-wal", "-shm", "-turn"):
        Path(f"{db}{tail}").unlink(missing_ok=True)
    return got


def test_resaved_udir(given):
    for i, source in enumerate(sorted(UDIR.glob("*.csv"))):
        want = import_public(given, source, f"np{i}")
        assert len(want) > 4000, (source.name, len(want))
        for kind, encoding, first in (("windows", "cp1252", ""), ("sep", "utf-8-sig", "sep=;\r\n")):
            again = given.folder / f"{kind}-{i}.csv"
            try:
                again.write_bytes(as_semicolons(source, encoding, first))
            except UnicodeEncodeError:  # a letter Windows-1252 lacks: Excel would write "?"
                continue
            assert import_public(given, again, f"np{i}{kind}") == want, (source.name, kind)


def test_resaved_by_libreoffice(given):
    source = sorted(UDIR.glob("*ungdomstrinn.csv"))[-1]
    plain = given.folder / "udir.csv"
    plain.write_bytes(as_semicolons(source, "utf-8-sig"))
    # semicolons, UTF-8, Norwegian numbers: as Excel in Norway opens it
    book = resave(given, plain, "xlsx", ["--infilter=CSV:59,34,76,1,,1044,false,true"])
    want = import_public(given, source, "lo-want")
    assert import_public(given, book, "lo-book") == want, "as a workbook"


# --- files made to do harm ---

def hostile_files():
    found = []
    for path in sorted(p for p in HOSTILE.rglob("*") if p.is_file()):
        if path.suffix == ".tar":
            with tarfile.open(path) as archive:
                found += [(m.name.replace("/", "_"), archive.extractfile(m).read())
                          for m in archive.getmembers() if m.isfile()]
        else:
            found.append((path.name, path.read_bytes()))
    return found


def stored(given):
    return [rows(given.file, f"SELECT COUNT(*) FROM {t}")[0][0]
            for t in ("verdi", "datasett", "stat_verdi", "stat_datasett", "enhet_faktum", "datasett_faktum")]


def test_hostile_by_command(given):
    folder = given.folder / "hostile"
    folder.mkdir()
    paths = []
    for i, (name, data) in enumerate(hostile_files()):
        paths.append(folder / f"{i:04d}-{re.sub(r'[^A-Za-z0-9._-]', '_', name)[-60:]}")
        paths[-1].write_bytes(data)
    before = stored(given)
    done = oppvekst("import", "--db", given.db, "--owner", "1579", "--json", *paths, check=False)
    results = json.loads(done.stdout)
    assert done.returncode == 1, done.returncode
    assert len(results) == len(paths), (len(results), len(paths))
    for path, result in zip(paths, results):
        assert result["errors"] and all(e["message"].strip() for e in result["errors"]), path.name
        assert result["values"] == 0 and result["dataset"] is None, path.name
    assert stored(given) == before


def test_hostile_by_page(given):
    files = hostile_files()
    before = stored(given)
    for at in range(0, len(files), AT_ONCE):
        status, headers, body = given.browser.send_files(files[at:at + AT_ONCE])
        assert status in (303, 413, 422), (status, body[:200])
        if status != 303:
            continue
        path = headers["Location"]
        status, _, body = given.browser.ask(path)
        assert status == 200, (path, status)
        assert b"data-reload" not in body, "they have been read, and are not waiting to be"
        assert b"<script>alert" not in body
        assert b'name="gjor" value="lagre"' not in body, files[at][0]
        fields = [("csrf", given.browser.csrf(path)), ("gjor", "dropp")]
        assert given.browser.post(path, fields)[0] == 303
    assert given.server.alive() and given.browser.ask("/helse")[0] == 200
    assert stored(given) == before


def formulas_in(data):
    text = data.decode("utf-8-sig")
    dialect = ";" if ";" in text.split("\n")[0] else ","
    return [cell for row in csv.reader(io.StringIO(text), delimiter=dialect) for cell in row
            if FORMULA.match(cell) and not NUMBER.match(cell)]


def formulas_in_book(path):
    book = openpyxl().load_workbook(path)
    return [cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
            if cell.data_type == "f" or (isinstance(cell.value, str) and FORMULA.match(cell.value)
                                         and not NUMBER.match(cell.value))]


def test_no_formula_comes_out(given):
    payloads = [line for line in (HOSTILE / "csv_injection_payloads.txt").read_text("utf-8").splitlines()
                if line.strip()]
    assert len(payloads) > 5
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["enhet", "indikator", "periode", "verdi", "kilde"])
    for i, payload in enumerate(payloads[:60]):
        writer.writerow(["975283518", "ANSATTE", f"{2000 + i // 4}K{1 + i % 4}", str(20 + i), payload])
    path = given.folder / "=cmd.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    assert oppvekst("import", "--db", given.db, "--owner", "1579", path).returncode == 0
    names = [("=1+1.csv", b"enhet;indikator;periode;verdi\n" + p.encode() + b";ANSATTE;2001;3\n") for p in payloads]
    for at in range(0, len(names), AT_ONCE):
        status, headers, _ = given.browser.send_files(names[at:at + AT_ONCE])
        assert status == 303
        page = given.browser.ask(headers["Location"])[2].decode()
        problems = sorted(set(re.findall(r'href="([^"]+merknader\.csv[^"]*)"', page)))
        assert problems, page[:500]
        for address in problems:
            status, _, data = given.browser.ask(address.replace("&amp;", "&"))
            assert status == 200 and not formulas_in(data), (address, formulas_in(data)[:3])
    status, _, data = given.browser.ask("/indikatorer/ANSATTE/figur.csv?enhet=975283518")
    assert status == 200 and data.count(b"\n") > 10 and not formulas_in(data), (status, formulas_in(data)[:3])
    for name in ("sykefravar-2012", "fakta-2012", "kvalitativ-2012"):
        assert not formulas_in(given.browser.ask(f"/import/mal/{name}.csv")[2]), name
        assert not formulas_in_book(given.template(f"{name}.xlsx")), name
    report = given.folder / "report.csv"
    oppvekst("report", "--db", given.db, "--owner", "1579", "--year", "2025/26", "--format", "csv",
             "--audience", "internal", "--output", report)
    assert not formulas_in(report.read_bytes()), formulas_in(report.read_bytes())[:3]


def main():
    given_needs_hostile = {test_hostile_by_command, test_hostile_by_page, test_no_formula_comes_out}
    tests = [(name[5:], fn) for name, fn in globals().items() if name.startswith("test_")]
    print(f"1..{len(tests)}")
    failed = 0
    with tempfile.TemporaryDirectory(prefix="mal-") as folder:
        given = Given(folder)
        try:
            for number, (name, fn) in enumerate(tests, 1):
                if fn in given_needs_hostile and not HOSTILE.is_dir():
                    print(f"ok {number} /mal/{name} # SKIP ../shared/data/hostile is not there")
                    continue
                if not shutil.which("soffice") and fn not in given_needs_hostile and fn is not test_resaved_udir:
                    print(f"ok {number} /mal/{name} # SKIP LibreOffice is not there")
                    continue
                try:
                    fn(given)
                    print(f"ok {number} /mal/{name}", flush=True)
                except Exception:  # a test that breaks has failed; the others go on
                    failed += 1
                    print("".join(f"# {line}\n" for line in traceback.format_exc().splitlines()), end="")
                    print(f"not ok {number} /mal/{name}", flush=True)
        finally:
            given.server.stop()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
