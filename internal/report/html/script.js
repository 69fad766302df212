"use strict";
(function () {
  const $ = (id) => document.getElementById(id);
  const form = $("filter"), words = $("words"), control = $("control"), severity = $("severity");
  const boxes = Array.from(document.getElementsByName("status"));
  const resources = Array.from(document.querySelectorAll("article.resource"), (article) => ({
    article, text: null,
    findings: Array.from(article.querySelectorAll(".finding"), (element) => ({ element, data: element.dataset, text: null })),
  }));
  const lower = (element) => element.textContent.toLowerCase();
  function headOf(r) {
    if (r.text === null) r.text = lower(r.article.querySelector("h3")) + " " + lower(r.article.querySelector(".where"));
    return r.text;
  }
  function textOf(f) {
    if (f.text === null) f.text = lower(f.element);
    return f.text;
  }
  function apply() {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const statuses = new Set(boxes.filter((b) => b.checked).map((b) => b.value));
    let shown = 0, all = 0;
    for (const r of resources) {
      let some = false;
      for (const f of r.findings) {
        all++;
        const show = statuses.has(f.data.status) &&
          (!control.value || f.data.control === control.value) &&
          (!severity.value || f.data.severity === severity.value) &&
          wanted.every((w) => headOf(r).includes(w) || textOf(f).includes(w));
        f.element.hidden = !show;
        some = some || show;
        if (show) shown++;
      }
      r.article.hidden = !some;
    }
    $("shown").textContent = shown + " of " + all + " findings";
    $("none").hidden = shown > 0;
  }
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of document.querySelectorAll("button.pick")) {
    button.title = "Show its findings";
    button.addEventListener("click", () => {
      control.value = button.dataset.control;
      apply();
      $("resources").scrollIntoView({ behavior: "smooth" });
    });
  }
  const theme = $("theme"), root = document.documentElement;
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  apply();
})();
