"""What the encoder computes, in jax, for many padded sentences at once."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from planner.wording.training.base import LAYERS, Weights

HEADS, TINY = 12, 1e-7
_DROPPED = 0.1


def forward(
    weights: Weights, embeddings: Any, pieces: Any, classes: Any, there: Any, key: Any = None
) -> tuple[Any, Any]:
    """The log-odds of leaning and the scores of kinds for each row of `pieces`; `there` is 0 on padding.

    With a `key` some of what is computed is dropped by chance, as training wants it.
    """
    count = 3 * LAYERS + 2
    keys = iter(jax.random.split(key, count) if key is not None else [None] * count)
    states = embeddings[pieces] + weights["places"][: pieces.shape[1]] + classes @ weights["classes"]
    states = _dropped(_normed(states, weights, "first_norm"), next(keys))
    for number in range(LAYERS):
        states = _layer(weights, number, states, there, keys)
    mean = (states * there[..., None]).sum(1) / there.sum(1)[:, None]
    pooled = _dropped(jnp.concatenate([states[:, 0], mean], -1), next(keys))
    return pooled @ weights["lean"] + weights["lean_bias"], pooled @ weights["kind"] + weights["kind_bias"]


def _layer(weights: Weights, number: int, states: Any, there: Any, keys: Any) -> Any:
    def dense(name: str, value: Any) -> Any:
        return value @ weights[f"{number}.{name}.weight"] + weights[f"{number}.{name}.bias"]

    seen = _attention(dense("attend", states), there, next(keys))
    states = _normed(states + _dropped(dense("attended", seen), next(keys)), weights, f"{number}.norm")
    wide = jax.nn.gelu(dense("widen", states), approximate=True)
    return _normed(states + _dropped(dense("narrow", wide), next(keys)), weights, f"{number}.last_norm")


def _attention(mixed: Any, there: Any, key: Any) -> Any:
    rows, length, width = mixed.shape
    size = width // 3 // HEADS
    asked, offered, given = mixed.reshape(rows, length, 3, HEADS, size).transpose(2, 0, 3, 1, 4)
    fit = asked @ offered.transpose(0, 1, 3, 2) / size**0.5 + (1 - there[:, None, None, :]) * -1e9
    fit = _dropped(jax.nn.softmax(fit), key)
    return (fit @ given).transpose(0, 2, 1, 3).reshape(rows, length, width // 3)


def _normed(states: Any, weights: Weights, name: str) -> Any:
    centred = states - states.mean(-1, keepdims=True)
    spread = jax.lax.rsqrt((centred**2).mean(-1, keepdims=True) + TINY)
    return centred * spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]


def _dropped(states: Any, key: Any) -> Any:
    if key is None:
        return states
    return jnp.where(jax.random.bernoulli(key, 1 - _DROPPED, states.shape), states / (1 - _DROPPED), 0)
