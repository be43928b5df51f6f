// crawl.mjs - what can be reached by following links: the pages of each route, for each role.
//
// Pages are fetched, not shown: a link is an address in an href of the server's HTML. Of a route
// with many pages (a unit, an indicator) only the first few are followed; all are alike, and the
// national files hold thousands.
// SPDX-License-Identifier: EUPL-1.2

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const decode = (text) => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => ENTITIES[name]);

/** Addresses in the <a>, <area> and <link> elements of a page, as written there. */
export function linksOf(html) {
    return [...html.matchAll(/<(?:a|area|link)\b[^>]*?\shref="([^"]*)"/g)].map((m) => decode(m[1]));
}

/** Names that a fragment of an address can point at. */
export function anchorsOf(html) {
    return new Set([...html.matchAll(/\s(?:id|name)="([^"]*)"/g)].map((m) => decode(m[1])));
}

/** The GET route a path belongs to, or null. The one with the fewest {parameters} wins. */
export function routeOf(path, routes) {
    const parameters = (route) => (route.path.match(/\{/g) ?? []).length;
    const pattern = (route) => new RegExp(`^${route.path
        .replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]*\}/g, '[^/]+')}$`);
    return routes.filter((route) => route.method === 'GET' && pattern(route).test(path))
        .sort((a, b) => parameters(a) - parameters(b))[0] ?? null;
}

/** Fetch one page as a browser would, without following redirects. */
export async function fetchPage(url, cookie, language = 'nb') {
    const answer = await fetch(url, {
        redirect: 'manual', headers: { cookie, 'accept-language': language, accept: 'text/html' },
    });
    const type = (answer.headers.get('content-type') ?? '').split(';')[0];
    return {
        status: answer.status, type, location: answer.headers.get('location'),
        body: type === 'text/html' ? await answer.text() : (await answer.arrayBuffer(), ''),
    };
}

/**
 * Follow links from `starts`, breadth first.
 * → [{ address (path and query), route, from, fragment checks as `missing`, ...fetchPage }]
 *   address  each is visited once; at most `each` of a route with parameters or a query
 *   from     the address of the first page that links to it
 *   missing  fragments that links of this page ask of pages which do not have them
 */
export async function crawl({ url, cookie, routes, starts, each = 3 }) {
    const visits = new Map();
    const perRoute = new Map();
    const queue = starts.map((address) => ({ address, from: 'the start' }));
    const fragments = [];
    while (queue.length) {
        const { address, from } = queue.shift();
        if (visits.has(address)) continue;
        const route = routeOf(decodeURIComponent(new URL(address, url).pathname), routes);
        const many = address.includes('?') || route?.path.includes('{');
        const count = perRoute.get(route?.path) ?? 0;
        if (route && many && count >= each) continue;
        perRoute.set(route?.path, count + 1);
        const page = await fetchPage(url + address, cookie);
        visits.set(address, { address, from, route, ...page, missing: [] });
        const links = page.location ? [page.location] : linksOf(page.body);
        for (const link of links) {
            const target = new URL(link, url + address);
            if (target.origin !== new URL(url).origin) continue;
            if (/^\/logg-ut\b/.test(target.pathname)) continue;
            const next = target.pathname + target.search;
            queue.push({ address: next, from: address });
            if (target.hash.length > 1)
                fragments.push({ from: address, to: next, name: decodeURIComponent(target.hash.slice(1)) });
        }
    }
    for (const { from, to, name } of fragments) {
        const target = visits.get(to);
        if (target?.body && !anchorsOf(target.body).has(name))
            visits.get(from).missing.push(`${to}#${name}`);
    }
    return [...visits.values()];
}

/** Where a role's walk starts: the public front page, the own home page, and routes without ids. */
export function startsFor(routes) {
    const fixed = routes.filter((r) => r.method === 'GET' && !r.path.includes('{')).map((r) => r.path);
    return [...new Set(['/', '/hjem', ...fixed])];
}
