"""Arsenale: every figure, and the sentence it stands on.

The library behind the warehouse: documents, mentions, contracts, releases. It knows neither Dagster nor dbt.
"""
