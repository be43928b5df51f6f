// steps.test.mjs - the main job in a browser: a report from its first draft to its closing, walked by
// the people of the demo, once by mouse and once by keyboard alone.
//
// Each walk makes a report of its own; the administrator moves the owner's date from step to step. At
// each state the others are asked what they see: before the sending, politicians, the secretariat and
// the public find nothing; afterwards everybody reads the same page.
// SPDX-License-Identifier: EUPL-1.2
import assert from 'node:assert/strict';
import { startDemo } from './demo.mjs';
import {
    activate, axeFindings, closeBrowser, cookieOf, openPage, sidewaysScroll, signIn,
} from './harness.mjs';
import { run, test } from './tap.mjs';

const DECISION = 'Kommunestyret godkjenner tilstandsrapporten.\n2 Satsingsområder er lesing i alle fag.';
const DRAFTERS = ['fagsjef', 'kommunedirektør', 'rektor'];
const OTHERS = ['politiker', 'sekretariat', null];

const demo = await startDemo();

// --- two ways of doing the same: what a hand does with a mouse, and with keys alone ---

const mouse = {
    name: 'by mouse', council: '2013-11-20',
    async press(page, role, name) {
        await Promise.all([
            page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame()),
            page.getByRole(role, { name, exact: typeof name === 'string' }).first().click(),
        ]);
        await page.waitForLoadState('load');
    },
    async fill(page, id, text) { await page.locator(`#${id}`).fill(text); },
    async tick(page, id) { await page.locator(`#${id}`).check(); },
    async open(page, nr) { await page.locator('.follow-up summary').nth(nr).click(); },
    async choose(page, id) { await page.locator(`#${id}`).selectOption({ index: 1 }); },
    async submit(page, id) { await page.locator(`form:has(#${id}) button[type=submit]`).click(); },
};

const focusedId = (page) => page.evaluate(() => document.activeElement?.id ?? '');

async function tabUntil(page, there, argument) {
    for (let i = 0; i < 300; i++) {
        if (await page.evaluate(there, argument)) return;
        await page.keyboard.press('Tab');
    }
    assert.fail(`Tab never came to ${argument} on ${page.url()}`);
}

/** Tab to the field with this id; a person would look for its label. */
const tabToId = (page, id) => tabUntil(page, (wanted) => document.activeElement?.id === wanted, id);

/** In which order a date field takes its parts is the browser's choice: try until it says the date. */
async function typeDate(page, iso) {
    const [year, month, day] = iso.split('-');
    for (const parts of [[month, day, `00${year}`], [day, month, `00${year}`], [`00${year}`, month, day]]) {
        for (const part of parts) await page.keyboard.type(part);
        if (await page.evaluate(() => document.activeElement.value) === iso) return;
        for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowLeft');
    }
    assert.fail(`the date field does not take ${iso}`);
}

const keyboard = {
    name: 'by keyboard', council: '2014-02-20',
    press: (page, role, name) => activate(page, role, name),
    async fill(page, id, text) {
        await tabToId(page, id);
        if (await page.evaluate(() => document.activeElement.type) === 'date') {
            await typeDate(page, text);
        } else {
            await page.keyboard.press('Control+A');
            await page.keyboard.type(text);
        }
    },
    async tick(page, id) {
        const name = await page.locator(`#${id}`).getAttribute('name');
        await tabUntil(page, (wanted) => document.activeElement?.name === wanted, name);
        for (let i = 0; i < 5 && await focusedId(page) !== id; i++) // within a group of radio buttons
            await page.keyboard.press('ArrowDown');
        assert.equal(await focusedId(page), id);
        if (!await page.locator(`#${id}`).isChecked()) await page.keyboard.press('Space');
    },
    async open(page, nr) {
        await tabUntil(page, (wanted) =>
            document.activeElement === document.querySelectorAll('.follow-up summary')[wanted], nr);
        await page.keyboard.press('Enter');
    },
    async choose(page, id) { // a closed list takes the next of its options
        await tabToId(page, id);
        await page.keyboard.press('ArrowDown');
        assert.notEqual(await page.locator(`#${id}`).inputValue(), '');
    },
    async submit(page, id) {
        await tabUntil(page, (wanted) => document.activeElement?.type === 'submit'
            && document.activeElement.form === document.getElementById(wanted).form, id);
        await page.keyboard.press('Enter');
    },
};

// --- what is asked of the program at each stop ---

async function moveDate(date) {
    const page = await signIn(demo, 'administrator');
    await page.goto(`${demo.url}/dato`);
    await page.locator('#f-dato').fill(date);
    await Promise.all([page.waitForURL('**/hjem'), page.locator('main form button[type=submit]').click()]);
    await page.close();
}

