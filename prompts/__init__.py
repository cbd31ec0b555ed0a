"""Prompts, one Markdown file each, with ``{variables}`` that must all be given.

A file is a system message, a line ``---``, and a user message. The system
message has no variables: it is the constant part that stays in the engine's
prefix cache. A first part ``@other`` takes up the prompt ``other`` and adds to
its user message: what they share is read by the model only once.
"""

from __future__ import annotations

import hashlib
import string
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parent


class PromptError(Exception):
    """A prompt file is missing, malformed, or filled with the wrong variables."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt file, read."""

    name: str
    system: str
    user: str

    @property
    def variables(self) -> frozenset[str]:
        """The names that ``fill`` must be given."""
        return frozenset(name for _, name, _, _ in string.Formatter().parse(self.user) if name)

    def fill(self, **values: str) -> list[tuple[str, str]]:
        """Messages for a chat model. Raises ``PromptError`` on a missing or unknown variable."""
        if set(values) != self.variables:
            raise PromptError(
                f"Prompt {self.name!r} takes the variables {sorted(self.variables)}, got {sorted(values)}.",
            )
        return [("system", self.system), ("user", self.user.format(**values))]


@lru_cache
def load(name: str) -> Prompt:
    """The prompt ``name``. Raises ``PromptError`` if there is none or it has not the two parts."""
    path = _FOLDER / f"{name}.md"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in _FOLDER.glob("*.md")))
        raise PromptError(f"No prompt {name!r}; known prompts: {known}.")
    system, line, user = path.read_text(encoding="utf-8").partition("\n---\n")
    if not line:
        raise PromptError(f"Prompt {name!r} needs a system part, a line ---, and a user part.")
    if system.startswith("@"):
        base = load(system[1:].strip())
        return Prompt(name, base.system, f"{base.user}\n{user.strip()}")
    return Prompt(name, system.strip(), user.strip())


@lru_cache
def fingerprint() -> str:
    """Short hash over all prompt files: changes when any wording does."""
    contents = b"".join(path.read_bytes() for path in sorted(_FOLDER.glob("*.md")))
    return hashlib.sha256(contents).hexdigest()[:12]
