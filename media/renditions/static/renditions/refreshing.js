// While packages are being made, the page brings itself up to date; without script, reloading does the same.
(function () {
  "use strict";
  function watch() {
    var shown = document.querySelector("[data-refresh][id]");
    if (!shown) return;
    window.setTimeout(function () {
      // Whoever is about to press something keeps the page as it is.
      if (document.hidden || shown.contains(document.activeElement)) return watch();
      fetch(window.location.href, { credentials: "same-origin" })
        .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(answer.status); })
        .then(function (text) {
          var fresh = new DOMParser().parseFromString(text, "text/html").getElementById(shown.id);
          if (fresh) shown.replaceWith(document.importNode(fresh, true));
        })
        .catch(function () {})
        .then(watch);
    }, Number(shown.dataset.refresh));
  }
  document.addEventListener("DOMContentLoaded", watch);
})();
