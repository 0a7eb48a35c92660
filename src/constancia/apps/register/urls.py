"""Addresses of the register. A code names a case; names and searches never stand in an address."""

from __future__ import annotations

from django.urls import path

from constancia.apps.register.views import evidence, facts, finding, judging, revealing, showing, starting

app_name = "register"

urlpatterns = [
    path("registro/", finding.search, name="search"),
    path("registro/csv/", finding.export, name="export"),
    path("registro/csv/<int:approval>/", finding.export_approved, name="export_approved"),
    path("expediente/nuevo/", starting.new, name="new"),
    path("expediente/nuevo/parecidos/", starting.alike, name="alike"),
    path("expediente/<str:code>/", showing.case, name="case"),
    path("expediente/<str:code>/anotar/", facts.choose, name="choose"),
    path("expediente/<str:code>/anotar/<slug:kind>/", facts.add, name="add"),
    path("expediente/<str:code>/abrir/", revealing.reveal, name="reveal"),
    path("expediente/<str:code>/pedir/", revealing.ask, name="ask_region"),
    path("expediente/<str:code>/defensa/", judging.assign, name="assign"),
    path("hecho/<int:seq>/fila/", showing.row, name="row"),
    path("hecho/<int:seq>/corregir/", facts.correct, name="correct"),
    path("hecho/<int:seq>/retirar/", facts.withdraw, name="withdraw"),
    path("hecho/<int:seq>/fuente/", facts.attest, name="attest"),
    path("hecho/<int:seq>/archivo/", evidence.attach, name="attach"),
    path("hecho/<int:seq>/revisar/", judging.review, name="review"),
    path("archivo/<int:number>/", evidence.show, name="evidence"),
    path("archivo/<int:number>/copia/", evidence.copy, name="evidence_copy"),
    path("archivo/<int:number>/entregar/", evidence.give, name="evidence_give"),
    path("archivo/<int:number>/comprobar/", evidence.verify, name="evidence_verify"),
    path("revision/", judging.queue, name="reviews"),
]
