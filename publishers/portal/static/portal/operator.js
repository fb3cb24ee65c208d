// "Đã phát" without a network: what was filled in is kept on this phone until the server says that it is written down.
// The PIN is never kept; it is asked for again when the page has been closed in between.
(function () {
  "use strict";
  var form = document.querySelector("[data-confirm]");
  var box = document.querySelector("[data-waiting]");
  if (!box || !window.fetch || !window.localStorage) { return; }
  var place = box.getAttribute("data-waiting");
  var list = box.querySelector("[data-waiting-list]");
  var told = box.querySelector("[data-waiting-told]");
  var sendForm = box.querySelector("form");
  var words = box.dataset;
  var pin = "";
  var sending = false;

  function read() {
    try { return JSON.parse(window.localStorage.getItem(place)) || []; } catch (fault) { return []; }
  }
  function write(rows) { window.localStorage.setItem(place, JSON.stringify(rows)); }
  function drop(id) { write(read().filter(function (row) { return row.id !== id; })); }
  function note(id, sentence) {
    write(read().map(function (row) { if (row.id === id) { row.refusal = sentence; } return row; }));
  }
  function say(sentence, colour) {
    told.textContent = sentence;
    told.className = "notice " + colour;
    told.hidden = !sentence;
  }

  function show() {
    var rows = read();
    box.hidden = !rows.length && told.hidden;
    sendForm.hidden = !rows.length;
    list.textContent = "";
    rows.forEach(function (row) {
      var line = document.createElement("li");
      var head = document.createElement("strong");
      head.textContent = row.title;
      line.appendChild(head);
      var small = document.createElement("span");
      small.className = "small";
      small.textContent = words.keptAt + " " + row.keptAt + (row.refusal ? " · " + row.refusal : "");
      line.appendChild(small);
      if (row.refusal) {
        var button = document.createElement("button");
        button.type = "button";
        button.textContent = words.drop;
        button.addEventListener("click", function () {
          if (window.confirm(words.dropAsk)) { drop(row.id); show(); }
        });
        line.appendChild(button);
      }
      list.appendChild(line);
    });
  }

  function fresh() {
    var bytes = new Uint8Array(9);
    window.crypto.getRandomValues(bytes);
    return "m" + Array.prototype.map.call(bytes, function (b) { return ("0" + b.toString(16)).slice(-2); }).join("");
  }

  function filledIn() {
    var fields = [];
    new FormData(form).forEach(function (value, name) {
      if (name !== "pin" && name !== "csrfmiddlewaretoken" && name !== "lan") { fields.push([name, value]); }
    });
    var id = fresh();
    fields.push(["lan", id]);
    var count = fields.filter(function (field) { return field[0] === "item"; }).length;
    var clock = new Date();
    var two = function (number) { return ("0" + number).slice(-2); };
    return {
      id: id,
      fields: fields,
      count: count,
      title: form.getAttribute("data-confirm") + " · " + count + " " + words.items,
      keptAt: two(clock.getHours()) + ":" + two(clock.getMinutes()) + " " + clock.getDate() + "/" + (clock.getMonth() + 1)
    };
  }

  // A token that fits the cookie this phone has now; the one on a kept page may be old.
  function token() {
    return window.fetch(window.location.pathname, { credentials: "same-origin", cache: "no-store" })
      .then(function (answer) { return answer.text(); })
      .then(function (text) {
        var field = new DOMParser().parseFromString(text, "text/html").querySelector("[name=csrfmiddlewaretoken]");
        return field ? field.value : "";
      });
  }

  function post(row, csrf) {
    var body = new URLSearchParams();
    row.fields.forEach(function (field) { body.append(field[0], field[1]); });
    body.append("pin", pin);
    body.append("csrfmiddlewaretoken", csrf);
    return window.fetch(window.location.pathname, {
      method: "POST", body: body, credentials: "same-origin", headers: { Accept: "application/json" }
    }).then(function (answer) {
      return answer.json().then(function (found) { found.status = answer.status; return found; });
    });
  }

  // Answers with what became of the rows: {sent, address, refusal, field, row, lost}. Stops at the first that fails.
  function sendAll() {
    var rows = read();
    var sum = { sent: 0 };
    return token().then(function (csrf) {
      return rows.reduce(function (before, row) {
        return before.then(function () {
          if (sum.stopped) { return null; }
          return post(row, csrf).then(function (found) {
            if (found.written !== undefined) {
              drop(row.id);
              sum.sent += found.written;
              sum.address = found.address;
              return;
            }
            sum.refusal = found.refusal;
            sum.field = found.field;
            sum.row = row;
            if (found.field === "pin" || found.field === "device") { sum.stopped = true; } else { note(row.id, found.refusal); }
          });
        });
      }, Promise.resolve());
    }).catch(function () { sum.lost = true; }).then(function () { return sum; });
  }

  function flush() {
    if (sending || !pin || !read().length) { return; }
    sending = true;
    sendAll().then(function (sum) {
      sending = false;
      if (sum.refusal) {
        if (sum.field === "pin") { pin = ""; }
        say(sum.refusal, "red");
      } else if (sum.lost) {
        say(words.lost, "amber");
      } else {
        window.location.href = sum.address;
        return;
      }
      show();
    });
  }

  if (form) {
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (sending) { return; }
      var row = filledIn();
      if (!row.count) { say(words.none, "red"); show(); box.scrollIntoView(); return; }
      pin = form.querySelector("[name=pin]").value;
      var earlier = read();
      write(earlier.concat([row]));
      sending = true;
      form.querySelector("[type=submit]").disabled = true;
      sendAll().then(function (sum) {
        sending = false;
        form.querySelector("[type=submit]").disabled = false;
        var waits = read().some(function (each) { return each.id === row.id; });
        if (!waits) { window.location.href = sum.address; return; }
        if (sum.lost || sum.field === "device") {
          say(sum.lost ? words.lost : sum.refusal, "amber");
          form.hidden = true;
        } else {
          // Refused while the form still stands there, filled in: it is mended there and sent anew.
          drop(row.id);
          say(sum.refusal, "red");
          var field = form.querySelector('[name="' + sum.field + '"]');
          if (field) { field.setAttribute("aria-invalid", "true"); field.focus(); }
        }
        show();
        box.scrollIntoView();
      });
    });
  }
  sendForm.addEventListener("submit", function (event) {
    event.preventDefault();
    pin = sendForm.querySelector("input").value;
    sendForm.querySelector("input").value = "";
    flush();
  });
  window.addEventListener("online", flush);
  window.setInterval(flush, 20000);
  show();

  var kept = document.body.getAttribute("data-kept");
  if (navigator.serviceWorker && !kept) {
    navigator.serviceWorker.register(words.worker).then(function () { return navigator.serviceWorker.ready; })
      .then(function (there) {
        var addresses = JSON.parse(document.getElementById("kept-addresses").textContent);
        var files = Array.prototype.map.call(
          document.querySelectorAll("link[href], script[src]"), function (tag) { return tag.href || tag.src; }
        );
        there.active.postMessage({ files: files, pages: addresses });
      }).catch(function () { /* Without a worker the page works as long as there is a network. */ });
  }
})();
