"use strict";

// Keeps the used token out of bookmarks and the history.
history.replaceState(null, "", location.pathname);

addEventListener("DOMContentLoaded", () => {
  // textual.js shows the state of its connection as classes of the body.
  const observer = new MutationObserver(() => {
    if (document.body.classList.contains("-loaded")) {
      observer.disconnect();
      document.querySelector(".xterm-helper-textarea").focus();
    }
  });
  observer.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  // The terminal measures its cells once the page has loaded, with this font.
  document.fonts.load('16px "Roboto Mono"');
});
