// X pixel: a list of events as JSON in a parameter, to two hosts.
const tell = (events) => {
  for (const url of ["https://analytics.twitter.com/1/i/adsct", "https://t.co/1/i/adsct"]) {
    pixel(url, {
      p_id: "Twitter",
      p_user_id: "0",
      txn_id: "abc123",
      events: JSON.stringify(events),
      tw_document_href: page,
    });
  }
};
tell([["pageview", null]]);
if (bought) {
  tell([
    [
      "purchase",
      {
        value: order.value,
        currency: order.currency,
        conversion_id: order.number,
        contents: [{ content_id: item.id, content_name: item.name, num_items: 1 }],
        email_address: order.sha256,
      },
    ],
  ]);
}
