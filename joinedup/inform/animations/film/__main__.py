"""`python -m joinedup.inform.animations.film`: draws the film anew. Takes about ten minutes a language."""

import argparse
import sys
from pathlib import Path

from joinedup.inform.animations.film import render
from joinedup.inform.animations.film.timeline import scenes

OUT = Path(__file__).parents[1] / "sample" / "integrated_care"


def main(arguments: list[str]) -> None:
    """Write the film, its stills, captions and telling in the languages asked for."""
    parser = argparse.ArgumentParser(prog="film", description=__doc__)
    parser.add_argument("--language", action="append", choices=["en", "bn"], help="default: both")
    parser.add_argument("--only", choices=["words", "stills", "film"], help="leave the rest as it is")
    parser.add_argument("--out", type=Path, default=OUT)
    chosen = parser.parse_args(arguments)
    chosen.out.mkdir(parents=True, exist_ok=True)
    all_scenes = scenes()
    for language in chosen.language or ["en", "bn"]:
        if chosen.only in (None, "words"):
            (chosen.out / f"captions.{language}.vtt").write_text(
                render.captions(all_scenes, language), encoding="utf-8"
            )
            (chosen.out / f"told.{language}.json").write_text(
                render.told(all_scenes, language), encoding="utf-8"
            )
        if chosen.only in (None, "stills"):
            render.stills(all_scenes, language, chosen.out)
        if chosen.only in (None, "film"):
            render.film(all_scenes, language, chosen.out / f"film.{language}.webm")
        sys.stdout.write(f"{language}: written to {chosen.out}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
