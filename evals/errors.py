"""Errors of the evals package.

The tree:

EvalError
├── DatasetError         a dataset is unknown, or a line of it cannot be read (exit code 2)
├── ResultError          a result file cannot be read, or belongs to another run (exit code 2)
├── DatasetMissing       a known dataset's files are not on this machine (exit code 3)
└── PackageMissing       a package of the ``evals`` extra is not installed (exit code 3)

Each message says what was given, what was expected and what to do.
"""


class EvalError(Exception):
    """Base of all errors raised by ``evals``."""


class DatasetError(EvalError):
    """A dataset is unknown, or a line of it cannot be read."""


class ResultError(EvalError):
    """A result cannot be read, or belongs to another run."""


class DatasetMissing(EvalError):
    """A known dataset's files are not there."""


class PackageMissing(EvalError):
    """A package of the ``evals`` extra is not installed."""
