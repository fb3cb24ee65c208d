// Says on the page, in the page's language, when the browser did not get a passkey (refused, timed out, none there).
(function () {
  const sentence = document.currentScript.dataset.refused;
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    const main = document.getElementById("noi-dung");
    let notice = document.getElementById("khoa-truy-cap-loi");
    if (!notice) {
      notice = document.createElement("p");
      notice.id = "khoa-truy-cap-loi";
      notice.className = "notice notice--red";
      notice.setAttribute("role", "alert");
      main.prepend(notice);
    }
    notice.textContent = sentence;
  });
})();
