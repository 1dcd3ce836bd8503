"""For every check of the project a change that it catches: a check that catches nothing protects nobody.

The checks are found by enumeration: in dbt's manifest, in the built file's constraints, in the seeds'
contracts and in the rules of gate and audit. One that is new and has no mutation here fails.

| file | checks |
| --- | --- |
| `test_seed_contracts` | what each cell, key and number of rows of a seed must be (Pandera) |
| `test_gate_rules` | the rules that span rows and files |
| `test_constraints` | the constraints of the public tables, which dbt's contracts made |
| `test_dbt_tests` | dbt's data tests |
| `test_audit_rules` | the rules of the audit, and the checks of its Pandera schema |

Mutations are made to rows in memory and to copies of a built database; that a failed check stops a whole
build and leaves what was published is shown in `tests/build`.
"""
