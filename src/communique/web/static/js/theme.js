// Light or dark as the reader chose last, before the page is drawn; without a choice, as the system has it.
// Loaded in the head and not as a module, so that no page flashes in the wrong colours.
(function () {
  var key = "communique-theme";
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var kept = localStorage.getItem(key);
    if (kept === "light" || kept === "dark") root.dataset.theme = kept;
  } catch (error) {
    // A browser that keeps nothing for this site: the system's choice stands.
  }
  function dark() {
    if (root.dataset.theme) return root.dataset.theme === "dark";
    return window.matchMedia("(prefers-color-scheme: dark)").matches;
  }
  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector("[data-theme-switch]");
    if (!button) return;
    function told() {
      button.textContent = dark() ? "Light" : "Dark";
      button.setAttribute("aria-label", dark() ? "Use light colours" : "Use dark colours");
      button.hidden = false;
    }
    button.addEventListener("click", function () {
      root.dataset.theme = dark() ? "light" : "dark";
      try {
        localStorage.setItem(key, root.dataset.theme);
      } catch (error) {
        // Chosen for this page alone.
      }
      told();
      document.dispatchEvent(new CustomEvent("themechange"));
    });
    told();
  });
})();
