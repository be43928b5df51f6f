#!/usr/bin/python3
"""test-check.py - each rule of check.py notices the fault it is for.

usage: test-check.py GOOD.pdf      a document with cover, contents, table, list, figure and links

Takes a file without findings, breaks one thing at a time, and sees that the rule of that name has a
finding. A rule without a fault here fails as well, so no rule is claimed untested. TAP on stdout.
SPDX-License-Identifier: EUPL-1.2
"""
import os
import re
import sys
import tempfile

import pikepdf
from pikepdf import Array, Dictionary, Name

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import check  # noqa: E402

FAULTS = []


def fault(rule):
    def add(func):
        FAULTS.append((rule, func))
        return func
    return add


def elems(pdf, kind):
    todo = [pdf.Root.StructTreeRoot.K]
    while todo:
        e = todo.pop(0)
        if isinstance(e, Array):
            todo[:0] = list(e)
        elif isinstance(e, Dictionary) and "/S" in e:
            if e.S == Name("/" + kind):
                yield e
            if "/K" in e:
                todo.insert(0, e.K)


def first(pdf, kind):
    return next(elems(pdf, kind))


def edit_page(pdf, change, index=-1):
    page = pdf.pages[index]
    page.Contents = pdf.make_stream(change(page.Contents.read_bytes()))


def edit_xmp(pdf, old, new):
    data = pdf.Root.Metadata.read_bytes()
    assert old in data
    pdf.Root.Metadata.write(data.replace(old, new))


def an_annotation(pdf):
    return next(a for p in pdf.pages for a in p.get("/Annots", []))


