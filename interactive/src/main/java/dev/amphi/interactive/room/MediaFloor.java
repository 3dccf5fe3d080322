package dev.amphi.interactive.room;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.ProgramTile;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Right;
import dev.amphi.interactive.api.TrackView;
import dev.amphi.interactive.api.TrackView.Kind;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.signal.ServerEncoder;
import dev.amphi.interactive.signal.ServerMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All media of a room: its peer connections, its tracks, and who speaks. */
final class MediaFloor {
  /** How often the choice of layers is looked at again. */
  private static final long LAYERS_NANOS = 100_000_000;

  /** How often each path's bandwidth is shared anew. */
  private static final long SHARE_NANOS = 250_000_000;

  /** A peer connection that fails this often, each time soon after the last, is ended. */
  private static final int MOST_FAILURES = 3;

  private final String roomId;
  private final RoomContext context;
  private final Map<String, MediaTrack> tracks = new HashMap<>();
  private @Nullable List<ProgramTile> tiles;
  private boolean keeping;
  private final List<MediaSession> sessions = new ArrayList<>();
  private final Map<MediaSession, Participant> publishers = new HashMap<>();
  private final ServerEncoder encoder = new ServerEncoder();
  private final Followers followers = new Followers();
  private final Set<MediaSession> watching = new HashSet<>();
  private final FailureLog failures;
  private final SpeakerDetector speakers = new SpeakerDetector();
  private long layersAtNanos = Long.MIN_VALUE / 2;
  private long sharedAtNanos = Long.MIN_VALUE / 2;

  MediaFloor(String roomId, RoomContext context) {
    this.roomId = roomId;
    this.failures = new FailureLog(roomId);
    this.context = context;
  }

  boolean idle() {
    return sessions.isEmpty();
  }

  /** Every peer connection. */
  List<MediaSession> sessions() {
    return sessions;
  }

  /** The peer connections that show one participant over WHEP. */
  Set<MediaSession> followers() {
    return followers.sessions();
  }

  SpeakerDetector speakers() {
    return speakers;
  }

  MediaTrack track(String id) throws Refusal {
    MediaTrack track = tracks.get(id);
    if (track == null) {
      throw new Refusal(404, "unknown_track", "There is no track '" + id + "' in this class.");
    }
    return track;
  }

  @Nullable MediaTrack find(String id) {
    return tracks.get(id);
  }

  /**
   * A peer connection for somebody who may publish.
   *
   * @param held the newest token that the peer connection is held by
   */
  MediaSession open(Participant participant, Supplier<Grant> held, MediaSession.Owner owner)
      throws Refusal {
    Publications publications = new Publications(tracksOf(participant, held));
    MediaSession session = add(new MediaSession(context, publications, "-", owner));
    publishers.put(session, participant);
    return session;
  }

  /**
   * A peer connection that shows all tracks of one participant, now and later, for as long as
   * {@code mayBeShown} says so.
   */
  MediaSession follow(Participant shown, BooleanSupplier mayBeShown, MediaSession.Owner owner)
      throws Refusal {
    MediaSession session =
        add(
            new MediaSession(
                context, new Publications(tracksOf(shown, shown::grant)), shown.streamId(), owner));
    followers.add(session, shown.id(), mayBeShown);
    return session;
  }

  /**
   * A peer connection that brings nothing and shows no track; counted apart, so that the audience
   * never keeps anybody off the stage.
   */
  MediaSession watch(MediaSession.Owner owner) throws Refusal {
    requireRoom(watching.size());
    MediaSession session =
        new MediaSession(context, new Publications(NOTHING), ProgramAudience.STREAM_ID, owner);
    sessions.add(session);
    watching.add(session);
    return session;
  }

  private MediaSession add(MediaSession session) throws Refusal {
    requireRoom(sessions.size() - watching.size());
    sessions.add(session);
    return session;
  }

  private void requireRoom(int count) throws Refusal {
    if (count >= context.limits().mediaSessions()) {
      throw new Refusal(
          503,
          "unavailable",
          "This class already has " + count + " peer connections, the most it may have.");
    }
  }

  private static final Publications.Tracks NOTHING =
      new Publications.Tracks() {
        @Override
        public MediaTrack open(Kind kind, Source source, TrackView.Codec codec) {
          throw new IllegalStateException("Who watches brings nothing.");
        }

        @Override
        public void close(MediaTrack track) {}
      };

  void remove(MediaSession session) {
    sessions.remove(session);
    publishers.remove(session);
    followers.remove(session);
    watching.remove(session);
  }

  private Publications.Tracks tracksOf(Participant owner, Supplier<Grant> held) {
    return new Publications.Tracks() {
      @Override
      public MediaTrack open(Kind kind, Source source, TrackView.Codec codec) {
        TrackView view =
            new TrackView(context.ids().next("t_"), owner.id(), kind, source, codec, false);
        MediaTrack track =
            new MediaTrack(
                view,
                () -> owner.state().mayPublish() && held.get().may(Right.of(source)),
                owner::inProgram,
                (shown, frame) -> bring(owner, shown, frame),
                (shown, frame) -> keep(owner, shown, frame),
                source == Source.MICROPHONE ? speakers.add(owner.id()) : null);
        tracks.put(view.id(), track);
        track.keep(keeping, context.clock().nanos());
        place(track);
        return track;
      }

      @Override
      public void close(MediaTrack track) {
        tracks.remove(track.id());
        if (track.voice() != null) {
          speakers.remove(track.voice());
        }
        long now = context.clock().nanos();
        for (Slot slot : track.slots()) {
          slot.show(null, now);
        }
      }
    };
  }

