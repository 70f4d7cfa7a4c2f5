"""`manage.py train_sorter`: builds the sorter of comments from labelled ones. It needs no database."""

from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from threadpoolctl import threadpool_limits

from joinedup.involve.sorting import calibrating, measuring, reporting, training, weights


class Command(BaseCommand):
    """Training twice on the same machine gives the same file."""

    help = "Train the sorter of comments and write its weights; with --report, measure it as well."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where from, where to, and what else."""
        parser.add_argument(
            "source", type=Path, nargs="?", default=training.LABELLED, help="labelled comments"
        )
        parser.add_argument("--weights", type=Path, default=weights.SHIPPED, help="file of weights to write")
        parser.add_argument("--report", type=Path, help="model card whose figures to write anew")
        parser.add_argument("--folds", type=int, default=5, help="of the cross-validation; 5 without this")
        parser.add_argument("--judge", type=int, help="judge only so many of the folds")
        parser.add_argument("--keep", type=Path, help="folder for trained models, taken when run again")
        parser.add_argument("--only-report", action="store_true", help="measure, and leave the weights")

    def handle(self, *args: Any, **options: Any) -> None:
        """Train, write, and say what was written. Five minutes on one core; with figures fifteen."""
        try:
            rows = training.rows_of(options["source"])
            # The order of sums, and with it the last digit, depends on threads.
            with threadpool_limits(1), TemporaryDirectory() as folder:
                self._train(rows, options["keep"] or Path(folder), options)
        except OSError as fault:
            raise CommandError(f"{fault.filename} cannot be read or written: {fault.strerror}.") from None
        except ValueError as fault:
            raise CommandError(str(fault)) from None

    def _train(self, rows: training.Rows, keep: Path, options: dict[str, Any]) -> None:
        if not options["only_report"]:
            digest = weights.save(options["weights"], *calibrating.calibrated(rows, keep))
            self.stdout.write(f"{options['weights']}, SHA-256 {digest}")
        if options["report"]:
            many, judged = options["folds"], options["judge"]
            found = measuring.cross_validate(rows, many, judged=judged, keep=keep, tell=self.stderr.write)
            folds = f"{judged} of {many} folds" if judged else f"{many} folds"
            said = reporting.figures(found, folds, options["weights"])
            reporting.write(options["report"], said)
            self.stdout.write(said)
