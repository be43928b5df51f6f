#!/usr/bin/python3
"""check.py - does a PDF keep the rules of PDF/UA-1 and PDF/A-2a that a file can be checked for?

usage: check.py [--json] FILE.pdf...     TAP on stdout; exit 1 on any finding, 2 on wrong use
       check.py --rules                  the rules, one a line

Each rule is a generator function that yields one finding per fault; its docstring names the source:
UA = ISO 14289-1, A = ISO 19005-2, PDF = ISO 32000-1, M = Matterhorn Protocol checkpoint.
test-check.py breaks a good file once per rule and sees that the rule notices. What needs eyes (is the
reading order sensible, does the alternative text tell the truth) is not claimed.
SPDX-License-Identifier: EUPL-1.2
"""
import json
import sys

import pikepdf
from pdffile import RULES, File
import rules_file  # noqa: F401 - puts its rules in RULES
import rules_tags  # noqa: F401


def check(path):
    """{rule name: [finding, ...]} for one file."""
    try:
        f = File(path)
    except (pikepdf.PdfError, OSError) as why:
        return {"readable": [str(why)]}
    return {r.__name__: list(dict.fromkeys(r(f))) for r in RULES}


def print_tap(results):
    total = sum(len(r) for r in results.values())
    print("1..%d" % total)
    n = 0
    for path, result in results.items():
        for name, findings in result.items():
            n += 1
            print("%s %d - %s %s" % ("not ok" if findings else "ok", n, path, name))
            for finding in findings[:10]:
                print("# %s" % finding)


def main(args):
    if args == ["--rules"]:
        for r in RULES:
            print("%-20s %s" % (r.__name__, " ".join(r.__doc__.split())))
        return 0
    as_json = args[:1] == ["--json"]
    paths = args[1:] if as_json else args
    if not paths or any(p.startswith("--") for p in paths):
        print(__doc__, file=sys.stderr)
        return 2
    results = {path: check(path) for path in paths}
    if as_json:
        print(json.dumps(results, ensure_ascii=False, indent=1))
    else:
        print_tap(results)
    return 1 if any(findings for r in results.values() for findings in r.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
