package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Consent;
import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.Right;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.api.TrackView;
import dev.amphi.interactive.signal.ServerMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A person or device in a room. */
final class Participant {
  private static final long SECOND = 1_000_000_000L;

  private Grant grant;
  private boolean warned;
  private final String guest;
  private final String streamId;
  private final TokenBucket commands;
  private final TokenBucket chats;
  private final TokenBucket cursors;
  private final TokenBucket gestures;
  private final TokenBucket refusals;
  private Role role;
  private StageState state;
  private @Nullable Instant handAt;
  private @Nullable SignalSession signal;
  private @Nullable MediaSession media;
  private @Nullable MediaSession ingest;
  private @Nullable Supplier<Grant> ingestHeld;
  private Consent said;
  private boolean away;

  /**
   * @param guest what it calls itself without a token, or ""
   * @param said what it said of the program before
   */
  Participant(
      Grant grant,
      String guest,
      Role role,
      StageState state,
      Consent said,
      String streamId,
      long nowNanos) {
    this.said = said;
    this.guest = guest;
    this.grant = grant;
    this.streamId = streamId;
    this.role = role;
    this.state = state;
    this.commands = new TokenBucket(20, SECOND, nowNanos);
    this.chats = new TokenBucket(5, 5 * SECOND, nowNanos);
    // Many at once: what stood still on the way comes all together, and strokes are to be whole.
    this.cursors = new TokenBucket(20, SECOND, nowNanos);
    this.gestures = new TokenBucket(600, 5 * SECOND, nowNanos);
    this.refusals = new TokenBucket(200, 10 * SECOND, nowNanos);
  }

  Grant grant() {
    return grant;
  }

  /** A newer token was handed in. */
  void grant(Grant next) {
    grant = next;
    warned = false;
  }

  /** Whether it was told that its token runs out. */
  boolean warned() {
    return warned;
  }

  void warned(boolean told) {
    warned = told;
  }

  /** Whether it may decide about others: its role does, and its token leaves it. */
  boolean moderates() {
    return role.moderates() && grant.may(Right.MODERATE);
  }

  String id() {
    return grant.participantId();
  }

  Role role() {
    return role;
  }

  /** A moderator made something else of it than its token says. */
  void role(Role next) {
    role = next;
  }

  /** What stays the same when somebody without a token comes again; "" with one. */
  String guest() {
    return guest;
  }

  /** The media stream under which others hear and see it together. */
  String streamId() {
    return streamId;
  }

  StageState state() {
    return state;
  }

  void state(StageState next, Instant now) {
    state = next;
    handAt = next == StageState.REQUESTED ? now : null;
  }

  @Nullable SignalSession signal() {
    return signal;
  }

  void signal(@Nullable SignalSession session) {
    signal = session;
  }

  /** The peer connection that was negotiated over the socket. */
  @Nullable MediaSession media() {
    return media;
  }

  void media(@Nullable MediaSession session) {
    if (media != session && signal != null) {
      signal.forgetStated();
    }
    media = session;
  }

  /** A second peer connection, made over WHIP, as by a broadcast tool beside the studio. */
  @Nullable MediaSession ingest() {
    return ingest;
  }

  /**
   * A second peer connection is there.
   *
   * @param held the newest token that it is held by
   */
  void ingest(MediaSession session, Supplier<Grant> held) {
    ingest = session;
    ingestHeld = held;
  }

  void noIngest() {
    ingest = null;
    ingestHeld = null;
  }

  /** Whether it may be in the program: its own word, unless one of its tokens says no. */
  Consent consent() {
    return mayConsent() ? said : Consent.FORBIDDEN;
  }

  /** Whether its tokens leave it to say yes. */
  boolean mayConsent() {
    return grant.mayConsent() && (ingestHeld == null || ingestHeld.get().mayConsent());
  }

  /** It said yes or no to being in the program. */
  void says(Consent word) {
    said = word;
  }

  /** Whether its picture and sound belong into the program. */
  boolean inProgram() {
    return state == StageState.ON_STAGE && consent().allows();
  }

  /** Whether the others are told that it is reconnecting. */
  boolean away() {
    return away;
  }

  void away(boolean gone) {
    away = gone;
  }

  /** Whether nothing connects it with the room any more. */
  boolean detached() {
    return signal == null && media == null && ingest == null;
  }

  /** Counts a command against the rate; whether it is beyond it. */
  boolean overRate(long nowNanos) {
    return !commands.take(nowNanos);
  }

  /**
   * Counts what was refused as beyond a rate; whether there was too much of that. Those that pass
   * in between forgive nothing: at any rate some do.
   */
  boolean floods(long nowNanos) {
    return !refusals.take(nowNanos);
  }

  boolean mayChat(long nowNanos) {
    return chats.take(nowNanos);
  }

  boolean mayGesture(long nowNanos) {
    return gestures.take(nowNanos);
  }

  /** Whether its socket takes one more cursor: on it they would crowd out what matters. */
  boolean mayBeShown(long nowNanos) {
    return cursors.take(nowNanos);
  }

  /** Its data channels, while it has any. */
  @Nullable DataLink dataLink() {
    return media == null ? null : media.data();
  }

  /** Anonymous viewers have no token that could expire. */
  boolean anonymous() {
    return grant.anonymous();
  }

  /** Whether the others are told about it one by one, not only as a number. */
  boolean listed() {
    return role() != Role.VIEWER
        || switch (state) {
          case OFF_STAGE, DECLINED, REMOVED -> false;
          case WAITING, REQUESTED, INVITED, ACCEPTED, BACKSTAGE, ON_STAGE -> true;
        };
  }

  /** Whether it counts as one of the audience. */
  boolean watches() {
    return role() == Role.VIEWER && !state.mayPublish() && signal != null && signal.attached();
  }

  List<MediaTrack> tracks() {
    List<MediaTrack> tracks = new ArrayList<>();
    for (MediaSession session : new MediaSession[] {media, ingest}) {
      if (session != null) {
        tracks.addAll(session.publications().tracks().values());
      }
    }
    return tracks;
  }

  ParticipantView view() {
    List<TrackView> tracks = tracks().stream().map(MediaTrack::view).toList();
    return new ParticipantView(id(), grant.name(), role(), state, tracks, consent());
  }

  ServerMessage.Person person() {
    return new ServerMessage.Person(view(), Optional.ofNullable(handAt), away);
  }

  ServerMessage.From from() {
    return new ServerMessage.From(id(), grant.name(), role().wireName());
  }
}
