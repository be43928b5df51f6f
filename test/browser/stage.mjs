// stage.mjs - makes happen what some pages wait for: an invitation, a proposal, a file that is previewed.
//
// The demo shows most pages by links alone. The rest need somebody to do something first; that is done
// here, in the browser, through the forms a person would use.
// SPDX-License-Identifier: EUPL-1.2
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { openPage, signIn } from './harness.mjs';

/** Fill what a form asks for: `given` by name, and something that fits wherever it is required. */
async function fill(form, given = {}) {
    for (const field of await form.locator('input, select, textarea').all()) {
        const name = await field.getAttribute('name');
        const type = (await field.getAttribute('type')) ?? await field.evaluate((e) => e.tagName.toLowerCase());
        if (type === 'hidden' || type === 'submit' || !name) continue;
        const value = given[name];
        const wanted = value !== undefined || await field.getAttribute('required') !== null
            || await field.getAttribute('aria-required') === 'true';
        if (!wanted) continue;
        if (type === 'select') {
            const options = await field.locator('option').evaluateAll((all) => all.map((o) => o.value));
            await field.selectOption(value ?? options.find((o) => o) ?? '');
        } else if (type === 'radio') {
            if (value === undefined ? !await form.locator(`input[name="${name}"]:checked`).count()
                : await field.getAttribute('value') === value) await field.check();
        } else if (type === 'checkbox') {
            await field.check();
        } else if (type === 'file') {
            await field.setInputFiles(value);
        } else if (!(await field.inputValue()) || value !== undefined) {
            await field.fill(value ?? (type === 'email' ? 'ny@eide.demo'
                : type === 'number' ? '1' : 'Prøvd fordi alle sider skal sees på.'));
        }
    }
}

/** Fill and send the form whose action ends with `action`, and wait for what comes. */
export async function send(page, action, given = {}, button = 'button[type=submit], button:not([type])') {
    const form = page.locator(`main form[action$="${action}"]`).first();
    assert.ok(await form.count(), `${page.url()} has a form to ${action}`);
    for (const details of await page.locator('main details:not([open])').all())
        await details.evaluate((e) => { e.open = true; });
    await fill(form, given);
    await Promise.all([page.waitForEvent('framenavigated', (f) => f === page.mainFrame()),
        form.locator(button).first().click()]);
    await page.waitForLoadState('load');
}

/** The first address on the page that fits, as a path. */
export async function linkOf(page, pattern) {
    const found = (await page.locator('a').evaluateAll((all) => all.map((a) => a.getAttribute('href'))))
        .find((href) => href && pattern.test(href));
    assert.ok(found, `${page.url()} links to ${pattern}`);
    return found;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** The code of an authenticator app now. RFC 6238: SHA-1, 30 seconds, six digits. */
export function codeOf(secret, at = Date.now()) {
    const bits = [...secret.replace(/[^A-Z2-7]/g, '')].map((c) => BASE32.indexOf(c).toString(2).padStart(5, '0')).join('');
    const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(at / 30000)));
    const mac = createHmac('sha1', key).update(counter).digest();
    const offset = mac[19] & 15;
    return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1000000).padStart(6, '0');
}

const passwordOf = (demo, role) => demo.logins.find((l) => l.role === role).password;

/** Somebody is invited. → the address of the invitation, which nobody is signed in on. */
export async function invite(demo) {
    const page = await signIn(demo, 'administrator');
    await page.goto(`${demo.url}/brukere`);
    await page.goto(demo.url + await linkOf(page, /^\/brukere\/(ny|inviter|invitasjon)/));
    await send(page, new URL(page.url()).pathname, { navn: 'Ny Medarbeider', epost: 'ny@eide.demo', rolle: 'PO' });
    const text = await page.locator('main').innerText() + (await page.locator('main input').evaluateAll((all) => all.map((i) => i.value))).join(' ');
    const address = /\/invitasjon\/[A-Za-z0-9_-]+/.exec(text)?.[0];
    assert.ok(address, `the invitation is shown to be copied: ${text.slice(0, 400)}`);
    await page.close();
    return address;
}

