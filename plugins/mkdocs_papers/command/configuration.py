"""The plugin's options as they stand in ``mkdocs.yml``, read without importing MkDocs.

MkDocs reads its configuration with a loader that runs whatever Python a tag names. Here tags that this reader does not
know, such as ``!!python/name:`` of an emoji extension, are passed over: the library does not need them.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from mergedeep import merge
from yaml.reader import ReaderError
from yaml_env_tag import construct_env_tag

from mkdocs_papers.library.settings import OptionError, Settings, settings_from
from mkdocs_papers.records.lines import IN_UTF_16, Lines
from mkdocs_papers.records.problem import Place
from mkdocs_papers.records.yamltext import where

PLUGIN = "papers"
"""The plugin's name under ``plugins:``."""


class ConfigurationError(Exception):
    """What cannot be done as it is configured, or asked for; its one line says why."""


class ConfigurationFileError(ConfigurationError):
    """A file of the configuration that cannot be used, and where in it; at its beginning where no more is known."""

    def __init__(self, path: Path, wrong: str, place: Place | None = None) -> None:
        shown = "" if place is None else f":{place.line}:{place.column}"
        super().__init__(f"{path}{shown}: {wrong}")
        self.path, self.wrong, self.place = path, wrong, place or Place()


def read_settings(path: Path) -> Settings:
    """The settings of the library beside a configuration file.

    Args:
        path: ``mkdocs.yml``. A site that does not list the plugin gives the default settings.

    Raises:
        ConfigurationError: it cannot be read, or an option makes no sense.
    """
    configuration = read_configuration(path)
    options = plugin_options(configuration, path)
    try:
        return settings_from(options, path.resolve().parent, _extensions(configuration))
    except OptionError as error:
        raise ConfigurationFileError(path, f"{PLUGIN}: {error}") from error


def read_configuration(path: Path) -> dict[str, Any]:
    """A configuration merged with those that it inherits from, as MkDocs merges them: mappings key by key.

    Raises:
        ConfigurationError: it, or one that it inherits from, is not there or is not YAML, or they inherit in a circle.
    """
    configuration: dict[str, Any] = {}
    inherited: list[Path] = []
    following: Path | None = path
    while following:
        if following.resolve() in inherited:
            raise ConfigurationFileError(path, f"INHERIT leads in a circle, back to {following}")
        inherited.append(following.resolve())
        loaded = _load(following)
        parent = loaded.pop("INHERIT", None)
        configuration = merge({}, loaded, configuration)
        if parent is not None and not isinstance(parent, str):
            raise ConfigurationFileError(following, f"INHERIT: {parent!r} is no path")
        following = following.parent / parent if parent else None
    return configuration


def plugin_options(configuration: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
    """The options that a configuration gives to the plugin; none where it does not list it.

    Raises:
        ConfigurationError: they are no options.
    """
    plugins = configuration.get("plugins") or []
    if isinstance(plugins, Mapping):
        plugins = [{name: options} for name, options in plugins.items()]
    if not isinstance(plugins, list):
        raise ConfigurationFileError(path, f"plugins: expected a list, not {plugins!r}")
    for plugin in plugins:
        if isinstance(plugin, Mapping) and PLUGIN in plugin:
            options = plugin[PLUGIN]
            if options is None:
                return {}
            if not isinstance(options, Mapping):
                raise ConfigurationFileError(path, f"{PLUGIN}: expected 'option: value' lines, not {options!r}")
            return options
    return {}


def _extensions(configuration: Mapping[str, Any]) -> Iterator[str]:
    """The names of the Markdown extensions, each alone or with its options."""
    listed = configuration.get("markdown_extensions")
    for each in listed if isinstance(listed, Iterable) and not isinstance(listed, str) else ():
        yield from map(str, each if isinstance(each, Mapping) else (each,))


class _Loader(yaml.SafeLoader):
    """Safe YAML with environment variables, and every other tag passed over."""


def _passed_over(loader: _Loader, node: yaml.Node) -> Any:
    """The value of a node whose tag means nothing here."""
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_mapping(node, deep=True) if isinstance(node, yaml.MappingNode) else None


_Loader.add_constructor("!ENV", construct_env_tag)
_Loader.add_constructor(None, _passed_over)


def _text(path: Path) -> str:
    """What is in a file: UTF-8, or UTF-16, which YAML may be in as well, and which begins with its own mark."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ConfigurationFileError(path, f"{error.strerror}; name the file with --config") from error
    try:
        return content.decode("utf-16" if content.startswith(IN_UTF_16) else "utf-8")
    except UnicodeDecodeError as error:
        wrong = f"the byte 0x{content[error.start]:02X} is not UTF-8; save the file as UTF-8"
        before = content[: error.start].decode(errors="replace")
        raise ConfigurationFileError(path, wrong, Lines(before).place(len(before))) from error


def _load(path: Path) -> dict[str, Any]:
    """One configuration file."""
    text = _text(path)
    try:
        loaded = yaml.load(text, Loader=_Loader)  # noqa: S506  # a subclass of SafeLoader
    except yaml.MarkedYAMLError as error:
        mark = where(error)
        place = Place(mark.line + 1, mark.column + 1) if mark else None
        raise ConfigurationFileError(path, f"not YAML: {error.problem or error.context}", place) from error
    except ReaderError as error:
        wrong = f"the character U+{error.character:04X} may not stand in YAML as it is"
        place = Lines(text).place(error.position)
        raise ConfigurationFileError(path, f"not YAML: {wrong}", place) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ConfigurationFileError(path, f"not YAML: {' '.join(str(error).split())}") from error
    except (AttributeError, LookupError) as error:
        raise ConfigurationFileError(path, "not YAML: a value is none of its tag") from error
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        raise ConfigurationFileError(path, "expected 'setting: value' lines")
    return loaded
