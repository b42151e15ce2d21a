"""A library for every clinic: all leaflets, made again only when something in them changed."""

from handouts.batch.pool import Crew, available_cores, local_crew
from handouts.batch.report import FAILED, Failure, Report, summary
from handouts.batch.rows import BatchWish, Progress, Row
from handouts.batch.run import run_batch
from handouts.batch.warnings import Warned

__all__ = [
    "FAILED",
    "BatchWish",
    "Crew",
    "Failure",
    "Progress",
    "Report",
    "Row",
    "Warned",
    "available_cores",
    "local_crew",
    "run_batch",
    "summary",
]
