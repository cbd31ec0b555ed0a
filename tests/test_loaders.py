import contextlib
import io
import os
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from index import loaders
from index.errors import NotAReport, ReportError, UnreadableReport
from index.loaders import load_report, report_files, report_from_text

BUNDLED = Path(__file__).parents[1] / "index" / "reports" / "chongqing-2024.txt"
REPORT = (
    "政府工作报告\n"
    "——2023年2月6日在清江县第九届人民代表大会第三次会议上\n"
    "各位代表：\n"
    "现在，我代表县人民政府向大会报告工作，请予审议。\n"
    "一、2022年工作回顾\n"
    "地区生产总值增长5.5%，城镇新增就业1.2万人。\n"
)
TITLE = "清江县人民政府工作报告（2023年）"


def written(folder, name, data):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def pdf_of(*pages: list[str]):
    """Return a PDF with a text layer: one string per line, codes that a ToUnicode map explains."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        3: b"<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        4: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/DW 1000"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
    }
    high_bytes = {ord(sign) >> 8 for lines in pages for line in lines for sign in line}
    ranges = "".join(f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>\n" for high in high_bytes)
    unicode_map = (
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{len(high_bytes)} beginbfrange\n{ranges}endbfrange"
    ).encode()
    objects[5] = b"<</Length %d>>stream\n%s\nendstream" % (len(unicode_map), unicode_map)
    kids = []
    for number, lines in enumerate(pages):
        page, content = 6 + 2 * number, 7 + 2 * number
        shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj T*\n" for line in lines)
        stream = f"BT /F1 12 Tf 16 TL 50 780 Td\n{shown}ET".encode()
        objects[content] = b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream)
        objects[page] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % content
        )
        kids.append(b"%d 0 R" % page)
    objects[2] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    body, offsets = b"%PDF-1.7\n", []
    for number, value in sorted(objects.items()):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(offsets) + 1
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (
            count,
            table,
            count,
            len(body),
        )
    )


def encrypted(pdf, password):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def docx_of(*paragraphs: str, rows=()):
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, values in zip(table.rows, rows, strict=True):
            for cell, value in zip(row.cells, values, strict=True):
                cell.text = value
    document.add_paragraph("各位代表！")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


# --- plain text ---


def test_the_bundled_report():
    report = load_report(BUNDLED)
    assert report.id == "chongqing-2024"
    assert (report.place, report.level, report.year) == ("重庆市", "province", 2024)
    assert report.delivered == date(2024, 1, 21)
    assert report.title == "重庆市人民政府工作报告（2024年）"
    assert report.text == BUNDLED.read_text(encoding="utf-8").removeprefix("\ufeff")
    assert report.pages == ()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "big5hkscs"]
)
def test_every_encoding_gives_the_same_text(tmp_path, encoding):
    text = REPORT if encoding != "big5hkscs" else "各位代表：\n現在，我代表縣人民政府向大會報告工作。\n" * 40
    report = load_report(written(tmp_path, "a.txt", text.encode(encoding)), year=2023)
    assert report.text == text


def test_utf_16_with_a_big_endian_mark(tmp_path):
    assert load_report(written(tmp_path, "a.txt", ("\ufeff" + REPORT).encode("utf-16-be"))).text == REPORT


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_endings_become_line_feeds(tmp_path, ending):
    assert load_report(written(tmp_path, "a.txt", REPORT.replace("\n", ending))).text == REPORT


def test_what_is_given_counts_more_than_the_text(tmp_path):
    path = written(tmp_path, "a.txt", REPORT)
    report = load_report(path, report_id="x", place="重庆", year=2001, title="题")
    assert (report.id, report.place, report.level, report.year, report.title) == (
        "x",
        "重庆市",
        "province",
        2001,
        "题",
    )
    assert load_report(path).title == TITLE


@settings(deadline=None)
@given(
    text=st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\t")),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
)
def test_any_text_comes_back_apart_from_line_endings(tmp_path_factory, text, encoding):
    text = f"各位代表：{text}"
    data = text.encode(encoding)
    assume(encoding != "gb18030" or not _is_utf_8(data))
    path = written(tmp_path_factory.mktemp("any"), "a.txt", data)
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    report = report_from_text(loaders._read(path).text, "a", any_text=True)
    assert report.text == expected


def _is_utf_8(data):
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


# --- the other formats ---


def test_markdown_loses_its_marks(tmp_path):
    text = "# " + REPORT.replace("一、", "## 一、").replace("地区生产总值", "**地区生产总值**")
    assert load_report(written(tmp_path, "a.md", text)).text == REPORT


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("suffix", [".html", ".htm", ".HTML"])
def test_html_gives_one_line_per_paragraph(tmp_path, encoding, suffix):
    page = (
        f"<html><head><meta charset={encoding}><title>网站</title><style>p {{}}</style></head><body>"
        "<nav>首页 | 政务</nav><script>var x = '代码';</script><!-- 注 -->"
        "<h1>政府工作报告</h1><div>——2023年2月6日在清江县第九届\n人民代表大会第三次会议上</div>"
        "<p>&nbsp;&nbsp;　　各位代表：<br/>现在，我代表<b>县人民政府</b>向大会\n报告工作，请予审议。</p>"
        "<p>一、2022年工作回顾<p>地区生产总值<span>增长5.5%</span>，城镇新增就业1.2万人。"
        "<table><tr><td>指标</td><td><p>2023年</p></td></tr><tr><td>就业</td><td>1万人</td></tr></table>"
        "<footer>版权</footer></body></html>"
    )
    report = load_report(written(tmp_path, "a" + suffix, page.encode(encoding)))
    assert report.text == REPORT + "指标\t2023年\n就业\t1万人\n"
    assert report.title == TITLE


def test_docx_keeps_paragraphs_and_tables_in_order(tmp_path):
    data = docx_of(*REPORT.splitlines(), "", rows=[["指标", "2023年"], ["就业", "1万\n人"]])
    report = load_report(written(tmp_path, "清江.docx", data))
    assert report.text == REPORT + "指标\t2023年\n就业\t1万 人\n各位代表！\n"
    assert (report.id, report.title) == ("清江", TITLE)


def test_docx_keeps_tracked_insertions_and_drops_deletions(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph("各位代表：增长")
    run = paragraph.add_run("5%")
    deleted = paragraph.add_run("6%")
    inserted = run._element.makeelement(qn("w:ins"))
    run._element.addprevious(inserted)
    inserted.append(run._element)
    deleted._element.t_lst[0].tag = qn("w:delText")
    document.save(tmp_path / "a.docx")
    assert load_report(tmp_path / "a.docx", year=2020).text == "各位代表：增长5%\n"


def test_pdf_joins_lines_and_keeps_page_starts(tmp_path):
    first = [
        *REPORT.splitlines()[:5],
        "全县地区生产总值比上年增长百分之五点五，城镇新增就业",
        "一万二千人，城乡居民收入稳步提高，民生保障有力有效，",
    ]
    second = ["粮食总产量再创历史新高。", "二、2023年工作安排", "今年要抓好以下工作。"]
    pdf = pdf_of([*first, "- 1 -"], [*second, "第 2 页 共 2 页"])
    report = load_report(written(tmp_path, "a.pdf", pdf))
    paragraph = first[5] + first[6] + second[0]
    assert report.text.splitlines() == [*first[:5], paragraph, *second[1:]]
    assert report.pages == (0, report.text.index(second[0]))
    assert report.title == TITLE


def test_pdf_drops_running_titles(tmp_path):
    items = [f"{item}、各位代表：报告事项。" for item in "甲乙丙丁戊"]
    pages = [["清江县人民政府", item, f"清江 {number}/5", "2023/2/6"] for number, item in enumerate(items)]
    report = load_report(written(tmp_path, "a.pdf", pdf_of(*pages)), year=2023)
    assert report.text.split() == items
    assert len(report.pages) == 5


def test_pdf_radicals_and_ligatures_become_plain_characters(tmp_path):
    path = written(tmp_path, "a.pdf", pdf_of(["各位代表：⼈⺠⽣活，就业1万⼾，增⻓5%，ﬁle", "⸺全 ⾯推进"]))
    assert load_report(path, year=2023).text == "各位代表：人民生活，就业1万户，增长5%，file\n——全面推进\n"


def test_a_pdf_that_opens_without_a_password_is_read(tmp_path):
    path = written(tmp_path, "a.pdf", encrypted(pdf_of(REPORT.splitlines()), ""))
    assert load_report(path).title == TITLE


# --- what cannot be read ---


def zip_bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 3_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\n", "no text"),
        ("a.txt", bytes(range(256)) * 9, "binary|decoded"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 9, "binary|decoded"),
        ("a.txt", b"\xff\xfe\x00\xd8" * 9, "decoded"),
        ("a.txt", b"\xff\x80\xff\x81" * 9, "decoded"),
        ("a.txt", REPORT.encode()[:-2], "damaged UTF-8 text .first at byte"),
        ("a.rst", b"text", "unknown kind of file '.rst'.*\\.docx"),
        ("a.doc", b"text", "save it as .docx"),
        ("noname", b"text", "unknown kind of file"),
        ("a.html", b"<html><script>1</script></html>", "no text"),
        ("a.docx", docx_of(REPORT)[:900], "damaged"),
        ("a.docx", b"PK\x03\x04junk", "damaged"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"x" * 99, "without a password"),
        ("a.pdf", pdf_of([]), "scanned"),
        ("a.pdf", pdf_of(["- 1 -"], ["- 2 -"]), "scanned"),
        ("a.pdf", encrypted(pdf_of(["各位代表"]), "secret"), "encrypted"),
        ("a.pdf", pdf_of(REPORT.splitlines())[:200], "damaged|scanned"),
        ("a.pdf", b"junk" * 99, "damaged"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(tmp_path, name, data, says):
    path = written(tmp_path, name, data)
    with pytest.raises(UnreadableReport, match=says) as caught:
        load_report(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message


def test_a_docx_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(loaders, "_MAX_UNPACKED_BYTES", 1_000_000)
    with pytest.raises(UnreadableReport, match="unpacks to 3,000,000 bytes"):
        load_report(written(tmp_path, "a.docx", zip_bomb()))


def test_a_file_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(loaders, "MAX_BYTES", 10)
    with pytest.raises(UnreadableReport, match="at most 10"):
        load_report(written(tmp_path, "a.txt", REPORT))


def test_missing_files_and_folders_are_refused(tmp_path):
    with pytest.raises(UnreadableReport, match="no such file"):
        load_report(tmp_path / "none.txt")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(UnreadableReport, match="folder"):
        load_report(tmp_path / "folder.txt")


def test_a_file_without_read_permission_is_refused(tmp_path, monkeypatch):
    path = written(tmp_path, "a.txt", REPORT)
    path.chmod(0)
    if os.access(path, os.R_OK):  # the superuser may read everything

        def refuse(_):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UnreadableReport, match="Permission denied"):
        load_report(path)


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(loaders.SUFFIXES), st.integers(0, 3000))
def test_any_bytes_give_a_report_or_a_report_error(tmp_path_factory, data, suffix, cut):
    whole = {".pdf": pdf_of(REPORT.splitlines()), ".docx": DOCX}.get(suffix, REPORT.encode())
    path = written(
        tmp_path_factory.mktemp("junk"), "a" + suffix, whole[:cut] + data + whole[cut + len(data) :]
    )
    with contextlib.suppress(ReportError):
        assert load_report(path, year=2023).text.strip()


DOCX = docx_of(REPORT)


# --- what is no report ---


@pytest.mark.parametrize(
    "text", ["床前明月光，疑是地上霜。", "def f():\n    return 1\n", "他推开门，走进院子。" * 50]
)
def test_other_texts_are_refused(text):
    with pytest.raises(NotAReport, match="政府工作报告") as caught:
        report_from_text(text, "x")
    assert "\n" not in str(caught.value)


def test_a_report_without_a_year_asks_for_it():
    text = "各位代表：\n现在，我代表清江县人民政府报告工作。\n"
    with pytest.raises(NotAReport, match="--year"):
        report_from_text(text, "x")
    assert report_from_text(text, "x", year=2011).title == "清江县人民政府工作报告（2011年）"


def test_any_text_is_taken_with_simple_defaults():
    report = report_from_text("床前明月光", "poem", any_text=True)
    assert (report.title, report.place, report.level, report.year, report.delivered) == (
        "poem",
        "",
        "unknown",
        0,
        None,
    )
    given_all = report_from_text("x", "y", place="广东", year=2001, title="题", any_text=True)
    assert (given_all.title, given_all.place, given_all.level, given_all.year) == (
        "题",
        "广东省",
        "province",
        2001,
    )


# --- folders ---


def test_report_files_lists_what_can_be_read(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("z.txt", "b/a.PDF", "b/c.docx", "skip.csv"):
        (tmp_path / name).touch()
    assert report_files(tmp_path) == [tmp_path / "b/a.PDF", tmp_path / "b/c.docx", tmp_path / "z.txt"]
    assert report_files(tmp_path / "skip.csv") == [tmp_path / "skip.csv"]


def test_report_files_says_what_is_missing(tmp_path):
    with pytest.raises(UnreadableReport, match="no report in this folder"):
        report_files(tmp_path)
    with pytest.raises(UnreadableReport, match="no such file or folder"):
        report_files(tmp_path / "none")
