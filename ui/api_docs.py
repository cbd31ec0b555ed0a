"""Pure: the API's own description (OpenAPI) as a plain page that loads nothing."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_STYLE: Final = (
    "body{font:16px/1.6 system-ui,sans-serif;max-width:860px;margin:0 auto;padding:16px;color-scheme:light dark}"
    "code,pre{font:14px/1.5 ui-monospace,monospace}pre{overflow:auto;padding:10px;border:1px solid #8886;border-radius:8px}"
    "h2{margin:28px 0 4px;font-size:18px}table{border-collapse:collapse;width:100%}"
    "td,th{border-bottom:1px solid #8886;padding:4px 10px 4px 0;text-align:left;vertical-align:top}"
)


def docs_html(schema: dict[str, Any]) -> str:
    """A page with every path, its parameters, body and replies, from an OpenAPI ``schema``."""
    info = schema["info"]
    parts = "".join(
        _operation(f"{method.upper()} {path}", operation, schema)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    )
    title = html.escape(info["title"])
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} API</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body><main>'
        f"<h1>{title} API</h1><p>{html.escape(info['description'])} "
        f'The machine-readable description: <a href="openapi.json">openapi.json</a>.</p>{parts}</main></body></html>'
    )


def _operation(name: str, operation: dict[str, Any], schema: dict[str, Any]) -> str:
    rows = "".join(_rows(operation, schema))
    table = f"<table><tr><th>Field</th><th>In</th><th>Type</th><th></th></tr>{rows}</table>" if rows else ""
    replies = " · ".join(
        f"<code>{html.escape(status)}</code> {html.escape(reply['description'])}"
        for status, reply in operation["responses"].items()
    )
    return (
        f"<section><h2><code>{html.escape(name)}</code></h2><p>{html.escape(operation.get('description', ''))}</p>"
        f"{table}<p>{replies}</p></section>"
    )


def _rows(operation: dict[str, Any], schema: dict[str, Any]) -> Iterator[str]:
    for one in operation.get("parameters", []):
        yield _row(
            one["name"],
            one["in"],
            one["schema"],
            one.get("description", ""),
            required=one.get("required", False),
        )
    for content in operation.get("requestBody", {}).get("content", {}).values():
        body = schema["components"]["schemas"][content["schema"]["$ref"].rsplit("/", 1)[-1]]
        for name, field in body["properties"].items():
            yield _row(name, "body", field, "", required=name in body.get("required", ()))


def _row(name: str, where: str, field: dict[str, Any], description: str, *, required: bool) -> str:
    shape = {key: value for key, value in field.items() if key not in {"title", "description"}}
    cells = (
        f"<code>{html.escape(name)}</code>",
        where,
        f"<code>{html.escape(json.dumps(shape, ensure_ascii=False))}</code>",
        ("required. " if required else "") + html.escape(description),
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
