"""Address of a relationship."""

from django.urls import path

from titian.web.desk.relations import views

urlpatterns = [
    path("delegations/<int:pk>/relationship/", views.show, name="relationship"),
    path(
        "delegations/<int:pk>/relationship/leave/",
        views.leave,
        name="relationship-leave",
    ),
]
