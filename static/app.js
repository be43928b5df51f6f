// app.js - helps on pages that work without it: keeps a text being written until it is stored, asks
// once more before a grave step, and sends no form twice. keys.js has the shortcuts.
// SPDX-License-Identifier: EUPL-1.2
"use strict";
(() => {
  const words = {
    nb: ["Vi fant tekst du ikke rakk å lagre.", "Hent teksten", "Forkast"],
    nn: ["Vi fann tekst du ikkje rakk å lagre.", "Hent teksten", "Forkast"],
    en: ["We found text you did not get to store.", "Restore it", "Discard"],
  };
  const say = words[document.documentElement.lang] || words.nb;
  const month = 30 * 24 * 3600 * 1000;
  const key = (area) => `oppvekst:${location.pathname}:${area.name}`;
  const read = (area) => {
    try {
      const kept = JSON.parse(localStorage.getItem(key(area)));
      return kept && Date.now() - kept.at < month ? kept.text : null;
    } catch { return null; }
  };
  const write = (area, sent) => {
    try { localStorage.setItem(key(area), JSON.stringify({ text: area.value, at: Date.now(), sent })); } catch { /* full or off */ }
  };
  const settle = () => { // what was sent has been stored, unless this page says otherwise
    if (location.pathname === "/logg-inn" || document.querySelector("[data-trouble], #form-problems"))
      return;
    for (const k of Object.keys(localStorage))
      if (k.startsWith("oppvekst:") && JSON.parse(localStorage[k]).sent)
        localStorage.removeItem(k);
  };
  const forget = (area) => { try { localStorage.removeItem(key(area)); } catch { /* off */ } };
  const button = (text, action) => {
    const b = document.createElement("button");
    b.type = "button";
    b.className = "ds-button";
    b.dataset.variant = "secondary";
    b.dataset.size = "sm";
    b.textContent = text;
    b.addEventListener("click", action);
    return b;
  };
  const offer = (area, text) => {
    const box = document.createElement("div");
    box.className = "restore";
    box.setAttribute("role", "status");
    box.append(say[0], button(say[1], () => { area.value = text; box.remove(); area.focus(); }),
      button(say[2], () => { forget(area); box.remove(); area.focus(); }));
    area.before(box);
  };

  try { settle(); } catch { /* off */ }
  for (const area of document.querySelectorAll("textarea[data-autosave]")) {
    const kept = read(area);
    if (kept && kept !== area.value)
      offer(area, kept);
    else
      forget(area);
    let timer;
    area.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(write, 400, area, false);
    });
    area.form?.addEventListener("submit", () => { clearTimeout(timer); write(area, true); });
  }
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm || form.dataset.confirm;
    if (form.getAttribute("aria-busy") === "true" || (question && !confirm(question)))
      event.preventDefault();
    else if (form.method === "post")
      form.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[aria-busy]"))
      form.removeAttribute("aria-busy");
  });
  for (const form of document.querySelectorAll("form[data-drop]")) { // files dropped, whole folders
    const field = form.elements[form.dataset.drop];
    const folder = form.elements[form.dataset.folder];
    if (folder)
      folder.webkitdirectory = true;
    form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
    form.addEventListener("dragleave", () => form.classList.remove("over"));
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      form.classList.remove("over");
      if (event.dataTransfer.files.length)
        field.files = event.dataTransfer.files;
      field.focus();
    });
  }
  const reload = document.querySelector("[data-reload]"); // what is being worked on is shown when done
  if (reload)
    setTimeout(() => location.reload(), Number(reload.dataset.reload) * 1000);
  document.getElementById("form-problems")?.focus();

  // Work in the background: its page is renewed part by part, and leads on when the work is done.
  const follow = async () => {
    const part = document.querySelector("[data-follow]");
    if (!part)
      return;
    window.stop(); // the reload that pages without script get
    try {
      const reply = await fetch(location.href, { headers: { Accept: "text/html" } });
      const fresh = new DOMParser().parseFromString(await reply.text(), "text/html");
      const now = fresh.querySelector("main [aria-live]");
      if (!reply.ok || !now) {
        location.reload();
        return;
      }
      if (!part.contains(document.activeElement) || !now.hasAttribute("data-follow"))
        part.replaceWith(document.adoptNode(now));
      const next = document.querySelector("main [data-next]");
      if (next)
        location.replace(next.href);
    } catch { /* away for a moment: asked again */ }
    setTimeout(follow, 1000);
  };
  if (document.querySelector("[data-follow]"))
    setTimeout(follow, 1000);
})();
