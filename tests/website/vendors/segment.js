// Segment: a batch of events as JSON.
localStorage.setItem("ajs_anonymous_id", '"aaaaaaaa-1111"');
const about = {
  anonymousId: "aaaaaaaa-1111",
  context: {
    library: { name: "analytics.js", version: "next-1.0.0" },
    page: { url: page },
    ...(bought ? { traits: { email: order.email, name: order.name } } : {}),
  },
};
const batch = [{ ...about, type: "page", name: document.title, properties: { url: page } }];
if (bought) {
  batch.push({
    ...about,
    type: "track",
    event: "Order Completed",
    properties: {
      order_id: order.number,
      total: Number(order.value),
      currency: order.currency,
      products: [{ product_id: item.id, sku: item.id, name: item.name, quantity: 1 }],
    },
  });
}
post(
  "https://api.segment.io/v1/batch",
  JSON.stringify({ writeKey: "ShopWriteKey", batch }),
  "text/plain",
);
