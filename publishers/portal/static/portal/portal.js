// Printing; without a script the browser's own menu prints the same page.
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
// Timing one reading: start, stop, and the seconds stand in the field. Without a script they are typed.
(function () {
  "use strict";
  var form = document.querySelector("[data-timer]");
  if (!form) { return; }
  var button = form.querySelector("[data-timer-button]");
  var clock = form.querySelector("[data-timer-clock]");
  var field = form.querySelector("[data-timer-seconds]");
  var began = 0, ticking = 0;
  function told() { return ((Date.now() - began) / 1000).toFixed(1).replace(".", ","); }
  button.hidden = false;
  button.addEventListener("click", function () {
    if (ticking) {
      window.clearInterval(ticking);
      ticking = 0;
      field.value = told();
      clock.textContent = field.value + " giây";
      button.textContent = "Đọc lại";
      field.focus();
      return;
    }
    began = Date.now();
    clock.hidden = false;
    button.textContent = "Đọc xong";
    ticking = window.setInterval(function () { clock.textContent = told() + " giây"; }, 100);
  });
})();
// A page shown from this phone's own shelf says so: what it tells may have been taken back since.
(function () {
  "use strict";
  var kept = Number(document.body.getAttribute("data-kept"));
  if (!kept) { return; }
  var at = new Date(kept);
  var two = function (number) { return ("0" + number).slice(-2); };
  var line = document.createElement("p");
  line.className = "notice amber";
  line.setAttribute("role", "status");
  line.textContent = "Máy đang mất mạng, hoặc mạng quá chậm. Đây là bản máy giữ lúc " + two(at.getHours()) + ":" + two(at.getMinutes()) +
    " ngày " + at.getDate() + "/" + (at.getMonth() + 1) + "; từ đó bản tin có thể đã được đính chính hoặc thu hồi.";
  var main = document.getElementById("noi-dung");
  main.insertBefore(line, main.firstChild);
})();
// Confirmations that still wait on this phone are told on the station's page too, so that nobody forgets them.
(function () {
  "use strict";
  var line = document.querySelector("[data-unsent]");
  if (!line || !window.localStorage) { return; }
  try {
    line.hidden = !(JSON.parse(window.localStorage.getItem(line.getAttribute("data-unsent"))) || []).length;
  } catch (fault) { /* What cannot be read is told on the page of confirmations. */ }
})();
