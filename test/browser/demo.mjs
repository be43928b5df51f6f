// demo.mjs - the program under test: a fresh demo installation, served on a port of its own.
//
// Making the demo imports Udir's national files, so it is made once for each build of the program,
// in build/test-demo/, and copied for each test file. The copy is the test's to change. Run as a
// program, this prints the folder of the demo as made.
// SPDX-License-Identifier: EUPL-1.2
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
    cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync,
    writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = 'build/oppvekst';
const STARTS_WITHIN_MS = 10_000;

/** Folder with a demo made by this very build of the program; made when it is not there yet. */
function template() {
    const { mtimeMs, size } = statSync(PROGRAM);
    const folder = join('build/test-demo', `${Math.round(mtimeMs)}-${size}`);
    if (existsSync(folder)) return folder;
    mkdirSync('build/test-demo', { recursive: true });
    const making = mkdtempSync('build/test-demo/making-');
    const made = spawnSync(PROGRAM, ['demo', '--no-serve', '--dir', making], { encoding: 'utf8' });
    if (made.status !== 0)
        throw new Error(`oppvekst demo ended with ${made.status ?? made.signal}:\n${made.stderr}`);
    writeFileSync(join(making, 'said.txt'), made.stdout + made.stderr);
    try {
        renameSync(making, folder);
    } catch { // another test file was quicker
        rmSync(making, { recursive: true });
    }
    for (const name of readdirSync('build/test-demo')) // of earlier builds
        if (!name.startsWith('making-') && name !== basename(folder))
            rmSync(join('build/test-demo', name), { recursive: true, force: true });
    return folder;
}

/**
 * The logins that `oppvekst demo` prints, one a line: role, e-mail address, password, in columns
 * two or more blanks apart, under a line that names the owner.
 * → [{ owner: 'Eide kommune', role: 'rektor', email, password }], role in lower case.
 */
export function readLogins(text) {
    const logins = [];
    let owner = '';
    for (const line of text.split('\n')) {
        const login = /^\s*(.+?)\s{2,}(\S+@\S+)\s+(\S+)\s*$/.exec(line);
        if (login)
            logins.push({ owner, role: login[1].toLowerCase(), email: login[2], password: login[3] });
        else if (/kommune/i.test(line)) owner = /[A-ZÆØÅ]\S*(?: \S+)*? kommune/.exec(line)?.[0] ?? owner;
    }
    return logins;
}

function freePort() {
    return new Promise((resolve, reject) => {
        const probe = createServer().on('error', reject).listen(0, '127.0.0.1', () => {
            const { port } = probe.address();
            probe.close(() => resolve(port));
        });
    });
}

async function answers(url, child) {
    const until = Date.now() + STARTS_WITHIN_MS;
    while (Date.now() < until && child.exitCode === null) {
        try {
            if ((await fetch(`${url}/helse`)).ok) return;
        } catch { /* not yet */ }
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(child.exitCode === null ? `no answer within ${STARTS_WITHIN_MS} ms`
        : `oppvekst serve ended with ${child.exitCode}`);
}

/** The routes table: [{ method, path, permission }]. */
export function routes() {
    return execFileSync(PROGRAM, ['routes'], { encoding: 'utf8' }).trim().split('\n').map((line) => {
        const [method, path, permission] = line.trim().split(/\s+/);
        return { method, path, permission };
    });
}

/**
 * Start a server on a copy of the demo.
 * `settings`: of the server, by their names in the environment. → { url, dir, logins, log(): what the
 * server has written, stop() }. Call stop().
 */
export async function startDemo(settings = {}) {
    const made = template();
    const dir = mkdtempSync(join(tmpdir(), 'oppvekst-browser-'));
    cpSync(made, dir, { recursive: true });
    const listen = `127.0.0.1:${await freePort()}`;
    const child = spawn(PROGRAM, ['serve', '--db', `sqlite:${join(dir, 'oppvekst.db')}`,
        '--listen', listen], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...settings } });
    let log = '';
    child.stdout.on('data', (data) => { log += data; });
    child.stderr.on('data', (data) => { log += data; });
    const ended = new Promise((resolve) => { child.on('close', resolve); });
    const kill = () => child.kill('SIGKILL');
    process.on('exit', kill);
    const demo = {
        url: `http://${listen}`, dir, logins: readLogins(readFileSync(join(dir, 'said.txt'), 'utf8')),
        log: () => log,
        async stop() {
            child.kill('SIGTERM');
            await ended;
            process.off('exit', kill);
            rmSync(dir, { recursive: true, force: true });
        },
    };
    try {
        await answers(demo.url, child);
    } catch (error) {
        await demo.stop();
        throw new Error(`${error.message}\n${log}`);
    }
    return demo;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(template());
