"""Write every drawing of the product into the static folders."""

from pathlib import Path

from django.core.management.base import BaseCommand

from clients.drawings.files import drawn_files

TOP = Path(__file__).resolve().parents[3]


class Command(BaseCommand):
    """Draw the body chart, the sprite and the exercises anew, after their data changed."""

    help = "Writes the body chart, the sprite and the exercise drawings into the static folders."

    # A drawing needs no database and no page, so a fault in those must not stop it.
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        """Write each file and say how many there are."""
        files = drawn_files()
        for path, text in files.items():
            target = TOP / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        self.stdout.write(f"{len(files)} drawings written.")
