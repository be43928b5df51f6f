"""pdffile.py - a PDF read once for all rules: its structure tree, marked content and metadata.

SPDX-License-Identifier: EUPL-1.2
"""
import xml.etree.ElementTree as ET

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

RULES = []
STANDARD = {
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct",
    "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH",
    "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link",
    "Annot", "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form"}
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
