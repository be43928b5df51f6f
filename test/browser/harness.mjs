// harness.mjs - a browser test's tools: start Chromium, sign in, look, press keys.
// SPDX-License-Identifier: EUPL-1.2
//
// A test file looks like this:
//
//     import assert from 'node:assert/strict';
//     import { run, test } from './tap.mjs';
//     import { startDemo } from './demo.mjs';
//     import { closeBrowser, openPage, signIn, tabTo } from './harness.mjs';
//
//     const demo = await startDemo();
//     test('a rektor finds the own school', async () => {
//         const page = await signIn(demo, 'rektor', { language: 'nn', width: 360, scheme: 'dark' });
//         await page.goto(`${demo.url}/enheter`);
//         await tabTo(page, 'link', 'Eide barneskole');       // by keyboard, focus seen all the way
//         await page.keyboard.press('Enter');
//         await page.waitForURL('**/enheter/*');
//         await page.watch.assertQuiet();                     // no error, no foreign host, CSP kept
//         await page.shot('rektor-own-school');               // build/shots/rektor-own-school.png
//     });
//     await run(async () => { await closeBrowser(); await demo.stop(); });
//
// `openPage` gives a page nobody is signed in on. Both give Playwright's Page (all of its API works)
// with `watch`, `shot` and `close` of ours. A page has a context of its own, hence cookies of its
// own; a role signs in by the form once and is remembered for the file's other pages.
// Language travels as Accept-Language, the colour scheme and width as the browser's own.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
const SHOTS = 'build/shots';
const LOCALES = { nb: 'nb-NO', nn: 'nn-NO', en: 'en-GB' };

// Root must start Chromium without its sandbox; the rest keeps it from asking Google for anything.
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
    '--disable-dev-shm-usage'];

/** The views that every page is held to in `make test`; `make soak` takes the full matrix. */
export const VIEWS = [
    { language: 'nb', width: 1280, scheme: 'light' },
    { language: 'nn', width: 360, scheme: 'dark' },
];

let browser = null;
let profile = null;
const sessions = new Map();

async function theBrowser() {
    if (browser) return browser;
    profile = mkdtempSync(join(tmpdir(), 'oppvekst-chromium-'));
    browser = await chromium.launch({
        executablePath: '/usr/bin/chromium', args: FLAGS, env: { ...process.env, HOME: profile },
    });
    return browser;
}

/** End Chromium and forget who was signed in. */
export async function closeBrowser() {
    await browser?.close();
    if (profile) rmSync(profile, { recursive: true, force: true });
    browser = profile = null;
    sessions.clear();
}

/** What a page does that it should not: collected while it lives. */
class Watch {
    constructor(page, origin) {
        this.complaints = [];
        page.on('console', (message) => {
            if (message.type() === 'error') this.complaints.push(`console: ${message.text()}`);
        });
        page.on('pageerror', (error) => this.complaints.push(`script: ${error.message}`));
        page.on('requestfailed', (request) => {
            const why = request.failure()?.errorText;
            if (why !== 'net::ERR_ABORTED') this.complaints.push(`${request.url()}: ${why}`);
        });
        page.on('request', (request) => {
            const url = new URL(request.url());
            if (url.origin !== origin && !['data:', 'blob:', 'about:'].includes(url.protocol))
                this.complaints.push(`a foreign host was asked: ${url.origin}`);
        });
    }

    /** Take what has been collected, and start anew. */
    take() {
        return this.complaints.splice(0);
    }

    /** Fails with everything collected. `allow`: patterns of expected complaints, e.g. /404/. */
    assertQuiet(allow = []) {
        const left = this.take().filter((text) => !allow.some((pattern) => pattern.test(text)));
        assert.deepEqual(left, []);
    }
}

// Chromium reports a broken policy to the page too; as a console error it reaches Watch.
function tellPolicyViolations() {
    document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`CSP ${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
    });
}

/** A new page on which nobody is signed in. `view` as in VIEWS; `demo` needs only its `url`. */
export async function openPage(demo, view = VIEWS[0], storageState = undefined) {
    const context = await (await theBrowser()).newContext({
        locale: LOCALES[view.language ?? 'nb'], colorScheme: view.scheme ?? 'light', storageState,
        viewport: { width: view.width ?? 1280, height: (view.width ?? 1280) < 600 ? 740 : 900 },
        reducedMotion: 'reduce',
    });
    await context.addInitScript(tellPolicyViolations);
    const page = await context.newPage();
    page.watch = new Watch(page, new URL(demo.url).origin);
    page.shot = (name) => {
        mkdirSync(SHOTS, { recursive: true });
        return page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
    };
    page.close = () => context.close();
    return page;
}

/** The demo's login of a role, e.g. 'rektor'; `owner` is the start of the owner's name. */
export function loginOf(demo, role, owner = 'Eide') {
    const login = demo.logins.find((l) => l.role.startsWith(role) && l.owner.startsWith(owner));
    assert.ok(login, `${owner} has a login for ${role} among ${demo.logins.map(nameOf).join(', ')}`);
    return login;
}

/** "rektor, Eide kommune"; "the public" for null. */
export function nameOf(login) {
    return login ? `${login.role}, ${login.owner}` : 'the public';
}

/** Fill the form on /logg-inn as a person would, and wait until somewhere else is reached. */
export async function fillLogin(page, demo, login) {
    await page.goto(`${demo.url}/logg-inn`);
    await page.locator('input[autocomplete=username]').fill(login.email);
    const password = page.locator('input[autocomplete=current-password]');
    await password.fill(login.password);
    await Promise.all([
        page.waitForURL((url) => url.pathname !== '/logg-inn'),
        password.press('Enter'),
    ]);
}

/** A page on which someone is signed in: `who` is a role of Eide's, or one of `demo.logins`. */
export async function signIn(demo, who, view = VIEWS[0]) {
    const login = typeof who === 'string' ? loginOf(demo, who) : who;
    const key = `${demo.url} ${login.email}`;
    if (!sessions.has(key)) {
        const page = await openPage(demo, view);
        await fillLogin(page, demo, login);
        sessions.set(key, await page.context().storageState());
        await page.close();
    }
    const page = await openPage(demo, view, sessions.get(key));
    await chooseLanguage(page, demo, view.language);
    return page;
}

/** Signed in, the owner's language stands until one is chosen at the foot of a page. */
async function chooseLanguage(page, demo, language = 'nb') {
    await page.goto(`${demo.url}/hjem`);
    if (await page.getAttribute('html', 'lang') === language) return;
    await page.locator(`button[name=sprak][value=${language}]`).click();
    await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
}

/** The Cookie header of someone's session, for fetch(); '' when `who` is null. */
export async function cookieOf(demo, who) {
    if (who === null) return '';
    const page = await signIn(demo, who);
    const cookies = await page.context().cookies(); // by address, it hides Secure ones from 127.0.0.1
    await page.close();
    return cookies.map((cookie) => `${cookie.name}=${cookie.value}`).join('; ');
}

/** axe's findings against WCAG 2.1 A and AA, as "rule: element: what to do". */
export async function axeFindings(page) {
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(
        (tags) => globalThis.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), AXE_TAGS);
    return violations.flatMap((rule) => rule.nodes.map(
        (node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary.replace(/\s+/g, ' ')}`));
}

