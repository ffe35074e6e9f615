// Microsoft Clarity: a page view.
keep("_clck", "aaaa0000", 365);
post("https://www.clarity.ms/collect", JSON.stringify({ e: ["0.8", 1, "shopxy"], p: page }));
