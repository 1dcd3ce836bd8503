"""What is said to the keeper when nobody looks: once when something goes wrong, and once when that ends.

| module | concept |
| --- | --- |
| `message` | what is said: a subject, the findings, what to do, a link |
| `channels` | to whom: standard output always, e-mail and a webhook where the environment names them |
| `journal` | what was said already, and what could not be: the one state, shared by processes |
| `watch` | when something is said: builds that fail, a release that grows old, values that change |
| `command` | the command `alerts` |

Nothing here knows Dagster or dbt.
"""
