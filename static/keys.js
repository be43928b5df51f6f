// keys.js - shortcuts of the keyboard, listed on /tastatur: "/" search, "g h" home, "?" the list, Esc.
// Never while something is being written, never with Ctrl, Alt or Meta; they can be turned off there,
// and the browser remembers it (WCAG 2.1.4).
// SPDX-License-Identifier: EUPL-1.2
"use strict";
(() => {
  const off = "oppvekst:taster";
  const list = "/tastatur";
  const stored = () => { try { return localStorage.getItem(off) === "\"av\""; } catch { return false; } };
  const store = (value) => {
    try { if (value) localStorage.setItem(off, "\"av\""); else localStorage.removeItem(off); } catch { /* off */ }
  };
  const signedIn = () => document.querySelector(".who") !== null;
  const places = () => signedIn()
    ? { h: "/hjem", r: "/tilstandsrapport", i: "/indikatorer", o: "/oppfolging" }
    : { h: "/", r: "/rapporter", i: "/indikatorer" };
  const writing = (target) =>
    target instanceof Element && (target.closest("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select") || target.isContentEditable);

  // The tick on /tastatur: there only with script, for without it there are no shortcuts to turn off.
  const tick = (root) => {
    const box = root.querySelector("[data-keys-off]");
    if (!box)
      return;
    box.closest("[hidden]")?.removeAttribute("hidden");
    box.checked = stored();
    box.addEventListener("change", () => store(box.checked));
  };
  tick(document);

  const show = async () => {
    if (location.pathname === list)
      return;
    try {
      const reply = await fetch(list, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      const part = page.getElementById("tastatur");
      const before = document.activeElement;
      const dialog = document.createElement("dialog");
      dialog.className = "keys-dialog";
      dialog.setAttribute("aria-labelledby", "tastatur-navn");
      dialog.append(document.adoptNode(part));
      const close = dialog.querySelector("[data-close]");
      close.hidden = false;
      close.addEventListener("click", () => dialog.close());
      dialog.addEventListener("close", () => { dialog.remove(); before?.focus(); });
      tick(dialog);
      document.body.append(dialog);
      dialog.showModal();
    } catch { location.href = list; }
  };
  const search = (event) => {
    const field = document.querySelector("[data-key='/']");
    event.preventDefault();
    if (field && field.offsetParent)
      field.focus();
    else
      location.href = "/sok";
  };

  let since = 0; // when "g" was pressed
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || stored())
      return;
    if (event.key === "Escape" && event.target.matches?.("[data-key='/']"))
      event.target.blur();
    if (writing(event.target) || document.querySelector("dialog[open]"))
      return;
    const to = event.timeStamp - since < 1500 && places()[event.key];
    since = event.key === "g" ? event.timeStamp : 0;
    if (to)
      location.href = to;
    else if (event.key === "/")
      search(event);
    else if (event.key === "?")
      show();
  });
})();
