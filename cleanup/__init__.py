"""A copy desk for machine-translated articles.

>>> import cleanup
>>> report = cleanup.clean("They dont know.")
>>> report.corrected
"They don't know."
>>> [(change.before, change.after, change.rules) for change in report.changes]
[('dont', "don't", ('words/lost-contraction',))]
"""

from cleanup.card import RulebookError
from cleanup.desk import check, clean
from cleanup.edit import Change, Diagnostic, Edit, Fix
from cleanup.learnt import LearntError
from cleanup.report import Report, apply
from cleanup.settings import ConfigError, Settings
from cleanup.version import VERSION as __version__

__all__ = [
    "Change",
    "ConfigError",
    "Diagnostic",
    "Edit",
    "Fix",
    "LearntError",
    "Report",
    "RulebookError",
    "Settings",
    "__version__",
    "apply",
    "check",
    "clean",
]
