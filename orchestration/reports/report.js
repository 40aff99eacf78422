(function () {
  "use strict";
  var marks = JSON.parse(document.getElementById("marks").textContent);
  var entries = Array.prototype.slice.call(document.querySelectorAll(".entry"));
  var search = document.getElementById("search");
  var nothing = document.getElementById("nothing");
  var SVG = "http://www.w3.org/2000/svg";
  var visited = [];
  var severity = "";

  function clear() {
    document.querySelectorAll("svg rect, svg text").forEach(function (each) { each.remove(); });
    document.querySelectorAll(".lines .at, .lines .term, .lines .suspect").forEach(function (each) {
      each.classList.remove("at", "term", "suspect");
    });
    document.querySelectorAll(".lines mark").forEach(function (each) {
      var parent = each.parentNode;
      parent.replaceChild(document.createTextNode(each.textContent), each);
      parent.normalize();
    });
    document.querySelectorAll("a.lit").forEach(function (each) { each.classList.remove("lit"); });
  }

  // A rectangle on a page; all of the page where nothing closer is known.
  function onPage(leaf, mark, key) {
    var svg = leaf.querySelector("svg");
    var view = svg.viewBox.baseVal;
    var boxes = mark.box ? [mark.box].concat(mark.more || []) : [[4, 4, view.width - 4, view.height - 4]];
    return boxes.map(function (box) { return drawn(svg, box, mark, key); })[0];
  }

  function drawn(svg, box, mark, key) {
    var rect = document.createElementNS(SVG, "rect");
    rect.setAttribute("x", box[0] - 1.5);
    rect.setAttribute("y", box[1] - 1.5);
    rect.setAttribute("width", Math.max(box[2] - box[0] + 3, 2));
    rect.setAttribute("height", Math.max(box[3] - box[1] + 3, 2));
    rect.setAttribute("class", mark.role + (mark.box ? "" : " whole"));
    rect.setAttribute("data-mark", key);
    if (mark.should) {
      var title = document.createElementNS(SVG, "title");
      title.textContent = mark.should;
      rect.appendChild(title);
    }
    svg.appendChild(rect);
    return rect;
  }

  // A field of a line, or the words in it; the line where they are not found.
  function onLine(leaf, mark, key) {
    var row = document.getElementById("l-" + leaf.id.slice(5) + "-" + mark.line);
    if (!row) { return leaf; }
    row.classList.add("at");
    var cells = row.querySelectorAll("td");
    var cell = mark.field === undefined ? null : cells[mark.field];
    var role = mark.role === "suspect" ? "suspect" : "term";
    if (cell) {
      cell.classList.add(role);
      cell.setAttribute("data-mark", key);
      return cell;
    }
    for (var i = 0; mark.text && i < cells.length; i++) {
      for (var node = cells[i].firstChild; node; node = node.nextSibling) {
        var at = node.nodeType === 3 ? node.data.indexOf(mark.text) : -1;
        if (at >= 0) {
          var words = node.splitText(at);
          words.splitText(mark.text.length);
          var lit = document.createElement("mark");
          lit.className = role;
          lit.setAttribute("data-mark", key);
          words.parentNode.replaceChild(lit, words);
          lit.appendChild(words);
          return lit;
        }
      }
    }
    return row;
  }

  // The number of an entry beside what it is about, for paper, which nobody can click on.
  function number(at, text) {
    if (!at || at.tagName !== "rect") { return; }
    var label = document.createElementNS(SVG, "text");
    label.setAttribute("x", Math.max(at.x.baseVal.value - 2, 6));
    label.setAttribute("y", at.y.baseVal.value + 7);
    label.setAttribute("class", "number");
    label.setAttribute("text-anchor", "end");
    label.textContent = text;
    at.parentNode.appendChild(label);
  }

  function light(key) {
    var mark = marks[key];
    var leaf = mark && document.getElementById("leaf-" + mark.leaf);
    if (!leaf) { return null; }
    return leaf.querySelector("svg") ? onPage(leaf, mark, key) : onLine(leaf, mark, key);
  }

  function show(entry, key, isReturn) {
    var current = document.querySelector(".entry[aria-current]");
    if (current && current !== entry && !isReturn) { visited.push(current.id); }
    if (current) { current.removeAttribute("aria-current"); }
    entry.setAttribute("aria-current", "true");
    clear();
    var lit = {};
    entry.dataset.marks.split(" ").forEach(function (each) { if (each) { lit[each] = light(each); } });
    var first = key && lit[key] ? key : entry.dataset.marks.split(" ")[0];
    if (key) {
      entry.querySelectorAll("a[data-mark]").forEach(function (link) {
        if (link.dataset.mark === key) { link.classList.add("lit"); }
      });
    }
    if (lit[first]) { lit[first].scrollIntoView({ block: "center", inline: "nearest" }); }
    // its head, where all of it is more than there is room for
    var list = entry.parentNode;
    entry.scrollIntoView({ block: entry.offsetHeight < list.clientHeight ? "nearest" : "start" });
  }

  function shown() { return entries.filter(function (entry) { return !entry.hidden; }); }

  function step(by) {
    var list = shown();
    var at = list.indexOf(document.querySelector(".entry[aria-current]"));
    var next = list[at < 0 ? 0 : at + by];
    if (next) { show(next); next.focus({ preventScroll: true }); }
  }

  function filter() {
    var words = search.value.trim().toLowerCase();
    entries.forEach(function (entry) {
      entry.hidden = (severity && entry.dataset.severity !== severity) ||
        (words && entry.textContent.toLowerCase().indexOf(words) < 0);
    });
    nothing.hidden = !entries.length || shown().length > 0;
  }

  document.getElementById("entries").addEventListener("click", function (event) {
    var entry = event.target.closest(".entry");
    if (!entry) { return; }
    var link = event.target.closest("a[data-mark]");
    if (link) { event.preventDefault(); }
    show(entry, link && link.dataset.mark);
  });
  document.querySelectorAll(".filters button").forEach(function (button) {
    button.addEventListener("click", function () {
      severity = button.dataset.severity;
      document.querySelectorAll(".filters button").forEach(function (each) {
        each.setAttribute("aria-pressed", String(each === button));
      });
      filter();
    });
  });
  search.addEventListener("input", filter);
  document.addEventListener("keydown", function (event) {
    if (event.target === search) {
      if (event.key === "Escape") { search.blur(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === "j" || event.key === "J") { step(1); }
    else if (event.key === "k" || event.key === "K") { step(-1); }
    else if (event.key === "b" || event.key === "B") {
      var back = document.getElementById(visited.pop() || "");
      if (back) { show(back, null, true); }
    } else if (event.key === "/") { search.focus(); event.preventDefault(); }
    else if (event.key === "Enter" && event.target.classList.contains("entry")) { show(event.target); }
  });

  // On paper the places of all entries are marked at once, each with the number of its entry.
  window.addEventListener("beforeprint", function () {
    clear();
    shown().forEach(function (entry) {
      if (entry.dataset.severity === "aside") { return; }
      entry.dataset.marks.split(" ").forEach(function (key) {
        var at = key && light(key);
        if (at && marks[key].role !== "term") { number(at, entry.querySelector(".number").textContent); }
      });
    });
  });
  window.addEventListener("afterprint", function () {
    var current = document.querySelector(".entry[aria-current]");
    if (current) { show(current, null, true); } else { clear(); }
  });

  // Printed are only pages that something was found on.
  var looked = {};
  Object.keys(marks).forEach(function (key) { looked["leaf-" + marks[key].leaf] = true; });
  document.querySelectorAll(".leaf").forEach(function (leaf) {
    if (!looked[leaf.id]) { leaf.classList.add("unlooked"); }
  });
  var named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named && named.classList.contains("entry")) { show(named); } else if (entries.length) { show(entries[0]); }
})();
