"""The web process of the peers."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.peers.settings"

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
