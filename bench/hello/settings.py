"""The least Django needs to say hello: no apps, no middleware, no database."""

SECRET_KEY = "only for measuring"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "hello.app"
INSTALLED_APPS: list[str] = []
MIDDLEWARE: list[str] = []
USE_I18N = False
