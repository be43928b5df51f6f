// peers.mjs - the same two pages in Express, PHP-FPM behind nginx, and Django under gunicorn.
//
// All read one SQLite file: 1,000 sessions, 200 units, 50 indicators, 12 periods. `/dashboard` looks
// the session up by the SHA-256 of the cookie, then reads the unit, 50 rows and one series, and draws
// one inline SVG chart; `/report` is public and draws three. Each page is brought to the size of ours
// by plain text, so that as many bytes travel.
// SPDX-License-Identifier: EUPL-1.2
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { firstAnswer, freePort, fetchText, startServer, stopServer } from './lib.mjs';

export const TOKEN = 'bench-session-0500';
export const COOKIE = `session=${TOKEN}`;
const WORK = resolve('build/bench');
const DATABASE = join(WORK, 'peers.db');
const HERE = new URL('peers/', import.meta.url).pathname;

const SCHEMA = `PRAGMA journal_mode = WAL;
CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, unit INTEGER NOT NULL);
CREATE TABLE session (token_hash TEXT PRIMARY KEY, person INTEGER NOT NULL, expires INTEGER NOT NULL);
CREATE TABLE unit (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE indicator (id INTEGER PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE value (unit INTEGER, indicator INTEGER, period TEXT, value REAL, uncertainty REAL, n INTEGER,
  PRIMARY KEY (unit, indicator, period)) WITHOUT ROWID;
WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < 200)
INSERT INTO unit SELECT i, 'Skole & barnehage ' || i FROM k;
WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < 50)
INSERT INTO indicator SELECT i, 'NP.' || printf('%02d', i), 'Indikator <' || i || '> på 5. trinn' FROM k;
WITH RECURSIVE k(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM k WHERE i < 11)
INSERT INTO value SELECT u.id, n.id, printf('%d/%02d', 2014 + i, 15 + i), 44 + (u.id * 7 + n.id * 3 + i * 5) % 12,
  1.3, 20 + (u.id + i) % 40 FROM unit u, indicator n, k;
`;

function makeDatabase() {
    mkdirSync(WORK, { recursive: true });
    for (const tail of ['', '-wal', '-shm']) rmSync(DATABASE + tail, { force: true });
    let sql = `${SCHEMA}BEGIN;\n`;
    for (let i = 0; i < 1000; i++) {
        const hash = createHash('sha256').update(`bench-session-${String(i).padStart(4, '0')}`).digest('hex');
        sql += `INSERT INTO person VALUES (${i}, 'Person ${i}', 'rektor', ${1 + (i % 200)});\n`
            + `INSERT INTO session VALUES ('${hash}', ${i}, 4102444800);\n`;
    }
    execFileSync('sqlite3', [DATABASE], { input: `${sql}COMMIT;\nANALYZE;\n` });
}

/** better-sqlite3 is compiled here against the headers of the machine's Node.js; nothing prebuilt. */
function buildExpress() {
    const folder = join(HERE, 'express');
    if (existsSync(join(folder, 'node_modules/better-sqlite3/build/Release/better_sqlite3.node'))) return;
    console.error('bench: compiling better-sqlite3 for Express (a minute)');
    const env = { ...process.env, npm_config_nodedir: '/usr', npm_config_build_from_source: 'true' };
    for (const args of [['ci', '--ignore-scripts'], ['rebuild', 'better-sqlite3']]) {
        const run = spawnSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'],
            { cwd: folder, env, encoding: 'utf8' });
        if (run.status !== 0) throw new Error(`npm ${args.join(' ')}:\n${run.stdout}${run.stderr}`);
    }
}

function phpProgram() {
    const name = readdirSync('/usr/sbin').filter((file) => /^php-fpm\d/.test(file)).sort().at(-1);
    if (!name) throw new Error('no php-fpm in /usr/sbin (make bench installs it)');
    return join('/usr/sbin', name);
}

const userLine = () => (process.getuid() === 0 ? 'user root;' : '');

