// lib.mjs - what every measurement needs: processes on a core, wrk, medians, memory.
// SPDX-License-Identifier: EUPL-1.2
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus } from 'node:os';

export const SERVER_CORE = 0;
export const CLIENT_CORE = cpus().length > 1 ? 1 : 0;

export const median = (numbers) => {
    const sorted = [...numbers].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

export const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

export function freePort() {
    return new Promise((resolve, reject) => {
        const probe = createServer().on('error', reject).listen(0, '127.0.0.1', () => {
            const { port } = probe.address();
            probe.close(() => resolve(port));
        });
    });
}

/** Pages are asked for with this; a redirect or an error is no page. */
export async function fetchText(url, headers = {}) {
    const answer = await fetch(url, { headers, redirect: 'manual' });
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

/** Milliseconds until `url` answers 200, asked without pause. */
export async function firstAnswer(url, child, started = performance.now()) {
    while (performance.now() - started < 15_000 && child.exitCode === null) {
        try {
            if ((await fetchText(url)).status === 200) return performance.now() - started;
        } catch { /* not listening yet */ }
        await sleep(1);
    }
    throw new Error(`${url} never answered`);
}

/**
 * Start a server on the servers' core, in a process group of its own. Its words go to a file: nobody
 * would empty a pipe while wrk runs, and a full one stops a server that logs.
 */
export function startServer(command, args, options = {}) {
    const file = `build/bench/server-${started.size}.log`;
    const words = openSync(file, 'w');
    const child = spawn('taskset', ['-c', String(SERVER_CORE), command, ...args],
        { stdio: ['ignore', words, words], detached: true, ...options });
    closeSync(words);
    let trouble = '';
    Object.defineProperty(child, 'log', { get: () => readFileSync(file, 'utf8') + trouble });
    child.on('error', (error) => { trouble = error.message; });
    started.add(child);
    child.on('close', () => started.delete(child));
    return child;
}

const started = new Set();
const endGroup = (child, signal) => {
    try { process.kill(-child.pid, signal); } catch { /* it has ended */ }
};
process.on('exit', () => { for (const child of started) endGroup(child, 'SIGKILL'); });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

export async function stopServer(child) {
    if (!started.has(child)) return;
    const ended = new Promise((resolve) => { child.on('close', resolve); });
    endGroup(child, 'SIGTERM');
    const timer = setTimeout(() => endGroup(child, 'SIGKILL'), 5000);
    await ended;
    clearTimeout(timer);
}

/**
 * Load a URL from the client's core.
 *   seconds   how long       connections  kept busy (default 64)
 *   pauseMs   each connection waits so long between two requests; 0 for full load
 * → { rate: requests/s, p99: ms }. Throws when any answer was not 2xx or a connection failed.
 */
export function wrk(url, { seconds, cookie = '', connections = 64, pauseMs = 0 }) {
    const args = ['-c', String(CLIENT_CORE), 'wrk', '-t1', `-c${connections}`, `-d${seconds}s`, '--latency'];
    if (cookie) args.push('-H', `Cookie: ${cookie}`);
    if (pauseMs) args.push('-s', new URL('pause.lua', import.meta.url).pathname);
    const env = { ...process.env, BENCH_PAUSE_MS: String(pauseMs) };
    const run = spawnSync('taskset', [...args, url], { encoding: 'utf8', env });
    const text = run.stdout + run.stderr;
    const rate = /Requests\/sec:\s+([\d.]+)/.exec(text);
    const p99 = /99%\s+([\d.]+)(us|ms|s)/.exec(text);
    if (!rate || !Number(rate[1]) || !p99 || /Non-2xx/.test(text)) throw new Error(`wrk ${url}:\n${text}`);
    return { rate: Number(rate[1]), p99: Number(p99[1]) * { us: 0.001, ms: 1, s: 1000 }[p99[2]] };
}

function childrenOf(pid) {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((name) => {
        try {
            return Number(readFileSync(`/proc/${name}/stat`, 'utf8').replace(/.*\) . /, '').split(' ')[0]) === pid;
        } catch { return false; }
    }).map(Number);
}

/** Proportional memory of a process and all it started, in MB. */
export function memory(pid) {
    let own = 0;
    try {
        own = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]) / 1024;
    } catch { /* ended in the meantime */ }
    return own + childrenOf(pid).reduce((sum, child) => sum + memory(child), 0);
}

/** Milliseconds that a shell command takes; throws when it fails. */
export function time(command) {
    const from = performance.now();
    const run = spawnSync('/bin/sh', ['-c', command], { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`${command}\n${run.stdout}${run.stderr}`);
    return performance.now() - from;
}

/**
 * Run two things in turn, `rounds` times, and give their medians and the median of the ratios of the
 * pairs (second / first), which a noisy minute disturbs less than either.
 */
export async function pairs(rounds, first, second) {
    const a = [];
    const b = [];
    for (let i = 0; i < rounds; i++) {
        a.push(await first());
        b.push(await second());
    }
    return { first: median(a), second: median(b), ratio: median(a.map((x, i) => b[i] / x)) };
}

/** The machine in a line, for the table. */
export function machine() {
    const os = /PRETTY_NAME="(.*)"/.exec(readFileSync('/etc/os-release', 'utf8'))[1];
    const kernel = execFileSync('uname', ['-r'], { encoding: 'utf8' }).trim();
    return `${cpus()[0].model.trim()}, ${cpus().length} cores, ${os}, Linux ${kernel}`;
}
