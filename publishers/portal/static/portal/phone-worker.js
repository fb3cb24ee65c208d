// Keeps the pages of one station for a phone without a network. Asked anew first, always; the kept copy only when there
// is no answer, and it says when it was kept.
"use strict";
var SHELF = "may-truc-1";
var WAIT = 8000;
var HOME = new URL("./", self.location.href).pathname;
var FORM = HOME + "da-phat/";

self.addEventListener("install", function () { self.skipWaiting(); });
self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });

// The page says what to keep: first what pages are made of, so that no kept page stands there without its script, then the
// pages. What is on neither list is let go.
self.addEventListener("message", function (event) {
  var files = (event.data && event.data.files) || [];
  var pages = (event.data && event.data.pages) || [];
  event.waitUntil(caches.open(SHELF).then(function (shelf) {
    return keepAll(shelf, files)
      .then(function () { return keepAll(shelf, pages); })
      .then(function () { return shelf.keys(); })
      .then(function (kept) {
        var named = files.concat(pages).map(function (address) { return new URL(address, self.location.href).href; });
        return Promise.all(kept.map(function (request) {
          return named.indexOf(request.url) < 0 ? shelf.delete(request) : null;
        }));
      });
  }));
});

function keepAll(shelf, addresses) {
  return Promise.all(addresses.map(function (address) {
    return fetch(address, { credentials: "same-origin" })
      .then(function (answer) { return keep(shelf, address, answer); })
      .catch(function () { return null; });
  }));
}

self.addEventListener("fetch", function (event) {
  var request = event.request;
  var address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) { return; }
  var page = request.mode === "navigate" && address.pathname.indexOf(HOME) === 0;
  if (!page && address.pathname.indexOf("/static/") !== 0) { return; }
  event.respondWith(caches.open(SHELF).then(function (shelf) { return kept(shelf, address, page); })
    .then(function (copy) {
      // Without a copy a slow network is waited for as long as the browser likes.
      return copy ? answered(request).catch(function () { return copy; }) : fetch(request);
    }));
});

function answered(request) {
  return new Promise(function (resolve, reject) {
    var late = setTimeout(function () { reject(new Error("no answer")); }, WAIT);
    fetch(request).then(function (answer) { clearTimeout(late); resolve(answer); }, reject);
  });
}

function keep(shelf, address, answer) {
  if (!answer.ok || answer.redirected) { return null; }
  var headers = new Headers(answer.headers);
  headers.set("X-Kept-At", String(Date.now()));
  return answer.blob().then(function (body) {
    return shelf.put(address, new Response(body, { status: 200, headers: headers }));
  });
}

function kept(shelf, address, page) {
  if (!page) { return shelf.match(address.href); }
  var tries = [address.href];
  if (address.pathname === FORM && !address.searchParams.get("ngay")) {
    var today = FORM + "?ngay=" + dayInVietnam();
    var session = address.searchParams.get("gio");
    tries = session ? [today + "&gio=" + session, today] : [today];
  }
  return firstOf(shelf, tries.concat([address.origin + address.pathname])).then(function (copy) {
    return copy && marked(copy);
  });
}

function firstOf(shelf, addresses) {
  if (!addresses.length) { return Promise.resolve(undefined); }
  return shelf.match(addresses[0]).then(function (copy) { return copy || firstOf(shelf, addresses.slice(1)); });
}

function marked(copy) {
  return copy.text().then(function (text) {
    var headers = new Headers(copy.headers);
    return new Response(
      text.replace(/<body([^>]*)>/, '<body$1 data-kept="' + (copy.headers.get("X-Kept-At") || "") + '">'),
      { status: 200, headers: headers }
    );
  });
}

function dayInVietnam() {
  return new Date(Date.now() + 7 * 3600 * 1000).toISOString().slice(0, 10).replace(/-/g, "");
}
