// run.mjs - run test programs, two at a time, and sum up what they say.
// SPDX-License-Identifier: EUPL-1.2
//
// usage: test/run [--jobs N] [--timeout SECONDS] < LIST
//
// LIST names one program a line: `label | mode | seconds | command`. The mode is `tap`, where the
// program prints TAP (version 12 or 13) and each of its points counts, or `exit`, where the whole
// program is one test that passes when it ends with 0. The command goes to sh. A program fails that
// runs longer than its seconds, ends with another status than 0, prints no plan, or prints another
// number of points than it planned: silence is never success.
//
// Each program gives one line; what a failed one wrote is shown, but for its passed points. Skipped tests are listed
// with their reasons. The very last line is `N passed, N failed`; the exit status is 1 when anything
// failed or nothing ran.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Lines of the list → programs. Empty lines and those starting with # are skipped. */
export function parseList(text, seconds = 300) {
    return text.split('\n').map((line) => line.trim()).filter((line) => line && !line.startsWith('#'))
        .map((line) => {
            const [label, mode, limit, ...command] = line.split('|').map((part) => part.trim());
            if (!command.length || !['tap', 'exit'].includes(mode) || (limit && !(Number(limit) > 0)))
                throw new Error(`not \`label | tap or exit | seconds | command\`: ${line}`);
            return { label, mode, seconds: Number(limit) || seconds, command: command.join(' | ') };
        });
}

/**
 * What TAP text says: { passed, failed: [name], skipped: [{ name, reason }], problem } where problem
 * tells what is wrong with the text as a whole, or is null. Points inside subtests (indented) belong
 * to their parent's point and are not counted; GLib indents nothing, node:test indents by four.
 */
export function readTap(text) {
    const result = { passed: 0, failed: [], skipped: [], problem: null };
    let plan = null;
    let points = 0;
    for (const line of text.split('\n')) {
        const point = /^(not )?ok\b(?:\s+(\d+))?(?:\s+-)?\s*(.*)$/.exec(line);
        const planned = /^1\.\.(\d+)(?:\s*#\s*(.*))?$/.exec(line);
        if (planned) {
            plan = Number(planned[1]);
            if (plan === 0 && planned[2])
                result.skipped.push({ name: '', reason: planned[2].replace(/^skip\S*\s*/i, '') });
        } else if (/^Bail out!/.test(line)) {
            result.problem = line;
        } else if (point) {
            points += 1;
            const [, not, , rest] = point;
            const [name, directive = ''] = rest.split(/\s+#\s*(?=skip|todo)/i);
            if (/^skip/i.test(directive))
                result.skipped.push({ name, reason: directive.replace(/^skip\S*\s*/i, '') });
            else if (not) result.failed.push(name || `point ${points}`);
            else result.passed += 1;
        }
    }
    if (result.problem === null && plan === null) result.problem = 'ended without a plan';
    else if (result.problem === null && plan !== points)
        result.problem = `planned ${plan} tests and reported ${points}`;
    return result;
}

/** Run one program in a process group of its own; when time is up the whole group ends. */
export function execute(program) {
    return new Promise((resolve) => {
        const started = process.hrtime.bigint();
        const child = spawn('/bin/sh', ['-c', program.command], {
            detached: true, stdio: ['ignore', 'pipe', 'pipe'],
        });
        const out = [];
        const all = [];
        let late = false;
        running.add(child.pid);
        child.stdout.on('data', (data) => { out.push(data); all.push(data); });
        child.stderr.on('data', (data) => all.push(data));
        const timer = setTimeout(() => { late = true; endGroup(child.pid); }, program.seconds * 1000);
        child.on('close', (code, signal) => {
            clearTimeout(timer);
            running.delete(child.pid);
            resolve({
                code, signal, late,
                ms: Number((process.hrtime.bigint() - started) / 1000000n),
                out: Buffer.concat(out).toString(), all: Buffer.concat(all).toString(),
            });
        });
    });
}

const running = new Set();

function endGroup(pid) {
    const send = (signal) => { try { process.kill(-pid, signal); } catch { /* it has ended */ } };
    send('SIGTERM');
    setTimeout(() => send('SIGKILL'), 3000).unref();
}

/** The verdict on one run: what readTap gives, with the way the program ended taken into account. */
export function judge(program, run) {
    const ended = run.late ? `ran longer than ${program.seconds} s`
        : run.signal ? `was ended by ${run.signal}`
        : run.code ? `ended with status ${run.code}` : null;
    if (program.mode === 'exit')
        return { passed: ended ? 0 : 1, failed: ended ? [ended] : [], skipped: [] };
    const result = readTap(run.out);
    if (run.late) result.failed.push(ended);
    else if (result.problem?.startsWith('Bail out!') && result.failed.length)
        return result; // GLib: the failed assertion has its own point already
    else if (result.problem) result.failed.push(ended ? `${result.problem}; ${ended}` : result.problem);
    else if (ended && !result.failed.length) result.failed.push(ended);
    return result;
}

function show(program, run, verdict) {
    const good = verdict.failed.length === 0;
    const count = `${verdict.passed} passed`
        + (verdict.failed.length ? `, ${verdict.failed.length} failed` : '')
        + (verdict.skipped.length ? `, ${verdict.skipped.length} skipped` : '');
    console.log(`${good ? 'ok  ' : 'FAIL'}  ${program.label.padEnd(44)} ${(run.ms / 1000).toFixed(1)
        .padStart(6)} s  ${count}`);
    if (good) return;
    for (const name of verdict.failed) console.log(`      failed: ${name}`);
    console.log(`      command: ${program.command}`);
    const lines = run.all.trimEnd().split('\n').filter((line) => !/^ok\b/.test(line));
    console.log(lines.map((line) => `      | ${line}`).join('\n'));
}

async function runAll(programs, jobs) {
    const sum = { passed: 0, failed: 0, skipped: [] };
    const queue = [...programs];
    const worker = async () => {
        for (let program = queue.shift(); program; program = queue.shift()) {
            const run = await execute(program);
            const verdict = judge(program, run);
            show(program, run, verdict);
            sum.passed += verdict.passed;
            sum.failed += verdict.failed.length;
            for (const { name, reason } of verdict.skipped)
                sum.skipped.push(`${program.label}${name ? ` ${name}` : ''}: ${reason || 'no reason given'}`);
        }
    };
    await Promise.all(Array.from({ length: jobs }, worker));
    return sum;
}

function options(words) {
    const found = { jobs: 2, timeout: 300 };
    for (let i = 0; i < words.length; i += 2) {
        const name = words[i].replace(/^--/, '');
        if (!(name in found) || !(Number(words[i + 1]) > 0)) {
            console.error('usage: test/run [--jobs N] [--timeout SECONDS] < LIST');
            process.exit(2);
        }
        found[name] = Number(words[i + 1]);
    }
    return found;
}

async function main() {
    const { jobs, timeout } = options(process.argv.slice(2));
    const started = Date.now();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
        process.on(signal, () => {
            for (const pid of running) endGroup(pid);
            setTimeout(() => process.exit(1), 500);
        });
    const sum = await runAll(parseList(readFileSync(0, 'utf8'), timeout), jobs);
    console.log(`      all in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    for (const line of sum.skipped) console.log(`skipped: ${line}`);
    if (sum.skipped.length) console.log(`${sum.skipped.length} skipped`);
    if (sum.passed + sum.failed === 0) console.log('nothing ran');
    process.exitCode = sum.failed || !sum.passed ? 1 : 0;
    console.log(`${sum.passed} passed, ${sum.failed} failed`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
