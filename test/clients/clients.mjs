/* clients.mjs - slow and hostile clients of a real server, while an ordinary visitor reads pages; TAP.
 *
 * usage: node test/clients/clients.mjs [PROGRAM]
 * CLIENTS_IDLE (1500) connections that say nothing come from addresses all over 127.0.0.0/8;
 * CLIENTS_SECONDS (4) is how long each slow attack lasts. `make soak` takes 10000 and 20.
 * SPDX-License-Identifier: EUPL-1.2 */
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import http from 'node:http';
import { finish, freePort, ok, sleep } from '../outside.mjs';

const program = resolve(process.argv[2] ?? 'build/oppvekst');
const idle = Number(process.env.CLIENTS_IDLE ?? 1500);
const seconds = Number(process.env.CLIENTS_SECONDS ?? 4);
const dir = mkdtempSync(join(tmpdir(), 'oppvekst-clients-'));
const PATIENCE = 10_000; // ms an ordinary visitor waits before calling it no answer

// One page on a connection of its own: the status, or a reason.
function page(port, path = '/rapporter') {
    return new Promise(done => {
        const req = http.get({ host: '127.0.0.1', port, path, agent: false, timeout: PATIENCE }, res => {
            res.resume();
            res.on('end', () => done(res.statusCode));
        });
        req.on('timeout', () => req.destroy(new Error('no answer')));
        req.on('error', e => done(e.message));
    });
}

// Reads pages until told to stop, five at least; what was not answered with 200.
function visitor(port) {
    const seen = { asked: 0, bad: [] };
    let on = true;
    const reading = (async () => {
        while (on || seen.asked < 5) {
            const answer = await page(port);
            seen.asked++;
            if (answer !== 200) seen.bad.push(answer);
            await sleep(20);
        }
    })();
    return async () => {
        on = false;
        await reading;
        return seen;
    };
}

async function meanwhile(port, name, attack) {
    const stop = visitor(port);
    const told = await attack();
    const seen = await stop();
    ok(!seen.bad.length, `others are answered ${name}${told ? ` (${told})` : ''}`,
        `${seen.asked} pages asked for; ${seen.bad.slice(0, 5).join(', ')}`);
}

const slowhttptest = (port, ...args) => new Promise((done, fail) => {
    const child = spawn('slowhttptest', ['-l', String(seconds), '-c', '800', '-r', '400', '-v', '0',
        '-u', `http://127.0.0.1:${port}/logg-inn`, ...args], { stdio: 'ignore' });
    child.on('error', fail);
    child.on('close', () => done(''));
});

async function idleConnections(port) {
    const sockets = [];
    let open = 0;
    for (let i = 0; i < idle; i++) {
        const socket = connect({ host: '127.0.0.1', port,
            localAddress: `127.${1 + (i % 250)}.${Math.floor(i / 250) % 250}.1` });
        socket.on('connect', () => open++);
        socket.on('error', () => {});
        sockets.push(socket);
        if (i % 200 === 199) await sleep(10);
    }
    await sleep(seconds * 500);
    const peak = open;
    sockets.forEach(s => s.destroy());
    return `${peak} of ${idle} idle connections`;
}

// Bytes sent raw; everything that comes back before it is closed or silent for a second.
function raw(port, bytes) {
    return new Promise(done => {
        let got = '';
        const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
        socket.setTimeout(1500, () => socket.destroy());
        socket.on('data', d => {
            got += d.toString('latin1');
            if (got.length > 65536) socket.destroy();
        });
        socket.on('error', () => {});
        socket.on('close', () => done(got));
    });
}

const line = (s, ...headers) => [s, ...headers, '', ''].join('\r\n');
const malformed = {
    'nothing but line ends': '\r\n\r\n\r\n\r\n',
    'HTTP/0.9': 'GET /\r\n',
    'a greeting of HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'a greeting of TLS': Buffer.from('16030100c8010000c40303', 'hex'),
    'random bytes': Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919 + 13) % 256)),
    'a line of 1 MiB': `GET /${'a'.repeat(1 << 20)} HTTP/1.1\r\nHost: a\r\n\r\n`,
    'a header of 1 MiB': `GET / HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(1 << 20)}\r\n\r\n`,
    '20,000 headers': `GET / HTTP/1.1\r\nHost: a\r\n${'X: y\r\n'.repeat(20000)}\r\n`,
    'no host': line('GET / HTTP/1.1'),
    'two hosts': line('GET / HTTP/1.1', 'Host: a', 'Host: b'),
    'a length and chunks': line('POST /logg-inn HTTP/1.1', 'Host: a', 'Content-Length: 5', 'Transfer-Encoding: chunked') + '0\r\n\r\nGET /',
    'two lengths': line('POST /logg-inn HTTP/1.1', 'Host: a', 'Content-Length: 5', 'Content-Length: 6') + 'abcdef',
    'a negative length': line('POST /logg-inn HTTP/1.1', 'Host: a', 'Content-Length: -1'),
    'a huge length': line('POST /logg-inn HTTP/1.1', 'Host: a', 'Content-Length: 99999999999999999999'),
    'a chunk that lies': line('POST /logg-inn HTTP/1.1', 'Host: a', 'Transfer-Encoding: chunked') + 'fffffffffffffffff\r\nabc\r\n0\r\n\r\n',
    'an unknown method': line('BREW /kaffe HTTP/1.1', 'Host: a'),
    'an unknown version': line('GET / HTTP/9.9', 'Host: a'),
    'a way out of the tree': line('GET /static/..%2f..%2fetc/passwd HTTP/1.1', 'Host: a', 'Connection: close'),
    'bytes that are no UTF-8': Buffer.concat([Buffer.from('GET /%ff%fe'), Buffer.from([0xff, 0xc0]), Buffer.from(' HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')]),
    'a folded header': 'GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\nConnection: close\r\n\r\n',
    'a multipart without its end': line('POST /logg-inn HTTP/1.1', 'Host: a', 'Content-Type: multipart/form-data; boundary=x', 'Content-Length: 20') + '--x\r\nContent-Dispos',
};

