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
import re
import sys
import xml.etree.ElementTree as ET

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

RULES = []
PAINT = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"}
STANDARD = {
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct",
    "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH",
    "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link",
    "Annot", "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form"}
PARENTS = {  # PDF 14.8.4: where an element may stand
    "TOCI": {"TOC"}, "LI": {"L"}, "Lbl": {"LI", "Note", "Reference", "P"}, "LBody": {"LI"},
    "THead": {"Table"}, "TBody": {"Table"}, "TFoot": {"Table"}, "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"}, "TD": {"TR"}}
KIDS = {
    "TOC": {"TOC", "TOCI", "Caption"}, "L": {"L", "LI", "Caption"}, "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"}, "THead": {"TR"}, "TBody": {"TR"}, "TFoot": {"TR"},
    "TR": {"TH", "TD"}, "Document": STANDARD - {"TR", "TH", "TD", "LI", "LBody", "TOCI"}}
NS = {"dc": "http://purl.org/dc/elements/1.1/", "xmp": "http://ns.adobe.com/xap/1.0/",
      "pdf": "http://ns.adobe.com/pdf/1.3/", "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
      "pdfuaid": "http://www.aiim.org/pdfua/ns/id/", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
      "schema": "http://www.aiim.org/pdfa/ns/schema#"}


def rule(func):
    RULES.append(func)
    return func


class Elem:
    """One structure element, with its standard type, kids, marks (page, mcid) and objects."""

    def __init__(self, obj, parent, roles):
        self.obj, self.parent, self.kids, self.marks, self.objects = obj, parent, [], [], []
        raw = str(obj.get("/S", "/"))[1:]
        seen = set()
        while raw not in STANDARD and raw in roles and raw not in seen:
            seen.add(raw)
            raw = roles[raw]
        self.type = raw

    def attribute(self, owner, key):
        value = self.obj.get("/A")
        for a in (value if isinstance(value, Array) else [value]):
            if isinstance(a, Dictionary) and a.get("/O") == Name(owner) and key in a:
                return a[key]
        return None


class File:
    """A PDF with its structure tree and page content read once for all rules."""

    def __init__(self, path):
        self.path = path
        self.raw = open(path, "rb").read()
        self.pdf = pikepdf.open(path)
        self.root = self.pdf.Root
        self.pages = list(self.pdf.pages)
        self.page_of = {p.obj.objgen: i for i, p in enumerate(self.pages)}
        self.elems = []
        tree = self.root.get("/StructTreeRoot")
        if tree is not None:
            roles = {str(k)[1:]: str(v)[1:] for k, v in (tree.get("/RoleMap") or {}).items()}
            self._read(tree.get("/K"), None, None, roles)
        self.content = [self._content(p) for p in self.pages]

    def _read(self, top, parent, page, roles):
        stack = [(top, parent, page)]
        while stack:
            obj, parent, page = stack.pop()
            if isinstance(obj, Array):
                stack.extend((k, parent, page) for k in reversed(list(obj)))
            elif isinstance(obj, Dictionary) and obj.get("/Type") == Name.MCR:
                parent.marks.append((self._page(obj.get("/Pg"), page), int(obj.MCID)))
            elif isinstance(obj, Dictionary) and obj.get("/Type") == Name.OBJR:
                parent.objects.append(obj.get("/Obj"))
            elif isinstance(obj, Dictionary):
                elem = Elem(obj, parent, roles)
                self.elems.append(elem)
                if parent:
                    parent.kids.append(elem)
                stack.append((obj.get("/K"), elem, self._page(obj.get("/Pg"), page)))
            elif obj is not None and parent is not None:
                parent.marks.append((page, int(obj)))

    def _page(self, obj, default):
        return default if obj is None else self.page_of.get(obj.objgen, -1)

    @staticmethod
    def _content(page):
        """(operator, operands, open marks) with marks as (tag, mcid or None); None at an imbalance."""
        out, stack = [], []
        for operands, operator in pikepdf.parse_content_stream(page):
            op = str(operator)
            if op in ("BDC", "BMC"):
                props = operands[1] if op == "BDC" else None
                mcid = int(props.MCID) if isinstance(props, Dictionary) and "/MCID" in props else None
                stack.append((str(operands[0])[1:], mcid))
                out.append((op, operands, tuple(stack)))
            elif op == "EMC":
                if stack:
                    stack.pop()
                else:
                    out.append((None, [], ()))
            else:
                out.append((op, operands, tuple(stack)))
        if stack:
            out.append((None, [], tuple(stack)))
        return out

    def objects(self, kind):
        for obj in self.pdf.objects:
            if isinstance(obj, (Dictionary, Stream)) and obj.get("/Type") == Name(kind):
                yield obj

    def xmp(self):
        try:
            return ET.fromstring(bytes(self.root.Metadata.read_bytes()))
        except (AttributeError, KeyError, ET.ParseError):
            return ET.Element("none")

    def xmp_text(self, name):
        prefix, local = name.split(":")
        for node in self.xmp().iter("{%s}%s" % (NS[prefix], local)):
            return "".join(node.itertext()).strip()
        for node in self.xmp().iter("{%s}Description" % NS["rdf"]):
            if "{%s}%s" % (NS[prefix], local) in node.attrib:
                return node.attrib["{%s}%s" % (NS[prefix], local)]
        return None

    def annots(self):
        for i, page in enumerate(self.pages):
            for annot in page.get("/Annots", []):
                yield i, annot


