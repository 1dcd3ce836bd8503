// Before anything is drawn: the colours that the reader chose, or the system's.
"use strict";
try {
  const chosen = localStorage.getItem("arsenale-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // A browser may keep nothing for files; then the system's colours hold.
}
