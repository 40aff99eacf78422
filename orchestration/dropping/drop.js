// Files dropped anywhere on the page are checked at once; without this script the form does the same.
"use strict";
const form = document.getElementById("drop");
const files = document.getElementById("files");

function say() {
  document.getElementById("said").textContent = form.dataset.checking;
}

document.addEventListener("dragover", (event) => {
  event.preventDefault();
  form.classList.add("over");
});
document.addEventListener("dragleave", () => form.classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  form.classList.remove("over");
  if (event.dataTransfer.files.length) {
    files.files = event.dataTransfer.files;
    form.requestSubmit();
  }
});
form.addEventListener("submit", say);