  /** The program shows these tiles, and nothing else. */
  void shownInProgram(List<ProgramTile> shown) {
    tiles = List.copyOf(shown);
    tracks.values().forEach(this::place);
    needsChanged();
  }

  /** Somebody shows something at another size: publishers are told at the next poll. */
  void needsChanged() {
    layersAtNanos = Long.MIN_VALUE / 2;
  }

  private void place(MediaTrack track) {
    TrackView view = track.view();
    if (tiles == null || view.kind() != Kind.VIDEO) {
      return;
    }
    int width = 0;
    int height = 0;
    for (ProgramTile tile : tiles) {
      if (tile.participantId().equals(view.participantId()) && tile.source() == view.source()) {
        width = tile.width();
        height = tile.height();
      }
    }
    track.shownInProgram(width, height, context.clock().nanos());
  }

  /** Somebody keeps the frames of each track as they come, or nobody does any more. */
  void keepTracks(boolean on) {
    keeping = on;
    tracks.values().forEach(track -> track.keep(on, context.clock().nanos()));
    needsChanged();
  }

  /** Of who is not in the program nothing is kept. */
  private void keep(Participant owner, TrackView shown, EncodedFrame frame) {
    if (owner.inProgram()) {
      context.listener().keptFrame(roomId, shown, frame);
    }
  }

  /** Nothing of somebody who said no leaves the room. */
  private void bring(Participant owner, TrackView shown, EncodedFrame frame) {
    if (owner.consent().allows()) {
      context.listener().frame(roomId, shown, frame);
    }
  }

  /** Shows followers what there is to see of whom they follow. */
  void refreshFollowers() {
    followers.refresh(tracks.values(), context.clock().nanos());
  }

  void poll(long nowNanos) {
    if (nowNanos - layersAtNanos >= LAYERS_NANOS) {
      layersAtNanos = nowNanos;
      try {
        tracks.values().forEach(track -> track.poll(nowNanos));
        publishers.forEach((session, owner) -> tellEncodings(session, owner, nowNanos));
      } catch (RuntimeException e) {
        failures.failed("the choice of layers", e, nowNanos);
      }
    }
    if (nowNanos - sharedAtNanos >= SHARE_NANOS) {
      sharedAtNanos = nowNanos;
      for (MediaSession session : sessions) {
        try {
          share(session, nowNanos);
        } catch (RuntimeException e) {
          failures.failed("sharing a path", e, nowNanos);
        }
      }
    }
    // A session may end, and so leave the list, while it is polled.
    for (int i = sessions.size() - 1; i >= 0; i--) {
      if (i < sessions.size()) {
        poll(sessions.get(i), nowNanos);
      }
    }
  }

  /**
   * What fails in one peer connection is no matter of the others; one that goes on failing ends.
   */
  private void poll(MediaSession session, long nowNanos) {
    try {
      session.poll(nowNanos);
    } catch (RuntimeException e) {
      failures.failed("a peer connection", e, nowNanos);
      if (session.failed(nowNanos) >= MOST_FAILURES) {
        remove(session);
        session.fail("failed inside");
      }
    }
  }

  /** Shares a path among its slots, and says which of them are paused for lack of bandwidth. */
  private void share(MediaSession session, long nowNanos) {
    List<LinkShare.Change> changes = session.share(speakers.speaker(), nowNanos);
    Participant owner = publishers.get(session);
    if (owner == null || owner.media() != session) {
      return;
    }
    SignalSession signal = owner.signal();
    if (signal == null) {
      return;
    }
    for (LinkShare.Change change : changes) {
      ServerMessage told =
          new ServerMessage.Subscription(change.mid(), change.paused(), change.layer());
      signal.state("subscription/" + change.mid(), encoder.body(told), nowNanos);
    }
  }

  /** Says which layers of its simulcasts somebody needs; only the signalling socket can. */
  private void tellEncodings(MediaSession session, Participant owner, long nowNanos) {
    SignalSession signal = owner.signal();
    if (owner.media() != session || signal == null) {
      return;
    }
    session
        .publications()
        .tracks()
        .forEach(
            (mid, track) ->
                track
                    .encodingsToTell(nowNanos)
                    .map(active -> new ServerMessage.Encodings(mid, active))
                    .ifPresent(
                        told -> {
                          signal.state("encodings/" + mid, encoder.body(told), nowNanos);
                          sharedAtNanos = Long.MIN_VALUE / 2; // what comes back has to be paid for
                        }));
  }

  /** Ends every peer connection. */
  void close(String reason) {
    for (MediaSession session : List.copyOf(sessions)) {
      session.close(reason);
    }
    sessions.clear();
    publishers.clear();
    followers.clear();
    watching.clear();
  }
}
