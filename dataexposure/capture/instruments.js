// Notes what a page sends where the browser's own record has no body (Blob and the like), and
// counts calls by which browsers can be told apart. Put before any script of the page, in every
// frame. Proxies leave what the functions do, their names, lengths and checks as they are.
((mark, gpc) => {
  "use strict";
  const LARGEST = 1 << 20;
  const apply = Reflect.apply;
  const construct = Reflect.construct;
  const { stringify } = JSON;
  const { console } = globalThis;
  const { debug } = console;
  const BlobBefore = globalThis.Blob;
  const readBlob = BlobBefore && BlobBefore.prototype.arrayBuffer;
  const encoder = new TextEncoder();
  const { fromCharCode } = String;
  const encode64 = globalThis.btoa.bind(globalThis);
  const URLBefore = globalThis.URL;

  const tell = (message) => {
    try { apply(debug, console, [mark + stringify(message)]); } catch { /* the page is being left */ }
  };

  const base64 = (bytes) => {
    let text = "";
    for (let at = 0; at < bytes.length; at += 0x2000) {
      text += apply(fromCharCode, String, bytes.subarray(at, at + 0x2000));
    }
    return encode64(text);
  };

  const asBytes = (value) => {
    if (typeof value === "string") return encoder.encode(value);
    if (value instanceof ArrayBuffer) return new Uint8Array(value.slice(0));
    if (ArrayBuffer.isView(value)) {
      return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
    }
    return null;
  };

  // What Blobs and Requests were made of: a Blob cannot be read while its page is being left.
  const made = new WeakMap();

  const joined = (parts) => {
    if (!Array.isArray(parts)) return null;
    const pieces = [];
    let size = 0;
    for (const part of parts) {
      const bytes = made.get(part) || asBytes(part);
      if (!bytes || (size += bytes.length) > LARGEST) return null;
      pieces.push(bytes);
    }
    const whole = new Uint8Array(size);
    let at = 0;
    for (const piece of pieces) { whole.set(piece, at); at += piece.length; }
    return whole;
  };

  const wrapClass = (name, after) => {
    const before = globalThis[name];
    if (typeof before !== "function") return;
    const wrapped = new Proxy(before, {
      construct(target, args, newTarget) {
        const result = construct(target, args, newTarget === wrapped ? target : newTarget);
        try { after(result, args); } catch { /* only the note is lost */ }
        return result;
      },
    });
    const place = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { ...place, value: wrapped });
    const back = Object.getOwnPropertyDescriptor(before.prototype, "constructor");
    Object.defineProperty(before.prototype, "constructor", { ...back, value: wrapped });
  };

  const wrap = (owner, name, before) => {
    const place = owner && Object.getOwnPropertyDescriptor(owner, name);
    const key = place && (place.get ? "get" : "value");
    if (!place || typeof place[key] !== "function" || !place.configurable) return;
    const wrapped = new Proxy(place[key], {
      apply(target, self, args) {
        try { before(self, args); } catch { /* only the note is lost */ }
        return apply(target, self, args);
      },
    });
    Object.defineProperty(owner, name, { ...place, [key]: wrapped });
  };

  wrapClass("Blob", (blob, args) => {
    const bytes = joined(args[0]);
    if (bytes) made.set(blob, bytes);
  });
  wrapClass("Request", (request, args) => {
    const init = args[1];
    if (init && typeof init === "object" && init.body) made.set(request, init.body);
    else if (made.has(args[0])) made.set(request, made.get(args[0]));
  });

  const absolute = (address) => new URLBefore(String(address), document.baseURI).href;

  const note = (method, url, body) => {
    const message = (data, form) => tell({ body: { method, url: absolute(url), data, form } });
    if (body instanceof FormData) {
      const fields = [];
      for (const [name, value] of body) {
        fields.push([name, typeof value === "string" ? value : ""]);
      }
      message("", fields);
    } else if (BlobBefore && body instanceof BlobBefore && !made.has(body)) {
      if (body.size > LARGEST) return;
      apply(readBlob, body, []).then((bytes) => message(base64(new Uint8Array(bytes))), () => {});
    } else {
      const bytes = made.get(body) || asBytes(body);
      if (bytes && bytes.length <= LARGEST) message(base64(bytes));
    }
  };
  const isHidden = (body) => body && typeof body === "object" && !(body instanceof URLSearchParams);

  wrap(Navigator.prototype, "sendBeacon", (self, [url, body]) => {
    if (isHidden(body)) note("POST", url, body);
  });
  wrap(globalThis, "fetch", (self, [input, init]) => {
    const isRequest = input instanceof Request;
    const method = (init && init.method) || (isRequest ? input.method : "GET");
    const body = (init && init.body) || (isRequest && made.get(input));
    if (isHidden(body)) note(String(method).toUpperCase(), isRequest ? input.url : input, body);
  });
  const opened = new WeakMap();
  wrap(XMLHttpRequest.prototype, "open", (self, [method, url]) => {
    opened.set(self, [String(method).toUpperCase(), String(url)]);
  });
  wrap(XMLHttpRequest.prototype, "send", (self, [body]) => {
    const [method, url] = opened.get(self) || [];
    if (url !== undefined && isHidden(body) && !(body instanceof Node)) note(method, url, body);
  });

  // Calls that tell browsers apart, by the host of the script that makes them.
  const ADDRESS = /(?:https?|wss?):\/\/([^\/\s:)]+)/;
  const ENOUGH = 5000;
  let counts = new Map();
  let seen = 0;
  let planned = false;
  const caller = () => {
    try {
      const found = ADDRESS.exec(String(new Error().stack));
      if (found) return found[1];
    } catch { /* pages may say how errors are written */ }
    return location.hostname;
  };
  const flush = () => {
    planned = false;
    const calls = [...counts.values()];
    counts = new Map();
    tell({ calls });
  };
  const count = (call) => {
    if (++seen > ENOUGH) return;
    const host = caller();
    const key = call + " " + host;
    const known = counts.get(key);
    if (known) known[2] += 1;
    else counts.set(key, [call, host, 1]);
    if (!planned) { planned = true; queueMicrotask(flush); }
  };
  const counted = (owner, name, call) => wrap(owner && owner.prototype, name, () => count(call));
  const g = globalThis;

  counted(g.HTMLCanvasElement, "toDataURL", "canvas-read");
  counted(g.HTMLCanvasElement, "toBlob", "canvas-read");
  counted(g.CanvasRenderingContext2D, "getImageData", "canvas-read");
  counted(g.OffscreenCanvas, "convertToBlob", "canvas-read");
  const REVEALING = new Set([7936, 7937, 37445, 37446]);
  for (const kind of [g.WebGLRenderingContext, g.WebGL2RenderingContext]) {
    wrap(kind && kind.prototype, "getParameter", (self, [name]) => {
      if (REVEALING.has(name)) count("webgl-renderer");
    });
  }
  counted(g.BaseAudioContext, "createOscillator", "audio-render");
  counted(g.BaseAudioContext, "createDynamicsCompressor", "audio-render");
  const fonts = new Set();
  wrap(g.CanvasRenderingContext2D && g.CanvasRenderingContext2D.prototype, "measureText", (self) => {
    if (fonts.size < ENOUGH && !fonts.has(self.font)) {
      fonts.add(self.font);
      count("font-measure");
    }
  });
  counted(g.Navigator, "plugins", "navigator-plugins");
  counted(g.Navigator, "hardwareConcurrency", "navigator-hardware");
  counted(g.Navigator, "deviceMemory", "navigator-hardware");
  wrapClass("RTCPeerConnection", () => count("webrtc-connection"));

  if (gpc && navigator.globalPrivacyControl !== true) {
    const { get } = Object.getOwnPropertyDescriptor({ get globalPrivacyControl() { return true; } },
      "globalPrivacyControl");
    Object.defineProperty(Navigator.prototype, "globalPrivacyControl",
      { get, enumerable: true, configurable: true });
  }
})
