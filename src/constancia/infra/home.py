"""The folder that a register lives in: what is where, and the few settings that belong to it."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from constancia.domain.errors import DeploymentRefused, StoreRefused
from constancia.infra.files import private_folder, write_whole

ENVIRONMENT = "CONSTANCIA_HOME"
DEFAULT = Path("~/.local/share/constancia")
DEFAULT_ZONE = "America/Caracas"
LANGUAGES = ("es", "en")
MOST_PER_HOUR = 10_000
MOST_DAYS = 366
MOST_HOURS = 24 * 7
STAGING = ".restaurando-"
"""How the name of a folder begins that is being restored: no register yet."""


@dataclass(frozen=True)
class HomeSettings:
    """What `constancia.toml` says. Secrets and database addresses are never kept there."""

    organisation: str = ""
    zone: str = DEFAULT_ZONE
    language: str = "es"
    demonstration: bool = False
    rule: str = ""
    """Population rule of figures asked for without one; empty for the program's own choice."""
    reader_model_address: str = ""
    """A language model on this machine that may propose claims of public documents; empty for none."""
    reader_model_name: str = ""
    openings_per_hour: int = 30
    """People whose document, birth date, relatives or sources one user may open in an hour."""
    comparisons_per_hour: int = 200
    """People whom one user may see side by side with others, documents and births included, in an hour."""
    approval_hours: int = 72
    """How long a request for a second person waits; a week at most."""
    backup_folder: str = ""
    """Where the site puts a backup each night; empty for none."""
    backup_keys_days: int = 35
    """After how many days a copy of the keys of subjects is thrown away."""
    evidence_file_mb: int = 25
    """Largest evidence file; 60 at most, for an upload is held in memory."""
    evidence_case_mb: int = 500
    """All evidence files of one person."""
    evidence_day_mb: int = 500
    """What one user may send in a day."""
    evidence_register_mb: int = 50_000
    """All evidence files together."""


