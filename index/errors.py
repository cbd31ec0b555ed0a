"""Errors of the index package.

The tree:

WenzhengIndexError
├── ReportError          a report cannot be used; bad input (exit code 2)
│   ├── ReportNotFound       no report has the given id
│   ├── UnreadableReport     damaged, encrypted, scanned, empty, unknown encoding
│   └── NotAReport           readable, but not a government work report
└── IndexUnavailable     something needed is missing or damaged (exit code 3)
    ├── IndexDamaged         a stored file is missing or its checksum is wrong
    ├── IndexOutdated        built by another schema or encoder: rebuild
    └── EncoderUnavailable   the embedding model cannot be loaded

Each message says what was given, what was expected and what to do.
"""


class WenzhengIndexError(Exception):
    """Base of all errors raised by ``index``."""


class ReportError(WenzhengIndexError):
    """A report that was given cannot be used."""


class ReportNotFound(ReportError):
    """No indexed report has the given id."""


class UnreadableReport(ReportError):
    """The file cannot be turned into text."""


class NotAReport(ReportError):
    """The text was read, but is not a government work report."""


class IndexUnavailable(WenzhengIndexError):
    """The index, or something it needs, is missing or damaged."""


class IndexDamaged(IndexUnavailable):
    """A stored file is missing or does not match its checksum."""


class IndexOutdated(IndexUnavailable):
    """The index was built by another schema or encoder."""


class EncoderUnavailable(IndexUnavailable):
    """The embedding model cannot be loaded."""