# ---- the file ------------------------------------------------------------------------------------
@rule
def header(f):
    """A 6.1.2: %PDF-1.n, then a comment of four bytes above 127"""
    lines = f.raw[:64].split(b"\n")
    if not re.match(rb"%PDF-1\.[0-7]$", lines[0].strip()):
        yield "first line is %r" % lines[0][:20]
    if len(lines) < 2 or lines[1][:1] != b"%" or len(lines[1]) < 5 or min(lines[1][1:5]) < 128:
        yield "no binary comment on the second line"


@rule
def identifier(f):
    """A 6.1.3: the trailer has /ID"""
    if "/ID" not in f.pdf.trailer or not all(bytes(x) for x in f.pdf.trailer.ID):
        yield "no /ID"


@rule
def unencrypted(f):
    """A 6.1.3: no encryption"""
    if f.pdf.is_encrypted:
        yield "the file is encrypted"


@rule
def streams(f):
    """A 6.1.7: no external streams, no LZW, no Crypt filter"""
    for obj in f.pdf.objects:
        if isinstance(obj, Stream):
            if any(k in obj for k in ("/F", "/FFilter", "/FDecodeParms")):
                yield "stream %s is external" % (obj.objgen,)
            filters = obj.get("/Filter", [])
            for name in (filters if isinstance(filters, Array) else [filters]):
                if str(name) in ("/LZWDecode", "/Crypt"):
                    yield "stream %s uses %s" % (obj.objgen, name)


@rule
def actions(f):
    """A 6.5.1, 6.5.2, 6.9: no scripts, launching, media, forms with scripts, embedded files"""
    banned = {"/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState",
              "/Rendition", "/Trans", "/GoTo3DView", "/JavaScript"}
    for obj in f.pdf.objects:
        if isinstance(obj, Dictionary) and str(obj.get("/S", "")) in banned:
            yield "action %s" % obj.S
    for i, annot in f.annots():
        if isinstance(annot.get("/A"), Dictionary) and str(annot.A.get("/S", "")) in banned:
            yield "page %d: action %s" % (i + 1, annot.A.S)
    names = f.root.get("/Names", {})
    for key in ("/JavaScript", "/EmbeddedFiles"):
        if key in names:
            yield "catalog has %s" % key
    for key in ("/AA", "/OpenAction"):
        if key in f.root and not isinstance(f.root[key], Array):
            yield "catalog has %s" % key
    if "/XFA" in f.root.get("/AcroForm", {}):
        yield "an XFA form"


# ---- metadata ------------------------------------------------------------------------------------
@rule
def language(f):
    """UA 7.2, M 11-006: the catalog names a valid language"""
    if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", str(f.root.get("/Lang", ""))):
        yield "/Lang is %r" % str(f.root.get("/Lang", ""))
    for e in f.elems:
        if "/Lang" in e.obj and not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", str(e.obj.Lang)):
            yield "%s has /Lang %r" % (e.type, str(e.obj.Lang))


@rule
def marked(f):
    """UA 6.2, A 6.7.2.2: MarkInfo says Marked, and not Suspects"""
    info = f.root.get("/MarkInfo", {})
    if info.get("/Marked") is not True or info.get("/Suspects", False) is True:
        yield "MarkInfo is not /Marked true"


@rule
def title_shown(f):
    """UA 7.1, M 07-001: the window shows the title"""
    if f.root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is not True:
        yield "no DisplayDocTitle true"


@rule
def metadata(f):
    """UA 5, A 6.6.4: XMP with part and conformance, and a title"""
    if f.root.get("/Metadata") is None:
        yield "no metadata stream"
        return
    for name, want in (("pdfuaid:part", "1"), ("pdfaid:part", "2"), ("pdfaid:conformance", "A")):
        if f.xmp_text(name) != want:
            yield "%s is %r" % (name, f.xmp_text(name))
    if not f.xmp_text("dc:title"):
        yield "no dc:title"


