"""A report taken apart: its outline, clauses with periods, and passages."""

from index.clauses import find_spans, group_passages, split_clauses
from index.contexts import assign_periods
from index.outline import find_sections
from index.types import Clause, Passage, Report, Section


def parse_structure(report: Report) -> tuple[tuple[Section, ...], tuple[Clause, ...], tuple[Passage, ...]]:
    """The sections, clauses and passages of ``report``, each in the order of the text."""
    sections = find_sections(report.text)
    spans = find_spans(report.text, sections)
    periods = assign_periods(report.text, spans, sections, report.year)
    clauses = split_clauses(report, sections, spans, periods)
    return sections, clauses, group_passages(report.text, spans, clauses)
