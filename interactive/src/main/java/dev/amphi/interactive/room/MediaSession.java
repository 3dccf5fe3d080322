package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.StageMeter;
import dev.amphi.interactive.api.TrackView.Kind;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.pipeline.EndpointConfig;
import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.signal.AnswerWriter;
import dev.amphi.interactive.signal.Negotiation;
import dev.amphi.interactive.signal.Negotiator;
import dev.amphi.interactive.signal.SessionDescription;
import dev.amphi.interactive.signal.SlotSources;
import dev.amphi.interactive.signal.Terms;
import dev.amphi.interactive.transport.LocalParameters;
import dev.amphi.interactive.transport.RemoteParameters;
import dev.amphi.interactive.transport.TransportStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One participant's peer connection: a path, what it publishes and its slots. */
final class MediaSession implements MediaPath.Owner {
  /** Who has to know when the peer connection is gone. */
  interface Owner {
    void mediaConnected(MediaSession session);

    void mediaClosed(MediaSession session, String reason);

    /** Whether data channels are wanted. */
    default boolean takesData() {
      return false;
    }

    /** A text came on a data channel. */
    default void told(byte[] message) {}
  }

  /** An offer whose path does not come up by then is given up. */
  static final long CONNECT_NANOS = 30_000_000_000L;

  static final long RETIRE_NANOS = 3_000_000_000L;

  private final RoomContext context;
  private final Owner owner;
  private final Publications publications;
  private final Slots slots;
  private final LinkShare share = new LinkShare();
  private final String cname;
  private final long localSsrc;
  private final long sessionId;
  private final FailureSeries failures = new FailureSeries();
  private final List<Runnable> closeTasks = new ArrayList<>();
  private int version;
  private long openedNanos;
  private long connectByNanos;
  private boolean connected;
  private boolean closed;
  private @Nullable MediaPath path;
  private @Nullable RemoteParameters remote;

  MediaSession(RoomContext context, Publications publications, String streamId, Owner owner) {
    this.context = context;
    this.publications = publications;
    this.owner = owner;
    this.cname = context.ids().next("");
    this.localSsrc = context.ids().ssrc();
    this.sessionId = context.ids().ssrc();
    this.slots = new Slots(context.ids(), cname, streamId);
  }

  Slots slots() {
    return slots;
  }

  Publications publications() {
    return publications;
  }

  boolean connected() {
    return connected;
  }

  /** The path that carries it now, or null. */
  @Nullable MediaPath path() {
    return path;
  }

  /**
   * Answers an offer.
   *
   * @param publish which section brings which source
   * @param shown slots in sections that also bring something
   */
  String answer(SessionDescription offer, Map<String, Source> publish, Set<String> shown)
      throws Refusal {
    Negotiation negotiation = Negotiator.negotiate(offer, terms(publish, shown));
    context.limits().check(negotiation);
    long now = context.clock().nanos();
    MediaPath current = path;
    if (current == null || !current.transport().follows(negotiation.remote())) {
      current = open(negotiation, now);
    }
    publications.apply(negotiation, publish, current.endpoint(), now);
    slots.apply(negotiation, current.endpoint(), now);
    if (negotiation.data()) {
      current.openData(() -> context.ids().ssrc() << 32 ^ context.ids().ssrc());
    }
    // First, because an ICE restart changes what the answer says of this side.
    start(current, negotiation.remote());
    return AnswerWriter.write(negotiation, current.transport().local(), sessionId, ++version);
  }

  private void start(MediaPath current, RemoteParameters next) {
    long restarts = current.transport().stats().iceRestarts();
    current.transport().start(next);
    remote = next;
    if (current.transport().stats().iceRestarts() > restarts) {
      context.meter().callRestarted();
    }
  }

  /**
   * Restarts ICE with other credentials of the far side and nothing else (RFC 8445 §2.4): DTLS,
   * SRTP and all media go on. Gives this side's new parameters.
   */
  LocalParameters restart(String ufrag, String password) throws Refusal {
    MediaPath current = path;
    RemoteParameters known = remote;
    if (current != null && known != null) {
      RemoteParameters next =
          new RemoteParameters(ufrag, password, known.fingerprints(), known.setup());
      if (current.transport().follows(next)) {
        start(current, next);
        return current.transport().local();
      }
    }
    throw new Refusal(
        422, "bad_state", "This path cannot restart ICE: delete the session and post a new offer.");
  }

