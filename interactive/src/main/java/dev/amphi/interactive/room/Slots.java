package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.pipeline.MediaEndpoint;
import dev.amphi.interactive.send.RtpSender;
import dev.amphi.interactive.send.SenderConfig;
import dev.amphi.interactive.signal.Negotiation;
import dev.amphi.interactive.signal.Outgoing;
import dev.amphi.interactive.signal.PayloadFormat;
import dev.amphi.interactive.signal.Section;
import dev.amphi.interactive.signal.SlotSources;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one peer connection receives: its slots by section. */
final class Slots {
  private final Ids ids;
  private final String cname;
  private final String streamId;
  private final Map<String, SlotSources> sources = new HashMap<>();
  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private @Nullable MediaEndpoint endpoint;

  Slots(Ids ids, String cname, String streamId) {
    this.ids = ids;
    this.cname = cname;
    this.streamId = streamId;
  }

  /** A section's lasting identity; sections are at most 100, so this is bounded by the caller. */
  SlotSources sources(String mid) {
    return sources.computeIfAbsent(
        mid, key -> new SlotSources(ids.ssrc(), ids.ssrc(), ids.ssrc(), cname, streamId));
  }

  Collection<Slot> all() {
    return slots.values();
  }

  /** Shows a track, or none; refuses when there is no such slot or it cannot carry the track. */
  void show(String mid, @Nullable MediaTrack track, long nowNanos) throws Refusal {
    Slot slot = require(mid);
    if (track != null && track.view().kind() != slot.kind()) {
      throw new Refusal(
          409,
          "bad_state",
          "Slot " + mid + " is for " + slot.kind().wireName() + ", the track is not.");
    }
    if (!slot.show(track, nowNanos)) {
      throw new Refusal(
          409, "bad_state", "Your offer for slot " + mid + " lacks the track's coding.");
    }
  }

  /** The subscriber shows a slot at this size; refuses when there is no such slot. */
  void view(String mid, int width, int height, long nowNanos) throws Refusal {
    require(mid).view(width, height, nowNanos);
  }

  private Slot require(String mid) throws Refusal {
    Slot slot = slots.get(mid);
    if (slot == null) {
      throw new Refusal(
          404,
          "unknown_track",
          "There is no slot with mid '" + mid + "': offer a recvonly section.");
    }
    return slot;
  }

  void apply(Negotiation negotiation, MediaEndpoint current, long nowNanos) {
    endpoint = current;
    Map<String, Section> wanted = new HashMap<>();
    for (Section section : negotiation.sections()) {
      if (section.outgoing() != null) {
        wanted.put(section.mid(), section);
      }
    }
    for (Iterator<Slot> all = slots.values().iterator(); all.hasNext(); ) {
      Slot slot = all.next();
      Section section = wanted.get(slot.mid());
      // Another peer connection may have something else there.
      if (section == null || section.kind() != slot.kind()) {
        slot.show(null, nowNanos);
        current.remove(slot.sender(), nowNanos);
        all.remove();
      }
    }
    for (Section section : negotiation.sections()) {
      if (section.outgoing() != null) {
        apply(section, section.outgoing(), current, nowNanos);
      }
    }
  }

  private void apply(Section section, Outgoing outgoing, MediaEndpoint current, long nowNanos) {
    Slot slot = slots.get(section.mid());
    if (slot == null) {
      slots.put(
          section.mid(),
          new Slot(
              section.mid(),
              Objects.requireNonNull(section.kind()),
              outgoing,
              current.send(config(section.mid(), outgoing))));
    } else if (slot.detached() || !slot.outgoing().formats().equals(outgoing.formats())) {
      RtpSender next = current.send(config(section.mid(), outgoing), slot.sender());
      slot.sendBy(next, outgoing, nowNanos);
    }
  }

  private static SenderConfig config(String mid, Outgoing outgoing) {
    Map<Codec, SenderConfig.PayloadTypes> types = new EnumMap<>(Codec.class);
    boolean nack = false;
    for (PayloadFormat format : outgoing.formats()) {
      types.put(
          format.codec(),
          new SenderConfig.PayloadTypes(
              format.payloadType(),
              format.retransmissionType(),
              format.codec() == Codec.OPUS ? format.redundancyType() : SenderConfig.NONE));
      nack |= format.nack();
    }
    return new SenderConfig(
        mid,
        outgoing.sources().ssrc(),
        outgoing.sources().retransmissionSsrc(),
        types,
        nack,
        outgoing.extensions(),
        outgoing.parityType() < 0
            ? SenderConfig.Parity.NONE
            : new SenderConfig.Parity(outgoing.sources().paritySsrc(), outgoing.parityType()));
  }

  /** The path is gone, what is shown stays chosen until the next one. */
  void detach(long nowNanos) {
    slots.values().forEach(slot -> slot.detach(nowNanos));
  }

  /** The path came up: whatever was sent before is lost, so begin with key frames. */
  void refresh(long nowNanos) {
    slots.values().forEach(slot -> slot.requestKeyFrame(nowNanos));
  }

  void close(long nowNanos) {
    for (Slot slot : slots.values()) {
      slot.show(null, nowNanos);
      if (endpoint != null) {
        endpoint.remove(slot.sender(), nowNanos);
      }
    }
    slots.clear();
  }
}
