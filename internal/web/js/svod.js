// Small conveniences; every page works without them.
"use strict";
(function () {
  // Keys: "/" goes to the search box, "?" to help. Never while typing.
  document.addEventListener("keydown", function (e) {
    if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName)) return;
    if (e.key === "/") {
      var q = document.getElementById("q-top");
      if (q) { e.preventDefault(); q.focus(); q.select(); }
    } else if (e.key === "?") {
      location.href = "/help#keys";
    }
  });

  // <form data-auto> submits itself when a tick or a choice changes; its button
  // stays for those without scripts.
  document.addEventListener("change", function (e) {
    var f = e.target.form;
    if (f && f.hasAttribute("data-auto") && /^(checkbox|radio|select-one)$/.test(e.target.type)) f.requestSubmit();
  });

  // <form data-keep> asks before typed text is lost.
  var changed = false;
  document.addEventListener("input", function (e) {
    if (e.target.form && e.target.form.hasAttribute("data-keep")) changed = true;
  });
  document.addEventListener("submit", function () { changed = false; });
  window.addEventListener("beforeunload", function (e) { if (changed) e.preventDefault(); });

  // <button data-copy="id" hidden> copies the text of an element.
  document.querySelectorAll("button[data-copy]").forEach(function (b) {
    if (!navigator.clipboard) return;
    b.hidden = false;
    b.addEventListener("click", function () {
      navigator.clipboard.writeText(document.getElementById(b.dataset.copy).textContent.trim())
        .then(function () { b.textContent = b.dataset.done; });
    });
  });

  // <button data-print hidden> prints the page.
  document.querySelectorAll("button[data-print]").forEach(function (b) {
    b.hidden = false;
    b.addEventListener("click", function () { window.print(); });
  });

  // The error summary takes the focus, as a reader of the page would.
  var p = document.getElementById("problems");
  if (p) p.focus();
})();
