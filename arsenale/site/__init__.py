"""A release as pages to read: static HTML in two languages that asks no host for anything.

| module | concept |
| --- | --- |
| `content` | the rows of one release, read once and tied together |
| `overview` … `data` | each page of the menu: what its template is filled with |
| `overview_charts` | the drawings of the first page |
| `figures` | every figure and event, with all that is known about it |
| `chart` | drawing: Vega-Lite in, SVG out |
| `language` | texts, numbers and dates in the reader's language |
| `address` | where each thing stands |
| `search` | what the search of a page looks in |
| `write` | the folder |
| `render` | from a file of the warehouse to the folder |
| `ahead` | the same in a process that is started before its turn |
| `command` | the command `site` |

A page says nothing that the tables do not say, and each of its numbers leads to the figure it stands on. It
holds no sentence of a document, unless it is asked to with the documents at hand. Nothing here knows
Dagster or dbt; DuckDB, Jinja2 and the drawing program are imported when pages are made.
"""
