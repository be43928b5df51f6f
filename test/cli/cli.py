#!/usr/bin/env python3
"""cli.py - the program from outside: options, exit codes, texts, files and databases, as TAP.

usage: test/cli/run    from the root of the project; OPPVEKST names another program than build/oppvekst

What needs a database runs on SQLite, and once more under test/pg on PostgreSQL, where there is one.
SPDX-License-Identifier: EUPL-1.2
"""
import json
import os
import pty
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from program import PROGRAM, Sqlite, fail, founded, new_database, run, same_rows, succeed
from spc import (control_charts_agree_with_the_textbooks, control_charts_are_written_to_the_letter,
                 control_charts_say_what_is_wrong)

UDIR = Path("demo/data/udir").resolve()
HOSTILE = Path("../shared/data/hostile").resolve()
EVERY_OPTION = {
    "demo": ["--listen", "--dir", "--no-serve"],
    "init": ["--db", "--owner", "--name", "--admin", "--admin-name"],
    "migrate": ["--db"],
    "serve": ["--db", "--listen", "--workers"],
    "import": ["--db", "--owner", "--format", "--dry-run", "--json", "FILE"],
    "report": ["--db", "--owner", "--year", "--format", "--audience", "--language", "--output"],
    "series": ["--db", "--unit", "--indicator", "--owner", "--audience", "--scale"],
    "spc": ["--chart", "--profile", "--improve", "--target", "--rebase", "--phase-after", "--fix-after", "--exclude",
            "--summary", "FILE"],
    "routes": [], "config": [],
    "user": ["--db", "--owner", "--email", "--name", "--role", "|disable|enable", "RK  Head teacher (Rektor)"],
}
# EXPECT.md O1: rows, `*` cells, empty cells, `0` cells.
EXPECTED = {
    "2022-23_20260224-1157_Nasjonale_proever_5._trinn.csv": (2501, 6462, 466, 230),
    "2022-23_20260224-1157_Nasjonale_proever_ungdomstrinn.csv": (1536, 3360, 418, 206),
    "2023-24_20260224-1156_Nasjonale_proever_ungdomstrinn.csv": (1538, 3414, 138, 66),
    "2023-24_20260224-1157_Nasjonale_proever_5._trinn.csv": (2485, 6417, 133, 59),
    "2024-25_20260224-1156_Nasjonale_proever_ungdomstrinn.csv": (1533, 3249, 159, 69),
    "2025-26_20260218-1045_Nasjonale_proever_5._trinn.csv": (2445, 6063, 225, 0),
}
FILES = [str(UDIR / name) for name in sorted(EXPECTED)]


# --- without a database ---

def every_command_has_help(_):
    listed = succeed("--help").out
    for command, options in EVERY_OPTION.items():
        assert f"oppvekst {command} " in listed, (command, listed)
        result = succeed(command, "--help")
        assert result.err == "", result
        assert f"oppvekst {command} [OPTION" in result.out, result
        for option in options:
            assert option in result.out, (option, result)


def wrong_use_ends_with_two(_):
    cases = [
        ([], "Usage"), (["frobnicate"], 'no command "frobnicate"'),
        (["init"], "are needed"), (["init", "--owner", "1579"], "are needed"),
        (["migrate", "x"], "operands"), (["serve", "x"], "operands"), (["serve", "--nope"], "--nope"),
        (["routes", "x"], "operands"), (["config", "x"], "operands"), (["demo", "x"], "operands"),
        (["import"], "at least one file"), (["import", "--format", "docx", "a"], "not a format"),
        (["series"], "are needed"), (["series", "--unit", "0"], "are needed"),
        (["series", "--unit", "0", "--indicator", "X", "--audience", "secret"], "--audience"),
        (["series", "--unit", "0", "--indicator", "X", "--scale", "richter"], "--scale"),
        (["user"], "say what to do"), (["user", "frob"], "say what to do"), (["user", "add"], "need --owner"),
        (["user", "list"], "--owner"), (["user", "password"], "--email"), (["user", "disable"], "--email"),
        (["user", "add", "--owner", "1579", "--email", "a@b.example", "--name", "A", "--role", "ZZ"], "not a role"),
        (["user", "add", "--owner", "1579", "--email", "a@b.example", "--name", "", "--role", "FS"], "--name"),
        (["user", "add", "--owner", "1", "--email", "a@b", "--name", "A", "--role", "RK"], "--unit"),
        (["report"], "are needed"), (["init", "--db"], "--db"), (["user", "enable"], "--email"),
    ]
    for args, words in cases:
        fail(2, words, *args)


