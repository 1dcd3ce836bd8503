"""Under which terms a release is passed on, and whose it is.

Three things lie in a release, each under its own terms:

- the data, which is ours (what was captured, classified and worked out, and its arrangement): CC BY 4.0.
  Figures as such are facts that nobody owns; the licence covers what a database right or a copyright in
  notes and descriptions would;
- the code that made it: Apache 2.0, as `pyproject.toml` says;
- the words of the sources: theirs. A release holds printed figures, names and dates, and no sentence.
"""

from __future__ import annotations

TITLE = "Arsenale: figures on Italian defence, each with the passage it stands on"
AUTHOR = "The Arsenale contributors"

DATA_LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
