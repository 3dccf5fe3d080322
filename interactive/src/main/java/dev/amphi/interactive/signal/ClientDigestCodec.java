package dev.amphi.interactive.signal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amphi.interactive.api.ClientDigest;
import dev.amphi.interactive.api.ClientDigest.Candidate;
import dev.amphi.interactive.api.ClientDigest.Limit;
import dev.amphi.interactive.api.ClientDigest.Protocol;
import dev.amphi.interactive.api.LinkSample.Direction;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.TrackView.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads and spells {@link ClientDigest}s. Only known fields are taken, each within bounds; nothing
 * else of what was sent is kept anywhere. A field that is missing is unknown.
 */
public final class ClientDigestCodec {
  /** Of one digest; a browser with more tells these. */
  public static final int MAX_TRACKS = 32;

  private static final double MAX_SECONDS = 3_600;
  private static final double MAX_MILLIS = 3_600_000;
  private static final double MAX_COUNT = 1e12;
  private static final double MAX_PIXELS = 16_384;
  private static final double MAX_RATE = 1_000;

  /** Layers' and codecs' names. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,16}");

  /** Names of software, as {@code SimulcastEncoderAdapter (libvpx, libvpx)}; no ':' and no '@'. */
  private static final Pattern ENCODER = Pattern.compile("[A-Za-z0-9 _.,()+/-]{1,64}");

  private ClientDigestCodec() {}

  /** Reads the message {@code stats}; refuses with 400 {@code malformed}. */
  static ClientDigest read(JsonFields fields) throws Refusal {
    double seconds = fields.amount("seconds", MAX_SECONDS);
    if (seconds <= 0) {
      throw JsonFields.malformed("'seconds' must be above 0, up to " + (long) MAX_SECONDS + ".");
    }
    List<ClientDigest.Track> tracks = new ArrayList<>();
    for (JsonFields track : fields.list("tracks", MAX_TRACKS)) {
      tracks.add(track(track));
    }
    boolean last = fields.has("last") && fields.flag("last");
    return new ClientDigest(last, seconds, path(fields), tracks);
  }

  private static ClientDigest.Path path(JsonFields fields) throws Refusal {
    JsonFields path = fields.object("path").orElse(JsonFields.NONE);
    return new ClientDigest.Path(
        word(path, "local", Candidate.UNKNOWN),
        word(path, "remote", Candidate.UNKNOWN),
        word(path, "protocol", Protocol.UNKNOWN),
        word(path, "relay_protocol", Protocol.UNKNOWN),
        path.amount("rtt_ms", MAX_MILLIS));
  }

  private static ClientDigest.Track track(JsonFields track) throws Refusal {
    return new ClientDigest.Track(
        word(track, "direction", Direction.class),
        word(track, "kind", Kind.class),
        matching(track, "rid", NAME),
        matching(track, "codec", NAME),
        (long) track.amount("width", MAX_PIXELS),
        (long) track.amount("height", MAX_PIXELS),
        track.amount("fps", MAX_RATE),
        count(track, "frames"),
        count(track, "dropped"),
        count(track, "freezes"),
        track.amount("freeze_ms", MAX_MILLIS),
        count(track, "packets"),
        count(track, "lost"),
        track.amount("jitter_ms", MAX_MILLIS),
        track.amount("buffer_ms", MAX_MILLIS),
        count(track, "samples"),
        count(track, "concealed"),
        word(track, "limited", Limit.UNKNOWN),
        matching(track, "encoder", ENCODER),
        count(track, "retransmitted"));
  }

  private static long count(JsonFields fields, String name) throws Refusal {
    return (long) fields.amount(name, MAX_COUNT);
  }

  private static String matching(JsonFields fields, String name, Pattern pattern) throws Refusal {
    String text = fields.optionalText(name, 64).orElse("");
    if (!text.isEmpty() && !pattern.matcher(text).matches()) {
      throw JsonFields.malformed("'" + name + "' cannot be " + SdpParser.quote(text) + ".");
    }
    return text;
  }

  private static <E extends Enum<E>> E word(JsonFields fields, String name, E unknown)
      throws Refusal {
    return fields.has(name) ? word(fields, name, unknown.getDeclaringClass()) : unknown;
  }

  private static <E extends Enum<E>> E word(JsonFields fields, String name, Class<E> type)
      throws Refusal {
    String word = fields.text(name, 32);
    for (E value : type.getEnumConstants()) {
      if (value.name().toLowerCase(Locale.ROOT).equals(word)) {
        return value;
      }
    }
    throw JsonFields.malformed("'" + name + "' cannot be " + SdpParser.quote(word) + ".");
  }

  /** A digest as it came, without what is unknown. */
  public static ObjectNode write(ClientDigest digest) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    put(node, "seconds", digest.seconds());
    if (digest.last()) {
      node.put("last", true);
    }
    ObjectNode path = node.putObject("path");
    put(path, "local", digest.path().local());
    put(path, "remote", digest.path().remote());
    put(path, "protocol", digest.path().protocol());
    put(path, "relay_protocol", digest.path().relayProtocol());
    put(path, "rtt_ms", digest.path().roundTripMillis());
    ArrayNode tracks = node.putArray("tracks");
    digest.tracks().forEach(track -> write(track, tracks.addObject()));
    return node;
  }

  private static void write(ClientDigest.Track track, ObjectNode node) {
    put(node, "direction", track.direction());
    put(node, "kind", track.kind());
    put(node, "rid", track.layer());
    put(node, "codec", track.codec());
    put(node, "width", track.width());
    put(node, "height", track.height());
    put(node, "fps", track.framesPerSecond());
    put(node, "frames", track.frames());
    put(node, "dropped", track.framesDropped());
    put(node, "freezes", track.freezes());
    put(node, "freeze_ms", track.freezeMillis());
    put(node, "packets", track.packets());
    put(node, "lost", track.packetsLost());
    put(node, "jitter_ms", track.jitterMillis());
    put(node, "buffer_ms", track.bufferMillis());
    put(node, "samples", track.samples());
    put(node, "concealed", track.concealedSamples());
    put(node, "limited", track.limit());
    put(node, "encoder", track.encoder());
    put(node, "retransmitted", track.retransmitted());
  }

  private static void put(ObjectNode node, String name, double value) {
    if (value >= 0) {
      node.put(name, value);
    }
  }

  private static void put(ObjectNode node, String name, long value) {
    if (value >= 0) {
      node.put(name, value);
    }
  }

  private static void put(ObjectNode node, String name, String text) {
    if (!text.isEmpty()) {
      node.put(name, text);
    }
  }

  private static void put(ObjectNode node, String name, Enum<?> value) {
    if (!value.name().equals("UNKNOWN")) {
      node.put(name, value.name().toLowerCase(Locale.ROOT));
    }
  }
}
