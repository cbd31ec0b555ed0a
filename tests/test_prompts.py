"""Prompt files: all variables or an error, the constant part first, a hash over all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import prompts
from prompts import Prompt, PromptError

NAMES = sorted(file.stem for file in Path(prompts.__file__).parent.glob("*.md"))


def test_the_prompts_that_answers_need_are_there():
    assert {"answer_zh", "answer_en", "translate_question"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_prompt_loads_and_fills(name: str):
    prompt = prompts.load(name)
    assert prompt.system
    assert prompt.variables
    values = {variable: f"<{variable} {{not}} a variable>" for variable in prompt.variables}
    (first, system), (second, user) = prompt.fill(**values)
    assert (first, second) == ("system", "user")
    assert system == prompt.system
    for value in values.values():
        assert value in user


@pytest.mark.parametrize("name", NAMES)
def test_the_constant_part_has_no_variables(name: str):
    assert not re.search(r"(?<!\{)\{\w+\}", prompts.load(name).system)


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_or_unknown_variable_is_an_error(name: str):
    prompt = prompts.load(name)
    values = dict.fromkeys(prompt.variables, "x")
    for variable in prompt.variables:
        with pytest.raises(PromptError, match=name):
            prompt.fill(**{key: value for key, value in values.items() if key != variable})
    with pytest.raises(PromptError, match="surplus"):
        prompt.fill(**values, surplus="x")


def test_an_unknown_prompt_is_an_error_that_names_the_known_ones():
    with pytest.raises(PromptError, match=r"nothing.*answer_zh"):
        prompts.load("nothing")


def test_what_is_filled_in_is_data_and_not_read_again():
    prompt = Prompt("sample", "System.", "{question} {question}")
    assert prompt.fill(question="{evidence} {0} %s")[1] == ("user", "{evidence} {0} %s {evidence} {0} %s")


def test_a_file_without_the_two_parts_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "half.md").write_text("Only a system part.", encoding="utf-8")
    monkeypatch.setattr(prompts, "_FOLDER", tmp_path)
    prompts.load.cache_clear()
    try:
        with pytest.raises(PromptError, match="---"):
            prompts.load("half")
    finally:
        prompts.load.cache_clear()


def test_the_fingerprint_changes_with_any_wording(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    assert prompts.fingerprint() == prompts.fingerprint()
    found = []
    monkeypatch.setattr(prompts, "_FOLDER", tmp_path)
    try:
        for wording in ("Answer.", "Answer!"):
            (tmp_path / "one.md").write_text(f"{wording}\n---\n{{question}}", encoding="utf-8")
            prompts.fingerprint.cache_clear()
            found.append(prompts.fingerprint())
    finally:
        prompts.fingerprint.cache_clear()
    assert found[0] != found[1]


@pytest.mark.parametrize("name", NAMES)
def test_no_prompt_asks_a_small_model_to_refuse(name: str):
    """Whether to answer is decided apart from what to answer."""
    text = prompts.load(name).system + prompts.load(name).user
    assert not re.search(r"未提及|没有提到|not mention|cannot be answered|say that you do not know", text)
