// Printing is the only thing here that needs a script; without it the browser's own menu prints the same page.
(function () {
  "use strict";
  var buttons = document.querySelectorAll("[data-print]");
  for (var i = 0; i < buttons.length; i += 1) {
    buttons[i].hidden = false;
    buttons[i].addEventListener("click", function () { window.print(); });
  }
  if (buttons.length && window.location.search === "?in") {
    window.addEventListener("load", function () { window.print(); });
  }
})();
