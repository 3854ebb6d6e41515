"""Every rule finds its examples, leaves its look-alikes alone, says why, and offers what leans forward."""

from __future__ import annotations

import re

import pytest

from planner.wording.check import check
from planner.wording.encoder import encoder
from planner.wording.patterns import compiled
from planner.wording.rules import Rule, of_kind, rules

RULES = rules()
FINDS = [(rule, text) for rule in RULES for text in rule.finds]
LEAVES = [text for rule in RULES for text in rule.leaves]


@pytest.mark.parametrize(("rule", "text"), FINDS, ids=[text for _rule, text in FINDS])
def test_an_example_is_found_by_its_rule_with_a_reason_and_a_way_forward(rule: Rule, text: str) -> None:
    findings = check(text)
    assert [finding.rule for finding in findings] == [rule.key]
    assert findings[0].why == rule.why
    assert "{" not in findings[0].instead
    assert check(re.findall("“([^“”]*)”", findings[0].instead)[-1]) == ()


@pytest.mark.parametrize("text", LEAVES)
def test_a_look_alike_is_left_alone(text: str) -> None:
    assert check(text) == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_what_a_rule_offers_instead_leans_forward_itself(rule: Rule) -> None:
    offered = [rule.instead] + ([rule.about.replace("{topic}", "the garden")] if rule.about else [])
    for words in offered:
        quoted = re.search("“(.*?)”", words)
        assert quoted
        assert check(quoted[1]) == ()


def test_a_reason_is_one_sentence() -> None:
    for rule in RULES:
        assert re.fullmatch(r"[^.!?]*\.", rule.why), rule.key


def test_every_kind_that_the_encoder_names_has_a_rule() -> None:
    for kind in encoder().kinds:
        assert kind in of_kind(kind).kinds


def test_a_malformed_pattern_is_refused() -> None:
    with pytest.raises(ValueError, match="not a pattern"):
        compiled("(a|b")
