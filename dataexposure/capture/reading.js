// What a page keeps and shows, asked once it is quiet: names, never values.
() => {
  const keys = (area) => {
    try { return Object.keys(globalThis[area]).slice(0, 500); } catch { return []; }
  };
  const roots = [document];
  for (let at = 0; at < roots.length; at += 1) {
    for (const one of roots[at].querySelectorAll("*")) if (one.shadowRoot) roots.push(one.shadowRoot);
  }
  const text = roots.map((root) => root === document
    ? (document.body ? document.body.innerText : "")
    : [...root.children].map((one) => one.innerText || "").join("\n")).join("\n");
  const passed = new Set(["hidden", "submit", "button", "reset", "image"]);
  const words = (one) => [
    one.name, one.autocomplete, ...[...(one.labels || [])].map((label) => label.innerText),
    one.getAttribute("aria-label"), one.placeholder, one.id,
  ].map((word) => (word || "").trim().replace(/\s+/g, " ").toLowerCase())
    .filter((word) => word && word !== "on" && word !== "off");
  const fields = roots.flatMap((root) => [...root.querySelectorAll("input, select, textarea")])
    .filter((one) => !passed.has(one.type) && !one.disabled && one.getClientRects().length)
    .slice(0, 200)
    .map((one) => ({
      type: one.type.startsWith("select") ? "select" : one.type,
      name: [...new Set(words(one))].join(" ").slice(0, 160),
      required: one.required || one.getAttribute("aria-required") === "true",
    }));
  return {
    host: location.hostname, local: keys("localStorage"), session: keys("sessionStorage"),
    text: text.slice(0, 500000), fields, empty: !document.body || !document.body.childNodes.length,
  };
}