/** The elements that make the page scroll sideways; empty when it does not. WCAG 1.4.10. */
export function sidewaysScroll(page) {
    return page.evaluate(() => {
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) return [];
        return [...document.body.querySelectorAll('*')]
            .filter((element) => element.getBoundingClientRect().right > width + 1)
            .slice(0, 5)
            .map((element) => `${element.tagName.toLowerCase()}.${element.className} is ${
                Math.round(element.getBoundingClientRect().right)} wide in ${width}`);
    });
}

/** English msgids whose translation to `language` differs: none may stand on a page. */
export function untranslatedTexts(language, file = `po/${language}.po`) {
    const text = readFileSync(file, 'utf8').replaceAll(/"\n"/g, '');
    return new Set([...text.matchAll(/^msgid "(.+)"\nmsgstr "(.+)"$/gm)]
        .map(([, id, translation]) => [JSON.parse(`"${id}"`), JSON.parse(`"${translation}"`)])
        .filter(([id, translation]) => id !== translation && id !== 'English' && !id.includes('%') && /\w \w|\w{6}/.test(id))
        .map(([id]) => id));
}

/** Texts, labels and titles on the page that are among `msgids`, outside lang="en". */
export async function rawMsgids(page, msgids) {
    const seen = await page.evaluate(() => {
        const texts = new Set([document.title]);
        const english = (element) => element?.closest('[lang]')?.lang.startsWith('en');
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode())
            if (!english(walker.currentNode.parentElement)) texts.add(walker.currentNode.data.trim());
        for (const element of document.querySelectorAll('[aria-label],[title],[alt],[placeholder]'))
            if (!english(element))
                for (const name of ['aria-label', 'title', 'alt', 'placeholder'])
                    texts.add(element.getAttribute(name) ?? '');
        return [...texts];
    });
    return seen.filter((text) => msgids.has(text));
}

/** Role and accessible name of the focused element, as a screen reader is told. */
export async function focused(page) {
    page.devtools ??= await page.context().newCDPSession(page);
    const { result } = await page.devtools.send('Runtime.evaluate', { expression: 'document.activeElement' });
    const { nodes } = await page.devtools.send('Accessibility.getPartialAXTree',
        { objectId: result.objectId, fetchRelatives: false });
    return { role: nodes[0]?.role?.value ?? '', name: nodes[0]?.name?.value ?? '' };
}

/** True when the focused element shows that it has focus: an outline or a shadow. WCAG 2.4.7. */
export function focusIsVisible(page) {
    return page.evaluate(() => {
        const style = getComputedStyle(document.activeElement);
        return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
            || style.boxShadow !== 'none';
    });
}

/**
 * Press Tab until the element with this role ('link', 'button', 'textbox'...) and name has focus;
 * every stop on the way must show its focus. `name` is the whole accessible name, or a RegExp.
 */
export async function tabTo(page, role, name, most = 200) {
    const passed = [];
    for (let i = 0; i < most; i++) {
        await page.keyboard.press('Tab');
        const here = await focused(page);
        if (['RootWebArea', 'none', ''].includes(here.role)) continue; // round the end of the page
        assert.ok(await focusIsVisible(page), `focus is seen on ${here.role} "${here.name}"`);
        if (here.role.toLowerCase() === role.toLowerCase()
            && (name instanceof RegExp ? name.test(here.name) : here.name === name)) return;
        passed.push(`${here.role} "${here.name}"`);
    }
    assert.fail(`Tab never came to ${role} "${name}"; it passed ${[...new Set(passed)].join(', ')}`);
}

/** Tab to an element and press Enter, or `key`, and wait for the page that this leads to. */
export async function activate(page, role, name, key = 'Enter') {
    await tabTo(page, role, name);
    await Promise.all([
        page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame()),
        page.keyboard.press(key),
    ]);
    await page.waitForLoadState('load');
}
