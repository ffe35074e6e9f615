// Two questions about a frame: which selectors match something visible, and which controls
// stand in a dialogue that asks for consent by its words. Open shadow roots are part of both.
({ selectors, words }) => {
  const roots = [document];
  for (let at = 0; at < roots.length; at += 1) {
    for (const one of roots[at].querySelectorAll("*")) if (one.shadowRoot) roots.push(one.shadowRoot);
  }
  const isVisible = (one) => {
    const box = one.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(one).visibility === "visible";
  };
  const state = (selector) => {
    try {
      for (const root of roots) if ([...root.querySelectorAll(selector)].some(isVisible)) return "yes";
    } catch { return "unsure"; }
    return roots.length > 1 && /[\s>+~]/.test(selector.trim()) ? "unsure" : "no";
  };
  if (!words) return { states: selectors.map(state) };

  const plain = (text) => (text || "").toLowerCase().replace(/\s+/g, " ").trim();
  const up = (one) => one.parentElement || (one.getRootNode().host ?? null);
  const textOf = (one) => plain((one.innerText || "")
    + (one.shadowRoot ? [...one.shadowRoot.children].map((child) => child.innerText).join(" ") : ""));
  const isDialogue = (one) => {
    const role = one.getAttribute("role");
    if (one.tagName === "DIALOG" || role === "dialog" || role === "alertdialog") return true;
    if (/cookie|consent|gdpr|cmp/i.test(`${one.id} ${one.getAttribute("class") || ""}`)) return true;
    return ["fixed", "sticky"].includes(getComputedStyle(one).position);
  };
  const asks = (control) => {
    for (let one = up(control); one && one !== document.body; one = up(one)) {
      if (!isDialogue(one) || !isVisible(one)) continue;
      const text = textOf(one);
      if (text.length > 10000) return false;
      if (!words.about.some((word) => text.includes(word))) continue;
      // A form that asks for more than a choice is no consent question.
      return !one.querySelector("input[type=email], input[type=password], input[type=tel], textarea");
    }
    return false;
  };
  const stays = (one) => one.tagName !== "A" || !one.getAttribute("href")
    || one.protocol === "javascript:" || one.origin === location.origin;
  const label = (one) => plain(one.innerText || one.value || one.getAttribute("aria-label"))
    .replace(/[\s.!›»→✓✕×]+$/u, "");
  const controls = roots.flatMap((root) => [...root.querySelectorAll(
    "button, [role=button], a, input[type=button], input[type=submit]")])
    .filter((one) => isVisible(one) && stays(one));
  const first = (list) => controls.find((one) => list.includes(label(one)) && asks(one)) || null;
  return { accept: first(words.accept), reject: first(words.reject) };
}
