// The text and its list light each other up, by pointer, by keyboard and by choice.
// Every mark in the text has data-a, every entry of the list data-for; data-with names what belongs to an event.
const text = document.getElementById("text");
const side = document.getElementById("findings");

if (text && side) {
  const marks = new Map();
  for (const mark of text.querySelectorAll("[data-a]")) {
    const list = marks.get(mark.dataset.a) || [];
    list.push(mark);
    marks.set(mark.dataset.a, list);
  }
  const entryOf = (key) => document.getElementById(`list-${key}`);
  const narrow = window.matchMedia("(max-width: 60rem)");
  let chosen = null;

  function dark() {
    for (const lit of document.querySelectorAll(".lit, .lit-too")) lit.classList.remove("lit", "lit-too");
  }

  // Lights the words and the entry of a key, and softly what belongs to it in the same paragraph.
  function light(key) {
    dark();
    const words = marks.get(key) || [];
    const entry = entryOf(key);
    words.forEach((w) => w.classList.add("lit"));
    if (!entry) return;
    entry.classList.add("lit");
    const near = new Set(words.map((w) => w.closest("p")));
    for (const other of (entry.dataset.with || "").split(" ")) {
      for (const w of marks.get(other) || []) {
        if (near.has(w.closest("p")) && !w.classList.contains("lit")) w.classList.add("lit-too");
      }
    }
  }

  function rest() {
    if (chosen) light(chosen);
    else dark();
  }

  // Brings an entry into view within the list, without moving the page.
  function show(entry) {
    if (narrow.matches || !entry) return;
    const box = side.getBoundingClientRect();
    const at = entry.getBoundingClientRect();
    if (at.top < box.top || at.bottom > box.bottom) {
      side.scrollTop += at.top - box.top - box.height / 3;
    }
  }

  function choose(key) {
    chosen = key;
    rest();
  }

  const keyAt = (target) => {
    const at = target instanceof Element ? target.closest("[data-a], [data-for]") : null;
    return at ? at.dataset.a || at.dataset.for : null;
  };

  for (const room of [text, side]) {
    room.addEventListener("pointerover", (event) => {
      const key = keyAt(event.target);
      if (key) light(key);
      else rest();
    });
    room.addEventListener("pointerleave", rest);
    room.addEventListener("focusin", (event) => {
      const key = keyAt(event.target);
      if (!key) return;
      light(key);
      if (room === text) show(entryOf(key));
    });
    room.addEventListener("focusout", rest);
  }

  // In the text a click chooses, and shows the entry; on narrow screens the link goes there.
  text.addEventListener("click", (event) => {
    const key = keyAt(event.target);
    if (!key || event.target.closest(".ref")) return;
    const link = event.target.closest("a.m");
    if (link && (narrow.matches || event.metaKey || event.ctrlKey)) return;
    if (link) event.preventDefault();
    if (window.getSelection().toString()) return;
    choose(chosen === key ? null : key);
    show(entryOf(key));
    if (link && chosen) history.replaceState(null, "", `#${key}`);
  });

  // In the list, a click beside the links brings the words into view.
  side.addEventListener("click", (event) => {
    const key = keyAt(event.target);
    if (!key) return;
    choose(key);
    if (event.target.closest("a, button, summary, form, input, select, label, details")) return;
    const words = marks.get(key);
    if (words) {
      const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      words[0].scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") choose(null);
  });

  // Who comes by a link to words finds them lit, and their entry in view.
  function arrived() {
    const key = decodeURIComponent(location.hash.slice(1));
    if (marks.has(key)) {
      choose(key);
      show(entryOf(key));
    } else if (key.startsWith("list-") && entryOf(key.slice(5))) {
      choose(key.slice(5));
    }
  }
  window.addEventListener("hashchange", arrived);
  arrived();

  // Words that are selected in the text come into the form for a new event, or into the way to it. Which of
  // several places they stand at is told by how often they stand before.
  const lead = document.querySelector("[data-new-event]");
  const field = document.querySelector("[data-new-words]");
  if (lead || field) {
    document.addEventListener("selectionchange", () => {
      const selection = document.getSelection();
      const words = selection.toString().trim();
      if (!words || words.length > 300 || !selection.rangeCount) return;
      const range = selection.getRangeAt(0);
      if (!text.contains(range.commonAncestorContainer)) return;
      const before = document.createRange();
      before.setStart(text, 0);
      before.setEnd(range.startContainer, range.startOffset);
      const nth = before.toString().split(words).length - 1;
      if (field) {
        field.value = words;
        document.querySelector("[data-new-nth]").value = nth;
      } else {
        const to = new URL(lead.href);
        to.searchParams.set("words", words);
        to.searchParams.set("nth", nth);
        lead.href = to;
      }
    });
    field?.addEventListener("input", () => {
      document.querySelector("[data-new-nth]").value = "";
    });
  }

  // The address keeps what is switched off.
  document.querySelector(".switches")?.addEventListener("change", () => {
    const here = new URL(location.href);
    const off = [...document.querySelectorAll("[data-layer]:not(:checked)")].map((box) => box.dataset.layer);
    const voice = document.querySelector("[data-voice]:checked")?.dataset.voice;
    if (off.length) here.searchParams.set("hide", off.join(","));
    else here.searchParams.delete("hide");
    if (voice && voice !== "all") here.searchParams.set("voice", voice);
    else here.searchParams.delete("voice");
    history.replaceState(null, "", here);
  });
}