  private Terms terms(Map<String, Source> publish, Set<String> shown) {
    return new Terms() {
      @Override
      public boolean receive(String mid, Kind kind) {
        return publish.containsKey(mid);
      }

      @Override
      public boolean sendBack(String mid) {
        return shown.contains(mid);
      }

      @Override
      public boolean data() {
        return owner.takesData();
      }

      @Override
      public SlotSources slot(String mid) {
        return slots.sources(mid);
      }
    };
  }

  /** A first path, or another one for a new peer connection: what it carries stays. */
  private MediaPath open(Negotiation negotiation, long nowNanos) {
    if (path != null) {
      retire(path);
    }
    publications.detach();
    slots.detach(nowNanos);
    EndpointConfig config =
        new EndpointConfig(
            localSsrc,
            cname,
            context.ntp(),
            negotiation.extensions(),
            negotiation.extensions().id(HeaderExtension.TRANSPORT_CC) > 0,
            true);
    MediaPath opened = new MediaPath(context.transports(), context.loop(), config, this);
    path = opened;
    connected = false;
    openedNanos = nowNanos;
    connectByNanos = nowNanos + CONNECT_NANOS;
    return opened;
  }

  /** Shares the path's bandwidth among the slots anew; says what changed. */
  List<LinkShare.Change> share(String speaker, long nowNanos) {
    return path == null || !connected
        ? List.of()
        : share.decide(slots.all(), path.endpoint(), speaker, nowNanos);
  }

  /** How often one of its slots was paused for lack of bandwidth. */
  long pauses() {
    return share.pauses();
  }

  /**
   * Nothing is taken from the old path any more, but its goodbye is said later: before the far side
   * has the answer, it would read the goodbye as a failure.
   */
  private void retire(MediaPath old) {
    old.mute();
    context
        .loop()
        .schedule(RETIRE_NANOS, () -> old.transport().close("replaced by another peer connection"));
  }

  void poll(long nowNanos) {
    if (path != null) {
      path.poll(nowNanos);
    }
    if (!connected && path != null && nowNanos > connectByNanos) {
      fail("no path within 30 s");
    }
  }

  /** Ends the peer connection and tells the owner. */
  void fail(String reason) {
    try {
      close(reason);
    } finally {
      owner.mediaClosed(this, reason);
    }
  }

  /** A poll failed; how often in a row that has been. */
  int failed(long nowNanos) {
    return failures.failed(nowNanos);
  }

  @Override
  public void pathConnected(MediaPath opened) {
    if (opened == path) {
      connected = true;
      long now = context.clock().nanos();
      context
          .meter()
          .callConnected(
              Duration.ofNanos(now - openedNanos), PathSampler.way(opened.transport().stats()));
      slots.refresh(now);
      opened.endpoint().connected();
      publications.refresh(now);
      owner.mediaConnected(this);
    }
  }

  @Override
  public void pathClosed(MediaPath gone, String reason) {
    if (gone == path) {
      close(reason);
      owner.mediaClosed(this, reason);
    }
  }

  @Override
  public void pathTold(byte[] message) {
    owner.told(message);
  }

  /** The far side's data channels, where they were agreed on. */
  @Nullable DataLink data() {
    return path == null ? null : path.data();
  }

  /** Runs something once the peer connection is over, whoever ended it. */
  void whenClosed(Runnable task) {
    if (closed) {
      task.run();
    } else {
      closeTasks.add(task);
    }
  }

  /** Ends the peer connection; the owner is not told. */
  void close(String reason) {
    if (closed) {
      return;
    }
    closed = true;
    if (!connected && path != null) {
      boolean proved = path.transport().stats().protocol() != TransportStats.Protocol.NONE;
      context.meter().callFailed(proved ? StageMeter.Failure.DTLS : StageMeter.Failure.ICE);
    }
    publications.close();
    slots.close(context.clock().nanos());
    if (path != null) {
      path.close(reason);
      path = null;
    }
    closeTasks.forEach(Runnable::run);
  }
}
