package dev.amphi.interactive.room;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amphi.interactive.receive.RtpReceiver;
import dev.amphi.interactive.sctp.DataChannels;
import dev.amphi.interactive.sctp.SctpStats;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A room's pipeline with all its counters, for people who look for a fault. It follows the media:
 * participant, peer connection, path, what comes in, what goes out. Counters count since their part
 * began. No addresses, no tokens. Runs on the room's loop.
 */
final class RoomInspector {
  private static final ObjectMapper RECORDS =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final long nowNanos;

  private final ClientDigests digests;

  private RoomInspector(ClientDigests digests, long nowNanos) {
    this.digests = digests;
    this.nowNanos = nowNanos;
  }

  static String describe(Room room) {
    ObjectNode node = RECORDS.createObjectNode();
    node.put("room", room.id());
    node.put("viewers", room.roster().viewers());
    node.put("speaker", room.floor().speakers().speaker());
    RoomInspector inspector = new RoomInspector(room.digests(), room.now());
    Gestures gestures = room.gestures();
    node.putObject("gestures")
        .put("relayed", gestures.relayed())
        .put("refused", gestures.refused())
        .put("dropped", gestures.dropped());
    ArrayNode participants = node.putArray("participants");
    for (Participant participant : room.roster().all()) {
      if (!participant.watches()) {
        participants.add(inspector.participant(participant));
      }
    }
    ArrayNode followers = node.putArray("followers");
    room.floor().followers().forEach(session -> followers.add(inspector.session(session)));
    return node.toString();
  }

  private ObjectNode participant(Participant participant) {
    ObjectNode node = RECORDS.createObjectNode();
    node.put("id", participant.id());
    node.put("role", participant.role().wireName());
    node.put("state", participant.state().wireName());
    SignalSession signal = participant.signal();
    node.put("signalling", signal == null ? "none" : signal.attached() ? "connected" : "away");
    ObjectNode measured = digests.newest(participant);
    if (measured != null) {
      node.set("browser", measured);
    }
    add(node, "media", participant.media());
    add(node, "ingest", participant.ingest());
    return node;
  }

  private void add(ObjectNode node, String name, @Nullable MediaSession session) {
    if (session != null) {
      node.set(name, session(session));
    }
  }

  private ObjectNode session(MediaSession session) {
    ObjectNode node = RECORDS.createObjectNode();
    node.put("connected", session.connected());
    MediaPath path = session.path();
    if (path != null) {
      node.put("way", PathSampler.way(path.transport().stats()).name().toLowerCase(Locale.ROOT));
      node.set("transport", RECORDS.valueToTree(path.transport().stats()));
      node.set("endpoint", RECORDS.valueToTree(path.endpoint().stats()));
      node.put("pauses", session.pauses());
      node.set("bandwidth", RECORDS.valueToTree(path.endpoint().bandwidthStats(nowNanos)));
    }
    DataLink data = session.data();
    if (data != null) {
      node.set("data", data(data.channels()));
    }
    ArrayNode publishes = node.putArray("publishes");
    session.publications().tracks().forEach((mid, track) -> publishes.add(track(mid, track)));
    ArrayNode slots = node.putArray("slots");
    session.slots().all().forEach(slot -> slots.add(slot(slot)));
    return node;
  }

  private static ObjectNode data(DataChannels channels) {
    SctpStats sctp = channels.association().stats();
    return RECORDS
        .createObjectNode()
        .put("established", channels.association().established())
        .put("packets_received", sctp.packetsReceived())
        .put("packets_sent", sctp.packetsSent())
        .put("bytes_received", sctp.bytesReceived())
        .put("bytes_sent", sctp.bytesSent())
        .put("retransmissions", sctp.retransmissions())
        .put("timeouts", sctp.timeouts())
        .put("malformed", sctp.malformed())
        .put("wrong_tag", sctp.wrongTag())
        .put("unexpected", sctp.unexpected())
        .put("refused_chunks", sctp.refusedChunks())
        .put("abandoned_messages", sctp.abandonedMessages())
        .put("refused", channels.refused());
  }

  private ObjectNode track(String mid, MediaTrack track) {
    ObjectNode node = RECORDS.createObjectNode();
    node.put("mid", mid);
    node.set("track", RECORDS.valueToTree(track.view()));
    node.put("shown_in", track.slots().length);
    node.put("refused_packets", track.refusedPackets());
    ArrayNode encodings = node.putArray("encodings");
    for (Encoding encoding : track.streams()) {
      RtpReceiver receiver = encoding.receiver();
      ObjectNode one = encodings.addObject();
      one.put("rid", encoding.rid());
      one.put("live", encoding.live());
      one.set("received", RECORDS.valueToTree(receiver.stats()));
    }
    return node;
  }

  private ObjectNode slot(Slot slot) {
    ObjectNode node = RECORDS.createObjectNode();
    node.put("mid", slot.mid());
    MediaTrack shown = slot.track();
    node.put("shows", shown == null ? "" : shown.id());
    node.put("paused", slot.paused());
    node.put("limit", slot.limit());
    node.put("hidden", slot.hidden());
    node.put("view_height", slot.viewHeight());
    node.put("waits_for_key_frame", slot.waits());
    node.set("layers", RECORDS.valueToTree(slot.layers(nowNanos)));
    node.set("sent", RECORDS.valueToTree(slot.sender().stats()));
    return node;
  }
}
