"""Dagster's part: what runs, when, and what stops it. Holds no logic of its own."""
