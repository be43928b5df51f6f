// soak.mjs - kill -9 of server and jobs at random moments, under concurrent writes through HTTP; and
// changes of guard (SIGHUP) under steady load. TAP on stdout.
//
// usage: node test/soak/soak.mjs KILLS     TEST_DB holds the address of an empty PostgreSQL database
//
// The write is a trial of the queue: one request that adds a job and, in the same transaction, a line
// of the audit log; the jobs program then marks the job with an x in the transaction that ends it. So
// what must hold can be read from the tables: each acknowledged job is there, each job has its line,
// each done job has exactly one x, and none stays half-way.
// SPDX-License-Identifier: EUPL-1.2
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const kills = Number(process.argv[2] || 20);
const binary = process.env.OPPVEKST || "build/oppvekst";
const writers = 6;
const old = 1100; // ms a program must have run, so that the supervisor's brake stays off
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN;
let tests = 0, failed = 0;

function ok(fine, what, why) {
  tests++;
  failed += fine ? 0 : 1;
  console.log(`${fine ? "ok" : "not ok"} ${tests} ${what}`);
  if (!fine && why !== undefined)
    console.log(`# ${typeof why === "string" ? why : JSON.stringify(why)}`.slice(0, 2000));
}
const note = (text) => console.log(`# ${text}`);

// --- the service ---

async function freePort() {
  const server = net.createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

// pids of the supervisor's programs by name
function programs(pid) {
  const found = {};
  for (const child of readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ")) {
    try {
      const name = readFileSync(`/proc/${child}/cmdline`, "utf8").split("\0").filter(Boolean).at(-1);
      if (name === "server" || name === "jobs")
        found[name] = Number(child);
    } catch { /* it has just ended */ }
  }
  return found;
}

class Service {
  constructor(url, dir) { this.url = url; this.dir = dir; this.errors = 0; }

  async start() {
    this.port = await freePort();
    this.log = join(this.dir, "serve.log");
    const out = openSync(this.log, "a");
    this.process = spawn(binary, ["serve", "--db", this.url, "--listen", `127.0.0.1:${this.port}`],
      { stdio: ["ignore", out, out], env: { ...process.env, OPPVEKST_LOG_LEVEL: "info" } });
    this.ended = new Promise((done) => this.process.on("exit", (code, signal) => done(signal || code)));
    await this.answers(20000);
  }

  async stop() {
    this.process.kill("SIGTERM");
    return Promise.race([this.ended, sleep(20000).then(() => "hung")]);
  }

  request(method, path, { body, agent, timeout = 20000 } = {}) {
    return new Promise((done, fail) => {
      const headers = { Cookie: this.cookie || "" };
      if (body !== undefined) {
        headers["Content-Type"] = "application/x-www-form-urlencoded";
        headers["Content-Length"] = Buffer.byteLength(body);
      }
      const r = http.request({ host: "127.0.0.1", port: this.port, method, path, headers, timeout,
        agent: agent || false }, (reply) => {
        let text = "";
        reply.setEncoding("utf8");
        reply.on("data", (part) => { text += part; });
        reply.on("end", () => done({ status: reply.statusCode, headers: reply.headers, text }));
        reply.on("error", fail);
        reply.on("aborted", () => fail(new Error("cut off")));
      });
      r.on("timeout", () => r.destroy(new Error("timeout")));
      r.on("error", fail);
      r.end(body);
    });
  }

  async answers(limit) {
    const began = performance.now();
    while (performance.now() - began < limit) {
      try {
        if ((await this.request("GET", "/helse", { timeout: 2000 })).status === 200)
          return performance.now() - began;
      } catch { await sleep(2); }
    }
    throw new Error(`no answer within ${limit} ms`);
  }

  takeCookies(reply) {
    const jar = new Map((this.cookie || "").split("; ").filter(Boolean).map((c) => c.split(/=(.*)/s)));
    for (const c of reply.headers["set-cookie"] || []) {
      const [name, value] = c.split(";")[0].split(/=(.*)/s);
      jar.set(name, value);
    }
    this.cookie = [...jar].map(([n, v]) => `${n}=${v}`).join("; ");
  }

  token(html) { return /name="csrf" value="([^"]+)"/.exec(html)[1]; }

  async signIn(email) {
    const page = await this.request("GET", "/logg-inn");
    this.takeCookies(page);
    const names = [...page.text.matchAll(/<input[^>]*name="([^"]+)"/g)].map((m) => m[1]);
    const form = new URLSearchParams({ csrf: this.token(page.text) });
    form.set(names.find((n) => /post|mail/.test(n)), email);
    form.set(names.find((n) => /pass/.test(n)), "fjorden-i-juni");
    const reply = await this.request("POST", "/logg-inn", { body: form.toString() });
    if (reply.status !== 303)
      throw new Error(`sign-in answered ${reply.status}`);
    this.takeCookies(reply);
    this.csrf = this.token((await this.request("GET", "/jobber")).text);
  }
}

