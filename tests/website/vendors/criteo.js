// Criteo OneTag: each event is a query inside a parameter, its products encoded once more.
const inside = (pairs) =>
  Object.entries(pairs)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
const tell = (...events) => {
  const packed = events.map((event, at) => [`p${at}`, inside(event)]);
  pixel("https://sslwidget.criteo.com/event", [["a", "12345"], ["v", "5.23.0"], ...packed]);
};
if (bought) {
  const product = encodeURIComponent(`i=${item.id}&pr=${item.price}&q=1`);
  tell(
    { e: "ce", m: `[${order.md5}]` },
    { e: "vc", id: order.number, c: order.currency, p: `[${product}]` },
    { e: "dis" },
  );
} else {
  tell({ e: "exd", site_type: "d" }, { e: "vh" }, { e: "dis" });
}
