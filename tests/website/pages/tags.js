// The shop's own loader. What it loads when is what the tests hold a check against: see
// `expected.py`. It misbehaves on purpose.
(() => {
  const TAGS = [
    ["analytics", "https://www.googletagmanager.com/gtag/js?id=G-SHOP000001"],
    ["meta", "https://connect.facebook.net/en_US/fbevents.js"],
    ["criteo", "https://dynamic.criteo.com/js/ld/ld.js?a=12345"],
    ["ads", "https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=C0000000SHOP"],
    ["ads", "https://s.pinimg.com/ct/core.js"],
    ["ads", "https://sc-static.net/scevent.min.js"],
    ["ads", "https://bat.bing.com/bat.js"],
    ["ads", "https://static.ads-twitter.com/uwt.js"],
    ["ads", "https://www.redditstatic.com/ads/pixel.js"],
    ["ads", "https://mc.yandex.ru/metrika/tag.js"],
    ["ads", "https://vk.com/js/api/openapi.js?169"],
    ["ads", "https://www.dwin1.com/12345.js"],
    ["ads", "https://snap.licdn.com/li.lms-analytics/insight.min.js"],
    ["other", "https://static.klaviyo.com/onsite/js/klaviyo.js?company_id=ShopXy"],
    ["other", "https://cdn.segment.com/analytics.js/v1/ShopWriteKey/analytics.min.js"],
    ["other", "https://static.hotjar.com/c/hotjar-1234567.js?sv=6"],
    ["other", "https://www.clarity.ms/tag/shopxy"],
    ["other", "https://tracker-unknown.example/t.js"],
  ];
  const WHEN = {
    none: ["analytics"],
    reject: ["meta"],
    accept: ["analytics", "meta", "criteo", "ads", "other"],
  };
  const cookie = (name) => {
    const found = document.cookie.split("; ").find((one) => one.startsWith(`${name}=`));
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  };
  const chosen = () => {
    const said = cookie("OptanonConsent") || cookie("samtykke");
    if (!said) {
      return "none";
    }
    return said.includes("C0004:1") || said === "ja" ? "accept" : "reject";
  };
  const element = document.getElementById("order");
  window.order = element ? JSON.parse(element.textContent) : null;
  // The signal counts when it comes both ways: as a header, and as a property.
  window.gpc = document.documentElement.dataset.gpc === "1" && navigator.globalPrivacyControl === true;
  const loaded = new Set();
  const load = () => {
    window.choice = chosen();
    let kinds = WHEN[window.choice];
    if (window.gpc) {
      kinds = [...kinds.filter((kind) => kind !== "ads" && kind !== "meta"), "criteo"];
    }
    for (const [kind, url] of TAGS) {
      const key = `${window.choice} ${url}`;
      if (kinds.includes(kind) && !loaded.has(key)) {
        loaded.add(key);
        document.head.append(Object.assign(document.createElement("script"), { src: url }));
      }
    }
    window.dispatchEvent(new Event("tags"));
  };
  window.addEventListener("OneTrustGroupsUpdated", load);
  window.addEventListener("samtykke", load);
  load();
})();
