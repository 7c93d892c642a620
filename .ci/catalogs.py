"""Message catalogs: extracts messages from the code, updates every .po file, compiles it to .mo.

`.venv/bin/python .ci/catalogs.py` does all three. As a build hook of Hatchling it only compiles,
so that wheels and editable installs have the .mo files, which aren't in the repository.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent.parent

KEYWORDS = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "ngettext_noop": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
"""The functions whose arguments are messages, and which argument is what."""


class CatalogBuildHook(BuildHookInterface[Any]):
    """Compiles the catalogs before a wheel or an editable install is built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        compile_catalogs(Path(self.root))


def extract() -> Catalog:
    """All messages of the code, untranslated."""
    template = Catalog(project="calmtrack")
    for path in sorted((ROOT / "tracker").rglob("*.py")):
        for _, message, comments, context in extract_from_file(
            "python", path, keywords=KEYWORDS, comment_tags=("Translators:",)
        ):
            template.add(message, auto_comments=comments, context=context)
    return template


def po_files(root: Path = ROOT) -> list[Path]:
    """The catalog of every language."""
    return sorted(root.glob("data/locale/*/LC_MESSAGES/calmtrack.po"))


def read_catalog(path: Path) -> Catalog:
    """A language's catalog; the language is the name of its folder."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def update(catalog: Catalog, template: Catalog) -> None:
    """Adds new messages and drops unused ones. A new message that resembles a dropped one gets
    its translation, marked fuzzy, which is never compiled: correct it and remove the mark."""
    catalog.update(template, update_creation_date=False)
    catalog.obsolete.clear()


def write_catalog(path: Path, catalog: Catalog) -> None:
    """One line for each message, sorted, without places in the code: few conflicts in merges."""
    with path.open("wb") as file:
        write_po(file, catalog, width=0, no_location=True, sort_output=True)


def compile_catalogs(root: Path = ROOT) -> None:
    """Writes the .mo file beside each .po file."""
    for path in po_files(root):
        catalog = read_catalog(path)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)


def _is_whole(translation: str | tuple[str, ...] | None) -> bool:
    """Whether a translation, or each of its plural forms, has text."""
    return translation is not None and all(
        (translation,) if isinstance(translation, str) else translation
    )


def main() -> None:
    """Updates and compiles every catalog, and reports what remains to be translated."""
    template = extract()
    for path in po_files():
        catalog = read_catalog(path)
        update(catalog, template)
        write_catalog(path, catalog)
        todo = [one.id for one in catalog if one.id and (one.fuzzy or not _is_whole(one.string))]
        print(f"{path.parts[-3]}: {len(catalog)} messages, {len(todo)} to translate")  # noqa: T201
        for message in todo:
            print(f"  {message}")  # noqa: T201
    compile_catalogs()


if __name__ == "__main__":
    main()
