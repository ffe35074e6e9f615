// Microsoft UET: an image for each event.
const about = { ti: "123456", Ver: "2", p: page, tl: document.title, rn: "187899" };
localStorage.setItem("_uetvid", "aaaabbbbccccdddd0000");
pixel("https://bat.bing.com/action/0", { ...about, evt: "pageLoad" });
if (bought) {
  pixel("https://bat.bing.com/action/0", {
    ...about,
    evt: "custom",
    ea: "purchase",
    gv: order.value,
    gc: order.currency,
    transaction_id: order.number,
    prodid: item.id,
    em: order.sha256,
  });
}
