"""One page that says hello: what the web server and Django cost before anyone has done anything."""

import os

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def hello(request: HttpRequest) -> HttpResponse:
    """Say hello."""
    return HttpResponse("<!doctype html><title>Hello</title><p>Hello</p>")


urlpatterns = [path("", hello)]

os.environ["DJANGO_SETTINGS_MODULE"] = "hello.settings"
application = get_wsgi_application()
