package dev.amphi.composer.process;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.CompositionSpec.VideoRendition;
import dev.amphi.composer.api.Slate;
import dev.amphi.composer.api.SourceSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Commands as bytes. */
final class CommandCodec {
  /** Where a frame's flags are in the whole message. */
  static final int FLAGS_AT = 5;

  static final int GAP = 2;

  private static final int KEY = 1;
  private static final int START = 1;
  private static final int PUT = 2;
  private static final int REMOVE = 3;
  private static final int MUTE = 4;
  private static final int FRAME = 5;
  private static final int ARRANGE = 6;
  private static final int LOUDEST = 7;
  private static final int CLOSE = 8;
  private static final int LISTEN = 9;
  private static final int STILL = 10;
  private static final int INK = 11;
  private static final int WORDS = 12;
  private static final int INTRODUCED = 13;
  private static final int ADVANCE = 14;

  private CommandCodec() {}

  /** The whole message, with its length. */
  @SuppressWarnings("ByteBufferBackingArray") // allocated below, exactly as large as the message
  static byte[] encode(Command command) {
    ByteBuffer out =
        switch (command) {
          case Command.Start start -> start(start.spec());
          case Command.Put put -> put(put.source());
          case Command.Remove remove -> strings(REMOVE, remove.sourceId());
          case Command.Mute mute -> mute(mute.sourceId(), mute.muted());
          case Command.Frame frame -> frame(frame);
          case Command.Arrange arrange -> arrange(arrange.arrangement());
          case Command.Words words -> words(words.slate());
          case Command.Loudest voice -> strings(LOUDEST, voice.participantId());
          case Command.Listen listen -> strings(LISTEN, listen.mixes().toArray(String[]::new));
          case Command.Introduced told ->
              strings(INTRODUCED, told.participantIds().toArray(String[]::new));
          case Command.Still still -> still(still);
          case Command.Ink ink -> InkCodec.encode(ink.change(), body -> message(INK, body));
          case Command.Advance advance -> message(ADVANCE, 8).putLong(advance.untilNanos());
          case Command.Close close -> message(CLOSE, 0);
        };
    return out.array();
  }

  private static ByteBuffer message(int type, int body) {
    return ByteBuffer.allocate(5 + body).putInt(1 + body).put((byte) type);
  }

  private static ByteBuffer strings(int type, String... texts) {
    int body = 0;
    for (String text : texts) {
      body += Wire.bytesOf(text);
    }
    ByteBuffer out = message(type, body);
    for (String text : texts) {
      Wire.put(out, text);
    }
    return out;
  }

  private static ByteBuffer arrange(Arrangement arrangement) {
    List<String> texts = new ArrayList<>();
    texts.add(arrangement.layout());
    texts.add(arrangement.spotlight());
    texts.addAll(arrangement.hidden());
    return strings(ARRANGE, texts.toArray(String[]::new));
  }

  private static ByteBuffer start(CompositionSpec spec) {
    int body = Wire.bytesOf(spec.roomId()) + Wire.bytesOf(spec.title()) + 24;
    for (VideoRendition rendition : spec.renditions()) {
      body += Wire.bytesOf(rendition.id()) + 12;
    }
    ByteBuffer out = message(START, body);
    Wire.put(out, spec.roomId());
    Wire.put(out, spec.title());
    out.putInt(spec.width()).putInt(spec.height());
    out.putInt(spec.framesPerSecond()).putInt(spec.framesPerSegment());
    out.putInt(spec.audioBitrateBps()).putInt(spec.renditions().size());
    for (VideoRendition rendition : spec.renditions()) {
      Wire.put(out, rendition.id());
      out.putInt(rendition.width()).putInt(rendition.height()).putInt(rendition.bitrateBps());
    }
    return out;
  }

  private static ByteBuffer put(SourceSpec source) {
    return strings(
        PUT,
        source.id(),
        source.participantId(),
        source.name(),
        source.role(),
        source.kind().name(),
        source.codec().name());
  }

  private static ByteBuffer mute(String id, boolean muted) {
    ByteBuffer out = message(MUTE, 1 + Wire.bytesOf(id)).put((byte) (muted ? 1 : 0));
    Wire.put(out, id);
    return out;
  }

  private static ByteBuffer words(Slate slate) {
    String kind = slate.kind().name();
    ByteBuffer out = message(WORDS, 8 + Wire.bytesOf(kind) + Wire.bytesOf(slate.time()));
    Wire.put(out.putLong(slate.untilNanos()), kind);
    Wire.put(out, slate.time());
    return out;
  }