async function hostile(port) {
    for (const [name, bytes] of Object.entries(malformed)) {
        const got = await raw(port, bytes);
        const status = /^HTTP\/1\.[01] (\d{3})/.exec(got)?.[1];
        const good = !status || status.startsWith('4') || status === '501' || status === '505' ||
            name === 'a folded header' && status === '200' || status === '303';
        ok(good && !/root:|Traceback|\/src\//.test(got), `${name}: ${status ?? 'closed'}`, got.slice(0, 200));
    }
    return '';
}

async function pipelined(port) {
    const got = await raw(port, line('GET /helse HTTP/1.1', 'Host: a').repeat(300) + line('GET /helse HTTP/1.1', 'Host: a', 'Connection: close'));
    const answers = got.match(/HTTP\/1\.1 \d{3}/g)?.length ?? 0;
    ok(answers >= 1, `301 requests in one go: ${answers} answers`);
    return '';
}

function family(pid) {
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
        .trim().split(/\s+/).filter(Boolean);
    return children.map(Number);
}
const tree = pid => { try { return [pid, ...family(pid).flatMap(tree)]; } catch { return [pid]; } };
const memory = pids => pids.reduce((sum, pid) => {
    try {
        return sum + Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    } catch { return sum; }
}, 0);

async function tooLarge(port, pid) {
    const before = memory(tree(pid));
    const size = 200 << 20;
    const answers = await Promise.all(Array.from({ length: 8 }, () => new Promise(done => {
        let got = '';
        const socket = connect(port, '127.0.0.1', () => {
            socket.write(line('POST /logg-inn HTTP/1.1', 'Host: a',
                'Content-Type: application/x-www-form-urlencoded', `Content-Length: ${size}`));
            const chunk = Buffer.alloc(1 << 20, 'a');
            let left = size;
            const more = () => {
                while (left > 0 && !socket.destroyed) {
                    left -= chunk.length;
                    if (!socket.write(chunk)) return socket.once('drain', more);
                }
            };
            more();
        });
        socket.setTimeout(5000, () => socket.destroy());
        socket.on('data', d => { got += d; });
        socket.on('error', () => {});
        socket.on('close', () => done(/^HTTP\/1\.1 (\d{3})/.exec(got)?.[1] ?? 'closed'));
    })));
    ok(answers.every(a => a === '413' || a === 'closed'), `8 bodies of 200 MiB: ${answers.join(' ')}`);
    const grown = Math.round((memory(tree(pid)) - before) / 1024);
    ok(grown < 128, `and memory has grown by ${grown} MiB`);
    return '';
}

async function main() {
    execFileSync(program, ['demo', '--dir', dir, '--no-serve'], { stdio: 'ignore' });
    const port = await freePort();
    const server = spawn(program, ['serve', '--db', `sqlite:${join(dir, 'oppvekst.db')}`,
        '--listen', `127.0.0.1:${port}`], { stdio: ['ignore', 'ignore', 'pipe'] });
    let log = '';
    server.stderr.on('data', d => { log += d; });
    try {
        for (let i = 0; i < 100 && await page(port) !== 200; i++) await sleep(100);
        ok(await page(port) === 200, 'an ordinary visitor is answered');
        const before = tree(server.pid);
        await meanwhile(port, 'while headers come slowly', () => slowhttptest(port, '-H', '-i', '1'));
        await meanwhile(port, 'while bodies come slowly', () => slowhttptest(port, '-B', '-i', '1', '-s', '8192'));
        await meanwhile(port, 'while pages are read slowly', () => slowhttptest(port, '-X', '-w', '1', '-y', '2', '-n', '1', '-z', '1', '-k', '3'));
        await meanwhile(port, 'beside idle connections', () => idleConnections(port));
        await meanwhile(port, 'beside malformed requests', () => hostile(port));
        await meanwhile(port, 'beside a pipeline', () => pipelined(port));
        await meanwhile(port, 'beside bodies that are too large', () => tooLarge(port, server.pid));
        ok(server.exitCode === null && before.every(pid => { try { process.kill(pid, 0); return true; } catch { return false; } }),
            'the same server is there still', log.slice(-2000));
    } finally {
        server.kill('SIGTERM');
        await new Promise(done => { server.once('close', done); setTimeout(done, 15_000); });
        rmSync(dir, { recursive: true, force: true });
    }
    ok(server.exitCode === 0, `it stops when told (${server.exitCode ?? server.signalCode})`);
    finish();
}

await main();
