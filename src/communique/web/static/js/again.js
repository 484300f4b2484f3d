// A page that could not be had yet: looks again by itself, as long as somebody looks at it.
const hint = document.querySelector("[data-again]");
if (hint) {
  const seconds = Math.max(2, Number(hint.dataset.again) || 5);
  hint.append(` – this page looks again every ${seconds} seconds.`);
  const look = async () => {
    if (document.visibilityState === "visible") {
      try {
        const answer = await fetch(location.href, { cache: "no-store" });
        if (answer.status < 500) return location.reload();
      } catch {
        hint.textContent = "The server does not answer. Is “communique serve” still running?";
      }
    }
    setTimeout(look, seconds * 1000);
  };
  setTimeout(look, seconds * 1000);
}
