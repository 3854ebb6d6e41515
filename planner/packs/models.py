"""Packs in the database: what was asked for, how far each sheet is, and the PDFs, sealed.

They stand here and not in a folder, so that any machine can make them and any machine can hand them out.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from planner.db import Base, UtcDateTime, new_id, now
from planner.packs.choice import Making
from planner.sealed import Sealed


class Pack(Sealed, Base):
    """A pack and how it is made.

    `body` has what its sheets are called on the screen, which may say much, and what the codes on them begin
    with: whoever prints them is asked by nobody, so knows no address.
    """

    __tablename__ = "pack"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=new_id)
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"))
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), index=True)
    form: Mapped[str] = mapped_column(String(3))
    copies: Mapped[int]
    paper: Mapped[str] = mapped_column(String(10))
    design: Mapped[str] = mapped_column(String(20))
    lang: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def making(self) -> Making:
        return Making(self.form, self.copies, self.paper, self.design, self.lang)

    @staticmethod
    def as_text(titles: Sequence[str], address: str) -> str:
        """What `body` seals."""
        return json.dumps({"titles": list(titles), "address": address})

    @property
    def titles(self) -> tuple[str, ...]:
        """What its sheets are called, in their order. Raises SealBroken when it was moved or changed."""
        return tuple(self._known["titles"])

    @property
    def address(self) -> str:
        """Where members reach the planner, "" for nowhere else. Raises SealBroken likewise."""
        return str(self._known["address"])

    @property
    def _known(self) -> dict[str, Any]:
        found = json.loads(self.text)
        # Before there was an address in it, it had the titles alone.
        return found if isinstance(found, dict) else {"titles": found, "address": ""}


class PackSheet(Base):
    """One sheet of a pack: an exercise in one version, or a plan as it stands when it is printed.

    `state` is "waiting", "done" or "failed", with a `reason` of planner.packs.jobs. Whoever prints it has a
    `lease` for a time; when that is over, somebody else may take the sheet up again.
    """

    __tablename__ = "pack_sheet"
    __table_args__ = (Index("ix_pack_sheet_state_position", "state", "position"),)

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=new_id)
    pack_id: Mapped[str] = mapped_column(ForeignKey("pack.id"), index=True)
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"))
    position: Mapped[int]
    source: Mapped[str] = mapped_column(String(10))
    ref: Mapped[str] = mapped_column(String(80))
    digest: Mapped[str] = mapped_column(String(64), default="")
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    reason: Mapped[str] = mapped_column(String(10), default="")
    tries: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str] = mapped_column(String(20), default="")
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PackPdf(Sealed, Base):
    """The PDF of one sheet, and what its file is called: in a table of its own, as lists do not need it."""

    __tablename__ = "pack_pdf"

    sheet_id: Mapped[str] = mapped_column(ForeignKey("pack_sheet.id"), primary_key=True)
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"))

    @staticmethod
    def as_text(name: str, pdf: bytes) -> str:
        """What `body` seals."""
        return json.dumps([name, base64.b64encode(pdf).decode()])

    @property
    def content(self) -> tuple[str, bytes]:
        """Its name and its bytes. Raises SealBroken when it was moved or changed."""
        name, pdf = json.loads(self.text)
        return name, base64.b64decode(pdf)
