"""Addresses of signing in and of the people of the house."""

from __future__ import annotations

from django.urls import path

from constancia.apps.accounts import views, views_door, views_own

app_name = "accounts"

urlpatterns = [
    path("entrar/", views_door.sign_in, name="sign_in"),
    path("entrar/segundo-paso/", views_door.second_step, name="second_step"),
    path("entrar/<str:token>/", views_door.link, name="link"),
    path("salir/", views_door.sign_out, name="sign_out"),
    path("cuenta/", views_own.own, name="own"),
    path("cuenta/confirmar/", views_own.confirm, name="confirm"),
    path("cuenta/segundo-paso/", views_own.enrolment, name="factors"),
    path("cuenta/segundo-paso/aplicacion/", views_own.application, name="application"),
    path("cuenta/segundo-paso/llave/", views_own.passkey, name="passkey"),
    path("cuenta/segundo-paso/codigos/", views_own.new_codes, name="codes"),
    path("cuenta/segundo-paso/quitar/", views_own.remove_factor, name="remove_factor"),
    path("cuenta/sesiones/", views_own.end_sessions, name="end_sessions"),
    path("cuenta/viaje/", views_own.begin_travel, name="begin_travel"),
    path("casa/", views.people, name="people"),
    path("casa/nueva/", views.add, name="add"),
    path("casa/<str:username>/", views.person, name="person"),
    path("casa/<str:username>/rol/", views.change_role, name="change_role"),
    path("casa/<str:username>/estado/", views.change_active, name="change_active"),
    path("casa/<str:username>/enlace/", views.new_link, name="new_link"),
    path("casa/<str:username>/segundo-paso/", views.reset_factors, name="reset_factors"),
    path("casa/<str:username>/sesiones/", views.end_sessions, name="end_all_sessions"),
    path("casa/<str:username>/viaje/", views.end_travel, name="end_travel"),
]
