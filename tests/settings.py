"""The product's settings, with a data folder that is thrown away."""

import os
import tempfile

os.environ.setdefault("TITIAN_HOME", tempfile.mkdtemp(prefix="titian-test-"))

from titian.settings import *

if DATABASES["default"]["ENGINE"] == "titian.kernel.sqlite":
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # which xdist leaves alone

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, for tests
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise looks for it
