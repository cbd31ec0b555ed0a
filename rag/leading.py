"""Whether the best clause answers a question by its own words, so that nothing is left for the model to read.

A clause that is nearer to the question than the others that were found, and
has more of its words, holds the answer as surely as the model's reading of all
of them: quoted, it is there at once, where reading takes seconds. How surely
is told by a logistic regression over questions of our own
(``python -m evals.leading`` fits it anew).
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Final

from index.encoder import EMBEDDED
from rag.amounts import asks_count, asks_number, has_number, has_rates_only, measured_units
from rag.asked_kind import lacks_kind
from rag.check_records import status_fits
from rag.listing import Counted, Initialled, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.searcher import Searcher
    from index.types import Period
    from rag.types import Found, Query, Slot

# Similarities of the embedded encoder lie close together: this one counts as 0, and a twentieth as one.
_ORIGIN: Final = 0.82
_SPREAD: Final = 20.0
_JUDGED: Final = 3
SURE: Final = 1.6
"""Log-odds by which a clause is quoted at once: there it holds the answer as often as what the model makes of all clauses."""
_KINDS: Final = frozenset({"fact", "list", "figure"})


@dataclass(frozen=True, slots=True)
class Lead:
    """What tells how surely the first clause answers; the weights of a regression are one too, with its ``constant``.

    Attributes:
        near: how near it is to the question, in twentieths of a cosine above that of strangers.
        nearer: by how much more than any other.
        covered: how much of the question it speaks of.
        covers_more: by how much more than any other.
        unrecorded: 1 where a number is asked for that no ledger record gives.
        constant: 1.
    """

    near: float
    nearer: float
    covered: float
    covers_more: float
    unrecorded: float
    constant: float = 1.0


_WEIGHTS: Final = Lead(
    near=1.78, nearer=1.39, covered=0.34, covers_more=1.85, unrecorded=-1.40, constant=-2.35
)


def nearness_of(query: Query, found: Sequence[Found], searcher: Searcher) -> tuple[float, ...]:
    """How near the question is to each of the first clauses of every slot; empty where the encoder is not the embedded one.

    Of other encoders nothing is known of what their similarities mean.
    """
    if not searcher.encoder.startswith(EMBEDDED):
        return ()
    clauses = [one.focused for part in found for one in part.evidence[:_JUDGED]]
    return tuple((one - _ORIGIN) * _SPREAD for one in searcher.similarities(query.text, clauses))


def lead_of(query: Query, found: Sequence[Found], near: Sequence[float], *, unrecorded: bool) -> Lead | None:
    """How far the first clause is ahead; None where a clause by itself is not what is asked for, or nothing is known of it.

    That is so of English questions, which want an English answer, of comparisons, of what leans on the question
    before (渝东南呢？), of lists that have so many items, of a number that it does not have, of
    another year or status than was asked of, and in texts that are no reports.
    """
    alone = query.language == "zh" and query.wanted in _KINDS and len(found) == 1 and not query.leans
    if (
        not alone
        or not near
        or not found[0].slot.place
        or isinstance(counted(query.text), Counted | Initialled)
    ):
        return None
    first, *others = found[0].evidence
    if not is_of_the_time_asked(first.period, found[0].slot):
        return None
    if lacks_kind(query.asked, [first.focused], query.places):
        return None
    numberless = asks_number(query.text) and not all(
        has_number(first.focused, unit) for unit in measured_units(query.text)
    )
    if numberless or (asks_count(query.text) and has_rates_only(first.focused)):
        return None
    return Lead(
        near=near[0],
        nearer=near[0] - max(near[1:], default=0.0),
        covered=first.covered,
        covers_more=first.covered - max((one.covered for one in others), default=0.0),
        unrecorded=float(unrecorded),
    )


def is_of_the_time_asked(period: Period, slot: Slot) -> bool:
    """Whether a clause is of no other year and status than those that are asked of: the search goes beyond them where it finds nothing."""
    right_year = not slot.years or period.year in {None, *slot.years}
    return right_year and status_fits(period.status, slot.statuses)


def leads(query: Query, found: Sequence[Found], near: Sequence[float], *, unrecorded: bool) -> bool:
    """Whether the first clause surely answers ``query``; arguments as of ``lead_of``."""
    lead = lead_of(query, found, near, unrecorded=unrecorded)
    return lead is not None and log_odds(lead, _WEIGHTS) >= SURE


def log_odds(lead: Lead, weights: Lead) -> float:
    """That the clause of ``lead`` answers, by the ``weights``."""
    return float(sum(one * weight for one, weight in zip(astuple(lead), astuple(weights), strict=True)))
