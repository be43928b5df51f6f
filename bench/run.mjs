// run.mjs - every benchmark, its ratio to something run in the same minute, and the table of them.
//
// usage: node bench/run.mjs [--seconds N] [--rounds N] [pages|import|cube|suppress|pdf|start|memory ...]
//
// Without names all are run. The table goes to the terminal and, when all were run, into
// bench/README.md. Until build/oppvekst exists only the peers are measured, and nothing is written.
// SPDX-License-Identifier: EUPL-1.2
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { machine, median, memory, pairs, time, wrk } from './lib.mjs';
import { DATABASE, PROGRAM, exists, findPages, makeDemo, memoryWith, publish, serve, signIn } from './ours.mjs';
import { writeSuppression } from './suppress-table.mjs';
import { PEERS, prepare, startPeer } from './peers.mjs';

const README = 'bench/README.md';
const UDIR = 'demo/data/udir';
const SESSIONS = 1000;
// What the peers' pages weigh while there is none of ours to compare with.
const DEFAULT_SIZE = { dashboard: 24_000, report: 60_000 };

const one = (number) => (number >= 100 ? Math.round(number).toString() : number.toFixed(1));
const rows = [];
const record = (what, ours, peer, ratio, goal) => {
    rows.push({ what, ours, peer, ratio, goal });
    console.log([what, `ours ${ours}`, peer, ratio, goal ? `goal ${goal}` : ''].filter(Boolean).join(' · '));
};

function options(words) {
    const found = { seconds: 5, rounds: 3, names: [] };
    for (let i = 0; i < words.length; i++) {
        const name = words[i].replace(/^--/, '');
        if (words[i].startsWith('--') && name in found) found[name] = Number(words[++i]);
        else if (name in BENCHMARKS) found.names.push(name);
        else throw new Error(`unknown word ${words[i]}; there are ${Object.keys(BENCHMARKS).join(', ')}`);
    }
    return found;
}

async function startOurs(context) {
    const server = await serve();
    const login = context.logins.find((l) => l.role.startsWith('fagsjef')) ?? context.logins[0];
    await publish(server.url, context.logins.find((l) => l.email.startsWith('kommunedirektor@eide')));
    const cookie = await signIn(server.url, login);
    return { server, cookie, pages: await findPages(server.url, cookie) };
}

/** Requests a second of ours and of one peer, in turn, full load on one core. */
async function pagePair(ours, peer, page, { seconds, rounds }) {
    const cookie = page === 'dashboard';
    const measure = (url, value) => wrk(url, { seconds, cookie: cookie ? value : '' });
    wrk(peer.pages[page], { seconds: 1, cookie: cookie ? peer.cookie : '' }); // compilers warm up
    const theirs = () => measure(peer.pages[page], peer.cookie).rate;
    if (!ours) return { peer: median(Array.from({ length: rounds }, theirs)) };
    const found = await pairs(rounds, theirs, () => measure(ours.pages[page].url, ours.cookie).rate);
    return { peer: found.first, ours: found.second, ratio: found.ratio };
}

const GOALS = { Express: '≥ 8 ×', 'PHP-FPM': '≥ 8 ×', Django: '≥ 30 ×' };

async function pages(context) {
    prepare();
    const ours = context.logins ? await startOurs(context) : null;
    const target = ours ? { dashboard: ours.pages.dashboard.size, report: ours.pages.report.size } : DEFAULT_SIZE;
    for (const name of PEERS) {
        const peer = await startPeer(name, target);
        for (const page of ['dashboard', 'report']) {
            const found = await pagePair(ours, peer, page, context);
            const kilobytes = (size) => `${one(size / 1000)} kB`;
            const mine = ours?.pages[page].size ?? target[page];
            record(`${page}, ${kilobytes(mine)}, beside ${name} with ${kilobytes(peer.size[page])}`,
                found.ours ? `${one(found.ours)} /s` : '–', `${name} ${one(found.peer)} /s`,
                found.ratio ? `${one(found.ratio)} ×` : '–', GOALS[name]);
        }
        record(`memory after load, ${name}`, '–',
            `${one(peer.children.reduce((sum, child) => sum + memory(child.pid), 0))} MB`, '–', '');
        await peer.stop();
    }
    if (!ours) return;
    const url = ours.pages.dashboard.url;
    const full = wrk(url, { seconds: context.seconds, cookie: ours.cookie });
    const half = wrk(url, { seconds: context.seconds, cookie: ours.cookie, pauseMs: 64_000 / (full.rate / 2) });
    record(`dashboard at ${one((100 * half.rate) / full.rate)} % of full load, 99th percentile`,
        `${one(half.p99)} ms`, '', '–', '< 10 ms');
    await ours.server.stop();
}

