"""The door the web server uses."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ringvirkning.config.settings")
application = get_wsgi_application()

# The word lists are read before the first visitor comes, not by the first visitor.
from ringvirkning.search.find import warm_up  # noqa: E402 - Django must be set up first

warm_up()
