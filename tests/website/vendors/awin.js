// Awin master tag: a sale is an image.
if (bought) {
  pixel("https://www.awin1.com/sread.img", {
    tt: "ns",
    tv: "2",
    merchant: "12345",
    amount: order.value,
    ch: "aw",
    cr: order.currency,
    parts: `DEFAULT:${order.value}`,
    ref: order.number,
    cks: "12345_1700000000_abcdef",
    "bd[0]": `AW:P|12345|${order.number}|${item.id}|${item.name}|${item.price}|1|${item.id}|DEFAULT|`,
  });
}
