// A session recorder: what is typed goes out over a WebSocket.
keep("_hjSessionUser_1234567", "aaaa0000", 365);
const line = new WebSocket("wss://ws.hotjar.com/api/v2/client/ws?v=7");
const waiting = [];
const say = (kind, more) => {
  const text = JSON.stringify({ kind, page, ...more });
  if (line.readyState === WebSocket.OPEN) {
    line.send(text);
  } else {
    waiting.push(text);
  }
};
line.addEventListener("open", () => waiting.splice(0).forEach((text) => line.send(text)));
say("start", {});
let last = "";
const typed = (field) => {
  if (field && field.id === "email" && field.value && field.value !== last) {
    last = field.value;
    say("input", { selector: "#email", value: last });
  }
};
typed(document.getElementById("email"));
document.addEventListener("change", ({ target }) => typed(target));
