"""The pages as a Django app: templates, static files, template words."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "titian.web"
    label = "web"
