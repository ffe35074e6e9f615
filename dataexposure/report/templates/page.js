"use strict";
(() => {
  const all = (query, root = document) => Array.from(root.querySelectorAll(query));
  const by = (id) => document.getElementById(id);
  const fold = (text) => text.toLocaleLowerCase();

  /* A link to a holder opens it. */
  const reveal = () => {
    const target = by(decodeURIComponent(location.hash.slice(1)));
    const details = target && target.closest("details");
    if (details && !details.open) {
      details.open = true;
    }
    if (details) {
      details.closest("li, section").hidden = false;
      details.scrollIntoView({ block: "start" });
      details.querySelector("summary").focus({ preventScroll: true });
    }
  };
  addEventListener("hashchange", reveal);

  /* On paper everything is open. */
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    closed.forEach((one) => { one.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((one) => { one.open = false; }));

  const say = (id, shown, total) => {
    const note = by(id);
    note.textContent = shown === total ? "" : note.dataset.text.replace("{shown}", shown).replace("{all}", total);
  };

  const holders = all(".holder");
  if (holders.length > 1) {
    by("holder-tools").hidden = false;
    const texts = new Map(holders.map((one) => [one, fold(one.textContent)]));
    const name = (one) => one.querySelector("bdi").textContent;
    const orders = {
      n: (a, b) => a.dataset.n - b.dataset.n,
      name: (a, b) => name(a).localeCompare(name(b), document.documentElement.lang),
      d: (a, b) => b.dataset.d.localeCompare(a.dataset.d) || a.dataset.n - b.dataset.n,
    };
    const filter = () => {
      const wanted = fold(by("find").value.trim());
      const tier = by("tier").value;
      let shown = 0;
      holders.forEach((one) => {
        one.hidden = !(texts.get(one).includes(wanted) && (!tier || one.dataset.t === tier));
        shown += !one.hidden;
      });
      say("shown", shown, holders.length);
    };
    by("find").addEventListener("input", filter);
    by("tier").addEventListener("change", filter);
    by("sort").addEventListener("change", () => all(".list").forEach((list) => {
      list.append(...Array.from(list.children).sort(orders[by("sort").value]));
    }));
    const setAll = (open) => holders.forEach((one) => {
      one.firstElementChild.open = open && !one.hidden;
    });
    by("open").addEventListener("click", () => setAll(true));
    by("close").addEventListener("click", () => setAll(false));
  }

  const ledger = by("ledger");
  if (ledger && ledger.tBodies[0].rows.length > 1) {
    const body = ledger.tBodies[0];
    const rows = Array.from(body.rows);
    by("ledger-tools").hidden = false;
    by("ledger-find").addEventListener("input", (event) => {
      const wanted = fold(event.target.value.trim());
      let shown = 0;
      rows.forEach((row) => {
        row.hidden = !fold(row.textContent).includes(wanted);
        shown += !row.hidden;
      });
      say("ledger-shown", shown, rows.length);
    });
    const heads = all("th[data-sort]", ledger);
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const text = (row) => row.cells[column].textContent;
        rows.sort((a, b) => text(a).localeCompare(text(b), document.documentElement.lang) * (down ? -1 : 1));
        body.append(...rows);
      });
    });
  }

  if (location.hash.length > 1) {
    reveal();
  }
})();
