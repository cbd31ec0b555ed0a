"""Errors of the rag package.

The tree:

RagError
├── QuestionError        empty, too long, or in a language that is not supported (exit code 2)
├── SettingsError        a setting is unknown or out of bounds (exit code 2)
└── ModelUnavailable     something the chat model needs is missing (exit code 3)
    ├── ModelMissing         its files are not there
    ├── ModelDamaged         its checksum is wrong
    ├── RuntimeMissing       the engine that runs it is not installed
    ├── RuntimeFailed        its server did not start, or died
    └── ModelTimeout         no answer within the time limit

Each message says what was given, what was expected and what to do.
"""


class RagError(Exception):
    """Base of all errors raised by ``rag``."""


class QuestionError(RagError):
    """The question cannot be read."""


class SettingsError(RagError):
    """A setting is unknown or holds what it may not."""


class ModelUnavailable(RagError):
    """The chat model, or something it needs, is missing."""


class ModelMissing(ModelUnavailable):
    """The model's files are not there."""


class ModelDamaged(ModelUnavailable):
    """The model's file does not match its checksum."""


class RuntimeMissing(ModelUnavailable):
    """The engine that runs the embedded model is not installed."""


class RuntimeFailed(ModelUnavailable):
    """The embedded model's server did not start, or died."""


class ModelTimeout(ModelUnavailable):
    """The model did not answer within the time limit."""
