"""Which day a page opens with."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from constancia.apps.figures import queries
from constancia.apps.register.models import Fact


def present_day() -> date:
    """Today in the organisation's zone. A demonstration stays on the last day its register knows of:
    its story ended then, and an empty last month would show nothing."""
    if settings.CONSTANCIA_DEMONSTRATION:
        last = Fact.objects.order_by("-seq").values_list("witnessed_at", flat=True).first()
        if last is not None:
            return min(last.astimezone(queries.zone()).date(), queries.today())
    return queries.today()
