"""nettleser.py - a server on a demo, and a browser without script that is signed in.

SPDX-License-Identifier: EUPL-1.2
"""
import re
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

PASSWORD = "fjorden-i-juni"


class Server:
    """The program's server on a database, on loopback, until stop()."""

    def __init__(self, program, db, log):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.log = open(log, "wb")
        self.child = subprocess.Popen([program, "serve", "--db", db, "--listen", f"127.0.0.1:{port}"],
                                      stdout=self.log, stderr=self.log)
        for _ in range(600):
            try:
                urllib.request.urlopen(self.url + "/helse", timeout=5).read()
                return
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise AssertionError("the server never answered")

    def alive(self):
        return self.child.poll() is None

    def stop(self):
        self.child.terminate()
        try:
            self.child.wait(20)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
        self.log.close()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


class Browser:
    """One session. Every answer is (status, headers, bytes); redirects are not followed."""

    def __init__(self, url):
        self.url = url
        self.opener = urllib.request.build_opener(_Stay)
        self.cookies = {}

    def ask(self, path, data=None, kind="application/x-www-form-urlencoded"):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        request = urllib.request.Request(self.url + path, data=data,
                                         headers={"Origin": self.url, "Cookie": cookies})
        if data is not None:
            request.add_header("Content-Type", kind)
        try:
            answer = self.opener.open(request, timeout=120)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            for line in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = line.split(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.headers, answer.read()

    def post(self, path, fields):
        return self.ask(path, urllib.parse.urlencode(fields).encode())

    def sign_in(self, email):
        page = self.ask("/logg-inn")[2].decode()
        fields = []
        for tag in re.findall(r"<input\b[^>]*>", page):
            has = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
            value = {"username": email, "current-password": PASSWORD}.get(has.get("autocomplete"))
            if value or has.get("type") == "hidden":
                fields.append((has["name"], value or has.get("value", "")))
        status, _, body = self.post("/logg-inn", fields)
        assert status == 303, (email, status, body[:300])

    def csrf(self, path="/import"):
        return re.search(r'name="csrf" value="([^"]+)"', self.ask(path)[2].decode()).group(1)

    def send_files(self, files, where="egne"):
        """Files as (name, bytes) through the page's form. → the answer."""
        mark = uuid.uuid4().hex
        out = []
        for name, value in (("csrf", self.csrf()), ("hvor", where)):
            out.append(f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
        for name, data in files:
            safe = name.replace("\\", "%5C").replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
            out.append(f'--{mark}\r\nContent-Disposition: form-data; name="filer"; filename="{safe}"\r\n'
                       "Content-Type: application/octet-stream\r\n\r\n".encode() + data + b"\r\n")
        out.append(f"--{mark}--\r\n".encode())
        return self.ask("/import", b"".join(out), f"multipart/form-data; boundary={mark}")
