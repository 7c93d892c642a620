"use strict";

// A bookmark should not keep a token that has been used.
history.replaceState(null, "", location.pathname);

addEventListener("DOMContentLoaded", () => {
  // textual.js says by classes of the body how its connection is.
  const look = new MutationObserver(() => {
    if (document.body.classList.contains("-loaded")) {
      look.disconnect();
      document.querySelector(".xterm-helper-textarea").focus();
    }
  });
  look.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  // The width of a cell is measured when the page has loaded; the font should be there by then.
  document.fonts.load('16px "Roboto Mono"');
});
