// Meta pixel: an image; a form when the address grows long; multipart from a form that is sent.
const about = { id: "100000000000001", dl: page, rl: "", if: "false", ts: String(Date.now()) };
keep("_fbp", "fb.1.1700000000000.1234567890", 90);
pixel("https://www.facebook.com/tr/", { ...about, ev: "PageView" });
if (bought) {
  const purchase = {
    ...about,
    ev: "Purchase",
    "cd[value]": order.value,
    "cd[currency]": order.currency,
    "cd[order_id]": order.number,
    "cd[contents]": JSON.stringify([{ id: item.id, quantity: 1, item_price: item.price }]),
    "cd[content_name]": item.name,
    "cd[content_type]": "product",
    "ud[em]": order.sha256,
    "ud[ph]": order.digits256,
  };
  pixel("https://www.facebook.com/tr/", { ...purchase, eid: "image" });
  post("https://www.facebook.com/tr/", new URLSearchParams({ ...purchase, eid: "form" }));
  const parts = new FormData();
  for (const [name, value] of Object.entries({ ...purchase, eid: "parts" })) {
    parts.append(name, value);
  }
  post("https://www.facebook.com/tr/", parts);
}
