// Klaviyo: JSON:API, with the e-mail address in plain text.
const tell = (name, properties, profile, value) =>
  post(
    "https://a.klaviyo.com/client/events/?company_id=ShopXy",
    JSON.stringify({
      data: {
        type: "event",
        attributes: {
          metric: { data: { type: "metric", attributes: { name } } },
          profile: { data: { type: "profile", attributes: profile } },
          properties,
          ...value,
        },
      },
    }),
    "application/json",
  );
tell("Active on Site", { page }, {}, {});
if (bought) {
  tell(
    "Placed Order",
    {
      OrderId: order.number,
      ItemNames: [item.name],
      Items: [{ SKU: item.id, ProductName: item.name, ItemPrice: Number(item.price) }],
    },
    { email: order.email, phone_number: order.phone },
    { value: Number(order.value), value_currency: order.currency },
  );
}
