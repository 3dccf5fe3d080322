package dev.amphi.interactive.room;

import dev.amphi.interactive.api.TrackView;
import dev.amphi.interactive.api.TrackView.Kind;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.pipeline.MediaEndpoint;
import dev.amphi.interactive.receive.ReceiverConfig;
import dev.amphi.interactive.receive.RtpReceiver;
import dev.amphi.interactive.signal.Incoming;
import dev.amphi.interactive.signal.Negotiation;
import dev.amphi.interactive.signal.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one peer connection publishes: its tracks by section. */
final class Publications {
  /** Opens and closes tracks in the room. */
  interface Tracks {
    MediaTrack open(Kind kind, Source source, TrackView.Codec codec);

    void close(MediaTrack track);
  }

  private record Publication(MediaTrack track, Incoming incoming, List<RtpReceiver> receivers) {}

  private final Tracks tracks;
  private final Map<String, Publication> bySection = new LinkedHashMap<>();
  private @Nullable MediaEndpoint endpoint;

  Publications(Tracks tracks) {
    this.tracks = tracks;
  }

  /** The published tracks by section. */
  Map<String, MediaTrack> tracks() {
    Map<String, MediaTrack> all = new LinkedHashMap<>();
    bySection.forEach((mid, publication) -> all.put(mid, publication.track));
    return all;
  }

  void apply(
      Negotiation negotiation, Map<String, Source> publish, MediaEndpoint current, long nowNanos) {
    endpoint = current;
    Map<String, Incoming> wanted = new HashMap<>();
    for (Section section : negotiation.sections()) {
      if (section.incoming() != null) {
        wanted.put(section.mid(), section.incoming());
      }
    }
    for (Iterator<Map.Entry<String, Publication>> all = bySection.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<String, Publication> entry = all.next();
      Incoming incoming = wanted.get(entry.getKey());
      Source source = entry.getValue().track.view().source();
      if (incoming == null
          || source != publish.get(entry.getKey())
          || incoming.format().codec() != entry.getValue().track.view().codec()) {
        all.remove();
        end(entry.getValue());
      }
    }
    for (Section section : negotiation.sections()) {
      if (section.incoming() != null) {
        Source source = Objects.requireNonNull(publish.get(section.mid()));
        Kind kind = Objects.requireNonNull(section.kind());
        apply(section.mid(), kind, source, section.incoming(), nowNanos);
      }
    }
  }

  private void apply(String mid, Kind kind, Source source, Incoming incoming, long nowNanos) {
    Publication before = bySection.get(mid);
    if (before != null && !before.receivers.isEmpty() && before.incoming.sameAs(incoming)) {
      return;
    }
    MediaEndpoint current = Objects.requireNonNull(endpoint);
    if (before != null) {
      before.receivers.forEach(current::remove);
    }
    MediaTrack track =
        before != null ? before.track : tracks.open(kind, source, incoming.format().codec());
    List<Encoding> encodings = encodings(track, mid, incoming, current);
    List<RtpReceiver> receivers = encodings.stream().map(Encoding::receiver).toList();
    bySection.put(mid, new Publication(track, incoming, receivers));
    track.receiveFrom(encodings, nowNanos);
  }

  private static List<Encoding> encodings(
      MediaTrack track, String mid, Incoming incoming, MediaEndpoint current) {
    List<String> rids = incoming.rids().isEmpty() ? List.of("") : incoming.rids();
    List<Encoding> encodings = new ArrayList<>();
    for (String rid : rids) {
      encodings.add(
          new Encoding(
              track,
              rank(rids, rid),
              output -> current.receive(config(mid, rid, incoming), output)));
    }
    return encodings;
  }

  /**
   * The order of layers whose size is not known yet, by what people call them: quarter, half, full,
   * or low, mid, high; other names in the offer's order.
   */
  private static int rank(List<String> rids, String rid) {
    String first = rid.isEmpty() ? "" : rid.substring(0, 1);
    boolean fractions = rids.stream().anyMatch(r -> r.startsWith("q") || r.startsWith("f"));
    int named = (fractions ? "qhf" : "lmh").indexOf(first);
    return named >= 0 ? named : rids.indexOf(rid);
  }

  private static ReceiverConfig config(String mid, String rid, Incoming incoming) {
    return new ReceiverConfig(
        mid,
        rid,
        incoming.format().codec(),
        incoming.format().payloadType(),
        incoming.format().retransmissionType(),
        incoming.ssrc(),
        incoming.retransmissionSsrc(),
        incoming.format().nack(),
        incoming.extensions(),
        incoming.format().redundancyType());
  }

  /** Ends one source; its packets are dropped until it is offered again. */
  boolean unpublish(Source source) {
    for (Iterator<Publication> all = bySection.values().iterator(); all.hasNext(); ) {
      Publication publication = all.next();
      if (publication.track.view().source() == source) {
        all.remove();
        end(publication);
        return true;
      }
    }
    return false;
  }

  /** The path is gone; the tracks live on, without media. */
  void detach() {
    bySection.replaceAll((mid, old) -> new Publication(old.track, old.incoming, List.of()));
    endpoint = null;
  }

  /** The path came up: the first frames may have been lost before. */
  void refresh(long nowNanos) {
    bySection.values().forEach(publication -> publication.track.requestKeyFrame(nowNanos));
  }

  void close() {
    bySection.values().forEach(this::end);
    bySection.clear();
  }

  private void end(Publication publication) {
    if (endpoint != null) {
      publication.receivers.forEach(endpoint::remove);
    }
    tracks.close(publication.track);
  }
}
