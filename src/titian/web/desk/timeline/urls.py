"""Addresses of the line of time: nouns only; the HTTP method is the verb."""

from django.urls import path

from titian.web.desk.timeline import playbooks, views

urlpatterns = [
    path("", views.index, name="timeline"),
    path("steps/<int:pk>/", views.show, name="step"),
    path("steps/<int:pk>/tick/", views.tick, name="step-tick"),
    path("steps/<int:pk>/slip/", views.slip, name="step-slip"),
    path("steps/<int:pk>/moves/<slug:name>/", views.move, name="step-move"),
    path("steps/<int:pk>/evidence/", views.read_evidence, name="step-evidence"),
    path("lists/", playbooks.index, name="playbooks"),
    path("lists/<int:pk>/", playbooks.show, name="playbook"),
    path("lists/<int:pk>/runs/", playbooks.run, name="playbook-runs"),
    path("lists/<int:pk>/lines/", playbooks.write_line, name="playbook-lines"),
    path(
        "lists/<int:pk>/lines/<slug:code>/withdrawal/",
        playbooks.withdraw_line,
        name="playbook-line-withdrawal",
    ),
    path("lists/<int:pk>/card/", playbooks.write_card, name="playbook-card"),
]
