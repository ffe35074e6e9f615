// Google Analytics 4: one event as an image, several as lines of a body; and the same through
// the shop's own host.
keep("_ga", "GA1.1.111111111.1700000000", 400);
const about = {
  v: "2",
  tid: "G-SHOP000001",
  cid: "111111111.1700000000",
  dl: page,
  dt: document.title,
};
if (!order || !bought) {
  pixel("https://www.google-analytics.com/g/collect", { ...about, en: "page_view" });
} else {
  const purchase = new URLSearchParams({
    en: "purchase",
    cu: order.currency,
    "ep.transaction_id": order.number,
    "epn.value": order.value,
    pr1: `id${item.id}~nm${item.name}~pr${item.price}~qt1`,
  });
  const lines = `en=page_view\r\n${purchase}\r\nen=scroll&epn.percent_scrolled=90`;
  const person = { ...about, em: `tv.1~em.${order.sha256url}` };
  navigator.sendBeacon(
    `https://region1.google-analytics.com/g/collect?${new URLSearchParams(person)}`,
    lines,
  );
  const relay = new URLSearchParams({ ...person, ...Object.fromEntries(purchase) });
  post(`https://metrics.shop.example/g/collect?${relay}`, "");
}
