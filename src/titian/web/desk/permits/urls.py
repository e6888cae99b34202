"""Addresses of permits: nouns only; the HTTP method is the verb."""

from django.urls import path

from titian.web.desk.permits import views

urlpatterns = [
    path("", views.index, name="permits"),
    path("of/<int:delegation_id>/", views.declare_one, name="permit-declaration"),
    path("<int:pk>/moves/<slug:name>/", views.move, name="permit-move"),
]