def routes_are_sorted_and_complete(_):
    lines = succeed("routes").out.splitlines()
    assert lines == sorted(lines) and len(lines) == len(set(lines)) > 20, lines
    for line in lines:
        assert re.fullmatch(r"(GET|POST|PUT|PATCH|DELETE) /\S* [A-Z_]+", line), line
        assert not line.endswith(" NONE"), line


def the_printed_settings_are_accepted(folder):
    """Both as printed and with every default written out; what fails then is the database."""
    text = succeed("config").out
    all_set = re.sub(r"(?m)^#(\w+ = )", r"\1", text)
    assert all_set.count(" = ") > 8, text
    for name, content in (("printed", text), ("all", all_set)):
        path = Path(folder) / f"{name}.conf"
        path.write_text(content)
        fail(1, "no database", "serve", "--config", path, "--db", f"sqlite:{folder}/none.db")


def a_wrong_setting_stops(folder):
    path = Path(folder) / "oppvekst.conf"
    cases = [("[oppvekst]\nlisten_to = x\n", "listen_to"), ("[oppvekst]\nworkers = many\n", "workers"),
             ("[other]\nlisten = x\n", "[other]"), ("listen = x\n", "oppvekst.conf"),
             ("[oppvekst]\nlog_level = loud\n", "log_level"), ("[oppvekst]\nbody_limit = 1Q\n", "body_limit")]
    for text, words in cases:
        path.write_text(text)
        fail(1, words, "serve", "--config", path)
    fail(1, "no such file", "serve", "--config", f"{folder}/none.conf")
    fail(1, "OPPVEKST_LISTEN_TO", "serve", env={"OPPVEKST_LISTEN_TO": "x"})


def a_mistyped_database_is_not_made(folder):
    path = Path(folder) / "mistyped.db"
    for args in (["series", "--unit", "0", "--indicator", "NP.LES.5"], ["import", FILES[0]],
                 ["user", "list", "--owner", "1579"], ["serve"]):
        fail(1, "no database", *args, "--db", f"sqlite:{path}")
        assert not path.exists(), args
    fail(1, "mkdir -p", "init", "--db", f"{folder}/x/o.db", "--owner", "1579", "--name", "H", "--admin", "a@b.example")


# --- with a database ---

def init_twice_conflicts(folder):
    db = new_database(folder)
    args = ["init", "--db", db.url, "--owner", "1579", "--name", "Hustadvika", "--admin", "a@b.example"]
    first = succeed(*args)
    assert "Hustadvika (1579) is ready" in first.out and "a@b.example" in first.out, first
    again = same_rows(db, lambda: fail(1, "an owner with number 1579 is there already", *args))
    assert again.err.count("\n") == 1, again
    args[4], args[6] = "1551", "Eide"
    succeed(*args, "--admin-name", "Kari Første")  # another owner is welcome
    assert succeed("user", "list", "--db", db.url, "--owner", "1551").out.count("\tKari Første\t") == 5


def init_refuses_what_makes_no_sense(folder):
    db = founded(folder)
    for number, name, email in (("155", "Eide", "a@b.example"), ("abcd", "Eide", "a@b.example"),
                                ("1551", "Eide", "nobody"), ("1551", "Eide", "a@b@c.example")):
        same_rows(db, lambda: fail(1, "oppvekst: ", "init", "--db", db.url, "--owner", number, "--name", name,
                                   "--admin", email))


def migrate_is_idempotent(folder):
    db = new_database(folder)
    first = succeed("migrate", "--db", db.url)
    again = same_rows(db, lambda: succeed("migrate", "--db", db.url))
    assert first.out == again.out and re.search(r"migration \d+", first.out), (first, again)


def a_database_that_is_behind_says_so(folder):
    db = new_database(folder)
    if isinstance(db, Sqlite):
        db.path.touch()
    fail(1, "run oppvekst migrate", "series", "--db", db.url, "--unit", "0", "--indicator", "NP.LES.5")


