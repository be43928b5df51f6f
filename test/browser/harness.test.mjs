// harness.test.mjs - the harness sees what it is there to see, shown on a server with known faults.
// SPDX-License-Identifier: EUPL-1.2
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { crawl, linksOf, routeOf } from './crawl.mjs';
import { readLogins } from './demo.mjs';
import {
    activate, axeFindings, closeBrowser, cookieOf, focusIsVisible, focused, openPage, rawMsgids,
    sidewaysScroll, signIn, tabTo,
} from './harness.mjs';
import { run, test } from './tap.mjs';

const page = (body, head = '') => `<!doctype html><html lang="nb"><head><title>Prøve</title>${head}</head>
<body><main><h1>Prøve</h1>${body}</main></body></html>`;
const PAGES = {
    '/': page('<a href="/a?x=1&amp;y=2">Første</a> <a href="/enhet/1#her">Her</a> <a href="/borte">Borte</a>'
        + '<p><button>Lagre</button> <label>Navn <input></label></p>'),
    '/a': page('<p id="her">Innhold</p>'),
    '/enhet/1': page('<p>Ingen id</p>'),
    '/bad': page('<img src="/x.png"><p style="width:900px">Bred</p><p>Raw message id</p>'
        + '<script>console.log(1)</script><img src="http://127.0.0.2:9/y.png" alt="">'),
    '/blind': page('<button>Se meg</button>', '<style>button:focus { outline: none }</style>'),
    '/logg-inn': page(`<form method="post"><label>E-post <input name="e" autocomplete="username"></label>
        <label>Passord <input type="password" autocomplete="current-password"></label><button>Inn</button></form>`),
    '/hjem': page('<p>Hjemme</p>'),
};
const ROUTES = ['/', '/a', '/enhet/{id}', '/enhet/ny', '/hjem'].map((path) => ({ method: 'GET', path }));

const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    const headers = {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': path === '/bad' ? "default-src 'self'; style-src 'unsafe-inline'"
            : "default-src 'self'; style-src 'self' 'unsafe-inline'",
    };
    if (request.method === 'POST')
        response.writeHead(303, { location: '/hjem', 'set-cookie': '__Host-s=1; Secure; Path=/; HttpOnly' });
    else response.writeHead(PAGES[path] ? 200 : 404, headers);
    const known = path === '/hjem' && request.headers.cookie === '__Host-s=1' ? page('<p>Velkommen</p>') : null;
    response.end(request.method === 'POST' ? '' : known ?? PAGES[path] ?? page('<p>Borte</p>'));
});
await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
const demo = {
    url: `http://127.0.0.1:${server.address().port}`,
    logins: readLogins('Eide kommune (1551)\n  rektor      r@eide.example   hemmelig-1\n'),
};

test('a good page is quiet and accessible', async () => {
    const tab = await openPage(demo, { language: 'nb', width: 360, scheme: 'dark' });
    await tab.goto(demo.url);
    assert.deepEqual(await axeFindings(tab), []);
    assert.deepEqual(await sidewaysScroll(tab), []);
    tab.watch.assertQuiet([/favicon/, /404/]);
    await tab.close();
});

test('each fault of a bad page is found', async () => {
    const tab = await openPage(demo, { language: 'nb', width: 360 });
    await tab.goto(`${demo.url}/bad`);
    assert.match((await axeFindings(tab)).join('\n'), /image-alt/);
    assert.notDeepEqual(await sidewaysScroll(tab), []);
    assert.deepEqual(await rawMsgids(tab, new Set(['Raw message id', 'Another'])), ['Raw message id']);
    const heard = tab.watch.take().join('\n');
    assert.match(heard, /CSP script-src/);
    assert.match(heard, /foreign host/);
    assert.match(heard, /404/);
    assert.throws(() => { tab.watch.complaints.push('x'); tab.watch.assertQuiet(); });
    await tab.close();
});

test('keys reach elements by name and activate them', async () => {
    const tab = await openPage(demo);
    await tab.goto(demo.url);
    await tabTo(tab, 'button', 'Lagre');
    assert.deepEqual(await focused(tab), { role: 'button', name: 'Lagre' });
    assert.ok(await focusIsVisible(tab));
    await tab.goto(demo.url);
    await activate(tab, 'link', 'Første');
    assert.equal(new URL(tab.url()).pathname, '/a');
    await assert.rejects(tabTo(tab, 'button', 'Finnes ikke', 5), /never came/);
    await tab.close();
});

test('focus that cannot be seen fails', async () => {
    const tab = await openPage(demo);
    await tab.goto(`${demo.url}/blind`);
    await assert.rejects(tabTo(tab, 'button', 'Se meg'), /focus is seen/);
    await tab.close();
});

test('signing in keeps a __Host- cookie for later pages', async () => {
    const tab = await signIn(demo, 'rektor');
    await tab.goto(`${demo.url}/hjem`);
    assert.match(await tab.textContent('main'), /Velkommen/);
    await tab.close();
    assert.equal(await cookieOf(demo, 'rektor'), '__Host-s=1');
});

test('a crawl finds pages, dead links and dead fragments', async () => {
    const visits = await crawl({ url: demo.url, cookie: '', routes: ROUTES, starts: ['/'] });
    const of = (address) => visits.find((visit) => visit.address === address);
    assert.equal(of('/a?x=1&y=2').status, 200);
    assert.equal(of('/borte').status, 404);
    assert.equal(of('/borte').from, '/');
    assert.deepEqual(of('/').missing, ['/enhet/1#her']);
    assert.equal(routeOf('/enhet/ny', ROUTES).path, '/enhet/ny');
    assert.equal(routeOf('/enhet/7', ROUTES).path, '/enhet/{id}');
    assert.deepEqual(linksOf('<a class="x" href="/b">'), ['/b']);
});

test('logins are read from what the demo prints', () => {
    assert.deepEqual(demo.logins,
        [{ owner: 'Eide kommune', role: 'rektor', email: 'r@eide.example', password: 'hemmelig-1' }]);
});

await run(async () => { await closeBrowser(); server.close(); });
