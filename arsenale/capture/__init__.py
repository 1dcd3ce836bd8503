"""Capture: from the numbers of a document to seed rows, a person's word for each.

| module | concept |
| --- | --- |
| `coverage` | every number of every document: captured, dismissed with a reason, or unaccounted for |
| `lexicon` | the seeds' words, looked for in a text; with `data/cues.toml`, what a sentence suggests |
| `propose` | a row for each number that nothing accounts for, guessed from its sentence |
| `sheet` | proposals as a CSV file that a person completes |
| `accept` | proposals into seeds: checked against the text and the gate, all of them or none |
| `walk` | the same, number by number, on a terminal |
| `command` | the commands `capture` and `coverage` |

What is written is what the document prints and where. A guess is only ever about the columns that say what
the figure means, and stands until a person has seen it.
"""