const csvFiles = () => readdirSync(UDIR).filter((name) => name.endsWith('.csv')).map((name) => join(UDIR, name));

/** One national file into a fresh database; the shell gets it as UTF-8 and without its first line. */
async function importing({ rounds, logins }) {
    const file = csvFiles().find((name) => name.includes('2025-26'));
    const fresh = 'build/bench/import.db';
    const clear = () => { for (const tail of ['', '-wal', '-shm']) rmSync(fresh + tail, { force: true }); };
    const quoted = `'${file}'`;
    const shell = () => {
        clear();
        return time(`iconv -f UTF-16LE -t UTF-8 ${quoted} | tail -n +2 > build/bench/import.csv
            sqlite3 ${fresh} 'PRAGMA journal_mode = WAL' '.mode tabs' '.import build/bench/import.csv t'`);
    };
    const own = () => {
        clear();
        time(`${PROGRAM} migrate --db sqlite:${fresh}`);
        return time(`${PROGRAM} import --db sqlite:${fresh} ${quoted}`);
    };
    const size = `${one(statSync(file).size / 1000)} kB`;
    if (!logins) {
        record(`import of a national file, ${size}`, '–',
            `sqlite3 ${one(median(Array.from({ length: rounds }, shell)))} ms`, '–', '≤ 3 ×');
        return;
    }
    const found = await pairs(rounds, shell, own);
    record(`import of a national file, ${size}`, `${one(found.second)} ms`, `sqlite3 ${one(found.first)} ms`,
        `${found.ratio.toFixed(2)} × its time`, '≤ 3 ×');
}

const CUBE = '../shared/data/jsonstat/ssb_29843.json';

/** A table of 37,440 cells read, checked and counted; jq reads the same file and sums what it holds. */
async function cube({ rounds, logins }) {
    if (!existsSync(CUBE)) {
        console.log('../shared/data is not here: the JSON-stat table is not measured');
        return;
    }
    const jq = () => time(`jq '[.. | .value? | arrays | .[] | numbers] | add' ${CUBE} > build/bench/cube.txt`);
    if (!logins) {
        record('JSON-stat, 37,440 cells', '–', `jq ${one(median(Array.from({ length: rounds }, jq)))} ms`, '–');
        return;
    }
    const fresh = 'build/bench/cube.db';
    for (const tail of ['', '-wal', '-shm']) rmSync(fresh + tail, { force: true });
    time(`${PROGRAM} migrate --db sqlite:${fresh}`);
    const own = () => time(`${PROGRAM} import --db sqlite:${fresh} --dry-run --json ${CUBE} > build/bench/cube.json`);
    const found = await pairs(rounds, jq, own);
    record('JSON-stat, 37,440 cells', `${one(found.second)} ms`, `jq ${one(found.first)} ms`,
        `${found.ratio.toFixed(2)} × its time`);
}

// GaussSuppression 1.2.3's own seconds for tables of this shape (shared/data/sdc/peer_gauss), R 4.2.
const SUPPRESSION = [[4, null, 0.21, 0.05], [12, null, 0.959, 0.2], [40, null, 6.188, 1], [4, 3, 26.8, 1]];

/** School tables made by suppress-table.mjs; ours runs here and now, the peer's time is as published. */
async function suppressing({ rounds, logins }) {
    if (!logins) return;
    const folder = 'build/bench';
    for (const [schools, interval, peer, goal] of SUPPRESSION) {
        const { cells } = writeSuppression(folder, schools, interval);
        const name = `${folder}/suppress-${schools}`;
        const run = () => time(`${PROGRAM} suppress --spec ${name}.json ${name}.csv \
            --output ${name}-out.csv --proof ${name}-proof.json`);
        const took = median(Array.from({ length: rounds }, run));
        const proof = JSON.parse(readFileSync(`${name}-proof.json`, 'utf8'));
        record(`suppression, ${cells} cells${interval ? `, interval ${interval}` : ''}`,
            `${one(took)} ms, ${proof.hidden} hidden, ${proof.unsafe} unsafe`,
            `GaussSuppression ${peer * 1000} ms, elsewhere`, `${one(peer * 1000 / took)} ×`, `< ${goal} s`);
    }
}

