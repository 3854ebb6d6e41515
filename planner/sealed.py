"""Rows whose text is encrypted: what belongs to a couple never stands in the database as it was typed."""

from __future__ import annotations

from sqlalchemy import LargeBinary, inspect
from sqlalchemy.orm import Mapped, mapped_column, object_session

from planner.sealing import Keyring, SealBroken


class Sealed:
    """A row with a sealed `body`. It opens only where it was sealed: practice, table, column and row."""

    __tablename__: str
    practice_id: Mapped[str]

    body: Mapped[bytes] = mapped_column(LargeBinary)

    @property
    def _place(self) -> str:
        key = "/".join(str(getattr(self, column.key)) for column in inspect(type(self)).primary_key)
        return f"{self.practice_id}/{self.__tablename__}/body/{key}"

    def seal_text(self, text: str, keyring: Keyring) -> None:
        """Write the text into this row, encrypted for exactly this place. The row has its key already."""
        self.body = keyring.seal(text, self._place)

    @property
    def text(self) -> str:
        """What this row holds. Raises SealBroken when it was moved or changed."""
        session = object_session(self)
        if session is None:
            raise SealBroken("a sealed row is read inside its session")
        return str(session.info["keyring"].open(self.body, self._place))