def the_six_files_give_exact_counts(folder):
    db = founded(folder)
    dry = same_rows(db, lambda: succeed("import", "--json", "--dry-run", "--db", db.url, FILES[0]))
    assert json.loads(dry.out)["values"] == 3 * EXPECTED[Path(FILES[0]).name][0], dry
    result = succeed("import", "--json", "--db", db.url, *FILES)
    assert result.err == "", result  # silent in a pipe
    answers = json.loads(result.out)
    assert len(answers) == len(FILES), result
    for path, answer in zip(FILES, answers):
        rows, masked, missing, zeros = EXPECTED[Path(path).name]
        got = {k: answer[k] for k in ("format", "rows", "values", "masked", "missing", "zeros", "duplicates",
                                      "units_matched", "units_unknown", "errors")}
        assert got == {"format": "udir-csv", "rows": rows, "values": 3 * rows, "masked": masked,
                       "missing": missing, "zeros": zeros, "duplicates": 0, "units_matched": rows,
                       "units_unknown": 0, "errors": []}, (path, got)
        assert answer["not_tested"] == zeros, answer
        assert answer["dataset"], answer
    again = same_rows(db, lambda: succeed("import", "--json", "--db", db.url, *FILES))
    assert all(a["values"] == 0 and a["errors"] == [] for a in json.loads(again.out)), again
    words = succeed("import", "--db", db.url, FILES[0])
    assert "nothing new" in words.out and words.err == "", words
    series_are_what_was_printed(db)


def series_are_what_was_printed(db):
    def series(unit, indicator, *more):
        lines = succeed("series", "--db", db.url, "--unit", unit, "--indicator", indicator, *more).out.splitlines()
        assert lines[0] == "period,value,uncertainty,n,status,source", lines
        return lines[1:]

    fifth = "Nasjonale_proever_5._trinn.csv"
    assert series("1579", "NP.LES.5") == [
        f"2022/23,50,1.3,151,ok,2022-23_20260224-1157_{fifth}:409",
        f"2023/24,48,1.3,139,ok,2023-24_20260224-1157_{fifth}:405",
        f"2025/26,47,1.3,136,ok,2025-26_20260218-1045_{fifth}:800"], series("1579", "NP.LES.5")
    bud = [line.split(",") for line in series("975283488", "NP.LES.5")]
    assert [b[:5] for b in bud] == [["2022/23", "47", "4.5", "14", "ok"], ["2023/24", "43", "3.8", "15", "ok"],
                                    ["2025/26", "", "", "", "masked"]], bud
    assert [line.split(",")[1:4] for line in series("0", "NP.ENG.8")] == [
        ["50", "0.1", "56437"], ["50", "0.1", "61993"], ["50", "0.1", "60594"]], series("0", "NP.ENG.8")
    assert [line.split(",")[0] for line in series("15", "NP.REG.5")] == ["2022/23", "2023/24", "2025/26"]
    internal = series("975283488", "NP.LES.5", "--audience", "internal", "--owner", "1579")
    assert internal[2].split(",")[1:5] == ["", "", "", "masked"], internal  # Udir's own mask: nobody has it
    fail(1, '"99"', "series", "--db", db.url, "--unit", "99", "--indicator", "NP.LES.5")
    fail(1, '"NOPE"', "series", "--db", db.url, "--unit", "0", "--indicator", "NOPE")
    fail(1, "4444", "series", "--db", db.url, "--unit", "0", "--indicator", "NP.LES.5", "--owner", "4444")


def an_owners_own_file_is_the_owners(folder):
    db = founded(folder)
    own = Path(folder) / "egne.csv"
    own.write_text("enhet;indikator;periode;trinn;kjonn;verdi;usikkerhet;n\n"
                   "1579;NP.LES.5;2021/22;5;alle;49,5;1,1;136\n")
    answer = json.loads(succeed("import", "--json", "--db", db.url, "--owner", "1579", own).out)
    assert (answer["format"], answer["rows"], answer["values"]) == ("values-csv", 1, 1), answer
    args = ["series", "--db", db.url, "--unit", "1579", "--indicator", "NP.LES.5"]
    lines = succeed(*args, "--owner", "1579").out.splitlines()
    assert lines[1:] == ["2021/22,49.5,1.1,136,ok,egne.csv:2"], lines
    fail(1, '"1579"', *args)  # the store that all share knows nothing of it
    same_rows(db, lambda: fail(1, "4444", "import", "--db", db.url, "--owner", "4444", own))


