"""What second factors keep sealed, under the present key: after a new root."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from constancia.apps.accounts.sealing import HouseAdapter, sealing_for

SEALED = ("secret", "seed", "migrated_codes")
"""Where allauth keeps what was given to `encrypt`, within the data of a factor."""


def reseal_factors() -> int:
    """Seal every factor's secrets anew, all in one transaction; of how many. What is under the present key
    already may be so again. Raises IntegrityBroken `account.factor_unreadable`."""
    changed = 0
    with transaction.atomic():
        for row in Authenticator.objects.select_for_update().select_related("user").order_by("pk"):
            if _reseal(row):
                row.save(update_fields=["data"])
                changed += 1
    return changed


def _reseal(row: Authenticator) -> bool:
    adapter, changed = HouseAdapter(), False
    with sealing_for(row.user):
        for name in SEALED:
            told = row.data.get(name)
            if isinstance(told, str):
                row.data[name] = adapter.encrypt(adapter.decrypt(told))
            elif isinstance(told, list):
                row.data[name] = [adapter.encrypt(adapter.decrypt(one)) for one in told]
            changed = changed or told is not None
    return changed
