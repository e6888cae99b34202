"""Addresses of what came in: nouns only; the HTTP method is the verb."""

from django.urls import path

from titian.web.desk.incoming import chats, papers, views

urlpatterns = [
    path("", views.index, name="incoming"),
    path("<int:pk>/", views.show, name="incoming-message"),
    path("<int:pk>/giving/", views.give, name="incoming-giving"),
    path("<int:pk>/handing-back/", views.hand_back, name="incoming-handing-back"),
    path("<int:pk>/setting-aside/", views.set_aside, name="incoming-aside"),
    path("<int:pk>/papers/<int:paper_id>/", papers.of_message, name="incoming-paper"),
    path("chats/", chats.index, name="chats"),
    path("chats/<int:pk>/", chats.show, name="chat"),
    path("chats/<int:pk>/asks/", chats.make_ask, name="chat-ask"),
    path("chats/<int:pk>/authors/", chats.name, name="chat-author"),
]
