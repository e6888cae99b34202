"""Addresses of the hotels."""

from django.urls import path

from titian.web.desk.hotels import losing, views

urlpatterns = [
    path("", views.index, name="hotels"),
    path("demand/", views.demand, name="demand"),
    path("proposals/", views.propose, name="rooms-proposals"),
    path("proposals/<int:pk>/", views.show, name="rooms-proposal"),
    path("proposals/<int:pk>/acceptance/", views.accept, name="rooms-acceptance"),
    path("<int:pk>/loss/", losing.loss, name="hotel-loss"),
    path("<int:pk>/return/", losing.back, name="hotel-return"),
]