// --- the tables, asked beside the program ---

function ask(url, sql) {
  const args = url.startsWith("sqlite:")
    ? ["sqlite3", ["-cmd", ".timeout 10000", "-separator", "|", url.slice(7), sql]]
    : ["psql", ["-X", "-A", "-t", "-F", "|", "-d", url, "-c", sql]];
  return execFileSync(args[0], args[1], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] })
    .trim().split("\n").filter(Boolean).map((line) => line.split("|"));
}

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const idOf = (text) => [...text].reduce((n, c) => n * 32n + BigInt(alphabet.indexOf(c)), 0n).toString();

// --- kills ---

async function write(service, state) {
  while (!state.stop) {
    try {
      const reply = await service.request("POST", "/jobber/prove", { body: `csrf=${encodeURIComponent(service.csrf)}` });
      if (reply.status === 303)
        state.acknowledged.push(idOf(reply.headers.location.split("/").at(-1)));
      else
        state.odd.push(reply.status);
      await sleep(200 + Math.random() * 200); // no more than the jobs program can do
    } catch { state.unsure++; await sleep(5); }
  }
}

async function killSome(service, state) {
  const seen = new Map(); // pid -> when first seen
  for (let i = 0; i < kills;) {
    await sleep(100 + Math.random() * 400);
    const now = performance.now();
    const running = Object.entries(programs(service.process.pid));
    for (const [, pid] of running)
      if (!seen.has(pid))
        seen.set(pid, now);
    const grown = running.filter(([, pid]) => now - seen.get(pid) > old);
    if (!grown.length)
      continue;
    const [name, pid] = grown[Math.floor(Math.random() * grown.length)];
    process.kill(pid, "SIGKILL");
    state.killed[name]++;
    i++;
    if (name === "server")
      state.away.push(await service.answers(20000));
  }
}

// 200 ms, or where the machine is busy with other things, six times what starting and ending takes just now
async function limitNow() {
  const times = [];
  for (let i = 0; i < 7; i++) {
    const began = performance.now();
    execFileSync(binary, ["routes"], { stdio: "ignore" });
    times.push(performance.now() - began);
  }
  return Math.max(200, 6 * median(times));
}

async function settle(service) {
  for (let i = 0; i < 900; i++) {
    const [[open]] = ask(service.url, "SELECT count(*) FROM jobb WHERE kind = 'prove' AND state IN ('venter', 'arbeider')");
    if (open === "0")
      return true;
    await sleep(100);
  }
  return false;
}

function verify(service, state, engine) {
  const rows = ask(service.url, "SELECT id, state, args FROM jobb WHERE kind = 'prove'");
  const stored = new Map(rows.map(([id, how, args]) => [id, [how, args ?? ""]]));
  const lost = state.acknowledged.filter((id) => !stored.has(id));
  const undone = rows.filter(([, how]) => how !== "ferdig");
  const twice = rows.filter(([, how, args]) => (args ?? "") !== (how === "ferdig" ? "x" : ""));
  const [[lines]] = ask(service.url, "SELECT count(*) FROM revisjon WHERE act = 'jobb.prove'");
  note(`${engine}: ${state.acknowledged.length} writes acknowledged, ${state.unsure} without an answer, ${rows.length} stored`);
  ok(state.acknowledged.length > kills, `${engine}: there were writes all along`);
  ok(!lost.length, `${engine}: every acknowledged write is there`, lost);
  ok(!undone.length, `${engine}: every job was done in the end`, undone.slice(0, 5));
  ok(!twice.length, `${engine}: each job's effect is there once`, twice.slice(0, 5));
  ok(Number(lines) === rows.length, `${engine}: each change has its line in the audit log`, `${lines} lines, ${rows.length} changes`);
  ok(!state.odd.length, `${engine}: no odd answers`, state.odd.slice(0, 20));
}

async function killTest(service, engine) {
  const state = { acknowledged: [], odd: [], unsure: 0, stop: false, away: [], killed: { server: 0, jobs: 0 } };
  const loops = Array.from({ length: writers }, () => write(service, state));
  await killSome(service, state);
  state.stop = true;
  await Promise.all(loops);
  note(`${engine}: killed the server ${state.killed.server} times, jobs ${state.killed.jobs} times`);
  note(`${engine}: answers again after ${median(state.away).toFixed(0)} ms (median), ${Math.max(...state.away).toFixed(0)} ms (longest)`);
  const limit = await limitNow();
  ok(median(state.away) < limit, `${engine}: the server is back within ${limit.toFixed(0)} ms (median)`, state.away.map(Math.round));
  ok(Math.max(...state.away) < 10 * limit, `${engine}: and never away for long`, state.away.map(Math.round));
  ok(await settle(service), `${engine}: the queue runs dry`);
  verify(service, state, engine);
}

