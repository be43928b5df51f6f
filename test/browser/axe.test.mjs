// axe.test.mjs - every page, for every role that can see it, in two views: accessible, quiet, whole.
//
// The pages are those of `oppvekst routes`; ids are taken from links. On each: axe finds nothing
// against WCAG 2.1 A and AA; no console error, broken content security policy or foreign host; the
// language is the one asked for and no text was left in English; nothing scrolls sideways.
// SPDX-License-Identifier: EUPL-1.2
import assert from 'node:assert/strict';
import { crawl, startsFor } from './crawl.mjs';
import { routes, startDemo } from './demo.mjs';
import {
    VIEWS, axeFindings, closeBrowser, cookieOf, nameOf, openPage, rawMsgids, sidewaysScroll, signIn,
    untranslatedTexts,
} from './harness.mjs';
import { run, test } from './tap.mjs';

// Routes that answer something else than a page, or a page only to those with a secret address.
const NO_PAGE = /^\/(static|api|helse|kalender)\b|\.(csv|svg|png|pdf|json|html|ics|xlsx|docx)$|\/(pdf|\{form\})$/;

const demo = await startDemo();
const table = routes();
const people = [null, ...demo.logins]; // null: nobody is signed in
const msgids = Object.fromEntries(['nb', 'nn'].map((language) => [language, untranslatedTexts(language)]));
const reached = new Set();

/** One address of each route that answers this person with a page. */
async function pagesFor(login) {
    const visits = await crawl({
        url: demo.url, cookie: await cookieOf(demo, login), routes: table, each: 2,
        starts: startsFor(table),
    });
    const pages = new Map();
    for (const visit of visits) {
        if (!visit.route || visit.status !== 200 || visit.type !== 'text/html') continue;
        if (!pages.has(visit.route.path)) pages.set(visit.route.path, visit.address);
        reached.add(visit.route.path);
    }
    return pages;
}

async function complaintsAbout(page, address, language) {
    await page.goto(demo.url + address, { waitUntil: 'load' });
    const wrong = await axeFindings(page);
    const lang = await page.getAttribute('html', 'lang');
    if (lang !== language) wrong.push(`the page says lang="${lang}"`);
    for (const text of await rawMsgids(page, msgids[language])) wrong.push(`not translated: "${text}"`);
    wrong.push(...await sidewaysScroll(page), ...page.watch.take());
    return wrong.map((text) => `${address}: ${text}`);
}

for (const login of people) {
    let pages = null;
    for (const view of VIEWS) {
        const name = `${nameOf(login)}, ${view.language}, ${view.width} px, ${view.scheme}`;
        test(name, async () => {
            pages ??= await pagesFor(login);
            assert.ok(pages.size > 0, 'there are pages');
            const page = login ? await signIn(demo, login, view) : await openPage(demo, view);
            const wrong = [];
            for (const address of pages.values())
                wrong.push(...await complaintsAbout(page, address, view.language));
            await page.close();
            assert.deepEqual(wrong, []);
        });
    }
}

test('every page of the route table was reached by someone', () => {
    const left = table.filter((route) => route.method === 'GET' && !NO_PAGE.test(route.path)
        && !reached.has(route.path));
    assert.deepEqual(left.map((route) => route.path), []);
});

await run(async () => { await closeBrowser(); await demo.stop(); });
