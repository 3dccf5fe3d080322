#!/usr/bin/env python3
"""A WHIP sender (RFC 9725) on GStreamer's webrtcbin: a test picture in VP8 and a tone in Opus.

usage: whip_gstreamer.py ENDPOINT TOKEN SECONDS

Prints CONNECTED once media can flow, then sends for that long, deletes its session and prints
DELETED with the status. Anything that goes wrong ends it with a sentence and status 1.
"""

import sys
import urllib.error
import urllib.parse
import urllib.request

try:
    import gi

    gi.require_version("Gst", "1.0")
    gi.require_version("GstSdp", "1.0")
    gi.require_version("GstWebRTC", "1.0")
    from gi.repository import GLib, Gst, GstSdp, GstWebRTC
except (ImportError, ValueError) as missing:
    sys.exit("MISSING " + str(missing))

PIPELINE = """
webrtcbin name=peer bundle-policy=max-bundle
videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=180,framerate=15/1
  ! videoconvert ! vp8enc deadline=1 keyframe-max-dist=30 target-bitrate=300000
  ! rtpvp8pay picture-id-mode=15-bit ! application/x-rtp,media=video,encoding-name=VP8,payload=96
  ! peer.
audiotestsrc is-live=true freq=440 ! audioconvert ! audioresample ! opusenc
  ! rtpopuspay ! application/x-rtp,media=audio,encoding-name=OPUS,payload=97 ! peer.
"""


class Sender:
    def __init__(self, endpoint, token, seconds):
        self.endpoint, self.token, self.seconds = endpoint, token, seconds
        self.location = None
        self.connected = False
        self.status = 0
        self.loop = GLib.MainLoop()
        self.pipeline = Gst.parse_launch(PIPELINE)
        self.peer = self.pipeline.get_by_name("peer")
        self.peer.connect("on-negotiation-needed", self.negotiate)
        self.peer.connect("notify::connection-state", self.connection_changed)
        bus = self.pipeline.get_bus()
        bus.add_signal_watch()
        bus.connect("message::error", lambda _, m: self.fail(m.parse_error()[0].message))

    def run(self):
        for index in range(2):
            transceiver = self.peer.emit("get-transceiver", index)
            transceiver.set_property(
                "direction", GstWebRTC.WebRTCRTPTransceiverDirection.SENDONLY
            )
        self.pipeline.set_state(Gst.State.PLAYING)
        GLib.timeout_add_seconds(20, self.give_up)
        self.loop.run()
        self.pipeline.set_state(Gst.State.NULL)
        return self.status

    def give_up(self):
        if not self.connected:
            self.fail("no connection within 20 s")
        return False

    def fail(self, reason):
        print("FAILED", reason, flush=True)
        self.status = 1
        self.loop.quit()

    def negotiate(self, peer):
        peer.emit("create-offer", None, Gst.Promise.new_with_change_func(self.offered, None))

    def offered(self, promise, _):
        reply = promise.get_reply()  # Owns the offer: must outlive its use.
        offer = reply.get_value("offer")
        text = offer.sdp.as_text()
        self.peer.emit("set-local-description", offer, Gst.Promise.new())
        GLib.idle_add(self.post, text)

    def post(self, offer):
        try:
            request = urllib.request.Request(
                self.endpoint,
                offer.encode(),
                {"Content-Type": "application/sdp", "Authorization": "Bearer " + self.token},
                method="POST",
            )
            with urllib.request.urlopen(request, timeout=10) as response:
                self.location = urllib.parse.urljoin(self.endpoint, response.headers["Location"])
                answer = response.read().decode()
        except urllib.error.HTTPError as refused:
            self.fail("%d %s" % (refused.code, refused.read().decode()))
            return False
        _, message = GstSdp.SDPMessage.new_from_text(answer)
        description = GstWebRTC.WebRTCSessionDescription.new(
            GstWebRTC.WebRTCSDPType.ANSWER, message
        )
        self.peer.emit("set-remote-description", description, Gst.Promise.new())
        return False

    def connection_changed(self, peer, _):
        state = peer.get_property("connection-state")
        if state == GstWebRTC.WebRTCPeerConnectionState.CONNECTED and not self.connected:
            self.connected = True
            print("CONNECTED", flush=True)
            GLib.timeout_add_seconds(self.seconds, self.delete)
        elif state == GstWebRTC.WebRTCPeerConnectionState.FAILED:
            GLib.idle_add(self.fail, "the peer connection failed")

    def delete(self):
        request = urllib.request.Request(
            self.location, headers={"Authorization": "Bearer " + self.token}, method="DELETE"
        )
        with urllib.request.urlopen(request, timeout=10) as response:
            print("DELETED", response.status, flush=True)
        self.loop.quit()
        return False


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    Gst.init(None)
    needed = ["webrtcbin", "nicesink", "dtlssrtpenc", "vp8enc", "rtpvp8pay", "opusenc", "rtpopuspay"]
    missing = [name for name in needed if Gst.ElementFactory.find(name) is None]
    if missing:
        sys.exit("MISSING elements " + ", ".join(missing))
    sys.exit(Sender(sys.argv[1], sys.argv[2], int(sys.argv[3])).run())


main()
