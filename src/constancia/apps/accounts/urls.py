"""Addresses of signing in and of the people of the house."""

from __future__ import annotations

from django.urls import path

from constancia.apps.accounts import views

app_name = "accounts"

urlpatterns = [
    path("entrar/", views.sign_in, name="sign_in"),
    path("entrar/<str:token>/", views.link, name="link"),
    path("salir/", views.sign_out, name="sign_out"),
    path("cuenta/", views.own, name="own"),
    path("casa/", views.people, name="people"),
    path("casa/nueva/", views.add, name="add"),
    path("casa/<str:username>/", views.person, name="person"),
    path("casa/<str:username>/rol/", views.change_role, name="change_role"),
    path("casa/<str:username>/estado/", views.change_active, name="change_active"),
    path("casa/<str:username>/enlace/", views.new_link, name="new_link"),
]
