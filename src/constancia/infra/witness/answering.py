"""One request, from its bytes to the answer: checked and kept in one transaction, answered after it."""

from __future__ import annotations

from constancia.infra.witness import rules
from constancia.infra.witness.keys import Signer
from constancia.infra.witness.rules import Answer, Opened, Seen
from constancia.infra.witness.store import Held, Kept, Store


def add_checkpoint(store: Store, signer: Signer, body: bytes, time: int) -> Answer:
    """What to answer to `body` at `time` (seconds since 1970): 200 and the cosignature line, or a refusal.

    What the cosignature vouches for is on the disk when this returns. Raises StoreRefused as `Store`: then
    nothing was cosigned.
    """
    asked = rules.read(body)
    if isinstance(asked, Answer):
        return asked
    found = rules.opened(asked, store.keys(asked.origin))
    if isinstance(found, Answer):
        return found
    with store.exclusive() as held:
        latest = held.latest(asked.origin)
        refused = rules.refusal(asked, found, latest)
        if refused is None:
            line = signer.cosign(found.text, time)
            size, root = found.checkpoint.size, found.checkpoint.root
            held.keep(asked.origin, Seen(size, root, found.with_line(line), time))
        else:
            _note(held, found, refused, latest, time)
    return refused or Answer(200, line)


def _note(held: Held, found: Opened, refused: Answer, latest: Seen | None, time: int) -> None:
    origin, size = found.checkpoint.origin, found.checkpoint.size
    kind = rules.kind_of(found, refused, held.of_size(origin, size), latest)
    if kind is not None:
        held.keep_refused(Kept(origin, kind, found.note(), time))
