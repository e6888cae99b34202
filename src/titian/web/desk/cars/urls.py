"""Addresses of the cars."""

from django.urls import path

from titian.web.desk.cars import views

urlpatterns = [
    path("", views.index, name="cars"),
    path("<int:pk>/", views.car, name="car"),
    path("<int:pk>/outage/", views.outage, name="car-outage"),
    path("<int:pk>/return/", views.back, name="car-return"),
]
