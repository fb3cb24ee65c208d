// Records a reading in the browser and puts it where a chosen file would be; without a microphone the file field remains.
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    var form = document.getElementById("thu-ban-doc");
    if (!form || !window.MediaRecorder || !navigator.mediaDevices || !window.DataTransfer) return;
    var desk = form.querySelector("[data-recorder]");
    var button = desk.querySelector("button");
    var clock = desk.querySelector("[data-clock]");
    var player = desk.querySelector("audio");
    var field = form.querySelector("input[type=file]");
    var source = form.querySelector("input[name=source]");
    var begin = button.textContent;
    var recorder = null, ticking = 0, started = 0;
    desk.hidden = false;

    function tell() {
      var seconds = Math.round((Date.now() - started) / 1000);
      clock.textContent = Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");
    }
    function kept(parts, type) {
      var name = /mp4/.test(type) ? "ban-doc.m4a" : /ogg/.test(type) ? "ban-doc.ogg" : "ban-doc.webm";
      var file = new File(parts, name, { type: type });
      var carrier = new DataTransfer();
      carrier.items.add(file);
      field.files = carrier.files;
      source.value = desk.dataset.recorder;
      player.src = URL.createObjectURL(file);
      player.hidden = false;
    }
    function record(stream) {
      var parts = [];
      recorder = new MediaRecorder(stream);
      recorder.addEventListener("dataavailable", function (event) { if (event.data.size) parts.push(event.data); });
      recorder.addEventListener("stop", function () {
        stream.getTracks().forEach(function (track) { track.stop(); });
        window.clearInterval(ticking);
        button.textContent = begin;
        kept(parts, recorder.mimeType);
        recorder = null;
      });
      recorder.start(1000);
      started = Date.now();
      ticking = window.setInterval(tell, 500);
      tell();
      button.textContent = button.dataset.record;
    }
    button.addEventListener("click", function () {
      if (recorder) return recorder.stop();
      navigator.mediaDevices.getUserMedia({ audio: true })
        .then(record)
        .catch(function () { clock.textContent = button.dataset.refused; });
    });
    field.addEventListener("change", function () { source.value = ""; });
  });
})();
