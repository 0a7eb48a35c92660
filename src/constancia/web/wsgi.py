"""The site as a WSGI application, for a server that forks from an unlocked process or unlocks by itself.

A process that was not unlocked before takes CONSTANCIA_HOME and the passphrase or key file from its
environment, see `infra.secrets_unlock`.
"""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application

from constancia.infra import bootstrap, unlocked
from constancia.infra.home import Home
from constancia.web.sessions import SessionStore

if not unlocked.is_unlocked():
    bootstrap.start(Home.find())

application = get_wsgi_application()
SessionStore.clear_expired()
