// axe.test.mjs - every page, in two views, for two of those who can see it: accessible, quiet, whole.
//
// The pages are those of `oppvekst routes`; ids are taken from links, and what must happen first is made
// to happen (stage.mjs). On each: axe finds nothing against WCAG 2.1 A and AA; no console error, broken
// content security policy or foreign host; the language is the one asked for and no text was left in
// English; nothing scrolls sideways. With AXE_FULL=1 (`make soak`) for everyone who can see it, in three
// languages.
// SPDX-License-Identifier: EUPL-1.2
import assert from 'node:assert/strict';
import { crawl, routeOf, startsFor } from './crawl.mjs';
import { routes, startDemo } from './demo.mjs';
import {
    VIEWS, axeFindings, closeBrowser, cookieOf, loginOf, nameOf, openPage, rawMsgids, sidewaysScroll, signIn,
    untranslatedTexts,
} from './harness.mjs';
import {
    breakGlass, codeOf, duties, dutiesDraft, invite, propose, replay, send, sources, treatment, unknownTable, upload,
} from './stage.mjs';
import { run, test } from './tap.mjs';

// Routes that answer something else than a page, or a page only to those with a secret address.
const NO_PAGE = /^\/(static|api|helse|kalender|farge|organ)\b|\.(csv|svg|png|pdf|json|html|ics|xlsx|docx|atom|zip|css)$|\/(pdf|csv|docx|jsonstat|\{form\}|\{file\}|\{pakke\}|\{svar\})$/;
const FULL = Boolean(process.env.AXE_FULL);
const ENOUGH = FULL ? Infinity : 2; // people who look at one and the same page
const LOOKS = FULL ? [...VIEWS, { language: 'en', width: 1280, scheme: 'dark' }] : VIEWS;

const statistics = await replay();
const demo = await startDemo({ OPPVEKST_FETCH: 'on', OPPVEKST_FETCH_ALLOW: statistics.origin, OPPVEKST_FETCH_PAUSE: '0' });
const table = routes();
const people = [null, ...demo.logins]; // null: nobody is signed in
const msgids = Object.fromEntries(['nb', 'nn'].map((language) => [language, untranslatedTexts(language)]));
const reached = new Set();
const INSTALLATION = loginOf(demo, 'administrator', 'Hustadvika'); // this one may have that role too

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
    if (msgids[language]) // English is what the catalogues translate from
        for (const text of await rawMsgids(page, msgids[language])) wrong.push(`not translated: "${text}"`);
    wrong.push(...await sidewaysScroll(page), ...page.watch.take());
    return wrong.map((text) => `${address}: ${text}`);
}

const looked = new Map(); // "path view" -> how many people

/** What has not been looked at enough; the home page is another for everyone. */
function left(pages, view) {
    return [...pages].filter(([path]) => {
        const key = `${path} ${view.width}`;
        looked.set(key, (looked.get(key) ?? 0) + 1);
        return path === '/hjem' || looked.get(key) <= ENOUGH;
    }).map(([, address]) => address);
}

async function look(login, view, addresses) {
    const page = login ? await signIn(demo, login, view) : await openPage(demo, view);
    const wrong = [];
    for (const address of addresses)
        wrong.push(...await complaintsAbout(page, address, view.language));
    await page.close();
    return wrong;
}

for (const login of people) {
    let pages = null;
    for (const view of LOOKS) {
        const name = `${nameOf(login)}, ${view.language}, ${view.width} px, ${view.scheme}`;
        test(name, async () => {
            pages ??= await pagesFor(login);
            assert.ok(pages.size > 0, 'there are pages');
            assert.deepEqual(await look(login, view, left(pages, view)), []);
        });
    }
}

/** Pages that something must have happened for. `who` looks at them: as for signIn(), or null. */
function afterwards(name, who, happen) {
    test(name, async () => {
        const addresses = [await happen(demo)].flat();
        const wrong = [];
        for (const view of LOOKS) wrong.push(...await look(who, view, addresses));
        assert.deepEqual(wrong, []);
        for (const address of addresses) {
            const route = routeOf(new URL(address, demo.url).pathname, table);
            reached.add(route.path);
        }
    });
}

afterwards('an invitation', null, invite);
afterwards('a file that is previewed', 'fagsjef', upload);
afterwards('a table that no reader knows', 'fagsjef', unknownTable);
afterwards('a description of duties', 'fagsjef', duties);
afterwards('a description of duties that waits', 'kommunedirektør', dutiesDraft);
afterwards('the treatment of a report', 'kommunedirektør', treatment);
afterwards('a proposed role', 'fagsjef', propose);
afterwards('what an administrator opened', 'fagsjef', breakGlass);

/* A role that demands two-step sign-in: set up, then asked for; both pages in both views. */
test('two-step sign-in', async () => {
    const admin = await signIn(demo, INSTALLATION);
    await admin.goto(`${demo.url}/innstillinger/sikkerhet`);
    await admin.locator('main input[type=checkbox][value=PO], main input[type=checkbox][name*=PO]').first().check();
    await send(admin, '/innstillinger/sikkerhet');
    await admin.close();
    const login = demo.logins.find((l) => l.role === 'politiker' && l.owner.startsWith('Hustadvika'));
    const wrong = [];
    let secret = '';
    for (const path of ['/logg-inn/totrinn', '/logg-inn/kode']) {
        for (const view of LOOKS) {
            const page = await openPage(demo, view);
            await page.goto(`${demo.url}/logg-inn`);
            await page.locator('input[autocomplete=username]').fill(login.email);
            await page.locator('input[autocomplete=current-password]').fill(login.password);
            await Promise.all([page.waitForURL((url) => url.pathname !== '/logg-inn'),
                page.locator('input[autocomplete=current-password]').press('Enter')]);
            wrong.push(...await complaintsAbout(page, path, view.language));
            assert.equal(new URL(page.url()).pathname, path);
            if (path.endsWith('totrinn') && view === LOOKS.at(-1)) {
                secret = /\b(?:[A-Z2-7]{4}[ \u00a0]?){4,}/.exec(await page.locator('main').innerText())[0];
                await page.locator('main input[autocomplete=one-time-code]').fill(codeOf(secret));
                await Promise.all([page.waitForEvent('framenavigated'), page.locator('main form button[type=submit]').first().click()]);
                await page.waitForLoadState('load');
                wrong.push(...await axeFindings(page)); // the recovery codes
            }
            await page.close();
        }
        reached.add(path);
    }
    assert.deepEqual(wrong, []);
});

afterwards('a source on the net', INSTALLATION, () => sources(demo, INSTALLATION, statistics.origin));

test('every page of the route table was reached by someone', () => {
    const left = table.filter((route) => route.method === 'GET' && !NO_PAGE.test(route.path)
        && !reached.has(route.path));
    assert.deepEqual(left.map((route) => route.path), []);
});

await run(async () => { await closeBrowser(); await demo.stop(); statistics.stop(); });
