"""The datasets by name: their cases, and the reports that they are asked against."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from evals import bench
from evals.cases import read_gold
from evals.errors import DatasetError, DatasetMissing
from index.loaders import load_report

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from evals.cases import Case
    from index.types import Report

_ROOT: Final = Path(__file__).parents[1]
SHARED: Final = _ROOT.parent / "shared"
"""Where corpora and public question sets are looked for: beside the repository, in no part of it."""

_OWN: Final = Path(__file__).parent / "datasets"
_BUNDLED: Final = "chongqing-2024"

# multi_open and multi_fresh are asked against these, and what they call unanswerable was checked against these only.
_MULTI_REPORTS: Final = (
    _BUNDLED,
    *(f"省级_重庆市_{year}" for year in (2025, 2026)),
    *(f"省级_上海市_{year}" for year in range(2020, 2027)),
    *(f"国务院_全国_{year}" for year in (2018, 2019, 2020, 2021, 2022, 2024)),
    *(f"省级_{place}_{year}" for place in ("北京市", "广东省", "四川省", "浙江省", "湖北省") for year in (2025, 2026)),
)  # fmt: skip

# What provinces_own calls unanswerable, and says of claims that nothing is said, was checked against these only.
_PROVINCES_REPORTS: Final = (
    _BUNDLED,
    *(f"省级_{place}_{year}" for place in ("河北省", "吉林省", "西藏自治区", "陕西省", "河南省") for year in (2025, 2026)),
    "省级_山东省_2025",
    *(f"区县_海拉尔区_{year}" for year in (2013, 2014, 2015)),
    *(f"国务院_全国_{year}" for year in (1999, 2004, 2005, 2016)),
)  # fmt: skip

# Of elsewhere_fresh the same: what it calls unanswerable names a place and a time.
_ELSEWHERE_REPORTS: Final = (
    _BUNDLED,
    *(f"省级_{place}_{year}" for place in ("云南省", "河南省", "江苏省", "湖南省", "福建省", "江西省", "内蒙古自治区", "广西壮族自治区", "海南省", "陕西省") for year in (2025, 2026)),
    *(f"省级_{place}_2025" for place in ("辽宁省", "安徽省", "山西省", "甘肃省", "吉林省", "天津市", "青海省", "贵州省", "黑龙江省", "山东省", "西藏自治区", "新疆维吾尔自治区", "河北省", "宁夏回族自治区")),
    *(f"省级_{place}_2026" for place in ("西藏自治区", "山东省", "辽宁省", "安徽省", "贵州省", "吉林省", "天津市", "黑龙江省", "新疆维吾尔自治区", "青海省", "宁夏回族自治区", "山西省", "河北省", "重庆市", "甘肃省")),
    *(f"国务院_全国_{year}" for year in (1979, 1982, 1986, 1988, 1989, 1991, 1993, 1994, 1996, 1998, 1999, 2000, 2001, 2002, 2003, 2004, 2005, 2008, 2009, 2010, 2011, 2012, 2013, 2014, 2015, 2016, 2017)),
    *(f"区县_海拉尔区_{year}" for year in (2012, 2013, 2014, 2015, 2016, 2017, 2018, 2019)),
)  # fmt: skip

_GOLD: Final[dict[str, tuple[str, ...]]] = {
    "cq2024_open": (_BUNDLED,),
    "multi_open": _MULTI_REPORTS,
    "cq2024_own": (_BUNDLED,),
    "provinces_own": _PROVINCES_REPORTS,
    "cq2024_fresh": (_BUNDLED,),
    "multi_fresh": _MULTI_REPORTS,
    "elsewhere_fresh": _ELSEWHERE_REPORTS,
}
"""The sets with gold answers and evidence, and the reports that each is asked against."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Cases and what they are asked against.

    Attributes:
        reports: reads the reports that make up the set's own index; None for
            a file of cases that is asked against the index in use.
        default_report: the report that is meant when a question names no other.
    """

    name: str
    cases: tuple[Case, ...]
    reports: Callable[[], Sequence[Report]] | None
    default_report: str

    @property
    def fingerprint(self) -> str:
        """Short hash of the cases: equal for equal questions and gold."""
        return hashlib.sha256(repr(self.cases).encode()).hexdigest()[:12]


def dataset_names() -> tuple[str, ...]:
    """The names that ``load_dataset`` knows."""
    return (*_GOLD, *bench.ADAPTERS)


def gold_names() -> tuple[str, ...]:
    """Those of the sets with gold answers and evidence in reports."""
    return tuple(_GOLD)


def load_dataset(name: str | Path, shared: Path = SHARED) -> Dataset:
    """The dataset of that name, or a file of cases.

    Raises:
        DatasetError: neither is there, or a line cannot be read.
        DatasetMissing: the dataset is known, its files are not on this machine.
    """
    if str(name) in _GOLD:
        ids = _GOLD[str(name)]
        cases = read_gold(_OWN / f"{name}.jsonl")
        return Dataset(str(name), cases, lambda: _read_reports(ids, shared), _BUNDLED)
    if str(name) in bench.ADAPTERS:
        read = bench.ADAPTERS[str(name)](shared / "bench")
        return Dataset(str(name), read.cases, read.reports, read.default_report)
    path = Path(name)
    if not path.is_file():
        raise DatasetError(
            f"There is no dataset {str(name)!r}. Known: {', '.join(dataset_names())}; or give a JSONL file of cases."
        )
    return Dataset(path.stem, read_gold(path), None, _BUNDLED)


def with_reports_beside(dataset: Dataset, folder: Path) -> Dataset:
    """``dataset`` asked against its own reports and all .txt reports in ``folder``, in an index apart.

    Gold evidence that names no report is then that of the default one: other
    reports may hold the same words. Raises ``DatasetError`` if there is no
    report in ``folder``, or the set is asked against the index in use.
    """
    paths = sorted(folder.glob("*.txt"))
    own = dataset.reports
    if not paths or own is None:
        raise DatasetError(
            f"No .txt reports are in {folder}."
            if not paths
            else f"{dataset.name} is asked against the index in use: add the reports to it with wenzheng index add."
        )

    def reports() -> list[Report]:
        found = list(own())
        held = {report.id for report in found}
        return [*found, *(load_report(path) for path in paths if path.stem not in held)]

    cases = tuple(
        replace(
            case,
            evidence=tuple(
                replace(one, report=one.report or dataset.default_report) for one in case.evidence
            ),
        )
        for case in dataset.cases
    )
    return Dataset(f"{dataset.name}-beside-{folder.name}", cases, reports, dataset.default_report)


def _read_reports(ids: Sequence[str], shared: Path) -> list[Report]:
    paths = [
        _ROOT / "index" / "reports" / f"{one}.txt"
        if one == _BUNDLED
        else shared / "corpus" / "reports" / f"{one}.txt"
        for one in ids
    ]
    missing = [path.stem for path in paths if not path.is_file()]
    if missing:
        raise DatasetMissing(
            f"{len(missing)} reports that this dataset is asked against are not in {shared.name}/corpus/reports beside "
            f"the repository: {', '.join(missing[:3])} ... Put the corpus there, or index the reports and give the "
            "dataset's file instead of its name."
        )
    return [load_report(path) for path in paths]
