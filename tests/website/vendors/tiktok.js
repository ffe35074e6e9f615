// TikTok pixel: JSON, sent as a beacon whose data is a Blob.
const tell = (event, properties, user) =>
  navigator.sendBeacon(
    "https://analytics.tiktok.com/api/v2/pixel",
    new Blob(
      [
        JSON.stringify({
          event,
          event_id: order ? `tt-${order.number}` : "tt-view",
          properties,
          context: { pixel: { code: "C0000000SHOP" }, page: { url: page }, user },
        }),
      ],
      { type: "application/json" },
    ),
  );
keep("_ttp", "2aaaaaaaaaaaaaaaaaaaaaaaaaa", 390);
tell("Pageview", {}, { anonymous_id: "aaaaaaaa-0000" });
if (bought) {
  tell(
    "CompletePayment",
    {
      value: Number(order.value),
      currency: order.currency,
      order_id: order.number,
      contents: [
        { content_id: item.id, content_name: item.name, quantity: 1, price: Number(item.price) },
      ],
    },
    { sha256_email: order.sha256, sha256_phone_number: order.phone256 },
  );
}
