// What a page can do beyond being read: search, sort, filter, download, change its colours. No library, no request.
"use strict";

const body = document.body;
const say = (name) => body.dataset[`say${name}`];
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
// Without accents and case; a decimal comma finds a decimal point.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/(\d),(\d)/g, "$1.$2");

/* Colours */

const themes = ["auto", "light", "dark"];
const themeButton = document.getElementById("theme");

function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // A browser may keep nothing for files.
  }
}

function showTheme() {
  const theme = document.documentElement.dataset.theme || "auto";
  document.getElementById("theme-name").textContent = say(theme[0].toUpperCase() + theme.slice(1));
}

themeButton.hidden = false;
themeButton.addEventListener("click", () => {
  const now = themes.indexOf(document.documentElement.dataset.theme || "auto");
  const next = themes[(now + 1) % themes.length];
  if (next === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  keep("arsenale-theme", next);
  showTheme();
});
showTheme();

for (const link of document.querySelectorAll("[data-language-link]")) {
  link.addEventListener("click", () => {
    keep("arsenale-language", link.dataset.languageLink);
    // The other language has the same anchors.
    link.hash = location.hash;
  });
}

/* The menu of a narrow screen shows where the reader is. */

const here = document.querySelector("header.top nav [aria-current]");
if (here) {
  const menu = here.closest("ul");
  menu.scrollLeft = here.offsetLeft - (menu.clientWidth - here.offsetWidth) / 2;
}

/* A target inside what is folded is unfolded. */

function unfold() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  if (target) target.scrollIntoView();
}
addEventListener("hashchange", unfold);
unfold();

/* Tables: sort, filter, download */

const FEW = 7;
const language = body.dataset.language;
const compareTexts = new Intl.Collator(language, { numeric: true }).compare;

function valueOf(cell) {
  const text = cell.dataset.v ?? cell.textContent.trim();
  if (cell.dataset.v === undefined && cell.classList.contains("num")) {
    const digits = language === "it" ? text.replace(/\./g, "").replace(",", ".") : text.replace(/,/g, "");
    const found = digits.replace("\u2212", "-").match(/-?\d+(\.\d+)?/);
    return found ? Number(found[0]) : "";
  }
  return text !== "" && !Number.isNaN(Number(text)) ? Number(text) : text;
}

function compare(a, b) {
  // What is empty comes last, whatever the order.
  if (typeof a === "number" && typeof b === "number") return a - b;
  return compareTexts(String(a), String(b));
}

function equip(table) {
  const rows = [...table.tBodies[0].rows];
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = make("button", { type: "button" });
    button.append(...head.childNodes);
    button.title = `${say("Sort")} ${button.textContent}`;
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const keyed = rows.map((row) => [valueOf(row.cells[column]), row]);
      keyed.sort(([a], [b]) => (a === "") - (b === "") || (up ? compare(a, b) : compare(b, a)));
      table.tBodies[0].append(...keyed.map(([, row]) => row));
    });
  });

  const texts = rows.map((row) => plain(row.textContent));
  const words = make("input", { type: "search", placeholder: say("Filter") });
  words.setAttribute("aria-label", `${say("Filter")}: ${table.caption.textContent}`);
  const facets = heads.flatMap((head, column) => ("facet" in head.dataset ? [facetOf(head, column, rows)] : []));
  const count = make("output");
  const download = make("button", { type: "button", textContent: say("Download") });
  const nothing = make("p", { className: "nothing", textContent: say("None"), hidden: true });
  table.after(nothing);
  const tools = make("div", { className: "tools" }, words, ...facets.map((one) => one.label), count, download);
  // What a glance takes in needs no filter.
  if (rows.length <= FEW) tools.replaceChildren(download);
  table.closest(".table-wrap").prepend(tools);

  const filter = () => {
    const wanted = plain(words.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, number) => {
      const fits =
        wanted.every((word) => texts[number].includes(word)) &&
        facets.every((one) => !one.select.value || row.cells[one.column].textContent.trim() === one.select.value);
      row.hidden = !fits;
      shown += fits;
    });
    count.textContent = `${shown} ${say("Shown")} ${rows.length}`;
    nothing.hidden = shown > 0;
  };
  words.addEventListener("input", filter);
  for (const one of facets) one.select.addEventListener("change", filter);
  filter();
  download.addEventListener("click", () => save(table, heads));
}

function facetOf(head, column, rows) {
  const select = make("select", {}, make("option", { value: "", textContent: say("All") }));
  const found = new Set(rows.map((row) => row.cells[column].textContent.trim()).filter(Boolean));
  for (const text of [...found].sort(compareTexts)) select.append(make("option", { value: text, textContent: text }));
  return { select, column, label: make("label", {}, head.textContent, select) };
}

