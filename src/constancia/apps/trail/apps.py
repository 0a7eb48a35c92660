"""The pages of the trail: what everybody did, for the auditor; what oneself did, for each."""

from __future__ import annotations

from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "constancia.apps.trail"
    label = "trail"