function nginxConfig(port, socket, env) {
    const parameters = Object.entries(env).map(([name, value]) => `fastcgi_param ${name} "${value}";`);
    return `${userLine()} worker_processes 1; daemon off; pid ${WORK}/nginx.pid; error_log stderr crit;
events { worker_connections 1024; }
http { access_log off; client_body_temp_path ${WORK}/t1; fastcgi_temp_path ${WORK}/t2; proxy_temp_path ${WORK}/t3;
  scgi_temp_path ${WORK}/t4; uwsgi_temp_path ${WORK}/t5;
  upstream php { server unix:${socket}; keepalive 8; }
  server { listen 127.0.0.1:${port}; location / { fastcgi_pass php; fastcgi_keep_conn on;
    fastcgi_buffers 16 16k; fastcgi_param SCRIPT_FILENAME ${HERE}php/index.php;
    fastcgi_param REQUEST_METHOD $request_method; fastcgi_param REQUEST_URI $request_uri;
    fastcgi_param QUERY_STRING $query_string; ${parameters.join(' ')} } } }
`;
}

function phpConfig(socket) {
    return `[global]
error_log = ${WORK}/php-fpm.log
daemonize = no
[www]
listen = ${socket}
${process.getuid() === 0 ? 'user = root\ngroup = root' : ''}
pm = static
pm.max_children = 4
php_admin_value[opcache.enable] = 1
php_admin_value[opcache.validate_timestamps] = 0
`;
}

const STARTS = {
    Express(port, env) {
        return [startServer('node', [join(HERE, 'express/server.mjs')],
            { env: { ...process.env, ...env, BENCH_PORT: String(port), NODE_ENV: 'production' } })];
    },
    'PHP-FPM'(port, env) {
        const socket = join(WORK, `php-${port}.sock`);
        writeFileSync(join(WORK, 'php-fpm.conf'), phpConfig(socket));
        writeFileSync(join(WORK, 'nginx.conf'), nginxConfig(port, socket, env));
        const root = process.getuid() === 0 ? ['-R'] : [];
        return [
            startServer(phpProgram(), [...root, '-F', '-y', join(WORK, 'php-fpm.conf')]),
            startServer('/usr/sbin/nginx', ['-p', WORK, '-c', join(WORK, 'nginx.conf')]),
        ];
    },
    Django(port, env) {
        return [startServer('/usr/bin/gunicorn', ['-b', `127.0.0.1:${port}`, '-k', 'gthread', '-w', '2',
            '--threads', '4', '--log-level', 'error', '--keep-alive', '30', '--chdir', join(HERE, 'django'),
            'bench_site:application'], { env: { ...process.env, ...env, PYTHONDONTWRITEBYTECODE: '1' } })];
    },
};

async function begin(name, filler) {
    const port = await freePort();
    const env = {
        BENCH_DB: DATABASE,
        BENCH_FILLER_DASHBOARD: String(filler.dashboard),
        BENCH_FILLER_REPORT: String(filler.report),
    };
    const children = STARTS[name](port, env);
    const url = `http://127.0.0.1:${port}`;
    try {
        await firstAnswer(`${url}/report`, children[0]);
    } catch (error) {
        throw new Error(`${name}: ${error.message}\n${children.map((child) => child.log).join('\n')}`);
    }
    const stop = async () => { for (const child of children) await stopServer(child); };
    const pages = { dashboard: `${url}/dashboard`, report: `${url}/report` };
    return { name, children, stop, pages, cookie: COOKIE };
}

async function sizes(peer) {
    const found = {};
    for (const [page, url] of Object.entries(peer.pages)) {
        const { status, text } = await fetchText(url, { cookie: COOKIE });
        const rows = (text.match(/<tr><td>/g) ?? []).length;
        if (status !== 200 || rows !== 50 || !text.includes('<polyline'))
            throw new Error(`${peer.name} ${page}: status ${status}, ${rows} rows:\n${text.slice(0, 500)}`);
        if (text.includes('Indikator <')) throw new Error(`${peer.name} ${page} does not escape`);
        found[page] = Buffer.byteLength(text);
    }
    return found;
}

export function prepare() {
    makeDatabase();
    buildExpress();
}

/** Start a peer whose pages are as large as `target` ({ dashboard, report } in bytes). */
export async function startPeer(name, target) {
    const probe = await begin(name, { dashboard: 0, report: 0 });
    const bare = await sizes(probe);
    await probe.stop();
    const filler = Object.fromEntries(Object.keys(bare).map(
        (page) => [page, Math.max(0, target[page] - bare[page])]));
    const peer = await begin(name, filler);
    peer.size = await sizes(peer);
    return peer;
}

export const PEERS = Object.keys(STARTS);
