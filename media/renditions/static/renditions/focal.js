// A click on the picture sets the focal point; without script the two numbers do the same.
(function () {
  "use strict";
  function ready() {
    var picture = document.querySelector("[data-focal]");
    if (!picture) return;
    var across = document.querySelector("[name=ngang]");
    var down = document.querySelector("[name=doc]");
    var mark = picture.querySelector("circle");
    function show() {
      mark.setAttribute("cx", Number(picture.dataset.width) * across.value / 100);
      mark.setAttribute("cy", Number(picture.dataset.height) * down.value / 100);
    }
    picture.addEventListener("click", function (event) {
      var box = picture.getBoundingClientRect();
      across.value = Math.round(100 * (event.clientX - box.left) / box.width);
      down.value = Math.round(100 * (event.clientY - box.top) / box.height);
      show();
    });
    across.addEventListener("input", show);
    down.addEventListener("input", show);
  }
  document.addEventListener("DOMContentLoaded", ready);
})();