@dataclass(frozen=True)
class Home:
    """The paths of one register. Making the object touches nothing."""

    path: Path

    @property
    def database(self) -> Path:
        """The register itself, encrypted (unused when a PostgreSQL address is given)."""
        return self.path / "registro.db"

    @property
    def keyring(self) -> Path:
        """Wrapped keys of subjects, apart from the register so that they have their own backups."""
        return self.path / "claves.db"

    @property
    def sessions(self) -> Path:
        """Who is signed in. Apart, so that a long import keeps nobody out; losing it signs everybody out."""
        return self.path / "sesiones.db"

    @property
    def trail(self) -> Path:
        """Who read, searched, exported or signed in: chained, encrypted, apart from the register."""
        return self.path / "auditoria.db"

    @property
    def keystore(self) -> Path:
        """The root key, wrapped by each way of unlocking it."""
        return self.path / "llave.json"

    @property
    def keyfile(self) -> Path:
        """Where a key file inside the folder would stand: only demonstrations keep one here."""
        return self.path / "CLAVE-DE-DEMOSTRACION.txt"

    @property
    def settings_file(self) -> Path:
        return self.path / "constancia.toml"

    @property
    def evidence(self) -> Path:
        """Evidence files, each encrypted under its own key."""
        return self.path / "evidencias"

    @property
    def editions(self) -> Path:
        """The files of each edition as they were signed, in a folder by its number."""
        return self.path / "ediciones"

    @property
    def lock(self) -> Path:
        """The queue of writers."""
        return self.path / "escritura.lock"

    @property
    def reserve(self) -> Path:
        """Room on the disk, to be given up when there is no other (`infra.reserve`)."""
        return self.path / "reserva.bin"

    @property
    def checkpoint(self) -> Path:
        """The last checkpoint published, outside the database so that a restored one is noticed."""
        return self.path / "ultimo-sello.txt"

    @property
    def public_log(self) -> Path:
        """Checkpoints and tiles of the logs, as any web server may serve them. Hashes alone, nothing else."""
        return self.path / "bitacora"

    @property
    def sealing(self) -> Path:
        """The queue of those who seal the logs."""
        return self.path / "sellado.lock"

    @property
    def policy_file(self) -> Path:
        """Which witnesses watch the logs and how many must agree (C2SP tlog-policy); none where it is
        absent."""
        return self.path / "politica.txt"

    @property
    def mode_file(self) -> Path:
        """Whether the register is read-only or closed; absent in normal work."""
        return self.path / "modo.json"

    @property
    def server(self) -> Path:
        """Who serves the site from this home: held locked for as long as any process of it lives."""
        return self.path / "servidor.lock"

    @property
    def backup_recipients(self) -> Path:
        """For whom backups are encrypted: one age recipient ("age1…") a line."""
        return self.path / "respaldo-destinatarios.txt"

    @property
    def backups_file(self) -> Path:
        """What is known here of the last backup and its last check."""
        return self.path / "respaldos.json"

    @property
    def restored_mark(self) -> Path:
        """Stands here since a restore that nobody told what was published last: nothing is written before
        somebody does."""
        return self.path / "restaurado.txt"

    @property
    def place_file(self) -> Path:
        """Where the register sealed last: which machine, which folder (`infra.whereabouts`)."""
        return self.path / "lugar.json"

    @property
    def exists(self) -> bool:
        return self.settings_file.is_file() and not self.path.name.startswith(STAGING)

    @cached_property
    def settings(self) -> HomeSettings:
        """The settings read from the folder; defaults where the file is silent.

        Raises DeploymentRefused `home.settings` for a file that cannot be read or a wrong value.
        """
        try:
            found = tomllib.loads(self.settings_file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return HomeSettings()
        except (OSError, ValueError, RecursionError) as error:
            raise DeploymentRefused("home.settings", field="constancia.toml") from error
        settings = HomeSettings(
            organisation=_text(found, "organisation", ""),
            zone=_text(found, "zone", DEFAULT_ZONE),
            language=_text(found, "language", "es"),
            demonstration=found.get("demonstration") is True,
            rule=_text(found, "rule", ""),
            reader_model_address=_text(found, "reader_model_address", ""),
            reader_model_name=_text(found, "reader_model_name", ""),
            openings_per_hour=_count(found, "openings_per_hour", HomeSettings.openings_per_hour),
            comparisons_per_hour=_count(found, "comparisons_per_hour", HomeSettings.comparisons_per_hour),
            approval_hours=_hours(found, "approval_hours", HomeSettings.approval_hours),
            backup_folder=_text(found, "backup_folder", ""),
            backup_keys_days=_days(found, "backup_keys_days", HomeSettings.backup_keys_days),
            evidence_file_mb=_megabytes(found, "evidence_file_mb", 25, most=60),
            evidence_case_mb=_megabytes(found, "evidence_case_mb", 500),
            evidence_day_mb=_megabytes(found, "evidence_day_mb", 500),
            evidence_register_mb=_megabytes(found, "evidence_register_mb", 50_000),
        )
        _check(settings)
        return settings

    @classmethod
    def at(cls, path: Path | str) -> Home:
        try:
            return cls(Path(path).expanduser().absolute())
        except RuntimeError:  # "~somebody" who has no account here
            raise StoreRefused("home.missing", folder=str(path)) from None

    @classmethod
    def find(cls, option: Path | str | None = None) -> Home:
        """The register's folder: `option`, else CONSTANCIA_HOME, else the user's default.

        Raises StoreRefused `home.missing` if no register lives there.
        """
        home = cls.at(option or os.environ.get(ENVIRONMENT) or DEFAULT)
        if not home.exists:
            raise StoreRefused("home.missing", folder=str(home.path))
        return home

    @classmethod
    def create(
        cls,
        path: Path | str,
        *,
        organisation: str = "",
        zone: str = DEFAULT_ZONE,
        language: str = "es",
        demonstration: bool = False,
    ) -> Home:
        """Make the folder (0700) and its settings file.

        Raises StoreRefused: `home.taken`, `home.not_a_folder`.
        """
        settings = HomeSettings(organisation, zone, language, demonstration)
        _check(settings)
        home = cls.at(path)
        if any(file.exists() for file in (home.settings_file, home.keystore, home.database, home.keyring)):
            raise StoreRefused("home.taken", folder=str(home.path))
        if home.path.exists() and not home.path.is_dir():
            raise StoreRefused("home.not_a_folder", folder=str(home.path))
        private_folder(home.path)
        home.path.chmod(0o700)
        private_folder(home.evidence)
        write_whole(home.settings_file, _as_toml(settings).encode())
        return home


def _check(settings: HomeSettings) -> None:
    if settings.language not in LANGUAGES:
        raise DeploymentRefused("home.settings", field="language")
    try:
        ZoneInfo(settings.zone)
    except (KeyError, ValueError, OSError) as error:
        raise DeploymentRefused("home.settings", field="zone") from error
    if not settings.organisation.isprintable():
        raise DeploymentRefused("home.settings", field="organisation")


def _text(found: dict[str, object], name: str, default: str) -> str:
    value = found.get(name, default)
    if not isinstance(value, str):
        raise DeploymentRefused("home.settings", field=name)
    return value


def _megabytes(found: dict[str, object], name: str, default: int, *, most: int = 10_000_000) -> int:
    value = found.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise DeploymentRefused("home.settings", field=name)
    return value


def _count(found: dict[str, object], name: str, default: int) -> int:
    value = found.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_PER_HOUR:
        raise DeploymentRefused("home.settings", field=name)
    return value


def _days(found: dict[str, object], name: str, default: int) -> int:
    value = found.get(name, default)
    if type(value) is not int or not 1 <= value <= MOST_DAYS:
        raise DeploymentRefused("home.settings", field=name)
    return value


def _hours(found: dict[str, object], name: str, default: int) -> int:
    value = found.get(name, default)
    if type(value) is not int or not 1 <= value <= MOST_HOURS:
        raise DeploymentRefused("home.settings", field=name)
    return value


def _as_toml(settings: HomeSettings) -> str:
    name = settings.organisation.replace("\\", "\\\\").replace('"', '\\"')
    return (
        f'organisation = "{name}"\nzone = "{settings.zone}"\nlanguage = "{settings.language}"\n'
        f"demonstration = {'true' if settings.demonstration else 'false'}\n"
    )
