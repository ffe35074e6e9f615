// A container as Google Tag Manager serves it: what it would do stands in its data.
(function () {
  var data = {
    "resource": {
      "version": "7",
      "macros": [
        { "function": "__e" },
        { "function": "__v", "vtp_dataLayerVersion": 2, "vtp_name": "ecommerce.value" },
        { "function": "__v", "vtp_dataLayerVersion": 2, "vtp_name": "ecommerce.transaction_id" },
        { "function": "__c", "vtp_value": "G-SHOP000001" }
      ],
      "tags": [
        {
          "function": "__awct",
          "metadata": ["map"],
          "once_per_event": true,
          "vtp_conversionValue": ["macro", 1],
          "vtp_orderId": ["macro", 2],
          "vtp_conversionId": "123456789",
          "vtp_currencyCode": "NOK",
          "vtp_conversionLabel": "AbC-D_efG",
          "tag_id": 4
        },
        {
          "function": "__gaawe",
          "metadata": ["map"],
          "once_per_event": true,
          "vtp_eventName": "purchase",
          "vtp_measurementIdOverride": ["macro", 3],
          "tag_id": 5
        },
        {
          "function": "__html",
          "metadata": ["map"],
          "once_per_event": true,
          "vtp_html": "\u003Cscript\u003Efbq(\"track\",\"Purchase\",{value:73.19,currency:\"NOK\"});\u003C\/script\u003E",
          "tag_id": 6
        }
      ],
      "predicates": [
        { "function": "_eq", "arg0": ["macro", 0], "arg1": "purchase" },
        { "function": "_eq", "arg0": ["macro", 0], "arg1": "gtm.js" }
      ],
      "rules": [[["if", 0], ["add", 0, 1, 2]]]
    },
    "runtime": []
  };
  // The part of the container's program that matters here: the conversion of Google Ads.
  var told = false;
  function tell() {
    var order = window.order;
    if (told || !order || window.choice !== "accept" || window.gpc) {
      return;
    }
    told = true;
    var tag = data.resource.tags[0];
    var person = "tv.1~em." + order.sha256url;
    new Image().src = "https://www.googleadservices.com/pagead/conversion/" +
      tag.vtp_conversionId + "/?" + new URLSearchParams({
        label: tag.vtp_conversionLabel, value: order.value, currency_code: order.currency,
        oid: order.number, url: location.origin + location.pathname, em: person,
        item: "(" + order.item.id + "*" + order.item.price + "*1)"
      });
    new Image().src = "https://googleads.g.doubleclick.net/pagead/viewthroughconversion/" +
      tag.vtp_conversionId + "/?" + new URLSearchParams({
        random: "1", data: "event=purchase;id=" + order.item.id + ";value=" + order.value,
        url: location.origin + location.pathname
      });
  }
  window.addEventListener("tags", tell);
  tell();
})();
