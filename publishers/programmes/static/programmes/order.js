// Dragging an item to another place; the buttons do the same without a script.
(function () {
  "use strict";
  var list = document.querySelector("[data-order-list]");
  var form = document.querySelector("[data-order-form]");
  if (!list || !form) { return; }
  var held = null;
  list.querySelectorAll("[data-key]").forEach(function (row) {
    row.setAttribute("draggable", "true");
    row.addEventListener("dragstart", function (event) {
      held = row;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", row.dataset.key);
    });
    row.addEventListener("dragover", function (event) {
      if (!held || held === row) { return; }
      event.preventDefault();
      row.classList.add("programme-item--over");
    });
    row.addEventListener("dragleave", function () { row.classList.remove("programme-item--over"); });
    row.addEventListener("drop", function (event) {
      event.preventDefault();
      row.classList.remove("programme-item--over");
      if (!held || held === row) { return; }
      var box = row.getBoundingClientRect();
      list.insertBefore(held, event.clientY < box.top + box.height / 2 ? row : row.nextSibling);
      form.querySelector("[name=order]").value = Array.prototype.map
        .call(list.querySelectorAll("[data-key]"), function (each) { return each.dataset.key; })
        .join(",");
      form.submit();
    });
  });
})();
