"""Receivers without eyes: connections of one browser whose pictures are taken in and never decoded; two ways to join."""

from __future__ import annotations

import http.client
import json
from contextlib import closing
from typing import Any

from phoihop.conferences.media.janus.client import STREAMING, Handle, JanusClient
from tests.conferences.streams.installed import Installation

# Encoded frames are asked for and left unread: packets are received, decrypted and counted, nothing is decoded.
RECEIVING = """() => {
  window.receivers = [];
  window.answered = async (number, sdp) => {
    const connection = new RTCPeerConnection({ bundlePolicy: "max-bundle", encodedInsertableStreams: true });
    receivers.push(connection);
    connection.ontrack = ({ receiver }) => receiver.createEncodedStreams();
    await connection.setRemoteDescription({ type: "offer", sdp });
    await connection.setLocalDescription(await connection.createAnswer());
    if (connection.iceGatheringState !== "complete") {
      await new Promise((done) => connection.addEventListener("icegatheringstatechange",
        () => connection.iceGatheringState === "complete" && done()));
    }
    return connection.localDescription.sdp;
  };
}"""
MEASURE = """async () => {
  const sums = [0, 0];
  for (const each of receivers) {
    for (const told of (await each.getStats()).values()) {
      if (told.type !== "inbound-rtp") continue;
      sums[0] += told.packetsReceived ?? 0;
      sums[1] += Math.max(0, told.packetsLost ?? 0);
    }
  }
  return sums;
}"""


class Hall:
    """As a viewing page joins: a grant under its session, an offer, an answer."""

    def __init__(self, installed: Installation) -> None:
        self._installed, self._peer, self._grant = installed, "", ""

    def offer(self) -> str:
        session = self._installed.world["viewers"][0]
        cookies = {"Cookie": f"sessionid={session}; csrftoken={'c' * 32}", "X-CSRFToken": "c" * 32}
        form = {**cookies, "Content-Type": "application/x-www-form-urlencoded"}
        self._grant = self._post("quyen", "part=receive", form)["grant"]
        told = self._post("xem", "{}", self._bearer())
        self._peer = told["peer"]
        return str(told["sdp"])

    def answer(self, sdp: str) -> None:
        self._post("tra-loi", json.dumps({"peer": self._peer, "sdp": sdp}), self._bearer())

    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._grant}", "Content-Type": "application/json"}

    def _post(self, name: str, body: str, headers: dict[str, str]) -> Any:
        path = f"/hoi-nghi/{self._installed.world['slug']}/hinh/{name}/"
        with closing(http.client.HTTPConnection("127.0.0.1", self._installed.port, timeout=30)) as caller:
            caller.request("POST", path, body, headers)
            answer = caller.getresponse()
            said = answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"{path}: {answer.status} {said.decode()[:300]}")
        return json.loads(said) if said else {}


class Bare:
    """The same mountpoint, joined by Janus's own interface."""

    def __init__(self, client: JanusClient, conference: str) -> None:
        self._client, self._mountpoint = client, f"{conference}/viewers"
        self._handle = Handle(0, 0)

    def offer(self) -> str:
        self._handle = self._client.attach(STREAMING)
        _said, jsep = self._client.negotiate(self._handle, {"request": "watch", "id": self._mountpoint})
        assert jsep is not None
        return str(jsep["sdp"])

    def answer(self, sdp: str) -> None:
        self._client.negotiate(self._handle, {"request": "start"}, {"type": "answer", "sdp": sdp})
