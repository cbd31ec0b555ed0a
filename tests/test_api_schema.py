"""The API does what its own OpenAPI description says, whatever is sent to it."""

from __future__ import annotations

import shutil

import pytest
import schemathesis
from fakes import ScriptedGenerator
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from web_parts import opened

from ui.api import api
from ui.turnstile import Turnstile

OF_WORDS = ("/v1/answers", "/v1/checks", "/v1/search")
# A text must hold Chinese or English words; a schema cannot say so, and "*" is refused with 400.
BEYOND_A_SCHEMA = [positive_data_acceptance]
OPERATIONS = (
    ("/v1/answers", "POST"),
    ("/v1/checks", "POST"),
    ("/v1/search", "GET"),
    ("/v1/indicators", "GET"),
    ("/v1/reports", "GET"),
    ("/v1/reports/{report}", "GET"),
    ("/health", "GET"),
    ("/ready", "GET"),
)


@pytest.fixture(scope="module")
def described(bundled_home, tmp_path_factory):
    home = shutil.copytree(bundled_home, tmp_path_factory.mktemp("schema") / "home")
    app = api(opened(home, ScriptedGenerator("2024年城镇新增就业目标是60万人以上。")), Turnstile())
    return schemathesis.openapi.from_asgi("/openapi.json", app)


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_requests_of_every_kind(described, path, method):
    """Valid ones and broken ones: the status, type and body of every reply are those described."""
    examples = 25 if "{" in path or method == "POST" or "search" in path or "indicators" in path else 2

    @settings(max_examples=examples, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(
        case=described[path][method].as_strategy()
        | described[path][method].as_strategy(schemathesis.GenerationMode.NEGATIVE)
    )
    def send(case):
        case.call_and_validate(excluded_checks=BEYOND_A_SCHEMA if path in OF_WORDS else [])

    send()


def test_every_operation_is_tried(described):
    found = {
        (path, method.upper())
        for path, methods in described.raw_schema["paths"].items()
        for method in methods
    }
    assert found == set(OPERATIONS)
