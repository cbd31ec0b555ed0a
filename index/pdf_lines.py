"""The printed lines of a PDF's pages, put together to paragraphs."""

import re
import unicodedata
from collections import Counter

HAN_OR_MARK = "[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’—…]"
"""A Chinese character or mark, between which spaces and line ends mean nothing; for regular expressions."""

# Many PDFs give a character as the radical or ligature that shares its glyph (⼈ for 人, ⻓ for 长).
_RADICALS = zip(
    "⼾⾭⺁⺇⺎⺒⺓⺛⺟⺠⺧⺩⺬⺮⺯⺼⺽⻁⻄⻅⻆⻉⻊⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻲⻳",
    "户青厂几兀巳幺旡母民牛王示竹糸月臼虎西见角贝足车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙亀龟",
    strict=True,
)
_COMPATIBLE = (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB07))
_PLAIN_SIGNS = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in _COMPATIBLE},
    **{ord(radical): sign for radical, sign in _RADICALS},
    ord("⸺"): "——",
}

_PAGE_NUMBER = re.compile(
    r"[-—–－_·•~\s]*(?:第\s*)?[0-9０-９]{1,4}(?:\s*[/／]\s*[0-9]{1,4})?(?:\s*页)?(?:[,，\s]*共\s*[0-9]+\s*页)?[-—–－_·•~\s]*"
)
_HAN_SPACE = re.compile(f"(?<={HAN_OR_MARK})[ \u3000]+(?={HAN_OR_MARK})")
_NEW_PARAGRAPH = re.compile(
    "[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]+部分|各位代表|——"
)
_PARAGRAPH_END = ("。", "！", "？", "：", "!", "?", ":", "。”", "。）")


def joined(pages: list[list[str]]) -> tuple[str, tuple[int, ...]]:
    """The lines of each page as one text, a line per paragraph, and the offset at which each page starts.

    Page numbers and running titles are left out.
    """
    plain = [[line.translate(_PLAIN_SIGNS) for line in page] for page in pages]
    return _join_pages(_without_running_lines(plain))


def _without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """Return the lines of each page, trimmed, without page numbers and running titles."""
    trimmed = [[_HAN_SPACE.sub("", line.strip()) for line in page if line.strip()] for page in pages]
    edges = Counter(mask for page in trimmed for mask in {_mask(line) for line in page[:2] + page[-2:]})
    running = {mask for mask, times in edges.items() if times > max(2, len(pages) // 2)}
    return [_trim_edges(page, running) for page in trimmed]


def _mask(line: str) -> str:
    """Return the line with one sign for every number: running titles differ in the page number."""
    return re.sub("[0-9０-９]+", "#", line)


def _trim_edges(lines: list[str], running: set[str]) -> list[str]:
    def is_furniture(line: str) -> bool:
        return _mask(line) in running or _PAGE_NUMBER.fullmatch(line) is not None

    while lines and is_furniture(lines[0]):
        lines = lines[1:]
    while lines and is_furniture(lines[-1]):
        lines = lines[:-1]
    return lines


def _join_pages(pages: list[list[str]]) -> tuple[str, tuple[int, ...]]:
    """The pages as one text, with the lines of each paragraph joined, and where each page starts."""
    lengths = sorted(len(line) for page in pages for line in page)
    # Lines are set to one width: what is clearly shorter ends a paragraph.
    full = lengths[len(lengths) * 3 // 4] * 0.85 if lengths else 0
    text, last, starts = "", "", []
    for page in pages:
        starts.append(len(text))
        for number, line in enumerate(page):
            if last:
                text += _seam(last, line, full)
            if number == 0:
                starts[-1] = len(text)
            text += line
            last = line
    return text + "\n", tuple(starts)


def _seam(line: str, following: str, full: float) -> str:
    """Return what stands between two lines: nothing, a space or the end of a paragraph."""
    if len(line) < full or line.endswith(_PARAGRAPH_END) or _NEW_PARAGRAPH.match(following):
        return "\n"
    return " " if line[-1].isascii() and following[0].isascii() and line[-1].isalpha() else ""
