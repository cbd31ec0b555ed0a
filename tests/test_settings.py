"""Settings: where they come from, what overrides what, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rag.errors import SettingsError
from rag.settings import Settings, load_settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The working folder, in which wenzheng.toml is looked for."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def toml(folder: Path, text: str) -> None:
    (folder / "wenzheng.toml").write_text(text, encoding="utf-8")


def test_the_defaults_need_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("WENZHENG_HOME")
    settings = load_settings()
    assert settings.chat.model.startswith("embedded:")
    assert settings.encoder.model.startswith("embedded:")
    assert settings.chat.base_url == ""
    assert settings.answer.default_report == "chongqing-2024"
    assert settings.home.is_absolute()
    assert settings.home.name == "wenzheng"


def test_every_setting_can_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("WENZHENG_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("WENZHENG_CHAT__MODEL", "qwen3:8b")
    monkeypatch.setenv("WENZHENG_CHAT__BASE_URL", "http://127.0.0.1:11434/v1")
    monkeypatch.setenv("WENZHENG_RUNTIME__THREADS", "3")
    settings = load_settings()
    assert settings.home == tmp_path / "data"
    assert (settings.chat.model, settings.runtime.threads) == ("qwen3:8b", 3)


def test_every_setting_can_come_from_the_file(folder: Path):
    toml(folder, '[chat]\nmodel = "a"\ntimeout_seconds = 5\n[answer]\nmax_clauses = 4\n')
    settings = load_settings()
    assert (settings.chat.model, settings.chat.timeout_seconds, settings.answer.max_clauses) == ("a", 5, 4)


def test_the_environment_overrides_the_file_key_by_key(folder: Path, monkeypatch: pytest.MonkeyPatch):
    toml(folder, '[chat]\nmodel = "from-file"\nmax_tokens = 99\n')
    monkeypatch.setenv("WENZHENG_CHAT__MODEL", "from-environment")
    settings = load_settings()
    assert (settings.chat.model, settings.chat.max_tokens) == ("from-environment", 99)


def test_what_is_given_in_code_overrides_both(tmp_path: Path):
    assert load_settings(home=tmp_path / "given").home == tmp_path / "given"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WENZHENG_CHAT__TIMEOUT_SECONDS", "0"),
        ("WENZHENG_CHAT__TIMEOUT_SECONDS", "nan"),
        ("WENZHENG_CHAT__TIMEOUT_SECONDS", "soon"),
        ("WENZHENG_CHAT__MAX_TOKENS", "-1"),
        ("WENZHENG_CHAT__MAX_TOKENS", "1e9"),
        ("WENZHENG_RUNTIME__THREADS", "0"),
        ("WENZHENG_RUNTIME__CONTEXT", "12"),
        ("WENZHENG_ANSWER__MAX_CLAUSES", "1000"),
    ],
)
def test_what_is_out_of_bounds_is_refused_by_its_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name) as raised:
        load_settings()
    assert len(str(raised.value).splitlines()) == 1


@pytest.mark.parametrize(
    "text",
    ["colour = 1", "[chat]\ntemperature = 1", "[chats]\nmodel = 1", "[answer]\nmax_clause = 3", "chat = 5"],
)
def test_a_misspelt_key_in_the_file_is_refused(folder: Path, text: str):
    toml(folder, text)
    with pytest.raises(SettingsError, match="setting"):
        load_settings()


@pytest.mark.parametrize("name", ["WENZHENG_CHAT__TEMPERATURE", "WENZHENG_HOMES", "WENZHENG_CHATS__MODEL"])
def test_a_misspelt_variable_is_refused(monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setenv(name, "1")
    with pytest.raises(SettingsError, match=name):
        load_settings()


@pytest.mark.parametrize("content", [b"[chat", b"\xff\xfe", b"chat = \x00"])
def test_a_file_that_cannot_be_read_is_told(folder: Path, content: bytes):
    (folder / "wenzheng.toml").write_bytes(content)
    with pytest.raises(SettingsError, match=r"wenzheng\.toml"):
        load_settings()


def test_settings_cannot_be_changed_afterwards():
    settings = load_settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.home = settings.home / "other"  # type: ignore[misc]


def test_the_key_of_a_server_is_never_shown(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WENZHENG_CHAT__API_KEY", "sk-secret")
    settings = load_settings()
    assert settings.chat.api_key.get_secret_value() == "sk-secret"
    assert "sk-secret" not in f"{settings!r} {settings} {settings.model_dump_json()}"


def test_a_key_under_a_misspelt_name_is_not_shown_either(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WENZHENG_CHAT__APIKEY", "sk-secret")
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert "sk-secret" not in str(raised.value)


def test_every_setting_has_a_default():
    assert all(not field.is_required() for field in Settings.model_fields.values())
