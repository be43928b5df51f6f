/* proxy.mjs - the samples for nginx and Caddy, tried in front of a real server; TAP.
 *
 * usage: node test/proxy/proxy.mjs [PROGRAM]
 * Only what a test must have otherwise is changed in a sample: ports, the certificate, and where the proxy
 * keeps its own files.
 * SPDX-License-Identifier: EUPL-1.2 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { finish, freePort, ok, sleep } from '../outside.mjs';

const program = resolve(process.argv[2] ?? 'build/oppvekst');
const dir = mkdtempSync(join(tmpdir(), 'oppvekst-proxy-'));

function ask(port, path, { method = 'GET', headers = {}, body } = {}) {
    return new Promise(done => {
        const req = https.request({ host: '127.0.0.1', servername: 'localhost', port, path, method,
            rejectUnauthorized: false, agent: false, timeout: 20_000,
            headers: { Host: `localhost:${port}`, ...headers } }, res => {
            let text = '';
            res.on('data', d => { text += d; });
            res.on('end', () => done({ status: res.statusCode, headers: res.headers, text }));
        });
        req.on('timeout', () => req.destroy(new Error('no answer')));
        req.on('error', e => done({ status: 0, headers: {}, text: e.message }));
        if (body) req.write(body);
        req.end();
    });
}

const running = [];
function start(command, args, options = {}) {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    child.log = '';
    child.stdout.on('data', d => { child.log += d; });
    child.stderr.on('data', d => { child.log += d; });
    running.push(child);
    return child;
}
async function stop(child) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await new Promise(done => { child.once('close', done); setTimeout(done, 12_000); });
}

function certificate() {
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1',
        '-nodes', '-days', '2', '-subj', '/CN=localhost', '-keyout', join(dir, 'key.pem'),
        '-out', join(dir, 'cert.pem')], { stdio: 'ignore' });
}

function nginx(port, back) {
    const sample = readFileSync('docs/drift/nginx.conf', 'utf8')
        .replace(/server \{\s+listen 80;[\s\S]*?\n\}\n/, '')
        .replaceAll('127.0.0.1:8080', `127.0.0.1:${back}`)
        .replace('listen 443 ssl http2;', `listen 127.0.0.1:${port} ssl http2;`)
        .replace(/\s+listen \[::\]:443 ssl http2;/, '')
        .replaceAll('oppvekst.example.no', 'localhost')
        .replace('/etc/ssl/certs/oppvekst.pem', join(dir, 'cert.pem'))
        .replace('/etc/ssl/private/oppvekst.key', join(dir, 'key.pem'))
        .replace('proxy_set_header Host $host;', `proxy_set_header Host $host:${port};`);
    const conf = join(dir, 'nginx.conf');
    writeFileSync(conf, `daemon off; pid ${dir}/nginx.pid; error_log stderr;
        events {} http { access_log off; client_body_temp_path ${dir}/b; proxy_temp_path ${dir}/p;
        fastcgi_temp_path ${dir}/f; uwsgi_temp_path ${dir}/u; scgi_temp_path ${dir}/s;
        ${sample} }`);
    return start(existsSync('/usr/sbin/nginx') ? '/usr/sbin/nginx' : 'nginx', ['-e', 'stderr', '-c', conf]);
}

function caddy(port, back) {
    const sample = readFileSync('docs/drift/Caddyfile', 'utf8')
        .replaceAll('127.0.0.1:8080', `127.0.0.1:${back}`)
        .replace(/^oppvekst\.example\.no \{/m, `https://localhost:${port} {\n\ttls ${dir}/cert.pem ${dir}/key.pem`);
    const conf = join(dir, 'Caddyfile');
    writeFileSync(conf, `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${sample}`);
    return start('caddy', ['run', '--adapter', 'caddyfile', '--config', conf],
        { env: { ...process.env, HOME: dir, XDG_DATA_HOME: dir, XDG_CONFIG_HOME: dir } });
}

const field = (page, name) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1];
const cookiesOf = reply => (reply.headers['set-cookie'] ?? []).map(c => c.split(';')[0]).join('; ');

async function signIn(port, origin) {
    const form = await ask(port, '/logg-inn');
    const body = new URLSearchParams({ csrf: field(form.text, 'csrf') ?? '', epost: 'fagsjef@eide.demo',
        passord: 'fjorden-i-juni' }).toString();
    return ask(port, '/logg-inn', { method: 'POST', body, headers: { Cookie: cookiesOf(form), Origin: origin,
        'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) } });
}

async function tryProxy(name, begin) {
    const back = await freePort();
    const port = await freePort();
    const server = start(program, ['serve', '--db', `sqlite:${join(dir, 'demo', 'oppvekst.db')}`,
        '--listen', `127.0.0.1:${back}`], { env: { ...process.env, OPPVEKST_TRUSTED_PROXIES: '127.0.0.1',
        OPPVEKST_BASE_URL: `https://localhost:${port}`, OPPVEKST_LOG_LEVEL: 'info' } });
    const proxy = begin(port, back);
    let first = { status: 0 };
    for (let i = 0; i < 100 && first.status !== 200; i++) {
        first = await ask(port, '/rapporter');
        await sleep(100);
    }
    ok(first.status === 200, `${name}: a page comes through TLS`, first.text + proxy.log.slice(-800));
    ok(/max-age=\d{7,}/.test(first.headers['strict-transport-security'] ?? ''), `${name}: browsers are told to stay with TLS`);
    ok((first.headers['content-security-policy'] ?? '').includes("default-src 'none'"), `${name}: the program's own headers are there`);
    const entered = await signIn(port, `https://localhost:${port}`);
    ok(entered.status === 303 && cookiesOf(entered).includes('__Host-'), `${name}: one can sign in`, `${entered.status} ${entered.text.slice(0, 300)}`);
    const home = await ask(port, '/hjem', { headers: { Cookie: cookiesOf(entered) } });
    ok(home.status === 200, `${name}: and is signed in on the next page`, home.status);
    const foreign = await signIn(port, 'https://annet.example');
    ok(foreign.status === 403, `${name}: a post from another site is refused`, foreign.status);
    const large = await ask(port, '/logg-inn', { method: 'POST', body: Buffer.alloc(34 << 20, 'a'),
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': 34 << 20 } });
    ok([413, 502, 0].includes(large.status), `${name}: a body that is too large is refused`, large.status);
    await ask(port, '/rapporter', { headers: { 'X-Forwarded-For': '203.0.113.9' } });
    await sleep(200);
    ok(!server.log.includes('203.0.113.9'), `${name}: a client cannot say that it is another`);
    await stop(proxy);
    await stop(server);
}

try {
    execFileSync(program, ['demo', '--dir', join(dir, 'demo'), '--no-serve'], { stdio: 'ignore' });
    certificate();
    await tryProxy('nginx', nginx);
    await tryProxy('Caddy', caddy);
} finally {
    for (const child of running) await stop(child);
    rmSync(dir, { recursive: true, force: true });
}
finish();
