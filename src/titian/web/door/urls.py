"""Addresses of the way in."""

from allauth.account import views as account
from django.urls import path
from django.views.i18n import set_language

from titian.web.door import views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.health, name="health"),
    path("demo/", views.demo, name="demo"),
    path("demo/<slug:name>/", views.enter, name="demo-enter"),
    path("clock/", views.change_clock, name="clock"),
    path("events/<slug:code>/", views.choose_event, name="event"),
    path("language/", set_language, name="set_language"),
    path("sign-out/", account.logout, name="sign-out"),
]
