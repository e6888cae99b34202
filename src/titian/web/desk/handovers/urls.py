"""Addresses of hand-overs: nouns only; the HTTP method is the verb."""

from django.urls import path

from titian.web.desk.handovers import views

urlpatterns = [
    path("", views.index, name="handovers"),
    path("endings/", views.end, name="handover-endings"),
    path("<int:pk>/", views.show, name="handover"),
    path("<int:pk>/items/<slug:name>/", views.item, name="handover-item"),
    path("<int:pk>/words/", views.add_word, name="handover-words"),
    path("<int:pk>/moves/<slug:name>/", views.move, name="handover-move"),
    path("<int:pk>/notes/<int:note>/opening/", views.open_one, name="handover-note"),
    path("meetings/<int:pk>/", views.introduce, name="introduction"),
]
