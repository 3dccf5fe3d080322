package dev.amphi.server.push;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.packager.push.CodedFormat;
import dev.amphi.packager.push.CodedSample;
import dev.amphi.packager.push.Destination;
import dev.amphi.packager.push.PushFailure;
import dev.amphi.packager.push.PushLine;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The pushes of one class: they run from when it goes on air until its program is over.
 *
 * <p>Thread-safe. {@link #format} and {@link #sample} come on the composition's thread and never
 * wait for a network or a disk; what changes the list comes on the class's, one after the other.
 */
public final class ClassPushes {
  private record Track(CodedFormat format, int timescale) {}

  /** A push that is wanted, and that which runs for it. */
  private static final class Entry {
    private final PushSpec spec;

    /** How long it may wait before it connects, by chance. */
    private final long spreadMillis;

    private @Nullable Push push;

    Entry(PushSpec spec, long spreadMillis) {
      this.spec = spec;
      this.spreadMillis = spreadMillis;
    }
  }

  private static final int LONGEST_NAME = 60;

  /** After a restart all classes come back at one instant; their pushes do not. */
  private static final long SPREAD_MILLIS = 5_000;

  private final String roomId;
  private final Pushes.Parts parts;
  private final Pushes node;
  private final RandomGenerator random;
  private final LongSupplier nanoClock;
  private final AddLimit limit = new AddLimit();
  private final PushLine line = new PushLine();

  /** By rendition. */
  private final Map<String, Track> tracks = new LinkedHashMap<>();

  private final List<Entry> entries = new ArrayList<>();
  private boolean onAir;
  private boolean closed;

  ClassPushes(
      String roomId,
      Pushes.Parts parts,
      Pushes node,
      RandomGenerator random,
      LongSupplier nanoClock) {
    this.roomId = roomId;
    this.parts = parts;
    this.node = node;
    this.random = random;
    this.nanoClock = nanoClock;
  }

  /**
   * Adds a push, which begins at once when the class is on air.
   *
   * @param url where to, as {@link Destination#of} reads it, with {@code key}
   * @param name for people, also for everybody in the class; the destination's host when it is ""
   * @param rendition as {@code 720p}; "" for the largest
   */
  public PushView add(String url, String key, String name, String rendition) throws Refusal {
    Destination destination;
    try {
      destination = Destination.of(url, key);
      parts.reach().check(destination);
    } catch (PushFailure e) {
      throw new Refusal(422, "malformed", e.sentence());
    }
    if (name.codePointCount(0, name.length()) > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new Refusal(
          422,
          "malformed",
          "A push's name has at most " + LONGEST_NAME + " characters, in one line.");
    }
    if (PlatformName.tells(name, destination)) {
      throw new Refusal(
          422,
          "malformed",
          "A push's name is told to everybody in the class: it cannot have an address or a key in"
              + " it.");
    }
    PushSpec spec =
        new PushSpec(id(), name.isBlank() ? destination.host() : name, destination, rendition);
    PushView view;
    synchronized (this) {
      requireRoom();
      Entry entry = new Entry(spec, 0);
      entries.add(entry);
      startIfOnAir(entry);
      view = view(entry);
    }
    keep();
    return view;
  }

  private void requireRoom() throws Refusal {
    if (entries.size() >= parts.mostPerRoom()) {
      throw new Refusal(
          409,
          "too_many",
          "The class has "
              + entries.size()
              + " pushes, as many as it may have (push.max_per_room): take one away first.");
    }
    if (!limit.take(nanoClock.getAsLong())) {
      throw new Refusal(429, "too_many", "Pushes are added too fast: one in ten seconds, please.");
    }
  }

  private String id() {
    byte[] bytes = new byte[6];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Takes a push away. */
  public void remove(String id) throws Refusal {
    synchronized (this) {
      Entry entry =
          entries.stream()
              .filter(each -> each.spec.id().equals(id))
              .findFirst()
              .orElseThrow(
                  () ->
                      new Refusal(
                          404,
                          "unknown_push",
                          "The class has no push '" + id + "': see its pushes."));
      stop(entry);
      entries.remove(entry);
    }
    keep();
  }

  private void keep() {
    List<PushSpec> specs;
    synchronized (this) {
      specs = entries.stream().map(entry -> entry.spec).toList();
    }
    parts.store().keep(roomId, specs);
  }

  /** Has again what was kept when the node stopped. */
  public void restore() {
    List<PushSpec> kept = parts.store().read(roomId);
    synchronized (this) {
      kept.stream()
          .limit(parts.mostPerRoom())
          .map(spec -> new Entry(spec, SPREAD_MILLIS))
          .forEach(entries::add);
    }
  }

  /** They do not come back: the class is new here, or over. */
  public void forget() {
    parts.store().forget(roomId);
  }

  /** The class is on air. */
  public synchronized void onAir() {
    onAir = true;
    node.airing(this);
    entries.forEach(this::startIfOnAir);
  }

  private void startIfOnAir(Entry entry) {
    Push.Formats formats = formats(entry.spec);
    boolean known = formats.picture().isPresent() && formats.sound().isPresent();
    if (onAir && known && entry.push == null) {
      Push push =
          new Push(
              entry.spec,
              roomId,
              parts.outlets(),
              formats,
              parts.meter(),
              random::nextDouble,
              nanoClock);
      entry.push = push;
      node.start(push, entry.spreadMillis);
    }
  }

  /** The program is over; what it still has goes out. */
  public synchronized void offAir() {
    onAir = false;
    closed = true;
    entries.forEach(ClassPushes::stop);
  }

  private static void stop(Entry entry) {
    Push push = entry.push;
    if (push != null) {
      push.stop();
    }
    entry.push = null;
  }

  /** Whether nothing more comes. */
  synchronized boolean isClosed() {
    return closed;
  }

  /** All of them, in the order in which they were added. */
  public synchronized List<PushView> views() {
    return entries.stream().map(this::view).toList();
  }

  /**
   * What everybody in the class is told: the names of where it goes, or will once it is on air,
   * without those that are not tried any more. "" for a platform without a name.
   */
  public synchronized List<String> names() {
    return closed
        ? List.of()
        : entries.stream()
            .filter(entry -> entry.push == null || entry.push.state() != PushState.FAILED)
            .map(entry -> PlatformName.of(entry.spec))
            .toList();
  }

  private PushView view(Entry entry) {
    Push push = entry.push;
    PushSpec spec = entry.spec;
    String url = spec.destination().toString();
    String rendition = chosen(spec.rendition()).orElse(spec.rendition());
    return push == null
        ? new PushView(
            spec.id(), spec.name(), url, spec.rendition(), PushState.STOPPED, "", 0, 0, 0, 0, 0)
        : new PushView(
            spec.id(),
            spec.name(),
            url,
            rendition,
            push.state(),
            push.detail(),
            push.stateForS(),
            push.retryInS(),
            push.bytes(),
            push.reconnectCount(),
            push.droppedGroups());
  }

  private Push.Formats formats(PushSpec spec) {
    return new Push.Formats() {
      @Override
      public Optional<CodedFormat> picture() {
        synchronized (ClassPushes.this) {
          return chosen(spec.rendition()).map(tracks::get).map(Track::format);
        }
      }

      @Override
      public Optional<CodedFormat> sound() {
        synchronized (ClassPushes.this) {
          return tracks.values().stream().map(Track::format).filter(f -> !f.video()).findFirst();
        }
      }
    };
  }

  /** The rendition that was asked for, or the largest below it, or the smallest there is. */
  private Optional<String> chosen(String wanted) {
    List<Map.Entry<String, Track>> pictures =
        tracks.entrySet().stream()
            .filter(each -> each.getValue().format().video())
            .sorted(Comparator.comparingInt(each -> -lines(each)))
            .toList();
    int most = wanted.isEmpty() ? Integer.MAX_VALUE : lines(wanted);
    return pictures.stream()
        .filter(each -> lines(each) <= most)
        .findFirst()
        .or(() -> pictures.isEmpty() ? Optional.empty() : Optional.of(pictures.getLast()))
        .map(Map.Entry::getKey);
  }

  private static int lines(Map.Entry<String, Track> picture) {
    return picture.getValue().format().height();
  }

  /** Renditions are called by their lines, as {@code 720p}. */
  private static int lines(String rendition) {
    return Integer.parseInt(rendition.substring(0, rendition.length() - 1));
  }

  /** As {@link dev.amphi.composer.api.ProgramListener#format}. */
  public synchronized void format(
      String renditionId, CodedFormat format, int timescale, Instant startsAt, int epoch) {
    line.format(startsAt, epoch);
    tracks.put(renditionId, new Track(format, timescale));
    entries.forEach(this::startIfOnAir);
  }

  /** As {@link dev.amphi.composer.api.ProgramListener#sample}, of what is on air. */
  public synchronized void sample(
      String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync) {
    Track track = tracks.get(renditionId);
    if (track == null) {
      return;
    }
    long nanos = line.nanos(timeTicks, durationTicks, track.timescale());
    @Nullable CodedSample sample = null;
    for (Entry entry : entries) {
      Push push = entry.push;
      if (push != null && takes(entry, renditionId, track)) {
        if (sample == null) {
          byte[] copy = new byte[payload.remaining()];
          payload.duplicate().get(copy);
          sample = new CodedSample(track.format(), nanos, sync && track.format().video(), copy);
        }
        push.sample(sample);
      }
    }
  }

  private boolean takes(Entry entry, String renditionId, Track track) {
    return !track.format().video()
        || chosen(entry.spec.rendition()).filter(renditionId::equals).isPresent();
  }
}
