// Pinterest tag: JSON inside parameters.
const about = { tid: "2600000000001", ad: JSON.stringify({ loc: page, ref: "" }) };
pixel("https://ct.pinterest.com/v3/", { ...about, event: "pagevisit" });
if (bought) {
  pixel("https://ct.pinterest.com/v3/", {
    ...about,
    event: "checkout",
    ed: JSON.stringify({
      value: Number(order.value),
      currency: order.currency,
      order_id: order.number,
      order_quantity: 1,
      line_items: [
        {
          product_id: item.id,
          product_name: item.name,
          product_price: Number(item.price),
          product_quantity: 1,
        },
      ],
    }),
    pd: JSON.stringify({ em: order.sha256 }),
  });
}
