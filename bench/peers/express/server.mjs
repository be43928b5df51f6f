// server.mjs - the page of bench/ in Express 4 with better-sqlite3 and EJS.
//
// Environment: BENCH_DB, BENCH_PORT, BENCH_FILLER_DASHBOARD and BENCH_FILLER_REPORT (bytes of plain
// text that bring the page to the size of ours). See bench/README.md for what every peer does.
// SPDX-License-Identifier: EUPL-1.2
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import express from 'express';

const db = new Database(process.env.BENCH_DB, { readonly: true });
const ROWS = db.prepare(`SELECT i.code, i.name, v.period, v.value, v.uncertainty, v.n
  FROM value v JOIN indicator i ON i.id = v.indicator
 WHERE v.unit = ? AND v.period = '2025/26' ORDER BY i.name LIMIT 50`);
const SERIES = db.prepare(`SELECT v.period, v.value FROM value v
 WHERE v.unit = ? AND v.indicator = ? ORDER BY v.period`);
const SESSION = db.prepare(`SELECT p.name, p.role, p.unit FROM session s JOIN person p ON p.id = s.person
 WHERE s.token_hash = ? AND s.expires > ?`);
const UNIT = db.prepare('SELECT name FROM unit WHERE id = ?');
const TEXT = 'Skoleeier lager hver sommer en rapport om tilstanden i skolene sine. ';
const filler = (name) => {
    const size = Number(process.env[`BENCH_FILLER_${name}`] ?? 0);
    return TEXT.repeat(Math.ceil(size / TEXT.length)).slice(0, size);
};
const FILLER = { dashboard: filler('DASHBOARD'), report: filler('REPORT') };

/** A line chart's numbers: where its points are, and the polyline through them. */
function chart(unit, indicator) {
    const points = SERIES.all(unit, indicator).map(({ period, value }, i) => (
        { period, value, x: 40 + i * 45, y: (200 - (value - 30) * 5).toFixed(1) }));
    return { title: `Indikator ${indicator}`, points, line: points.map((p) => `${p.x},${p.y}`).join(' ') };
}

function page(response, title, user, unit, charts, text) {
    response.render('page', {
        title, user, unit: UNIT.get(unit).name, rows: ROWS.all(unit), text,
        charts: charts.map((indicator) => chart(unit, indicator)),
    });
}

const app = express();
app.set('view engine', 'ejs').set('views', fileURLToPath(new URL('.', import.meta.url)));
app.enable('view cache').disable('x-powered-by').disable('etag');
app.get('/dashboard', (request, response) => {
    const token = /(?:^|; )session=([^;]*)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
    const hash = createHash('sha256').update(token).digest('hex');
    const user = SESSION.get(hash, Math.floor(Date.now() / 1000));
    if (!user) return response.redirect(303, '/logg-inn');
    return page(response, 'Hjem', user, user.unit, [1], FILLER.dashboard);
});
app.get('/report', (request, response) => {
    page(response, 'Tilstandsrapport', null, 1, [1, 2, 3], FILLER.report);
});
app.listen(Number(process.env.BENCH_PORT), '127.0.0.1');
