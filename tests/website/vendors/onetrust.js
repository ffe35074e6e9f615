// OneTrust's banner, by the names of its controls. With data-layer="second" the first layer has
// no control to reject, and the second one starts with everything on.
const NAME = "OptanonConsent";
const second = document.currentScript.dataset.layer === "second";
const yes = "C0001:1,C0002:1,C0003:1,C0004:1";
const no = "C0001:1,C0002:0,C0003:0,C0004:0";
const button = (id, text, action, name = "") => {
  const made = document.createElement("button");
  made.id = id;
  made.className = name;
  made.textContent = text;
  made.addEventListener("click", action);
  return made;
};
const box = (id) => {
  const made = document.createElement("div");
  made.id = id;
  made.setAttribute("role", "dialog");
  made.style.cssText = "position:fixed;bottom:0;left:0;right:0;padding:1em;background:#eee";
  return made;
};
const decide = (root, groups) => {
  keep(NAME, encodeURIComponent(`isGpcEnabled=0&version=202601.1.0&groups=${groups}`), 365);
  keep("OptanonAlertBoxClosed", new Date().toISOString(), 365);
  root.remove();
  window.dispatchEvent(new Event("OneTrustGroupsUpdated"));
};
const settings = (root) => {
  const center = box("onetrust-pc-sdk");
  center.append("Privacy Preference Center");
  for (const [id, title] of [
    ["2", "Performance cookies"],
    ["3", "Functional cookies"],
    ["4", "Targeting cookies"],
  ]) {
    const label = document.createElement("label");
    const toggle = document.createElement("input");
    toggle.type = "checkbox";
    toggle.checked = second;
    toggle.id = `ot-group-id-C000${id}`;
    toggle.className = "category-switch-handler";
    label.append(toggle, title);
    center.append(label);
  }
  const chosen = () =>
    `C0001:1,${[...center.querySelectorAll("input")]
      .map((one) => `${one.id.slice(-5)}:${one.checked ? 1 : 0}`)
      .join()}`;
  center.append(
    button("accept-recommended-btn-handler", "Allow All", () => decide(root, yes)),
    button("", "Reject All", () => decide(root, no), "ot-pc-refuse-all-handler"),
    button("", "Confirm My Choices", () => decide(root, chosen()), "save-preference-btn-handler"),
  );
  return center;
};
const show = () => {
  const root = document.createElement("div");
  root.id = "onetrust-consent-sdk";
  const banner = box("onetrust-banner-sdk");
  const center = settings(root);
  center.style.display = "none";
  banner.append("We use cookies to measure and to advertise. ");
  banner.append(
    button("onetrust-pc-btn-handler", "Cookie Settings", () => {
      banner.style.display = "none";
      center.style.display = "";
    }),
  );
  if (!second) {
    banner.append(
      button("onetrust-reject-all-handler", "Reject All", () => decide(root, no)),
    );
  }
  banner.append(
    button("onetrust-accept-btn-handler", "Accept All Cookies", () => decide(root, yes)),
  );
  root.append(banner, center);
  document.body.append(root);
};
if (!document.cookie.includes(`${NAME}=`)) {
  if (document.body) {
    show();
  } else {
    document.addEventListener("DOMContentLoaded", show);
  }
}