def hostile_files_change_nothing(folder):
    db = founded(folder)
    zeros, empty = Path(folder) / "zeros.csv", Path(folder) / "empty.csv"
    zeros.write_bytes(b"\0" * 1_000_000)
    empty.touch()
    broken = Path(folder) / "broken.csv"
    broken.write_text("enhet;indikator;periode;verdi\n975283488;NP.LES.5;2025/26;tull\n")
    files = [zeros, empty, broken, Path(folder), Path(folder) / "missing.csv", "/dev/zero"]
    if HOSTILE.exists():
        files += [p for kind in ("csv", "px", "xml") for p in sorted((HOSTILE / kind).iterdir())]
        files += [HOSTILE / "blns.txt", HOSTILE / "blns.json", HOSTILE / "csv_injection_payloads.txt"]
    same_rows(db, lambda: [refuse(db, path) for path in files])
    located = fail(1, "broken.csv:2:4: ", "import", "--db", db.url, broken)
    assert "tull" in located.err, located


def tables_of_others_are_counted_and_known_ones_stored(folder):
    """JSON-stat and PX: any of them is read with --dry-run; only what an indicator answers to is stored."""
    db = founded(folder)
    table = {"version": "2.0", "class": "dataset", "label": "12134: Nøkkeltall", "id": ["Region", "ContentsCode", "Tid"],
             "size": [2, 1, 1], "role": {"geo": ["Region"], "time": ["Tid"], "metric": ["ContentsCode"]},
             "dimension": {"Region": {"category": {"index": ["1579", "0301"]}},
                           "ContentsCode": {"category": {"index": ["KOSAG110000"]}},
                           "Tid": {"category": {"index": ["2024"]}}},
             "value": [70000, None], "status": {"1": ":"}}
    known, foreign, px = (Path(folder) / name for name in ("known.json", "foreign.json", "t.px"))
    known.write_text(json.dumps(table))
    foreign.write_text(json.dumps({**table, "label": "99999: Fisk"}))
    px.write_text('MATRIX="X";\nSTUB="a";\nHEADING="b";\nVALUES("a")="1","2";\nVALUES("b")="u","v";\nDATA=\n1 2\n".." 0;\n')
    for path, kind, counts in ((foreign, "jsonstat", (2, 1, 1, 1)), (px, "px", (4, 3, 0, 1))):
        answer = json.loads(succeed("import", "--dry-run", "--json", "--db", db.url, path).out)
        assert answer["format"] == kind and not answer["errors"], answer
        assert tuple(answer[k] for k in ("rows", "values", "masked", "missing")) == counts, answer
        fail(1, "dry run", "import", "--db", db.url, path)
    stored = json.loads(succeed("import", "--json", "--db", db.url, known).out)
    assert stored["values"] == 2 and stored["masked"] == 1, stored
    series = succeed("series", "--db", db.url, "--unit", "1579", "--indicator", "KOSTRA.FRIE").out
    assert "2024,70000,,,ok,known.json:1" in series, series


def refuse(db, path):
    """What is told as text and as JSON is the same, and points to the place where there is one."""
    said = fail(1, Path(path).name, "import", "--db", db.url, path)
    assert "nothing stored" in said.err, said
    answer = json.loads(run("import", "--json", "--db", db.url, path).out)
    assert answer["errors"] and answer["values"] == 0 and not answer["dataset"], answer
    for problem in answer["errors"]:
        assert problem["message"] and problem["file"] == Path(path).name, problem
        if problem["line"] and problem["column"]:
            assert f"{problem['file']}:{problem['line']}:{problem['column']}: " in said.err, said
        elif problem["line"]:
            assert f"{problem['file']}:{problem['line']}: " in said.err, said


def one_bad_file_spoils_no_other(folder):
    db = founded(folder)
    result = run("import", "--json", "--db", db.url, Path(folder) / "missing.csv", FILES[0], folder)
    assert result.code == 1 and result.err == "", result
    missing, good, directory = json.loads(result.out)
    assert missing["errors"][0]["file"] == "missing.csv" and missing["values"] == 0, missing
    assert good["errors"] == [] and good["values"] == 7503, good
    assert directory["errors"] and not directory["dataset"], directory
    assert "nothing new" in succeed("import", "--db", db.url, FILES[0]).out


def progress_is_for_terminals(folder):
    db = founded(folder)
    ours, theirs = pty.openpty()
    done = subprocess.run([PROGRAM, "import", "--db", db.url, FILES[0]], stderr=theirs, stdout=subprocess.PIPE,
                          env={**os.environ, "LANG": "en"}, timeout=60)
    os.close(theirs)
    assert done.returncode == 0 and Path(FILES[0]).name in os.read(ours, 4096).decode()
    os.close(ours)


