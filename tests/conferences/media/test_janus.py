"""What the engine is told before it starts, and what is said where it cannot."""

import json
import socket
import threading
from pathlib import Path
from typing import Any

import pytest

from phoihop.conferences.media.engine import EngineFault, Stage
from phoihop.conferences.media.janus import process
from phoihop.conferences.media.janus.config import Door, Place, write_config
from phoihop.conferences.media.janus.engine import JanusEngine

STAGE = Stage("hoi-nghi-thu")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Of a packager who installs one plugin, one transport and one logger more than is wanted."""
    for kind, names in {
        "plugins": ["libjanus_videoroom.so", "libjanus_streaming.so", "libjanus_sip.so"],
        "transports": ["libjanus_http.so", "libjanus_mqtt.so"],
        "loggers": ["libjanus_jsonlog.so"],
        "events": [],
    }.items():
        (tmp_path / "janus" / kind).mkdir(parents=True)
        for name in names:
            (tmp_path / "janus" / kind / name).touch()
    return Place(plugins=tmp_path / "janus", api_port=8_188, cores=3)


def test_secrets_are_fresh_each_time_and_nobody_elses(place: Place, tmp_path: Path) -> None:
    folder = tmp_path / "media"
    doors = [write_config(folder, place) for _time in range(2)]
    assert Door.read(folder) == doors[1]
    assert len({doors[0].api_secret, doors[0].admin_key, doors[1].api_secret, doors[1].admin_key}) == 4
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_secrets_are_read_whole_while_an_engine_is_started_anew(place: Place, tmp_path: Path) -> None:
    folder, found = tmp_path / "media", []
    write_config(folder, place)
    starting = threading.Thread(target=lambda: [write_config(folder, place) for _time in range(150)])
    starting.start()
    while starting.is_alive():
        found.append(Door.read(folder))
    assert None not in found


def test_only_what_is_wanted_is_loaded_and_only_this_machine_speaks_to_it(
    place: Place, tmp_path: Path
) -> None:
    write_config(tmp_path / "media", place)
    core = (tmp_path / "media" / "janus.jcfg").read_text()
    assert 'disable = "libjanus_sip.so"' in core
    assert 'disable = "libjanus_mqtt.so"' in core
    assert "event_loops = 3" in core
    http = (tmp_path / "media" / "janus.transport.http.jcfg").read_text()
    assert 'ip = "127.0.0.1"' in http
    assert "port = 8188" in http
    assert "admin_http = false" in http
    assert "ice_enforce_list" not in core


def test_addresses_are_passed_on(place: Place, tmp_path: Path) -> None:
    told = Place(
        plugins=place.plugins,
        interface="10.0.0.5", public_address="203.0.113.7", stun="stun.example.vn:3479", media_ports=(30_000, 30_100),
    )  # fmt: skip
    write_config(tmp_path / "media", told)
    core = (tmp_path / "media" / "janus.jcfg").read_text()
    for line in (
        'ice_enforce_list = "10.0.0.5"', 'nat_1_1_mapping = "203.0.113.7"', 'stun_server = "stun.example.vn"',
        "stun_port = 3479", 'rtp_port_range = "30000-30100"',
    ):  # fmt: skip
        assert line in core


def test_where_no_engine_was_started_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(EngineFault, match="chưa khởi động máy chủ hình và tiếng"):
        JanusEngine(tmp_path).settle(STAGE)


def test_where_nobody_answers_it_is_said(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/janus"
        (tmp_path / "engine.json").write_text(json.dumps({"url": url, "api_secret": "a", "admin_key": "b"}))
        with pytest.raises(EngineFault, match="không kết nối được"):
            JanusEngine(tmp_path).settle(STAGE)


def test_what_is_missing_is_said_in_sentences(
    settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    settings.MEDIA_PORTS, settings.MEDIA_INTERFACE = "20999-20000", "eth0"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings.MEDIA_API_PORT = taken.getsockname()[1]
        said = process.missing()
    assert len(said) == 4
    assert "apt-get install janus janus-tools" in said[0]
    assert str(settings.MEDIA_API_PORT) in said[1]
    assert "“20999-20000”" in said[2]
    assert "“eth0”" in said[3]
