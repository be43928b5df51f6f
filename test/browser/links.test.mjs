// links.test.mjs - no link leads nowhere, for anyone.
//
// Each role's links are followed from the front page and the home page. What a role may not see it
// must not be offered either: a link that answers 403 or 404 is broken, like one that answers 500.
// SPDX-License-Identifier: EUPL-1.2
import assert from 'node:assert/strict';
import { crawl } from './crawl.mjs';
import { routes, startDemo } from './demo.mjs';
import { closeBrowser, cookieOf, nameOf } from './harness.mjs';
import { run, test } from './tap.mjs';

const EACH = 25;

const demo = await startDemo();
const table = routes();
const people = [null, ...demo.logins]; // null: nobody is signed in

for (const login of people) {
    test(`every link works for ${nameOf(login)}`, async () => {
        const visits = await crawl({
            url: demo.url, cookie: await cookieOf(demo, login), routes: table, each: EACH,
            starts: login ? ['/', '/hjem'] : ['/'],
        });
        const broken = visits.filter((visit) => visit.status >= 400)
            .map((visit) => `${visit.status} ${visit.address} (from ${visit.from})`);
        const lost = visits.flatMap((visit) => visit.missing.map((to) => `${to} (from ${visit.address})`));
        assert.deepEqual([...broken, ...lost], []);
        assert.ok(visits.length > 3, `more than three pages are linked, not ${visits.length}`);
    });
}

test('the server logged no failure', () => {
    assert.deepEqual(demo.log().split('\n').filter((line) => /\bstatus=5\d\d\b/.test(line)), []);
});

await run(async () => { await closeBrowser(); await demo.stop(); });
