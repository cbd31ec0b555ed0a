"""Baselines of retrieval: BM25 over whole documents, by words and by pairs of characters.

What a search must beat to be worth its while. Documents are ranked with their
title in front, by the index's own BM25 (Robertson & Zaragoza 2009).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from evals.ranking import ranking_scores
from evals.scoring import relevant_ids
from index.lexical import LexicalIndex
from index.tokens import normalise, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from evals.cases import Case
    from index.library import Library

_DEPTH: Final = 10
_RUN: Final = re.compile(r"[a-z0-9]+(?:[.\-][a-z0-9]+)*|[一-鿿]+")


def bigrams(text: str) -> list[str]:
    """Pairs of neighbouring Han characters, single characters that stand alone, and words of other scripts."""
    terms: list[str] = []
    for run in _RUN.findall(normalise(text)):
        if len(run) == 1 or not "一" <= run[0] <= "鿿":
            terms.append(run)
        else:
            terms.extend(run[i : i + 2] for i in range(len(run) - 1))
    return terms


BASELINES: Final[Mapping[str, Callable[[str], list[str]]]] = {"BM25 words": words, "BM25 bigrams": bigrams}
"""The terms of a text, by the name of the baseline; words are those of jieba, without function words."""


def baseline_scores(cases: Sequence[Case], library: Library) -> dict[str, dict[str, float]]:
    """The measures of ``evals.ranking`` for each baseline, over the answerable ``cases`` and all reports."""
    asked = [case for case in cases if case.answerable and case.documents]
    if not asked:
        return {}
    relevant = {case.id: relevant_ids(case) for case in asked}
    ids = [entry.id for entry in library.entries]
    texts = [f"{entry.title}\n{library.parsed(entry.id).report.text}" for entry in library.entries]
    return {
        name: ranking_scores(
            relevant, _ranked(asked, ids, LexicalIndex.build([terms(text) for text in texts]), terms)
        )
        for name, terms in BASELINES.items()
    }


def _ranked(
    cases: Sequence[Case], ids: Sequence[str], index: LexicalIndex, terms: Callable[[str], list[str]]
) -> dict[str, list[str]]:
    found = {}
    for case in cases:
        scores = index.scores(terms(case.question))
        order = np.argsort(-scores, kind="stable")[:_DEPTH]
        found[case.id] = [ids[row] for row in order if scores[row] > 0]
    return found
