"""The catch-all mail server: keeps every message, and fails as it is told."""

from __future__ import annotations

import smtplib
import subprocess
import sys
from collections.abc import Generator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Running:
    """A mailbox in a process of its own."""

    port: int
    folder: Path
    faults: Path

    def send(self, number: int, timeout: float = 5) -> None:
        """Send a message whose Message-ID names this number."""
        message = EmailMessage()
        message["Subject"], message["From"] = "A client of yours needs a look", "a@localhost"
        message["To"], message["Message-ID"] = "ada@demo.example", f"<{number}@localhost>"
        message.set_content("There is something new.")
        with smtplib.SMTP("127.0.0.1", self.port, timeout=timeout) as server:
            server.send_message(message)

    def kept(self) -> list[str]:
        """The Message-IDs of the log, in the order of arrival."""
        log = self.folder / "log.txt"
        return [line.split()[1] for line in log.read_text().splitlines()] if log.exists() else []


@pytest.fixture
def mailbox(tmp_path: Path) -> Generator[Running, None, None]:
    folder, faults = tmp_path / "mail", tmp_path / "faults.txt"
    command = [sys.executable, "-m", "coachapi.embedded.mailbox", "--folder", str(folder)]
    with subprocess.Popen(
        [*command, "--faults", str(faults)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield Running(int(process.stdout.readline()), folder, faults)
        process.terminate()
        assert process.wait(10) == 0


def test_it_keeps_each_message_as_a_file_and_a_line_of_the_log(mailbox: Running) -> None:
    mailbox.send(1)
    mailbox.send(2)
    assert mailbox.kept() == ["<1@localhost>", "<2@localhost>"]
    files = sorted(mailbox.folder.glob("*.eml"))
    assert len(files) == 2
    assert b"There is something new." in files[0].read_bytes()
    assert (mailbox.folder / "log.txt").read_text().splitlines()[0].endswith(" ada@demo.example")


def test_it_refuses_once_for_each_line_of_the_faults(mailbox: Running) -> None:
    mailbox.faults.write_text("450\n550\n")
    for code in (450, 550):
        with pytest.raises(smtplib.SMTPDataError) as refused:
            mailbox.send(code)
        assert refused.value.smtp_code == code
    mailbox.send(3)
    assert mailbox.kept() == ["<3@localhost>"]


def test_it_can_take_a_message_and_drop_the_line_before_saying_so(mailbox: Running) -> None:
    mailbox.faults.write_text("accept-then-drop")
    with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)):
        mailbox.send(4)
    assert mailbox.kept() == ["<4@localhost>"]
    mailbox.send(4)
    assert mailbox.kept() == ["<4@localhost>", "<4@localhost>"]


def test_it_can_hang_for_one_sender_while_others_are_served(mailbox: Running) -> None:
    mailbox.faults.write_text("hang\n")
    with pytest.raises((TimeoutError, smtplib.SMTPServerDisconnected)):
        mailbox.send(5, timeout=0.3)
    mailbox.send(6)
    assert mailbox.kept() == ["<6@localhost>"]


def test_a_fault_written_as_always_stays(mailbox: Running) -> None:
    mailbox.faults.write_text("450 always")
    for _ in range(3):
        with pytest.raises(smtplib.SMTPDataError):
            mailbox.send(7)
    assert mailbox.kept() == []
