"""Releases: how a built database becomes what everybody reads, and how it is read, compared and taken back.

| module | concept |
| --- | --- |
| `lock` | one build at a time |
| `builds` | the private folder that one build works in |
| `engine` | the DuckDB that works on releases, and what it sees in a database: tables, keys, comments |
| `space` | room on the disk |
| `store` | the folders of the published releases and the link to the current one |
| `publish` | from a private database to a release: copy, export, describe, rename, flip |
| `export` | one Parquet and one CSV per table |
| `manifest`, `citation`, `changes` | the papers of a release: `MANIFEST.json`, `CITATION.cff`, `CHANGES.md` |
| `datapackage` | the release for other people's tools: `datapackage.json` |
| `sbom` | what it was made with: `sbom.cdx.json` |
| `licences` | under which terms, and whose |
| `logical_hash` | what a database says, as one digest |
| `diff` | what changed between two databases |
| `revisions` | which changes need a reason, and whether they have one |
| `consequences` | what follows from a change that has one |
| `verify` | whether a release is what it was |
| `confirmation` | when a build came to the current release last |
| `history` | rollback, keep, prune |
| `reader` | a connection that can read the current release and nothing else |
| `query` | the answer to one SQL text, as table, CSV, JSON, Markdown or Parquet |
| `table` | a table on a terminal |
| `command` | the commands `query` and `releases` |

Nothing here knows Dagster or dbt.
"""
