"""bench_site.py - the page of bench/ in Django, served by gunicorn as bench_site:application.

Without debug, sessions and ORM: one raw query each, and Django's own templates, compiled once. A
site with the usual middlewares is slower. Environment as for the Express peer.
SPDX-License-Identifier: EUPL-1.2
"""
import hashlib
import os
import time
from pathlib import Path

import django
from django.conf import settings

settings.configure(
    DEBUG=False,
    SECRET_KEY="not used: nothing is signed here",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    USE_I18N=False,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["BENCH_DB"],
            "CONN_MAX_AGE": None,
        }
    },
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [Path(__file__).parent],
            "OPTIONS": {
                "loaders": [
                    ("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])
                ]
            },
        }
    ],
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - after settings.configure
from django.db import connection  # noqa: E402
from django.http import HttpResponse, HttpResponseRedirect  # noqa: E402
from django.template.loader import get_template  # noqa: E402
from django.urls import path  # noqa: E402

TEXT = "Skoleeier lager hver sommer en rapport om tilstanden i skolene sine. "
ROWS = """SELECT i.code, i.name, v.period, v.value, v.uncertainty, v.n
  FROM value v JOIN indicator i ON i.id = v.indicator
 WHERE v.unit = %s AND v.period = '2025/26' ORDER BY i.name LIMIT 50"""
SERIES = "SELECT v.period, v.value FROM value v WHERE v.unit = %s AND v.indicator = %s ORDER BY v.period"
SESSION = """SELECT p.name, p.role, p.unit FROM session s JOIN person p ON p.id = s.person
 WHERE s.token_hash = %s AND s.expires > %s"""


def filler(name):
    size = int(os.environ.get("BENCH_FILLER_" + name, "0"))
    return (TEXT * (size // len(TEXT) + 1))[:size]


FILLERS = {name: filler(name) for name in ("DASHBOARD", "REPORT")}


def query(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row)) for row in cursor.fetchall()]


def chart(unit, indicator):
    points = query(SERIES, unit, indicator)
    for i, point in enumerate(points):
        point["x"] = 40 + i * 45
        point["y"] = f"{200 - (point['value'] - 30) * 5:.1f}"
    line = " ".join(f"{point['x']},{point['y']}" for point in points)
    return {"title": f"Indikator {indicator}", "points": points, "line": line}


def page(title, user, unit, charts, text):
    return HttpResponse(
        get_template("page.html").render(
            {
                "title": title,
                "user": user,
                "unit": query("SELECT name FROM unit WHERE id = %s", unit)[0]["name"],
                "rows": query(ROWS, unit),
                "charts": [chart(unit, indicator) for indicator in charts],
                "text": text,
            }
        )
    )


def dashboard(request):
    token_hash = hashlib.sha256(request.COOKIES.get("session", "").encode()).hexdigest()
    users = query(SESSION, token_hash, int(time.time()))
    if not users:
        return HttpResponseRedirect("/logg-inn", status=303)
    return page("Hjem", users[0], users[0]["unit"], [1], FILLERS["DASHBOARD"])


def report(_request):
    return page("Tilstandsrapport", None, 1, [1, 2, 3], FILLERS["REPORT"])


urlpatterns = [path("dashboard", dashboard), path("report", report)]
application = get_wsgi_application()
