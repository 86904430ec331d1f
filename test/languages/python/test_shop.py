import re

import pytest
from aws_cdk.assertions import Template

from smallest import stack, web


def without_asset_hashes(data, path):
    """Templates name assets by the hash of their content, which changes with every release."""
    return re.sub(r"\b[0-9a-f]{64}(?=\.|$)", "<asset>", data) if isinstance(data, str) else data


def test_the_template_is_what_it_was(snapshot):
    assert Template.from_stack(stack).to_json() == snapshot(matcher=without_asset_hashes)


def test_a_weight_that_no_balancer_takes_is_refused():
    with pytest.raises(RuntimeError, match="HG2104: 'weight' must be an integer from 0 to 999, got 1000"):
        web.weighted(1000)
