"""How the values of views and of other facets are called."""

from __future__ import annotations

from mkdocs_papers.library.settings import Settings
from mkdocs_papers.pages.language import Language
from mkdocs_papers.views.facets import Facet
from mkdocs_papers.views.view import NONE, View


def view_label(view: View, value: str, settings: Settings, language: Language) -> str:
    """How a group of a view is called."""
    if value == NONE:
        return language.find(f"none.{view.name}") or "–"
    if view.configured:
        return settings.keywords[value].label if value in settings.keywords else value
    return (language.find(f"{view.words}.{value}") or value) if view.words else value


def facet_label(facet: Facet, value: str, settings: Settings, language: Language) -> str:
    """How a value of a facet is called; `view_label` says what is asked for."""
    if facet.view is None:
        return language.find(f"{facet.title}.{value}") or value
    return view_label(facet.view, value, settings, language)