// A text that a spreadsheet would run as a formula gets an apostrophe in front, as in the files of a release.
const field = (text) => {
  const safe = /^'*[=+@\t\r\n\uff1d\uff0b\uff0d\uff20]|^'*-(?![\d.]+$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

function save(table, heads) {
  const shown = [...table.tBodies[0].rows].filter((row) => !row.hidden);
  const lines = [heads.map((head) => field(head.textContent.trim()))];
  for (const row of shown) lines.push([...row.cells].map((cell) => field(cell.textContent.trim().replace(/\s+/g, " "))));
  const text = `\ufeff${lines.map((line) => line.join(",")).join("\r\n")}\r\n`;
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  make("a", { href: address, download: `arsenale-${table.dataset.name}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

// Rows that become cards on a telephone take the heads of their columns along, and remain rows to whoever hears them.
function stack(table) {
  const heads = [...table.tHead.rows[0].cells].map((head) => head.textContent.trim());
  table.setAttribute("role", "table");
  for (const part of [table.tHead, ...table.tBodies]) part.setAttribute("role", "rowgroup");
  for (const row of table.rows) {
    row.setAttribute("role", "row");
    [...row.cells].forEach((cell, column) => {
      cell.setAttribute("role", cell.tagName === "TH" ? "columnheader" : "cell");
      cell.dataset.label = heads[column];
    });
  }
  table.classList.add("stacks", table.dataset.stack);
}

for (const table of document.querySelectorAll("table[data-stack]")) stack(table);
for (const table of document.querySelectorAll("table[data-tools]")) equip(table);

/* Search */

const input = document.getElementById("search");
const box = document.getElementById("found-box");
const list = document.getElementById("found");
const status = document.getElementById("found-count");
const MOST = 30;
let index = null;
let selected = -1;

document.querySelector(".search").hidden = false;

function load() {
  if (index || document.getElementById("search-index")) return;
  const script = make("script", { id: "search-index", src: `${body.dataset.root}../assets/search-${language}.js` });
  script.addEventListener("load", () => {
    index = window.arsenaleIndex.map(([kind, title, address, words]) => ({
      kind, title, address, words, inTitle: plain(title), inAll: plain(`${title} ${words} ${kind}`),
    }));
    search();
  });
  document.head.append(script);
}

function rank(entry, wanted) {
  if (!wanted.every((word) => entry.inAll.includes(word))) return 0;
  return 1 + wanted.reduce((sum, word) => {
    const at = entry.inTitle.indexOf(word);
    return sum + (at === 0 ? 6 : at > 0 ? (/\W/.test(entry.inTitle[at - 1]) ? 4 : 2) : 0);
  }, 0);
}

function search() {
  if (!index) return;
  const wanted = plain(input.value).split(/\s+/).filter(Boolean);
  list.replaceChildren();
  select(-1);
  if (!wanted.length) return close();
  const found = index
    .map((entry, place) => ({ entry, place, rank: rank(entry, wanted) }))
    .filter((one) => one.rank)
    .sort((a, b) => b.rank - a.rank || a.place - b.place);
  found.slice(0, MOST).forEach(({ entry }, number) => {
    const item = make("li", { id: `found-${number}` },
      make("span", { className: "kind", textContent: entry.kind }),
      make("span", { textContent: entry.title }),
      make("span", { className: "words", textContent: entry.words }));
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.address = body.dataset.root + entry.address;
    list.append(item);
  });
  status.textContent = found.length ? `${found.length} ${say("Found")}` : say("None");
  if (!found.length) {
    const none = make("li", { className: "empty", textContent: say("None") });
    none.setAttribute("role", "option");
    none.setAttribute("aria-selected", "false");
    none.setAttribute("aria-disabled", "true");
    list.append(none);
  }
  box.hidden = false;
  input.setAttribute("aria-expanded", "true");
}

function close() {
  box.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function select(number) {
  const items = [...list.children].filter((item) => item.dataset.address);
  selected = items.length ? Math.max(-1, Math.min(number, items.length - 1)) : -1;
  items.forEach((item, place) => item.setAttribute("aria-selected", String(place === selected)));
  if (selected < 0) return input.removeAttribute("aria-activedescendant");
  input.setAttribute("aria-activedescendant", items[selected].id);
  items[selected].scrollIntoView({ block: "nearest" });
}

function go(item) {
  if (!item) return;
  close();
  location.href = item.dataset.address;
}

input.addEventListener("focus", load);
input.addEventListener("input", () => (index ? search() : load()));
input.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    select(selected + (event.key === "ArrowDown" ? 1 : -1));
  } else if (event.key === "Enter") {
    go(list.children[Math.max(selected, 0)]?.dataset.address && list.children[Math.max(selected, 0)]);
  } else if (event.key === "Escape") {
    close();
    input.blur();
  }
});
list.addEventListener("mousedown", (event) => {
  event.preventDefault();
  const item = event.target.closest("[data-address]");
  if (item) go(item);
});
input.addEventListener("blur", () => setTimeout(close, 100));
addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
    event.preventDefault();
    input.focus();
  }
});

body.dataset.ready = "";
