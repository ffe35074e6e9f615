// LinkedIn insight tag: an image; on the thank-you page a conversion.
pixel("https://px.ads.linkedin.com/collect", {
  v: "2",
  fmt: "gif",
  pid: "1234567",
  url: page,
  ...(bought ? { conversionId: "7654321" } : {}),
});
