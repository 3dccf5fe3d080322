package dev.amphi.server.recompose;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.composer.api.Slate;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.process.OfflineComposition;
import dev.amphi.packager.api.TrackComposer.Show;
import dev.amphi.packager.api.TrackComposer.Track;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Who is in the composition at a moment: puts sources in as they begin and takes them out when they
 * have ended. A share that has ended stays as a still until another one comes. For one thread.
 */
final class Lineup {
  /** All shares are this one's, so that the newest of them is shown; nobody's id has a blank. */
  private static final String SHARER = " shares";

  /** A camera that never shows anything: whose it is has a card with initials. */
  private static final String CARD = "card";

  private final Casting casting;
  private final Show show;
  private final OfflineComposition program;
  private final Set<Integer> begun = new HashSet<>();

  /** How many sources each has who is heard and not seen. */
  private final Map<String, Integer> unseen = new HashMap<>();

  /** The shares that go on, the one that is seen last. */
  private final List<Track> shares = new ArrayList<>();

  /** Shares that have ended, and are seen until another one is: at most one. */
  private final List<Track> stills = new ArrayList<>();

  Lineup(Casting casting, Show show, OfflineComposition program) {
    this.casting = casting;
    this.show = show;
    this.program = program;
  }

  /** What is there before anybody is. */
  void open(List<Track> all) throws IOException {
    program.slate(Slate.of(Slate.Kind.PLAIN));
    arrange();
    var lead = casting.lead(all);
    if (lead.isPresent()) {
      Track hers = lead.get();
      program.put(
          new SourceSpec(
              CARD,
              hers.participantId(),
              hers.name(),
              hers.role(),
              SourceSpec.Kind.CAMERA,
              SourceSpec.Codec.VP8));
    }
  }

  /** A track's next frame comes: it is there from now on. */
  void enter(Track track) throws IOException {
    if (!begun.add(track.number())) {
      return;
    }
    if (isShare(track)) {
      shares.add(track);
    } else if (!casting.hasPlace(track)
        && unseen.merge(track.participantId(), 1, Integer::sum) == 1) {
      arrange();
    }
    program.put(source(track));
  }

  /** A frame of it has come: what was there in its place may go. */
  void shown(Track track) throws IOException {
    if (isShare(track)) {
      for (Track old : stills) {
        program.remove(id(old));
      }
      stills.clear();
    }
  }

  /** A track has ended. */
  void leave(Track track) throws IOException {
    if (!begun.contains(track.number())) {
      return;
    }
    if (isShare(track)) {
      leaveShare(track);
      return;
    }
    program.remove(id(track));
    if (!casting.hasPlace(track) && unseen.merge(track.participantId(), -1, Integer::sum) <= 0) {
      unseen.remove(track.participantId());
      arrange();
    }
  }

  private void leaveShare(Track track) throws IOException {
    boolean seen = shares.getLast().equals(track);
    shares.remove(track);
    if (shares.isEmpty()) {
      stills.add(track);
      return;
    }
    if (seen) {
      program.put(source(shares.getLast())); // The newest is who was put last.
    }
    program.remove(id(track));
  }

  private void arrange() throws IOException {
    String layout =
        switch (show) {
          case SLIDES -> "presentation";
          case TEACHER -> "grid";
        };
    program.arrange(new Arrangement(layout, "", unseen.keySet()));
  }

  /** What the composition calls a track. */
  static String id(Track track) {
    return "track-" + track.number();
  }

  private static boolean isShare(Track track) {
    return track.kind().equals("screen");
  }

  private static SourceSpec source(Track track) {
    return new SourceSpec(
        id(track),
        isShare(track) ? SHARER : track.participantId(),
        track.name(),
        track.role(),
        SourceSpec.Kind.valueOf(track.kind().toUpperCase(Locale.ROOT)),
        SourceSpec.Codec.valueOf(track.codec().toUpperCase(Locale.ROOT)));
  }
}
