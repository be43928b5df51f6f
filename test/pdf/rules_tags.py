"""rules_tags.py - rules on content, tags, links and outline; check.py says how rules are written.

SPDX-License-Identifier: EUPL-1.2
"""
import re

from pikepdf import Array, Dictionary, Name
from pdffile import STANDARD, rule

PAINT = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"}
PARENTS = {  # PDF 14.8.4: where an element may stand
    "TOCI": {"TOC"}, "LI": {"L"}, "Lbl": {"LI", "Note", "Reference", "P"}, "LBody": {"LI"},
    "THead": {"Table"}, "TBody": {"Table"}, "TFoot": {"Table"}, "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"}, "TD": {"TR"}}
KIDS = {
    "TOC": {"TOC", "TOCI", "Caption"}, "L": {"L", "LI", "Caption"}, "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"}, "THead": {"TR"}, "TBody": {"TR"}, "TFoot": {"TR"},
    "TR": {"TH", "TD"}, "Document": STANDARD - {"TR", "TH", "TD", "LI", "LBody", "TOCI"}}


# ---- content and tags ----------------------------------------------------------------------------
@rule
def all_content_marked(f):
    """UA 7.1, M 01-003: what is painted is tagged or an artifact"""
    for i, content in enumerate(f.content):
        n = sum(1 for op, _, m in content if op in PAINT and not any(t == "Artifact" or c is not None for t, c in m))
        if n:
            yield "page %d: %d operators neither tagged nor artifact" % (i + 1, n)


@rule
def artifacts_apart(f):
    """UA 7.1, M 01-004, 01-005: no artifact in tagged content, nor tagged content in an artifact"""
    for i, content in enumerate(f.content):
        if any(any(t == "Artifact" for t, _ in m) and any(c is not None for _, c in m) for _, _, m in content):
            yield "page %d mixes artifact and tagged content" % (i + 1)


@rule
def marks_balanced(f):
    """PDF 14.6.1: begin and end of marked content pair up"""
    for i, content in enumerate(f.content):
        if any(op is None for op, _, _ in content):
            yield "page %d: BDC and EMC do not pair" % (i + 1)


@rule
def marks_in_tree(f):
    """PDF 14.7.4.2, M 01-006: each mark is in the tree exactly once, and the tree names no others"""
    on_pages = {}
    for i, content in enumerate(f.content):
        for op, _, marks in content:
            if op == "BDC" and marks[-1][1] is not None:
                key = (i, marks[-1][1])
                on_pages[key] = on_pages.get(key, 0) + 1
    in_tree = {}
    for e in f.elems:
        for mark in e.marks:
            in_tree[mark] = in_tree.get(mark, 0) + 1
    for (page, mcid), n in on_pages.items():
        if n != 1:
            yield "page %d: mark %d is there %d times" % (page + 1, mcid, n)
        if in_tree.get((page, mcid), 0) != 1:
            yield "page %d: mark %d is in the tree %d times" % (page + 1, mcid, in_tree.get((page, mcid), 0))
    for page, mcid in set(in_tree) - set(on_pages):
        yield "the tree names mark %s of page %s, which is not there" % (mcid, page)


def number_tree(node):
    nums = list(node.get("/Nums", []))
    out = {int(nums[i]): nums[i + 1] for i in range(0, len(nums) - 1, 2)}
    for kid in node.get("/Kids", []):
        out.update(number_tree(kid))
    return out


@rule
def parent_tree(f):
    """PDF 14.7.4.4: from each mark and each tagged annotation the parent tree leads to its element"""
    tree = f.root.get("/StructTreeRoot")
    if tree is None or "/ParentTree" not in tree:
        yield "no parent tree"
        return
    numbers = number_tree(tree.ParentTree)
    for e in f.elems:
        for page, mcid in e.marks:
            if page is None or page < 0:
                yield "a mark of %s names no page" % e.type
                continue
            entry = numbers.get(int(f.pages[page].get("/StructParents", -1)))
            if not isinstance(entry, Array) or mcid >= len(entry) or entry[mcid].objgen != e.obj.objgen:
                yield "page %d: mark %d does not lead to its %s" % (page + 1, mcid, e.type)
        for obj in e.objects:
            entry = numbers.get(int(obj.get("/StructParent", -1)))
            if entry is None or entry.objgen != e.obj.objgen:
                yield "an annotation does not lead to its %s" % e.type


@rule
def parents(f):
    """PDF 14.7.2: /P of each element is the one that holds it"""
    tree = f.root.get("/StructTreeRoot")
    for e in f.elems:
        want = e.parent.obj.objgen if e.parent else tree.objgen
        if "/P" not in e.obj or e.obj.P.objgen != want:
            yield "%s has another parent than the one that holds it" % e.type


@rule
def types(f):
    """UA 7.1, M 02-001: every type is standard or mapped to one; one Document on top"""
    for e in f.elems:
        if e.type not in STANDARD:
            yield "type %s is not standard" % e.type
    if [e.type for e in f.elems if e.parent is None] != ["Document"]:
        yield "the tree has no single Document on top"
    roles = (f.root.get("/StructTreeRoot") or {}).get("/RoleMap", {})
    for key in roles.keys():
        if str(key)[1:] in STANDARD:
            yield "standard type %s is remapped" % key


