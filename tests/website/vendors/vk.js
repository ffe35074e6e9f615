// VK: the retargeting pixel, and the counter of Top.Mail.Ru with its semicolons.
pixel("https://vk.com/rtrg", { p: "VK-RTRG-000000-shop", products_event: "view_home" });
if (bought) {
  pixel("https://vk.com/rtrg", {
    p: "VK-RTRG-000000-shop",
    products_event: "purchase",
    products_params: JSON.stringify({
      products: [{ id: item.id, price: Number(item.price) }],
      total_price: Number(order.value),
      currency_code: order.currency,
    }),
  });
  const value = encodeURIComponent(`RG:${order.value}/purchase`);
  new Image().src =
    `https://top-fwz1.mail.ru/tracker?js=13;id=1234567;e=${value};u=${encodeURIComponent(page)};r=`;
}
