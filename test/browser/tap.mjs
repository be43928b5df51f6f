// tap.mjs - the smallest test runner that prints TAP: tests run one after another, in order.
// SPDX-License-Identifier: EUPL-1.2

const tests = [];

/** Declare a test. It fails when `body` throws; `body` may return { skip: 'reason' }. */
export function test(name, body) {
    tests.push({ name, body });
}

const oneLine = (text) => String(text).split('\n').join(' ').replaceAll('#', '\\#');

/** Run what was declared; `after` runs whatever happened. Call it last, with await. */
export async function run(after = async () => {}) {
    console.log(`TAP version 13\n1..${tests.length}`);
    let number = 0;
    for (const { name, body } of tests) {
        number += 1;
        try {
            const said = await body();
            console.log(`ok ${number} ${oneLine(name)}${said?.skip ? ` # SKIP ${said.skip}` : ''}`);
        } catch (error) {
            console.log(`not ok ${number} ${oneLine(name)}`);
            console.log(String(error?.stack ?? error).split('\n').map((l) => `# ${l}`).join('\n'));
            process.exitCode = 1;
        }
    }
    await after();
}
