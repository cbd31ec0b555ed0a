"""Words of the interface, in Chinese and English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rag.types import Language

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # key: (Chinese, English)
    "name": ("问政 · 文证", "Wenzheng"),
    "tagline": (
        "向政府工作报告提问，每个数字都能点开原文核对。",
        "Ask the government work report; every figure opens at its place in the text.",
    ),
    "other_language": ("English", "中文"),
    "tab_ask": ("提问", "Ask"),
    "tab_check": ("核对", "Check"),
    "tab_figures": ("数据", "Figures"),
    "tab_reports": ("报告", "Reports"),
    # Ask
    "question": ("问题", "Question"),
    "question_hint": (
        "输入问题，按回车发送",
        "Type a question",
    ),
    "send": ("提问", "Ask"),
    "stop": ("停止", "Stop"),
    "new_chat": ("新对话", "New chat"),
    "reports_picker": ("限定报告", "Only in"),
    "scope": ("限定范围：地区、年份、报告", "Limit to a place, a year, a report"),
    "scope_reports": ("报告（不选则不限）", "Reports (none: no limit)"),
    "error_scope": ("没有这个地区、这一年的报告。", "There is no report of that place and year."),
    "hero": ("报告里怎么说？问一句就知道。", "What does the report say? Just ask."),
    "hero_one": ("现有一份报告：{title}。", "One report is here: {title}."),
    "hero_many": (
        "现有 {count} 份报告，{places} 个地区，{first}—{last}年。",
        "{count} reports of {places} places, {first} to {last}, are here.",
    ),
    "hero_none": ("还没有报告。", "There are no reports yet."),
    "hero_target": ("要做到的", "what is to be reached"),
    "hero_actual": ("已经做到的", "what was reached"),
    "also_found": ("还找到这些相近的原文", "Other passages that were found"),
    "in_line": (
        "已找到依据。提问的人较多，前面还有 {ahead} 个问题……",
        "Evidence found. Many are asking: {ahead} questions ahead of yours …",
    ),
    "examples": ("试试这些问题", "Try one of these"),
    "searching": ("正在报告中查找……", "Searching the reports …"),
    "writing": ("已找到依据，正在作答……", "Evidence found, writing the answer …"),
    "stopped": ("已停止。上面的依据仍可查看。", "Stopped. The evidence above is still there to read."),
    "evidence": ("依据", "Evidence"),
    "nearby": ("报告中相近的内容", "The nearest the report says"),
    "not_in_reports": ("报告未提及", "Not in the report"),
    "partial": ("部分回答", "Answered in part"),
    "evidence_only": (
        "没有经核对的模型回答，以下是报告原文：",
        "No checked wording by the model; this is what the report says:",
    ),
    "sources": ("引文", "Citations"),
    "you_asked": ("你问", "You asked"),
    "the_answer": ("回答", "Answer"),
    # Begins with what is seen, so that it can be said to a computer that listens.
    "open_citation": ("{number} {period}，打开引文：{quote}", "{number} {period}, open the citation: {quote}"),
    "open_in_report": ("在报告中打开：", "Open in the report: "),
    "copy": ("复制", "Copy"),
    "copy_hint": ("复制回答和出处", "Copy the answer with its sources"),
    "copied": ("已复制", "Copied"),
    "link": ("链接", "Link"),
    "link_hint": ("复制可重新打开此问题的链接", "Copy a link that reopens this question"),
    "good": ("有帮助", "Helpful"),
    "bad": ("有问题", "Not right"),
    "why": ("哪里不对？（可不填）", "What is wrong? (optional)"),
    "reason_figure": ("数字不对", "Wrong figure"),
    "reason_year": ("年份或目标/实绩混淆", "Wrong year or status"),
    "reason_citation": ("引文不支持", "Citation does not support it"),
    "reason_missing": ("报告里有，却说没有", "It is in the report"),
    "reason_other": ("其他", "Other"),
    "send_feedback": ("提交", "Send"),
    "thanks": ("谢谢，已记录。", "Thank you, noted."),
    "seconds": ("{seconds} 秒", "{seconds} s"),
    # Source pane
    "source": ("报告原文", "The report's text"),
    "close": ("关闭", "Close"),
    "previous": ("上一处引文", "Previous citation"),
    "next": ("下一处引文", "Next citation"),
    "of": ("{number} / {count}", "{number} of {count}"),
    "before_headings": ("报告开头", "Beginning of the report"),
    "loading": ("正在打开……", "Opening …"),
    "failed": ("没有成功，请再试一次。", "That did not work. Please try again."),
    "copy_quote": ("复制原文和出处", "Copy quote with source"),
    # Check
    "statement": ("要核对的文字", "Text to be checked"),
    "statement_hint": ("粘贴一句话或一段文字，逐条与报告核对", "Paste a sentence or a paragraph; each claim is checked against the report"),
    "upload": ("上传文件", "Upload a file"),
    "check": ("核对", "Check"),
    "checking": ("正在逐条核对……", "Checking claim by claim …"),
    "no_claims": ("文中没有可核对的内容。", "There is nothing in this text that can be checked."),
    "verdict_supported": ("与报告一致", "Supported"),
    "verdict_partly_supported": ("部分一致", "Partly supported"),
    "verdict_refuted": ("与报告不符", "Refuted"),
    "verdict_not_enough_info": ("报告未提及", "Not in the report"),
    "stated": ("原句", "Stated"),
    "official": ("报告", "Report"),
    "copy_official": ("复制官方表述", "Copy official wording"),
    "export_docx": ("导出 Word", "Export to Word"),
    "export_md": ("导出 Markdown", "Export to Markdown"),
    "error_no_statement": ("请先粘贴要核对的文字。", "Paste the text to be checked first."),
    "error_statement_long": (
        "文字有 {count} 个字，一次最多核对 {limit} 个字。",
        "The text has {count} characters; at most {limit} can be checked at a time.",
    ),
    "error_statement": ("目前只能核对中文或英文的文字。", "Only texts in Chinese or English can be checked."),
    "error_file": (
        "无法读取这个文件。请上传 2 MB 以内的 txt、md、docx、pdf 或 html 文件，或直接粘贴文字。",
        "This file cannot be read. Upload a txt, md, docx, pdf or html file of at most 2 MB, or paste the text.",
    ),
    "file_cut": ("文件较长，只取前 {limit} 个字。", "The file is long; only its first {limit} characters are taken."),
    # Figures
    "report": ("报告", "Report"),
    "place": ("地区", "Place"),
    "year": ("年份", "Year"),
    "status": ("性质", "Status"),
    "indicator": ("指标", "Indicator"),
    "find_indicator": ("按名称筛选指标", "Filter indicators by name"),
    "any": ("全部", "All"),
    "results": ("实绩", "Result"),
    "goals": ("目标", "Goal"),
    "figure": ("数值", "Figure"),
    "quote": ("原文", "Quote"),
    "download_csv": ("下载 CSV", "Download CSV"),
    "view": ("显示", "Show"),
    "view_pairs": ("实绩与目标对照", "Results beside goals"),
    "view_all": ("全部记录", "All records"),
    "no_figures": ("没有符合条件的数据。", "No figures fit these filters."),
    "shown": ("显示 {shown} / {count} 条", "{shown} of {count} shown"),
    "chart": ("一项指标的走势", "One indicator over years and places"),
    "chart_pick": ("选择一项指标，查看各年、各地的实绩与目标。", "Pick an indicator to see its results and goals."),
    "unit": ("单位：{unit}", "Unit: {unit}"),
    # Reports
    "outline": ("目录", "Outline"),
    "find_in_report": ("在报告中查找", "Find in the report"),
    "find_previous": ("上一处", "Previous match"),
    "find_next": ("下一处", "Next match"),
    "download": ("下载", "Download"),
    "found": ("{count} 处", "{count} found"),
    "found_none": ("没有找到", "Nothing found"),
    "characters": ("{count} 字", "{count} characters"),
    "figures_count": ("{count} 项数据", "{count} figures"),
    "read": ("全文", "Full text"),
    "status_actual": ("实绩", "Result"),
    "status_target": ("目标", "Target"),
    "status_forecast": ("预计", "Estimate"),
    "status_ongoing": ("进行中", "Ongoing"),
    # Adding and removing
    "manage": ("管理报告（需要密码）", "Manage reports (password needed)"),
    "password": ("密码", "Password"),
    "pick_files": ("选择要加入的文件", "Pick files to add"),
    "remove_picked": ("要移除的报告", "Reports to remove"),
    "remove": ("移除所选", "Remove these"),
    "reading_file": ("正在读取 {name}……", "Reading {name} …"),
    "indexing": ("正在为《{name}》建立索引：{done} / {total}", "Indexing {name}: {done} of {total}"),
    "assembling": ("正在合并索引：{done} / {total}", "Putting the index together: {done} of {total}"),
    "outcome_added": ("已加入：{name}", "Added: {name}"),
    "outcome_replaced": ("已更新：{name}", "Replaced: {name}"),
    "outcome_unchanged": ("没有变化：{name}", "Unchanged: {name}"),
    "outcome_removed": ("已移除：{name}", "Removed: {name}"),
    "outcome_unreadable": ("无法读取：{name}", "Cannot be read: {name}"),
    "outcome_no_report": (
        "不是政府工作报告，或看不出是哪一年的：{name}",
        "No government work report, or of no known year: {name}",
    ),
    "wrong_password": ("密码不对。", "That is not the password."),
    "nothing_picked": ("请先选择报告。", "Pick a report first."),
    # Errors
    "error_empty": ("请先输入问题。", "Type a question first."),
    "error_long": (
        "问题有 {count} 个字，最多 {limit} 个字。请一次只问一件事。",
        "The question has {count} characters; at most {limit} can be answered. Ask one thing at a time.",
    ),
    "error_language": ("目前只支持用中文或英文提问。", "Ask in Chinese or in English, please."),
    "error_report": (
        "所选的报告已不在库中，请重新选择。",
        "That report is no longer there. Pick another one.",
    ),
    "error_index": (
        "报告索引暂时不可用，请联系管理员。",
        "The index of the reports is not available. Please tell the operator.",
    ),
    "error_busy": ("同时提问的人太多，请稍等片刻再试。", "Too many questions at once. Please try again in a moment."),
    "footer": (
        "回答由模型生成并经程序核对；请以报告原文为准。",
        "Answers are written by a model and checked by code; the report's text is what counts.",
    ),
}  # fmt: skip


def say(language: Language, key: str) -> str:
    """The words for ``key`` in ``language``. Raises ``KeyError`` for an unknown key."""
    chinese, english = TEXTS[key]
    return english if language == "en" else chinese


def preferred(accept_language: str) -> Language:
    """The interface language for an ``Accept-Language`` header: Chinese wherever it is listed before English."""
    for part in accept_language.lower().split(","):
        if part.strip().startswith("zh"):
            return "zh"
        if part.strip().startswith("en"):
            return "en"
    return "en" if accept_language.strip() else "zh"