async function statusFor(who, path, cookies) {
    cookies[who] ??= await cookieOf(demo, who);
    const reply = await fetch(demo.url + path, { headers: { cookie: cookies[who] }, redirect: 'manual' });
    return reply.status;
}

/** Who reads the report, its PDF and its first figure in this state. */
async function assertSeenBy(path, isPublic, cookies) {
    for (const who of [...DRAFTERS, ...OTHERS]) {
        const expected = isPublic || DRAFTERS.includes(who) ? 200 : 404;
        for (const rest of ['', '/pdf', '/figur/1/svg'])
            assert.equal(await statusFor(who, path + rest, cookies), expected, `${who} and ${path}${rest}`);
    }
}

async function assertPlain(page) {
    assert.deepEqual(await axeFindings(page), []);
    assert.deepEqual(await sidewaysScroll(page), []);
    page.watch.assertQuiet([/404/]);
}

// --- the walk ---

const plus = (iso, days) => new Date(Date.parse(iso) + days * 86_400_000).toISOString().slice(0, 10);

/** Numbers begin anew each year, and end with it. */
const caseNumber = (nr, hand) => `PS ${nr}/${hand.council.slice(2, 4)}`;

async function beginReport(hand) {
    await moveDate(plus(hand.council, -80));
    const page = await signIn(demo, 'fagsjef');
    await page.goto(`${demo.url}/tilstandsrapport`);
    await hand.press(page, 'link', 'Ny rapport');
    await hand.fill(page, 'f-kommunestyre', hand.council);
    await hand.press(page, 'button', 'Start rapporten');
    const path = new URL(page.url()).pathname;
    assert.match(path, /^\/tilstandsrapport\/[0-9a-z]{13}$/);
    await assertPlain(page);
    return { page, path };
}

/** Write every chapter; the page must show its text in a preview before it is stored. */
async function writeChapters(hand, page, path) {
    const chapters = await page.locator('.chapter-title').allTextContents();
    for (const [i, title] of chapters.entries()) {
        if (i > 0) await page.goto(demo.url + path);
        await hand.press(page, 'link', title.trim());
        await hand.fill(page, 'f-tekst', `Dette er **kapittel ${i + 1}**.`);
        if (await page.locator('#f-vurdering').count()) {
            await hand.fill(page, 'f-vurdering', 'Ingen sikker endring.');
            await hand.fill(page, 'f-ingen_tiltak', 'Vi fortsetter som før.');
        }
        if (i === 0) {
            await hand.press(page, 'button', 'Forhåndsvis');
            assert.equal(await page.locator('.writing-figures strong').first().textContent(), 'kapittel 1');
        }
        await hand.tick(page, await page.locator('input[name=status][value=ferdig]').getAttribute('id'));
        await hand.press(page, 'button', 'Lagre');
        assert.match(await page.locator('.flash').textContent(), /lagret/);
    }
}

/** Say what became of each of last year's measures; the draft cannot be finished before. */
async function answerLastYear(hand, page, path) {
    await page.goto(`${demo.url}${path}/ifjor`);
    await assertPlain(page);
    const open = page.locator('li.card:has(.finding.stops) select');
    const left = await open.count();
    for (let i = left; i > 0; i--) {
        const id = await open.first().getAttribute('id');
        await hand.choose(page, id);
        await Promise.all([page.waitForEvent('load'), hand.submit(page, id)]);
        assert.equal(await open.count(), i - 1);
    }
}

/** One step on the treatment page. `wrong` is tried first, and must change nothing. */
async function step(hand, who, path, { date, action, fields = {}, ticks = [], wrong }) {
    await moveDate(date);
    const page = await signIn(demo, who);
    await page.goto(`${demo.url}${path}/behandling`);
    await assertPlain(page);
    if (wrong) {
        await hand.fill(page, wrong.id, wrong.text);
        for (const tick of ticks) await hand.tick(page, tick);
        await page.evaluate(() => { // a browser that does not check for us
            for (const form of document.forms) form.noValidate = true;
        });
        await page.evaluate((id) => document.getElementById(id).form.requestSubmit(), wrong.id);
        await page.waitForSelector('#form-problems');
        assert.equal(await page.locator(`#${wrong.id}`).inputValue(), wrong.text);
    }
    for (const [id, text] of Object.entries(fields)) await hand.fill(page, id, text);
    for (const tick of ticks)
        if (!await page.locator(`#${tick}`).isChecked()) await hand.tick(page, tick);
    const button = page.locator(`form:has(input[name=handling][value=${action}]) button[type=submit]`);
    await hand.press(page, 'button', (await button.innerText()).trim());
    assert.equal(await page.locator('.flash').count(), 1, `${action}: ${await page.locator('main').innerText()}`);
    await page.close();
}

