"""Every setting: environment ``WENZHENG_...``, then ``wenzheng.toml``, then the defaults below."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from platformdirs import user_data_path
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, TomlConfigSettingsSource

from index.encoder import EMBEDDED
from rag.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_settings import PydanticBaseSettingsSource

EMBEDDED_CHAT = "embedded:qwen2.5-coder-1.5b-instruct"


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ChatSettings(_Section):
    """The chat model. With ``base_url``, any OpenAI-compatible server (Ollama, vLLM, llama-server, ...)."""

    model: str = EMBEDDED_CHAT
    base_url: str = ""
    api_key: SecretStr = SecretStr("none")
    timeout_seconds: Annotated[float, Field(gt=0, le=600)] = 60.0
    max_tokens: Annotated[int, Field(ge=16, le=2048)] = 220
    at_once: Annotated[int, Field(ge=1, le=256)] = 4
    """Questions that a server at ``base_url`` is given at a time; the others wait in line."""


class EncoderSettings(_Section):
    """The embedding model: the embedded one, or any sentence-transformers name or folder."""

    model: str = EMBEDDED


class SearchSettings(_Section):
    """The search engine: the embedded one, or with ``uri`` a Milvus server (extra ``milvus``)."""

    uri: str = ""
    token: SecretStr = SecretStr("")


class RuntimeSettings(_Section):
    """The embedded model's server."""

    threads: Annotated[int, Field(ge=1, le=256)] = max(1, (os.cpu_count() or 2))
    context: Annotated[int, Field(ge=1024, le=32768)] = 4096
    parallel: Annotated[int, Field(ge=1, le=16)] = 1


class AnswerSettings(_Section):
    """How an answer is made."""

    default_report: str = "chongqing-2024"
    max_clauses: Annotated[int, Field(ge=1, le=20)] = 3
    max_characters: Annotated[int, Field(ge=100, le=5000)] = 200


class OperatorSettings(_Section):
    """Who may add and remove reports on the page: whoever knows the password; nobody where there is none."""

    password: Annotated[SecretStr, Field(min_length=8)] | None = None


class Settings(BaseSettings):
    """All settings. Unknown keys are errors: a misspelt one must not be silently ignored."""

    model_config = SettingsConfigDict(
        env_prefix="WENZHENG_",
        env_nested_delimiter="__",
        toml_file="wenzheng.toml",
        extra="forbid",
        frozen=True,
    )

    home: Path = Field(default_factory=lambda: user_data_path("wenzheng", appauthor=False))
    chat: ChatSettings = ChatSettings()
    encoder: EncoderSettings = EncoderSettings()
    search: SearchSettings = SearchSettings()
    runtime: RuntimeSettings = RuntimeSettings()
    answer: AnswerSettings = AnswerSettings()
    operator: OperatorSettings = OperatorSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - fixed by the base class
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - fixed by the base class
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What overrides what, first wins."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(**overrides: Any) -> Settings:
    """The settings in force. Raises ``SettingsError``, naming the key, what it holds and what it may hold."""
    known = {f"WENZHENG_{name.upper()}" for name in Settings.model_fields}
    for name in os.environ:
        if name.startswith("WENZHENG_") and name.partition("__")[0] not in known:
            raise SettingsError(
                f"The variable {name} is no setting. Known: {', '.join(sorted(known))}, with __ and a key."
            )
    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise SettingsError(
            f"The setting {key!r}{_shown(first)} is not usable: {first['msg']}. "
            f"Check wenzheng.toml and WENZHENG_{key.upper().replace('.', '__')}.",
        ) from error
    except ValueError as error:
        raise SettingsError(f"wenzheng.toml cannot be read: {str(error).splitlines()[0]}.") from error


def _shown(error: Mapping[str, Any]) -> str:
    """What the setting holds, unless it is a secret, or unknown: then it may be one under a wrong name."""
    hidden = error["type"] == "extra_forbidden" or error["loc"][-1] in {"password", "api_key"}
    return "" if hidden else f" ({error.get('input')!r})"