@rule
def extension_schema(f):
    """A 6.6.2.3: pdfuaid is described in an extension schema"""
    uris = [n.text for n in f.xmp().iter("{%s}namespaceURI" % NS["schema"])]
    if NS["pdfuaid"] not in uris:
        yield "no extension schema for pdfuaid"


@rule
def info_in_step(f):
    """A 6.6.3: document information equals XMP"""
    info = f.pdf.trailer.get("/Info", {})
    pairs = {"/Title": "dc:title", "/Author": "dc:creator", "/Subject": "dc:description",
             "/Producer": "pdf:Producer", "/Creator": "xmp:CreatorTool"}
    for key, name in pairs.items():
        if key in info and str(info[key]) != f.xmp_text(name):
            yield "%s %r is not %s %r" % (key, str(info[key]), name, f.xmp_text(name))
    for key, name in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
        if key in info and re.sub(r"\D", "", str(info[key]))[:14] != re.sub(r"\D", "", f.xmp_text(name) or "")[:14]:
            yield "%s is not %s" % (key, name)


@rule
def output_intent(f):
    """A 6.2.3: one PDF/A output intent with an ICC profile of the right number of channels"""
    intents = [i for i in f.root.get("/OutputIntents", []) if i.get("/S") == Name.GTS_PDFA1]
    if len(intents) != 1:
        yield "%d PDF/A output intents" % len(intents)
        return
    profile = intents[0].get("/DestOutputProfile")
    data = bytes(profile.read_bytes()) if isinstance(profile, Stream) else b""
    if data[36:40] != b"acsp" or data[16:20] != b"RGB " or int(profile.get("/N", 0)) != 3:
        yield "the profile is not RGB ICC"


@rule
def colours(f):
    """A 6.2.4.3: with an RGB output intent, no device CMYK"""
    for i, content in enumerate(f.content):
        if any(op in ("k", "K") for op, _, _ in content):
            yield "page %d uses CMYK" % (i + 1)


# ---- fonts ---------------------------------------------------------------------------------------
def descriptors(f):
    for font in f.objects("/Font"):
        kind = str(font.get("/Subtype"))
        if kind not in ("/Type0", "/Type3"):
            yield font, font.get("/FontDescriptor")


@rule
def fonts_embedded(f):
    """UA 7.21.4.1, A 6.2.11.4: every font program is in the file"""
    for font, d in descriptors(f):
        if d is None or not any(k in d for k in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield "%s is not embedded" % font.get("/BaseFont")


@rule
def fonts_unicode(f):
    """UA 7.21.7, A 6.2.11.7: every character maps to Unicode, and not to 0, FEFF or FFFE"""
    for font in f.objects("/Font"):
        if str(font.get("/Subtype")).startswith("/CIDFont"):
            continue
        cmap = font.get("/ToUnicode")
        if cmap is None:
            yield "%s has no ToUnicode" % font.get("/BaseFont")
            continue
        text = bytes(cmap.read_bytes())
        for block in re.findall(rb"beginbf(?:char|range)(.*?)endbf", text, re.S):
            for target in re.findall(rb">\s*<([0-9A-Fa-f]*)>\s*\n", block + b"\n"):
                if target.upper() in (b"0000", b"FEFF", b"FFFE", b""):
                    yield "%s maps a character to %s" % (font.get("/BaseFont"), target.decode() or "nothing")


@rule
def fonts_widths(f):
    """UA 7.21.5, A 6.2.11.5: simple fonts have a width for each code"""
    for font, _ in descriptors(f):
        if "/FirstChar" in font and "/LastChar" in font:
            if len(font.get("/Widths", [])) != int(font.LastChar) - int(font.FirstChar) + 1:
                yield "%s: number of widths" % font.get("/BaseFont")


@rule
def no_notdef(f):
    """A 6.2.11.8: no text shows glyph 0 of a composite font"""
    for i, page in enumerate(f.pages):
        fonts = page.get("/Resources", {}).get("/Font", {})
        current = None
        for op, args, _ in f.content[i]:
            if op == "Tf":
                current = fonts.get(str(args[0]))
            elif op in ("Tj", "TJ", "'", '"') and current is not None and current.get("/Subtype") == Name.Type0:
                parts = args[0] if op == "TJ" else [args[-1]]
                for s in parts:
                    if isinstance(s, pikepdf.String) and b"\0\0" in [bytes(s)[k:k + 2] for k in range(0, len(bytes(s)), 2)]:
                        yield "page %d shows .notdef" % (i + 1)


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
