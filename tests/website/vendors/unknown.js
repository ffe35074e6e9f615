// A tracker that no list knows: it tells browsers apart, and takes the address in base64.
const shade = () => {
  const canvas = document.createElement("canvas");
  canvas.width = 240;
  canvas.height = 60;
  const pen = canvas.getContext("2d");
  pen.font = "18px Arial";
  pen.fillStyle = "#f60";
  pen.fillRect(100, 5, 80, 30);
  pen.fillStyle = "#069";
  pen.fillText("Sphinx of black quartz, judge my vow", 2, 30);
  return canvas.toDataURL();
};
const widths = () => {
  const pen = document.createElement("canvas").getContext("2d");
  return Array.from({ length: 80 }, (_, at) => {
    pen.font = `16px "Face ${at}", monospace`;
    return pen.measureText("mmmmmmmmmmlli").width;
  });
};
const card = () => {
  const gl = document.createElement("canvas").getContext("webgl");
  return gl ? gl.getParameter(gl.RENDERER) : "";
};
const mark = [shade(), shade(), shade(), widths().join(), card()].join("|").length;
pixel("https://tracker-unknown.example/pixel.gif", {
  mark: String(mark),
  page,
  ...(bought ? { who: btoa(order.email.trim().toLowerCase()), sum: order.value } : {}),
});
