"""The reader on the labelled texts, where they are: what it has reached it keeps."""

from __future__ import annotations

from pathlib import Path

from tools.eval_claims import evaluate, labelled


def test_the_labelled_texts_are_read_as_well_as_the_house_aims(shared: Path) -> None:
    scores, _ = evaluate(labelled(shared / "news"), left_out=False)
    for language in ("es", "en"):
        score = scores[language]
        assert score.tallies["value"].f1 >= 0.95
        assert score.tallies["value+about"].f1 >= 0.85
        assert score.fields["qualifier"][0] >= 0.95 * score.fields["qualifier"][1]
        assert score.fields["claimant"][0] >= 0.85 * score.fields["claimant"][1]
