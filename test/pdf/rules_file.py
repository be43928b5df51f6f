"""rules_file.py - rules on the file, its metadata and its fonts; check.py says how rules are written.

SPDX-License-Identifier: EUPL-1.2
"""
import re

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from pdffile import NS, rule


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


def cid_widths(font):
    """{cid: width} of /W: "first [w ...]" and "first last w" (PDF 9.7.4.3)"""
    out, rest = {}, list(font.get("/W", []))
    while rest:
        if isinstance(rest[1], Array):
            out.update((int(rest[0]) + i, w) for i, w in enumerate(rest[1]))
            rest = rest[2:]
        else:
            out.update((cid, rest[2]) for cid in range(int(rest[0]), int(rest[1]) + 1))
            rest = rest[3:]
    return out


@rule
def fonts_widths(f):
    """UA 7.21.5, A 6.2.11.5: a font has a width for each code that is mapped to Unicode"""
    for font, _ in descriptors(f):
        if "/FirstChar" in font and "/LastChar" in font:
            if len(font.get("/Widths", [])) != int(font.LastChar) - int(font.FirstChar) + 1:
                yield "%s: number of widths" % font.get("/BaseFont")
    for font in f.objects("/Font"):
        if "/DescendantFonts" not in font or "/ToUnicode" not in font:
            continue
        known = cid_widths(font.DescendantFonts[0])
        maps = bytes(font.ToUnicode.read_bytes()).partition(b"endcodespacerange")[2]
        codes = re.findall(rb"^<([0-9A-Fa-f]{4})> <", maps, re.M)
        if any(int(code, 16) not in known for code in codes):
            yield "%s: a glyph without a width" % font.get("/BaseFont")


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