def users_come_and_go(folder):
    db = founded(folder)
    add = ["user", "add", "--db", db.url, "--owner", "1579", "--email", "Kari@hustadvika.example",
           "--name", "Kari Første", "--role", "FS"]

    def listed():
        return succeed("user", "list", "--db", db.url, "--owner", "1579").out.splitlines()

    first = re.search(r"the password (\S+)", succeed(*add).out).group(1)
    assert "kari@hustadvika.example\tKari Første\tFS\tenabled" in listed(), listed()
    same_rows(db, lambda: fail(1, "already", *add))
    new = succeed("user", "password", "--db", db.url, "--email", "kari@hustadvika.example").out
    assert re.search(r": (\S+)\n", new).group(1) != first and first not in new, new
    succeed("user", "disable", "--db", db.url, "--email", "KARI@hustadvika.example")
    assert "kari@hustadvika.example\tKari Første\tFS\tdisabled" in listed(), listed()
    succeed("user", "enable", "--db", db.url, "--email", "kari@hustadvika.example")
    assert listed().count("kari@hustadvika.example\tKari Første\tFS\tenabled") == 1
    for verb in ("password", "disable", "enable"):
        same_rows(db, lambda: fail(1, "nobody@x.example", "user", verb, "--db", db.url, "--email",
                                   "nobody@x.example"))
    same_rows(db, lambda: fail(1, "975283488", *add[:-1], "RK", "--unit", "975283488"))
    same_rows(db, lambda: fail(1, "4444", *add[:5], "4444", *add[6:]))
    fail(1, "4444", "user", "list", "--db", db.url, "--owner", "4444")


def roles_are_given_once_and_rightly(folder):
    db = founded(folder)
    for email, name in (("per@hustadvika.example", "Per Første"), ("pal@hustadvika.example", "Pål Andre")):
        succeed("user", "add", "--db", db.url, "--owner", "1579", "--email", email, "--name", name, "--role", "FS")

    def grant(role="AR", owner="1579", email="per@hustadvika.example", *more):
        return ["user", "grant", "--db", db.url, "--owner", owner, "--email", email, "--role", role, *more]

    def roles():
        return sorted(r for (r,) in db.query("SELECT t.role FROM rolle t JOIN innlogging i ON i.owner = t.owner "
                                             "AND i.person = t.person WHERE i.email = 'per@hustadvika.example'"))

    succeed(*grant(email="PER@hustadvika.example"))
    assert roles() == ["AR", "FS"], roles()
    noted = db.query("SELECT detail FROM revisjon WHERE act = 'rolle.gitt'")
    assert noted == [("AR",)], noted
    same_rows(db, lambda: fail(1, "has that role already", *grant()))
    same_rows(db, lambda: fail(1, "4444", *grant(owner="4444")))
    same_rows(db, lambda: fail(1, "nobody@x.example", *grant(email="nobody@x.example")))
    same_rows(db, lambda: fail(1, "999999999", *grant("RK", "1579", "per@hustadvika.example", "--unit", "999999999")))
    same_rows(db, lambda: fail(2, "not a role", *grant("ZZ")))
    same_rows(db, lambda: fail(2, "--unit", *grant("RK")))
    same_rows(db, lambda: fail(2, "grant needs", "user", "grant", "--db", db.url, "--owner", "1579", "--role", "AR"))
    # one that has ended is no hindrance, and stays in the history
    db.query("UPDATE rolle SET valid_from = '2000-01-01', valid_to = '2000-12-31' WHERE role = 'AR' "
             "AND person IN (SELECT person FROM innlogging WHERE email = 'per@hustadvika.example') RETURNING id")
    succeed(*grant())
    assert roles() == ["AR", "AR", "FS"], roles()
    same_rows(db, lambda: fail(1, "has that role already", *grant()))


def invitations_are_for_new_people(folder):
    db = founded(folder)

    def invite(email="ny@hustadvika.example", role="FS", owner="1579"):
        return ["user", "invite", "--db", db.url, "--owner", owner, "--email", email, "--name", "Ny Første", "--role", role]

    out = succeed(*invite()).out
    assert re.search(r"\n/invitasjon/\S{20,}\n", out), out
    secret = re.search(r"/invitasjon/(\S+)", out).group(1)
    assert all(secret not in str(row) for row in db.query("SELECT * FROM innlogging_lenke")), "the link itself is kept"
    assert db.query("SELECT detail FROM revisjon WHERE act = 'innlogging.invitert'") == [("FS",)]
    same_rows(db, lambda: fail(1, "already", *invite()))
    same_rows(db, lambda: fail(1, "4444", *invite("a@b.example", "FS", "4444")))
    same_rows(db, lambda: fail(1, "is not an e-mail address", *invite("no address")))
    same_rows(db, lambda: fail(2, "--unit", *invite("a@b.example", "ST")))


