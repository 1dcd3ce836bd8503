"""From any number of a release back to its passage, and on to a citation.

| module | concept |
| --- | --- |
| `lookup` | which row is meant, and what hangs together: read off the release's own schema |
| `evidence` | the passage of one figure or event, in the text of its document where that is at hand |
| `citation` | the citation, as plain text, BibTeX and CSL JSON |
| `report` | all of it together, for a person and for a program |
| `command` | the command `trace` |

It reads a release and the documents, never the seeds: what it says is what was published. It loads neither
Dagster, dbt, Pandera nor the mention finder, and answers in half a second.
"""
