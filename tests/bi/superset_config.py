"""Superset for a test: on this machine only, its own state in a folder of the test's, and nobody told."""

import os
from pathlib import Path

STATE = Path(os.environ["SUPERSET_HOME"])

SECRET_KEY = "a test's own, of an instance that nobody else reaches"
SQLALCHEMY_DATABASE_URI = f"sqlite:///{STATE / 'superset.db'}"
TALISMAN_ENABLED = False
WTF_CSRF_ENABLED = False
RATELIMIT_ENABLED = False
AUTH_RATE_LIMITED = False
# A chart is asked of the file, each time.
DATA_CACHE_CONFIG = {"CACHE_TYPE": "NullCache"}
CACHE_CONFIG = {"CACHE_TYPE": "NullCache"}
