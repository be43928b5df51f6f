"""program.py - running the program from outside, and the databases it is run on: for cli.py.

SPDX-License-Identifier: EUPL-1.2
"""
import os
import re
import sqlite3
import subprocess
from pathlib import Path

PROGRAM = os.path.abspath(os.environ.get("OPPVEKST", "build/oppvekst"))


class Result:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def __repr__(self):
        return f"exit {self.code}\nstdout: {self.out[:600]}\nstderr: {self.err[:600]}"


def run(*args, env=None, stdin=None):
    """The program with English messages, no settings file in the way, and no database from the environment."""
    full = {k: v for k, v in os.environ.items() if not k.startswith("OPPVEKST_")}
    full.update({"LANG": "en", "LC_ALL": "C.UTF-8"}, **(env or {}))
    done = subprocess.run([PROGRAM, *map(str, args)], capture_output=True, env=full, input=stdin, timeout=120)
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def succeed(*args, **more):
    result = run(*args, **more)
    assert result.code == 0, result
    return result


def fail(code, words, *args, **more):
    """Ends with the code, says so in the words given, on stderr alone, and not in SQL."""
    result = run(*args, **more)
    assert result.code == code, result
    assert words in result.err, result
    assert result.out == "", result
    assert not re.search(r"UNIQUE|CHECK|constraint|_insert|violates", result.err), result
    return result

# --- databases ---

class Sqlite:
    def __init__(self, folder):
        self.path = Path(folder) / "test.db"
        self.url = f"sqlite:{self.path}"

    def query(self, sql):
        with sqlite3.connect(self.path) as db:
            return db.execute(sql).fetchall()

    def counts(self):
        names = [n for (n,) in self.query("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {n: self.query(f"SELECT COUNT(*) FROM {n}")[0][0] for n in names}


class Postgresql:
    """A schema of its own in the database that test/pg made."""

    def __init__(self, folder):
        self.base = os.environ["TEST_DB"]
        self.schema = "cli_" + re.sub(r"\W", "_", Path(folder).name).lower()
        self.psql(f"CREATE SCHEMA {self.schema}")
        self.url = f"{self.base}&options=-csearch_path%3D{self.schema}"

    def psql(self, sql):
        done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql, self.base],
                              capture_output=True, text=True, check=True)
        return [tuple(line.split("|")) for line in done.stdout.splitlines()]

    def query(self, sql):
        return self.psql(f"SET search_path = {self.schema}; {sql}")

    def counts(self):
        names = [n for (n,) in self.query("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")]
        every = " UNION ALL ".join(f"SELECT '{n}', COUNT(*) FROM {n}" for n in names)
        return {n: int(count) for n, count in self.query(every)} if names else {}


def new_database(folder):
    return (Postgresql if os.environ.get("TEST_DB") else Sqlite)(folder)


def founded(folder):
    db = new_database(folder)
    succeed("init", "--db", db.url, "--owner", "1579", "--name", "Hustadvika kommune",
            "--admin", "admin@hustadvika.example")
    return db


def same_rows(db, work):
    before = db.counts()
    result = work()
    after = db.counts()
    assert before == after, {n: (before.get(n), after[n]) for n in after if after[n] != before.get(n)}
    return result
