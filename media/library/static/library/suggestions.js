// Suggestions under the library's search box. Without script the search works as before.
(function () {
  "use strict";
  var WAIT = 180;

  function begin() {
    var place = document.querySelector("[data-suggestions]");
    var input = document.getElementById("id_q");
    if (!place || !input) return;
    var list = document.createElement("ul");
    list.id = "library-suggestions";
    list.className = "library-suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", place.dataset.label);
    list.hidden = true;
    input.parentNode.classList.add("library-suggestions__box");
    input.parentNode.appendChild(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    input.autocomplete = "off";
    var timer = 0, asked = 0, chosen = -1;

    function close() {
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function mark(number) {
      var rows = list.children;
      if (chosen >= 0 && rows[chosen]) rows[chosen].setAttribute("aria-selected", "false");
      chosen = rows.length ? (number + rows.length) % rows.length : -1;
      if (chosen < 0) return;
      rows[chosen].setAttribute("aria-selected", "true");
      input.setAttribute("aria-activedescendant", rows[chosen].id);
    }

    function take(row) {
      if (row.dataset.address) {
        window.location.href = row.dataset.address;
        return;
      }
      close();
      input.value = row.dataset.phrase;
      input.focus();
      // The list below hears this and brings itself up to date.
      input.dispatchEvent(new Event("input", { bubbles: true }));
      window.clearTimeout(timer);
    }

    function row(number, text, more) {
      var item = document.createElement("li");
      item.id = list.id + "-" + number;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.appendChild(document.createTextNode(text));
      if (more) {
        var small = document.createElement("span");
        small.textContent = more;
        item.appendChild(small);
      }
      // Before the box loses the focus and the list closes.
      item.addEventListener("mousedown", function (event) { event.preventDefault(); take(item); });
      return item;
    }

    function show(answer) {
      list.textContent = "";
      answer.phrases.forEach(function (phrase) {
        var item = row(list.children.length, phrase, "");
        item.dataset.phrase = phrase;
        list.appendChild(item);
      });
      answer.assets.forEach(function (asset) {
        var item = row(list.children.length, asset.title, asset.kind);
        item.dataset.address = asset.address;
        list.appendChild(item);
      });
      chosen = -1;
      list.hidden = !list.children.length || document.activeElement !== input;
      input.setAttribute("aria-expanded", String(!list.hidden));
    }

    function ask() {
      var number = ++asked;
      if (input.value.trim().length < 2) return close();
      fetch(place.dataset.suggestions + "?q=" + encodeURIComponent(input.value), { credentials: "same-origin" })
        .then(function (answer) { return answer.ok ? answer.json() : Promise.reject(answer.status); })
        .then(function (answer) { if (number === asked) show(answer); })
        .catch(close);
    }

    input.addEventListener("input", function () {
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, WAIT);
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", function (event) {
      if (list.hidden) return;
      if (event.key === "ArrowDown") { event.preventDefault(); mark(chosen + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); mark(chosen < 0 ? -1 : chosen - 1); }
      else if (event.key === "Escape") { event.preventDefault(); close(); }
      else if (event.key === "Enter" && chosen >= 0) {
        event.preventDefault();
        event.stopPropagation();
        take(list.children[chosen]);
      }
    }, true);
  }
  document.addEventListener("DOMContentLoaded", begin);
})();
