"""The pages on website checks say what the program, the action and the template take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from dataexposure.capture.contract import Wish
from dataexposure.capture.flows import plans
from dataexposure.checks import reading
from dataexposure.knowledge import Rulebase
from dataexposure.policy import Flow
from tests.conftest import ROOT

POLICY: Final = (ROOT / "docs/reference/policy.md").read_text(encoding="utf-8")
HOW_TO: Final = (ROOT / "docs/how-to/check-a-website.md").read_text(encoding="utf-8")
BLOCK: Final = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
EXAMPLES: Final = [
    *BLOCK.findall(POLICY),
    *(
        block
        for block in BLOCK.findall(HOW_TO)
        if re.match(r"exceptions:|# dataexposure.yml", block)
    ),
]


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_example_of_a_policy_is_read_without_a_fault(
    number: int, tmp_path: Path, rulebase: Rulebase
) -> None:
    (tmp_path / "flows").mkdir()
    for name in re.findall(r"flows/[a-z]+\.(?:yml|py)", EXAMPLES[number]):
        (tmp_path / name).touch()
    file = tmp_path / "dataexposure.yml"
    file.write_text(EXAMPLES[number], encoding="utf-8")
    reading.read(file, rulebase.organisations, rulebase.vocabulary.roles, rulebase.checks)


def test_the_first_example_has_nearly_every_key() -> None:
    assert {key.replace("-", "_") for key in reading.KEYS} - set(yaml.safe_load(EXAMPLES[0])) <= {
        "sitemap"
    }


def test_every_key_of_a_policy_has_its_section() -> None:
    titles = re.findall(r"^## `([a-z_]+)`$", POLICY, re.MULTILINE)
    assert titles == [key.replace("-", "_") for key in reading.KEYS]


def _used(block: Any, word: str) -> Iterator[dict[str, Any]]:
    """Give the steps of a workflow that use an action."""
    for job in block.get("jobs", {}).values():
        yield from (step for step in job["steps"] if word in step.get("uses", ""))


def test_the_workflow_gives_the_action_what_it_takes_and_asks_for_what_it_gives() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    blocks = [yaml.safe_load(block) for block in BLOCK.findall(HOW_TO)]
    (step,) = [step for block in blocks for step in _used(block, "/dataexposure@")]
    assert set(step["with"]) <= set(action["inputs"])
    asked = re.findall(rf"steps\.{step['id']}\.outputs\.([a-z-]+)", HOW_TO)
    assert asked
    assert set(asked) <= set(action["outputs"])


def test_the_template_knows_the_variables_that_the_page_names() -> None:
    template = yaml.safe_load((ROOT / "templates/gitlab-ci.yml").read_text(encoding="utf-8"))
    named = set(re.findall(r"\bDATAEXPOSURE_[A-Z]+\b", HOW_TO))
    assert named
    assert named <= set(template["variables"])


def test_the_hook_that_the_page_names_exists() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    named = re.findall(r"- id: (dataexposure-[a-z-]+)", HOW_TO)
    assert named
    assert set(named) <= {hook["id"] for hook in hooks}


@pytest.mark.parametrize("file", ["flows/checkout.yml", "flows/checkout.py"])
def test_the_flows_of_the_page_are_read_without_a_fault(file: str, tmp_path: Path) -> None:
    (text,) = re.findall(rf"```(?:yaml|python)\n# {file}\n(.*?)```", HOW_TO, re.DOTALL)
    path = tmp_path / Path(file).name
    path.write_text(text, encoding="utf-8")
    sandbox = "sandbox.shop.example"
    (plan,) = plans(
        Wish(
            pages=(), flows=(Flow("checkout", path),), sandbox=(sandbox,), site=f"https://{sandbox}"
        )
    )
    assert plan.site.endswith("/")
    assert plan.steps or plan.walk