// --- changes of guard ---

async function load(service, state, agent) {
  while (!state.stop) {
    const post = Math.random() < 0.05;
    try {
      const reply = post
        ? await service.request("POST", "/jobber/prove", { body: `csrf=${encodeURIComponent(service.csrf)}`, agent })
        : await service.request("GET", Math.random() < 0.5 ? "/helse" : "/jobber", { agent });
      state.n++;
      if (reply.status !== (post ? 303 : 200))
        state.wrong.push(reply.status);
    } catch (why) { state.n++; state.wrong.push(String(why.code || why.message)); }
    await sleep(Math.random() * 20);
  }
}

async function guardTest(service, engine, times) {
  const state = { stop: false, n: 0, wrong: [] };
  const agents = Array.from({ length: 8 }, (_, i) => (i % 2 ? new http.Agent({ keepAlive: true, maxSockets: 1 }) : undefined));
  const loops = agents.map((agent) => load(service, state, agent));
  const seen = new Set([programs(service.process.pid).server]);
  let changed = 0;
  for (let i = 0; i < times; i++) {
    await sleep(300);
    service.process.kill("SIGHUP");
    for (let k = 0; k < 200; k++) {
      await sleep(25);
      const { server } = programs(service.process.pid);
      if (server && !seen.has(server)) {
        seen.add(server);
        changed++;
        break;
      }
    }
    await sleep(700);
  }
  state.stop = true;
  await Promise.all(loops);
  for (const agent of agents)
    agent?.destroy();
  note(`${engine}: ${state.n} requests during ${changed} changes of guard`);
  ok(changed === times, `${engine}: ${times} times a new server took over`);
  ok(state.n > 100 && !state.wrong.length, `${engine}: not one request was lost`, state.wrong.slice(0, 10));
}

// --- trouble with the supervisor: a crash again and again is braked, and its own death leaves nothing ---

async function troubleTest(db, dir, engine) {
  const service = new Service(db, dir);
  await service.start();
  for (let i = 0, last = 0; i < 5;) {
    const { server } = programs(service.process.pid);
    if (server && server !== last) {
      process.kill(server, "SIGKILL");
      last = server;
      i++;
    }
    await sleep(10);
  }
  await sleep(200);
  ok(/event=braked program=server/.test(readFileSync(service.log, "utf8")), `${engine}: crashes in a row are braked, and the log says so`);
  await service.answers(20000);
  ok(true, `${engine}: and it comes back`);
  const pids = Object.values(programs(service.process.pid));
  service.process.kill("SIGKILL");
  for (let i = 0; i < 100 && pids.some(alive); i++)
    await sleep(50);
  ok(pids.length === 2 && !pids.some(alive), `${engine}: its programs end with the supervisor`, pids);
}

// --- one engine ---

async function engineTest(url, engine) {
  const dir = mkdtempSync(join(tmpdir(), "oppvekst-soak-"));
  const db = url || `sqlite:${join(dir, "oppvekst.db")}`;
  const before = failed;
  try {
    execFileSync(binary, ["demo", "--no-serve", "--dir", dir, ...(url ? ["--db", url] : [])], { stdio: "ignore" });
    const service = new Service(db, dir);
    await service.start();
    await service.signIn("admin@eide.demo");
    await guardTest(service, engine, 5);
    await killTest(service, engine);
    const pids = Object.values(programs(service.process.pid));
    ok(await service.stop() === 0, `${engine}: it stops in good order`);
    ok(pids.every((pid) => !alive(pid)), `${engine}: nothing runs on`);
    await troubleTest(db, dir, engine);
  } catch (why) {
    ok(false, `${engine}: went through`, why.stack);
  }
  if (failed > before)
    note(readFileSync(join(dir, "serve.log"), "utf8").split("\n").filter((l) => !l.includes("event=request") && !l.includes("event=job ")).slice(-40).join("\n# "));
  rmSync(dir, { recursive: true, force: true });
}

function alive(pid) {
  try { return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8")); } catch { return false; }
}

await engineTest(null, "SQLite");
if (process.env.TEST_DB)
  await engineTest(process.env.TEST_DB, "PostgreSQL");
else
  ok(true, "PostgreSQL # SKIP TEST_DB is not set");
console.log(`1..${tests}`);
process.exit(failed ? 1 : 0);
