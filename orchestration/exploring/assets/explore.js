// Keys: / to search or filter, J and K along the rows of the page. Everything works without this script.
"use strict";
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(input|select|textarea)$/i.test(event.target.tagName)) {
    return;
  }
  if (event.key === "/") {
    const field = document.querySelector("[data-first], #search input");
    if (field) {
      event.preventDefault();
      field.focus();
    }
  } else if (event.key === "j" || event.key === "k") {
    const ways = [...document.querySelectorAll("tbody tr")].map((row) => row.querySelector("a")).filter(Boolean);
    const at = ways.indexOf(document.activeElement);
    const next = ways[at < 0 ? 0 : at + (event.key === "j" ? 1 : -1)];
    if (next) {
      next.focus();
    }
  }
});
