"""What Arsenale takes of Dagster that Dagster does not promise to keep, all of it.

| for | because Dagster's own |
| --- | --- |
| `event_log.py` | event log opens its files anew for each event, which is half of a build's time |
| `retention.py` | storage forgets a run and leaves a row for each of its checks |
| `run_launcher.py` | launcher cannot say whether a worker lives |
| `webserver.py` | command serves pages that any site may ask for |

The pin in `pyproject.toml` holds it still. A test imports it, and sees that no other file takes more, but for
one name of dbt's integration, which takes seconds to import: that stands in `dbt.py`.
"""

from dagster._core.launcher import CheckRunHealthResult, WorkerStatus
from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable
from dagster._core.storage.event_log.sql_event_log import SqlEventLogStorage
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import WorkspaceFileTarget
from dagster._serdes import ConfigurableClassData

__all__ = [
    "SQLITE_BUSY_TIMEOUT_SECONDS",
    "AssetCheckExecutionsTable",
    "CheckRunHealthResult",
    "ConfigurableClassData",
    "SqlEventLogStorage",
    "SqliteEventLogStorage",
    "WorkerStatus",
    "WorkspaceFileTarget",
    "WorkspaceProcessContext",
]