/* Drop one CSV file on the import page, and wait until it has been read. → the page of its preview. */
async function drop(demo, name, text) {
    const page = await signIn(demo, 'fagsjef');
    await page.goto(`${demo.url}/import`);
    await send(page, '/import', { filer: { name, mimeType: 'text/csv', buffer: Buffer.from(text) } });
    for (let i = 0; i < 50 && !/\/import\/filer\//.test(page.url()); i++) {
        const next = (await page.locator('a').evaluateAll((all) => all.map((a) => a.getAttribute('href'))))
            .find((href) => /^\/import\/filer\//.test(href ?? ''));
        if (next) await page.goto(demo.url + next);
        else await page.waitForTimeout(200);
    }
    assert.match(new URL(page.url()).pathname, /^\/import\/filer\//);
    return page;
}

/** A file waits for yes or no. → the address of its preview. */
export async function upload(demo) {
    const page = await drop(demo, 'fraver.csv',
        'enhet;indikator;periode;teller;nevner\n1551;SYK.TOT;2013K1;300;4100\nUkjent skole;SYK.TOT;2013K1;1;90\n');
    const path = new URL(page.url()).pathname;
    await page.close();
    return path;
}

/** A table that no reader knows. → the address of the page where a person explains it. */
export async function unknownTable(demo) {
    const page = await drop(demo, 'lonnssystemet.csv',
        'Arbeidssted;Kvartal;Tapte dager;Avtalte dager\nEide barneskole;2013K1;41;1210\nUkjent sted;2013K1;12;800\n');
    for (let i = 0; i < 50 && !await page.locator('a[href*="/tabell/"]').count(); i++) {
        await page.waitForTimeout(200);
        await page.reload();
    }
    const path = await linkOf(page, /^\/import\/filer\/[^/]+\/tabell\//);
    await page.close();
    return path;
}

/** A role is proposed. → the address of the proposal. */
export async function propose(demo) {
    const page = await signIn(demo, 'fagsjef');
    await page.goto(`${demo.url}/roller`);
    await page.goto(demo.url + await linkOf(page, /^\/roller\/(ny|foresl)/));
    const people = await page.locator('select[name=person] option').evaluateAll((all) => all.map((o) => o.value));
    await send(page, new URL(page.url()).pathname, { person: people.filter(Boolean).at(-1), rolle: 'TV', fra: '2013-06-10' });
    await page.goto(`${demo.url}/roller`);
    const path = await linkOf(page, /^\/roller\/forslag\/\w/);
    await page.close();
    return path;
}

/** The administrator opens what is closed, with a reason. → where the fagsjef reads of it. */
export async function breakGlass(demo) {
    const page = await signIn(demo, 'administrator');
    await page.goto(`${demo.url}/nodtilgang`);
    await send(page, '/nodtilgang', { passord: passwordOf(demo, 'administrator'),
        grunn: 'Fagsjefen er syk, og rapporten skal sendes i dag.' });
    await page.close();
    const other = await signIn(demo, 'fagsjef');
    await other.goto(`${demo.url}/hjem`);
    const path = await linkOf(other, /^\/nodtilgang\/\w/);
    await other.close();
    return path;
}

/** The description of a position's duties, in two versions. → the addresses of its pages. */
export async function duties(demo) {
    const page = await signIn(demo, 'fagsjef');
    await page.goto(`${demo.url}/stillinger`);
    const position = await page.getByRole('link', { name: 'Fagsjef oppvekst', exact: true }).getAttribute('href');
    await page.close();
    return [`${position}/beskrivelse/1`, `${position}/beskrivelse/2/forskjell?mot=1`];
}

/** A description of duties waits to be approved. → the page where somebody else does. */
export async function dutiesDraft(demo) {
    const page = await signIn(demo, 'fagsjef');
    await page.goto(`${demo.url}/stillinger`);
    const position = await page.getByRole('link', { name: 'SFO-leder', exact: true }).getAttribute('href');
    await page.goto(`${demo.url}${position}/beskrivelse/utkast`);
    await send(page, '/beskrivelse/utkast');
    await page.close();
    return `${position}/beskrivelse/godkjenn`;
}

/** Fill and send one step's form on the page of a report's treatment. */
async function step(demo, who, report, action, fields = {}) {
    const page = await signIn(demo, who);
    await page.goto(`${demo.url}${report}/behandling`);
    const form = page.locator(`form:has(input[name=handling][value=${action}])`);
    await fill(form, fields);
    await Promise.all([page.waitForEvent('framenavigated', (f) => f === page.mainFrame()),
        form.locator('button[type=submit]').first().click()]);
    await page.waitForLoadState('load');
    assert.equal(await page.locator('.flash').count(), 1, `${action}: ${await page.locator('main').innerText()}`);
    await page.close();
}

/** The report is sent on its day, and recommended. → the pages that its treatment then has. */
export async function treatment(demo) {
    const admin = await signIn(demo, 'administrator');
    await admin.goto(`${demo.url}/dato`);
    await send(admin, '/dato', { dato: '2013-06-11' });
    await admin.close();
    const page = await signIn(demo, 'kommunedirektør');
    await page.goto(`${demo.url}/tilstandsrapport`);
    const report = await linkOf(page, /^\/tilstandsrapport\/\w{13}$/);
    await page.goto(`${demo.url}${report}/saksframlegg/3/rediger`);
    await send(page, '/saksframlegg/3/rediger');
    await step(demo, 'kommunedirektør', report, 'send');
    await step(demo, 'sekretariat', report, 'innstilling', { 'innstilling-sak': 'PS 31/13',
        'innstilling-ordlyd': 'Formannskapet tilrår å godkjenne.', 'innstilling-for': '7', 'innstilling-mot': '0' });
    await page.goto(`${demo.url}${report}/saksframlegg`);
    const excerpt = await linkOf(page, /\/saerutskrift\/\w+$/);
    await page.close();
    return [excerpt, ...['', '/protokoll', '/versjoner', '/saksframlegg', '/saksframlegg/3', '/dialogmote'].map((rest) => report + rest)];
}

/** A source on the net: one Klass change of municipalities. → { origin, stop() }. Call stop(). */
export function replay() {
    const answer = JSON.stringify({ codeChanges: [{ oldCode: '1551', oldName: 'Eide', oldShortName: '',
        newCode: '1579', newName: 'Hustadvika', newShortName: '', changeOccurred: '2020-01-01' }] });
    const server = createServer((request, response) => {
        response.setHeader('Content-Type', 'application/json').end(answer);
    });
    return new Promise((resolve) => {
        server.listen(0, '127.0.0.1', () => resolve({
            origin: `http://127.0.0.1:${server.address().port}`, stop: () => server.close(),
        }));
    });
}

/** `login` takes the role of the installation and sets up a source, which answers. → the pages. */
export async function sources(demo, login, origin) {
    const page = await signIn(demo, login);
    await page.goto(`${demo.url}/kilder`); // the role that is active may not: another is offered
    await send(page, '/rolle');
    assert.equal(new URL(page.url()).pathname, '/kilder');
    await page.goto(`${demo.url}/kilder/ny`);
    await send(page, '/kilder/ny', { navn: 'Kommuneendringer', adresse: `${origin}/data?til={dato}` });
    const source = new URL(page.url()).pathname;
    assert.match(source, /^\/kilder\/\w{13}$/);
    await send(page, '/hent');
    for (let i = 0; i < 100 && !await page.locator(`main a[href*="${source}/svar/"]`).count(); i++) {
        await page.waitForTimeout(200);
        await page.goto(demo.url + source);
    }
    await linkOf(page, /\/svar\/\w+$/);
    await page.close();
    return ['/kilder', '/kilder/ny', source];
}
