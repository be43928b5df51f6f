"""crawl.py - walks a running server as somebody with a login, or nobody, and reads every byte it answers.

Every address that a page, a form or a menu leads to by GET is asked for once. Nothing is posted but the
login. Packages are unpacked, so that a figure cannot hide in a compressed part.
SPDX-License-Identifier: EUPL-1.2
"""
import html
import http.cookiejar
import io
import re
import subprocess
import urllib.error
import urllib.parse
import urllib.request
import zipfile

LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)')
LEAVES = re.compile(r"^/(logg-ut|statisk|static|hjelp|ord|sprak|varsler/avmeld)")
OPTIONS = re.compile(r'<option value="([0-9a-z]{4,13})"')


class Walker:
    def __init__(self, base, who=None, password=None):
        self.base = base
        # the loopback is as safe as TLS, as browsers see it too
        policy = http.cookiejar.DefaultCookiePolicy(secure_protocols=("http", "https"))
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar(policy)))
        self.seen = {}
        if who:
            self.log_in(who, password)

    def ask(self, path, data=None):
        request = urllib.request.Request(self.base + path, data)
        if data is not None:
            request.add_header("Origin", self.base)
        try:
            with self.opener.open(request, timeout=60) as answer:
                return answer.status, answer.headers.get("Content-Type", ""), answer.read()
        except urllib.error.HTTPError as refused:
            return refused.code, "", refused.read()

    def log_in(self, who, password):
        _, _, page = self.ask("/logg-inn")
        text = page.decode()
        token = re.search(r'name="csrf" value="([^"]+)"', text).group(1)
        fields = {"csrf": token, "epost": who, "passord": password, "til": ""}
        self.ask("/logg-inn", urllib.parse.urlencode(fields).encode())
        _, _, home = self.ask("/")
        assert "/logg-ut" in home.decode(), who

    def walk(self, starts, most=700):
        waiting = list(starts)
        while waiting and len(self.seen) < most:
            path = waiting.pop(0)
            if path in self.seen:
                continue
            status, kind, body = self.ask(path)
            self.seen[path] = (status, kind, body)
            if status == 200 and "html" in kind:
                waiting += [p for p in self.links(path, body.decode("utf-8", "replace"))
                            if p not in self.seen]
        return self.seen

    @staticmethod
    def links(path, text):
        for link in LINK.findall(text):
            link = html.unescape(link)
            if not LEAVES.match(link) and not link.startswith("//"):
                yield link
        if path.startswith("/indikatorer/") and "?" not in path:
            for unit in OPTIONS.findall(text):
                yield f"{path}?enhet={unit}"


def texts_of(kind, body):
    """What can be read out of an answer: its bytes, its parts, and the words of a PDF."""
    yield "bytes", body.decode("utf-8", "replace")
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            for name in package.namelist():
                part = package.read(name).decode("utf-8", "replace")
                yield name, part
                yield name + " as text", re.sub(r"<[^>]*>", "", part)
    if body[:4] == b"%PDF":
        done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=body, capture_output=True)
        yield "words", done.stdout.decode("utf-8", "replace")
    if "html" in kind:
        yield "as text", html.unescape(re.sub(r"<[^>]*>", "", body.decode("utf-8", "replace")))
