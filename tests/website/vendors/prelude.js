// What the stand-ins share. `order` is there on the thank-you page only; `choice` is what the
// visitor said; `bought` holds when a purchase is to be told.
const order = window.order;
const item = order && order.item;
const choice = window.choice;
const bought = Boolean(order) && choice === "accept";
const page = location.origin + location.pathname;
const pixel = (url, pairs) => {
  new Image().src = url + "?" + new URLSearchParams(pairs);
};
const post = (url, body, type) =>
  fetch(url, {
    method: "POST",
    body,
    keepalive: true,
    credentials: "include",
    ...(type ? { headers: { "Content-Type": type } } : {}),
  }).catch(() => {});
const keep = (name, value, days, more = "") => {
  document.cookie = `${name}=${value}; path=/; max-age=${days * 86400}; SameSite=Lax${more}`;
};