async function answerItems(hand, path, council) {
    const page = await signIn(demo, 'fagsjef');
    await page.goto(`${demo.url}${path}/oppfolging`);
    const count = await page.locator('.follow-up').count();
    assert.equal(count, 2);
    for (let nr = 1; nr <= count; nr++) {
        await hand.open(page, nr - 1);
        await hand.choose(page, `f-ansvarlig-${nr}`);
        await hand.fill(page, `f-frist-${nr}`, plus(council, 90));
        await hand.fill(page, `f-svar-${nr}`, 'Gjort.');
        await Promise.all([page.waitForEvent('load'), hand.submit(page, `f-svar-${nr}`)]);
    }
    assert.match(await page.locator('main .lead').textContent(), /Alle punkter er besvart/);
    await assertPlain(page);
    await page.close();
}

async function thePublicReads(hand, path) {
    for (const view of [{ language: 'nb', width: 1280, scheme: 'light' }, { language: 'nn', width: 360, scheme: 'dark' }]) {
        const page = await openPage(demo, view);
        const reply = await page.goto(demo.url + path);
        assert.equal(reply.status(), 200);
        const text = await page.locator('main').innerText();
        const approved = view.language === 'nb' ? 'Godkjent' : 'Godkjend';
        assert.match(text, new RegExp(`${approved} av kommunestyret .*, sak ${caseNumber(45, hand)}`));
        assert.ok(text.includes(DECISION), 'the decision stands word for word');
        assert.match(text, /Dette er kapittel 1\./);
        await assertPlain(page);
        await page.shot(`report-${hand.name.replaceAll(' ', '-')}-${view.width}`);
        await page.close();
    }
}

async function walk(hand) {
    const cookies = {};
    const { council } = hand;
    const { page, path } = await beginReport(hand);
    await assertSeenBy(path, false, cookies);
    await writeChapters(hand, page, path);
    await answerLastYear(hand, page, path);
    await page.close();
    await step(hand, 'fagsjef', path, { date: plus(council, -51), action: 'skisse' });
    await assertSeenBy(path, false, cookies);
    await step(hand, 'fagsjef', path, {
        date: plus(council, -37), action: 'dialog', fields: { 'f-dialog-merknad': 'God dialog.' },
    });
    await assertSeenBy(path, false, cookies);
    await step(hand, 'kommunedirektør', path, {
        date: plus(council, -20), action: 'send', ticks: ['f-send-bekreft'],
    });
    await assertSeenBy(path, true, cookies);
    await step(hand, 'sekretariat', path, {
        date: plus(council, -9), action: 'innstilling', fields: {
            'f-innstilling-sak': caseNumber(31, hand), 'f-innstilling-ordlyd': 'Formannskapet tilrår å godkjenne.',
            'f-innstilling-for': '7', 'f-innstilling-mot': '0',
        }, wrong: { id: 'f-innstilling-ordlyd', text: 'Formannskapet tilrår' },
    });
    await assertSeenBy(path, true, cookies);
    await step(hand, 'sekretariat', path, {
        date: council, action: 'vedtak', fields: {
            'f-vedtak-sak': caseNumber(45, hand), 'f-vedtak-ordlyd': DECISION, 'f-vedtak-for': '17', 'f-vedtak-mot': '0',
        }, ticks: ['f-vedtak-utfall', 'f-vedtak-bekreft'],
    });
    await thePublicReads(hand, path);
    await step(hand, 'sekretariat', path, {
        date: plus(council, 75), action: 'komite',
        fields: { 'f-komite-punkter': 'Lesing i alle fag\nGode overganger' },
    });
    await answerItems(hand, path, council);
    await step(hand, 'fagsjef', path, { date: plus(council, 82), action: 'ledergruppe' });
    await step(hand, 'fagsjef', path, { date: plus(council, 83), action: 'avslutt' });
    await assertSeenBy(path, true, cookies);
    await thePublicReads(hand, path);
}

test('a report walks its six steps by mouse', () => walk(mouse));
test('a report walks its six steps by keyboard alone', () => walk(keyboard));

test('a text being written survives an expired session', async () => {
    const page = await signIn(demo, 'fagsjef');
    await page.goto(`${demo.url}/tilstandsrapport`);
    const own = page.locator('.report-card a').last(); // the demo's own, in dialog_gjennomfort
    await own.click();
    await page.locator('.chapter-title a').first().click();
    await page.locator('#f-tekst').fill('Skrevet i to timer');
    await page.context().clearCookies();
    await page.locator('button[value=lagre]').click();
    await page.waitForSelector('form.retry');
    assert.match(await page.content(), /Skrevet i to timer/);
    await page.close();
});

test('the server logged no failure', () => {
    assert.deepEqual(demo.log().split('\n').filter((line) => /\bstatus=5\d\d\b/.test(line)), []);
});

await run(async () => { await closeBrowser(); await demo.stop(); });
