// Reddit pixel: an image.
const about = { ts: String(Date.now()), id: "t2_shop", uuid: "aaaa-0000", integration: "reddit" };
pixel("https://alb.reddit.com/rp.gif", { ...about, event: "PageVisit" });
if (bought) {
  pixel("https://alb.reddit.com/rp.gif", {
    ...about,
    event: "Purchase",
    "m.itemCount": "1",
    "m.valueDecimal": order.value,
    "m.currency": order.currency,
    "m.transactionId": order.number,
    "m.products": JSON.stringify([{ id: item.id, name: item.name }]),
    em: order.sha256,
  });
}
