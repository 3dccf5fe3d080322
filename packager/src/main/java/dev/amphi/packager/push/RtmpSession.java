package dev.amphi.packager.push;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A publisher's side of RTMP (Adobe's RTMP Specification 1.0): bytes in, bytes out.
 *
 * <pre>
 *   C0 C1 ─▶ S0 S1 S2 ─▶ C2 connect ─▶ _result ─▶ releaseStream FCPublish createStream ─▶ _result
 *     ─▶ publish ─▶ onStatus NetStream.Publish.Start ─▶ live: media until {@link #finish()}
 * </pre>
 */
public final class RtmpSession {
  /** How many random bytes a handshake takes. */
  public static final int RANDOM_BYTES = 1_528;

  private static final int VERSION = 3;
  private static final int HANDSHAKE_BYTES = 1 + 2 * (8 + RANDOM_BYTES);
  private static final int CHUNK_SIZE = 4_096;
  private static final int MOST_UNREAD = 256 * 1024;

  /** Answers that may wait to be sent: nobody may take them for as long as a sample is late. */
  private static final int MOST_UNSENT = 64 * 1024;

  private static final int LONGEST_WORDS = 200;

  private static final int CONTROL_CHUNKS = 2;
  private static final int COMMAND_CHUNKS = 3;
  private static final int AUDIO_CHUNKS = 4;
  private static final int VIDEO_CHUNKS = 6;

  private static final double CONNECT = 1;
  private static final double CREATE_STREAM = 4;

  private static final int PING_REQUEST = 6;
  private static final int PING_RESPONSE = 7;

  /**
   * What is waited for; each is waited for once, so that an answer that is repeated asks nothing.
   */
  private enum Stage {
    HANDSHAKE,
    CONNECT_RESULT,
    STREAM_RESULT,
    PUBLISH_STATUS,
    LIVE
  }

  private final Destination destination;
  private final ByteQueue out = new ByteQueue();
  private final ChunkWriter writer = new ChunkWriter();
  private final ChunkReader reader = new ChunkReader();
  private ByteBuffer unread = ByteBuffer.allocate(8 * 1024);
  private Stage stage = Stage.HANDSHAKE;
  private int streamId;
  private long window = 2_500_000;
  private long received;
  private long acknowledged;
  private @Nullable CodedFormat picture;
  private @Nullable CodedFormat sound;
  private long zeroNanos;

  /**
   * Begins to shake hands.
   *
   * @param random {@link #RANDOM_BYTES} bytes
   */
  public RtmpSession(Destination destination, byte[] random) {
    this.destination = destination;
    out.u8(VERSION).u64(0).add(random, 0, RANDOM_BYTES);
  }

  /** Whether the platform takes media. */
  public boolean isLive() {
    return stage == Stage.LIVE;
  }

  /** What is to be sent; it is forgotten then. */
  public byte[] takeOutput() {
    return out.take();
  }

  /**
   * Takes what the platform sent.
   *
   * @throws PushFailure when it says no, makes no sense, or asks for more answers than are taken
   *     from {@link #takeOutput}
   */
  public void receive(ByteBuffer bytes) throws PushFailure {
    received += bytes.remaining();
    append(bytes);
    unread.flip();
    if (stage == Stage.HANDSHAKE && unread.remaining() >= HANDSHAKE_BYTES) {
      shake();
    }
    while (stage != Stage.HANDSHAKE) {
      int before = unread.position();
      Optional<RtmpMessage> message = reader.read(unread);
      if (message.isPresent()) {
        hear(message.get());
      } else if (unread.position() == before) {
        break;
      }
    }
    unread.compact();
    if (received - acknowledged >= window) {
      acknowledged = received;
      control(RtmpMessage.ACKNOWLEDGEMENT, new ByteQueue().u32(received).take());
    }
    if (out.size() > MOST_UNSENT) {
      throw refused("asks for more answers than it takes");
    }
  }

  private void append(ByteBuffer bytes) throws PushFailure {
    int length = unread.position() + bytes.remaining();
    if (length > MOST_UNREAD) {
      throw refused("sends more than a publisher can expect: check host, port and scheme");
    }
    if (length > unread.capacity()) {
      unread = ByteBuffer.allocate(2 * length).put(unread.flip());
    }
    unread.put(bytes);
  }

  private void shake() throws PushFailure {
    if (unread.get() != VERSION) {
      throw refused("does not speak RTMP: check host, port and scheme");
    }
    byte[] theirs = new byte[8 + RANDOM_BYTES];
    unread.get(theirs);
    unread.position(unread.position() + 8 + RANDOM_BYTES); // our own, back again
    out.add(theirs);
    stage = Stage.CONNECT_RESULT;
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("app", destination.app());
    fields.put("type", "nonprivate");
    fields.put("flashVer", "FMLE/3.0 (compatible; Amphi)");
    fields.put("tcUrl", destination.applicationUrl());
    command(0, "connect", CONNECT, fields);
  }

  private void command(int stream, Object... values) {
    message(COMMAND_CHUNKS, 0, new RtmpMessage(RtmpMessage.COMMAND, stream, Amf0.write(values)));
  }

  private void control(int type, byte[] body) {
    message(CONTROL_CHUNKS, 0, new RtmpMessage(type, 0, body));
  }

  private void message(int chunkStream, long millis, RtmpMessage message) {
    writer.write(out, chunkStream, millis, message);
  }

  private void hear(RtmpMessage message) throws PushFailure {
    ByteBuffer body = ByteBuffer.wrap(message.body());
    switch (message.type()) {
      case RtmpMessage.COMMAND_AMF3 -> {
        if (body.hasRemaining()) {
          answer(Amf0.read(body.position(1)));
        }
      }
      case RtmpMessage.COMMAND -> answer(Amf0.read(body));
      case RtmpMessage.USER_CONTROL -> ping(body);
      default -> {
        if (body.remaining() >= 4) {
          obey(message.type(), body.getInt());
        }
      }
    }
  }

  private void obey(int type, int value) {
    switch (type) {
      case RtmpMessage.SET_CHUNK_SIZE -> reader.chunkSize(value);
      case RtmpMessage.ABORT -> reader.abort(value);
      case RtmpMessage.WINDOW_SIZE -> window = Math.max(1_024, value & 0xffff_ffffL);
      case RtmpMessage.PEER_BANDWIDTH ->
          control(RtmpMessage.WINDOW_SIZE, new ByteQueue().u32(value).take());
      default -> {
        // Acknowledgements, and what is for players.
      }
    }
  }

  private void ping(ByteBuffer body) {
    if (body.remaining() >= 6 && body.getShort() == PING_REQUEST) {
      control(
          RtmpMessage.USER_CONTROL, new ByteQueue().u16(PING_RESPONSE).u32(body.getInt()).take());
    }
  }

  private void answer(List<Object> values) throws PushFailure {
    String name = values.isEmpty() ? "" : String.valueOf(values.getFirst());
    Object transaction = values.size() > 1 ? values.get(1) : Amf0.NULL;
    Object outcome = values.size() > 3 ? values.get(3) : Amf0.NULL;
    boolean asked = transaction.equals(CONNECT) || transaction.equals(CREATE_STREAM);
    switch (name) {
      case "_result" -> result(transaction, outcome);
      case "_error" -> {
        if (asked) {
          throw refused("refuses the stream" + words(outcome));
        }
      }
      case "onStatus" -> status(outcome);
      case "close" -> throw refused("closes the connection" + words(outcome));
      default -> {
        // onBWDone, onFCPublish and their like say nothing that matters here.
      }
    }
  }

  private void result(Object transaction, Object outcome) {
    if (stage == Stage.CONNECT_RESULT && transaction.equals(CONNECT)) {
      stage = Stage.STREAM_RESULT;
      ask();
    } else if (stage == Stage.STREAM_RESULT
        && transaction.equals(CREATE_STREAM)
        && outcome instanceof Double id) {
      stage = Stage.PUBLISH_STATUS;
      streamId = id.intValue();
      command(streamId, "publish", 5.0, Amf0.NULL, destination.key(), "live");
    }
  }

  private void ask() {
    control(RtmpMessage.SET_CHUNK_SIZE, new ByteQueue().u32(CHUNK_SIZE).take());
    writer.chunkSize(CHUNK_SIZE);
    command(0, "releaseStream", 2.0, Amf0.NULL, destination.key());
    command(0, "FCPublish", 3.0, Amf0.NULL, destination.key());
    command(0, "createStream", CREATE_STREAM, Amf0.NULL);
  }

  private void status(Object outcome) throws PushFailure {
    String code = field(outcome, "code");
    if (code.equals("NetStream.Publish.Start")) {
      stage = Stage.LIVE;
    } else if (field(outcome, "level").equals("error")
        || code.startsWith("NetStream.Publish.")
        || code.startsWith("NetStream.Unpublish.")) {
      throw refused("does not take the stream" + words(outcome));
    }
  }

  private static String field(Object outcome, String name) {
    return outcome instanceof Map<?, ?> fields && fields.get(name) instanceof String text
        ? text
        : "";
  }

  /** What the platform says itself, without our secret and not for ever. */
  private String words(Object outcome) {
    String said = field(outcome, "code") + " " + field(outcome, "description");
    String shown =
        destination
            .redact(said)
            .strip()
            .codePoints()
            .filter(each -> !Character.isISOControl(each))
            .limit(LONGEST_WORDS)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return shown.isEmpty() ? ": check the stream key" : " (" + shown + "): check the stream key";
  }

  private PushFailure refused(String what) {
    return new PushFailure(
        PushFailure.Kind.REFUSED, "The platform at " + destination.host() + " " + what + ".");
  }

  /** Adds a sample, with what has to be known before it; the first one must be an IDR. */
  public void send(CodedSample sample) {
    if (sample.format().video()) {
      declarePicture(sample);
    } else {
      declareSound(sample);
    }
    media(sample.format().video(), sample.timeNanos(), FlvBody.sample(sample));
  }

  private void declarePicture(CodedSample sample) {
    CodedFormat before = picture;
    if (before == null) {
      zeroNanos = sample.timeNanos();
      message(
          COMMAND_CHUNKS,
          0,
          new RtmpMessage(RtmpMessage.DATA, streamId, FlvBody.metadata(sample.format())));
    }
    if (before == null || !before.sameConfig(sample.format())) {
      picture = sample.format();
      media(true, sample.timeNanos(), FlvBody.config(sample.format()));
    }
  }

  private void declareSound(CodedSample sample) {
    CodedFormat before = sound;
    if (before == null || !before.sameConfig(sample.format())) {
      sound = sample.format();
      media(false, sample.timeNanos(), FlvBody.config(sample.format()));
    }
  }

  private void media(boolean video, long timeNanos, byte[] body) {
    message(
        video ? VIDEO_CHUNKS : AUDIO_CHUNKS,
        (timeNanos - zeroNanos) / 1_000_000,
        new RtmpMessage(video ? RtmpMessage.VIDEO : RtmpMessage.AUDIO, streamId, body));
  }

  /** Says that nothing more comes. */
  public void finish() {
    if (stage == Stage.LIVE) {
      command(0, "FCUnpublish", 6.0, Amf0.NULL, destination.key());
      command(0, "deleteStream", 7.0, Amf0.NULL, (double) streamId);
    }
  }
}
