"""Retrieval metrics, by the library ``ir_measures`` (MacAvaney, Macdonald & Ounis 2022) over trec_eval."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ir_measures
from ir_measures import RR, R, Success, nDCG

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MEASURES = ("Success@1", "Success@5", "R@1", "R@5", "R@10", "RR@10", "nDCG@10")
"""Reported for every ranking.

Success@k: share of questions with a relevant document among the first k. R@k
(recall): share of a question's relevant documents among the first k, mean over
questions; equal to Success@k where each has one. RR@10 (mean over questions:
MRR): 1 / rank of the first relevant document, 0 beyond 10 (Voorhees 1999).
nDCG@10: gain discounted by the logarithm of the rank, over that of the best
order (Järvelin & Kekäläinen 2002).
"""

_MEASURES = (Success @ 1, Success @ 5, R @ 1, R @ 5, R @ 10, RR @ 10, nDCG @ 10)


def ranking_scores(
    relevant: Mapping[str, Sequence[str]], ranked: Mapping[str, Sequence[str]]
) -> dict[str, float]:
    """Each of ``MEASURES``, mean over all questions of ``relevant``.

    Args:
        relevant: the ids of the relevant documents by question; none may be empty.
        ranked: ids of the found documents, best first and each once, by
            question; a question that is missing found nothing and counts as 0.
    """
    wanted = {question: dict.fromkeys(ids, 1) for question, ids in relevant.items()}
    # trec_eval orders by score and breaks ties by id: falling scores keep our order.
    run = {
        question: {document: float(len(ranked[question]) - i) for i, document in enumerate(ranked[question])}
        for question in relevant
        if ranked.get(question)
    }
    sums = dict.fromkeys(map(str, _MEASURES), 0.0)
    for metric in ir_measures.iter_calc(_MEASURES, wanted, run):
        sums[str(metric.measure)] += metric.value
    return {name: value / len(relevant) for name, value in sums.items()} if relevant else {}