  private static ByteBuffer frame(Command.Frame frame) {
    int body = 25 + Wire.bytesOf(frame.sourceId()) + frame.payload().remaining();
    ByteBuffer out = message(FRAME, body);
    out.put((byte) ((frame.keyFrame() ? KEY : 0) | (frame.gap() ? GAP : 0)));
    out.putLong(frame.ticks()).putLong(frame.arrivalNanos()).putLong(frame.captureNtpNanos());
    Wire.put(out, frame.sourceId());
    return out.put(frame.payload().duplicate());
  }

  private static ByteBuffer still(Command.Still still) {
    int body = 8 + Wire.bytesOf(still.sourceId()) + still.packed().remaining();
    ByteBuffer out = message(STILL, body).putInt(still.width()).putInt(still.height());
    Wire.put(out, still.sourceId());
    return out.put(still.packed().duplicate());
  }

  /** Reads a message as {@link Wire#read} gives it. */
  static Command decode(ByteBuffer in) throws BrokenWire {
    int type = in.get();
    return switch (type) {
      case START -> new Command.Start(spec(in));
      case PUT -> new Command.Put(source(in));
      case REMOVE -> new Command.Remove(Wire.string(in));
      case MUTE -> {
        Wire.need(in, 1);
        boolean muted = in.get() != 0;
        yield new Command.Mute(Wire.string(in), muted);
      }
      case FRAME -> {
        Wire.need(in, 25);
        int flags = in.get();
        long ticks = in.getLong();
        long arrival = in.getLong();
        long capture = in.getLong();
        String id = Wire.string(in);
        yield new Command.Frame(
            id, in.slice(), ticks, arrival, capture, (flags & KEY) != 0, (flags & GAP) != 0);
      }
      case ARRANGE -> new Command.Arrange(arrangement(in));
      case LOUDEST -> new Command.Loudest(Wire.string(in));
      case CLOSE -> new Command.Close();
      case STILL -> {
        Wire.need(in, 8);
        int width = in.getInt();
        int height = in.getInt();
        yield new Command.Still(Wire.string(in), width, height, in.slice());
      }
      case INK -> new Command.Ink(InkCodec.decode(in));
      case WORDS -> new Command.Words(slate(in));
      case LISTEN -> new Command.Listen(texts(in));
      case INTRODUCED -> new Command.Introduced(texts(in));
      case ADVANCE -> {
        Wire.need(in, 8);
        yield new Command.Advance(in.getLong());
      }
      default -> throw new BrokenWire("There is no command of type " + type);
    };
  }

  private static Slate slate(ByteBuffer in) throws BrokenWire {
    Wire.need(in, 8);
    long untilNanos = in.getLong();
    String kind = Wire.string(in);
    try {
      return new Slate(Slate.Kind.valueOf(kind), Wire.string(in), untilNanos);
    } catch (IllegalArgumentException e) {
      throw new BrokenWire("There is no slate " + kind);
    }
  }

  private static Arrangement arrangement(ByteBuffer in) throws BrokenWire {
    return new Arrangement(Wire.string(in), Wire.string(in), texts(in));
  }

  /** All that is left. */
  private static Set<String> texts(ByteBuffer in) throws BrokenWire {
    Set<String> texts = new LinkedHashSet<>();
    while (in.hasRemaining()) {
      texts.add(Wire.string(in));
    }
    return texts;
  }

  private static CompositionSpec spec(ByteBuffer in) throws BrokenWire {
    String roomId = Wire.string(in);
    String title = Wire.string(in);
    Wire.need(in, 24);
    int width = in.getInt();
    int height = in.getInt();
    int rate = in.getInt();
    int perSegment = in.getInt();
    int audioBitrate = in.getInt();
    int count = in.getInt();
    List<VideoRendition> renditions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = Wire.string(in);
      Wire.need(in, 12);
      renditions.add(new VideoRendition(id, in.getInt(), in.getInt(), in.getInt()));
    }
    return new CompositionSpec(
        roomId, title, width, height, rate, perSegment, renditions, audioBitrate);
  }

  private static SourceSpec source(ByteBuffer in) throws BrokenWire {
    String id = Wire.string(in);
    String participantId = Wire.string(in);
    String name = Wire.string(in);
    String role = Wire.string(in);
    String kind = Wire.string(in);
    String codec = Wire.string(in);
    try {
      return new SourceSpec(
          id,
          participantId,
          name,
          role,
          SourceSpec.Kind.valueOf(kind),
          SourceSpec.Codec.valueOf(codec));
    } catch (IllegalArgumentException e) {
      throw new BrokenWire("A source has the kind " + kind + " and the codec " + codec);
    }
  }
}
