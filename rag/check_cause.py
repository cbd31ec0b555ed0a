"""What a claim says that something is owed to, against what the official wording says of it. Pure functions."""

from __future__ import annotations

import re
from typing import Final

from index.tokens import nouns

# What something is owed to, up to the end of the part of the sentence.
_OWED: Final = re.compile(
    r"(?:得益于|得利于|受益于|归功于|归因于|源于|因为|由于|(?:原因|根本|关键)(?:就?是|在于)|[是靠]的是|主要靠)(?P<cause>[^，。；：]{2,30})"
)
# That it is owed to something, whatever that is, in either language.
_CAUSE: Final = re.compile(
    r"得益于|得利于|受益于|归功于|归因于|源于|拜[^，。]{1,12}所赐|因为|由于|带动的$|(?:原因|根本|关键)(?:是|在于)|[是靠]的是|(?<![可不])靠(?=[^，。]{2,10}(?:带动|拉动|推动|拉|撑|顶|堆)(?:动|起来|上去|出来)?)|"
    r"\b(?:driven|fuell?ed|boosted|caused|powered) (?:\w+ )?by|because|due to|owing to|thanks to\b",
    re.IGNORECASE,
)
_EXPLAINED: Final = re.compile(
    r"得益于|受益于|归功于|源于|由于|原因[是为]|根本在于|主要是|因(?!地|此|素|城|为)[^，。；]{2,12}[，未而]|[\u4e00-\u9fff”](?:带动|拉动|推动)[\u4e00-\u9fff]"
)
_GENERAL: Final = frozenset("带动 拉动 推动 影响 作用 发展 增长 建设 工作 努力 支持 原因 因素".split())


def names_cause(claim: str) -> bool:
    """Whether ``claim`` says that something is owed to something else."""
    return _CAUSE.search(claim) is not None


def is_explained(official: str) -> bool:
    """Whether the ``official`` wording itself says what something is owed to."""
    return _EXPLAINED.search(official) is not None


def other_cause(claim: str, official: str) -> tuple[str, str] | None:
    """What ``claim`` owes something to, and the words by which ``official`` owes it to something else; None if it does not.

    It does where none of the things that the claim names as the cause stands in it.
    """
    said, told = _OWED.search(claim), _EXPLAINED.search(official)
    if said is None or told is None:
        return None
    things = [word for word in nouns(said["cause"]) if word not in _GENERAL]
    if not things or any(word in official for word in things):
        return None
    return said["cause"], next(
        part for part in re.split(r"[，。；]", official) if told[0].strip("，") in part
    )
