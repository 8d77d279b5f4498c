"""The door the web server uses."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ringvirkning.config.settings")
application = get_wsgi_application()

# The word lists are read before the first visitor comes, not by the first visitor.
from ringvirkning.foundation.memory import leave_alone  # noqa: E402 - Django must be set up first
from ringvirkning.needs.statement.read import read_need  # noqa: E402
from ringvirkning.search.find import warm_up  # noqa: E402

warm_up()
read_need("oppvarming")
leave_alone()
