/* outside.mjs - what the tests of a running server from outside share: TAP, a free port, patience.
 * SPDX-License-Identifier: EUPL-1.2 */
import { createServer } from 'node:net';

let n = 0;
let failed = 0;

/** One test; `why` is told when it failed. */
export function ok(fine, name, why = '') {
    if (!fine) failed++;
    console.log(`${fine ? 'ok' : 'not ok'} ${++n} - ${name}`);
    if (!fine && why) console.log(`# ${String(why).replaceAll('\n', '\n# ')}`);
}

/** The plan, and the end of the process. */
export function finish() {
    console.log(`1..${n}`);
    process.exit(failed ? 1 : 0);
}

export const sleep = ms => new Promise(done => setTimeout(done, ms));

export const freePort = () => new Promise(done => {
    const s = createServer().listen(0, '127.0.0.1', () => {
        const { port } = s.address();
        s.close(() => done(port));
    });
});