@rule
def nesting(f):
    """PDF 14.8.4, M 09-004 to 09-006: table, list and contents elements stand where they may"""
    for e in f.elems:
        parent = e.parent.type if e.parent else None
        if e.type in PARENTS and parent not in PARENTS[e.type]:
            yield "%s in %s" % (e.type, parent)
        if e.type in KIDS:
            for kid in e.kids:
                if kid.type not in KIDS[e.type]:
                    yield "%s in %s" % (kid.type, e.type)
            if e.marks and e.type in ("Table", "TR", "L", "LI", "TOC", "THead", "TBody", "TFoot"):
                yield "%s holds content itself" % e.type


@rule
def headings(f):
    """UA 7.4.2, M 14-002, 14-003: the first heading is H1 and no level is skipped"""
    last = 0
    for e in f.elems:
        if re.fullmatch(r"H[1-6]", e.type):
            level = int(e.type[1])
            if level > last + 1:
                yield "H%d after H%d" % (level, last) if last else "the first heading is H%d" % level
            last = level
            if not e.marks and not e.kids:
                yield "an empty H%d" % level
        elif e.type == "H":
            yield "H beside numbered headings"


@rule
def figures(f):
    """UA 7.3, M 13-004: a figure has alternative text that says something; A 6.7.3: and a bounding box"""
    for e in f.elems:
        if e.type in ("Figure", "Formula"):
            if not str(e.obj.get("/Alt", e.obj.get("/ActualText", ""))).strip():
                yield "%s without alternative text" % e.type
            box = e.attribute("/Layout", "/BBox")
            if box is None or len(box) != 4:
                yield "%s without BBox" % e.type
                continue
            page = f.pages[e.marks[0][0]].mediabox if e.marks else [0, 0, 1e9, 1e9]
            x0, y0, x1, y1 = [float(v) for v in box]
            if not (0 <= x0 < x1 <= float(page[2]) + 1 and 0 <= y0 < y1 <= float(page[3]) + 1):
                yield "%s with BBox outside the page" % e.type


@rule
def tables(f):
    """UA 7.5, M 15-003, 15-005: header cells have a scope; rows are equally long; a table has headers"""
    for e in f.elems:
        if e.type == "TH" and e.attribute("/Table", "/Scope") not in (Name.Row, Name.Column, Name.Both):
            yield "TH without Scope"
        if e.type != "Table":
            continue
        rows = [r for k in e.kids for r in ([k] if k.type == "TR" else k.kids) if r.type == "TR"]
        widths = {sum(int(c.attribute("/Table", "/ColSpan") or 1) for c in r.kids) for r in rows}
        spans = any(c.attribute("/Table", "/RowSpan") for r in rows for c in r.kids)
        if len(widths) > 1 and not spans:
            yield "rows of %s cells in one table" % sorted(widths)
        if not any(c.type == "TH" for r in rows for c in r.kids):
            yield "a table without header cells"


@rule
def lists(f):
    """UA 7.6, A 6.7.3.3: a list with labels says how it is numbered"""
    for e in f.elems:
        if e.type == "L":
            if any(k.type == "Lbl" for i in e.kids for k in i.kids) and e.attribute("/List", "/ListNumbering") is None:
                yield "a list without ListNumbering"
            if not e.kids:
                yield "an empty list"


@rule
def links(f):
    """UA 7.18.1, 7.18.5, M 28-004, 28-011, 28-012: a link is in a Link element, described, with an aim"""
    tagged = {o.objgen: e for e in f.elems for o in e.objects if o is not None}
    for i, annot in f.annots():
        if annot.get("/Subtype") != Name.Link:
            continue
        e = tagged.get(annot.objgen)
        if e is None or e.type != "Link":
            yield "page %d: a link outside a Link element" % (i + 1)
        if not str(annot.get("/Contents", "")).strip():
            yield "page %d: a link without Contents" % (i + 1)
        if "/Dest" not in annot and "/A" not in annot:
            yield "page %d: a link that leads nowhere" % (i + 1)
    for e in f.elems:
        if e.type == "Link" and not e.objects:
            yield "a Link element without its annotation"


@rule
def annotations(f):
    """A 6.3.2, UA 7.18.2: annotations are printed and not hidden; pages with them tab by structure"""
    for i, annot in f.annots():
        flags = int(annot.get("/F", 0))
        if not flags & 4 or flags & (1 | 2 | 32 | 256):
            yield "page %d: annotation flags %d" % (i + 1, flags)
    for i, page in enumerate(f.pages):
        if "/Annots" in page and page.get("/Tabs") != Name.S:
            yield "page %d: Tabs is not S" % (i + 1)


@rule
def no_empty_text(f):
    """house: no empty or blank ActualText, which hides the rest of a line from some readers"""
    for i, content in enumerate(f.content):
        for op, args, _ in content:
            if op == "BDC" and isinstance(args[1], Dictionary) and "/ActualText" in args[1]:
                if not str(args[1].ActualText).strip("\ufeff \u00a0"):
                    yield "page %d: a blank ActualText" % (i + 1)
                    break


@rule
def outline(f):
    """M 27: a document with headings has an outline whose entries lead somewhere"""
    if not any(re.fullmatch(r"H[1-6]", e.type) for e in f.elems):
        return
    top = f.root.get("/Outlines")
    if top is None or "/First" not in top:
        if len(f.pages) > 2:
            yield "no outline"
        return
    todo = [top.First]
    while todo:
        item = todo.pop()
        if "/Dest" not in item and "/A" not in item:
            yield "outline entry %r leads nowhere" % str(item.get("/Title", ""))
        todo.extend(item[k] for k in ("/Next", "/First") if k in item)
