// Live length beside a text field, counted as the platform counts. Without this script the server counts on save.
(() => {
  const lengths = {
    characters: (text) => [...text].length,
    bytes: (text) => new TextEncoder().encode(text).length,
    utf16: (text) => text.length,
    tags: (text) => {
      const parts = text.split(/[,\n]/).map((part) => part.trim().replace(/\s+/g, " ").replace(/^#/, "").trim());
      const tags = [...new Set(parts.filter(Boolean))];
      return tags.reduce((sum, tag) => sum + [...tag].length + (tag.includes(" ") ? 2 : 0), Math.max(0, tags.length - 1));
    },
  };
  const figure = (number) => String(number).replace(/\B(?=(\d{3})+(?!\d))/g, ".");

  const watch = (field) => {
    const output = document.querySelector(`[data-count-for="${field.id}"]`);
    const measure = lengths[field.dataset.counted];
    if (!output || !measure) return;
    const longest = Number(field.dataset.longest) || 0;
    const unit = field.dataset.counted === "bytes" ? "byte" : "ký tự";
    const show = () => {
      const length = measure(field.value.normalize("NFC").replace(/\r\n/g, "\n"));
      output.textContent = longest ? `${figure(length)} / ${figure(longest)} ${unit}` : `${figure(length)} ${unit}`;
      output.classList.toggle("post-count--over", longest > 0 && length > longest);
    };
    field.addEventListener("input", show);
    show();
  };

  const mirror = (field) => {
    const target = document.querySelector(`[data-mirror-of="${field.id}"]`);
    if (!target) return;
    field.addEventListener("input", () => {
      target.textContent = field.value;
    });
  };

  const start = () => {
    document.querySelectorAll("[data-counted]").forEach((field) => {
      watch(field);
      mirror(field);
    });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
