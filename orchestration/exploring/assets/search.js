// Search in the files of the index, see orchestration/exploring/search_index.py. What is found is text, never markup.
"use strict";
const SHARDS = 64;
const ENTRIES_A_FILE = 400;
const MOST_FILES = 40;
const MOST_SHOWN = 100;
const form = document.getElementById("search");
const list = document.getElementById("found");
const loaded = new Map();
const waiting = new Map();

function found(name, content) {
  loaded.set(name, content);
}

function load(name) {
  if (!waiting.has(name)) {
    waiting.set(name, new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = `${form.dataset.base}/${name}.js`;
      script.onload = () => resolve(loaded.get(name));
      script.onerror = () => resolve(undefined);
      document.head.append(script);
    }));
  }
  return waiting.get(name);
}

function shown(entry) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = `${form.dataset.root}/${entry[2]}`;
  link.textContent = entry[1];
  const kind = document.createElement("small");
  kind.textContent = entry[0];
  item.append(link, kind);
  return item;
}

async function search(text) {
  const words = text.split(/\s+/u).filter((word) => word.length > 1);
  if (!words.length) {
    return [];
  }
  const pair = words[0].slice(0, 2);
  const shard = (pair.charCodeAt(0) * 31 + pair.charCodeAt(1)) % SHARDS;
  const numbers = ((await load(`pairs-${shard}`)) || {})[pair] || [];
  const blocks = [...new Set(numbers.map((number) => Math.floor(number / ENTRIES_A_FILE)))].slice(0, MOST_FILES);
  await Promise.all(blocks.map((block) => load(`entries-${block}`)));
  return numbers
    .map((number) => (loaded.get(`entries-${Math.floor(number / ENTRIES_A_FILE)}`) || [])[number % ENTRIES_A_FILE])
    .filter((entry) => entry && words.every((word) => entry[1].includes(word)))
    .slice(0, MOST_SHOWN);
}

async function show(text) {
  const entries = await search(text);
  list.replaceChildren(...entries.map(shown));
  if (!entries.length) {
    list.textContent = form.dataset.nothing;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = form.elements.q.value.trim();
  location.hash = encodeURIComponent(text);
  show(text);
});
if (location.hash.length > 1) {
  form.elements.q.value = decodeURIComponent(location.hash.slice(1));
  show(form.elements.q.value);
}
