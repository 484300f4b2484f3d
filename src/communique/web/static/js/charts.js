// What a browser adds to the charts: a line that tells what one points at, arrow keys, zooming, a stretch of
// time chosen by drawing, and the part below a chart without a new page. All of it works as links without.
const d3 = window.d3;
const linkAt = (target) => (target instanceof Element ? target.closest(".drawing a") : null);
const visible = (element) => element.getClientRects().length > 0;

// The line below a chart tells what the pointer or the focus is on.
function readouts() {
  for (const line of document.querySelectorAll("[data-readout]")) line.textContent = line.dataset.readout;
  const tell = (event) => {
    const link = linkAt(event.target);
    const figure = (link || event.target).closest?.("figure");
    const line = figure?.querySelector("[data-readout]");
    if (line) line.textContent = link ? link.getAttribute("aria-label") : line.dataset.readout;
  };
  document.addEventListener("pointerover", tell);
  document.addEventListener("focusin", tell);
}

// One stop of the tab key a drawing; the arrow keys go from there.
function arrows() {
  const links = (drawing) => [...drawing.querySelectorAll("a")];
  const ordered = (drawing) =>
    drawing.dataset.chart === "graph" ? links(drawing).sort((a, b) => b.dataset.node - a.dataset.node || 0) : links(drawing);
  for (const drawing of document.querySelectorAll(".drawing[data-chart]")) {
    const all = ordered(drawing);
    const first = all.find((a) => a.hasAttribute("aria-current")) || all.find((a) => a.dataset.node) || all[0];
    for (const link of all) link.setAttribute("tabindex", link === first ? "0" : "-1");
  }
  document.addEventListener("keydown", (event) => {
    const link = linkAt(event.target);
    if (!link || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = links(link.closest(".drawing"));
    const at = all.indexOf(link);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const to =
      event.key === "Home" ? 0 : event.key === "End" ? all.length - 1 : step ? at + step : null;
    if (to === null || !all[to]) return;
    event.preventDefault();
    link.setAttribute("tabindex", "-1");
    all[to].setAttribute("tabindex", "0");
    all[to].focus();
  });
}

// What is behind a column is put below the chart, and the address keeps it.
function behind() {
  const load = async (address) => {
    const answer = await fetch(address, { headers: { accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const other = new DOMParser().parseFromString(await answer.text(), "text/html");
    const there = other.getElementById("behind");
    const here = document.getElementById("behind");
    if (!there || !here) throw new Error("no such part");
    here.replaceWith(there);
    const on = other.querySelector(".columns-drawing a[aria-current]")?.getAttribute("href");
    for (const link of document.querySelectorAll("a[data-part='behind']")) {
      const chosen = link.getAttribute("href") === on;
      link.classList.toggle("on", chosen);
      if (chosen) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    return there;
  };
  document.addEventListener("click", async (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-part='behind']") : null;
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const address = link.getAttribute("href");
    event.preventDefault();
    try {
      const part = await load(address);
      history.pushState({ part: true }, "", address);
      part.focus({ preventScroll: true });
      const box = part.getBoundingClientRect();
      if (box.top > window.innerHeight - 120 || box.top < 0) part.scrollIntoView({ block: "nearest" });
    } catch {
      location.assign(address);
    }
  });
  window.addEventListener("popstate", () => {
    if (document.getElementById("behind")) load(location.href).catch(() => location.reload());
  });
}

// Moving and zooming. The page still scrolls: the wheel zooms with Ctrl or Command, and fingers in twos.
function zooms() {
  if (!d3?.zoom) return;
  for (const drawing of document.querySelectorAll("[data-chart='map'], [data-chart='graph']")) {
    const inner = drawing.querySelector("[data-zoomed]");
    const [, , width, height] = drawing.getAttribute("viewBox").split(" ").map(Number);
    const sizes = [...inner.querySelectorAll("circle, rect")].map((shape) => ({
      shape, x: Number(shape.getAttribute("x")), y: Number(shape.getAttribute("y")),
      r: Number(shape.getAttribute("r")), width: Number(shape.getAttribute("width")), height: Number(shape.getAttribute("height")),
    }));
    const names = [...inner.querySelectorAll("text")].map((text) => {
      const size = parseFloat(getComputedStyle(text).fontSize);
      return { text, size };
    });
    const shown = ({ transform: t }) => {
      inner.setAttribute("transform", t.toString());
      for (const one of sizes) {
        if (one.r) one.shape.setAttribute("r", one.r / t.k);
        else {
          one.shape.setAttribute("x", one.x + (one.width / 2) * (1 - 1 / t.k));
          one.shape.setAttribute("y", one.y + (one.height / 2) * (1 - 1 / t.k));
          one.shape.setAttribute("width", one.width / t.k);
          one.shape.setAttribute("height", one.height / t.k);
        }
      }
      for (const { text, size } of names) text.style.setProperty("font-size", `${size / t.k}px`);
      inner.style.setProperty("--zoom", t.k);
    };
    const zoom = d3.zoom()
      .scaleExtent([1, 12])
      .extent([[0, 0], [width, height]])
      .translateExtent([[0, 0], [width, height]])
      .filter((event) => {
        if (event.type === "wheel") return event.ctrlKey || event.metaKey;
        if (event.type.startsWith("touch")) return event.touches.length > 1 || d3.zoomTransform(drawing).k > 1;
        return !event.button && event.type !== "dblclick";
      })
      .on("zoom", shown);
    const chosen = d3.select(drawing).call(zoom);
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const by = (k) => (calm ? chosen : chosen.transition().duration(180)).call(zoom.scaleBy, k);
    const row = document.createElement("div");
    row.className = "zoom-buttons";
    for (const [label, name, act] of [
      ["+", "Zoom in", () => by(1.6)],
      ["−", "Zoom out", () => by(1 / 1.6)],
      ["Whole", "Show the whole drawing", () => (calm ? chosen : chosen.transition().duration(180)).call(zoom.transform, d3.zoomIdentity)],
    ]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "quiet";
      button.textContent = label;
      button.setAttribute("aria-label", name);
      button.addEventListener("click", act);
      row.append(button);
    }
    drawing.after(row);
  }
}

// In the network, who deals with the one that is pointed at.
function lights() {
  for (const drawing of document.querySelectorAll("[data-chart='graph']")) {
    const ties = [...drawing.querySelectorAll("[data-one]")];
    const nodes = new Map([...drawing.querySelectorAll("[data-node]")].map((n) => [n.dataset.node, n]));
    const light = (event) => {
      const link = linkAt(event.target);
      for (const lit of drawing.querySelectorAll(".near")) lit.classList.remove("near");
      drawing.classList.toggle("lit", Boolean(link));
      if (!link) return;
      link.classList.add("near");
      for (const tie of ties) {
        if (tie !== link && tie.dataset.one !== link.dataset.node && tie.dataset.two !== link.dataset.node) continue;
        tie.classList.add("near");
        nodes.get(tie.dataset.one)?.classList.add("near");
        nodes.get(tie.dataset.two)?.classList.add("near");
      }
    };
    drawing.addEventListener("pointerover", light);
    drawing.addEventListener("pointerleave", light);
    drawing.addEventListener("focusin", light);
    drawing.addEventListener("focusout", light);
  }
}

// Along the axis of time a stretch can be drawn, which becomes the filter's first and last day.
function brushes() {
  if (!d3?.brushX) return;
  for (const drawing of document.querySelectorAll("[data-brush]")) {
    if (!visible(drawing)) continue;
    const { left, right, first, last } = drawing.dataset;
    const [, , , height] = drawing.getAttribute("viewBox").split(" ").map(Number);
    const start = Date.parse(first);
    const length = Date.parse(last) - start;
    const day = (x) => new Date(start + (length * (x - left)) / (right - left)).toISOString().slice(0, 10);
    const brush = d3.brushX().extent([[Number(left), height - 22], [Number(right), height]]).on("end", (event) => {
      if (!event.selection || !event.sourceEvent) return;
      const [one, two] = event.selection;
      if (two - one < 4) return;
      const address = new URL(location.href);
      for (const name of ["at", "by", "cursor"]) address.searchParams.delete(name);
      address.searchParams.set("since", day(one));
      address.searchParams.set("until", day(two - 0.01));
      address.hash = "";
      location.assign(address);
    });
    d3.select(drawing).append("g").attr("class", "brush").attr("aria-hidden", "true").call(brush);
  }
}

readouts();
arrows();
behind();
zooms();
lights();
brushes();
