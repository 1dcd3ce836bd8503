// To the language that the reader chose, or the browser's, or the first.
"use strict";
let chosen = null;
try {
  chosen = localStorage.getItem("arsenale-language");
} catch {
  // A browser may keep nothing for files.
}
const codes = ["en", "it"];
const wanted = chosen || (navigator.languages || [navigator.language]).map((one) => one.slice(0, 2)).find((one) => codes.includes(one));
location.replace(`${codes.includes(wanted) ? wanted : codes[0]}/index.html`);
