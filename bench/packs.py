"""How many sheets of a pack are printed in a second, by one worker process and by two: `make bench-packs`.

Real workers print a pack of sixty different exercises from an empty cache. Their start is not counted.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import select

from planner import create_app
from planner.accounts.models import OWNER, Member, Practice
from planner.config import ROOT, Settings
from planner.db import db
from planner.library.models import ExerciseRecord
from planner.packs import operations, queries
from planner.packs.choice import Choice, Making
from planner.packs.models import Pack
from planner.packs.operations import Wanted
from planner.packs.progress import Progress
from planner.who import Asker

SHEETS = 60
# Sheets that each worker may take to warm up.
WARM = 3


def measure(folder: Path, workers: int) -> float:
    """Sheets per second."""
    app = create_app(Settings(instance=str(folder), log_level="error"))
    app.test_cli_runner().invoke(args=["prepare"])

    def progress() -> Progress:
        with app.app_context():
            found = db.session.get_one(Pack, pack_id)
            return queries.progress(db.session, [found])[pack_id]

    with app.app_context():
        practice = Practice(name="Bench")
        db.session.add(practice)
        db.session.flush()
        member = Member(practice_id=practice.id, name="Bench", email="bench@example.org", role=OWNER)
        db.session.add(member)
        db.session.flush()
        records = db.session.scalars(select(ExerciseRecord).order_by(ExerciseRecord.slug).limit(SHEETS)).all()
        sheets = [Wanted(Choice("exercise", one.slug), one.title, one.digest) for one in records]
        pack_id = operations.create(db.session, Asker(member.id, practice.id, ""), sheets, Making()).id
        db.session.commit()
    command = [sys.executable, "-m", "flask", "--app", "app", "worker"]
    environment = {**os.environ, "INSTANCE": str(folder), "DATABASE_URL": "", "PACK_WORKERS": "1"}
    running = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 our own
        for _ in range(workers)
    ]
    try:
        while progress().settled < WARM * workers:
            time.sleep(0.05)
        begun, first = time.monotonic(), progress().settled
        while not (now := progress()).is_over:
            time.sleep(0.05)
        return (now.settled - first) / (time.monotonic() - begun)
    finally:
        for process in running:
            process.terminate()
            process.wait(30)


def main() -> None:
    found = {}
    for workers in (1, 2):
        with tempfile.TemporaryDirectory(prefix="bench-packs-") as folder:
            found[workers] = measure(Path(folder) / "instance", workers)
        print(f"{workers} worker{'s' * (workers > 1)}: {found[workers]:.1f} sheets a second", flush=True)
    print(f"two workers make {found[2] / found[1]:.2f} times as many as one")
