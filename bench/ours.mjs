// ours.mjs - oppvekst as the benchmarks see it: a demo, a server on it, a session, the two pages.
// SPDX-License-Identifier: EUPL-1.2
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { readLogins, routes } from '../test/browser/demo.mjs';
import { crawl } from '../test/browser/crawl.mjs';
import { fetchText, firstAnswer, freePort, memory, sleep, startServer, stopServer } from './lib.mjs';

export const PROGRAM = 'build/oppvekst';
export const DEMO = 'build/bench/demo';
export const DATABASE = `sqlite:${DEMO}/oppvekst.db`;

export const exists = () => existsSync(PROGRAM);

/** Make the demo anew. → the logins it printed. */
export function makeDemo() {
    rmSync(DEMO, { recursive: true, force: true });
    const run = spawnSync(PROGRAM, ['demo', '--no-serve', '--dir', DEMO], { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`oppvekst demo:\n${run.stdout}${run.stderr}`);
    return readLogins(run.stdout + run.stderr);
}

/** Start a server on the demo; `ready` is the milliseconds to its first page. */
export async function serve() {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const started = performance.now();
    const child = startServer(PROGRAM, ['serve', '--db', DATABASE, '--listen', `127.0.0.1:${port}`]);
    try {
        return { child, url, ready: await firstAnswer(`${url}/`, child, started), stop: () => stopServer(child) };
    } catch (error) {
        throw new Error(`${error.message}\n${child.log}`);
    }
}

const attribute = (tag, name) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
const cookies = (headers) => headers.getSetCookie().map((line) => line.split(';')[0]);

/** Sign in through the form as a browser without script does. → the Cookie header. */
export async function signIn(url, login) {
    const form = await fetchText(`${url}/logg-inn`);
    const body = new URLSearchParams();
    for (const [tag] of form.text.matchAll(/<input\b[^>]*>/g)) {
        const purpose = attribute(tag, 'autocomplete');
        const value = { username: login.email, 'current-password': login.password }[purpose];
        if (value || attribute(tag, 'type') === 'hidden')
            body.set(attribute(tag, 'name'), value ?? attribute(tag, 'value'));
    }
    const before = cookies(form.headers);
    const answer = await fetch(`${url}/logg-inn`, {
        method: 'POST', body, redirect: 'manual', headers: { cookie: before.join('; '), origin: url },
    });
    if (answer.status !== 303) throw new Error(`signing in answered ${answer.status}`);
    const jar = new Map([...before, ...cookies(answer.headers)].map((pair) => pair.split(/=(.*)/s)));
    return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
}

/**
 * Publish a report, for the demo rests before that step: whoever may send one does so, through the
 * form on the page as a browser without script would.
 */
export async function publish(url, login) {
    if (/href="\/tilstandsrapport\/[0-9a-z]{13}"/.test((await fetchText(`${url}/rapporter`)).text)) return;
    const cookie = await signIn(url, login);
    const ask = (path) => fetchText(url + path, { cookie });
    const [, report] = /href="(\/tilstandsrapport\/[0-9a-z]{13})"/.exec((await ask('/tilstandsrapport')).text) ?? [];
    if (!report) throw new Error(`${login.email} sees no report to send`);
    const page = await ask(`${report}/behandling`);
    const [form] = /<form\b(?:(?!<\/form>)[^])*name="handling" value="send"[^]*?<\/form>/.exec(page.text) ?? [];
    if (!form) throw new Error(`${report} cannot be sent yet`);
    const body = new URLSearchParams();
    for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) body.set(attribute(tag, 'name'), attribute(tag, 'value'));
    const answer = await fetch(`${url}${report}/behandling`, {
        method: 'POST', body, redirect: 'manual', headers: { cookie, origin: url },
    });
    if (answer.status !== 303) throw new Error(`sending the report answered ${answer.status}`);
}

/**
 * The signed-in dashboard and the public report among the pages that links lead to: the page with a
 * chart whose tables have the number of rows nearest to fifty, and the first published report.
 */
export async function findPages(url, cookie) {
    const table = routes();
    const rows = (page) => (page.body.match(/<tr\b/g) ?? []).length;
    const mine = await crawl({ url, cookie, routes: table, starts: ['/hjem'], each: 12 });
    const withChart = mine.filter((page) => page.status === 200 && page.body.includes('class="chart-svg"')
        && !page.address.startsWith('/tilstandsrapport/')); // a report is the other page
    const dashboard = withChart.sort((a, b) => Math.abs(rows(a) - 50) - Math.abs(rows(b) - 50))[0];
    const open = await crawl({ url, cookie: '', routes: table, starts: ['/rapporter', '/'], each: 3 });
    const report = open.find((page) => page.status === 200 && /^\/tilstandsrapport\/[^/]+$/.test(page.address));
    if (!dashboard) throw new Error('no page with a chart is linked for the signed-in user');
    if (!report) throw new Error('no published report is linked from /rapporter');
    return Object.fromEntries(Object.entries({ dashboard, report }).map(([name, page]) => [name, {
        url: url + page.address, size: Buffer.byteLength(page.body), rows: rows(page),
        charts: (page.body.match(/class="chart-svg"/g) ?? []).length,
    }]));
}

/** Ask for a page once on a connection of its own, from its own loopback address, and keep it open. */
function holdConnection(url, path, cookie, index) {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
        const localAddress = `127.0.${1 + (index >> 7)}.${1 + (index & 127)}`;
        const socket = connect({ host: hostname, port: Number(port), localAddress }, () => {
            socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${cookie}\r\n\r\n`);
        });
        socket.on('error', reject);
        socket.once('data', (data) => {
            if (/^HTTP\/1\.1 200/.test(data.toString('latin1'))) resolve(socket);
            else reject(new Error(data.toString('latin1').slice(0, 80)));
        });
    });
}

/** MB of the server after load, with `count` signed-in connections held open, each from an address of its own. */
export async function memoryWith(server, page, cookie, count) {
    const sockets = [];
    const { pathname, search } = new URL(page);
    for (let i = 0; i < count; i++) {
        const socket = await holdConnection(server.url, pathname + search, cookie, i);
        socket.resume();
        sockets.push(socket);
    }
    await sleep(200);
    const used = memory(server.child.pid);
    for (const socket of sockets) socket.destroy();
    return used;
}