def fonts(pdf, key):
    return [o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/Type") == Name.Font and key in o]


@fault("identifier")
def _(pdf):
    return "no-id"


@fault("header")
def _(pdf):
    return "no-header"


@fault("unencrypted")
def _(pdf):
    return "encrypt"


@fault("streams")
def _(pdf):
    pdf.Root.OutputIntents[0].DestOutputProfile.stream_dict["/FFilter"] = Name.LZWDecode


@fault("actions")
def _(pdf):
    an_annotation(pdf)["/A"] = Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


@fault("actions")
def _(pdf):
    pdf.Root.OpenAction = Dictionary(S=Name.Launch)


@fault("language")
def _(pdf):
    del pdf.Root["/Lang"]


@fault("language")
def _(pdf):
    first(pdf, "P").Lang = pikepdf.String("not a language")


@fault("marked")
def _(pdf):
    pdf.Root.MarkInfo.Marked = False


@fault("title_shown")
def _(pdf):
    del pdf.Root["/ViewerPreferences"]


@fault("metadata")
def _(pdf):
    del pdf.Root["/Metadata"]


@fault("metadata")
def _(pdf):
    edit_xmp(pdf, b"<pdfuaid:part>1</pdfuaid:part>", b"")


@fault("metadata")
def _(pdf):
    edit_xmp(pdf, b"<pdfaid:conformance>A<", b"<pdfaid:conformance>B<")


@fault("extension_schema")
def _(pdf):
    edit_xmp(pdf, b"pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/", b"pdfaSchema:namespaceURI>x")


@fault("info_in_step")
def _(pdf):
    pdf.trailer.Info.Title = pikepdf.String("Another title")


@fault("info_in_step")
def _(pdf):
    pdf.trailer.Info.ModDate = pikepdf.String("D:20300101000000Z")


@fault("output_intent")
def _(pdf):
    del pdf.Root["/OutputIntents"]


@fault("output_intent")
def _(pdf):
    pdf.Root.OutputIntents[0].DestOutputProfile.write(b"not a profile")


@fault("colours")
def _(pdf):
    edit_page(pdf, lambda data: b"0 0 0 1 k\n" + data)


@fault("fonts_embedded")
def _(pdf):
    del fonts(pdf, "/FontDescriptor")[0].FontDescriptor["/FontFile3"]


@fault("fonts_unicode")
def _(pdf):
    del fonts(pdf, "/ToUnicode")[0]["/ToUnicode"]


@fault("fonts_unicode")
def _(pdf):
    cmap = fonts(pdf, "/ToUnicode")[0].ToUnicode
    cmap.write(re.sub(rb"<[0-9A-Fa-f]{4}>\n", b"<0000>\n", cmap.read_bytes()))


@fault("fonts_widths")
def _(pdf):
    fonts(pdf, "/W")[0].W[1] = Array(list(fonts(pdf, "/W")[0].W[1])[:-1])


@fault("no_notdef")
def _(pdf):
    font = next(f for f in fonts(pdf, "/DescendantFonts"))
    page = pdf.pages[-1]
    page.Resources.Font["/Bad"] = font
    edit_page(pdf, lambda data: data + b"\n/Artifact BMC BT /Bad 9 Tf <0000> Tj ET EMC")


@fault("all_content_marked")
def _(pdf):
    edit_page(pdf, lambda data: data + b"\n0 0 10 10 re f")


@fault("artifacts_apart")
def _(pdf):
    edit_page(pdf, lambda data: b"/Artifact BMC\n" + data + b"\nEMC")


@fault("marks_balanced")
def _(pdf):
    edit_page(pdf, lambda data: data + b"\nEMC")


@fault("marks_balanced")
def _(pdf):
    edit_page(pdf, lambda data: data + b"\n/Artifact BMC")


@fault("marks_in_tree")
def _(pdf):
    edit_page(pdf, lambda data: data + b"\n/P <</MCID 9999>> BDC EMC")


@fault("marks_in_tree")
def _(pdf):
    first(pdf, "P").K = 9998


@fault("parent_tree")
def _(pdf):
    del pdf.Root.StructTreeRoot["/ParentTree"]


@fault("parent_tree")
def _(pdf):
    nums = pdf.Root.StructTreeRoot.ParentTree.Nums
    nums[1] = pdf.make_indirect(Array(reversed(list(nums[1]))))


@fault("parents")
def _(pdf):
    first(pdf, "P").P = first(pdf, "Table")


@fault("types")
def _(pdf):
    first(pdf, "P").S = Name("/Paragraph")


@fault("types")
def _(pdf):
    pdf.Root.StructTreeRoot.RoleMap["/P"] = Name("/H1")


@fault("nesting")
def _(pdf):
    first(pdf, "TD").S = Name("/LI")


@fault("nesting")
def _(pdf):
    first(pdf, "LBody").S = Name("/P")


@fault("headings")
def _(pdf):
    for e in elems(pdf, "H2"):
        e.S = Name("/H3")


@fault("headings")
def _(pdf):
    first(pdf, "H1").S = Name("/H2")


@fault("figures")
def _(pdf):
    del first(pdf, "Figure")["/Alt"]


@fault("figures")
def _(pdf):
    del first(pdf, "Figure")["/A"]


@fault("figures")
def _(pdf):
    first(pdf, "Figure").A.BBox = Array([0, 0, 9999, 9999])


@fault("tables")
def _(pdf):
    del first(pdf, "TH")["/A"]


@fault("tables")
def _(pdf):
    row = list(elems(pdf, "TR"))[-1]
    row.K = Array(list(row.K)[:-1])


@fault("lists")
def _(pdf):
    del first(pdf, "L")["/A"]


@fault("links")
def _(pdf):
    del an_annotation(pdf)["/Contents"]


@fault("links")
def _(pdf):
    first(pdf, "Link").S = Name("/Span")


@fault("links")
def _(pdf):
    a = an_annotation(pdf)
    for key in ("/Dest", "/A"):
        if key in a:
            del a[key]


@fault("annotations")
def _(pdf):
    an_annotation(pdf)["/F"] = 2


@fault("annotations")
def _(pdf):
    for page in pdf.pages:
        if "/Tabs" in page:
            del page["/Tabs"]


@fault("no_empty_text")
def _(pdf):
    edit_page(pdf, lambda data: data + b"\n/Artifact BMC /Span <</ActualText ( )>> BDC EMC EMC")


@fault("outline")
def _(pdf):
    del pdf.Root["/Outlines"]


def save_broken(pdf, how, path):
    if how == "encrypt":
        pdf.save(path, encryption=pikepdf.Encryption(owner="x", user=""))
        return
    pdf.save(path)
    data = open(path, "rb").read()
    if how == "no-id":
        data = re.sub(rb"/ID ?\[ ?<", b"/XX [<", data)
    elif how == "no-header":
        data = b"%PDF-1.7\n%aaaa" + data[14:]
    open(path, "wb").write(data)


def main(args):
    if len(args) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    bad, n = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        lines = []
        good = check.check(args[0])
        lines.append((not any(good.values()), "the good file has no findings"))
        for rule, break_it in FAULTS:
            path = os.path.join(folder, "broken.pdf")
            with pikepdf.open(args[0]) as pdf:
                save_broken(pdf, break_it(pdf), path)
            try:
                found = check.check(path)[rule]
            except Exception as why:  # a rule must survive the files it is for
                found = []
                print("# %s: %r" % (rule, why))
            lines.append((bool(found), "%s notices: %s" % (rule, found[0] if found else "nothing")))
        for rule in check.RULES:
            covered = any(rule.__name__ == name for name, _ in FAULTS)
            lines.append((covered, "%s has a fault to notice" % rule.__name__))
    print("1..%d" % len(lines))
    for ok, text in lines:
        n += 1
        bad += not ok
        print("%s %d - %s" % ("ok" if ok else "not ok", n, text))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
