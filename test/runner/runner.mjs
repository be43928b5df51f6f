// runner.mjs - the tests of test/run; started by the program `run` beside it.
// SPDX-License-Identifier: EUPL-1.2
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { run, test } from '../browser/tap.mjs';
import { judge, parseList, readTap } from '../run.mjs';

const runner = (list, ...args) => {
    const done = spawnSync('test/run', args, { input: list, encoding: 'utf8' });
    return { status: done.status, lines: done.stdout.trimEnd().split('\n') };
};
const last = (list) => {
    const { status, lines } = runner(list);
    return `${lines.at(-1)}; ${status}`;
};

test('/runner/sum/counts points of TAP and programs', () => {
    const list = "a | tap | 5 | printf '1..2\\nok 1 x\\nok 2 y\\n'\nb | exit | 5 | true\n";
    assert.equal(last(list), '3 passed, 0 failed; 0');
});
test('/runner/sum/a failed point fails', () => {
    assert.equal(last("a | tap | 5 | printf '1..2\\nok 1 x\\nnot ok 2 y\\n'\n"), '1 passed, 1 failed; 1');
});
test('/runner/silence/nothing at all fails', () => {
    assert.equal(last(''), '0 passed, 0 failed; 1');
    assert.equal(last('a | tap | 5 | true\n'), '0 passed, 1 failed; 1');
});
test('/runner/silence/fewer points than planned fails', () => {
    assert.equal(last("a | tap | 5 | printf '1..3\\nok 1 x\\n'\n"), '1 passed, 1 failed; 1');
});
test('/runner/end/a program that is killed fails', () => {
    assert.equal(last("a | tap | 5 | printf '1..1\\nok 1 x\\n'; kill -SEGV $$\n"), '1 passed, 1 failed; 1');
});
test('/runner/end/a bad status fails though all points passed', () => {
    assert.equal(last("a | tap | 5 | printf '1..1\\nok 1 x\\n'; exit 23\n"), '1 passed, 1 failed; 1');
});
test('/runner/end/time runs out for children too', () => {
    const started = Date.now();
    assert.equal(last('a | tap | 1 | sleep 60 & wait\n'), '0 passed, 1 failed; 1');
    assert.ok(Date.now() - started < 8000);
});
test('/runner/skip/is listed with its reason and is no pass', () => {
    const { status, lines } = runner("a | tap | 5 | printf '1..2\\nok 1 x\\nok 2 y # SKIP no network\\n'\n");
    assert.equal(status, 0);
    assert.deepEqual(lines.slice(-3), ['skipped: a y: no network', '1 skipped', '1 passed, 0 failed']);
});
test('/runner/tap/GLib: a failed assertion counts once', () => {
    const text = '# random seed: x\n1..2\nok 1 /a\nnot ok /b - ERROR:t.c:1:f: assertion failed\nBail out!\n';
    const program = { mode: 'tap', seconds: 5 };
    assert.deepEqual(judge(program, { code: null, signal: 'SIGABRT', out: text }).failed,
        ['/b - ERROR:t.c:1:f: assertion failed']);
});
test('/runner/tap/a # in a name is no directive', () => {
    assert.equal(readTap('1..1\nok 1 issue #2 closed\n').passed, 1);
});
test('/runner/list/a malformed line is refused', () => {
    assert.throws(() => parseList('a | tap'));
    assert.throws(() => parseList('a | tapp | 5 | true'));
    assert.equal(parseList('a | exit | 5 | x | y').at(0).command, 'x | y');
});
test('/runner/pg/gives a database that is empty and its own, and leaves nothing', () => {
    const sql = "select count(*) from pg_class where relname = 'walk'; create table walk (x int)";
    const ask = 'psql "$TEST_DB" -Atqc "$SQL"';
    const done = spawnSync('test/pg', ['sh', '-c', `${ask}; test/pg sh -c '${ask}'; echo "$TEST_PG"; exit 7`],
        { encoding: 'utf8', env: { ...process.env, TEST_PG: '', TEST_DB: '', SQL: sql } }); // not the outer one
    assert.equal(done.status, 7, done.stderr);
    const [first, second, folder] = done.stdout.trim().split('\n');
    assert.deepEqual([first, second], ['0', '0']);
    assert.notEqual(spawnSync('test', ['-e', folder]).status, 0);
});

await run();