async function pdf({ rounds, logins }) {
    if (!logins) return;
    const report = (format, output) => `${PROGRAM} report --db ${DATABASE} --owner 1551 --year 2012/13 \
        --audience public --format ${format} --output ${output}`;
    time(report('html', 'build/bench/report.html'));
    const found = await pairs(rounds, () => time(report('pdf', 'build/bench/report.pdf')),
        () => time('weasyprint -q --pdf-variant pdf/ua-1 build/bench/report.html build/bench/weasyprint.pdf'));
    const count = (file) => /Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [file], { encoding: 'utf8' }))?.[1];
    record(`report as PDF, ${count('build/bench/report.pdf')} pages`, `${one(found.first)} ms`,
        `WeasyPrint ${one(found.second)} ms, ${count('build/bench/weasyprint.pdf')} pages`,
        `${one(found.ratio)} ×`, '≥ 30 ×');
}

async function start({ logins }) {
    if (!logins) return;
    const ready = [];
    for (let i = 0; i < 10; i++) {
        const server = await serve();
        ready.push(server.ready);
        await server.stop();
    }
    record('start to first page', `${one(median(ready))} ms`,
        `slowest of 10: ${one(Math.max(...ready))} ms`, '–', '< 200 ms');
}

async function memoryOfOurs(context) {
    if (!context.logins) return;
    const { server, cookie, pages: found } = await startOurs(context);
    wrk(found.dashboard.url, { seconds: context.seconds, cookie });
    const used = await memoryWith(server, found.dashboard.url, cookie, SESSIONS);
    record(`memory after load, ${SESSIONS} signed-in connections open`, `${one(used)} MB`, '', '–', '< 100 MB');
    await server.stop();
}

/** 1,000 series of 36 points inside one process; the packages' times are published ones, not of this machine. */
function spc() {
    execFileSync('make', ['-s', 'build/bench/spc'], { stdio: ['ignore', 'ignore', 'inherit'] });
    const text = execFileSync('build/bench/spc', [], { encoding: 'utf8' });
    const [ours, other] = ['spc', 'calibrate'].map((name) => (
        Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)[1])));
    record('control charts, 1,000 series of 36 points', `${ours.toFixed(1)} ms`,
        `a million square roots ${other.toFixed(1)} ms; published: NHSRplotthedots 1,590 ms, qicharts2 23,000 ms`,
        `${(ours / other).toFixed(2)} × its time`, '< 20 ms');
}

const BENCHMARKS = { pages, import: importing, cube, suppress: suppressing, pdf, start, memory: memoryOfOurs, spc };

function table() {
    const { stdout } = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' });
    const commit = stdout?.trim() ? `Commit ${stdout.trim()}` : 'Not from a clone';
    return [
        `*${machine()}. ${commit}, ${new Date().toISOString().slice(0, 10)}.*`, '',
        '| What | oppvekst | Beside it, in the same minute | Ratio | Goal |', '|---|---|---|---|---|',
        ...rows.map(({ what, ours, peer, ratio, goal }) => (
            `| ${what} | ${ours} | ${peer || '–'} | ${ratio} | ${goal || '–'} |`)),
    ].join('\n');
}

function writeReadme() {
    const text = readFileSync(README, 'utf8');
    const marked = /(<!-- results -->\n)[^]*(<!-- end of results -->)/;
    if (!marked.test(text)) throw new Error(`${README} has lost its marks`);
    writeFileSync(README, text.replace(marked, (_, from, to) => `${from}${table()}\n${to}`));
}

const { names, ...settings } = options(process.argv.slice(2));
mkdirSync('build/bench', { recursive: true });
const context = { ...settings, logins: exists() ? makeDemo() : null };
if (!context.logins) console.log(`no ${PROGRAM} yet: only the peers are measured`);
for (const name of names.length ? names : Object.keys(BENCHMARKS)) await BENCHMARKS[name](context);
console.log(`\n${table()}`);
if (!names.length && context.logins) writeReadme();
else console.log(`\n${README} is left as it was: not everything was measured`);
