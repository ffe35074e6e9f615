// Snap pixel: JSON with a list of requests.
const tell = (more) =>
  post(
    "https://tr.snapchat.com/p",
    JSON.stringify({ ctx: { v: "3" }, req: [{ t: { pid: "00000000-snap", pl: page, ...more } }] }),
    "application/json",
  );
tell({ ev: "PAGE_VIEW" });
if (bought) {
  tell({
    ev: "PURCHASE",
    e_pr: order.value,
    e_cur: order.currency,
    e_tid: order.number,
    e_iids: item.id,
    e_ni: "1",
    u_hem: order.sha256,
  });
}
