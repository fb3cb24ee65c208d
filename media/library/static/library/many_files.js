/* Sends files in parts, two at a time; after a lost connection asks where the file stands and goes on from there. */
(function () {
  "use strict";

  var AT_ONCE = 2;
  var WAITS = [1000, 2000, 4000, 8000, 15000];

  function start(root) {
    var said = root.dataset;
    var token = root.querySelector("[name=csrfmiddlewaretoken]").value;
    var rows = root.querySelector("[data-rows]");
    var sum = root.querySelector("[data-sum]");
    var queue = [];
    var busy = 0;
    var finished = 0;
    var chosen = 0;

    function call(method, address, body, headers) {
      return fetch(address, {
        method: method,
        body: body,
        credentials: "same-origin",
        headers: Object.assign({ "X-CSRFToken": token, Accept: "application/json" }, headers || {}),
      }).then(function (answer) {
        return answer.json().then(
          function (data) { return { status: answer.status, data: data }; },
          function () { return { status: answer.status, data: {} }; }
        );
      });
    }

    function pause(milliseconds) {
      return new Promise(function (resolve) {
        var timer = setTimeout(done, milliseconds);
        function done() {
          clearTimeout(timer);
          window.removeEventListener("online", done);
          resolve();
        }
        window.addEventListener("online", done);
      });
    }

    function addRow(file) {
      var row = document.createElement("li");
      row.className = "many-files__row";
      var name = document.createElement("span");
      name.className = "many-files__name";
      name.textContent = file.name;
      var bar = document.createElement("progress");
      bar.max = Math.max(file.size, 1);
      bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      var state = document.createElement("span");
      state.className = "many-files__state";
      state.textContent = said.saidWaiting;
      row.append(name, bar, state);
      rows.append(row);
      return { row: row, bar: bar, state: state, file: file };
    }

    function say(entry, words, look) {
      entry.state.textContent = words;
      entry.row.dataset.look = look || "";
    }

    function progress(entry, offset) {
      entry.bar.value = offset;
      var percent = Math.floor((100 * offset) / Math.max(entry.file.size, 1));
      say(entry, offset >= entry.file.size ? said.saidChecking : said.saidSending + " " + percent + " %");
    }

    function refused(entry, sentence) {
      say(entry, sentence || said.saidFailed, "refused");
      entry.bar.hidden = true;
    }

    function kept(entry, data) {
      entry.bar.value = entry.bar.max;
      say(entry, data.kind + " · " + said.saidKept, "kept");
      var link = document.createElement("a");
      link.href = data.edit;
      link.textContent = said.saidFill;
      link.className = "many-files__fill";
      entry.row.append(link);
      (data.warnings || []).forEach(function (warning) {
        var note = document.createElement("span");
        note.className = "many-files__warning";
        note.textContent = warning;
        entry.row.append(note);
      });
    }

    function begin(entry) {
      var form = new FormData();
      form.set("organisation", root.querySelector("[data-body]").value);
      form.set("name", entry.file.name);
      form.set("size", entry.file.size);
      form.set("changed_at", entry.file.lastModified || 0);
      return call("POST", said.begin, form);
    }

    /* Resolves when the file is kept or refused; never rejects. */
    async function send(entry) {
      var tries = 0;
      var address = null;
      var offset = 0;
      for (;;) {
        try {
          var answer;
          if (address === null) {
            answer = await begin(entry);
          } else if (offset < entry.file.size) {
            progress(entry, offset);
            var part = entry.file.slice(offset, offset + Number(said.part));
            if (offset + part.size >= entry.file.size) progress(entry, entry.file.size);
            answer = await call("POST", address, part, {
              "Upload-Offset": String(offset),
              "Content-Type": "application/octet-stream",
            });
          } else {
            answer = await call("GET", address);
          }
          if (answer.status === 409) { offset = answer.data.offset; continue; }
          if (answer.status >= 500 || answer.status === 429) throw new Error("later");
          if (answer.status >= 400) { refused(entry, answer.data.refused); return; }
          tries = 0;
          address = answer.data.address;
          offset = answer.data.offset;
          if (answer.data.refused) { refused(entry, answer.data.refused); return; }
          if (answer.data.edit) { kept(entry, answer.data); return; }
        } catch (lost) {
          say(entry, said.saidLost, "lost");
          await pause(WAITS[Math.min(tries, WAITS.length - 1)]);
          tries += 1;
          if (address !== null) {
            try {
              var where = await call("GET", address);
              if (where.status === 200) {
                offset = where.data.offset;
                if (where.data.edit) { kept(entry, where.data); return; }
                if (where.data.refused) { refused(entry, where.data.refused); return; }
                /* Everything arrived but was not kept yet: the last part is sent again. */
                if (offset >= entry.file.size) offset = Math.max(0, entry.file.size - 1);
              }
            } catch (still) { /* the line is still down: the loop waits again */ }
          }
        }
      }
    }

    function next() {
      while (busy < AT_ONCE && queue.length) {
        busy += 1;
        send(queue.shift()).then(function () {
          busy -= 1;
          finished += 1;
          sum.textContent = said.saidAll + " " + finished + " / " + chosen;
          next();
        });
      }
    }

    function take(files) {
      Array.prototype.forEach.call(files, function (file) {
        chosen += 1;
        queue.push(addRow(file));
      });
      next();
    }

    var input = root.querySelector("[data-input]");
    input.addEventListener("change", function () { take(input.files); input.value = ""; });
    var drop = root.querySelector("[data-drop]");
    ["dragover", "drop"].forEach(function (name) {
      drop.addEventListener(name, function (event) {
        event.preventDefault();
        if (name === "drop" && event.dataTransfer) take(event.dataTransfer.files);
      });
    });
    window.addEventListener("beforeunload", function (event) {
      if (busy || queue.length) event.preventDefault();
    });
  }

  function ready() {
    document.querySelectorAll("[data-many-files]").forEach(start);
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
