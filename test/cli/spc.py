"""spc.py - the command spc, against textbooks and to the letter of its format: for cli.py.

SPDX-License-Identifier: EUPL-1.2
"""
import json
from pathlib import Path

from program import fail, succeed

# EXPECT.md O6: Wheeler's verification set and smoking set.
WHEELER = [5045, 4350, 4350, 3975, 4290, 4430, 4485, 4285, 3980, 3925, 3645, 3760, 3300, 3685, 3463, 5200]
SMOKE = [21.3, 20.2, 20.9, 21, 18.8, 19.6, 18.7, 18.6, 18.1, 18.9, 19.2, 18.2, 17.3, 19]


def series_csv(values, *, n=None):
    head = "period,value,n" if n else "period,value"
    return "\n".join([head, *(f"{2000 + i},{v}" + (f",{n}" if n else "") for i, v in enumerate(values))]).encode()


def spc_rows(values, *options, n=None):
    """The lines of `oppvekst spc` as dictionaries; the header is checked to the letter."""
    lines = succeed("spc", *options, stdin=series_csv(values, n=n)).out.splitlines()
    assert lines[0] == "i,period,value,n,phase,centre,lower,upper,point_type,rules", lines[0]
    rows = [dict(zip(lines[0].split(","), line.split(","), strict=True)) for line in lines[1:]]
    assert [row["i"] for row in rows] == [str(i + 1) for i in range(len(values))], rows
    return rows


def having(rows, rule):
    return [int(row["i"]) for row in rows if rule in row["rules"].split("+")]


def near(row, centre, lower, upper, within=1e-6):
    for name, wanted in (("centre", centre), ("lower", lower), ("upper", upper)):
        assert abs(float(row[name]) - wanted) <= within * max(1, abs(wanted)), (name, row)


def control_charts_agree_with_the_textbooks(_):
    """EXPECT.md O6."""
    rows = spc_rows(WHEELER)
    near(rows[0], 4135.5, 3451.12, 4819.88)
    assert having(rows, "above_limit") == [1, 16] and having(rows, "below_limit") == [13], rows
    assert having(rows, "shift_below") == [9, 10, 11, 12, 13, 14, 15], rows
    rows = spc_rows(WHEELER, "--profile", "nhs-r-unscreened")
    near(rows[0], 4135.5, 3188.717333, 5082.282667)
    assert having(rows, "above_limit") == [16] and having(rows, "two_in_three_below") == [13, 15], rows
    assert rows[12]["rules"] == "shift_below+two_in_three_below", rows[12]
    assert having(spc_rows(WHEELER, "--chart", "mr"), "above_limit") == [16]
    rows = spc_rows(SMOKE, "--improve", "down")
    near(rows[0], 19.271429, 17.000198, 21.542659, 1e-7)
    assert having(rows, "shift_below") == list(range(7, 15)), rows
    assert having(rows, "two_in_three_above") == [1, 3, 4], rows
    assert [row["point_type"] for row in rows[6:]] == ["special_cause_improvement"] * 8, rows
    assert {row["point_type"] for row in spc_rows(SMOKE)} == {
        "common_cause", "special_cause_neutral_high", "special_cause_neutral_low"}


def control_charts_are_written_to_the_letter(_):
    gap = succeed("spc", stdin=b'period,value\n2012K1,10\n2012K2,\n2012K3,12\n"a, b",11\n').out
    assert gap == ("i,period,value,n,phase,centre,lower,upper,point_type,rules\n"
                   "1,2012K1,10,,1,11,8.34,13.66,common_cause,\n"
                   "2,2012K2,,,1,11,8.34,13.66,,\n"
                   "3,2012K3,12,,1,11,8.34,13.66,common_cause,\n"
                   '4,"a, b",11,,1,11,8.34,13.66,common_cause,\n'), gap
    phases = [row["phase"] for row in spc_rows(SMOKE, "--rebase", "7")]
    assert phases == ["1"] * 6 + ["2"] * 8 == [row["phase"] for row in spc_rows(SMOKE, "--phase-after", "6")], phases
    share = spc_rows([12, 15, 8], "--chart", "p", n=50)
    assert [row["value"] for row in share] == ["0.24", "0.3", "0.16"] and share[0]["n"] == "50", share
    assert spc_rows(SMOKE, "--exclude", "1")[0]["value"] == "21.3"
    about = json.loads(succeed("spc", "--summary", "--improve", "down", "--target", "25", "--rebase", "7",
                               stdin=series_csv(SMOKE)).out)
    assert set(about) == {"chart", "profile", "n", "assurance", "last_point_type", "phases"}, about
    assert (about["profile"], about["n"], about["assurance"]) == ("nhs-r", 14, "consistent_pass"), about
    assert [set(phase) for phase in about["phases"]] == [{
        "first", "n", "n_useful", "centre", "lower", "upper", "trial", "longest_run", "longest_run_max", "crossings",
        "crossings_min", "runs_signal"}] * 2, about
    assert [(p["first"], p["n"], p["trial"]) for p in about["phases"]] == [(1, 6, True), (7, 8, True)], about
    varying = json.loads(succeed("spc", "--summary", "--chart", "p", stdin=b"period,value,n\na,1,9\nb,2,5\n").out)
    assert varying["phases"][0]["lower"] is None and varying["profile"] == "anhoej", varying


def control_charts_say_what_is_wrong(folder):
    path = Path(folder) / "series.csv"
    cases = [("period,value\na,1\nb,x\n", [], ":3:3: "), ("period;value\na;1\nb\n", [], ":3:1: "),
             ("when,value\na,1\n", [], ":1: "), ("period,value,value\na,1,2\n", [], ":1: "),
             ("period,value\n", [], "no points"), ("", [], "series.csv"),
             ("period,value\na,1\n", ["--chart", "p"], "needs n"),
             ("period,value,n\na,5,2\n", ["--chart", "p"], "point 1: value is larger than n"),
             ("period,value\na,1\n", ["--rebase", "2"], "point 2"), ("period,value\na,1\n", ["--exclude", "2"], "1 points")]
    for text, options, words in cases:
        path.write_text(text)
        fail(1, words, "spc", *options, path)
    fail(1, "none.csv", "spc", f"{folder}/none.csv")
    for options in (["--chart", "pie"], ["--profile", "best"], ["--improve", "left"], ["--target", "x"],
                    ["--rebase", "0"], ["--phase-after", "a"], ["--exclude", "1,,2"], ["--fix-after", "-1"]):
        fail(2, options[0], "spc", *options, path)
    fail(2, "one file", "spc", path, path)
