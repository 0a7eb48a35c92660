"""Closed terms of evidence files: what one says of itself, what to know of it, and its custody."""

from __future__ import annotations

from enum import StrEnum


class FileTrait(StrEnum):
    """Something that a file says of itself, and that may lead to whoever made it."""

    GPS = "gps"
    AUTHOR = "author"
    OWNER = "owner"
    DEVICE = "device"
    SERIAL = "serial"
    SOFTWARE = "software"
    TAKEN = "taken"
    CREATED = "created"
    MODIFIED = "modified"
    TITLE = "title"
    DESCRIPTION = "description"
    ORGANISATION = "organisation"
    MANIFEST = "manifest"
    MANIFEST_NAME = "manifest_name"
    MANIFEST_TOOL = "manifest_tool"


class FileNote(StrEnum):
    """What a person should know before trusting or opening a file."""

    DAMAGED = "damaged"
    LOCKED = "locked"
    ACTIVE = "active"
    ATTACHED = "attached"
    PHONE_TRAILER = "phone_trailer"
    LINKS = "links"
    UNREAD = "unread"


class CustodyStep(StrEnum):
    """What happened to a file of evidence."""

    RECEIVED = "received"
    SHARED_COPY = "shared_copy"
    GIVEN_OUT = "given_out"
    VERIFIED = "verified"


class CustodyWay(StrEnum):
    """How a file came."""

    IN_PERSON = "in_person"
    MESSAGE = "message"
    MAIL = "mail"
    DEVICE = "device"
    OFFICIAL = "official"
    PUBLIC_PAGE = "public_page"
    MADE_HERE = "made_here"
    OTHER = "other"


class CustodyPurpose(StrEnum):
    """What a file, or a copy of it, was given out for."""

    OWN_WORK = "own_work"
    COURT = "court"
    INTERNATIONAL = "international"
    EXPERT = "expert"
    FAMILY = "family"
    PRESS = "press"
    OTHER = "other"