# --- serving ---

def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def start(db, port):
    server = subprocess.Popen([PROGRAM, "serve", "--db", db.url, "--listen", f"127.0.0.1:{port}", "--workers", "2"],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/helse", timeout=2) as reply:
                return server, json.load(reply)
        except OSError:
            assert server.poll() is None, server.stderr.read().decode()
            time.sleep(0.05)
    server.kill()
    raise AssertionError("the server does not answer")


def serving_stops_when_told(folder):
    db, port = founded(folder), free_port()
    for told in (signal.SIGTERM, signal.SIGINT):
        server, health = start(db, port)
        try:
            assert health["status"] == "ok" and health["database"] is True, health
            fail(1, "choose another one", "serve", "--db", db.url, "--listen", f"127.0.0.1:{port}")
            server.send_signal(told)
            out, _ = server.communicate(timeout=20)
            assert server.returncode == 0 and out == b"", (server.returncode, out)
        finally:
            if server.poll() is None:
                server.kill()
                server.communicate()


def serving_refuses_what_it_cannot_do(folder):
    db = founded(folder)
    fail(1, "HOST:PORT", "serve", "--db", db.url, "--listen", "nonsense")
    fail(1, "workers", "serve", "--db", db.url, "--workers", "many")


PLAIN = [every_command_has_help, wrong_use_ends_with_two, control_charts_agree_with_the_textbooks,
         control_charts_are_written_to_the_letter, control_charts_say_what_is_wrong, routes_are_sorted_and_complete,
         the_printed_settings_are_accepted, a_wrong_setting_stops, a_mistyped_database_is_not_made]
DATABASE = [init_twice_conflicts, init_refuses_what_makes_no_sense, migrate_is_idempotent,
            a_database_that_is_behind_says_so, the_six_files_give_exact_counts, an_owners_own_file_is_the_owners,
            hostile_files_change_nothing, tables_of_others_are_counted_and_known_ones_stored, one_bad_file_spoils_no_other, progress_is_for_terminals, users_come_and_go, roles_are_given_once_and_rightly,
            invitations_are_for_new_people,
            serving_stops_when_told, serving_refuses_what_it_cannot_do]


# --- TAP ---

class Tap:
    number = failures = 0

    def point(self, fine, name, why=""):
        self.number += 1
        self.failures += not fine
        print(f"{'ok' if fine else 'not ok'} {self.number} - {name}", flush=True)
        for line in why.splitlines()[:25]:
            print(f"# {line}", flush=True)

    def check(self, test, engine):
        name = f"/cli/{engine}{test.__name__.replace('_', '-')}"
        with tempfile.TemporaryDirectory(prefix="oppvekst-cli-") as folder:
            try:
                test(folder)
            except (AssertionError, LookupError, ValueError, OSError, AttributeError,
                    subprocess.SubprocessError) as why:
                self.point(False, name, f"{type(why).__name__}: {why}")
                return
        self.point(True, name)

    def take_over(self, text):
        """The points of another run of this script, under our numbers."""
        for line in text.splitlines():
            match = re.match(r"(not )?ok \d+ - (.*)", line)
            if match:
                self.point(not match.group(1), match.group(2))
            elif line.startswith("#"):
                print(line)


def main():
    tap = Tap()
    if sys.argv[1:] == ["--on-postgresql"]:
        for test in DATABASE:
            tap.check(test, "postgresql/")
    else:
        os.environ.pop("TEST_DB", None)
        other = None
        if list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):  # side by side: both mostly wait for the disk
            other = subprocess.Popen(["test/pg", sys.executable, __file__, "--on-postgresql"],
                                     stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for test in PLAIN:
            tap.check(test, "")
        for test in DATABASE:
            tap.check(test, "sqlite/")
        if other:
            out, err = other.communicate()
            tap.take_over(out)
            tap.point("1.." in out, "/cli/postgresql/ran", err)
        else:
            tap.number += 1
            print(f"ok {tap.number} - /cli/postgresql # SKIP no PostgreSQL server here")
    print(f"1..{tap.number}")
    return 1 if tap.failures else 0


if __name__ == "__main__":
    sys.exit(main())
