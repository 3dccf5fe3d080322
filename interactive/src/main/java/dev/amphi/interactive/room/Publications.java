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
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
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

  private record Publication(MediaTrack track, Incoming incoming, @Nullable RtpReceiver receiver) {}

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
    if (before != null && before.receiver != null && before.incoming.sameAs(incoming)) {
      return;
    }
    MediaEndpoint current = Objects.requireNonNull(endpoint);
    if (before != null && before.receiver != null) {
      current.remove(before.receiver);
    }
    MediaTrack track =
        before != null ? before.track : tracks.open(kind, source, incoming.format().codec());
    RtpReceiver receiver = current.receive(config(mid, incoming), track);
    bySection.put(mid, new Publication(track, incoming, receiver));
    track.receiveFrom(receiver, nowNanos);
  }

  private static ReceiverConfig config(String mid, Incoming incoming) {
    return new ReceiverConfig(
        mid,
        incoming.format().codec(),
        incoming.format().payloadType(),
        incoming.format().retransmissionType(),
        incoming.ssrc(),
        incoming.retransmissionSsrc(),
        incoming.format().nack(),
        incoming.extensions());
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
    bySection.replaceAll((mid, old) -> new Publication(old.track, old.incoming, null));
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
    if (publication.receiver != null && endpoint != null) {
      endpoint.remove(publication.receiver);
    }
    tracks.close(publication.track);
  }
}
